"""Words of a ledd: tokens with their word classes, and which of them stand in references and titles of acts."""

from __future__ import annotations

import re

from msgspec import Struct

from duties.lexicon import tags

_TOKEN = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*-?|\d+(?:[.,]\d+)*|§+|[^\w\s]")

# Stretches whose words speak of other texts: "jf. § 4 b", "lov 18. desember 2009 nr. 131 om sosiale tjenester i …",
# "forskrift om …". Their words are neither triggers nor actors.
_MASKED = re.compile(
    r"""
      \bjf\.? \s [^,;:()]*? (?= [,;:()] | \.\s | \.?$ | \s (?:skal|kan|må|har|er|og\sskal|bør|plikter|pliktar)\b )
    | \b[Ll]ov(?:a|en)? \s (?:av\s)? \d+\.? \s \w+ \s \d{4} \s nr\.? \s \d+
      (?: \s om \s [^,;:.()]*? (?= \s (?:skal|kan|må|har|er|gjelder|gjeld|kapittel|§+|eller|for\så)\b | [,;:.()] | $ ) )?
    | \b[Ll]ov \s om \s (?!at\b) [^,;:.()]*? (?= \s (?:skal|kan|må|har|er|gjelder|gjeld|kapittel|§+|eller|for\så)\s? | [,;:.()] | $ )
    | \b[Ff]orskrift(?:er|ar)? \s om \s [^,;:.()]*? (?= [,;:.()] | $ )
    """,
    re.VERBOSE,
)

# An item that names a provision with its matter: "§ 3 om taushetsplikt".
_CITES = re.compile(r"\s*(?:§|kapit\w+\s\d|kap\.)")
# "den opplysningene gjelder" is a person; the noun in it is nothing that is given.
_UNTAGGED = re.compile(
    r"\b(?:den|dem|dei?) (?:som )?(?P<noun>opplysning\w*|opplysing\w*|saken|saka|vedtaket)(?: \w+)? (?:gjelder|gjeld|angår)\b",
    re.IGNORECASE,
)


class Token(Struct, frozen=True, gc=False):
    """A word or sign: its lower-case form, its positions in the flow, its word classes.

    ``masked`` is true inside references and titles of acts; ``opens`` where a list item begins; ``paren`` inside
    brackets.
    """

    lower: str
    start: int
    end: int
    tags: frozenset[str] = frozenset()
    masked: bool = False
    opens: bool = False
    paren: bool = False
    capital: bool = False


_NONE: frozenset[str] = frozenset()


def tokens_of(text: str, start: int = 0, end: int | None = None, *, item: bool = False) -> list[Token]:
    """The tokens of ``text[start:end]``, with positions in *text*; *item* marks the first as a list item's beginning."""
    end = len(text) if end is None else end
    part = text[start:end]
    speaks_of_acts = "jf" in part or "ov" in part or "orskrift" in part
    masked = [match.span() for match in _MASKED.finditer(part)] if speaks_of_acts else []
    concerns = "gjeld" in part or "angår" in part
    untagged = {match.start("noun") for match in _UNTAGGED.finditer(part)} if concerns else set()
    cited = item and _CITES.match(part) is not None
    result: list[Token] = []
    depth = 0
    for match in _TOKEN.finditer(part):
        first, last = match.span()
        word = match[0]
        lower = word.lower()
        hidden = cited or any(a <= first < b for a, b in masked)
        if word == "(":
            depth += 1
        inside = depth > 0
        if word == ")":
            depth = max(0, depth - 1)
        result.append(
            Token(
                lower, start + first, start + last, tags(lower) if word[0].isalpha() and not hidden and first not in untagged else _NONE,
                hidden, item and not result, inside, word[0].isupper(),
            )
        )  # fmt: skip
    return result

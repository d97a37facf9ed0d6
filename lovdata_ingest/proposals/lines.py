"""Joins lines to paragraphs: hard-wrapped text and the lines of a PDF, with hyphenation undone."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from lovdata_ingest.proposals.block import Block, Place

# A line that opens something of its own whatever stands before it.
OPENER = re.compile(
    r"""(?: §{1,2}\s?\d                                  # § 2 b. Samarbeid; §§ 3 og 4 oppheves.
          | (?:Ny|Nye|Nytt)\s (?:§|kapit|første|annet|andre|tredje|fjerde|femte|bokstav|nr)   # Ny § 7 skal lyde:
          | (?:Nå|No)v[aæ]rand?e\s                       # Nåværende andre ledd blir …
          | [IVXLC]+ \.? $                               # II
          | (?:Kapittel|Kap\.|Del|Vedlegg)\s [\dIVXLC]+  # Kapittel 5 A. Samarbeid
          | I\slov(?:a|en)?\s                            # I lov 17. juni …
          | \( \d{1,2} [a-z]? \) \s                      # (1)
          | \d{1,3} [.)] \s                              # 1. or 1)
          | ([a-zæøå])\1? [.)] \s                        # a) or a. or aa)
          | [–•\-▪◦] \s                                  # a dash or a dot
        )""",
    re.VERBOSE,
)
_LABEL = re.compile(r"(?P<label>\(\d{1,2}[a-z]?\)|\d{1,3}[.)]|([a-zæøå])\2?[.)]|[ivx]{1,4}[.)]|[–•▪◦-])\s+(?=\S)")
_MONTH = "januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember"
_DATE_START = re.compile(
    rf"\d{{1,2}}\.\s(?:{_MONTH})\b", re.IGNORECASE
)  # "17. juni" at the start of a line is no label
_NAMES_ACT = re.compile(r"I (?:midlertidig |mellombels )?lov(?:a|en)? \d{1,2}\. ?[a-z]+ \d{4}")
_ENDS = re.compile(r"[.:;!?»\"”)]\s*$")
_GOES_ON = re.compile(r"[a-zæøåéèüöä,;)»(§\d«\"]")
_COMPOUND_WORD = re.compile(r"(?:og|eller|samt|og/eller|til|i)\b")


class Line(Struct, frozen=True, omit_defaults=True):
    """One printed line.

    ``gap``: a blank line, or more space than usual, stands before it. ``width`` is 0 to 1: how far the line runs across
    its column. ``fresh``: first on its page or column. ``strong``: set in bold or larger type than the running text.
    """

    text: str
    place: Place
    width: float = 1.0
    gap: bool = False
    fresh: bool = False
    strong: bool = False
    indent: float = 0.0


def roman_line(text: str) -> bool:
    """Whether the line is a roman number alone."""
    return bool(re.fullmatch(r"[IVXLC]+\.?", text))


def cut_label(text: str) -> tuple[str, str]:
    """``a) når …`` as (``a)``, ``når …``); a date or a word is no label.

    >>> cut_label("a) når det er behov"), cut_label("17. juni 2005 nr. 64")
    (('a)', 'når det er behov'), ('', '17. juni 2005 nr. 64'))
    """
    match = _LABEL.match(text)
    if match is None or _DATE_START.match(text):
        return "", text
    return match["label"], text[match.end() :]


def join_words(before: str, after: str, known: frozenset[str] = frozenset()) -> str:
    """Put two lines together; a hyphen at the end of the first goes unless the word keeps it.

    ``known`` holds the words (lower case) of the whole file: the form that occurs elsewhere wins.
    """
    if before.endswith("\u00ad"):
        return before[:-1] + after
    if not before.endswith(("-", "‐")) or before.endswith((" -", " –")):
        return f"{before} {after}"
    if _COMPOUND_WORD.match(after):
        return f"{before} {after}"
    if not after[:1].islower():
        return before + after
    left = re.search(r"[\w-]*$", before[:-1])
    right = re.match(r"[\w-]*", after)
    if left and right:
        solid, hyphened = f"{left[0]}{right[0]}".lower(), f"{left[0]}-{right[0]}".lower()
        if hyphened in known and solid not in known:
            return before + after
    return before[:-1] + after


def known_words(texts: Iterable[str]) -> frozenset[str]:
    """All words of a file in lower case, hyphened ones whole."""
    return frozenset(word.lower() for text in texts for word in re.findall(r"\w[\w-]*\w", text))


def is_wrapped(lines: list[Line]) -> bool:
    """Whether the lines of a text file are cut at a fixed width: then most lines inside a paragraph are about as long."""
    inside = [len(a.text) for a, b in itertools.pairwise(lines) if not b.gap]
    if len(inside) < 3:
        return False
    longest = sorted(inside)[int(len(inside) * 0.95)]
    near = sum(length >= 0.75 * longest for length in inside)
    broken = sum(
        bool(_GOES_ON.match(b.text)) and not _ENDS.search(a.text) for a, b in itertools.pairwise(lines) if not b.gap
    )
    return longest <= 120 and (near >= 0.5 * len(inside) or broken >= 0.3 * len(inside))


def _continues(before: Line, after: Line, wrapped: bool) -> bool:
    """Whether *after* goes on with the paragraph of *before*."""
    if after.strong != before.strong:
        return False
    ended = bool(_ENDS.search(before.text)) and not before.text.endswith((" nr.", " jf.", " mv.", " m.v.", " kap."))
    if before.text.endswith(("§", " nr.", " jf.", " kap.", " til og", " og §§")) and not after.strong:
        return not after.gap or after.fresh
    if after.fresh:  # an open sentence carries over to the next page or column
        goes_on = after.text[:1].islower() or (before.width > 0.7 and not before.strong)
        return not ended and goes_on and not cut_label(after.text)[0] and not roman_line(after.text)
    if after.gap or (roman_line(before.text) and not after.text[:1].islower()):  # "I", then "I lov 17. juni …"
        return False
    if _NAMES_ACT.match(after.text):  # a capital "I" does not stand inside a sentence
        return False
    if OPENER.match(after.text) and not _DATE_START.match(after.text):
        label, _ = cut_label(after.text)
        if ended or before.width < 0.7 or (label and label[0] not in "0123456789"):
            return False
        if roman_line(after.text):
            return False
        return not label or before.width > 0.85  # "§ 4 første ledd" in the middle of a sentence
    if not wrapped:
        return not ended and after.text[:1].islower()
    if before.strong:
        return True
    return before.width > 0.7 or (not ended and after.text[:1].islower())


def paragraphs(lines: list[Line], *, wrapped: bool) -> Iterator[Block]:
    """Join *lines* to blocks; a label at the start of a paragraph makes it an item."""
    known = known_words(line.text for line in lines)
    current: list[Line] = []

    def finish() -> Iterator[Block]:
        if not current:
            return
        text = current[0].text
        for line in current[1:]:
            text = join_words(text, line.text, known)
        text = " ".join(text.replace("\u00ad", "").split())
        label, rest = cut_label(text)
        hint = "item" if label else "heading" if current[0].strong else "text"
        yield Block(rest, hint, label, round(current[0].indent), current[0].place)  # type: ignore[arg-type]

    for line in lines:
        if current and not _continues(current[-1], line, wrapped):
            yield from finish()
            current = []
        current.append(line)
    yield from finish()

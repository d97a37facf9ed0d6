"""Reads a provision as people write it on the command line (``bhl § 2 b første ledd``) into an address."""

from __future__ import annotations

import re

from lovdata_ingest.address import Address, AddressError, parse_address
from lovdata_ingest.errors import LovdataError

ORDINALS = {
    "første": 1, "fyrste": 1, "andre": 2, "annet": 2, "annen": 2, "anna": 2, "annan": 2, "tredje": 3, "fjerde": 4,
    "femte": 5, "sjette": 6, "sjuende": 7, "syvende": 7, "sjuande": 7, "åttende": 8, "åttande": 8, "niende": 9,
    "niande": 9, "tiende": 10, "tiande": 10, "ellevte": 11, "tolvte": 12, "trettende": 13, "trettande": 13,
    "fjortende": 14, "fjortande": 14, "femtende": 15, "femtande": 15,
}  # fmt: skip

_SECTION = re.compile(r"(?P<act>[^§]*)§+\s*(?P<rest>.*)", re.DOTALL)
_CHAPTER = re.compile(r"(?P<act>.*?)\s+(?:kapittel|kap\.?)\s*(?P<number>[\dIVXLC]+(?:\s?[A-Za-z])?)$")
_NUMBER = re.compile(
    r"""(?P<number> \d+ (?:\s?[A-ZÆØÅ](?=-\d))? (?:-\d+)?      # 2, 2-1, 2 A-1
        (?: \s? [a-zæøåA-ZÆØÅ] (?![\wæøå.]) )? )               # 2 b, 14-12 a
    """,
    re.VERBOSE,
)
_STEPS = (
    (re.compile(rf"(?P<ordinal>{'|'.join(ORDINALS)})\s+ledd(?:et)?|ledd\s+(?P<n>\d+)|\((?P<m>\d+)\)"), "ledd"),
    (re.compile(r"bokstav\s+(?P<n>[a-zæøå]+)\b|litra\s+(?P<m>[a-zæøå])\b"), "bokstav"),
    (re.compile(r"(?:nr\.?|nummer)\s*(?P<n>\d+[a-z]?)|(?P<m>(?!))"), "nummer"),
    (
        re.compile(rf"(?P<ordinal>{'|'.join(ORDINALS)})\s+(?:punktum|setning)|setning\s+(?P<n>\d+)|(?P<m>(?!))"),
        "setning",
    ),
)


class ProvisionError(LovdataError):
    """Words that name no provision. Carries them and the part that was not understood."""

    def __init__(self, words: str, rest: str) -> None:
        self.words, self.rest = words, rest
        super().__init__(
            f'ikke forstått: {rest!r} i {words!r}. Skriv f.eks. "bhl § 2 b", "barnehageloven § 2 b første ledd", '
            '"barnehageloven kapittel 5" eller lov/2005-06-17-64/§2b/ledd/1'
        )


def read_provision(words: str) -> tuple[str, tuple[str, ...]]:
    """The act's name and the printed steps of the provision, as an address has them; no steps for a whole act.

    >>> read_provision("bhl § 2 b første ledd bokstav a")
    ('bhl', ('§2b', 'ledd/1', 'bokstav/a'))

    Raises:
        ProvisionError: if something is left that is not understood, or no act is named.
    """
    words = " ".join(words.split())
    try:
        address = parse_address(words)
    except AddressError:
        pass
    else:
        return address.act, address.path
    chapter = _CHAPTER.match(words)
    if chapter is not None:
        return chapter["act"], (f"kap{chapter['number'].replace(' ', '')}",)
    match = _SECTION.match(words)
    if match is None:
        return words, ()
    act = match["act"].strip(" ,/")
    number = _NUMBER.match(match["rest"])
    if not act or number is None:
        raise ProvisionError(words, match["rest"] if act else words)
    return act, (f"§{number['number'].replace(' ', '')}", *_steps(words, match["rest"][number.end() :]))


def _steps(words: str, rest: str) -> list[str]:
    found = []
    rest = rest.strip(" ,/")
    for pattern, step in _STEPS:
        match = pattern.match(rest)
        if match is None:
            continue
        groups = match.groupdict()
        ordinal = groups.get("ordinal")
        found.append(f"{step}/{ORDINALS[ordinal] if ordinal else groups['n'] or groups['m']}")
        rest = rest[match.end() :].strip(" ,/")
    if rest:
        raise ProvisionError(words, rest)
    return found


def same_provision(address: Address, name: str) -> bool:
    """Whether a printed step *name* (``§2A-1``) is *address*'s last one, in any case of letters."""
    return bool(address.path) and address.path[-1].casefold() == name.casefold()

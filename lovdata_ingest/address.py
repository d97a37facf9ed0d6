"""Where a provision stands: Lovdata's addresses, parsed once, printed back, compared in the order of the law."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from msgspec import Struct

from lovdata_ingest.errors import LovdataError

StepKind = Literal[
    "part", "chapter", "annex", "division", "section", "article", "new_section",
    "ledd", "paragraph", "letter", "number", "dash", "sentence", "table", "footnote", "heading",
]  # fmt: skip

# Steps of two words, as Lovdata writes them, or in its manner where it has no word (strek, avsnitt, tabell, fotnote).
WORDS: dict[str, StepKind] = {
    "ledd": "ledd",
    "setning": "sentence",
    "bokstav": "letter",
    "nummer": "number",
    "strek": "dash",
    "avsnitt": "paragraph",
    "tabell": "table",
    "fotnote": "footnote",
}

_ACT = re.compile(r"(?:[A-Z]+/)?(?P<act>(?:lov|forskrift)/\d{4}-\d{2}-\d{2}(?:-\d+)?)", re.VERBOSE)
_STEP = re.compile(
    r"""/(?:
      (?P<word> (?:ledd|setning|nummer|strek|avsnitt|tabell|fotnote)/[1-9]\d*[a-z]*   # ledd/1, nummer/4a
              | (?:bokstav|nummer)/[^/\s]+ )                                          # bokstav/ii, nummer/1.2
    | (?P<new> ny§[^/\s]+ )                  # a section that an amending act writes
    | (?P<section> §[^/\s]+ )                # §3, §14-12a, §2A-1
    | (?P<heading> overskrift )
    | (?P<chapter> kap[^/\s]+ )              # kap5, kapII, kap2A
    | (?P<part> del[^/\s]+ )                 # del1, delIV
    | (?P<annex> vedlegg[^/\s]* )            # vedleggI
    | (?P<division> KAPITTEL_[\d-]+ )        # KAPITTEL_2-1: a heading without a number
    | (?P<article> a(?:\d+[a-z]*|[IVXLC]+) (?=/|$) )   # a1, aXXV: an article of an annexed convention
    | (?P<named> (?! (?:ledd|setning|bokstav|nummer|strek|avsnitt|tabell|fotnote)(?:/|$) )
      [^/\s§]+ )  # gdpr, v22c, p1
    )""",
    re.VERBOSE,
)


class AddressError(LovdataError):
    """A text that is no address. Carries the text and the first position not understood."""

    def __init__(self, text: str, position: int) -> None:
        self.text = text
        self.position = position
        super().__init__(
            "not a Lovdata address (expected e.g. lov/2005-06-17-62/§2-1/ledd/3):\n"
            f"    {text}\n    {' ' * position}^ not understood from here"
        )


class Step(Struct, frozen=True):
    """One step of an address: ``Step("ledd", "1")`` of ``ledd/1``, ``Step("section", "2b")`` of ``§2b``."""

    kind: StepKind
    value: str


@lru_cache(maxsize=65536)
def _step(printed: str) -> Step:
    match = _STEP.fullmatch("/" + printed)
    if match is None:
        raise AddressError(printed, 0)
    group = match.lastgroup
    if group == "word":
        word, _, value = printed.partition("/")
        return Step(WORDS[word], value)
    kind: StepKind
    match group:
        case "new":
            kind, value = "new_section", printed[3:]
        case "section":
            kind, value = "section", printed[1:]
        case "heading":
            kind, value = "heading", ""
        case "chapter" | "part":
            kind, value = ("chapter" if group == "chapter" else "part"), printed[3:]
        case "article":
            kind, value = "article", printed[1:]
        case "division":
            kind, value = "division", printed.removeprefix("KAPITTEL_")
        case _:
            kind, value = "annex", printed
    return Step(kind, value)


_CHUNK = re.compile(r"\d+|[^\W\d_]+|[^\w]+")
_LETTERS = str.maketrans({"æ": "{", "ø": "|", "å": "}"})  # after z, in Norwegian order
_ROMAN = re.compile(r"(?=[IVXLC])(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})")


def roman(text: str) -> int | None:
    """Return the value of a Roman number up to 89 in capitals (``IV`` → 4), None when *text* is none."""
    if not _ROMAN.fullmatch(text):
        return None
    values = [{"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}[c] for c in text]
    return sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))


@lru_cache(maxsize=65536)
def natural_key(value: str) -> tuple[tuple[int, int, str], ...]:
    """Order of numbers in the law: 2 before 2 a before 10, 2-9 before 2A-1, Roman numbers by value.

    Chunks compare hyphen < number < letter, so that chapter 2 ends before chapter 2 A begins.
    """
    number = roman(value)
    if number is not None:
        return ((1, number, ""),)
    return tuple(
        (1, int(chunk), "") if chunk.isdigit()
        else (2, 0, chunk.lower().translate(_LETTERS)) if chunk.isalpha()
        else (0, 0, chunk)
        for chunk in _CHUNK.findall(value)
    )  # fmt: skip


_KIND_ORDER: dict[str, int] = {
    "heading": 0, "part": 1, "chapter": 1, "division": 1, "section": 2, "ledd": 3, "paragraph": 4, "number": 5,
    "letter": 6, "dash": 7, "sentence": 8, "new_section": 9, "table": 10, "footnote": 11, "annex": 12, "article": 13,
}  # fmt: skip


class Address(Struct, frozen=True, gc=False, array_like=True):
    """Where a provision stands.

    ``act`` is ``lov/2005-06-17-64`` or ``forskrift/2020-12-11-2710``; ``path`` holds the steps as they are printed,
    outermost first: ``("§2b", "ledd/1", "setning/2")``. An empty path is the whole act. ``str()`` prints what
    `parse_address` reads back. Chapters stand in the path only where the address is the chapter's own: a section's
    address starts at its number, as Lovdata's does.

    >>> str(parse_address("NL/lov/2005-06-17-64/§2b/ledd/1").child("setning/2"))
    'lov/2005-06-17-64/§2b/ledd/1/setning/2'
    """

    act: str
    path: tuple[str, ...] = ()

    def __str__(self) -> str:
        return "/".join((self.act, *self.path))

    def __lt__(self, other: Address) -> bool:
        return self.order < other.order

    @property
    def order(self) -> tuple[object, ...]:
        """A key that sorts addresses in the order of the law: acts by date, then by step."""
        return (natural_key(self.act), tuple((_KIND_ORDER[s.kind], natural_key(s.value)) for s in self.steps))

    @property
    def steps(self) -> tuple[Step, ...]:
        """The path, each step parsed."""
        return tuple(_step(printed) for printed in self.path)

    def value(self, kind: StepKind) -> str | None:
        """The value of the first step of *kind*, None when the path has none."""
        return next((step.value for step in self.steps if step.kind == kind), None)

    @property
    def section(self) -> str | None:
        """Number of the section without sign and space (``2b``), None above the section and in annexes."""
        return self.value("section")

    @property
    def ledd(self) -> int | None:
        """Number of the ledd, counted from 1; None above the ledd."""
        value = self.value("ledd")
        return int(value) if value is not None and value.isdigit() else None

    @property
    def section_address(self) -> Address:
        """The section (or article of an annex) that this address lies in; itself when it lies in none."""
        for index, step in enumerate(self.steps):
            if step.kind in ("section", "article"):
                return Address(self.act, self.path[: index + 1])
        return self

    @property
    def act_address(self) -> Address:
        """The whole act."""
        return Address(self.act)

    @property
    def parent(self) -> Address | None:
        """One step up; None for a whole act."""
        return Address(self.act, self.path[:-1]) if self.path else None

    def child(self, *steps: str) -> Address:
        """This address with printed *steps* added: ``child("ledd/1", "setning/2")``."""
        return Address(self.act, self.path + steps)

    def contains(self, other: Address) -> bool:
        """Whether *other* is this address or lies below it."""
        return self.act == other.act and other.path[: len(self.path)] == self.path


def parse_address(text: str) -> Address:
    """Read an address as Lovdata writes it in ``href`` and ``data-lovdata-URL``, with or without ``NL/``.

    Raises:
        AddressError: if anything is left over; it points at the first character not understood.
    """
    match = _ACT.match(text)
    if match is None:
        raise AddressError(text, 0)
    position, path = match.end(), []
    while position < len(text):
        step = _STEP.match(text, position)
        if step is None or (step.end() < len(text) and text[step.end()] != "/"):
            raise AddressError(text, position)
        path.append(step[0][1:])
        position = step.end()
    return Address(match["act"], tuple(path))

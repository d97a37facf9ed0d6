"""One pass over a text with an automaton: every place where a reference, or the name of an act, may begin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from lovdata_ingest.references.grammar import MONTHS, ORDINALS

if TYPE_CHECKING:
    from lovdata_ingest.references.names import Names

TokenKind = Literal[
    "section", "paragraph_word", "chapter", "part", "ordinal", "letter", "number", "unit", "month", "own", "lov", "same", "here",
    "previous", "article", "eu", "name", "abbreviation", "suffix", "annex_word",
]  # fmt: skip

OWN = (
    "denne lov", "denne lova", "denne loven", "denne lovs", "denne lovens", "denne lovas", "loven her", "lova her", "lov her",
    "nærværende lov", "nærverande lov", "denne forskrift", "denne forskriften", "denne forskrifta", "forskriften her",
    "forskrifta her", "denne forskrifts", "lovens her",
)  # fmt: skip
BARE = ("loven", "lova", "lovens", "lovas", "forskriftens", "forskriftas")
SAME = (
    "samme lov", "same lov", "same lova", "samme lovs", "same lovas", "nevnte lov", "nemnde lov", "nemnde lova", "nevnte lovs",
    "sistnevnte lov", "sistnemnde lov", "førstnevnte lov", "samme forskrift", "nevnte loven", "nemnde lova", "den nevnte loven", "den nevnte lov", "den nemnde lova", "denne nevnte lov",
)  # fmt: skip
HERE = {
    "dette kapittel": "chapter", "dette kapittelet": "chapter", "dette kapitlet": "chapter", "dette kapitel": "chapter",
    "kapittelet her": "chapter", "kapitlet her": "chapter", "denne paragraf": "section", "denne paragrafen": "section",
    "paragrafen her": "section", "dette ledd": "ledd", "leddet her": "ledd", "dette leddet": "ledd",
    "denne bokstav": "item", "bokstaven her": "item", "denne del": "part", "delen her": "part",
    "dette kapittels": "chapter", "dette kapitlets": "chapter",
}  # fmt: skip
PREVIOUS = ("foregående", "forrige", "førre", "føregåande", "førige", "neste", "nest siste")


class Token(NamedTuple):
    """A place where something may begin."""

    start: int
    end: int
    kind: TokenKind
    word: str


class Scanner:
    """Finds tokens in lower-cased text. The automaton holds the names of acts and the words that open a reference."""

    def __init__(self, names: Names) -> None:
        import ahocorasick  # a C library: time linear in the text, whatever the number of names

        found: dict[str, TokenKind] = {}
        for abbreviation in names.abbreviations:
            found[abbreviation] = "abbreviation"
        for literal in names.literal:
            found[literal] = "name"
        for word in ("lov", "loven", "lova", "lovens", "lovas"):
            found[word] = "suffix"
        words: list[tuple[TokenKind, Any]] = [
            ("section", ["§"]), ("paragraph_word", ["paragraf", "paragrafene", "paragrafane", "paragrafar", "paragrafer"]),
            ("chapter", ["kapittel", "kapitel", "kapitlet", "kapitlene", "kapitla", "kap", "kapitler", "kapittelet", "kapitlets", "kapitlenes"]),
            ("part", ["del"]), ("ordinal", [w for w in ORDINALS if w.isalpha()]),
            ("letter", ["bokstav", "bokstavene", "bokstavane", "litra", "bokst"]),
            ("number", ["nr", "nummer"]), ("unit", ["ledd", "punktum", "led"]), ("month", list(MONTHS)),
            ("own", OWN), ("lov", BARE), ("same", SAME), ("here", list(HERE)), ("previous", PREVIOUS),
            ("article", ["artikkel", "artikkelen", "artiklene", "artiklane", "artikler", "artiklar", "art"]),
            ("eu", ["(eu)", "(ef)", "(eøf)", "/eu", "/ef", "/eøf"]),
        ]  # fmt: skip
        for kind, entries in words:
            for word in entries:
                found[word] = kind
        self.automaton = ahocorasick.Automaton()
        for word, kind in found.items():
            self.automaton.add_word(word, (kind, word, len(word)))
        self.automaton.make_automaton()

    def tokens(self, lower: str) -> list[Token]:
        """The tokens of a text, by start, the longest first; word borders are checked, overlaps left to the reader."""
        found: list[Token] = []
        size = len(lower)
        for last, (kind, word, length) in self.automaton.iter(lower):
            start, end = last - length + 1, last + 1
            if kind not in ("section", "eu"):
                if end < size and (
                    lower[end].isalnum()
                    or (kind == "name" and lower[end] == "-" and lower[end + 1 : end + 2].isalpha())
                ):
                    continue
                before = lower[start - 1] if start else " "
                if before.isalnum() or before == "-":
                    if word in _SUFFIXES:
                        found.append(Token(start, end, "suffix", word))
                    continue
                if kind == "suffix":
                    continue
            found.append(Token(start, end, kind, word))
        found.sort(key=lambda token: (token.start, -token.end))
        return found


_SUFFIXES = frozenset(("lov", "loven", "lova", "lovens", "lovas"))

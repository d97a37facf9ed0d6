"""The state of reading one text."""

from __future__ import annotations

import re

from lovdata_ingest.references import grammar as g
from lovdata_ingest.references.choice import Reader
from lovdata_ingest.references.mentions import ActRef, Group, Place
from lovdata_ingest.references.reference import Reference, Via
from lovdata_ingest.references.scanner import Token
from lovdata_ingest.references.text import CleanText

_AMENDS = re.compile(
    r"^\s*(?:(?:\(?\d{1,3}[.)]\s*)?(?:[IVX]+\.?\s+)?I (?=\S)|\(?\d{1,3}[.)]\s*(?=lov\s+(?:av\s+)?\d))", re.IGNORECASE
)
_AMENDS_WORD = re.compile(
    r"følgende endring|fylgjande endring|følgjande endring|slik endring|desse endring|disse endring|skal .{0,200}lyde|oppheves|opphev|gjøres|gjerast|lyder|lyda|endres slik|endres som|endrast slik",
    re.IGNORECASE,
)


class TextState:
    """One text at its place: its tokens, and what has been read in it so far."""

    def __init__(self, reader: Reader, raw: str, place: Place) -> None:
        self.reader = reader
        self.index = reader.index
        self.clean = CleanText(raw)
        self.raw = raw
        self.text = self.clean.text
        self.low = self.text.lower()
        self.place = place
        self.tokens: list[Token] = reader.scanner.tokens(self.low)
        self.starts: dict[int, Token] = {}
        for token in reversed(self.tokens):
            if token.kind in ("name", "own", "same", "lov", "abbreviation"):
                known = self.starts.get(token.start)
                if known is None or token.end > known.end:
                    self.starts[token.start] = token
        self.groups: list[Group] = []
        self.acts: list[ActRef] = []
        self.relatives: list[tuple[int, int, tuple[str, ...], Via]] = []
        self.rows: list[Reference] = []
        self.last_group: Group | None = None
        self.last_act: ActRef | None = None
        self.eu: list[tuple[int, int, str]] = []
        self.amends = bool(_AMENDS.match(self.text)) and _AMENDS_WORD.search(self.text) is not None

    def remember(self, act: ActRef) -> int:
        """Keep an act as the last one named; its end."""
        self.acts.append(act)
        self.last_act = act
        return act.end

    def sentence_border(self, start: int, end: int) -> bool:
        """Whether a sentence ends between two positions."""
        return g.SENTENCE_END.search(self.text, start, min(end + 1, len(self.text))) is not None

    def section_group(self, start: int, position: int, plural: bool) -> int | None:
        """Read a list of sections whose first number stands at *position*; the end, None where there is none."""
        raise NotImplementedError

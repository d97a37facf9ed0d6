"""A frame in the making: what the sentence, the rule and the section have told so far."""

from __future__ import annotations

import re

from msgspec import Struct

from duties.clauses import MODALS, Parse
from duties.condition import conditions_of
from duties.confidence import probability, weights
from duties.frame import Frame, Modality
from duties.level import level_of
from duties.matching import Match
from duties.memory import Ids, Memory, all_persons
from duties.norms import Norm
from duties.parties import Mention
from duties.units import Unit, scope
from duties.words import Token
from lovdata_ingest.model import Node
from lovdata_ingest.sentences import Flow, Sentence

_MATTER = re.compile(
    r"""samarbeid|samordn|opplysning|informasjon|meld|varsl|underret|taushet|teieplikt|innsyn|bistand|individuell\splan
      | koordinator|innhent|utlever|rapport|avtale""",
    re.VERBOSE | re.IGNORECASE,
)


_ANOTHER = re.compile(r",? og (?:adgang|plikt|rett|høve|tilgang) til å ")


class Trace(Struct, frozen=True):
    """Why a frame was found: its sentence, the words that triggered it, where each party comes from.

    ``features`` is what the confidence is added up from. ``tokens`` are the positions of head and object in the
    sentence, by which frames on the same words are told; ``strength`` is the rule's own weight among them.
    """

    frame: Frame
    sentence: str
    rule: str
    head: str
    object: str
    bearer_from: str
    counterpart_from: str
    features: tuple[str, ...]
    tokens: tuple[int, ...] = ()
    split: bool = False
    strength: float = 0.5
    clause: int = -1


class Reading(Struct):
    """A sentence being read, with all that belongs to it."""

    tree: Parse
    unit: Unit
    flow: Flow
    sentence: Sentence
    section: Node
    mentions: list[Mention]
    norms: list[Norm]
    memory: Memory


class Draft:
    """A frame in the making. Its parts are filled in by `bearer`, `counterpart` and `decide`, in that order."""

    __slots__ = (
        "bearer", "bearer_from", "category", "counterpart", "counterpart_from", "main", "match", "modality", "norm",
        "outer", "passive", "reading", "subject",
    )  # fmt: skip

    def __init__(self, reading: Reading, match: Match, norm: Norm, main: Norm, subject: list[Mention]) -> None:
        self.reading, self.match, self.norm, self.main, self.subject = reading, match, norm, main, subject
        self.outer: list[Mention] = []
        self.passive = False
        self.modality: Modality = "duty"
        self.category = match.rule.category
        self.bearer: Ids = ()
        self.bearer_from = ""
        self.counterpart: Ids = ()
        self.counterpart_from = ""

    @property
    def tokens(self) -> list[Token]:
        """The tokens of the sentence."""
        return self.reading.tree.tokens

    @property
    def head(self) -> Token:
        """The trigger word."""
        return self.tokens[self.match.head]

    @property
    def object(self) -> Token:
        """The word that stands with it."""
        return self.tokens[self.match.object]

    @property
    def between(self) -> list[Token]:
        """The words from the one to the other, the first of them included."""
        low, high = sorted((self.match.head, self.match.object))
        return self.tokens[low:high]

    @property
    def finite(self) -> str:
        """The finite verb of the main clause, empty where it has none."""
        return self.tokens[self.main.finite].lower if self.main.finite is not None else ""

    @property
    def applies(self) -> bool:
        """Whether the sentence makes a rule apply that its subject names: "Plikten til å melde fra gjelder også …"."""
        return self.finite in ("gjelder", "gjeld") and self.match.head < (self.main.finite or 0)

    def bound(self, ids: Ids, source: str) -> None:
        """Say who is bound, and how that is known."""
        self.bearer, self.bearer_from = ids, source

    def other(self, ids: Ids, source: str) -> None:
        """Say who the other party is, and how that is known."""
        self.counterpart, self.counterpart_from = ids, source

    def inside(self, mention: Mention) -> bool:
        """Whether a mention stands in the clause itself."""
        return mention.first in self.norm.members

    def trace(self) -> Trace:
        """The frame as it stands, with what it rests on."""
        reading, match, rule = self.reading, self.match, self.match.rule
        flow, unit = reading.flow, reading.unit
        start, end, item = self._place()
        counterpart = self.counterpart
        if "helse_og_omsorgstjeneste" in counterpart and (
            "sosialtjeneste" in counterpart or "kommunal" in reading.section.title
        ):  # the heading or the company says which of the two services is meant
            counterpart = tuple(
                "kommunal_helse_og_omsorg" if one == "helse_og_omsorgstjeneste" else one for one in counterpart
            )
        features = self._features(counterpart)
        frame = Frame(
            address=flow.address_of(reading.sentence),
            category=self.category,  # type: ignore[arg-type]
            modality=self.modality,
            bearer=self.bearer,
            counterpart=counterpart,
            level=level_of(self.category, unit.text, flow.text, rule.id),
            condition=self._conditions(),
            item=item,
            start=start,
            end=end,
            language=reading.sentence.language,
            confidence=probability(features) if weights() else rule.confidence,
            rule=rule.id,
        )
        return Trace(
            frame, unit.text, rule.id, self.head.lower, self.object.lower, self.bearer_from, self.counterpart_from,
            features, (match.head, match.object), strength=rule.confidence, clause=self.norm.clause,
        )  # fmt: skip

    def _conditions(self) -> tuple[str, ...]:
        reading = self.reading
        trigger = self.match.object if self.match.rule.direction == "order" else self.match.head
        text = scope(reading.tree, trigger, reading.unit)
        if self.applies:
            text = self._its_own(text)
        found = conditions_of(reading.tree, text, reading.unit.start, self.main.clause)
        answers = self.match.rule.direction == "answer" and "on_request" not in found
        return ("on_request", *found) if answers else found

    def _its_own(self, text: str) -> str:
        """Of "plikt til å gi … på anmodning og adgang til å gi … av eget tiltak, gjelder": the words of this norm."""
        cuts = [0, *(match.start() for match in _ANOTHER.finditer(text)), len(text)]
        if len(cuts) < 3:
            return text
        place = self.head.start - self.reading.unit.start
        low = max(cut for cut in cuts if cut <= place)
        high = min(cut for cut in cuts if cut > place)
        return " " * low + text[low:high] + " " * (len(text) - high)

    def _place(self) -> tuple[int, int, str]:
        """Start and end of the trigger in its node, and the node's path below the ledd."""
        flow = self.reading.flow
        low, high = sorted((self.match.head, self.match.object))
        node, start = flow.locate(self.tokens[low].start)
        other, end = flow.locate(self.tokens[high].end - 1)
        if other is not node:
            end = start + self.tokens[low].end - self.tokens[low].start - 1
        item = ""
        if node.address is not None and node.address != flow.address and flow.address.contains(node.address):
            item = "/".join(node.address.path[len(flow.address.path) :])
        return start, end + 1, item

    def _features(self, counterpart: Ids) -> tuple[str, ...]:
        tree, match = self.reading.tree, self.match
        flags = {
            "list": any(token.opens for token in self.tokens),
            "long sentence": len(self.tokens) > 45,
            "bearer is a person": bool(self.bearer) and all_persons(self.bearer),
            "counterpart is a person": bool(counterpart) and all_persons(counterpart),
            "trigger far from object": abs(match.head - match.object) > 10,
            "trigger in an inner clause": tree.clauses[tree.of[match.head]].kind != "main",
            "nynorsk": self.reading.sentence.language == "nn",
            "heading names the matter": bool(_MATTER.search(self.reading.section.title)),
            "no modal": self.finite != "" and self.finite not in MODALS,
        }
        return (
            f"rule={match.rule.id}",
            f"category={self.category}",
            f"modality={self.modality}",
            f"bearer={self.bearer_from or 'nobody'}",
            f"counterpart={self.counterpart_from or 'nobody'}",
            *(name for name, holds in flags.items() if holds),
        )

"""Find the norm frames of an act: sentence by sentence, from words and clauses to who owes what to whom."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import structs

from duties.actor_resolution import ActContext
from duties.bearer import find_bearer
from duties.clauses import MODALS, Parse, parse
from duties.counterpart import find_counterpart
from duties.decide import decide
from duties.draft import Draft, Reading, Trace
from duties.follow_on import follow_on
from duties.frame import Frame
from duties.matching import Match, matches
from duties.memory import Ids, Memory
from duties.modality import modality_of
from duties.named import actors_named
from duties.norms import (
    Norm,
    is_inverted,
    is_passive,
    lays_down_nothing,
    main_of,
    norms_of,
    subject_of,
)
from duties.parties import Mention, ids_of, place
from duties.prefilter import may_hold_a_norm
from duties.recipients import recipients
from duties.secrecy import limit_of_secrecy, remember_keeper, secrecy
from duties.settle import settle
from duties.trigger_use import applies_for_a_time, apply_named_rule, comes_to_nothing, has_paper_as_subject
from duties.units import Unit, lists_criteria, units_of
from lovdata_ingest.model import Document, Node
from lovdata_ingest.sentences import Flow, Sentence, flows

if TYPE_CHECKING:
    from spacy.language import Language as Pipeline

_NO_FRAME_TITLE = re.compile(
    r"""^(?:lovens\s)?(?: formål|føremål|virkeområde|verkeområde|definisjon|ikrafttred|iverksetj
           | overgang(?:s)?(?:regler|reglar|bestemmelser)|endringer\si\sandre|stedlig\svirkeområde
           | saklig\svirkeområde|hva\sloven\sgjelder|geografisk|omfang )""",
    re.VERBOSE | re.IGNORECASE,
)
_OF_THE_MATTER = re.compile(r"taushetsplikt|teieplikt|tagnadsplikt", re.IGNORECASE)  # "Omfanget av taushetsplikten"
_BINDS = re.compile(r"\b(?:skal|plikter|kan)\b")


# Words that seldom stand in a sentence without a norm of the kinds sought.
_TELLING = frozenset(
    {
        "tell", "notify", "handover", "share_n", "duty_n", "secrecy", "coop_v", "coop_n", "assist_v", "assist_n",
        "coord_v", "coord_n", "coordinator",
    }
)  # fmt: skip


def _is_worth_parsing(unit: Unit) -> bool:
    """Whether the parser may find what the words did not: no list, a verb that binds, a telling word."""
    binds = any(token.lower in MODALS for token in unit.tokens)
    return binds and not any(token.opens for token in unit.tokens) and any(t.tags & _TELLING for t in unit.tokens)


def _reporter(mention: Mention, memory: Memory) -> Mention:
    """As in "melderen": whom the section has bound to report, where it has bound somebody."""
    if mention.text.lower() in ("melder", "melderen", "meldaren"):
        for frame in memory.section:
            if frame.category == "information_sharing" and frame.modality == "duty" and frame.bearer:
                return structs.replace(mention, ids=frame.bearer, kind="body")
    return mention


class Finder:
    """Finds the frames of one document. The same document gives the same frames.

    ``traces`` tells of each frame why it was found. ``fired`` holds the ids of the rules that gave a frame, also of
    those that a narrower rule beat.
    """

    def __init__(self, document: Document, context: ActContext | None = None, nlp: Pipeline | None = None) -> None:
        self.document, self.nlp = document, nlp
        self.context = context or ActContext.of(document)
        self.traces: list[Trace] = []
        self.fired: list[str] = []
        self._keeper: Ids = ()
        self._agreement: Frame | None = None

    def run(self) -> list[Frame]:
        """All frames, in the order of the act."""
        return [frame for section in self.document.sections() for frame in self.section(section)]

    def section(self, section: Node) -> list[Frame]:
        """The frames of one section."""
        parts = list(flows(section, language=self.document.language))
        if not any(may_hold_a_norm(flow.text) for flow in parts):
            return []
        memory = Memory(self.context, self._keeper)
        if self._agreement is not None and "avtal" in section.title.lower():
            memory.agreement = self._agreement
            memory.named.add("cooperation_agreement")
        for flow in parts:
            memory.new_ledd(flow)
            for sentence in flow.sentences:
                memory.sentence = sentence.number
                for unit in units_of(flow, sentence):
                    self.traces += [
                        trace for trace in self._unit(unit, memory, flow, sentence, section) if memory.keep(trace.frame)
                    ]
        self._keeper = memory.keeper
        agreements = [frame for frame in memory.section if frame.category == "cooperation_agreement" and frame.bearer]
        self._agreement = agreements[0] if agreements else None
        return memory.section

    def _unit(self, unit: Unit, memory: Memory, flow: Flow, sentence: Sentence, section: Node) -> list[Trace]:
        """The frames of one unit: from its words, or from the tree where there is a parser and the words give none."""

        def read(tree: Parse) -> Reading:
            mentions = [_reporter(m, memory) for m in place(tree, actors_named(self.context, flow, unit), flow.text)]
            return Reading(tree, unit, flow, sentence, section, mentions, norms_of(tree), memory)

        def subject() -> Ids:
            reading = read(parse(unit.tokens))
            return ids_of(subject_of(reading.tree, reading.norms[0], reading.mentions)) if reading.norms else ()

        if not may_hold_a_norm(unit.text):
            memory.read_if_asked(subject)
            return []
        reading = read(parse(unit.tokens))
        found = self._read(reading)
        if found or self.nlp is None or not _is_worth_parsing(unit):
            return found
        from duties.nlp import parse_sentences
        from duties.tree import parse_tree

        doc = next(iter(parse_sentences([flow.text[unit.start : unit.end]], nlp=self.nlp)))
        tree = parse_tree(unit.tokens, doc, unit.start)
        return self._read(read(tree)) if tree is not None else []

    def _read(self, reading: Reading) -> list[Trace]:
        """The frames of a sentence whose clauses are told apart."""
        tree, text = reading.tree, reading.unit.text
        title = reading.section.title
        if _NO_FRAME_TITLE.match(title) and not _OF_THE_MATTER.search(title) and not _BINDS.search(text):
            return []
        carried = follow_on(reading)
        if carried is not None:
            return carried
        found: list[Trace] = []
        inherited: list[Mention] = []
        excluded = False
        barred: set[int] = set()
        criteria = lists_criteria(reading.unit)
        opens = next((i for i, token in enumerate(tree.tokens) if token.opens), None) if criteria else None
        for norm in reading.norms:
            subject = subject_of(tree, norm, reading.mentions)
            if norm.operator == "":
                if not subject and norm.clause != 0 and norm.finite is not None and not is_inverted(tree, norm):
                    subject = inherited  # "Kommunen skal …, og skal også …"
                inherited = subject or inherited
                goes_on = excluded and "herunder" in text
                excluded = lays_down_nothing(tree, norm, reading.mentions) or goes_on
            if (norm.operator == "" and excluded) or norm.outer in barred:
                barred.add(norm.clause)
                continue
            for match in matches(tree, norm, text, reading.memory.named):
                if opens is not None and match.head >= opens:
                    continue
                traces = self._frame(reading, match, norm, subject)
                traces += self._also_permitted(reading, match, norm, subject, traces)
                self.fired += [trace.rule for trace in traces]
                found += traces
        if inherited:
            reading.memory.subject = ids_of(inherited)
        return settle(found)

    def _also_permitted(
        self, reading: Reading, match: Match, norm: Norm, subject: list[Mention], traces: list[Trace]
    ) -> list[Trace]:
        """The second norm of "Reglene om plikt til å gi … og adgang til å gi … gjelder for X"."""
        tokens = reading.tree.tokens
        if not traces or match.rule.direction != "to" or traces[0].frame.modality not in ("duty", "permission"):
            return []
        if norm.finite is None or tokens[norm.finite].lower not in ("gjelder", "gjeld") or norm.finite < match.head:
            return []
        heads = [
            i for i in norm.members if i < norm.finite and tokens[i].tags & tokens[match.head].tags & {"give", "tell"}
        ]
        return [
            trace
            for head in heads
            if head > match.object and tokens[head - 1].lower == "å"
            for place in [next((i for i in range(head + 1, norm.finite) if tokens[i].tags & {"info", "doc"}), 0)]
            if place
            for trace in self._frame(reading, Match(match.rule, head, place), norm, subject)
            if trace.frame.modality != traces[0].frame.modality
        ]

    def _frame(self, reading: Reading, match: Match, norm: Norm, subject: list[Mention]) -> list[Trace]:
        """The frames that a rule makes of a norm."""
        tree, rule, head = reading.tree, match.rule, match.head
        main = main_of(norm, reading.norms)
        draft = Draft(reading, match, norm, main, subject)
        until = main.finite if main.finite is not None else 0
        if norm.operator in ("ensure", "demand", "assign"):
            until += 3
        modality = modality_of(tree, main.members, main.finite, head if main is norm else until)
        draft.modality = modality or "duty"
        if norm.operator == "hinder":
            in_list = any(token.opens for token in tree.tokens[: head + 1])
            strength = rule.confidence if in_list else 2.0  # the lead speaks for all items
            return [structs.replace(draft.trace(), strength=strength)] if limit_of_secrecy(draft) else []
        if rule.direction == "secrecy":
            return [draft.trace()] if secrecy(draft) else []
        if modality is None:
            return []
        draft.outer = subject if main is norm else subject_of(tree, main, reading.mentions)
        draft.passive = is_passive(tree, norm, head) or (
            match.object != head and is_passive(tree, norm, match.object) and bool(draft.head.tags & {"info"})
        )
        if comes_to_nothing(draft):
            return []
        if draft.applies:
            if (not rule.modality and not apply_named_rule(draft)) or applies_for_a_time(draft):
                return []
        elif (
            not draft.passive
            and not subject
            and norm.operator == ""
            and rule.direction in ("to", "from", "order", "object")
            and has_paper_as_subject(tree, norm)
        ):
            return []
        draft.other(*recipients(draft))
        if not find_bearer(draft):
            return []
        find_counterpart(draft)
        traces = decide(draft)
        if rule.id == "secrecy/prevent" and draft.bearer_from == "subject":
            remember_keeper(draft)
        return traces


def find_frames(document: Document, context: ActContext | None = None, nlp: Pipeline | None = None) -> list[Frame]:
    """The norm frames of one document, in the order of the act.

    Args:
        document: the act.
        context: who is named where in this act, and who is meant where nobody is; None makes it.
        nlp: the trained parser; None works from the words alone.
    """
    return Finder(document, context, nlp).run()

"""The law as the findings read it: norms with their words, kinds of duty, services, definitions, references."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, cached_property, lru_cache
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from duties.frame import Frame
from graph.definitions import Definition, definitions_in
from graph.finding import KIND_OF_TYPE, Evidence, Finding, FindingType, Words, finding_id
from graph.inputs import ActFacts, Inputs, facts_of
from graph.names import Namer, actor_entry
from graph.tables import load_table
from graph.wording import normal, tokens
from lovdata_ingest.address import Address, parse_address
from lovdata_ingest.model import Document, Node
from lovdata_ingest.references.reference import Reference
from lovdata_ingest.sentences import Flow, Sentence, flows

T = TypeVar("T")


class DutyType(Struct, frozen=True):
    """A kind of duty that peer services may share: an entry of ``data/duty_types.yaml``."""

    id: str
    names: Words
    group: str
    category: frozenset[str]
    modality: frozenset[str]
    level: frozenset[str]
    bearer: frozenset[str]
    counterpart: frozenset[str]
    only_counterpart: bool
    text: re.Pattern[str] | None
    without: re.Pattern[str] | None
    matter: bool
    expected: str
    why: Words
    words: re.Pattern[str] | None
    taken_as: dict[str, Any]
    receivers: dict[str, str]

    def fits(self, frame: Frame, text: str | None) -> bool:
        """Whether a norm is of this type; without *text* (snapshot) the words are taken to fit."""
        others = set(frame.counterpart)
        return (
            frame.category in self.category
            and (not self.modality or frame.modality in self.modality)
            and (not self.level or frame.level in self.level)
            and (not self.bearer or bool(self.bearer & set(frame.bearer)))
            and (not self.counterpart or bool(self.counterpart & others))
            and (not self.only_counterpart or others <= self.counterpart)
            and (text is None or self.text is None or self.text.search(text) is not None)
            and (text is None or self.without is None or self.without.search(text) is None)
        )


class Service(Struct, frozen=True):
    """A welfare service: its act, the actors that act for it; ``municipal`` where the municipality must coordinate it.

    ``owner`` runs it: ``municipal``, ``county``, ``state`` or ``private``.
    ``earlier`` are the acts that bound it before: the law as it stood on a date may have one of them in its place.
    """

    id: str
    names: Words
    act: str
    municipal: bool
    actors: tuple[str, ...]
    earlier: tuple[str, ...] = ()
    owner: str = "municipal"


class Norm(Struct, frozen=True):
    """A norm frame with the words of its sentence.

    ``ledd`` and ``section`` are printed addresses, ``words`` the sentence as `graph.wording.tokens` gives it,
    ``around`` the whole ledd likewise, ``sentence`` its number in the ledd, ``duty_type`` an id of ``data/duty_types.yaml`` (empty when none fits).
    """

    frame: Frame
    ledd: str
    section: str
    act: str
    words: tuple[str, ...]
    around: str
    duty_type: str
    sentence: str | None = None

    @property
    def text(self) -> str:
        """The sentence in bokmål, lower case, without signs."""
        return " ".join(self.words)

    @property
    def evidence(self) -> Evidence:
        """Where the trigger words stand, and the norm in short."""
        frame = self.frame
        address = self.ledd + (f"/{frame.item}" if frame.item else "")
        return Evidence(address, frame.start, frame.end, self.short)

    @property
    def short(self) -> str:
        """``cooperation duty barnehage → tjenesteytere (necessary)``."""
        frame = self.frame
        condition = f" ({', '.join(frame.condition)})" if frame.condition else ""
        bearer, other = ";".join(frame.bearer) or "-", ";".join(frame.counterpart) or "-"
        return f"{frame.category} {frame.modality} {bearer} → {other}{condition}"


@lru_cache(maxsize=1)
def duty_types() -> tuple[DutyType, ...]:
    """All kinds of duty, in the order in which they are tried."""

    def pattern(entry: dict[str, Any], key: str) -> re.Pattern[str] | None:
        return re.compile(entry[key]) if key in entry else None

    return tuple(
        DutyType(
            entry["id"], Words(**entry["names"]), entry["group"], frozenset(entry["category"]),
            frozenset(entry.get("modality", ())), frozenset(entry.get("level", ())), frozenset(entry.get("bearer", ())),
            frozenset(entry.get("counterpart", ())), entry.get("only_counterpart", False), pattern(entry, "text"),
            pattern(entry, "not"), entry.get("matter", False), entry.get("expected", ""),
            Words(**entry["why"]) if "why" in entry else Words("", ""),
            pattern(entry, "words"),
            entry.get("as", {}), entry.get("receivers", {}),
        )
        for entry in load_table("duty_types.yaml")["types"]
    )  # fmt: skip


@lru_cache(maxsize=1)
def duty_type_by_id() -> dict[str, DutyType]:
    """Kinds of duty by id."""
    return {t.id: t for t in duty_types()}


@lru_cache(maxsize=1)
def services() -> tuple[Service, ...]:
    """The welfare services that are compared, in the order of the file."""
    return tuple(
        Service(
            entry["id"], Words(**entry["names"]), entry["act"],
            entry["government"] == "municipal" or entry.get("coordinated", False), tuple(entry["actors"]), tuple(entry.get("earlier", ())),
            entry.get("owner", entry["government"]),
        )
        for entry in load_table("services.yaml")["services"]
    )  # fmt: skip


class Excuse(Struct, frozen=True):
    """Why a kind of duty is not looked for in a service's own act; ``provision`` where another act has it."""

    provision: str
    why: Words


@lru_cache(maxsize=1)
def exceptions() -> dict[tuple[str, str], Excuse]:
    """(service, kind of duty) to the reason why its own act need not have it."""
    table = load_table("services.yaml")
    found = {}
    for key in ("elsewhere", "not_expected"):
        for entry in table[key]:
            for service in entry["services"]:
                for type_ in entry["types"]:
                    found[service, type_] = Excuse(entry.get("provision", ""), Words(entry["nb"], entry["en"]))
    return found


@lru_cache(maxsize=1)
def rights_acts() -> frozenset[str]:
    """Acts that give rights and bind no service of their own."""
    return frozenset(load_table("services.yaml")["rights_acts"])


AMENDS = re.compile(
    r"endring(?:er|ar)? i (?:andre|annan|annen|øvrige)|ikraft|i kraft|iverks|overgang(?:sregl|sbestem|sordn)",
    re.IGNORECASE,
)
LIKELY = re.compile(
    r"samarbeid|samordn|koordin|individuell plan|taus|teie|merks[ao]m|meld|opplys|vars|overgang|over(?:tatt|teke) omsorg"
)  # of words in lower case: searching without regard to case takes five times as long


@lru_cache(maxsize=1)
def professional_secrecy() -> dict[str, tuple[str, ...]]:
    """Provisions on the secrecy of a profession, each with the acts of the services whose staff it binds as well."""
    return {e["provision"]: tuple(e["acts"]) for e in load_table("services.yaml")["professional_secrecy"]}


def classify(frame: Frame, text: str | None) -> str:
    """The id of the first kind of duty that fits, empty when none does."""
    return next((t.id for t in duty_types() if t.fits(frame, text)), "")


class Law:
    """Everything the findings look up, built once from `Inputs`."""

    def __init__(self, inputs: Inputs) -> None:
        self.inputs = inputs
        self.acts = inputs.acts
        self._cache: dict[str, Any] = {}
        self.documents: dict[str, Document] = {}
        for document in inputs.documents:
            self.documents.setdefault(document.refid, document)
        self.facts: tuple[ActFacts, ...] = inputs.facts or tuple(
            self._facts(refid) for refid in self.of_interest if refid in self.documents
        )
        self.names = Namer(self.facts)

    def _facts(self, refid: str) -> ActFacts:
        """Facts of an act; of one that is only referred to, no more than the sections that are."""
        return facts_of(self.documents[refid], only=None if refid in self.acts else self.referred_to)

    @cached_property
    def referred_to(self) -> frozenset[str]:
        """Sections outside the acts asked for that a reference leads to or a norm stands in."""
        found = {"/".join(r.target.split("/")[:3]) for r in self.inputs.references}
        found |= {str(f.address.section_address) for f in self.inputs.frames}
        return frozenset(found | {e.provision for e in exceptions().values()} | set(professional_secrecy()))

    @cached_property
    def of_interest(self) -> tuple[str, ...]:
        """Refids of the acts asked for, of acts with frames, and of acts that are referred to: sorted."""
        found = set(self.acts) | {frame.address.act for frame in self.inputs.frames}
        for reference in self.inputs.references:
            if reference.target.startswith("lov/"):
                found.add("/".join(reference.target.split("/")[:2]))
            found.add(reference.source.act)
        found |= {"/".join(p.split("/")[:2]) for p in professional_secrecy()}
        found |= {service.act for service in services()} | {
            e.provision.rsplit("/", 1)[0] for e in exceptions().values()
        }
        return tuple(sorted(act for act in found if act in self.documents or act in self.acts))

    @cached_property
    def sections(self) -> dict[str, Node]:
        """Section nodes of the acts of interest by printed address."""
        return {
            str(section.address): section
            for refid in self.of_interest
            if refid in self.documents
            for section in self.documents[refid].sections()
            if section.address is not None
        }

    @cache  # noqa: B019 - a Law lives for one analysis
    def flows(self, section: str) -> tuple[Flow, ...]:
        """The ledd of a section with their sentences; empty for an unknown section."""
        node = self.sections.get(section)
        if node is None:
            return ()
        act = section.rsplit("/§", 1)[0]
        language = self.documents[act].language if act in self.documents else "nb"
        return tuple(flows(node, language=language))

    def text(self, ledd: str) -> str:
        """The words of a ledd with its lists, empty when it is not loaded."""
        flow = self.flow(ledd)
        return flow.text if flow else ""

    def flow(self, ledd: str) -> Flow | None:
        """The flow of a ledd by its printed address."""
        section = ledd.split("/ledd/")[0]
        return next((f for f in self.flows(section) if str(f.address) == ledd), None)

    @cached_property
    def norms(self) -> tuple[Norm, ...]:
        """All norms, in the order of the law, with those that the words alone tell of."""
        found = [self._norm(f) for f in self.inputs.frames if not self.closing(str(f.address.section_address))]
        known = {(n.ledd, n.sentence, n.duty_type) for n in found}
        for norm in self._by_words():
            if (norm.ledd, norm.sentence, norm.duty_type) not in known:
                found.append(norm)
        return tuple(sorted(found, key=lambda n: _order(n.frame)))

    def closing(self, section: str) -> bool:
        """Whether a section amends other acts: what it says is the law of those, and stands there."""
        node = self.sections.get(section)
        return node is not None and AMENDS.search(node.title) is not None

    def _by_words(self) -> Iterator[Norm]:
        """Norms of sentences that are of a kind by their words, whether the finder of norms has them or not."""
        types = [t for t in duty_types() if t.words is not None]
        for act in self.acts:
            document = self.documents.get(act)
            for section in document.sections() if document else ():
                raw = " ".join(
                    n.text for n in section.walk() if n.kind in ("ledd", "item", "paragraph", "continuation")
                )
                if section.address is None or not LIKELY.search(raw.lower()) or AMENDS.search(section.title):
                    continue
                for flow in self.flows(str(section.address)):
                    for sentence in flow.sentences:
                        if LIKELY.search(sentence.text.lower()):
                            words = normal(sentence.text, sentence.language)
                            for type_ in types:
                                match = type_.words.search(words) if type_.words else None
                                if match:
                                    yield self._taken(type_, act, flow, sentence)

    def _taken(self, type_: DutyType, act: str, flow: Flow, sentence: Sentence) -> Norm:
        """The norm that a sentence is taken to hold by its words."""
        fields, service = type_.taken_as, self.service_of(act)
        words = tokens(sentence.text, sentence.language)
        bearer = tuple(fields.get("bearer", ())) or ((service.actors[0],) if service else ())
        if words[:1] == ("kommunen",) and "kommune" not in bearer:
            bearer = ("kommune", *bearer)
        modality = fields["modality"]
        if modality != "right" and "har rett til" in " ".join(words):
            modality, bearer = "right", ("person",)
        node, start = flow.locate(sentence.start)
        section = str(flow.address.section_address)
        steps = (*flow.address.section_address.path, f"ledd/{flow.number}", f"setning/{sentence.number}")
        frame = Frame(
            Address(act, steps), fields.get("category", min(type_.category)), modality, bearer,
            tuple(fields.get("counterpart", ())), fields.get("level", "-"), tuple(fields.get("condition", ())), "",
            start, min(start + len(sentence.text), len(node.text)), sentence.language, 0.6, f"words/{type_.id}",
        )  # fmt: skip
        around = " ".join(normal(s.text, s.language) for s in flow.sentences)
        return Norm(frame, str(flow.address), section, act, words, around, type_.id, str(sentence.number))

    def _norm(self, frame: Frame) -> Norm:
        section = str(frame.address.section_address)
        number = frame.address.ledd or 1
        flow = next((f for f in self.flows(section) if f.number == number), None)
        value = frame.address.value("sentence")
        sentence = next((s for s in flow.sentences if str(s.number) == value), None) if flow else None
        if sentence is None and flow and flow.sentences:
            sentence = flow.sentences[0]
        words = tokens(sentence.text, sentence.language) if sentence else ()
        around = " ".join(normal(s.text, s.language) for s in flow.sentences) if flow else ""
        ledd = str(flow.address) if flow else f"{section}/ledd/{number}"
        kind = classify(frame, " ".join(words) or None)
        return Norm(frame, ledd, section, frame.address.act, words, around, kind, value)

    @cached_property
    def by_type(self) -> dict[str, tuple[Norm, ...]]:
        """Norms by kind of duty."""
        found: dict[str, list[Norm]] = defaultdict(list)
        for norm in self.norms:
            found[norm.duty_type].append(norm)
        return {key: tuple(value) for key, value in found.items()}

    @cached_property
    def by_act(self) -> dict[str, tuple[Norm, ...]]:
        """Norms by act."""
        found: dict[str, list[Norm]] = defaultdict(list)
        for norm in self.norms:
            found[norm.act].append(norm)
        return {key: tuple(value) for key, value in found.items()}

    @cached_property
    def by_section(self) -> dict[str, tuple[Norm, ...]]:
        """Norms by section."""
        found: dict[str, list[Norm]] = defaultdict(list)
        for norm in self.norms:
            found[norm.section].append(norm)
        return {key: tuple(value) for key, value in found.items()}

    def of_type(self, *types: str) -> list[Norm]:
        """Norms of the kinds named, in the order of the law."""
        found = [norm for type_ in dict.fromkeys(types) for norm in self.by_type.get(type_, ())]
        return found if len(types) == 1 else sorted(found, key=lambda n: _order(n.frame))

    @cached_property
    def services(self) -> tuple[Service, ...]:
        """The services whose act, or the act before it, is among those asked for; with the act that is."""
        found = []
        for service in services():
            act = next((a for a in (service.act, *service.earlier) if a in self.acts), None)
            if act is not None and (act in self.by_act or act in self.documents):
                found.append(replace(service, act=act))
        return tuple(found)

    def service_of(self, act: str) -> Service | None:
        """The service that an act binds, None when it binds none that we know."""
        service = next((s for s in services() if act == s.act or act in s.earlier), None)
        return replace(service, act=act) if service else None

    @cached_property
    def definitions(self) -> tuple[Definition, ...]:
        """The definitions in the acts asked for."""
        return tuple(
            definition
            for refid in sorted(self.acts)
            if refid in self.documents
            for section in self.documents[refid].sections()
            if section.address is not None
            for definition in definitions_in(section, self.documents[refid].language)
        )

    @cached_property
    def references_from(self) -> dict[str, tuple[Reference, ...]]:
        """References by the section that they stand in."""
        found: dict[str, list[Reference]] = defaultdict(list)
        for reference in self.inputs.references:
            found[str(reference.source.section_address)].append(reference)
        return {key: tuple(value) for key, value in found.items()}

    def references_in(self, ledd: str) -> Iterator[Reference]:
        """References that stand in a ledd or in its lists."""
        for reference in self.references_from.get(ledd.split("/ledd/")[0], ()):
            if str(reference.source) == ledd or str(reference.source).startswith(ledd + "/"):
                yield reference

    def cached(self, key: str, make: Callable[[], T]) -> T:
        """What *make* gives, made once for each key."""
        if key not in self._cache:
            self._cache[key] = make()
        return self._cache[key]  # type: ignore[no-any-return]

    def finding(
        self, type_: FindingType, provisions: Sequence[str], *, actors: Iterable[str] = (), score: float,
        title: Words, explanation: Words, reasons: Iterable[Words] = (), evidence: Iterable[Evidence] = (),
        key: Sequence[str] = (), matter: str = "",
    ) -> Finding:  # fmt: skip
        """Make a finding.

        Args:
            type_: type of the contract.
            provisions: printed addresses, the most telling first; repeats are dropped.
            actors: actor ids.
            score: 0 to 1.
            title: short, in both languages.
            explanation: what a lawyer would sign, in both languages.
            reasons: why the score.
            evidence: what it rests on; by default the provisions.
            key: provisions that make the finding what it is, when not all of them (peers may come and go).
            matter: kind of duty, told apart in the id.
        """
        where = tuple(dict.fromkeys(provisions))
        who = tuple(dict.fromkeys(actors))
        proof = tuple(dict.fromkeys(evidence)) or tuple(Evidence(address) for address in where)
        acts = tuple(dict.fromkeys(parse_address(address).act for address in where))
        id_ = finding_id(
            type_, tuple(key) or where, (*sorted(who if not key else ()), *((f"={matter}",) if matter else ()))
        )
        return Finding(
            id_, KIND_OF_TYPE.get(type_, "gap"), type_, acts, where, who, round(min(max(score, 0.0), 1.0), 2),
            _capital(title), _capital(explanation), proof, tuple(reasons),
        )  # fmt: skip


# what follows these full stops is no new sentence
_SENTENCE = re.compile(
    r"(?:^|(?<!\bnr)(?<!\bno)(?<!\bjf)(?<!\bkap)(?<!\bmv)(?<!m\.m)(?<!\d)\. )(?!lov/|forskrift/)[a-zæøå]"
)


def _capital(words: Words) -> Words:
    """The words with capital first letters, as sentences have: names of acts are written small inside them."""
    nb, en = (_SENTENCE.sub(lambda found: found.group().upper(), text) for text in (words.nb, words.en))
    return Words(nb, en)


def _order(frame: Frame) -> tuple[Any, ...]:
    return (frame.address.order, frame.item, frame.start, frame.category, frame.modality, frame.bearer)


def sector(actor: str) -> str:
    """The service sector of an actor, empty when the ontology gives none."""
    return str(actor_entry(actor).get("sector", ""))

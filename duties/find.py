"""Find the norm frames of an act: sentence by sentence, from words and clauses to who owes what to whom."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct, structs

from duties.actor_resolution import ActContext
from duties.clauses import MODALS, Parse, is_finite, parse
from duties.condition import conditions_of
from duties.confidence import probability, weights
from duties.frame import Category, Frame, Modality
from duties.level import level_of
from duties.modality import modality_of
from duties.parties import Found, Mention, chain, ids_of, place
from duties.prefilter import may_hold_a_norm
from duties.rules import Rule, load_rules
from duties.words import Token, tokens_of
from lovdata_ingest.model import Document, Node
from lovdata_ingest.sentences import Flow, Sentence, flows

if TYPE_CHECKING:
    from spacy.language import Language as Pipeline

# Operators before "at" or "å": what they do to the norm inside.
_ENSURE = re.compile(
    r"\b(?:sørg\w*|påse[rs]?|sikr\w+|syte|syter|ansvar(?:et)?|ansvarleg|ansvarlig|legg\w* til rette|bidra\w*|medverk\w*|medvirk\w*|passe|se|sjå|ser|ordne|tilrettelegg\w*) (?:\w+ )?(?:for |på |til |og )?(?:å |det |seg )?(?:til )?$"
)
_DEMAND = re.compile(
    r"\b(?:krev\w*|pålegg\w*|påleg\w*|be|ber|bestemm?e\w*|bestemt|fastset\w*|fastsett\w*|vedta|anmode\w*|godkjenne|samtykk\w+|avgjer\w*|avgjør\w*|forlange) (?:\w+ ){0,4}?(?:om |til |i )?$"
)
_ASSIGN = re.compile(
    r"\b(?:utpek\w*|utpeik\w*|pek\w* ut|peik\w* ut|oppnevn\w*|oppnemn\w*|bestemm\w*|bestemt|fastset\w*|avtal\w*|ha|utnevn\w*|velg\w*)\b"
)
_ASSIGNED = re.compile(r"\b(?:skal|har|er|kan)\b.*\b(?:ansvar\w*|ivareta|vareta|sørg\w*|koordiner\w*|samordn\w*)\b")
_ROUTINES = re.compile(
    r"\b(?:rutiner|rutinar|system|systemer|ordninger|ordningar|prosedyrer|prosedyrar|retningslinjer)\b"
)
_PERSONAL = frozenset({"person", "foresatte"})
_PARTIES = frozenset({"ansatte", "helsepersonell", "koordinator", "barnekoordinator", *_PERSONAL})
_REGULATION = re.compile(
    r"\b(?:i|ved|med|gi|gir|gje|gjev|gis|fastsett\w+|fastset\w*|nærmere|nærare|nånare|utfyllende) (?:nærmere |nærare |utfyllande |utfyllende )?(?:forskrift\w*|føresegn\w*|regler|reglar|bestemmelser|retningslinjer|retningsliner)\b|\bforskrift(?:er)? (?:om|med|gi)\b|\b(?:i|ved) (?:\w+ )?forskrift\b|instruks\w* om",
    re.IGNORECASE,
)
_ISSUERS = frozenset({"stat", "helsedirektoratet", "utdanningsdirektoratet", "bufdir", "avdir", "imdi"})
_FOLLOW = re.compile(
    r"^(?:Tilsvarende|Tilsvarande|Det samme|Det same|Dette|Første punktum|Første og andre punktum|Andre punktum|Det tilsvarende) (?:gjelder|gjeld|skal|meldeplikt)",
    re.IGNORECASE,
)
_FORVALTNING_13 = re.compile(
    r"forvaltningslov\w*\s+§+\s*13\b|forvaltningslov\w* (?:sine )?(?:reglar|regler|bestemmelser) om taushetsplikt",
    re.IGNORECASE,
)
_APPLIES = re.compile(r"\bgjelder?\b|\bgjeld\b|får\s+(?:tilsvarende\s+)?anvendelse|\bfår bruk", re.IGNORECASE)
_NO_FRAME_TITLE = re.compile(
    r"^(?:lovens )?(?:formål|føremål|virkeområde|verkeområde|definisjon|ikrafttred|iverksetj|overgang(?:s)?(?:regler|reglar|bestemmelser)|endringer i andre|stedlig virkeområde|saklig virkeområde|hva loven gjelder|geografisk|omfang)",
    re.IGNORECASE,
)
_TAKEN_UP = re.compile(
    r"\b(?:opplysning(?:ene|ane)|opplysinga(?:ne)?|melding(?:en|a)|varsel?et|slike?|samarbeidet|informasjonen|informasjona|disse|desse|planen|avtalen|avtala|dokumentene|rapporten|dette|bistanden)\b",
    re.IGNORECASE,
)


def _named(context: ActContext, flow: Flow, unit: _Unit) -> list[Found]:
    """The actors that a sentence names, roles and pronouns resolved in the act."""
    found: list[Found] = []
    for mention in context.mentions(flow.text):
        if mention.end <= unit.start or mention.start >= unit.end:
            continue
        ids, kind = mention.ids, str(mention.kind)
        if mention.head in ("vedkommende", "vedkomande"):
            staff = [f for f in found if "ansatte" in f.ids]
            if staff:
                ids = ("ansatte",)
        elif kind in ("role", "pronoun"):
            answer = context.resolve(mention, flow.address, flow.text[: mention.start])
            ids = answer.ids if answer.confidence >= 0.3 or kind == "role" else ()
        if kind == "pronoun" and mention.head == "den som" or _WHOEVER.match(flow.text, mention.start):
            described = _described(flow.text[mention.start : mention.end + 90])
            if described:
                ids, kind = described, "body"
        if set(ids) <= _GENERIC and _OF_THIS_ACT.match(flow.text, mention.end) and context.addressees:
            ids = context.addressees[0].ids
        if ids:
            found.append(
                Found(
                    mention.start,
                    mention.end,
                    ids,
                    kind,
                    mention.genitive,
                    mention.attribute,
                    mention.other,
                    mention.weak,
                    mention.definite,
                    mention.plural,
                )
            )
    for match in _CONCERNED.finditer(flow.text, unit.start, unit.end):
        found = [f for f in found if f.end <= match.start() or f.start >= match.end()]
        found.append(Found(match.start(), match.end(), ("person",), "person"))
    return sorted(found, key=lambda f: f.start)


# Benefits are coordinated by arithmetic, not by services.
_BENEFIT = re.compile(r"ytels|ytelse|pensjon|grunnbeløp|trygd(?!e?koord)|stønad|stønad")
_MATTER = re.compile(
    r"samarbeid|samordn|opplysning|informasjon|meld|varsl|underret|taushet|teieplikt|innsyn|bistand|individuell plan|koordinator|innhent|utlever|rapport|avtale",
    re.IGNORECASE,
)
_GENERIC = frozenset({"andre", "helse_og_omsorgstjeneste", "frivillig_og_privat", "offentlige_organer"})
_OF_THIS_ACT = re.compile(
    r"\s+som (?:er )?(?:omfatt\w+|yter|yt|driver|driv|utfører|går inn|kjem inn)\b[^,.]{0,60}\b(?:etter|av|under) (?:denne )?(?:lov|loven|lova)\b",
    re.IGNORECASE,
)
_CONCERNED = re.compile(
    r"\b(?:den|dem|dei?) (?:som )?(?:opplysning\w*|saken|saka|det|vedtaket)(?: \w+)? (?:gjelder|gjeld|angår)\b",
    re.IGNORECASE,
)
_WHOEVER = re.compile(r"(?:den|dei?|dem|ein|en|enhver|alle|personer|personar)\b", re.IGNORECASE)
_DESCRIPTIONS = tuple(
    (re.compile(rf"^(?:\w+ ){{1,3}}som (?:\w+ ){{0,4}}?{pattern}", re.IGNORECASE), ids)
    for pattern, ids in (
        (r"(?:yter|yt|gir|gjev|utfører) (?:\w+ )?(?:helsehjelp|helse- og omsorgstjenest\w*|helse- og omsorgstenest\w*|helsetjenest\w*|helsetenest\w*)", ("helsepersonell",)),
        (r"(?:utfører|utfør|gjør|gjer|har) (?:\w+ ){0,3}?(?:tjenest\w*|tenest\w*|arbeid|oppdrag)(?: \w+){0,3}? (?:etter (?!§)|for|ved|i|på|hos)\b", ("ansatte",)),
        (r"(?:arbeider|arbeidar|er ansatt|er tilsett|jobber|er knytt\w*|er engasjert|er tilsatt|virker) ", ("ansatte",)),
        (r"(?:har (?:\w+ ){0,3}ansvar|\w+ (?:utpeker|peker ut|oppnevner|bemyndiger|utpeiker|utpeikar))", ("ansatte",)),
        (r"(?:har (?:\w+ ){0,2}(?:behov|krav|rett|foreldreansvar|plass)|ønsker|ønskjer|trenger|treng|søker|søkjer|vil søke|mottar|mottek|får (?:\w+ ){0,2}(?:hjelp|tjenest\w*|tenest\w*|støtte|ytelse\w*|behandling|bistand|stønad)|henvender|vender|oppholder|deltar|deltek|er (?:under|pasient|innlagt|registrert))", ("person",)),
        (r"(?:mekler|meklar|opptrer|opptrår|foretar|leder|leier|fører|behandler|handsamar|driver|driv|eier|eig|har fått (?:\w+ )?oppdrag|(?:gjør|gjer) (?:tjeneste|teneste)|mottar opplysning\w*)", ("andre",)),
        (r"(?:opplysning\w*|saken|saka|det|vedtaket|tiltaket)(?: \w+)? (?:gjelder|gjeld|angår)", ("person",)),
    )
)  # fmt: skip


def _described(text: str) -> tuple[str, ...]:
    """Whom "den som …" means, by what the relative clause says that one does; empty where it does not tell."""
    return next((ids for pattern, ids in _DESCRIPTIONS if pattern.match(text)), ())


_GOVERNING = frozenset("av etter ved om i for til på mot med gjennom under som over fra frå uten utan".split())
_PRONOUNS_FIRST = frozenset("det den de dei han hun ho dette disse desse denne slik slike alle enhver ingen".split())
_OPENERS = frozenset(
    "i på ved for til etter før under uten utan fra frå med når dersom hvis om så samtidig videre".split()
)
_THING = re.compile(
    r"(?:bestemmelse[nr]?|loven|lova|forskriften|vedtektene|vedtekter|paragrafen|regelen|reglene|reglane|føresegna|stemnemål\w*|stevning\w*|tilsvar\w*|søknad\w*|klagen?|avtale\w*|avtala|plan\w*|kravet|registeret)$"
)


class Match(Struct, frozen=True):
    """A rule that fired on a clause: head and object token, the norm it stands in."""

    rule: Rule
    head: int
    object: int


class Norm(Struct):
    """A clause that lays something down: its finite verb, its tokens, the clause that governs it."""

    clause: int
    finite: int | None
    members: list[int]
    operator: str = ""
    outer: int = -1


class Trace(Struct, frozen=True):
    """Why a frame was found, for ``--explain``: the frame, the sentence, matched stretches, where each field came from."""

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


class _Unit(Struct):
    """A sentence for the finder: a lead with its items, or one sentence inside an item."""

    tokens: list[Token]
    text: str
    start: int
    end: int


class _Memory:
    """What the sentences so far of a section have said."""

    def __init__(self) -> None:
        self.flow: Flow | None = None
        self.sentence = 1
        self.section: list[Frame] = []
        self.ledd: list[Frame] = []
        self.subject: tuple[str, ...] = ()
        self.section_subject: tuple[str, ...] = ()
        self.named: set[str] = set()

    def new_ledd(self, flow: Flow) -> None:
        self.flow = flow
        self.section_subject = self.section_subject or self.subject
        self.ledd = []
        self.subject = ()


def _units(flow: Flow, sentence: Sentence) -> Iterator[_Unit]:
    """Split a sentence of a list into the lead with the first sentence of each item, and the further sentences."""
    pieces = [p for p in flow.pieces if p.start < sentence.end and p.end > sentence.start and p.node.text]
    if len(pieces) <= 1:
        yield _Unit(tokens_of(flow.text, sentence.start, sentence.end), sentence.text, sentence.start, sentence.end)
        return
    from lovdata_ingest.sentences import split_sentences

    first = pieces[0]
    lead_end = min(first.end, sentence.end)
    lead = flow.text[sentence.start : lead_end].rstrip()
    joined = tokens_of(flow.text, sentence.start, lead_end)
    separate: list[tuple[int, int]] = []
    closed = lead.endswith(".")
    for piece in pieces[1:]:
        spans = [(piece.start + a, piece.start + b) for a, b in split_sentences(piece.node.text)]
        for number, (a, b) in enumerate(spans):
            words = flow.text[a:b]
            own = number > 0 or (closed and words[:1].isupper())
            if own:
                separate.append((a, b))
            else:
                joined += tokens_of(flow.text, a, b, item=piece.node.kind in ("item", "cell"))
    yield _Unit(joined, sentence.text, sentence.start, sentence.end)
    for a, b in separate:
        yield _Unit(tokens_of(flow.text, a, b), flow.text[a:b], a, b)


def _norms(tree: Parse, text: str, offset: int) -> list[Norm]:
    """The clauses of a sentence that lay something down."""
    norms: list[Norm] = []
    by_clause: dict[int, Norm] = {}
    for index, clause in enumerate(tree.clauses):
        if clause.kind == "main":
            norm = Norm(index, clause.finite, tree.members(index))
            norms.append(norm)
            by_clause[index] = norm
        elif clause.kind == "complement" and clause.parent in by_clause:
            parent = by_clause[clause.parent]
            before = [t for t in tree.members(clause.parent) if t < clause.first][-8:]
            words = " ".join(tree.tokens[t].lower for t in before) + " "
            if tree.tokens[clause.first].opens and not words.rstrip().endswith(("for :", ":", "for", "på")):
                words = words.rstrip(" :") + " "
            words = words.replace(" :", "")
            operator = ""
            all_before = " ".join(tree.tokens[t].lower for t in tree.members(clause.parent))
            if re.search(r"\b(?:hinder|hindring)\b", words) or (
                "hinder" in all_before and tree.tokens[clause.first].opens
            ):
                operator = "hinder"
            elif _ENSURE.search(words):
                operator = "ensure"
            elif _DEMAND.search(words):
                operator = "demand"
            if operator:
                norm = Norm(index, parent.finite, tree.members(index), operator, parent.clause)
                norms.append(norm)
                by_clause[index] = norm
        elif (
            clause.kind == "relative"
            and clause.parent in by_clause
            and _ROUTINES.search(" ".join(tree.tokens[t].lower for t in tree.members(clause.parent)))
            and re.match(
                r"som (?:\w+ )?(?:sikr\w+|sørg\w+|gjør|gjer)",
                " ".join(tree.tokens[t].lower for t in tree.members(index)),
            )
        ):
            norm = Norm(
                index, by_clause[clause.parent].finite, tree.members(index), "ensure", by_clause[clause.parent].clause
            )
            by_clause[index] = norm
            norms.append(norm)
        elif clause.kind in ("relative", "question") and clause.parent is not None:
            above = clause.parent if clause.parent in by_clause else tree.clauses[clause.parent].parent
            own = " ".join(tree.tokens[t].lower for t in tree.members(index))
            if above in by_clause and by_clause[above].operator == "" and _ASSIGNED.search(own):
                outer = " ".join(tree.tokens[t].lower for t in by_clause[above].members)
                if _ASSIGN.search(outer):
                    norm = Norm(index, by_clause[above].finite, tree.members(index), "assign", by_clause[above].clause)
                    norms.append(norm)
                    by_clause[index] = norm
    return [norm for norm in norms if norm.members]


class Finder:
    """Finds the frames of one document. Pure: the same document and actors give the same frames."""

    def __init__(self, document: Document, context: ActContext | None = None, nlp: Pipeline | None = None) -> None:
        self.document, self.nlp = document, nlp
        self.context = context or ActContext.of(document)
        self.traces: list[Trace] = []
        self.fired: list[str] = []  # ids of the rules that gave a frame, also of those that a narrower rule beat
        self.rules = load_rules()
        self.keeper: tuple[str, ...] = ()
        self._here = document.body

    def run(self) -> list[Frame]:
        """All frames, in the order of the act."""
        frames: list[Frame] = []
        for section in self.document.sections():
            frames += self.section(section)
        return frames

    def section(self, section: Node) -> list[Frame]:
        """The frames of one section."""
        parts = [flow for flow in flows(section, language=self.document.language)]
        if not any(may_hold_a_norm(flow.text) for flow in parts):
            return []
        memory = _Memory()
        self._here = section
        for flow in parts:
            memory.new_ledd(flow)
            for sentence in flow.sentences:
                for unit in _units(flow, sentence):
                    memory.sentence = sentence.number
                    if not may_hold_a_norm(unit.text):
                        self._subject_only(unit, memory, flow)
                        continue
                    for trace in self._unit(unit, memory, flow, sentence, section):
                        if any(
                            f.address == trace.frame.address
                            and f.category == trace.frame.category
                            and f.modality == trace.frame.modality
                            and (f.bearer == trace.frame.bearer or not trace.frame.bearer)
                            for f in memory.ledd
                        ):
                            continue
                        memory.section.append(trace.frame)
                        memory.ledd.append(trace.frame)
                        memory.named.add(trace.frame.category)
                        self.traces.append(trace)
        return memory.section

    # --- one sentence ----------------------------------------------------------------------------------------------

    def _subject_only(self, unit: _Unit, memory: _Memory, flow: Flow) -> None:
        tree = parse(unit.tokens)
        mentions = place(tree, _named(self.context, flow, unit), flow.text)
        norms = _norms(tree, unit.text, unit.start)
        if norms:
            subject = self._subject(tree, norms[0], mentions)
            if subject:
                memory.subject = ids_of(subject)

    def _unit(self, unit: _Unit, memory: _Memory, flow: Flow, sentence: Sentence, section: Node) -> list[Trace]:
        found = self._read(parse(unit.tokens), unit, memory, flow, sentence, section)
        if found or self.nlp is None or any(token.opens for token in unit.tokens):
            return found
        from duties.nlp import parse_sentences
        from duties.tree import parse_tree

        doc = next(iter(parse_sentences([flow.text[unit.start : unit.end]], nlp=self.nlp)))
        tree = parse_tree(unit.tokens, doc, unit.start)
        return self._read(tree, unit, memory, flow, sentence, section) if tree is not None else []

    def _read(
        self, tree: Parse, unit: _Unit, memory: _Memory, flow: Flow, sentence: Sentence, section: Node
    ) -> list[Trace]:
        mentions = place(tree, _named(self.context, flow, unit), flow.text)
        norms = _norms(tree, unit.text, unit.start)
        results: list[Trace] = []
        if _NO_FRAME_TITLE.match(section.title) and not re.search(r"\b(?:skal|plikter|kan)\b", unit.text):
            return []
        follow = self._follow_on(unit, tree, norms, mentions, memory, flow, sentence)
        if follow is not None:
            return follow
        inherited: list[Mention] = []
        excluded = False
        barred: set[int] = set()
        for norm in norms:
            subject = self._subject(tree, norm, mentions)
            if (
                norm.operator == ""
                and not subject
                and inherited
                and norm.clause != 0
                and norm.finite is not None
                and not self._inverted(tree, norm)
            ):
                subject = inherited
            if norm.operator == "" and subject:
                inherited = subject
            if norm.operator == "":
                excluded = self._excluded(tree, norm, norms, unit, mentions) or (excluded and "herunder" in unit.text)
            elif norm.outer in barred:
                barred.add(norm.clause)
            if norm.operator == "" and excluded:
                barred.add(norm.clause)
            if norm.clause in barred:
                continue
            for match in self._matches(tree, norm, memory, unit):
                trace = self._frame(match, norm, norms, tree, mentions, subject, memory, flow, sentence, unit, section)
                if trace is not None:
                    self.fired.append(trace.rule)
                    results.append(trace)
        if inherited:
            memory.subject = ids_of(inherited)
        return self._settle(results)

    def _excluded(self, tree: Parse, norm: Norm, norms: list[Norm], unit: _Unit, mentions: list[Mention]) -> bool:
        """Powers to give regulations, purposes, scope: no norm of the kinds sought."""
        main = norm
        while main.operator:
            main = next(n for n in norms if n.clause == main.outer)
        words = " ".join(tree.tokens[i].lower for i in main.members)
        if _REGULATION.search(words):
            subject = self._subject(tree, main, mentions)
            finite = tree.tokens[main.finite].lower if main.finite is not None else ""
            if not subject or set(ids_of(subject)) & _ISSUERS or subject[0].kind == "pronoun":
                if finite in (
                    "kan",
                    "gir",
                    "gjev",
                    "skal",
                    "fastsetter",
                    "fastset",
                    "bestemmer",
                    "bestemmes",
                    "gis",
                    "gjevast",
                    "må",
                    "kunne",
                    "gjer",
                ):
                    issued = re.search(
                        r"(?:kan|skal|gir|gjev|gis) (?:[\w,§-]+ ){0,12}(?:forskrift|føresegn|nærmere|nærare|utfyll|regler|reglar|retningslin|instruks)",
                        words,
                    )
                    return bool(issued)
        if re.match(r"i (?:slik |eigne? )?(?:forskrift|føresegn)\w* ", words):
            return True
        if re.match(
            r"(?:formålet|føremålet|formål|hensikten|med .{3,40} (?:menes|meiner|forstås)|loven (?:har|skal|gjelder)|lova (?:skal|gjeld|har))\b",
            words,
        ):
            return not re.search(r"taushetsplikt|teieplikt", words)
        return False

    # --- rules -----------------------------------------------------------------------------------------------------

    def _matches(self, tree: Parse, norm: Norm, memory: _Memory, unit: _Unit) -> list[Match]:
        tokens = tree.tokens
        by_class: dict[str, list[int]] = {}
        for i in norm.members:
            for name in tokens[i].tags:
                by_class.setdefault(name, []).append(i)
        matches: list[Match] = []
        for rule in self.rules:
            heads = [i for name in rule.head for i in by_class.get(name, ())]
            if not heads:
                continue
            if rule.context and rule.context not in memory.named:
                continue
            if rule.words and not any(word in unit.text.lower() for word in rule.words):
                continue
            if rule.needs and not any(by_class.get(name) for name in rule.needs):
                continue
            for head in sorted(set(heads)):
                if norm.finite is not None and head == norm.finite and tokens[head].lower in MODALS:
                    continue
                if not _plausible(tree, norm, head, rule):
                    continue
                place_ = self._object(rule, head, by_class, norm, tree)
                if place_ is not None:
                    matches.append(Match(rule, head, place_))
                    break
        return matches

    def _object(self, rule: Rule, head: int, by_class: dict[str, list[int]], norm: Norm, tree: Parse) -> int | None:
        """The position of the object that the rule asks for; the head itself where it asks for none; None: no match."""
        tokens = tree.tokens
        if rule.particle:
            near = [i for name in rule.particle for i in by_class.get(name, ()) if head < i <= head + 8]
            if not near:
                return None
        if rule.previous and not any(head - 4 <= i < head for name in rule.previous for i in by_class.get(name, ())):
            return None
        if rule.object_words:
            later = [i for i in range(head, len(tokens)) if tokens[i].lower in rule.object_words]
            return later[0] if later else None
        if rule.verb and not any(i > head for name in rule.verb for i in range_of(by_class, name)):
            below = [i for i in range(head + 1, len(tokens)) if tokens[i].tags & set(rule.verb)]
            if not below:
                return None
        if rule.id == "share/access" or (rule.id == "share/give-access"):
            words = [
                i for name in rule.object for i in by_class.get(name, ()) if abs(i - head) <= rule.near and i != head
            ]
            for i in words:
                innsyn = "innsyn" in tokens[i].lower
                ahead = tokens[i + 1 : i + 10]
                if (
                    innsyn
                    or (
                        any(t.lower == "til" for t in ahead[:3])
                        and any(t.tags & {"info", "doc", "register"} for t in ahead)
                        and not any(t.lower == "å" for t in ahead[:3])
                    )
                    or any(t.tags & {"info", "register"} for t in ahead[:4])
                ):
                    return i
            return None
        if rule.id == "coordination/facilitate" and norm.operator == "ensure":
            return head
        if rule.id == "cooperation/noun" and not self._supported(tree, norm, head):
            return None
        if not rule.object:
            return head
        pool = [i for name in rule.object for i in by_class.get(name, ()) if i != head]
        if rule.id == "secrecy/prevent":
            pool = [i for i in range(head + 1, len(tokens)) if tokens[i].tags & set(rule.object)]
        if rule.direction == "order":
            pool = [
                i
                for i in range(head + 1, len(tokens))
                if tokens[i].tags & set(rule.object)
                and (
                    tree.clauses[tree.of[i]].kind in ("main", "complement")
                    or any(
                        tokens[k].lower == "å" and tokens[min(k + 1, len(tokens) - 1)].tags & set(rule.verb)
                        for k in range(max(head, i - 9), i)
                    )
                )
            ]
        close = [i for i in pool if abs(i - head) <= rule.near]
        if rule.direction in ("to", "from") and set(rule.head) & {"give", "handover", "obtain", "send", "lay"}:
            close = [i for i in close if tokens[i].tags & {"access"} or self._direct(tree, i, head)]
        return min(close, key=lambda i: abs(i - head)) if close else None

    def _supported(self, tree: Parse, norm: Norm, head: int) -> bool:
        """Whether "samarbeid" is what is done: "i samarbeid med", "sørge for samarbeid", "samarbeidet skal"."""
        tokens = tree.tokens
        i = head - 1
        while (
            i >= 0
            and head - i <= 4
            and not tokens[i].tags
            and tokens[i].lower not in _GOVERNING
            and tokens[i].lower not in (",", "og")
        ):
            i -= 1
        if i >= 0 and tokens[i].lower == "ved" and norm.finite is not None and head < norm.finite:
            return False
        if i >= 0 and tokens[i].lower in ("i", "ved", "gjennom", "til", "om"):
            return True
        support = {"facilitate", "take_part", "responsible", "agree_v", "coop_v", "have", "plan_v", "assist_v"}
        if any(tokens[k].tags & support for k in norm.members if head - 14 <= k < head):
            return True
        return norm.finite is not None and head < norm.finite and tokens[head].lower.endswith(("et", "en", "a"))

    def _direct(self, tree: Parse, noun: int, head: int) -> bool:
        """Whether a noun is no part of a prepositional phrase: what is given, not what it is given for."""
        tokens = tree.tokens
        i = noun - 1
        while i >= 0 and noun - i <= 5:
            lower = tokens[i].lower
            if lower in _GOVERNING:
                return lower == "om" and i > 0 and tokens[i - 1].lower in ("be", "ber", "anmode", "bed")
            if (
                i == head
                or tokens[i].tags & {"give", "handover", "obtain"}
                or lower in (",", "og", "eller", "ikke", "ikkje")
                or is_finite(tokens[i])
            ):
                return True
            i -= 1
        return True

    def _attribute_of_noun(self, tree: Parse, mention: Mention) -> bool:
        """Whether "til eleven" belongs to the noun before it (heimfylket til eleven), not to the verb."""
        i = mention.left - 2
        if i < 1:
            return False
        token = tree.tokens[i]
        if token.tags or token.lower in (
            "seg",
            "og",
            ",",
            "både",
            "eller",
            "direkte",
            "skriftlig",
            "straks",
            "ut",
            "frem",
            "fram",
            "videre",
            "vidare",
            "over",
            "fra",
            "frå",
        ):
            return False
        return token.lower.endswith(("et", "en", "a", "ane", "ene")) and len(token.lower) > 4

    def _thing_subject(self, tree: Parse, norm: Norm, mentions: list[Mention]) -> bool:
        """Whether a paper or a provision is the subject: "Vedtektene skal gi opplysninger om …"."""
        finite = tree.clauses[norm.clause].finite
        if finite is None:
            return False
        before = [
            i
            for i in norm.members
            if i < finite and tree.tokens[i].lower not in (",", "og", "men", "også", "òg", "likevel")
        ]
        if not before:
            if norm.clause == 0 or tree.clauses[norm.clause].kind != "main":
                return False
            earlier = [k for k in range(norm.clause) if tree.clauses[k].kind == "main"]
            return bool(earlier) and self._thing_subject(
                tree, Norm(earlier[-1], tree.clauses[earlier[-1]].finite, tree.members(earlier[-1])), mentions
            )
        first = tree.tokens[before[0]]
        if (
            len(before) > 1
            and first.lower in ("denne", "dette", "disse", "desse", "det", "den")
            and _THING.search(tree.tokens[before[1]].lower)
        ):
            return True
        if first.lower in _PRONOUNS_FIRST or first.lower in _OPENERS:
            return False
        nouns = [tree.tokens[i] for i in before]
        return any(
            token.tags & {"info", "doc", "decision", "agreement", "plan"} or _THING.search(token.lower)
            for token in nouns
        )

    # --- parties ---------------------------------------------------------------------------------------------------

    def _inverted(self, tree: Parse, norm: Norm) -> bool:
        """Whether something else than the subject stands before the finite verb."""
        if norm.finite is None:
            return False
        before = [
            i for i in norm.members if i < norm.finite and tree.tokens[i].lower not in (",", ";", "og", "men", "eller")
        ]
        return bool(before)

    def _subject(self, tree: Parse, norm: Norm, mentions: list[Mention]) -> list[Mention]:
        """The actors that are the subject of a clause; empty where it has none that is an actor."""
        own = tree.clauses[norm.clause]
        finite = own.finite
        members = set(norm.members)
        inside = [(k, m) for k, m in enumerate(mentions) if m.first in members]
        if not inside:
            return []
        if own.kind == "complement":
            for k, m in inside:
                if (
                    m.preposition == ""
                    and not m.genitive
                    and m.follows == -1
                    and (finite is None or m.first < finite or m.first <= finite + 4)
                ):
                    return chain(mentions, k)
                break
            return []
        if finite is None:
            return []
        before = [(k, m) for k, m in inside if m.last < finite]
        for k, m in before:
            if m.preposition == "" and not m.genitive and not m.attribute and m.follows == -1:
                lead = [
                    tree.tokens[i].lower
                    for i in norm.members
                    if i < m.left
                    and tree.tokens[i].lower
                    not in (",", ";", "og", "men", "eller", "også", "òg", "både", "dessuten", "videre")
                ]
                if not lead:
                    return chain(mentions, k)
                break
            if m.genitive:
                continue
            break
        for k, m in inside:
            if m.first <= finite:
                continue
            between = [tree.tokens[i].lower for i in norm.members if finite < i < m.left]
            if len(between) > 3 or any(
                word in ("å", ",", "til", "for", "fra", "frå", "med", "av", "om", "i") for word in between
            ):
                break
            if any(
                tree.tokens[i].tags & {"give", "tell", "notify", "handover", "obtain", "coop_v", "order", "have"}
                for i in norm.members
                if finite < i < m.left
            ):
                break
            if (
                not self._inverted(tree, norm)
                and norm.clause == 0
                and tree.of[0] == norm.clause
                and tree.tokens[finite].lower in MODALS
            ):
                break
            if m.preposition or m.genitive or m.attribute or m.follows != -1:
                break
            return chain(mentions, k)
        return []

    def _passive(self, tree: Parse, norm: Norm, head: int) -> bool:
        tokens = tree.tokens
        lower = tokens[head].lower
        if lower.endswith(("ast", "vast")) or (
            lower.endswith("s") and tokens[head].tags and not lower.endswith(("ss", "us"))
        ):
            return True
        participle = lower.endswith(("t", "te", "d", "de", "a", "en", "ne"))
        return participle and any(
            tokens[i].lower in ("bli", "blir", "ble", "blei", "vert", "verte", "er", "være", "vere")
            for i in norm.members
            if head - 8 <= i < head
        )

    def _recipients(
        self, tree: Parse, norm: Norm, norms: list[Norm], mentions: list[Mention], match: Match, subject: list[Mention]
    ) -> tuple[tuple[str, ...], str]:
        """Who stands as the other party, and how it was found."""
        rule, head = match.rule, match.head
        tokens = tree.tokens
        members = set(norm.members)
        taken = {m.first for m in subject}
        inside = [
            (k, m) for k, m in enumerate(mentions) if m.first in members and m.first not in taken and not m.attribute
        ]

        def by_preposition(words: tuple[str, ...], after: int = -1, limit: int = 60) -> list[Mention]:
            pool = [
                (k, m) for k, m in inside
                if m.preposition in words and m.follows == -1 and not m.genitive and m.first > after and abs(m.first - head) <= limit
                and not (set(m.ids) <= _PERSONAL and m.preposition == "til" and self._attribute_of_noun(tree, m))
            ]  # fmt: skip
            later = [(k, m) for k, m in pool if m.first > head] or pool
            if not later:
                return []
            result = list(chain(mentions, later[0][0]))
            for k, m in later[1:]:
                gap = [tokens[i].lower for i in range(result[-1].last + 1, m.left)]
                joined = gap[-1:] == [m.preposition] and gap[-2:-1] in ([","], ["og"], ["eller"], ["samt"])
                if joined or m.preposition == "mellom":
                    result += [part for part in chain(mentions, k) if part not in result]
            return result

        def direct() -> list[Mention]:
            anchors = {head, match.object}
            anchors |= {
                i
                for i in norm.members
                if tokens[i].tags
                & {"give", "handover", "tell", "notify", "assist_v", "guide_v", "make", "keep", "order", "involve"}
            }
            for k, m in inside:
                if m.preposition or m.genitive or m.follows != -1:
                    continue
                gap = [i for i in range(m.left - 1, max(-1, m.left - 5), -1)]
                for i in gap:
                    lower = tokens[i].lower
                    if i in anchors:
                        return chain(mentions, k)
                    if lower in (
                        "straks",
                        "også",
                        "òg",
                        "seg",
                        "da",
                        "dette",
                        "snarest",
                        "skriftlig",
                        "skriftleg",
                        "både",
                        ",",
                        "og",
                        "enten",
                        "anten",
                        "umiddelbart",
                        "omgående",
                        "inn",
                    ):
                        continue
                    break
            return []

        direction = rule.direction
        if direction == "attention":
            for k, m in enumerate(mentions):
                if m.first > match.object and m.preposition in ("fra", "frå", "av") and m.follows == -1:
                    return ids_of(chain(mentions, k)), "measures from"
            later = [m for m in mentions if m.first > head and m.ids not in [s.ids for s in subject]]
            return (ids_of(later[-1:]), "measures") if later else ((), "")
        if direction in ("to", "both", "secrecy"):
            passive = self._passive(tree, norm, head)
            hit = by_preposition(("til", "overfor", "ovenfor", "andsynes", "hos"), limit=45)
            if not hit:
                hit = (
                    by_preposition(("for",), limit=45)
                    if tokens[head].tags & {"make", "tell", "handover", "access"} or direction == "secrecy"
                    else []
                )
            if not hit:
                hit = direct()
            if direction == "both" or (not hit and tokens[head].tags & {"handover", "share_n"}):
                hit = hit or by_preposition(("fra", "frå", "med", "hos", "mellom"))
            if (
                not hit
                and passive
                and subject
                and (
                    tokens[head].tags & {"notify", "hear"}
                    or tokens[match.object].tags & {"attentive", "known", "told", "opportunity"}
                    or (tokens[head].tags & {"give", "tell"} and match.object != head)
                )
            ):
                return ids_of(subject), "subject of the passive"
            if not hit and tokens[head].tags & {"opportunity", "view"} and subject:
                return ids_of(subject), "subject who gets it"
            if not hit:
                following = " ".join(t.lower for t in tokens[head + 1 : head + 4])
                if re.match(
                    r"(?:straks |også )?(?:den|dei|de) (?:andre|annan|annen)\b(?! (?:instans|myndig|organ|tenest|tjenest))|part(?:ane|ene)\b",
                    following,
                ) and tokens[head].tags & {"notify", "tell", "give"}:
                    return ("person",), "the other party"
            return ids_of(hit), "recipient" if hit else ""
        if direction == "from":
            hit = by_preposition(("fra", "frå", "hos", "av"))
            if not hit:
                hit = (
                    by_preposition(("i",))
                    if tokens[match.object].tags & {"access"} or tokens[head].tags & {"compare"}
                    else []
                )
                hit = [m for m in hit if set(m.ids) & {"folkeregister_og_skatt", "register_og_statistikk"}]
            if not hit:
                hit = [m for k, m in inside if set(m.ids) & {"folkeregister_og_skatt"}]
            if not hit and tokens[head].tags & {"compare"}:
                hit = by_preposition(("mot", "med")) or [m for k, m in inside if m.genitive and m.first > head]
            if not hit:
                hit = [m for m in mentions if m.first > head and m.preposition in ("fra", "frå") and not m.genitive]
                hit = chain(mentions, mentions.index(hit[0])) if hit else []
            return ids_of(hit), "source" if hit else ""
        if direction == "order":
            hit = [
                m
                for k, m in inside
                if m.first > head
                and m.first < match.object
                and m.preposition in ("", "om", "av", "fra", "frå")
                and not m.genitive
            ]
            hit = hit or by_preposition(("fra", "frå", "av", "hos"))
            if self._passive(tree, norm, head):
                hit = direct() or by_preposition(("til", "overfor"))
            elif not hit:
                hit = [m for m in mentions if head < m.first < match.object and not m.preposition and not m.genitive]
            return ids_of(hit), "the one ordered" if hit else ""
        if direction == "receive":
            return ids_of(subject), "subject who receives" if subject else ""
        if direction == "right":
            hit = by_preposition(("fra", "frå", "hos", "av", "mot", "overfor"), after=head)
            return ids_of(hit), "source" if hit else ""
        if direction == "person":
            return ("person",), "the data subject"
        if direction == "need":
            persons = [
                m
                for m in mentions
                if m.first > match.object and set(m.ids) & _PERSONAL and not m.genitive and not m.attribute
            ]
            return (persons[0].ids, "who has the need") if persons else (("person",), "who has the need")
        if direction == "with":
            hit = by_preposition(("med", "mellom", "hos"))
            if not hit:
                hit = (
                    by_preposition(("for", "til", "fra", "frå", "av"), after=head)
                    if rule.category in ("individual_plan", "coordination")
                    else []
                )
            if not hit and rule.category == "cooperation":
                hit = by_preposition(("til", "overfor"), after=head, limit=10)
            return ids_of(hit), "partner" if hit else ""
        if direction == "object":
            hit = direct()
            if not hit:
                hit = by_preposition(("til", "overfor", "hos", "fra", "frå", "av"), limit=20)
            if not hit and tokens[head].tags & {"assist_v"}:
                hit = by_preposition(("i",), after=head, limit=10)
            if (
                not hit
                and tokens[head].tags & {"assist_v"}
                and head + 1 < len(tokens)
                and tree.of[head + 1] != tree.of[head]
            ):
                hit = [
                    m for m in mentions if m.first > head and not m.genitive and not m.attribute and m.preposition == ""
                ][:1]
            return ids_of(hit), "helped" if hit else ""
        return (), ""

    # --- frames ----------------------------------------------------------------------------------------------------

    def _frame(
        self, match: Match, norm: Norm, norms: list[Norm], tree: Parse, mentions: list[Mention], subject: list[Mention],
        memory: _Memory, flow: Flow, sentence: Sentence, unit: _Unit, section: Node,
    ) -> Trace | None:  # fmt: skip
        rule, head, tokens = match.rule, match.head, tree.tokens
        main = norm
        while main.operator:
            main = next(n for n in norms if n.clause == main.outer)
        modality: Modality | None = modality_of(
            tree, main.members, main.finite, head if main is norm else 10**6 if main.finite is None else main.finite
        )
        if norm.operator in ("ensure", "demand", "assign") and main.finite is not None:
            modality = modality_of(tree, main.members, main.finite, main.finite + 3)
        if rule.direction == "secrecy" or (norm.operator == "hinder"):
            return self._secrecy(
                match, norm, main, tree, mentions, subject, memory, flow, sentence, unit, modality, norms
            )
        if modality is None:
            return None
        if any(tokens[i].tags & {"certificate"} for i in norm.members):
            return None
        if rule.id != "secrecy/forbidden" and any(tokens[i].tags & {"forbidden"} for i in main.members):
            return None
        if rule.id.startswith("coordination/") and any(_BENEFIT.search(tokens[i].lower) for i in range(len(tokens))):
            return None
        if rule.id == "share/noun" and not any(token.tags & {"info", "doc", "register"} for token in tokens) and "information_sharing" not in memory.named:
            return None
        if category_public(rule.category) and any(
            tokens[i].lower in _PUBLIC for i in range(head, min(head + 6, len(tokens)))
        ):
            return None
        category = rule.category
        outer = self._subject(tree, main, mentions) if main is not norm else subject
        passive = self._passive(tree, norm, head) or (
            match.object != head and self._passive(tree, norm, match.object) and bool(tokens[head].tags & {"info"})
        )
        between = {tokens[i].lower for i in range(min(head, match.object), max(head, match.object))}
        if rule.id in ("share/make-aware", "share/make-available") and "seg" in between:
            return None
        if (
            rule.id == "share/receive"
            and tokens[match.object].tags & {"doc"}
            and (
                not tokens[match.object].lower.endswith(("en", "et", "ene", "a", "ane"))
                or not 0 < match.object - head <= 5
                or not self._direct(tree, match.object, head)
            )
        ):
            return None
        if rule.id == "share/duty-noun":
            words = " ".join(tokens[i].lower for i in main.members)
            if (
                modality == "prohibition"
                or "personvernforordning" in unit.text
                or not re.search(
                    r"\bhar\b|gjelder|gjeld|omfatt|er \w+pliktig|\bskal\b|plikt\w* til\b|\bpåligger\b|påhvil", words
                )
                or re.search(r"fastsett|innskrenk|unntak|oppfyl|overhold|brudd", words)
            ):
                return None
        applied = main.finite is not None and tokens[main.finite].lower in ("gjelder", "gjeld") and head < main.finite
        if applied and not rule.modality:
            words = " ".join(tokens[i].lower for i in main.members if i <= head)
            if not re.search(r"plikt\w*|adgang|rett", words) or re.search(
                r"\b(?:ikke|ikkje)\b", " ".join(tokens[i].lower for i in main.members if i > main.finite)[:40]
            ):
                return None
            modality = "duty" if "plikt" in words else "permission" if "adgang" in words else "right"
            if modality == "duty" and re.search(r"\bdenne lov|\bdette kapit", words):
                return None
        if (
            not applied
            and not passive
            and not subject
            and rule.direction in ("to", "from", "order", "object")
            and norm.operator == ""
            and self._thing_subject(tree, norm, mentions)
        ):
            return None
        counterpart, counterpart_from = self._recipients(tree, norm, norms, mentions, match, subject)
        bearer: tuple[str, ...] = ()
        bearer_from = ""
        agent = [
            m
            for k, m in enumerate(mentions)
            if m.preposition == "av"
            and m.first in set(norm.members)
            and m.first > head
            and not m.genitive
            and m.follows == -1
        ]
        lower = tokens[head].lower

        if rule.direction == "do-so":
            after = [tokens[i].lower for i in range(head + 1, min(head + 3, len(tokens)))]
            inner = [i for i, token in enumerate(tokens) if i < head and token.tags & {"give", "handover"}]
            ordered = any(token.tags & {"order"} for token in tokens[:head])
            if (
                not set(after) & {"dette", "det"}
                or not inner
                or not any(t.tags & {"info", "doc"} for t in tokens[:head])
            ):
                return None
            if ordered:
                bearer, counterpart = self._ordered(memory)
                bearer_from = counterpart_from = "section"
            if not bearer and subject:
                bearer, bearer_from = ids_of(subject), "subject"
        elif rule.direction == "receive":
            finite = tokens[main.finite].lower if main.finite is not None else ""
            if finite not in ("skal", "må", "bør", "får", "kan", "skulle") and not subject:
                return None
            verb = tokens[head].lower
            if verb not in ("få", "får", "motta", "mottar", "mottek", "ha") or not subject:
                return None
            if verb == "ha" and (
                finite not in ("skal", "bør")
                or not tokens[match.object].tags & {"info"}
                or "register" in tokens[match.object].lower
                or not 0 < match.object - head <= 6
            ):
                return None
            if verb in ("får", "mottar", "mottek") and norm.operator == "" and main.finite != head:
                return None
            if finite == "får" and main.finite != head:
                return None
            givers = [
                m
                for m in mentions
                if m.preposition in ("fra", "frå", "av", "hos", "gjennom") and m.first in set(norm.members) and not m.genitive
            ]
            if norm.operator == "ensure" and outer:
                bearer, bearer_from = ids_of(outer), "subject"
            elif givers and not set(givers[0].ids) & _PERSONAL:
                bearer, bearer_from = givers[0].ids, "agent"
            else:
                bearer, bearer_from = self._context_bearer(memory, counterpart)
            bearer_from = bearer_from or "nobody"
            between = " ".join(tokens[i].lower for i in range(min(head, match.object), max(head, match.object)))
            if "rett" in between or "tilgang" in between:
                return None
        elif rule.direction == "right":
            if modality not in ("right",) and not (
                main.finite is not None and tokens[main.finite].lower in ("gjelder", "gjeld") and head < main.finite
            ):
                return None
            modality = "right"
            if subject:
                bearer, bearer_from = ids_of(subject), "subject"
            between = " ".join(tokens[i].lower for i in range(min(head, match.object) + 1, max(head, match.object)))
            if re.search(r"\bå (?!få|se|gjøre|gjere|motta|kreve|innhente|bli|ha|krevje|hente|sjå|kunne|vite)", between):
                return None
            if not counterpart:
                counterpart, counterpart_from = self._context_bearer(memory, bearer)
        elif rule.direction == "order" and subject and self._passive(tree, norm, head):
            ordered = ids_of(subject)
            bearer = tuple(i for i in counterpart if i not in ordered) or self._context_bearer(memory, ordered)[0]
            bearer_from, counterpart, counterpart_from = "who may order", ordered, "those ordered"
        elif rule.direction == "order" and subject:
            bearer, bearer_from = ids_of(subject), "subject"
        elif norm.operator == "assign":
            first = [
                k
                for k, m in enumerate(mentions)
                if m.preposition == "i"
                and m.first in set(main.members)
                and main.finite is not None
                and m.first < main.finite
            ]
            outer = [] if outer and set(ids_of(outer)) <= _PERSONAL else outer
            bearer, bearer_from = (
                (ids_of(outer), "the one who appoints")
                if outer
                else (ids_of(chain(mentions, first[0])), "where one is appointed")
                if first
                else ((), "")
            )
        elif norm.operator == "ensure":
            first = ids_of(outer)
            inner = ids_of(subject) if not passive and not tokens[head].tags & {"get"} else ()
            bearer = tuple(dict.fromkeys(first + tuple(i for i in inner if i not in _PERSONAL or i in first)))
            bearer_from = "responsible and acting"
            if not first:
                context, _ = self._context_bearer(memory, counterpart)
                bearer = tuple(dict.fromkeys(context + bearer))
        elif norm.operator == "demand":
            bearer, bearer_from = ids_of(outer), "subject of the demand"
            if subject and not passive:
                counterpart, counterpart_from = ids_of(subject), "the one demanded"
            if not bearer and subject and not passive:
                bearer, bearer_from, counterpart = self._context_bearer(memory, ())[0], "context", ids_of(subject)
        elif passive:
            if agent and not (lower.startswith("samarbeid")):
                bearer, bearer_from = ids_of(chain(mentions, mentions.index(agent[0]))), "agent"
            else:
                owner = [
                    m
                    for m in mentions
                    if m.genitive
                    and m.first in set(norm.members)
                    and main.finite is not None
                    and m.first < main.finite
                    and tokens[head].tags & {"handover", "give"}
                ]
                if owner and m_ids(owner) and not set(m_ids(owner)) & _PERSONAL:
                    bearer, bearer_from = m_ids(owner), "owner of what is sent"
                elif (
                    subject
                    and counterpart
                    and set(ids_of(subject)) != set(counterpart)
                    and tokens[head].tags & {"have"}
                ):
                    bearer, bearer_from = ids_of(subject), "subject"
        elif subject and not (rule.id in ("person/opportunity", "person/view") and set(ids_of(subject)) <= _PERSONAL):
            bearer, bearer_from = ids_of(subject), "subject"
        if applied:
            for_whom = [
                m
                for m in mentions
                if m.preposition == "for"
                and main.finite is not None
                and m.first > main.finite
                and m.follows == -1
                and not m.genitive
            ]
            if for_whom:
                bearer, bearer_from = ids_of(chain(mentions, mentions.index(for_whom[0]))), "for whom it holds"
        if not bearer and not bearer_from and not passive and outer:
            bearer, bearer_from = ids_of(outer), "subject"
        between_both = [
            m for m in mentions if m.preposition == "mellom" and m.first in set(norm.members) and not m.genitive
        ]
        if (
            rule.direction in ("with", "both")
            and len(m_ids(between_both)) > 1
            and (not bearer or category == "cooperation_agreement")
        ):
            bearer, bearer_from, counterpart = m_ids(between_both), "both sides", m_ids(between_both)
        if not bearer:
            bearer, bearer_from = self._context_bearer(memory, counterpart)

        if rule.direction == "to" and not counterpart and bearer_from in ("ledd", "section", "act"):
            ordered, orderer = self._ordered(memory)
            if ordered and orderer:
                bearer, counterpart, bearer_from, counterpart_from = ordered, orderer, "those ordered", "who ordered"
        if (
            rule.direction in ("to",)
            and not counterpart
            and memory.ledd
            and memory.ledd[-1].modality == "right"
            and memory.ledd[-1].category == "information_to_person"
            and bearer_from in ("ledd", "section", "act", "", "subject")
        ):
            right = memory.ledd[-1]
            if bearer_from != "subject" or not set(bearer) & set(right.bearer):
                counterpart, counterpart_from = right.bearer, "ledd"
                bearer = right.counterpart or bearer
        # several subjects that work together or agree: each is the other's partner
        if (
            rule.id in ("cooperation/verb", "agreement/bodies")
            and not counterpart
            and bearer_from == "subject"
            and tokens[head].lower not in ("samarbeidet", "avtalen", "avtala")
        ):
            if (len(bearer) > 1 or (subject and subject[0].plural)) and not set(bearer) & _PERSONAL:
                counterpart, counterpart_from = bearer, "each other"
        if rule.id in ("coordination/coordinator", "plan/individual") and modality != "right" and not counterpart:
            words = " ".join(tokens[i].lower for i in norm.members)
            joint = re.search(r"samarbeid|samordn", words)
            if not joint and not re.search(r"koordinerande|koordinerende", words):
                persons = [m for m in mentions if set(m.ids) & _PERSONAL and not m.genitive]
                counterpart, counterpart_from = (persons[0].ids if persons else ("person",)), "for whom"
        # "på anmodning fra X", "når X ber om det": the one who asks is the other party
        if not counterpart and rule.direction in ("to", "object", "with", "both"):
            asker = self._asker(tree, mentions, bearer)
            if asker:
                counterpart, counterpart_from = asker, "who asks for it"
        # "slik at den nye barnehagen kan …": a purpose or relative clause names another one
        if not counterpart and rule.direction in ("to", "both"):
            others_ = [
                m
                for m in mentions
                if m.first > head
                and tree.clauses[tree.of[m.first]].kind in ("purpose", "relative", "condition")
                and not m.genitive
                and not m.attribute
                and (
                    m.other
                    or any(tokens[i].lower in ("nye", "ny", "annen", "anna", "andre") for i in range(m.left, m.first))
                )
            ]
            if others_:
                counterpart, counterpart_from = others_[0].ids, "named in the purpose"
        # the other party, from what the section has just named
        if rule.direction in ("to", "from", "both", "with") and not counterpart:
            counterpart, counterpart_from = self._context_counterpart(
                memory, category, bearer, unit, rule, section.title
            )
        if (
            category == "sharing"
            and rule.direction == "to"
            and not counterpart
            and tokens[match.object].lower.startswith(("informasjon", "veiledning"))
        ):
            if any("person" in m.ids for m in self.context.mentions(flow.text)) or any(
                f.category == "information_to_person" for f in memory.section
            ):
                counterpart, counterpart_from = ("person",), "information for the person"
        same = set(bearer) & set(counterpart)
        if same and rule.direction not in ("right",) and category != "cooperation_agreement":
            others = {i for m in mentions if m.other for i in m.ids}
            kept = tuple(
                c
                for c in counterpart
                if c not in same
                or c in others
                or bearer_from == "both sides"
                or counterpart_from in ("each other", "recipient", "partner", "named in the purpose")
                or len(counterpart) == 1
            )
            counterpart = kept

        # the kind of recipient decides between the two categories of information
        personal = bool(counterpart) and set(counterpart) <= _PERSONAL
        if category == "sharing":
            split = self._split(counterpart) if rule.direction in ("to", "receive") else None
            if rule.direction in ("right",):
                category = "information_to_person" if set(bearer) <= _PERSONAL else "information_sharing"
                if not bearer and memory.subject and set(memory.subject) <= _PERSONAL:
                    bearer = memory.subject
            elif split is not None and not set(bearer) & _PERSONAL:
                bodies, persons = split
                one = self._emit(
                    rule,
                    "information_sharing",
                    modality,
                    bearer,
                    bodies,
                    match,
                    flow,
                    sentence,
                    unit,
                    tree,
                    main,
                    section,
                    bearer_from,
                    counterpart_from,
                    tokens,
                )
                two = self._emit(
                    rule,
                    "information_to_person",
                    modality,
                    bearer,
                    persons,
                    match,
                    flow,
                    sentence,
                    unit,
                    tree,
                    main,
                    section,
                    bearer_from,
                    counterpart_from,
                    tokens,
                )
                self._extra = structs.replace(two, split=True)
                return structs.replace(one, split=True)
            elif rule.direction in ("from",) and bearer and set(bearer) <= _PERSONAL and bearer_from == "subject":
                category = "information_to_person"
                if (
                    tokens[match.object].tags & {"right_n"}
                    or "innsynsrett" in tokens[match.object].lower
                    or "rett" in {tokens[i].lower for i in main.members}
                ):
                    modality = "prohibition" if modality == "prohibition" else "right"
            elif rule.direction in ("to", "receive", "both") and personal and not set(bearer) & _PERSONAL:
                category = "information_to_person"
            elif rule.direction in ("to", "receive") and personal and set(bearer) <= _PERSONAL:
                category = "information_to_person"
            else:
                category = "information_sharing"
        elif (
            category == "cooperation"
            and personal
            and rule.id in ("cooperation/verb", "cooperation/noun", "cooperation/consult")
        ):
            category = "information_to_person"
        elif category == "information_to_person" and rule.only == "person" and not personal:
            return None
        bodies_named = counterpart and not set(counterpart) <= _PERSONAL
        if rule.only == "body" and not bodies_named:
            unnamed = (
                rule.id == "cooperation/assistance"
                and not counterpart
                and bearer
                and not set(bearer) & _PERSONAL
                and any(tokens[i].tags & {"give"} for i in norm.members if abs(i - head) <= 8)
            )
            if not (unnamed and not any(set(m.ids) & _PERSONAL for m in mentions)):
                return None
        if rule.only == "known" and not counterpart:
            return None
        if rule.only == "explicit" and counterpart_from not in ("recipient", "partner"):
            return None
        if rule.only == "bodies" and not (
            tokens[head].tags & {"agree_v"}
            or any(tokens[i].tags & {"agree_v", "facilitate", "appoint"} for i in norm.members if abs(i - head) <= 8)
            or tokens[head - 1].lower == "ved"
        ):
            return None
        if rule.only == "bodies" and (
            not bodies_named
            or not bearer
            or set(counterpart) & {"andre", "frivillig_og_privat", "domstol", "arbeidsgiver", *_PERSONAL}
            or set(bearer) & {"andre", "arbeidsgiver", "frivillig_og_privat", *_PERSONAL}
            or bearer_from not in ("subject", "both sides", "agent", "responsible and acting")
            or counterpart_from in ("", "act", "section")
        ):
            return None
        if rule.only == "prohibition" and modality != "prohibition":
            return None
        if rule.id == "share/access" and modality == "duty":
            modality = "permission"  # "skal ha tilgang til" lets the body in; it binds nobody
        if rule.modality:
            modality = rule.modality  # type: ignore[assignment]
        # a negated giving with no one named keeps a secret; a negated obtaining is a prohibition to obtain
        if (
            category in ("information_sharing", "information_to_person")
            and modality == "prohibition"
            and (rule.direction == "receive" or rule.id == "share/access")
            and subject
            and not tokens[match.object].tags & {"right_n"}
        ):
            if not tokens[match.object].lower.startswith("innsynsrett"):
                return self._emit(
                    rule,
                    "confidentiality",
                    modality,
                    tuple(a for a in self._keeper(memory)[0] if a not in ids_of(subject)),
                    ids_of(subject),
                    match,
                    flow,
                    sentence,
                    unit,
                    tree,
                    main,
                    section,
                    "keeper",
                    "subject",
                    tokens,
                )
        if (
            category == "information_sharing"
            and modality == "prohibition"
            and tokens[head].tags & {"give", "handover", "make", "share_n"}
            and rule.direction != "from"
        ):
            category = "confidentiality"
        if category == "coordination" and rule.id == "coordination/coordinator" and modality == "right":
            bearer = ids_of(subject) or bearer
            counterpart, counterpart_from = self._context_bearer(memory, bearer)
        if category == "individual_plan" and modality == "right" and not counterpart:
            counterpart, counterpart_from = self._context_bearer(memory, bearer)
        if rule.id == "secrecy/prevent" and bearer_from == "subject":
            self.keeper = self.keeper or bearer
        return self._emit(
            rule,
            category,
            modality,
            bearer,
            counterpart,
            match,
            flow,
            sentence,
            unit,
            tree,
            main,
            section,
            bearer_from,
            counterpart_from,
            tokens,
        )

    def _split(self, counterpart: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
        persons = tuple(c for c in counterpart if c in _PERSONAL)
        bodies = tuple(c for c in counterpart if c not in _PERSONAL)
        return (bodies, persons) if persons and bodies else None

    def _emit(
        self, rule: Rule, category: str, modality: Modality, bearer: tuple[str, ...], counterpart: tuple[str, ...], match: Match, flow: Flow, sentence: Sentence,
        unit: _Unit, tree: Parse, main: Norm, section: Node, bearer_from: str, counterpart_from: str, tokens: list[Token],
    ) -> Trace:  # fmt: skip
        low, high = sorted((match.head, match.object))
        node, start = flow.locate(tokens[low].start)
        other, end = flow.locate(tokens[high].end - 1)
        if other is not node:
            end = start + tokens[low].end - tokens[low].start - 1
        item = ""
        if node.address is not None and node.address != flow.address and flow.address.contains(node.address):
            item = "/".join(node.address.path[len(flow.address.path) :])
        conditions = conditions_of(tree, _scope(tree, match.head, unit), unit.start, main.clause)
        if "helse_og_omsorgstjeneste" in counterpart and (
            "sosialtjeneste" in counterpart or "kommunal" in section.title
        ):
            counterpart = tuple(
                "kommunal_helse_og_omsorg" if c == "helse_og_omsorgstjeneste" else c for c in counterpart
            )
        frame = Frame(
            address=flow.address_of(sentence), category=category, modality=modality, bearer=bearer, counterpart=counterpart,  # type: ignore[arg-type]
            level=level_of(category, unit.text, flow.text, section.title), condition=conditions, item=item, start=start, end=end + 1,
            language=sentence.language, confidence=rule.confidence, rule=rule.id,
        )  # fmt: skip
        inner = tree.clauses[tree.of[match.head]].kind != "main"
        no_modal = main.finite is not None and tokens[main.finite].lower not in MODALS
        flags = {
            "list": any(token.opens for token in tokens),
            "long sentence": len(tokens) > 45,
            "bearer is a person": bool(bearer) and set(bearer) <= _PERSONAL,
            "counterpart is a person": bool(counterpart) and set(counterpart) <= _PERSONAL,
            "trigger far from object": abs(match.head - match.object) > 10,
            "trigger in an inner clause": inner,
            "nynorsk": sentence.language == "nn",
            "heading names the matter": bool(_MATTER.search(section.title)),
            "no modal": no_modal,
        }
        features = (
            f"rule={rule.id}",
            f"category={category}",
            f"modality={modality}",
            f"bearer={bearer_from or 'nobody'}",
            f"counterpart={counterpart_from or 'nobody'}",
            *(name for name, holds in flags.items() if holds),
        )
        if weights():
            frame = structs.replace(frame, confidence=probability(features))
        return Trace(
            frame, unit.text, rule.id, tokens[match.head].lower, tokens[match.object].lower, bearer_from,
            counterpart_from, features, (match.head, match.object), strength=rule.confidence,
        )  # fmt: skip

    def _asker(self, tree: Parse, mentions: list[Mention], bearer: tuple[str, ...]) -> tuple[str, ...]:
        tokens = tree.tokens
        for m in mentions:
            if m.genitive or set(m.ids) & set(bearer) or m.ids == ("andre",):
                continue
            before = [tokens[i].lower for i in range(max(0, m.left - 3), m.left)]
            if m.preposition in ("fra", "frå") and any(
                word.startswith(
                    (
                        "anmodning",
                        "forespørsel",
                        "førespurnad",
                        "oppmoding",
                        "pålegg",
                        "krav",
                        "begjæring",
                        "oppfordring",
                    )
                )
                for word in before
            ):
                return m.ids
            after = [tokens[i].lower for i in range(m.last + 1, min(m.last + 4, len(tokens)))]
            if any(
                word in ("ber", "bed", "krever", "krev", "anmoder", "forlanger", "pålegger", "trenger", "treng")
                for word in after
            ) and tree.clauses[tree.of[m.first]].kind in ("condition", "relative"):
                return m.ids
        return ()

    def _ordered(self, memory: _Memory) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Of a power to order information named before in the section: those ordered, and who gets it."""
        for frame in reversed(memory.section):
            if frame.rule == "share/order":
                return frame.counterpart, frame.bearer
        return (), ()

    def _context_bearer(self, memory: _Memory, counterpart: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
        for source, name in ((memory.ledd, "ledd"), (memory.section, "section")):
            for frame in reversed(source):
                if (
                    frame.bearer
                    and not (frame.modality == "right")
                    and not set(frame.bearer) & set(counterpart)
                    and not set(frame.bearer) <= _PERSONAL
                ):
                    return frame.bearer, name
            if (
                name == "ledd"
                and memory.subject
                and not set(memory.subject) & set(counterpart)
                and not set(memory.subject) <= _PERSONAL
            ):
                return memory.subject, name
        if (
            memory.section_subject
            and not set(memory.section_subject) & set(counterpart)
            and not set(memory.section_subject) <= _PERSONAL
        ):
            return memory.section_subject, "section"
        return self._default(memory, counterpart)

    def _default(
        self, memory: _Memory, without: tuple[str, ...] = (), body: bool = True
    ) -> tuple[tuple[str, ...], str]:
        """Who is meant where the section names nobody: heading, chapter, addressee of the act."""
        if memory.flow is None:
            return (), ""
        for answer in self.context.default_bearer(memory.flow.address, memory.sentence):
            if (
                answer.confidence >= 0.1
                and not set(answer.ids) & set(without)
                and not (body and set(answer.ids) <= _PERSONAL)
            ):
                return answer.ids, "act"
        if without and not set(without) <= _PERSONAL:
            return self._default(memory)
        return (), ""

    def _context_counterpart(
        self, memory: _Memory, category: str, bearer: tuple[str, ...], unit: _Unit, rule: Rule, section_title: str
    ) -> tuple[tuple[str, ...], str]:
        kinds = ("information_sharing", "information_to_person") if category == "sharing" else (category,)
        if rule.direction == "from":
            kinds = ("information_sharing",)
        for source, name in ((memory.ledd, "ledd"), (memory.section, "section")):
            for frame in reversed(source):
                if (
                    frame.category in kinds
                    or (category == "individual_plan" and frame.category == "cooperation")
                    or (category == "coordination" and frame.category == "cooperation")
                ):
                    if set(frame.counterpart) & set(bearer) and set(frame.bearer) - set(bearer):
                        continue
                    if frame.counterpart and (
                        name == "ledd"
                        or _TAKEN_UP.search(unit.text)
                        or category in ("coordination", "individual_plan")
                        or frame.bearer == bearer
                    ):
                        return frame.counterpart, name
        if category == "sharing" and rule.direction == "to":
            known = {
                frame.counterpart
                for frame in memory.section
                if frame.category in kinds and frame.counterpart and frame.modality != "right"
            }
            if len(known) == 1 and not set(next(iter(known))) & set(bearer):
                return next(iter(known)), "section"
        if category == "sharing" and rule.direction in ("to", "both"):
            ids = self._heading(section_title, ("til", "overfor", "andsynes"))
            if ids and not set(ids) & set(bearer):
                return ids, "heading"
        return (), ""

    def _heading(self, title: str, prepositions: tuple[str, ...]) -> tuple[str, ...]:
        """Actors that a heading names after one of *prepositions* ("Opplysninger til barnevernet")."""
        for mention in self.context.mentions(title):
            before = title[: mention.start].split()
            if mention.kind == "body" and not mention.genitive and any(word in prepositions for word in before[-3:]):
                return mention.ids
        return ()

    # --- secrecy ---------------------------------------------------------------------------------------------------

    def _secrecy(
        self, match: Match, norm: Norm, main: Norm, tree: Parse, mentions: list[Mention], subject: list[Mention], memory: _Memory, flow: Flow,
        sentence: Sentence, unit: _Unit, modality: Modality | None, norms: list[Norm],
    ) -> Trace | None:  # fmt: skip
        rule, head, tokens = match.rule, match.head, tree.tokens
        words = " ".join(tokens[i].lower for i in main.members)
        whole = unit.text.lower()
        if norm.operator == "hinder":
            if not re.search(
                r"taushetsplikt|teieplikt|tagnadsplikt|forvaltningsloven § 13", whole
            ) or rule.category not in ("sharing", "confidentiality"):
                return None
            if not re.search(r"(?:ikke|ikkje|heller|ingen|ikkj?e heller)\b[^.]{0,40}\b(?:hinder|hindring)", whole):
                return None
            counterpart, source = self._recipients(tree, norm, norms, mentions, match, subject)
            if not counterpart and subject and (self._passive(tree, norm, head) or tokens[head].tags & {"have", "get"}):
                counterpart, source = ids_of(subject), "subject"
            bearer, bearer_from = self._keeper(memory)
            if subject and not self._passive(tree, norm, head) and not (set(ids_of(subject)) & set(counterpart)):
                bearer, bearer_from = ids_of(subject), "subject"
            return self._emit(
                rule,
                "confidentiality",
                "permission",
                bearer,
                counterpart,
                match,
                flow,
                sentence,
                unit,
                tree,
                main,
                self._here,
                bearer_from,
                source,
                tokens,
            )
        before = " ".join(tokens[i].lower for i in range(max(0, head - 7), head))
        after = " ".join(tokens[i].lower for i in range(head + 1, min(len(tokens), head + 14)))
        if re.search(
            r"(?:uten|utan) (?:hinder|hensyn|omsyn|hindring)|uhindr(?:et|a) av|innenfor ramm|innanfor ramm|etter regl\w+ om $",
            before + " ",
        ):
            return None
        if re.search(r"brudd på|brot på|overtred\w+ av|bryt(?:er)? |straff|overtrer", before):
            return None
        kind: Modality | None = None
        if re.search(
            r"\b(?:gjelder|gjeld) (?:likevel )?(?:ikke|ikkje)\b|\bikke til hinder|ikkje til hinder|unntak fra|unntak frå|opphev|frita|fritak|løs(?:es|t) fra|bortfall|oppheve|bort[ \w]*faller|faller bort|fell bort|heve \w*taushetsplikt|dispensasjon|lem(?:pe|p)|samtykke\w* i",
            whole,
        ):
            kind = "permission"
            if re.search(
                r"taushetsplikt\w*[^.]{0,60}\b(?:gjelder|gjeld) (?:likevel )?(?:ikke|ikkje) (?:bare|berre)", whole
            ):
                kind = "prohibition"
        elif re.search(
            r"\bhar\b|\bplikter\b|\bpliktar\b|\bskal\b|\bgjelder\b|\bgjeld\b|omfatt|undergitt|underlagt|bundet av|bunde av|under \w*(?:taushets|teie)|pålegg|pålagt|\bmå\b|forplikt|plikt til|avgi|underteikne|undertegne|opprettholde",
            words,
        ):
            kind = "prohibition"
        if kind is None:
            return None
        if re.search(
            r"\b(?:kan|skal) (?:\w+ ){0,3}(?:gi|gis|fastsette|gje) (?:\w+ ){0,3}(?:forskrift|nærmere|regler|bestemmelser)",
            words,
        ):
            return None
        if (
            modality in ("permission",)
            and kind == "prohibition"
            and re.search(r"\bkan\b", words)
            and re.search(r"pålegg|bestem|krev", words)
        ):
            kind = "permission" if re.search("bestem", words) else "prohibition"
        bearer, bearer_from = (ids_of(subject), "subject") if subject else ((), "")
        bearer = tuple(b for b in bearer)
        if not bearer:
            hit = [
                m
                for k, m in enumerate(mentions)
                if m.preposition in ("for", "om")
                and m.first in set(norm.members)
                and m.follows == -1
                and not m.genitive
                and set(m.ids) - _PERSONAL
            ]
            if hit and hit[0].ids != ("andre",):
                bearer, bearer_from = ids_of(chain(mentions, mentions.index(hit[0]))), "for whom it holds"
            elif hit:
                bearer, bearer_from = self._default(memory)
        if not bearer:
            bearer, bearer_from = self._keeper(memory)
        if kind == "prohibition" and bearer_from == "subject":
            self.keeper = self.keeper or bearer
        counterpart: tuple[str, ...] = ()
        if kind == "permission":
            hit = [m for m in mentions if m.preposition in ("overfor", "andsynes", "til") and not m.genitive]
            counterpart = ids_of(hit)
        elif re.search(r"\boverfor\b|\bandsynes\b", whole):
            hit = [m for m in mentions if m.preposition in ("overfor", "andsynes") and not m.genitive]
            counterpart = ids_of(hit)
        return self._emit(
            rule,
            "confidentiality",
            kind,
            bearer,
            counterpart,
            match,
            flow,
            sentence,
            unit,
            tree,
            main,
            self._here,
            bearer_from,
            "",
            tokens,
        )

    def _keeper(self, memory: _Memory) -> tuple[tuple[str, ...], str]:
        for source, name in ((memory.ledd, "ledd"), (memory.section, "section")):
            for frame in reversed(source):
                if frame.category == "confidentiality" and frame.bearer:
                    return frame.bearer, name
        if self.keeper:
            return self.keeper, "the act's rule on secrecy"
        if memory.subject and not set(memory.subject) <= _PERSONAL:
            return memory.subject, "ledd"
        return self._default(memory)

    # --- sentences that carry another norm on ----------------------------------------------------------------------

    def _follow_on(
        self,
        unit: _Unit,
        tree: Parse,
        norms: list[Norm],
        mentions: list[Mention],
        memory: _Memory,
        flow: Flow,
        sentence: Sentence,
    ) -> list[Trace] | None:
        text = unit.text
        if (
            _FORVALTNING_13.search(text)
            and _APPLIES.search(text)
            and not re.search(r"taushetsplikt|teieplikt", text, re.IGNORECASE)
        ):
            bearer, source = self._keeper(memory)
            rule = next(r for r in self.rules if r.id == "secrecy/bound")
            return (
                [
                    self._emit(
                        rule,
                        "confidentiality",
                        "prohibition",
                        bearer,
                        (),
                        Match(rule, 0, 0),
                        flow,
                        sentence,
                        unit,
                        tree,
                        norms[0],
                        self._here,
                        source,
                        "",
                        tree.tokens,
                    )
                ]
                if norms
                else []
            )
        if (
            not _FOLLOW.match(text)
            or not memory.ledd
            or re.match(
                r"(?:\S+ ){1,4}(?:gjelder|gjeld) (?:likevel )?(?:kun|bare|berre|ikke|ikkje)\b",
                text,
            )
        ):
            return None
        last_address = memory.ledd[-1].address
        results: list[Trace] = []
        for frame in [f for f in memory.ledd if f.address == last_address]:
            for_whom = [
                m for m in mentions if m.preposition in ("for", "overfor") and not m.genitive and m.follows == -1
            ]
            bearer, counterpart = frame.bearer, frame.counterpart
            if for_whom:
                ids = ids_of(chain(mentions, mentions.index(for_whom[0])))
                if not set(ids) <= _PERSONAL or set(frame.bearer) <= _PERSONAL:
                    bearer = ids
            conditions = conditions_of(tree, text, unit.start, 0)
            if re.search(r"\b(?:dersom|når|hvis|viss|der|ved|i tilfelle)\b", text.lower()) and not conditions:
                conditions = ("other",)
            node, start = flow.locate(unit.start)
            new = structs.replace(
                frame, address=flow.address_of(sentence), bearer=bearer, counterpart=counterpart, condition=conditions, item="",
                start=start, end=start + min(20, len(text)), language=sentence.language, confidence=0.5, rule="follow-on/" + frame.rule.split("/", 1)[-1],
            )  # fmt: skip
            results.append(Trace(new, text, "follow-on", "", "", "ledd", "ledd", ()))
        return results

    # --- one norm, one frame ---------------------------------------------------------------------------------------

    _extra: Trace | None = None

    def _settle(self, traces: list[Trace]) -> list[Trace]:
        """Of several rules that saw the same norm keep the narrowest; never one norm under two categories."""
        if self._extra is not None:
            traces = [*traces, self._extra]
            self._extra = None
        best: dict[int, Trace] = {}
        for trace in sorted(
            traces,
            key=lambda t: (
                not t.frame.counterpart,
                t.counterpart_from in ("ledd", "section", "act", "heading"),
                -t.strength,
            ),
        ):
            if trace.frame.category not in ("information_sharing", "information_to_person") or trace.split:
                continue
            for token in trace.tokens:
                best.setdefault(token, trace)
        traces = [
            t
            for t in traces
            if t.split
            or t.frame.category not in ("information_sharing", "information_to_person")
            or any(best.get(i) is t for i in t.tokens)
            and not any(best.get(i) is not t and best[i].frame.category != t.frame.category for i in t.tokens)
        ]
        kept: dict[tuple[str, str, str], Trace] = {}
        order = {
            "individual_plan": 0,
            "cooperation_agreement": 1,
            "coordination": 2,
            "confidentiality": 3,
            "information_sharing": 4,
            "information_to_person": 5,
            "cooperation": 6,
        }
        for trace in sorted(traces, key=lambda t: (order[t.frame.category], -t.strength, -len(t.frame.counterpart))):
            frame = trace.frame
            key = (frame.category, frame.modality, str(frame.address))
            if key in kept:
                held = kept[key].frame
                if held.bearer == frame.bearer or frame.rule == held.rule or True:
                    if not held.counterpart and frame.counterpart:
                        kept[key] = structs.replace(
                            kept[key], frame=structs.replace(held, counterpart=frame.counterpart)
                        )
                    continue
            kept[key] = trace
        categories = {key[0] for key in kept}
        if categories & {"individual_plan", "cooperation_agreement"}:
            plans = [
                t.tokens[0]
                for t in kept.values()
                if t.frame.category in ("individual_plan", "cooperation_agreement") and t.tokens
            ]
            for key in [
                k
                for k in kept
                if k[0] in ("cooperation", "coordination")
                and (k[0] == "cooperation" or any(abs(p - kept[k].tokens[0]) <= 5 for p in plans if kept[k].tokens))
                and kept[k].rule
                in (
                    "cooperation/verb",
                    "cooperation/noun",
                    "cooperation/consult",
                    "coordination/noun",
                    "cooperation/opinion",
                )
            ]:
                del kept[key]
            for key in [k for k in kept if k[0] == "information_to_person" and kept[k].rule.startswith("cooperation/")]:
                del kept[key]
        return list(kept.values())


_PUBLIC = frozenset(
    "offentligheten offentlegheita allmennheten allmennheita allmenheten publikum ålmenta allmenta befolkningen befolkninga".split()
)


def category_public(category: str) -> bool:
    """Whether telling the public is no frame of this category."""
    return category in ("sharing", "information_sharing", "information_to_person")


def _scope(tree: Parse, head: int, unit: _Unit) -> str:
    """The words that a condition is looked for in: where the trigger stands in a list item, the lead and that item.

    Other items are blanked, so that positions hold.
    """
    opens = [i for i, token in enumerate(tree.tokens) if token.opens]
    if not opens or head < opens[0]:
        return unit.text
    first = max(i for i in opens if i <= head)
    last = next((i for i in opens if i > head), len(tree.tokens))
    text = unit.text
    for start, end in ((opens[0], first), (last, len(tree.tokens))):
        if start < end:
            a, b = tree.tokens[start].start - unit.start, tree.tokens[end - 1].end - unit.start
            text = text[:a] + " " * (b - a) + text[b:]
    return text


def _plausible(tree: Parse, norm: Norm, head: int, rule: Rule) -> bool:
    """Whether the head word is used as the rule means it: no adjective ("informert samtykke"), not "melde seg"."""
    tokens = tree.tokens
    lower = tokens[head].lower
    before = tokens[head - 1].lower if head else ""
    after = tokens[head + 1].lower if head + 1 < len(tokens) else ""
    tags = tokens[head].tags
    if after in ("samtykke", "samtykket", "beslutning", "avgjerd", "på") and {"notify", "hear"} & set(rule.head):
        return False
    if rule.id == "plan/individual" and any(
        tokens[i].lower in ("behov", "behovet") for i in range(max(0, head - 4), head)
    ):
        return False
    if rule.id == "share/tell" and any(tokens[i].tags & {"opportunity"} for i in range(max(0, head - 4), head)):
        return False
    if "notify" in rule.head and lower.endswith(("et", "ert", "erte")):
        return any(tokens[i].lower in _BE for i in norm.members if head - 8 <= i < head)
    if rule.id == "share/melde-fra":
        return lower.startswith(("meld", "si", "sei"))
    if lower.startswith(("medvirk", "medverk")) and "coop_v" in tags and after == "til" and head + 2 < len(tokens) and tokens[head + 2].lower == "å":
        return False
    if "tell" in rule.head and (after in ("seg", "inn", "ut", "på") or before == "få"):
        return False
    if "assist_n" in rule.head and before == "om" and head > 1 and tokens[head - 2].lower.startswith(("anmodning", "oppmoding", "krav")):
        return False
    if lower.startswith("opplys") and after in ("saken", "saka", "sakene"):
        return False
    if "right" in rule.head and before in ("etter", "på", "om", "mot", "uten", "sitt", "med", "til"):
        return False
    if (
        "tell" in rule.head
        and "tell" in tags
        and lower.endswith("t")
        and not lower.endswith("ast")
        and not any(tokens[i].lower in _BE for i in norm.members if head - 8 <= i < head)
    ):
        return False
    return True


_BE = frozenset("bli blir ble blei blitt vert verte vart er være vere har ha hadde holdes halde få får".split())


def m_ids(mentions: list[Mention]) -> tuple[str, ...]:
    """Ids of mentions, each once."""
    return tuple(dict.fromkeys(i for m in mentions for i in m.ids))


def range_of(by_class: dict[str, list[int]], name: str) -> list[int]:
    """Positions of the words of a class."""
    return by_class.get(name, [])


def find_frames(document: Document, context: ActContext | None = None, nlp: Pipeline | None = None) -> list[Frame]:
    """The norm frames of one document, in the order of the act.

    Args:
        document: the act.
        context: who is named where in this act, and who is meant where nobody is; None makes it.
        nlp: the trained parser; None works from the words alone.
    """
    return Finder(document, context, nlp).run()

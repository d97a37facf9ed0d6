"""Who a word stands for in its act: aliases, definitions and default bearers, derived from the act itself.

"Tjenesten", "etaten", "styret" and "de" mean another actor in every act, and passives name nobody. `ActContext` reads
an act once: what it defines, what it calls its actors, whom its title, scope, chapters and headings name, and who
stands as the subject of its duties. Every answer says why and how sure it is; nothing is looked up per act.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property

from msgspec import Struct

from duties.actor_mentions import ActorMention, find_actors
from duties.actors import LEADERS, Ontology, load_ontology
from lovdata_ingest.address import Address
from lovdata_ingest.model import Document, Node
from lovdata_ingest.sentences import Flow, flows


class Resolution(Struct, frozen=True):
    """Which actors a word or a sentence means. ``confidence`` is 0 to 1; ``source`` is the place that tells."""

    ids: tuple[str, ...]
    reason: str
    confidence: float
    source: Address | None = None


class Alias(Struct, frozen=True):
    """A word that the act gives to an actor: "heretter kalt …", "med … menes …"."""

    word: str
    ids: tuple[str, ...]
    reason: str
    source: Address


class Definition(Struct, frozen=True):
    """A defined term and the actors that it takes in within the act, directly or through what it names."""

    term: str
    address: Address
    ids: tuple[str, ...]


class _Place(Struct, frozen=True):
    """A section with what stands above it."""

    address: Address
    node: Node
    headings: tuple[tuple[Address | None, str], ...]  # chapters, outermost first
    title: str


def _words(pattern: str, flags: re.RegexFlag = re.IGNORECASE) -> re.Pattern[str]:
    return re.compile(pattern, re.VERBOSE | flags)


_TITLE = _words(
    r"""^ (?:mellombels\s|midlertidig\s)? lov \s* (?:\d{1,2}\.\s\w+\s\d{4}\s(?:nr\.\s?\d+\s)?)?
        (?:om|til|for|angående) \s+
      | \s* [(\[] [^()]* [)\]] \s* $"""
)
_MODAL = re.compile(
    r"""\b(?: skal|må|kan|bør|plikter|pliktar
          | (?:har|er) \s (?:\w+\s)?
            (?:plikt|rett|krav|ansvar|ansvaret|adgang|høve|pålagt|ansvarlig|ansvarleg|pliktig|taushetsplikt
               |teieplikt)\b )""",
    re.VERBOSE,
)
# What may stand between a modal and the subject that follows it.
_FILL = _words(
    r"""[\s,]* (?:da|så|likevel|også|òg|ikke|ikkje|alltid|derfor|i\så\sfall|i\sså\sfall|straks|deretter|samtidig)?
        [\s,]* (?:eit|en|et|ein|den|det|de|dei|alle|begge|hver|kvar)? [\s,]* (?:\w+(?:e|sk|lig|leg))? \s* """
)
_PASSIVE = re.compile(
    r"""\s (?:ikke\s|ikkje\s|også\s|alltid\s|likevel\s)? (?:\w+\s){0,4}?
        (?: (?!deres|dennes|hennes|alles|annes) \w{2,} (?:es|ast) | bli|verte|blir )\b""",
    re.VERBOSE,
)
_REGULATION = re.compile(r"\b(?:forskrift|forskrifter|føresegn|føresegner|instruks|nærmere\sregler|nærare\sreglar)\b")
_CALLED = _words(
    r"""(?: \bheretter \s (?:kalt|benevnt|kalla|omtalt(?:\ssom)?)?
          | \b i \s (?:denne\slov(?:en|a)?|loven\sher|lova\sher|det\sfølgende) \s (?:kalt|kalla|nemnt|benevnt)
          | \b (?:kalt|kalla) ) \s* [«"“]? (?P<term> [\w-]+ (?:\s[\w-]+)? ) [»"”]?"""
)
_PARENTHESIS = re.compile(r"\((?P<term>[\w-]+)\)")
_HERE = r"(?: \s her | \s i \s (?:denne\s)? (?:loven?|lova|paragraf(?:en)?) (?:\sher)? )?"
_MEANT = _words(
    rf"""\b med \s [«"“]? (?P<term> [^.;:,]{{2,60}}? ) [»"”]? \s (?: (?:etter|i) \s [^.;:]{{2,60}}? \s )?
        (?: menes|meinast|meines|forstås|forståes|siktes\stil|er\s(?:det\s)?(?:her\s)?meint|meiner\sein|vert\smeint )
        {_HERE} ,? \s (?P<body> .+ )""",
    re.IGNORECASE | re.DOTALL,
)
_LIST_LEAD = _words(
    r"""\b (?: (?:menes|meinast|forstås|meines|betyr|tyder|er\smeint)
              (?:\s(?:her|det|med|i\sdenne\slov(?:en|a)?))* \s* :?
           | (?:menes|meinast|forstås) \s med \b .{0,40} ) \s* $"""
)
_DEFINED_ITEM = _words(
    r"""^ [«"“]? (?P<term> [\w -]{2,50}? ) [»"”]? \s* (?: [:–] | ,\s(?=en|et|ein|eit|den|det) | \s(?:er|menes|betyr)\s )
        \s* (?P<body> .+ )""",
    re.DOTALL,
)
_GOVERNMENTS = {"kommunal": "municipal", "fylkeskommunal": "county", "statlig": "state", "statleg": "state"}
_LEVEL = r"(?:kommunale?|fylkeskommunale?|statlige?|statlege?)"
_OF_LEVELS = _words(rf"\b (?P<levels> {_LEVEL} (?: (?:,|\sog|\seller) \s {_LEVEL} )* ) \s (?P<noun> [\w-]+ )")
_AGENT = re.compile(r"\bav\s(?:den\s|det\s|de\s)?$")
# In a heading, what comes after these words is the other side: "Melding til politiet".
_TOWARD = re.compile(r"\b(?:til|fra|frå|overfor|med|om|mot|hos|andsynes)\s(?:[\wæøå]+\s){0,2}$", re.IGNORECASE)
_OWNED = re.compile(r"\s(?:[\wæøå]+e\s){0,3}")
_JOINS = _words(
    r"""(?: , | \sog | \seller | \ssamt | ,\seller | \sog\s/\seller ) \s
        (?: (?!skal|kan|må|bør|har|er|som|til|fra|frå|i|på|med|av|for|ved|om|å|at|når|dersom)\w+\s ){0,3}"""
)
_ADVERBIAL = re.compile(
    r"""(?:Dersom|Når|Hvis|Om|I|Ved|For|Etter|På|Med|Til|Dessuten|Videre|Samtidig|Der|Deretter|Så|Fra|Frå|Under|Uten|Utan
         |Av|Likevel|Også|Før|Innen|Innan|Mot|Dog|Da|Blir|Er|Har)\b""",
    re.VERBOSE,
)
_PREPOSITION = re.compile(
    r"""\b(?:til|for|fra|frå|med|av|overfor|hos|mellom|mot|ved|i|på|om)\s
        (?:(?:den|det|de|dei|andre|en|ein|et|eit)\s)?$""",
    re.VERBOSE,
)

_PRONOUN_PERSON = frozenset({"han", "hun", "ho", "hen", "vedkommende"})


class ActContext:
    """What the words for actors mean in one act. Made by `ActContext.of`; cheap until it is asked."""

    def __init__(self, document: Document, ontology: Ontology) -> None:
        self.document = document
        self.ontology = ontology
        self._mentions: dict[str, list[ActorMention]] = {}
        self._subjects: dict[str, list[ActorMention]] = {}
        self._flows: dict[Address, list[Flow]] = {}
        self._by_chapter: dict[Address | None, Counter[tuple[str, ...]]] = {}

    @classmethod
    def of(cls, document: Document, ontology: Ontology | None = None) -> ActContext:
        """The context of *document*."""
        return cls(document, ontology or load_ontology())

    # --- what is known of the act ------------------------------------------------------------------------------

    def mentions(self, text: str) -> list[ActorMention]:
        """The actors that *text* names; remembered, since the same ledd is asked for often."""
        found = self._mentions.get(text)
        if found is None:
            found = self._mentions[text] = find_actors(text, self.ontology)
        return found

    @cached_property
    def _places(self) -> dict[Address, _Place]:
        places: dict[Address, _Place] = {}

        def visit(node: Node, above: tuple[tuple[Address | None, str], ...]) -> None:
            for child in node.children:
                if child.kind == "section" and child.address is not None:
                    places[child.address] = _Place(child.address, child, above, child.title)
                elif child.kind in ("division", "body"):
                    visit(child, (*above, (child.address, child.title)) if child.title else above)

        visit(self.document.body, ())
        return places

    def _place(self, address: Address) -> _Place | None:
        return self._places.get(address.section_address)

    def flows(self, section: Address) -> list[Flow]:
        """The ledd of a section, each as one text with its lists."""
        section = section.section_address
        if section not in self._flows:
            place = self._places.get(section)
            self._flows[section] = list(flows(place.node, language=self.document.language)) if place else []
        return self._flows[section]

    @cached_property
    def titles(self) -> tuple[str, ...]:
        """The act's title and short titles, without "Lov om" and "-loven"."""
        header = self.document.header
        short = [re.sub(r"(?:s?lov(?:en|a)?)$", "", name.split("(")[0].strip()) for name in header.short_titles]
        return tuple(name for name in (_TITLE.sub("", header.title), *short) if name)

    @cached_property
    def title_actors(self) -> tuple[str, ...]:
        """Bodies that the title names, or whose service it does (``familievernkontorer``)."""
        ids: dict[str, None] = {}
        for title in self.titles:
            for mention in self.mentions(title):
                if mention.kind == "body" and mention.ids[0] not in ("andre", "stat"):
                    ids |= dict.fromkeys(mention.ids)
        return tuple(ids)

    @cached_property
    def subjects(self) -> Counter[tuple[str, ...]]:
        """How often each actor is the subject of a duty, a permission or a right in the act, in the active voice."""
        return self._count(self._places)

    def _count(self, sections: Iterable[Address], *, roles: bool = False) -> Counter[tuple[str, ...]]:
        """How often each actor is a subject in *sections*; with *roles*, those that a role noun stands for too."""
        counts: Counter[tuple[str, ...]] = Counter()
        for section in sections:
            for flow in self.flows(section):
                for sentence in flow.sentences:
                    for mention in self.sentence_subjects(sentence.text):
                        if mention.kind in ("body", "person"):
                            counts[mention.ids] += 1
                        elif mention.kind == "role" and roles:
                            before = flow.text[: sentence.start + mention.start]
                            counts[self.resolve(mention, flow.address, before).ids] += 1
        return counts

    def chapter_subjects(self, place: Address) -> tuple[Counter[tuple[str, ...]], Address | None]:
        """As `subjects`, for the chapter that *place* lies in; empty where the act has no chapters."""
        here = self._place(place)
        if here is None or not here.headings:
            return Counter(), None
        chapter = here.headings[-1][0]
        if chapter not in self._by_chapter:
            inside = [p.address for p in self._places.values() if p.headings[-1:] == here.headings[-1:]]
            self._by_chapter[chapter] = self._count(inside, roles=True)
        return self._by_chapter[chapter], chapter

    @cached_property
    def _specific(self) -> dict[str, Counter[tuple[str, ...]]]:
        """For each role noun, the actors whose full name ends in it, and how often the act names them."""
        found: dict[str, Counter[tuple[str, ...]]] = {}
        for section in self._places.values():
            for text in (section.title, *(flow.text for flow in self.flows(section.address))):
                for mention in self.mentions(text):
                    for head in self._heads(mention, text):
                        found.setdefault(head, Counter())[mention.ids] += 1
        return found

    def _heads(self, mention: ActorMention, text: str) -> list[str]:
        """The role nouns that may take up *mention*: the last part of its name."""
        if mention.kind in ("role", "pronoun"):
            return []
        words = text[mention.start : mention.end].lower().split(" ")
        heads = {mention.head}
        for word in {words[0], words[-1]} if not mention.head else {words[-1]}:
            entry = self.ontology.compound(word) or self.ontology.named(word)
            heads |= {entry.head} if entry else set()
        # "utvalg i kommunen" is the municipality's, but "kommunalt utvalg" is no name for what "utvalget" takes up
        owned = mention.kind == "body" and not (
            mention.head and len(words) > 1 and mention.ids[0] in _OWNERS_IN_GENERAL
        )
        roles: dict[str, None] = {}
        for head in sorted(heads):
            roles |= dict.fromkeys(self.ontology.roles_in(head))
            if owned and head in self.ontology.roles:
                roles[head] = None
        return [role for role in roles if mention.kind != "person" or role in _PERSON_ROLES]

    # --- who is the subject -------------------------------------------------------------------------------------

    def sentence_subjects(self, text: str) -> list[ActorMention]:
        """The actors that stand before or after the modal of *text* as its subject, without a parse.

        Coordinated subjects are all given. Empty for passives without an agent and for powers to give regulations.
        """
        if text not in self._subjects:
            self._subjects[text] = self._find_subjects(text)
        return self._subjects[text]

    def _find_subjects(self, text: str) -> list[ActorMention]:
        modal = _MODAL.search(text)
        if modal is None or _REGULATION.search(text, modal.end(), modal.end() + 60):
            return []
        mentions = [m for m in self.mentions(text) if not (m.genitive or m.attribute or _is_file(m))]
        passive = bool(_PASSIVE.match(text, modal.end()))
        after = next((m for m in mentions if m.start >= modal.end()), None)
        before = [m for m in mentions if m.end <= modal.start()]
        if passive:
            return [m for m in mentions if m.start > modal.end() and _AGENT.search(text[: m.start])][:1]
        inverted = _inverted(text, modal.start())
        if after is not None and inverted and _FILL.fullmatch(text, modal.end(), after.start):
            return self._coordinated(text, mentions, mentions.index(after), step=1)
        if before and _near(text[before[-1].end : modal.start()]) and not _prepositional(text, before[-1]):
            return self._coordinated(text, mentions, mentions.index(before[-1]), step=-1)
        if before and before[0].start <= 12 and not inverted:
            return self._coordinated(text, mentions, mentions.index(before[0]), step=1)
        return []

    def _coordinated(self, text: str, mentions: list[ActorMention], index: int, *, step: int) -> list[ActorMention]:
        group = [mentions[index]]
        while 0 <= index + step < len(mentions):
            first, second = sorted((mentions[index], mentions[index + step]), key=lambda m: m.start)
            if not _JOINS.fullmatch(text, first.end, second.start):
                break
            index += step
            group.append(mentions[index])
        return sorted(group, key=lambda m: m.start)

    # --- definitions and aliases --------------------------------------------------------------------------------

    @cached_property
    def definitions(self) -> Mapping[str, Definition]:
        """What the act defines, by term in lower case, where the definition takes in actors."""
        found: dict[str, Definition] = {}
        for place in self._places.values():
            for flow in self.flows(place.address):
                for sentence in flow.sentences:
                    match = _MEANT.search(sentence.text)
                    if match:
                        self._define(found, match["term"], match["body"], flow.address)
                if flow.sentences and (
                    "efini" in place.title
                    or "ordforkl" in place.title.lower()
                    or _LIST_LEAD.search(flow.pieces[0].node.text)
                ):
                    for piece in flow.pieces[1:]:
                        item = _DEFINED_ITEM.match(piece.node.text)
                        if item and piece.node.address is not None:
                            self._define(found, item["term"], item["body"], piece.node.address)
        return found

    def _define(self, found: dict[str, Definition], term: str, body: str, address: Address) -> None:
        key = re.sub(r"^(?:en|et|ei|ein|eit|den|det|de|dei)\s", "", term.strip(' «»"“”').lower())
        ids = self.covered_by(body)
        if ids and key not in found:
            found[key] = Definition(key, address, ids)

    def covered_by(self, body: str) -> tuple[str, ...]:
        """The ids that a definition takes in: the actors it names, and all of a level ("kommunale tjenesteytere")."""
        ids: dict[str, None] = {}
        for match in _OF_LEVELS.finditer(body):
            levels = {_GOVERNMENTS[word.lower().removesuffix("e")] for word in re.findall(_LEVEL, match["levels"])}
            entry = self.ontology.named(match["noun"].lower())
            if entry is not None:
                for actor in self.ontology.covered(entry.id):
                    if self.ontology.actors[actor].government in levels | {"mixed"}:
                        ids[actor] = None
        for mention in self.mentions(body):
            if mention.kind in ("body", "person", "role") and not mention.genitive:
                ids |= dict.fromkeys(mention.ids)
        return tuple(ids)

    @cached_property
    def aliases(self) -> Mapping[str, Alias]:
        """The words that the act itself gives to an actor, by lemma or term in lower case."""
        found: dict[str, Alias] = {}
        for place in self._places.values():
            for flow in self.flows(place.address):
                text = flow.text
                for pattern in (_CALLED, _PARENTHESIS):
                    for match in pattern.finditer(text):
                        before = [
                            m for m in self.mentions(text) if m.end <= match.start() and match.start() - m.end < 60
                        ]
                        named = self.mentions(match["term"])
                        if before and named and named[-1].kind == "role" and before[-1].kind in ("body", "person"):
                            word = named[-1].head or match["term"].lower()
                            if before[-1].kind == "person" and word not in _PERSON_ROLES:
                                continue
                            found.setdefault(word, Alias(word, before[-1].ids, "the act calls it so", flow.address))
        for term, definition in self.definitions.items():
            named = self.mentions(term)
            if named and named[-1].kind == "role" and named[-1].end == len(term):
                word = named[-1].head or term
                personal = set() if word in _PERSON_ROLES else {"person", "foresatte"}
                ids = tuple(actor for actor in definition.ids if actor not in personal | {"andre"})
                if 0 < len(ids) <= 3:
                    found.setdefault(word, Alias(word, ids, "the act defines it so", definition.address))
        return found

    def _heading_bearers(self, title: str) -> list[ActorMention]:
        """The actors that a heading is about: not those after til, med …, nor the owners of one that it names."""
        bearers: list[ActorMention] = []
        for mention in self.mentions(title):
            if mention.kind not in ("body", "person") or mention.ids == ("person",) or mention.attribute:
                continue
            if not mention.genitive and _TOWARD.search(title[: mention.start]):
                continue
            if (
                not mention.genitive
                and bearers
                and bearers[-1].genitive
                and _OWNED.fullmatch(title, bearers[-1].end, mention.start)
            ):
                bearers = []
            bearers.append(mention)
        return bearers

    def _of_chapter(self, place: Address) -> list[Resolution]:
        """Whom most duties of the chapter bind, where one actor stands out."""
        subjects, chapter = self.chapter_subjects(place)
        bodies = Counter({ids: n for ids, n in subjects.items() if ids[0] not in _NO_ADDRESSEE})
        total = sum(bodies.values())
        return [
            Resolution(ids, "subject of most duties of the chapter", round(0.4 + 0.24 * count / total, 2), chapter)
            for ids, count in bodies.most_common(1)
            if count >= 2 and count / total >= 0.5
        ]

    # --- answers ------------------------------------------------------------------------------------------------

    @cached_property
    def addressees(self) -> tuple[Resolution, ...]:
        """Whom the act speaks to, most likely first: by its title and by the subjects of its duties."""
        total = sum(self.subjects.values()) or 1
        scores = {ids: count / total for ids, count in self.subjects.items() if ids[0] not in _NO_ADDRESSEE}
        for actor in self.title_actors:
            scores[(actor,)] = scores.get((actor,), 0.0) + 0.5
        return tuple(
            Resolution(ids, self._addressed(ids), round(min(0.5, score), 2))
            for ids, score in sorted(scores.items(), key=lambda item: -item[1])[:4] if score >= 0.2
        )  # fmt: skip

    @cached_property
    def board(self) -> tuple[str, ...]:
        """The board that the act names most by its own id; whom "nemndlederen" leads. Empty where it names none."""
        counts = self._specific.get("nemnd")
        ids = counts.most_common(1)[0][0] if counts else ()
        return ids if ids != ("andre",) else ()

    @cached_property
    def most_named(self) -> tuple[Resolution, ...]:
        """The service that an act names most; the last resort of an act that only gives rights."""
        counts: Counter[str] = Counter()
        bodies = 0
        for section in self._places:
            for flow in self.flows(section):
                for mention in self.mentions(flow.text):
                    if mention.kind == "body":
                        bodies += 1
                        counts.update(self.ontology.kinds_of(mention.ids[0]) - {"tjenesteytere", "offentlige_organer"})
        return tuple(
            Resolution((actor,), "the service that the act names most", 0.3)
            for actor, count in counts.most_common(1)
            if self._serves((actor,)) and count >= 0.3 * bodies
        )

    def _addressed(self, ids: tuple[str, ...]) -> str:
        by_title = ids[0] in self.title_actors
        return "main addressee: " + ("named in the title" if by_title else "subject of most of the act's duties")

    def resolve(self, mention: ActorMention, place: Address, before: str = "") -> Resolution:
        """Who *mention* stands for.

        Args:
            mention: from `find_actors` or `mentions`.
            place: the ledd, item or sentence where it stands.
            before: the words of the ledd before the mention (earlier sentences too).
        """
        if mention.kind in ("body", "person") and mention.ids:
            return Resolution(mention.ids, "named", 0.9 if not mention.weak else 0.6, place)
        if mention.head in LEADERS:
            return self._leader(mention, place)
        if mention.kind == "role" and not mention.definite:
            return Resolution(mention.ids, "the word alone", 0.5, place)
        earlier = self._earlier(place, before)
        if mention.kind == "pronoun":
            return self._pronoun(mention, earlier, place)
        alias = self.aliases.get(mention.head)
        if alias is not None:
            return Resolution(alias.ids, alias.reason, 0.9, alias.source)
        for text, source, reason, confidence in earlier:
            for other in reversed(self.mentions(text)):
                introduces = other.head == mention.head and other.kind == "role" and not other.definite
                if introduces and (mention.head not in _MAIN_ROLES or mention.ids[0] in _OWN_MEANING):
                    return Resolution(other.ids, f"introduced there: {reason}", 0.6, source)
                if mention.head in self._heads(other, text) and not other.plural and other.ids != ("andre",):
                    return Resolution(other.ids, reason, confidence, source)
        for title in self.titles:
            for other in self.mentions(title):
                if mention.head in self._heads(other, title):
                    return Resolution(other.ids, "title of the act", 0.8, self.document.body.address)
        counts = self._specific.get(mention.head)
        if counts and mention.ids[0] not in _OWN_MEANING and mention.head not in _TOO_GENERAL:
            ids, count = counts.most_common(1)[0]
            share = count / sum(counts.values())
            if share >= 0.5 and ids != ("andre",):
                return Resolution(ids, f"the act's usual name that ends in -{mention.head}", round(0.5 + share / 4, 2))
        if mention.ids == ("andre",) and self.addressees and mention.head in _MAIN_ROLES and mention.definite:
            best = self.addressees[0]
            if mention.head in _OF_SERVICES and not self._serves(best.ids):
                return Resolution(mention.ids, "the word alone", 0.4, place)
            return Resolution(best.ids, best.reason, min(0.6, best.confidence), best.source)
        return Resolution(mention.ids, "the word alone", 0.4, place)

    def _serves(self, ids: tuple[str, ...]) -> bool:
        return all(self.ontology.covers("tjenesteytere", actor) for actor in ids)

    def _leader(self, mention: ActorMention, place: Address) -> Resolution:
        """A leader stands for the unit that the act is about: the head of a school for the school."""
        for candidate in self.addressees:
            if self._serves(candidate.ids):
                return Resolution(candidate.ids, f"leader; {candidate.reason}", 0.7, candidate.source)
        return Resolution(mention.ids, "the word alone", 0.4, place)

    def _earlier(self, place: Address, before: str) -> list[tuple[str, Address | None, str, float]]:
        """Texts in which to look for what a word takes up, nearest first, with a reason and a confidence."""
        texts: list[tuple[str, Address | None, str, float]] = [(before, place, "named before in the ledd", 0.85)]
        here = self._place(place)
        if here is None:
            return texts
        number = place.ledd or 1
        for flow in reversed([flow for flow in self.flows(here.address) if flow.number < number]):
            texts.append((flow.text, flow.address, "named in an earlier ledd", 0.8))
        texts.append((here.title, here.address, "heading of the section", 0.75))
        texts += [(title, address, "heading of the chapter", 0.7) for address, title in reversed(here.headings)]
        return texts

    def _pronoun(
        self, mention: ActorMention, earlier: list[tuple[str, Address | None, str, float]], place: Address
    ) -> Resolution:
        if mention.head == "den som":
            return Resolution(mention.ids, "whoever it concerns", 0.4, place)
        personal = mention.head in _PRONOUN_PERSON
        before_words = earlier[0][0]
        for text, source, reason, confidence in earlier[:2]:
            named = [m for m in reversed(self.mentions(text)) if m.ids and not (m.genitive or m.attribute)]
            named = [m for m in named if m.kind == "person"] if personal else [m for m in named if m.kind != "pronoun"]
            here = _SENTENCE_END.split(text)[-1]
            if personal and not any(m.kind == "person" for m in self.mentions(here)):
                official = [
                    m for m in self.mentions(here) if m.ids and m.kind == "body" and not (m.genitive or m.attribute)
                ]
                if text is before_words and official:
                    return Resolution(official[0].ids, "named before in the sentence", 0.5, source)
            staff = [m for m in named if m.ids in (("ansatte",), ("helsepersonell",))]
            if personal and mention.head.startswith("ved") and staff:
                named = staff  # "dersom en ansatt ser at et barn …, skal vedkommende": the one who acts
            if named:
                return Resolution(named[0].ids, reason, round(confidence - 0.25, 2), source)
        return Resolution(("person",) if personal else (), "pronoun without an antecedent", 0.3, place)

    def default_bearer(self, place: Address, sentence: int = 1) -> list[Resolution]:
        """Who is bound where a sentence names nobody, most likely first.

        Args:
            place: the ledd (or item) of the sentence.
            sentence: its number in the ledd; the earlier ones are looked at first.
        """
        found: list[Resolution] = []
        here = self._place(place)
        if here is None:
            return list(self.addressees)
        number = place.ledd or 1
        for flow in reversed([flow for flow in self.flows(here.address) if flow.number <= number]):
            same = flow.number == number
            for earlier in reversed([s for s in flow.sentences if not same or s.number < sentence]):
                named = [m for m in self.sentence_subjects(earlier.text) if m.ids or m.kind == "pronoun"]
                ids: dict[str, None] = {}
                for m in named:
                    ids |= dict.fromkeys(self.resolve(m, flow.address, flow.text[: earlier.start + m.start]).ids)
                if len(ids) > 1:
                    ids.pop("andre", None)  # "kommunen eller utpekte enheter": the named one answers
                if ids:
                    reason = "subject of an earlier sentence" if same else "subject of an earlier ledd"
                    confidence = (0.75 if same else 0.65) - (0.3 if ids.keys() <= {"person", "foresatte"} else 0)
                    found.append(
                        Resolution(
                            tuple(ids), reason, round(confidence, 2), flow.address.child(f"setning/{earlier.number}")
                        )
                    )
        headings: list[tuple[str, Address | None, str, float]] = [
            (here.title, here.address, "heading of the section", 0.55)
        ]
        headings += [(title, address, "heading of the chapter", 0.51) for address, title in reversed(here.headings)]
        for title, address, reason, confidence in headings:
            found += [Resolution(m.ids, reason, confidence, address) for m in self._heading_bearers(title)]
        found += self._of_chapter(place)
        found += self.addressees or self.most_named
        unique: dict[tuple[str, ...], Resolution] = {}
        for resolution in found:
            if resolution.ids not in unique:
                unique[resolution.ids] = resolution
        return sorted(unique.values(), key=lambda r: -r.confidence)


_OWN_MEANING = frozenset(
    {"koordinator", "psykisk_helsevern"}
)  # roles whose own id holds where the section says nothing else
_PERSON_ROLES = frozenset({"koordinator", "eier", "leder", "styrer", "direktør", "registerfører", "formann"})
_TOO_GENERAL = frozenset({"organ", "virksomhet", "instans"})  # stand for too many bodies of an act
_OF_SERVICES = frozenset("virksomhet institusjon tjeneste avdeling senter".split())
_SENTENCE_END = re.compile(r"[.:;]\s+(?=[A-ZÆØÅ])")
_OWNERS_IN_GENERAL = frozenset(
    "kommune fylkeskommune stat offentlige_organer frivillig_og_privat andre tjenesteytere tilsynsmyndighet".split()
)
_NO_ADDRESSEE = frozenset({"stat", "andre", "person", "foresatte", "domstol"})
_MAIN_ROLES = frozenset("virksomhet institusjon tjeneste etat kontor enhet senter organ foretak avdeling".split())


def _is_file(mention: ActorMention) -> bool:
    """Whether a register is meant as a thing: any but one by its name in the definite singular."""
    return mention.head.endswith("register") and (mention.head == "register" or mention.form != "definite")


def _inverted(text: str, modal: int) -> bool:
    """Whether what stands before the modal is no subject: a clause or an adverbial, or nothing."""
    lead = text[:modal].strip()
    return not lead or lead.endswith(",") or bool(_ADVERBIAL.match(lead))


def _near(between: str) -> bool:
    """Whether only a short insertion stands between a subject and its modal."""
    between = between.strip()
    opens = (",", "som ", "etter ", "i ", "på ", "(", "ved ", "med ", "for ", "selv")
    return not between or (len(between) < 160 and between.startswith(opens) and "." not in between)


def _prepositional(text: str, mention: ActorMention) -> bool:
    return bool(_PREPOSITION.search(text[: mention.start]))


def definitions(document: Document) -> dict[str, tuple[Address, tuple[str, ...]]]:
    """What *document* defines: each term with the place of its definition and the actors that it takes in.

    Terms in lower case; ids in the order of the definition. An act that defines no actor gives an empty dictionary.
    """
    return {term: (one.address, one.ids) for term, one in ActContext.of(document).definitions.items()}

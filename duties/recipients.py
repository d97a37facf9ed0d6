"""The other party by the words of the sentence: to whom, from whom, with whom, by the rule's direction."""

from __future__ import annotations

import re
from collections.abc import Callable

from duties.draft import Draft
from duties.memory import COORDINATORS, PERSONS, Ids, all_persons
from duties.norms import is_passive
from duties.parties import Mention, chain, ids_of

_PASSED_OVER = frozenset(
    "straks også òg seg da dette snarest skriftlig skriftleg både , og enten anten umiddelbart omgående inn".split()
)
_TAKES_OBJECT = frozenset(
    {"give", "handover", "tell", "notify", "assist_v", "guide_v", "make", "keep", "order", "involve"}
)
_NO_NOUN_BEFORE = frozenset(
    "seg og , både eller direkte skriftlig straks ut frem fram videre vidare over fra frå".split()
)
_THE_OTHER = re.compile(
    r"""(?:straks\s|også\s)? (?:den|dei|de)\s(?:andre|annan|annen)\b (?!\s(?:instans|myndig|organ|tenest|tjenest))
      | part(?:ane|ene)\b""",
    re.VERBOSE,
)
_CONSENT = ("samtykke", "tillatelse", "løyve", "fullmakt")
_FOLLOWING = frozenset("følgende følgjande".split())
_IN_GENERAL = frozenset({"andre", "offentlige_organer"})
_REGISTERS = frozenset({"folkeregister_og_skatt", "register_og_statistikk"})
Answer = tuple[Ids, str]


class Places:
    """The actors of a clause by how they stand to its trigger; the subject and mere attributes are left out."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.tokens = draft.tokens
        self.head, self.object = draft.match.head, draft.match.object
        self.mentions = draft.reading.mentions
        members, subject = set(draft.norm.members), {m.first for m in draft.subject}
        self.inside = [
            (k, m)
            for k, m in enumerate(self.mentions)
            if m.first in members and m.first not in subject and not m.attribute
        ]

    def after(self, *prepositions: str, start: int = -1, limit: int = 60) -> list[Mention]:
        """Those after one of *prepositions*: the nearest behind the trigger, with what is coordinated with it."""
        pool = [
            (k, m)
            for k, m in self.inside
            if m.preposition in prepositions and m.follows == -1 and not m.genitive
            and m.first > start and abs(m.first - self.head) <= limit and not self._of_a_noun(m)
            and not self._consents(m)
        ]  # fmt: skip
        later = [(k, m) for k, m in pool if m.first > self.head] or pool
        if not later:
            return []
        result = list(chain(self.mentions, later[0][0]))
        for k, m in later[1:]:
            gap = [self.tokens[i].lower for i in range(result[-1].last + 1, m.left)]
            joined = gap[-1:] == [m.preposition] and gap[-2:-1] in ([","], ["og"], ["eller"], ["samt"])
            if joined or m.preposition == "mellom":
                result += [part for part in chain(self.mentions, k) if part not in result]
        return result

    def _consents(self, mention: Mention) -> bool:
        """Whether one is named only as who consents or asks: "etter samtykke fra eleven"."""
        before = self.tokens[mention.left - 2].lower if mention.left > 1 else ""
        return mention.preposition in ("fra", "frå", "av") and before.startswith(_CONSENT)

    def _of_a_noun(self, mention: Mention) -> bool:
        """Whether "til eleven" belongs to the noun before it (heimfylket til eleven), not to the verb."""
        i = mention.left - 2
        if not all_persons(mention.ids) or mention.preposition != "til" or i < 1:
            return False
        token = self.tokens[i]
        if token.tags - {"need"} or token.lower in _NO_NOUN_BEFORE:
            return False
        return token.lower.endswith(("et", "en", "a", "ane", "ene")) and len(token.lower) > 4

    def directly(self) -> list[Mention]:
        """The one that stands right behind a verb that takes an object, or behind the trigger."""
        nearest = self.at(self.head + 1, len(self.tokens))
        if nearest:
            return nearest
        anchors = {self.head, self.object}
        if not self.tokens[self.head].tags & {"notify"}:
            anchors |= {i for i in self.draft.norm.members if self.tokens[i].tags & _TAKES_OBJECT}
        for k, m in self.inside:
            if m.preposition or m.genitive or m.follows != -1:
                continue
            for i in range(m.left - 1, max(-1, m.left - 5), -1):
                if i in anchors:
                    return chain(self.mentions, k)
                if self.tokens[i].lower not in _PASSED_OVER:
                    break
        return []

    def at(self, left: int, before: int) -> list[Mention]:
        """Those whose phrase begins at token *left* and ends before token *before*."""
        for k, m in self.inside:
            if m.left == left and not m.preposition and not m.genitive:
                hit = chain(self.mentions, k)
                return hit if hit[-1].last < before else []
        return []

    def anywhere_after(self, *prepositions: str) -> list[Mention]:
        """The first one behind the trigger after one of *prepositions*, in whatever clause."""
        for k, m in enumerate(self.mentions):
            if m.first > self.head and m.preposition in prepositions and not m.genitive:
                return chain(self.mentions, k)
        return []


def _said(hit: list[Mention], source: str) -> Answer:
    return ids_of(hit), source if hit else ""


def _measures(places: Places) -> Answer:
    for k, m in enumerate(places.mentions):
        if m.first > places.object and m.preposition in ("fra", "frå", "av") and m.follows == -1:
            return ids_of(chain(places.mentions, k)), "measures from"
    subjects = [m.ids for m in places.draft.subject]
    later = [m for m in places.mentions if m.first > places.head and m.ids not in subjects]
    return _said(later[-1:], "measures from")


def _recipient(places: Places) -> Answer:
    draft, direction = places.draft, places.draft.match.rule.direction
    head, object_ = draft.head, draft.object
    hit = places.after("til", "overfor", "ovenfor", "andsynes", "hos", limit=45)
    if head.tags & {"give", "handover"} and places.at(places.head + 1, places.object):
        hit = places.at(places.head + 1, places.object)  # "gi politiet opplysninger og adgang til stedet"
    if hit and head.tags & {"notify"} and not head.tags & {"give"} and hit[0].left > places.head + 4:
        hit = []  # "informeres om adgangen til å klage til X"
    lays_before = head.lower.startswith(("forel", "førel")) or draft.match.rule.id.startswith("share/lay")
    if not hit and (head.tags & {"make", "handover", "access"} or lays_before or direction == "secrecy"):
        hit = places.after("for", limit=45)
    hit = hit or places.directly()
    if not hit and (direction == "both" or head.tags & {"handover", "share_n"}):
        hit = places.after("fra", "frå", "med", "hos", "mellom")
    if hit:
        return ids_of(hit), "recipient"
    told = (
        head.tags & {"notify", "hear"}
        or object_.tags & {"attentive", "known", "told", "opportunity"}
        or (head.tags & {"give", "tell"} and object_ is not head)
    )
    if draft.subject and told and is_passive(draft.reading.tree, draft.norm, places.head):
        return ids_of(draft.subject), "subject of the passive"
    if draft.subject and head.tags & {"opportunity", "view"}:
        return ids_of(draft.subject), "subject who gets it"
    following = " ".join(token.lower for token in places.tokens[places.head + 1 : places.head + 4])
    if head.tags & {"notify", "tell", "give"} and _THE_OTHER.match(following):
        return ("person",), "the other party"
    return (), ""


def _source(places: Places) -> Answer:
    draft = places.draft
    compares = bool(draft.head.tags & {"compare"})
    hit = places.after("fra", "frå", "hos", "av")
    if not hit and (compares or draft.object.tags & {"access"}):
        hit = [m for m in places.after("i") if set(m.ids) & _REGISTERS]
    hit = hit or [m for _, m in places.inside if "folkeregister_og_skatt" in m.ids]
    if not hit and draft.object.tags & {"opinion"}:  # "innhente politiets vurdering"
        hit = [m for _, m in places.inside if m.genitive and places.head < m.first < places.object]
    if not hit and compares:
        hit = places.after("mot", "med") or [m for _, m in places.inside if m.genitive and m.first > places.head]
    return _said(hit or places.anywhere_after("fra", "frå"), "source")


def _ordered(places: Places) -> Answer:
    if is_passive(places.draft.reading.tree, places.draft.norm, places.head):
        return _said(places.directly() or places.after("til", "overfor"), "the one ordered")
    hit = [
        m
        for _, m in places.inside
        if places.head < m.first < places.object and m.preposition in ("", "om", "av", "fra", "frå") and not m.genitive
    ]
    hit = hit or places.after("fra", "frå", "av", "hos")
    hit = hit or [
        m for m in places.mentions if places.head < m.first < places.object and not m.preposition and not m.genitive
    ]
    return _said(hit, "the one ordered")


def _needing(places: Places) -> Answer:
    persons = [
        m
        for m in places.mentions
        if m.first > places.object and set(m.ids) & PERSONS and not m.genitive and not m.attribute
    ]
    return (persons[0].ids if persons else ("person",)), "who has the need"


def _works_on_with(places: Places, hit: list[Mention]) -> list[Mention]:
    """The partner of the same verb said again: "samarbeider med X når …, og samarbeider med Y"."""
    tokens = places.tokens
    again = [
        i
        for i in range(hit[-1].last + 1, len(tokens) - 1)
        if tokens[i].lower == places.draft.head.lower and tokens[i + 1].lower == "med" and tokens[i - 1].lower == "og"
    ]
    return [
        m for i in again for k, one in enumerate(places.mentions) if one.left == i + 2 and not one.genitive
        for m in chain(places.mentions, k)
    ]  # fmt: skip


def _owners_after_with(places: Places) -> list[Mention]:
    tokens = places.tokens
    start = next((i for i in range(places.head + 1, len(tokens)) if tokens[i].lower == "med"), None)
    if start is None or start > places.head + 2:
        return []
    owners = [m for m in places.mentions if m.first > start and m.genitive and not set(m.ids) & PERSONS]
    return owners if owners and owners[0].left == start + 1 else []


def _whose_task(places: Places) -> list[Mention]:
    """As in "medvirke i kommunens arbeid", "medvirke til at hensynet ivaretas av andre organer"."""
    tokens, head = places.tokens, places.head
    if [token.lower for token in tokens[head + 1 : head + 3]] == ["til", "at"]:
        return [m for m in places.mentions if m.first > head and m.preposition == "av" and m.other][:1]
    return [
        m
        for m in places.mentions
        if m.genitive and m.left == head + 2 and tokens[head + 1].lower == "i" and not set(m.ids) & PERSONS
        and any(token.lower.endswith(("arbeid", "arbeidet")) for token in tokens[m.last + 1 : m.last + 4])
    ]  # fmt: skip


def _partner(places: Places) -> Answer:
    category = places.draft.match.rule.category
    hit = places.after("med", "mellom", "hos")
    if hit and category == "cooperation":
        hit = hit + _works_on_with(places, hit)
    if not hit and category == "coordination":  # "samordnes med kommunenes og fylkeskommunenes planer"
        hit = _owners_after_with(places)
    if not hit and places.draft.head.lower.startswith(("medvirk", "medverk")):
        hit = _whose_task(places)
    if not hit and places.draft.head.tags & {"consult_v"}:
        hit = places.directly()  # "konsultere politiet", "kontakte skolen"
    if not hit and category == "individual_plan":  # "kommunens arbeid med planen"
        hit = [
            m
            for _, m in places.inside
            if m.genitive and not set(m.ids) & PERSONS and m.last + 1 < len(places.tokens)
            and places.tokens[m.last + 1].lower.startswith("arbeid")
        ]  # fmt: skip
    if not hit and category in ("individual_plan", "coordination"):
        hit = places.after("for", "til", "fra", "frå", "av", start=places.head)
        if category == "individual_plan":  # "ansvar for planen og for oppnevning av koordinator"
            hit = [m for m in hit if not set(m.ids) <= COORDINATORS]
        if places.draft.match.rule.id in ("coordination/verb", "coordination/noun"):
            hit = [m for m in hit if not set(m.ids) & PERSONS]  # "samordne tilbudet til barn": whom it is for
    if not hit and category == "cooperation":
        hit = places.after("til", "overfor", start=places.head, limit=10)
    return _said(hit, "partner")


def _helped(places: Places) -> Answer:
    tree, head = places.draft.reading.tree, places.head
    verb = places.draft.head
    helps = verb.tags & {"assist_v", "guide_v"} or verb.lower.startswith("involver")
    if helps and places.draft.subject and is_passive(tree, places.draft.norm, head):
        return ids_of(places.draft.subject), "subject of the passive"
    hit = places.directly() or places.after("til", "overfor", "hos", "fra", "frå", "av", limit=20)
    if not hit and places.draft.head.tags & {"assist_v"}:  # "støtte kommunens arbeid"
        hit = [m for _, m in places.inside if m.genitive and m.left == head + 1 and not set(m.ids) & PERSONS]
    if not hit and places.draft.head.tags & {"assist_v"}:
        hit = places.after("i", start=head, limit=10)
        if not hit and head + 1 < len(places.tokens) and tree.of[head + 1] != tree.of[head]:
            # "skal bistå der retten ber om det"
            hit = [
                m
                for m in places.mentions
                if m.first > head and not m.genitive and not m.attribute and m.preposition == ""
            ][:1]
    return _said(hit, "helped")


def _asker(places: Places) -> Answer:
    if places.draft.head.lower == "svar" and places.draft.subject:
        return ids_of(places.draft.subject), "subject who receives"
    hit = places.after("fra", "frå", "til", "overfor")
    return ids_of(hit) or ("person",), "who asks for it"


_FINDERS: dict[str, Callable[[Places], Answer]] = {
    "attention": _measures,
    "to": _recipient,
    "both": _recipient,
    "secrecy": _recipient,
    "from": _source,
    "order": _ordered,
    "receive": lambda places: _said(places.draft.subject, "subject who receives"),
    "right": lambda places: _said(
        places.after("fra", "frå", "hos", "av", "mot", "overfor", start=places.head), "source"
    ),
    "person": lambda _: (("person",), "the data subject"),
    "need": _needing,
    "answer": _asker,
    "with": _partner,
    "object": _helped,
}


def _listed(places: Places) -> Ids:
    """The bodies of the list behind "følgende organer", "desse organa"; nobody where no such list stands."""
    tokens, behind = places.tokens, 0
    for _, m in places.inside:
        words = {tokens[i].lower for i in range(max(0, m.left - 1), m.first)}
        if words & _FOLLOWING and not m.genitive and set(m.ids) <= _IN_GENERAL:
            behind = m.last
            break
    if not behind:
        return ()
    items = [m for m in places.mentions if m.first > behind and not m.genitive and _opens_item(places, m)]
    return ids_of(items) if len(items) > 1 else ()


def _opens_item(places: Places, mention: Mention) -> bool:
    return any(places.tokens[i].opens for i in range(mention.left, mention.first + 1))


def recipients(draft: Draft) -> Answer:
    """The other party that the sentence names, and how it was found; nobody where it names none."""
    finder = _FINDERS.get(draft.match.rule.direction)
    if not finder:
        return (), ""
    places = Places(draft)
    ids, source = finder(places)
    if set(ids) <= _IN_GENERAL:
        listed = _listed(places)
        if listed:
            return listed, "recipient"
    return ids, source

"""The other party where the clause does not name it: who asks, whom the purpose names, what the section has said."""

from __future__ import annotations

import re

from duties.draft import Draft
from duties.memory import COORDINATORS, PERSONS, Ids, all_persons
from duties.parties import chain, ids_of

_REQUESTS = ("anmodning", "forespørsel", "førespurnad", "oppmoding", "pålegg", "krav", "begjæring", "oppfordring")
_ASKS = frozenset("ber bed krever krev anmoder forlanger pålegger trenger treng".split())
_ANOTHER = frozenset("nye ny annen anna andre".split())
_TAKEN_UP = re.compile(
    r"""\b(?: opplysning(?:ene|ane)|opplysinga(?:ne)?|melding(?:en|a)|varsel?et|slike?|samarbeidet|informasjonen
            | informasjona|disse|desse|planen|avtalen|avtala|dokumentene|rapporten|dette|bistanden )\b""",
    re.VERBOSE | re.IGNORECASE,
)
# "Klage til statsforvalteren" tells where a person turns, not whom the section's information goes to.
_TO_ASK = re.compile(
    r"\b(?:klage|anke|begjæring|søknad|krav|rett|plikt|tilgang|tilskudd|tilskot)\w* til\b", re.IGNORECASE
)
_JOINT = re.compile(r"samarbeid|samordn|koordinerande|koordinerende")
_SHARES = re.compile(r"dele|dela|utveksle|utveksla")
_OWN_WORDS = frozenset({"both sides"})
_STATED = frozenset({"each other", "recipient", "partner", "named in the purpose"})


def find_counterpart(draft: Draft) -> None:
    """Fill in the other party, the nearest source first; leave it empty where nothing tells."""
    for source in (_who_ordered, _who_has_the_right, _each_other, _for_whom, _who_asks, _in_the_purpose, _earlier):
        if draft.counterpart:
            break
        source(draft)
    if not draft.counterpart and draft.match.rule.direction == "to":
        _the_person(draft)
    if not draft.counterpart and draft.match.rule.id == "cooperation/assistance":
        _such_help(draft)
    if not draft.counterpart and draft.match.rule.id == "cooperation/assist":
        _whose_work(draft)
    _another_than_the_bearer(draft)


def _who_ordered(draft: Draft) -> None:
    """After a power to order information: those ordered give it to whom may order it."""
    if draft.match.rule.direction == "to" and draft.bearer_from in ("ledd", "section", "act"):
        ordered, orderer = draft.reading.memory.ordered()
        if ordered and orderer:
            draft.bound(ordered, "those ordered")
            draft.other(orderer, "who ordered")


def _who_has_the_right(draft: Draft) -> None:
    """After a right to information: "Slike opplysninger kan nektes gitt …"."""
    ledd = draft.reading.memory.ledd
    if (
        draft.match.rule.direction != "to"
        or not ledd
        or draft.bearer_from not in ("ledd", "section", "act", "", "subject")
    ):
        return
    right = ledd[-1]
    if right.modality != "right" or right.category != "information_to_person":
        return
    if draft.bearer_from != "subject" or not set(draft.bearer) & set(right.bearer):
        draft.other(right.bearer, "ledd")
        draft.bearer = right.counterpart or draft.bearer


def _each_other(draft: Draft) -> None:
    """Several subjects that work together, agree or share: each is the other's partner."""
    shares = _SHARES.fullmatch(draft.head.lower) and draft.match.rule.id == "share/handover"
    if shares and draft.bearer_from == "subject" and not set(draft.bearer) & PERSONS and not draft.passive:
        if len(draft.bearer) > 1 or (
            draft.subject and (draft.subject[0].plural or draft.bearer == ("helsepersonell",))
        ):
            draft.other(draft.bearer, "each other")
        return
    if draft.match.rule.id not in ("cooperation/verb", "agreement/bodies") or draft.bearer_from != "subject":
        return
    if draft.head.lower in ("samarbeidet", "avtalen", "avtala") or set(draft.bearer) & PERSONS:
        return
    if len(draft.bearer) > 1 or (draft.subject and draft.subject[0].plural):
        draft.other(draft.bearer, "each other")


def _for_whom(draft: Draft) -> None:
    """A plan or a coordinator is for a person, unless several services work on it together."""
    if draft.match.rule.id == "plan/taken-up" and not draft.head.tags & {"coop_v", "take_part"}:
        needs = [m for m in draft.reading.mentions if m.ids == ("person",) and not m.genitive and not m.attribute]
        with_others = any(_JOINT.search(token.lower) for token in draft.tokens)
        # "Har en elev behov for …, skal kommunen sørge for"
        if needs and not with_others and draft.norm.operator == "ensure":
            draft.other(needs[0].ids, "for whom")
        return
    if draft.match.rule.id not in ("coordination/coordinator", "plan/individual") or draft.modality == "right":
        return
    head = draft.match.head
    joint = [i for i in draft.norm.members if _JOINT.search(draft.tokens[i].lower)]
    if any(i < head + 6 and head - i <= 14 for i in joint) and "koordinator" not in draft.bearer:
        return
    appointed = [m for m in draft.reading.mentions if set(m.ids) <= COORDINATORS and m.preposition == "av"]
    if draft.bearer == ("koordinerende_enhet",) and appointed:  # "ansvar for oppnevning av koordinator"
        if draft.match.rule.id == "coordination/coordinator":
            draft.other(ids_of(chain(draft.reading.mentions, draft.reading.mentions.index(appointed[0]))), "for whom")
        return
    persons = [m.ids for m in draft.reading.mentions if set(m.ids) & PERSONS and not m.genitive]
    draft.other(persons[0] if persons else ("person",), "for whom")


def _who_asks(draft: Draft) -> None:
    """As in "på anmodning fra X", "når X ber om det"."""
    if draft.match.rule.direction not in ("to", "object", "with", "both"):
        return
    tree, tokens = draft.reading.tree, draft.tokens
    for k, m in enumerate(draft.reading.mentions):
        if m.genitive or set(m.ids) & set(draft.bearer) or m.ids == ("andre",):
            continue
        before = tokens[max(0, m.left - 3) : m.left]
        after = tokens[m.last + 1 : m.last + 4]
        requested = m.preposition in ("fra", "frå") and any(token.lower.startswith(_REQUESTS) for token in before)
        asking = tree.clauses[tree.of[m.first]].kind in ("condition", "relative") and any(
            token.lower in _ASKS for token in after
        )
        if requested or asking:
            asking_too = ids_of(chain(draft.reading.mentions, k)) if requested else m.ids
            draft.other(tuple(one for one in asking_too if one not in draft.bearer), "who asks for it")
            return


def _in_the_purpose(draft: Draft) -> None:
    """As in "slik at den nye barnehagen kan …": another one than the bearer, named in a clause below."""
    if draft.match.rule.direction not in ("to", "both"):
        return
    tree = draft.reading.tree
    for m in draft.reading.mentions:
        asked = {token.lower for token in draft.tokens[max(0, m.left - 3) : m.left]} & {"bistand", "hjelp"}
        if m.first > draft.match.head and asked and m.preposition in ("fra", "frå") and draft.category == "sharing":
            draft.other(m.ids, "named in the purpose")  # "gi opplysninger for å innhente bistand fra politiet"
            return
        below = tree.clauses[tree.of[m.first]].kind in ("purpose", "relative", "condition")
        another = m.other or any(token.lower in _ANOTHER for token in draft.tokens[m.left : m.first])
        stands = not m.genitive and not m.attribute and m.preposition != "av"
        if m.first > draft.match.head and below and another and stands:
            draft.other(m.ids, "named in the purpose")
            return


def _earlier(draft: Draft) -> None:
    """From what the ledd, the section or its heading has said."""
    rule, memory, category = draft.match.rule, draft.reading.memory, draft.category
    if rule.direction not in ("to", "from", "both", "with"):
        return
    kinds: tuple[str, ...] = ("information_sharing", "information_to_person") if category == "sharing" else (category,)
    if rule.direction == "from":
        kinds = ("information_sharing",)
    if category in ("individual_plan", "coordination"):
        kinds = (*kinds, "cooperation")
    takes_up = bool(_TAKEN_UP.search(draft.reading.unit.text)) or category in ("coordination", "individual_plan")
    for frames, name in ((memory.ledd, "ledd"), (memory.section, "section")):
        for frame in reversed(frames):
            if frame.category not in kinds or not frame.counterpart:
                continue
            if set(frame.counterpart) & set(draft.bearer) and set(frame.bearer) - set(draft.bearer):
                continue
            if name == "ledd" or takes_up or frame.bearer == draft.bearer:
                providers = "tjenesteytere" in frame.counterpart and category == "coordination"
                draft.other(("tjenesteytere",) if providers else frame.counterpart, name)
                return
    if category == "sharing":
        _in_section_or_heading(draft, kinds)


def _in_section_or_heading(draft: Draft, kinds: tuple[str, ...]) -> None:
    direction = draft.match.rule.direction
    if direction == "to":
        known = {
            frame.counterpart
            for frame in draft.reading.memory.section
            if frame.category in kinds and frame.counterpart and frame.modality != "right"
        }
        if len(known) == 1 and not set(next(iter(known))) & set(draft.bearer):
            draft.other(next(iter(known)), "section")
            return
    if direction in ("to", "both"):
        ids = _in_heading(draft)
        if ids and not set(ids) & set(draft.bearer):
            draft.other(ids, "heading")


def _in_heading(draft: Draft) -> Ids:
    """The body that the heading names as recipient: "Opplysninger til barnevernet"."""
    title = draft.reading.section.title
    for mention in draft.reading.memory.context.mentions(title):
        before = title[: mention.start]
        towards = set(before.split()[-3:]) & {"til", "overfor", "andsynes"}
        if towards and mention.kind == "body" and not mention.genitive and not _TO_ASK.search(before):
            return mention.ids
    return ()


def _the_person(draft: Draft) -> None:
    """Informasjon (not opplysninger) without a recipient is for the person, where the ledd speaks of one."""
    if draft.category != "sharing" or not draft.object.lower.startswith(("informasjon", "veiledning")):
        return
    memory = draft.reading.memory
    speaks = any("person" in m.ids for m in memory.context.mentions(draft.reading.flow.text))
    if speaks or any(frame.category == "information_to_person" for frame in memory.section):
        draft.other(("person",), "information for the person")


def _such_help(draft: Draft) -> None:
    """As in "Politiet skal yte slik bistand": to whom the ledd has let ask for it."""
    if draft.tokens[draft.match.head - 1].lower not in ("slik", "slike"):
        return
    for frame in reversed(draft.reading.memory.ledd):
        if set(frame.counterpart) & set(draft.bearer) and not set(frame.bearer) & {*draft.bearer, *PERSONS}:
            draft.other(frame.bearer, "ledd")
            return


def _whose_work(draft: Draft) -> None:
    """As in "Politiet skal bistå ved gjennomføringen": another body's work, whose the section speaks of."""
    following = draft.tokens[draft.match.head + 1 : draft.match.head + 2]
    if [token.lower for token in following] not in (["ved"], ["med"], ["i"]) or not draft.bearer:
        return
    if any(set(m.ids) & PERSONS and m.first > draft.match.head for m in draft.reading.mentions):
        return
    ids, source = draft.reading.memory.bearer(draft.bearer)
    if ids and source in ("ledd", "section", "act") and not set(ids) & {*draft.bearer, "andre", "stat"}:
        draft.other(ids, source)


def _another_than_the_bearer(draft: Draft) -> None:
    """Take the bearer out of the other party, unless the words say that another one of the kind is meant."""
    same = set(draft.bearer) & set(draft.counterpart)
    if not same or draft.match.rule.direction == "right" or draft.category == "cooperation_agreement":
        return
    if draft.bearer_from in _OWN_WORDS or draft.counterpart_from in _STATED or len(draft.counterpart) == 1:
        return
    others = {one for m in draft.reading.mentions if m.other for one in m.ids}
    draft.counterpart = tuple(one for one in draft.counterpart if one not in same or one in others)


__all__ = ["all_persons", "find_counterpart"]

"""Who is bound: the subject, the agent of a passive, the responsible body, or whom the section speaks of."""

from __future__ import annotations

import re

from duties.draft import Draft
from duties.memory import PERSONS, all_persons
from duties.norms import is_passive
from duties.parties import Mention, chain, ids_of

HEARD = frozenset({"person/opportunity", "person/view"})
_RECEIVES = frozenset("få fått får motta mottatt mottar mottek ha".split())
_RECEIVED = frozenset("får mottar mottek".split())
_REQUIRES = frozenset("kreve krevje krevja forlange be".split())
_EXCHANGES = re.compile(r"utveks\w*|dele[rs]?|dela|delar|delast")
_RIGHT_TO_DO = re.compile(r"\bå (?!få|se|gjøre|gjere|motta|kreve|innhente|bli|ha|krevje|hente|sjå|kunne|vite)")


def find_bearer(draft: Draft) -> bool:
    """Say who is bound; False where the draft turns out to be no norm."""
    direction, operator = draft.match.rule.direction, draft.norm.operator
    if direction == "do-so":
        if not _does_so(draft):
            return False
    elif direction == "receive":
        if not _receives(draft):
            return False
    elif direction == "answer" and draft.head.lower == "svar":
        draft.bound(*draft.reading.memory.bearer(draft.counterpart))  # "Eleven skal få svar"
    elif direction == "right":
        if not _has_right(draft):
            return False
    elif direction == "order" and draft.subject:
        _orders(draft)
    elif operator == "assign":
        _appoints(draft)
    elif operator == "ensure":
        _ensures(draft)
    elif operator == "demand":
        _demands(draft)
    elif draft.passive and draft.modality == "right" and draft.subject:
        receiver = ids_of(draft.subject)
        draft.bound(receiver, "subject")
        draft.other(*draft.reading.memory.bearer(receiver))
    elif draft.passive and draft.subject and _asks_to_be_told(draft):
        _in_passive(draft)  # "Kommunen kan kreve å bli underrettet av skolen": who tells is the other party
        receiver = ids_of(draft.subject)
        teller = (draft.bearer, "agent") if draft.bearer_from == "agent" else draft.reading.memory.bearer(receiver)
        draft.bound(receiver, "subject")
        draft.other(*teller)
        if all_persons(receiver):
            draft.modality = "right"
    elif draft.passive:
        _in_passive(draft)
    elif draft.modality == "right" and draft.match.rule.id in HEARD:
        _may_be_heard(draft)
    elif draft.subject and not _is_heard(draft):
        draft.bound(ids_of(draft.subject), "subject")
    _by_other_words(draft)
    agreement = draft.reading.memory.agreement
    if not draft.bearer and draft.match.rule.id == "agreement/taken-up" and agreement is not None:
        draft.bound(agreement.bearer, "section")
        draft.other(agreement.counterpart, "section")
    if not draft.bearer:
        others = {one for m in draft.reading.mentions if m.other for one in m.ids}  # "annet helsepersonell"
        draft.bound(*draft.reading.memory.bearer(tuple(one for one in draft.counterpart if one not in others)))
    return True


def _is_heard(draft: Draft) -> bool:
    """As in "Eleven skal gis anledning til å uttale seg": the subject has it, another is bound."""
    return draft.match.rule.id in HEARD and all_persons(ids_of(draft.subject or draft.outer))


def _may_be_heard(draft: Draft) -> None:
    """As in "Eleven har rett til å uttale seg": the one who is heard has the right, another owes it."""
    before = [frame for frame in draft.reading.memory.section if frame.category == "information_to_person"]
    heard = before[-1].bearer if before and before[-1].modality == "right" else before[-1].counterpart if before else ()
    who = (
        ids_of(draft.subject) or draft.counterpart or heard
    )  # "Retten til å uttale seg gjelder …": whom the ledd names
    if who and all_persons(who):
        draft.bound(who, "subject")
        draft.other(*draft.reading.memory.bearer(who))


def _by_other_words(draft: Draft) -> None:
    """As in "… gjelder for X", the subject of the clause above, "mellom X og Y"."""
    mentions = draft.reading.mentions
    if draft.applies:
        behind = draft.main.finite or 0
        for k, m in enumerate(mentions):
            if m.preposition == "for" and m.first > behind and m.follows == -1 and not m.genitive:
                draft.bound(ids_of(chain(mentions, k)), "for whom it holds")
                break
    if not draft.bearer and not draft.bearer_from and not draft.passive and draft.outer and not _is_heard(draft):
        draft.bound(ids_of(draft.outer), "subject")
    parties = [m for m in mentions if m.preposition == "mellom" and draft.inside(m) and not m.genitive]
    both = ids_of(parties)
    exchanges = bool(_EXCHANGES.fullmatch(draft.head.lower) and parties and (len(both) > 1 or parties[0].plural))
    mutual = exchanges or (draft.match.rule.direction in ("with", "both") and len(both) > 1)
    if mutual and (not draft.bearer or exchanges or draft.category == "cooperation_agreement"):
        draft.bound(both, "both sides")
        draft.counterpart = both


def _does_so(draft: Draft) -> bool:
    """As in "Den som blir pålagt å gi opplysninger, plikter å gjøre dette"."""
    head = draft.match.head
    before, after = draft.tokens[:head], draft.tokens[head + 1 : head + 3]
    if not any(token.lower in ("dette", "det") for token in after):
        return False
    if not any(token.tags & {"give", "handover"} for token in before):
        return False
    if not any(token.tags & {"info", "doc"} for token in before):
        return False
    if any(token.tags & {"order"} for token in before):
        ordered, orderer = draft.reading.memory.ordered()
        draft.bound(ordered, "section")
        draft.other(orderer, "section")
    if not draft.bearer and draft.subject:
        draft.bound(ids_of(draft.subject), "subject")
    return True


def _receives(draft: Draft) -> bool:
    """As in "X skal få melding": the giver is bound."""
    match, verb, finite = draft.match, draft.head.lower, draft.finite
    if not draft.subject or verb not in _RECEIVES:
        return False
    if verb == "ha" and (
        finite not in ("skal", "bør")
        or not draft.object.tags & {"info"}
        or "register" in draft.object.lower
        or not 0 < match.object - match.head <= 6
    ):
        return False
    if verb in _RECEIVED and draft.norm.operator == "" and draft.main.finite != match.head:
        return False
    if finite == "får" and draft.main.finite != match.head:
        return False
    between = " ".join(token.lower for token in draft.between)
    if "rett" in between or "tilgang" in between:
        return False
    if draft.modality == "right":
        receiver = ids_of(draft.subject)
        draft.bound(receiver, "subject")
        sources = [m for m in draft.reading.mentions if m.preposition in ("fra", "frå") and draft.inside(m)]
        draft.other(ids_of(sources[:1]), "source") if sources else draft.other(*draft.reading.memory.bearer(receiver))
        return True
    givers = [
        m
        for m in draft.reading.mentions
        if m.preposition in ("fra", "frå", "av", "hos", "gjennom") and draft.inside(m) and not m.genitive
    ]
    if draft.norm.operator == "ensure" and draft.outer:
        draft.bound(ids_of(draft.outer), "subject")
    elif givers and not set(givers[0].ids) & PERSONS:
        draft.bound(givers[0].ids, "agent")
    else:
        draft.bound(*draft.reading.memory.bearer(draft.counterpart))
    draft.bearer_from = draft.bearer_from or "nobody"
    return True


def _has_right(draft: Draft) -> bool:
    """As in "X har rett til opplysninger": X is the one who has it."""
    if draft.modality != "right" and not draft.applies:
        return False
    draft.modality = "right"
    if draft.subject:
        draft.bound(ids_of(draft.subject), "subject")
    if _RIGHT_TO_DO.search(" ".join(token.lower for token in draft.between[1:])):
        return False
    if not draft.counterpart:
        draft.other(*draft.reading.memory.bearer(draft.bearer))
    return True


def _orders(draft: Draft) -> None:
    """As in "X kan pålegge Y å gi opplysninger", "Y kan pålegges å gi X opplysninger"."""
    subject = ids_of(draft.subject)
    if not is_passive(draft.reading.tree, draft.norm, draft.match.head):
        draft.bound(subject, "subject")
        return
    orderer = tuple(one for one in draft.counterpart if one not in subject)
    draft.bound(orderer or draft.reading.memory.bearer(subject)[0], "who may order")
    draft.other(subject, "those ordered")


def _appoints(draft: Draft) -> None:
    """As in "I institusjonen skal det utpekes en person som har ansvaret for …"."""
    mentions = draft.reading.mentions
    if draft.outer and not all_persons(ids_of(draft.outer)):
        draft.bound(ids_of(draft.outer), "the one who appoints")
        return
    members, finite = set(draft.main.members), draft.main.finite
    draft.outer = []
    for k, m in enumerate(mentions):
        if m.preposition == "i" and m.first in members and finite is not None and m.first < finite:
            draft.bound(ids_of(chain(mentions, k)), "where one is appointed")
            return


def _ensures(draft: Draft) -> None:
    """As in "Kommunen skal sørge for at skolen samarbeider": both, the responsible one first."""
    responsible = ids_of(draft.outer)
    acting = () if draft.passive or draft.head.tags & {"get"} else ids_of(draft.subject)
    both = (*responsible, *(one for one in acting if one not in PERSONS or one in responsible))
    if not responsible:
        both = (*draft.reading.memory.bearer(draft.counterpart)[0], *both)
    draft.bound(tuple(dict.fromkeys(both)), "responsible and acting")


def _demands(draft: Draft) -> None:
    """As in "X kan kreve at Y gir opplysninger": X may, Y is asked."""
    draft.bound(ids_of(draft.outer), "subject of the demand")
    if not draft.subject or draft.passive:
        return
    draft.other(ids_of(draft.subject), "the one demanded")
    if not draft.bearer:
        draft.bound(draft.reading.memory.bearer(())[0], "context")


def _asks_to_be_told(draft: Draft) -> bool:
    head = draft.match.head
    words = [token.lower for token in draft.tokens[max(0, head - 4) : head]]
    return any(
        ask in _REQUIRES and words[k + 1 : k + 2] == ["å"] and words[k + 2 : k + 3] in (["bli"], ["verte"], ["få"])
        for k, ask in enumerate(words)
    )


def _in_passive(draft: Draft) -> None:
    """The agent ("av X"), else the owner of what is sent ("X-s vedtak skal sendes")."""
    mentions, head = draft.reading.mentions, draft.match.head
    agents = [
        k
        for k, m in enumerate(mentions)
        if m.preposition == "av" and draft.inside(m) and m.first > head and not m.genitive and m.follows == -1
    ]
    if agents and not draft.head.lower.startswith("samarbeid"):
        draft.bound(ids_of(chain(mentions, agents[0])), "agent")
        return
    owners = ids_of([m for m in mentions if _owns(draft, m)])
    if owners and not set(owners) & PERSONS:
        draft.bound(owners, "owner of what is sent")
    elif draft.head.tags & {"have"} and draft.counterpart and set(ids_of(draft.subject)) - set(draft.counterpart):
        draft.bound(ids_of(draft.subject), "subject")


def _owns(draft: Draft, mention: Mention) -> bool:
    finite = draft.main.finite
    return (
        mention.genitive
        and draft.inside(mention)
        and finite is not None
        and mention.first < finite
        and bool(draft.head.tags & {"handover", "give"})
    )

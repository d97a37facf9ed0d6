"""The category by the kind of the other party, and whether a draft stands."""

from __future__ import annotations

from msgspec import structs

from duties.bearer import HEARD
from duties.draft import Draft, Trace
from duties.memory import PERSONS, all_persons
from duties.named_acts import actors_of_acts
from duties.parties import ids_of

_NO_AGREEMENT = frozenset({"andre", "frivillig_og_privat", "arbeidsgiver", *PERSONS})
_WITH_PERSON = ("cooperation/verb", "cooperation/noun", "cooperation/consult")
_WITHOUT = frozenset(
    """hinder hindring hensyn omsyn opphold opphald unødig unødvendig ugrunnet ugrunna grunn samtykke at å tillatelse
    løyve noe noko""".split()
)
_GIVING = frozenset({"give", "handover", "make", "share_n"})


def decide(draft: Draft) -> list[Trace]:
    """The frames that come of a draft: none where the rule's own limits forbid it, two where it tells both kinds."""
    rule = draft.match.rule
    parties = _split(draft)
    if parties is not None:
        return parties
    _choose_category(draft)
    if rule.id == "cooperation/verb" and _contributes_in_private(draft):
        return []
    if rule.id == "share/make-aware" and draft.object.tags & {"known"} and not _makes_something_known(draft):
        return []
    if _tells_nobody(draft) or not _within_limits(draft):
        return []
    if rule.id == "share/access" and draft.modality == "duty":
        draft.modality = "permission"  # "skal ha tilgang til" lets the body in; it binds nobody
    if rule.modality:
        draft.modality = rule.modality  # type: ignore[assignment]
    _as_secrecy(draft)
    if draft.modality == "right" and (
        rule.id == "coordination/coordinator" or (draft.category == "individual_plan" and not draft.counterpart)
    ):
        if rule.id == "coordination/coordinator":
            draft.bearer = ids_of(draft.subject) or draft.bearer
        owing = tuple(
            "kommune" if one == "kommunal_helse_og_omsorg" else one for one in actors_of_acts(draft.reading.unit.text)
        )
        if owing:
            draft.other(owing, "the act that the right rests on")
        else:
            draft.other(*draft.reading.memory.bearer(draft.bearer))
    return [draft.trace()]


def _contributes_in_private(draft: Draft) -> bool:
    """Whether "medvirke til at" binds no public body: then it is a duty to act, not to work together."""
    words = [token.lower for token in draft.tokens[draft.match.head : draft.match.head + 3]]
    contributes = words[0].startswith(("medvirk", "medverk")) and words[1:] == ["til", "at"]
    return contributes and (not draft.bearer or bool(set(draft.bearer) & {*_NO_AGREEMENT, "ansatte"}))


def _tells_nobody(draft: Draft) -> bool:
    """Signs for the public, knowledge spread in general, and how information given elsewhere is to look."""
    if draft.counterpart_from in ("recipient", "subject of the passive", "the other party", "source"):
        return False
    if draft.match.rule.id == "share/make-aware" and draft.object.tags & {"attentive"} and not draft.counterpart:
        return draft.passive and not draft.subject
    if draft.match.rule.id == "share/handover" and draft.object.lower.startswith("kunnskap"):
        return True
    following = [token.lower for token in draft.tokens[draft.match.head + 1 : draft.match.head + 3]]
    manner = following[:1] in (["uten"], ["utan"]) and not set(following) & _WITHOUT
    return manner and draft.passive and draft.modality == "duty" and draft.category == "sharing"


def _makes_something_known(draft: Draft) -> bool:
    """Whether one is told, or information is what is made known: not "gjøre ordningen kjent"."""
    said = draft.counterpart_from in ("recipient", "subject of the passive", "the other party")
    following = draft.tokens[draft.match.object + 1 : draft.match.object + 2]
    if [token.lower for token in following] in (["med"], ["for"]):
        return True
    told = any(draft.tokens[i].tags & {"info", "doc", "decision"} for i in draft.norm.members)
    return said or told


def _split(draft: Draft) -> list[Trace] | None:
    """A sentence that tells bodies and persons is two norms."""
    persons = tuple(one for one in draft.counterpart if one in PERSONS)
    bodies = tuple(one for one in draft.counterpart if one not in PERSONS)
    together = draft.match.rule.id in _WITH_PERSON and draft.category == "cooperation"
    if not together and (draft.category != "sharing" or draft.match.rule.direction not in ("to", "receive")):
        return None
    if not persons or not bodies or set(draft.bearer) & PERSONS:
        return None
    if together and draft.head.lower in ("kontakt", "kontakten"):
        draft.counterpart = bodies
        return None
    traces = []
    for category, ids in (
        ("cooperation" if together else "information_sharing", bodies),
        ("information_to_person", persons),
    ):
        draft.category, draft.counterpart = category, ids
        traces.append(structs.replace(draft.trace(), split=True))
    return traces


def _choose_category(draft: Draft) -> None:
    """information_sharing or information_to_person; working together with the person is the latter too."""
    direction = draft.match.rule.direction
    personal = bool(draft.counterpart) and all_persons(draft.counterpart)
    if draft.category == "cooperation" and personal and draft.match.rule.id in _WITH_PERSON:
        draft.category = "information_to_person"
    takes_part = draft.category == "cooperation" and draft.modality == "right" and draft.head.tags & {"coop_v"}
    if takes_part and draft.bearer and all_persons(draft.bearer) and not draft.counterpart:
        draft.category = "information_to_person"  # "har rett til å medvirke": borderline by the guideline
        draft.other(*draft.reading.memory.bearer(draft.bearer))
    if draft.category != "sharing":
        return
    to_person = False
    if draft.modality == "right" and (direction == "receive" or (direction == "to" and draft.passive)):
        to_person = bool(draft.bearer) and all_persons(draft.bearer)
    elif direction == "right":
        to_person = all_persons(draft.bearer)
        subject = draft.reading.memory.subject
        if not draft.bearer and subject and all_persons(subject):
            draft.bearer = subject
    elif direction == "from":
        to_person = bool(draft.bearer) and all_persons(draft.bearer) and draft.bearer_from == "subject"
        words = {draft.tokens[i].lower for i in draft.main.members}
        if to_person and ("rett" in words or draft.object.tags & {"right_n"}) and draft.modality != "prohibition":
            draft.modality = "right"
    elif direction == "answer":
        to_person = personal
    elif personal and direction in ("to", "receive"):
        to_person = not set(draft.bearer) & PERSONS or all_persons(draft.bearer)
    elif personal and direction == "both":
        to_person = not set(draft.bearer) & PERSONS
    draft.category = "information_to_person" if to_person else "information_sharing"


def _within_limits(draft: Draft) -> bool:
    """Whether the parties are of the kinds that the rule asks for (``only``)."""
    match draft.match.rule.only:
        case "person" if draft.match.rule.id in HEARD and draft.modality == "right":
            return bool(draft.bearer) and all_persons(draft.bearer)
        case "person":
            return draft.category != "information_to_person" or (
                bool(draft.counterpart) and all_persons(draft.counterpart)
            )
        case "body":
            return not all_persons(draft.counterpart) or _unnamed_help(draft)
        case "known":
            return bool(draft.counterpart)
        case "explicit":
            return draft.counterpart_from in ("recipient", "partner")
        case "bodies":
            return _between_bodies(draft)
        case "prohibition":
            return draft.modality == "prohibition"
        case _:
            return True


def _unnamed_help(draft: Draft) -> bool:
    """As in "skal yte bistand ved ulykker": help by a body where no person is spoken of."""
    head = draft.match.head
    return (
        draft.match.rule.id == "cooperation/assistance"
        and not draft.counterpart
        and bool(draft.bearer)
        and not set(draft.bearer) & PERSONS
        and any(draft.tokens[i].tags & {"give"} for i in draft.norm.members if abs(i - head) <= 8)
        and not any(set(m.ids) & PERSONS for m in draft.reading.mentions)
    )


def _between_bodies(draft: Draft) -> bool:
    """An agreement is entered into, and both sides are public bodies that the sentence names."""
    head, tokens = draft.match.head, draft.tokens
    entered = (
        (draft.head.tags & {"agree_v"} and not (draft.head.lower == "avtaler" and draft.main.finite != head))
        or any(
            tokens[i].tags & {"agree_v", "facilitate", "appoint"}
            for i in draft.norm.members
            if abs(i - head) <= 8 and i != head
        )
        or tokens[head - 1].lower == "ved"
    )
    return (
        bool(entered)
        and bool(draft.bearer)
        and not all_persons(draft.counterpart)
        and not set(draft.counterpart) & {*_NO_AGREEMENT, "domstol"}
        and not set(draft.bearer) & _NO_AGREEMENT
        and draft.bearer_from in ("subject", "both sides", "agent", "responsible and acting")
        and draft.counterpart_from not in ("", "act", "section")
    )


def _as_secrecy(draft: Draft) -> None:
    """A negated giving keeps a secret, and so does a body that must not get to know; an exception lifts it."""
    rule = draft.match.rule
    if draft.modality == "permission" and draft.category == "information_sharing" and not draft.counterpart:
        said = {draft.tokens[i].lower for i in draft.main.members}
        kept = any(f.category == "confidentiality" and f.modality == "prohibition" for f in draft.reading.memory.ledd)
        if kept and "likevel" in said and rule.direction == "to":
            draft.category = "confidentiality"  # "Opplysning om bosted kan likevel gis": a limit of the secrecy
            return
    if draft.modality != "prohibition" or draft.category not in ("information_sharing", "information_to_person"):
        return
    insight = draft.object.tags & {"right_n"} or draft.object.lower.startswith("innsynsrett")
    if (rule.direction == "receive" or rule.id == "share/access") and draft.subject and not insight:
        receiver = ids_of(draft.subject)
        if all_persons(receiver) and "rett" in {draft.tokens[i].lower for i in draft.main.members}:
            draft.category = "information_to_person"
            draft.bound(receiver, "subject")
            return
        keeper = draft.reading.memory.secret_keeper()[0]
        draft.category = "confidentiality"
        draft.bound(tuple(one for one in keeper if one not in receiver), "keeper")
        draft.other(receiver, "subject")
    elif draft.category == "information_sharing" and rule.direction != "from" and draft.head.tags & _GIVING:
        draft.category = "confidentiality"
        if draft.counterpart_from in ("ledd", "section"):
            draft.counterpart, draft.counterpart_from = (), ""  # only a recipient that the sentence names

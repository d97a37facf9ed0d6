"""Secrecy: laid on somebody, lifted, or limited ("er ikke til hinder for at …")."""

from __future__ import annotations

import re

from duties.draft import Draft
from duties.memory import PERSONS, Ids
from duties.norms import is_passive, words_of
from duties.parties import chain, ids_of
from duties.recipients import recipients

_SECRECY = re.compile(r"taushetsplikt|teieplikt|tagnadsplikt|forvaltningsloven § 13")
_NO_HINDER = re.compile(r"(?:ikke|ikkje|heller|ingen)\b[^.]{0,40}\b(?:hinder|hindring)")
_ASIDE = re.compile(
    r"""(?:uten|utan)\s(?:hinder|hensyn|omsyn|hindring) | uhindr(?:et|a)\sav | innenfor\sramm | innanfor\sramm
      | etter\sregl\w+\som\s$ | brudd\spå | brot\spå | overtred\w+\sav | bryt(?:er)?\s | straff | overtrer""",
    re.VERBOSE,
)
_APPLIED_FOR = re.compile(r"søknad\w* om (?:dispensasjon|unntak|fritak)")
_LIFTED = re.compile(
    r"""\b(?:gjelder|gjeld)\s(?:likevel\s)?(?:ikke|ikkje)\b | \bikke\stil\shinder | ikkje\stil\shinder | unntak\sfr[aå]
      | opphev | frita | løs(?:es|t)\sfra | bortfall | bort[\s\w]*faller | faller\sbort | fell\sbort
      | heve\s\w*taushetsplikt | dispensasjon | lem(?:pe|p) | samtykke\w*\si""",
    re.VERBOSE,
)
_NOT_ONLY = re.compile(r"taushetsplikt\w*[^.]{0,60}\b(?:gjelder|gjeld) (?:likevel )?(?:ikke|ikkje) (?:bare|berre)")
_NO_EXCEPTION = re.compile(
    r"^(?:dette |slike? |det )?unn?tak\w*[^.]{0,80}\b(?:gjelder|gjeld|kan|skal) (?:likevel |her )?(?:ikke|ikkje)\b(?! (?:bare|berre))"
)
_SUCH = re.compile(
    r"\b(?:slike?|disse|desse|denne)\s(?:opplysning|informasjon|melding)|\bopplysning(?:ene|ane)\b", re.IGNORECASE
)
_EXCHANGES = re.compile(r"utveks\w*|dele[rs]?|dela|delar|delast")
# "sørge for at taushetsplikten blir kjent for dem den gjelder"
_MADE_KNOWN = re.compile(
    r"(?:taushetsplikt|teieplikt)\w* [^.,]{0,40}\b(?:blir|vert|gjøres|gjerast|er|gjort|gjord) kjen[td]"
)
_LAID_DOWN = re.compile(
    r"""\bhar\b|\bplikter\b|\bpliktar\b|\bskal\b|\bgjelder\b|\bgjeld\b
      | \bomfatt(?:er|ar)\b | \b(?:er|være|vere|blir|vert)\s(?:\w+\s){0,3}(?:omfatt|undergitt|underlagt|underlagd|bundet|bunde)
      | under\s\w*(?:taushets|teie)|pålegg|pålagt|\bmå\b|forplikt|plikt\stil|avgi|underteikne|undertegne
      | opprettholde""",
    re.VERBOSE,
)
_REGULATION = re.compile(
    r"""\b(?:kan|skal)\s(?:\w+\s){0,3}(?:gi|gis|fastsette|gje)\s(?:\w+\s){0,3}
        (?:forskrift|nærmere|regler|bestemmelser)""",
    re.VERBOSE,
)


def limit_of_secrecy(draft: Draft) -> bool:
    """As in "Taushetsplikten er ikke til hinder for at X gir opplysninger til Y": a permission; False where it is none."""
    whole = draft.reading.unit.text.lower()
    if draft.match.rule.category not in ("sharing", "confidentiality"):
        return False
    if not _SECRECY.search(whole) or not _NO_HINDER.search(whole):
        return False
    subject = ids_of(draft.subject)
    passive = is_passive(draft.reading.tree, draft.norm, draft.match.head)
    draft.other(*recipients(draft))
    if not draft.counterpart and subject and (passive or draft.head.tags & {"have", "get"}):
        draft.other(subject, "subject")
    draft.bound(*draft.reading.memory.secret_keeper())
    named = _just_spoken_of(draft)
    if named is not None and (passive or not subject):
        draft.bound(named[0], "ledd")
        if not draft.counterpart or draft.counterpart == ("offentlige_organer",):
            draft.other(named[1], "ledd")
    elif named is not None and not draft.counterpart and set(subject) <= set(named[0]):
        draft.other(named[1], "ledd")
    if subject and not passive and not set(subject) & set(draft.counterpart):
        draft.bound(subject, "subject")
        if _EXCHANGES.fullmatch(draft.head.lower) and len(subject) > 1 and not draft.counterpart:
            draft.other(subject, "both sides")
    draft.category, draft.modality = "confidentiality", "permission"
    return True


def _just_spoken_of(draft: Draft) -> tuple[Ids, Ids] | None:
    """Giver and receiver of "slike opplysninger", "slik informasjon": those of the sharing that the ledd has named."""
    if not _SUCH.search(draft.reading.unit.text):
        return None
    for frame in reversed(draft.reading.memory.ledd):
        if frame.category in ("information_sharing", "information_to_person") and frame.bearer:
            asked = frame.rule in ("share/order", "share/obtain")
            return (frame.counterpart, frame.bearer) if asked else (frame.bearer, frame.counterpart)
    return None


def secrecy(draft: Draft) -> bool:
    """Say what a sentence about secrecy lays down, on whom, and towards whom; False where it lays down nothing."""
    tokens, head = draft.tokens, draft.match.head
    words = words_of(draft.reading.tree, draft.main.members)
    if (
        draft.norm.operator == "demand" and "bestem" in words
    ):  # "kan bestemme at opplysninger skal være undergitt taushetsplikt"
        words += " " + words_of(draft.reading.tree, draft.norm.members)
    whole = draft.reading.unit.text.lower()
    before = " ".join(token.lower for token in tokens[max(0, head - 7) : head]) + " "
    if _ASIDE.search(before) or _APPLIED_FOR.search(before):
        return False
    if _MADE_KNOWN.search(whole):
        return False
    if _LIFTED.search(whole):
        lifted = not _NOT_ONLY.search(whole) and not _NO_EXCEPTION.search(whole)
    elif _LAID_DOWN.search(words):
        lifted = draft.modality == "permission" and bool(re.search(r"\bkan\b.*bestem", words))
    else:
        return False
    if _REGULATION.search(words):
        return False
    draft.category, draft.modality = "confidentiality", "permission" if lifted else "prohibition"
    _bound_by_it(draft)
    if draft.bearer_from == "subject" and not lifted:
        remember_keeper(draft)
    towards = {"overfor", "andsynes", "til"} if lifted else {"overfor", "andsynes"}
    draft.other(ids_of([m for m in draft.reading.mentions if m.preposition in towards and not m.genitive]), "")
    return True


def _bound_by_it(draft: Draft) -> None:
    memory, mentions = draft.reading.memory, draft.reading.mentions
    if draft.subject:
        draft.bound(ids_of(draft.subject), "subject")
        return
    for k, m in enumerate(mentions):
        if m.preposition in ("for", "om") and draft.inside(m) and m.follows == -1 and not m.genitive:
            if not set(m.ids) - PERSONS:
                continue
            if m.ids == ("andre",):
                draft.bound(*memory.addressee())
            else:
                draft.bound(ids_of(chain(mentions, k)), "for whom it holds")
            break
    if not draft.bearer:
        draft.bound(*memory.secret_keeper())


def remember_keeper(draft: Draft) -> None:
    """The first who is bound to silence in an act keeps the secrets that later sections speak of."""
    memory = draft.reading.memory
    memory.keeper = memory.keeper or draft.bearer

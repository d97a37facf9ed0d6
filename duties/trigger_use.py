"""Drafts that come to nothing: police certificates, benefits, the public, papers as subjects, rules that do not apply."""

from __future__ import annotations

import re

from duties.clauses import Parse
from duties.draft import Draft
from duties.matching import is_direct
from duties.memory import all_persons
from duties.norms import Norm, words_of
from duties.parties import ids_of
from duties.words import Token

_PUBLIC = frozenset(
    """offentligheten offentlegheita allmennheten allmennheita allmenheten publikum ålmenta allmenta befolkningen
    befolkninga""".split()
)
_SHARING = ("sharing", "information_sharing", "information_to_person")
# Benefits are coordinated by arithmetic, not by services.
_BENEFIT = re.compile(r"ytels|pensjon|grunnbeløp|trygd|stønad")
_PRONOUNS = frozenset("det den de dei han hun ho dette disse desse denne slik slike alle enhver ingen".split())
_OPENERS = frozenset(
    "i på ved for til etter før under uten utan fra frå med når dersom hvis om så samtidig videre".split()
)
_RULES_IN = re.compile(r"(?:reglene|reglane|bestemmelsene|føresegnene) i §", re.IGNORECASE)
_POINTING = frozenset("denne dette disse desse det den".split())
_JOINING = frozenset(", og men også òg likevel".split())
_THING = re.compile(
    r"""(?: bestemmelse[nr]?|beslutning(?:en|a)?|kjennelsen|dommen|loven|lova|forskriften|vedtektene|vedtekter|paragrafen|regelen|reglene|reglane|føresegna
          | stemnemål\w*|stevning\w*|tilsvar\w*|søknad\w*|klagen?|avtale\w*|avtala|plan\w*|kravet|registeret )$""",
    re.VERBOSE,
)
_PAPERS = frozenset({"info", "doc", "decision", "agreement", "plan"})
_BEARS_DUTY = re.compile(r"\bhar\b|gjelder|gjeld|omfatt|er \w+pliktig|\bskal\b|plikt\w* til\b|\bpåligger\b|påhvil")
_ABOUT_DUTY = re.compile(
    r"fastsett|innskrenk|unntak|oppfyl|overhold|brudd|følge opp|følgje opp|etterlev|føre tilsyn|kontroll"
)
_EXEMPT = ("fra", "frå", "om", "av", "på", "med", "for")
# What is given is leave to do something with information: "gis tillatelse til å benytte opplysninger".
_LEAVE = re.compile(r"(?:tillatelse|løyve|fullmakt)(?:n|a|en|et)?")
_PENALTY = re.compile(
    r"\bstraff(?:es|ast|a)\b|\b(?:med|til) (?:bøter|bot|fengsel)\b|\bovertredelsesgebyr|\bgebyr for brot"
)
_EXEMPTION = frozenset("dispensasjon dispensasjonen fritak unntak".split())
_ENTITLED = ("plikten", "plikta", "retten", "adgangen", "plikt", "høvet")
_DEFINITE = ("en", "et", "ene", "a", "ane")


def comes_to_nothing(draft: Draft) -> bool:
    """Whether the trigger is not used for a norm of the kinds sought."""
    rule, tokens, head = draft.match.rule, draft.tokens, draft.match.head
    words = [token.lower for token in tokens]
    if any(token.tags & {"certificate"} for token in tokens):
        return True
    if _PENALTY.search(words_of(draft.reading.tree, draft.main.members)) and rule.category != "confidentiality":
        return True  # "Med bøter straffes den som unnlater å gi melding"
    if rule.id == "share/obtain" and words[max(0, head - 2) : head] == ["med", "å"]:
        return True  # "bistå søkeren med å innhente opplysninger"
    if rule.id.startswith("share/give") and _gives_leave(draft):
        return True
    if rule.category == "sharing" and set(words[head : draft.match.object]) & _EXEMPTION:
        return True
    governed = words[max(0, head - 4) : head]
    if governed[1:] in ([noun, "til", "å"] for noun in _ENTITLED) and governed[0] in _EXEMPT and not draft.applies:
        return True  # "dispensasjon fra plikten til å gi innsyn"
    if rule.id != "secrecy/forbidden" and any(
        tokens[i].lower.startswith(("forbudt", "forbode")) for i in draft.main.members
    ):
        return True
    if rule.id.startswith("coordination/") and any(map(_BENEFIT.search, words[max(0, head - 6) : head + 7])):
        return True
    if rule.category in _SHARING and any(word in _PUBLIC for word in words[head : head + 6]):
        return True
    if rule.id == "share/noun" and "information_sharing" not in draft.reading.memory.named:
        return not any(token.tags & {"info", "doc", "register"} for token in tokens)
    if rule.id == "share/explain" and any(tokens[i].tags & {"opportunity"} for i in range(max(0, head - 5), head)):
        return True  # "høve til å forklare seg": the person is heard
    personal = not draft.applies and all_persons(ids_of(draft.subject))
    if rule.id == "share/right" and draft.object.lower.startswith("dokumentasjon") and personal:
        return True  # a certificate of what one has learnt
    if rule.id in ("share/make-aware", "share/make-available"):
        return any(token.lower == "seg" for token in draft.between)
    if rule.id == "share/receive":
        return bool(draft.object.tags & {"doc"}) and not _handed_over(draft)
    if rule.id == "share/right" and draft.applies and _RULES_IN.match(draft.reading.unit.text):
        return True  # "Reglene i § 3 om rett til innsyn gjelder": the same act over again
    return rule.id == "share/duty-noun" and not _bears_duty(draft)


def _gives_leave(draft: Draft) -> bool:
    """Whether what is given is leave to use information, or the verb is a bare participle ("reglene gitt i loven")."""
    tokens, head = draft.tokens, draft.match.head
    words = [token.lower for token in tokens]
    low, high = sorted((head, draft.match.object))
    fronted = range(max(0, low - 6), low)
    if any(map(_LEAVE.fullmatch, words[low : high + 1])) or any(
        _LEAVE.fullmatch(words[k]) and words[k + 1] == "til" for k in fronted
    ):
        return True
    if draft.match.rule.id == "share/give-access" and "pålegg" in words[head:high]:
        return True
    given = words[head] in ("gitt", "gjeve", "gjevne") and words[head + 1 : head + 2] in (["i"], ["med"])
    return given and words[head - 1].endswith(("ene", "ane", "er", "ar"))


def _handed_over(draft: Draft) -> bool:
    """As in "skal få rapporten": a paper already named, right behind the verb."""
    match = draft.match
    return (
        draft.object.lower.endswith(_DEFINITE)
        and 0 < match.object - match.head <= 5
        and is_direct(draft.reading.tree, match.object, match.head)
    )


def _bears_duty(draft: Draft) -> bool:
    """Whether meldeplikt, opplysningsplikt is laid on somebody here, not limited, kept or broken."""
    words = words_of(draft.reading.tree, draft.main.members)
    return (
        draft.modality != "prohibition"
        and "personvernforordning" not in draft.reading.unit.text
        and bool(_BEARS_DUTY.search(words))
        and not _ABOUT_DUTY.search(words)
    )


def apply_named_rule(draft: Draft) -> bool:
    """Take the modality from the rule that is made to apply; False where the sentence makes none apply."""
    members = draft.main.members
    tree = draft.reading.tree
    named = words_of(tree, [i for i in members if i <= draft.match.head])
    named = named[max(0, *(named.rfind(word) for word in ("plikt", "adgang", "høve til", "rett til"))) :]
    said = words_of(tree, [i for i in members if i > (draft.main.finite or 0)])
    if not re.search(r"plikt|adgang|rett", named) or re.search(r"\b(?:ikke|ikkje)\b", said[:40]):
        return False
    draft.modality = "duty" if "plikt" in named else "permission" if "adgang" in named else "right"
    return not (draft.modality == "duty" and re.search(r"\bdenne lov|\bdette kapit", named))


_FOR_A_TIME = re.compile(
    r"^(?:gjelder|gjeld) (?:(?:likevel )?(?:ikke|ikkje)|frem til|fram til|inntil|så lenge|fra|frå)\b"
)


def applies_for_a_time(draft: Draft) -> bool:
    """Whether only the time of a rule is told, or that it does not hold: "Plikten gjelder frem til …"."""
    finite = draft.main.finite or 0
    return bool(_FOR_A_TIME.match(words_of(draft.reading.tree, [i for i in draft.main.members if i >= finite])))


def has_paper_as_subject(tree: Parse, norm: Norm) -> bool:
    """Whether a paper or a provision is the subject: "Vedtektene skal gi opplysninger om …"."""
    finite = tree.clauses[norm.clause].finite
    if finite is None:
        return False
    before = [tree.tokens[i] for i in norm.members if i < finite and tree.tokens[i].lower not in _JOINING]
    if before:
        return _is_paper(before)
    earlier = [k for k in range(norm.clause) if tree.clauses[k].kind == "main"]
    if tree.clauses[norm.clause].kind != "main" or not earlier:
        return False
    return has_paper_as_subject(tree, Norm(earlier[-1], tree.clauses[earlier[-1]].finite, tree.members(earlier[-1])))


def _is_paper(before: list[Token]) -> bool:
    first = before[0].lower
    if first in _POINTING and len(before) > 1 and _THING.search(before[1].lower):
        return True
    if first in _PRONOUNS or first in _OPENERS:
        return False
    return any(token.tags & _PAPERS or _THING.search(token.lower) for token in before)

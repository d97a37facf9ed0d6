"""The modality of a clause: duty, prohibition, permission, right, recommendation, or none at all."""

from __future__ import annotations

from duties.clauses import Parse
from duties.frame import Modality

_DUTY = frozenset("skal skall må skulle måtte plikter pliktar plikta".split())
_PERMISSION = frozenset("kan kunne".split())
_RECOMMENDATION = frozenset("bør burde".split())
_NOT = frozenset("ikke ikkje ingen aldri verken korkje".split())
_RIGHT = frozenset("rett krav retten".split())
_OBLIGED = frozenset(
    "plikt plikta plikten ansvar ansvaret ansvarlig ansvarleg forpliktet forplikta pålagt pålagd skyldig medansvar hovedansvaret".split()
)
_ALLOWED = frozenset("adgang høve anledning mulighet tillatelse løyve".split())
_NO_NORM = frozenset("vil ville var hadde menes meiner".split())


def negated(parse: Parse, members: list[int], finite: int, until: int) -> bool:
    """Whether a negation stands between the finite verb and the trigger (or right after the finite verb)."""
    span = (
        [i for i in members if i > finite and (i < until or i <= finite + 4)]
        if until > finite
        else [i for i in members if finite < i <= finite + 5]
    )
    for i in span:
        lower = parse.tokens[i].lower
        if lower in _NOT:
            after = parse.tokens[i + 1].lower if i + 1 < len(parse.tokens) else ""
            if after in ("bare", "berre", "til"):  # "ikke bare", "ikke til hinder"
                continue
            return True
    first = [parse.tokens[i].lower for i in members if i < finite][:2]
    return bool(first) and first[0] in ("ingen", "ikke", "ikkje")


def modality_of(parse: Parse, members: list[int], finite: int | None, head: int) -> Modality | None:
    """The modality of the norm with the finite verb at *finite*, None where it lays down nothing."""
    if finite is None:
        return None
    tokens = parse.tokens
    verb = tokens[finite]
    lower = verb.lower
    if lower in _NO_NORM:
        return None
    denied = negated(parse, members, finite, head)
    if lower in _DUTY:
        return "prohibition" if denied else "duty"
    if lower in _PERMISSION:
        return "prohibition" if denied else "permission"
    if lower in _RECOMMENDATION:
        return "recommendation"
    near = [tokens[i].lower for i in members if finite < i <= finite + 14]
    if lower in ("har", "er", "får", "blir", "gir", "gjev", "vert", "påligger", "påhviler"):
        if lower == "er" and any(word in ("hinder", "hindring", "hinders") for word in near):
            return "permission" if any(word in _NOT or word == "til" for word in near[:4]) else None
        for word in near:
            if word in _OBLIGED:
                return "prohibition" if denied and word.startswith("plikt") is False else "duty"
            if word in _RIGHT or word in ("berettiget", "rett"):
                return "prohibition" if denied else "right"
            if word in _ALLOWED:
                return "prohibition" if denied else "permission"
        return "prohibition" if denied and lower == "har" else "duty"
    return "prohibition" if denied else "duty"

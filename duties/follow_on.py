"""Sentences that carry another norm on: "Tilsvarende gjelder …", another act's secrecy made to apply."""

from __future__ import annotations

import re

from msgspec import structs

from duties.condition import conditions_of
from duties.draft import Draft, Reading, Trace
from duties.frame import Frame
from duties.matching import Match
from duties.memory import all_persons
from duties.parties import chain, ids_of
from duties.rules import load_rules

_FOLLOW = re.compile(
    r"""^(?: Tilsvarende|Tilsvarande|Det\ssamme|Det\ssame|Dette|Første\spunktum|Første\sog\sandre\spunktum
           | Andre\spunktum|Det\stilsvarende ) \s (?:gjelder|gjeld|skal|meldeplikt)""",
    re.VERBOSE | re.IGNORECASE,
)
_LIMITS = re.compile(r"(?:\S+ ){1,4}(?:gjelder|gjeld) (?:likevel )?(?:kun|bare|berre|ikke|ikkje)\b")
_ADMINISTRATION_ACT_13 = re.compile(
    r"forvaltningslov\w*\s+§+\s*13\b|forvaltningslov\w* (?:sine )?(?:reglar|regler|bestemmelser) om taushetsplikt",
    re.IGNORECASE,
)
_APPLIES = re.compile(r"\bgjelder?\b|\bgjeld\b|får\s+(?:tilsvarende\s+)?anvendelse|\bfår bruk", re.IGNORECASE)
_NAMED = re.compile(r"taushetsplikt|teieplikt", re.IGNORECASE)
_OCCASION = re.compile(r"\b(?:dersom|når|hvis|viss|der|ved|i tilfelle)\b")
_CONFIDENCE = 0.5


def follow_on(reading: Reading) -> list[Trace] | None:
    """The norms that a sentence carries on; None where it is no such sentence."""
    text, memory = reading.unit.text, reading.memory
    if _ADMINISTRATION_ACT_13.search(text) and _APPLIES.search(text) and not _NAMED.search(text):
        return [_secrecy_by_reference(reading)] if reading.norms else []
    if not memory.ledd or not _FOLLOW.match(text) or _LIMITS.match(text):
        return None
    last = memory.ledd[-1].address
    return [_carried_on(reading, frame) for frame in memory.ledd if frame.address == last]


def _secrecy_by_reference(reading: Reading) -> Trace:
    rule = next(rule for rule in load_rules() if rule.id == "secrecy/bound")
    norm = reading.norms[0]
    draft = Draft(reading, Match(rule, 0, 0), norm, norm, [])
    draft.category, draft.modality = "confidentiality", "prohibition"
    draft.bound(*reading.memory.secret_keeper())
    return draft.trace()


def _carried_on(reading: Reading, frame: Frame) -> Trace:
    text, mentions = reading.unit.text, reading.mentions
    bearer = frame.bearer
    for k, m in enumerate(mentions):
        if m.preposition in ("for", "overfor") and not m.genitive and m.follows == -1:
            ids = ids_of(chain(mentions, k))
            if not all_persons(ids) or all_persons(frame.bearer):
                bearer = ids
            break
    conditions = conditions_of(reading.tree, text, reading.unit.start, 0)
    if not conditions and _OCCASION.search(text.lower()):
        conditions = ("other",)
    _, start = reading.flow.locate(reading.unit.start)
    new = structs.replace(
        frame,
        address=reading.flow.address_of(reading.sentence),
        bearer=bearer,
        condition=conditions,
        item="",
        start=start,
        end=start + min(20, len(text)),
        language=reading.sentence.language,
        confidence=_CONFIDENCE,
        rule="follow-on/" + frame.rule.split("/", 1)[-1],
    )
    return Trace(new, text, "follow-on", "", "", "ledd", "ledd", ())

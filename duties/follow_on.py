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
           | Andre\spunktum|Det\stilsvarende ) \s (?:gjelder|gjeld|skal|meldeplikt)
        | ^(?: Bestemmelsen|Føresegna|(?:Denne\s)?Plikten|(?:Denne\s)?Plikta|Retten|Adgangen ) \s (?:gjelder|gjeld) \s (?:også|òg)""",
    re.VERBOSE | re.IGNORECASE,
)
# What a message already spoken of must tell: part of the norm that it is given.
_MESSAGE = r"""(?: melding|underretning|underretting|tilbakemelding|informasjon|orientering|bekymringsmelding|varsling )(?:en|a)
           | var(?:selet|slet|selen)"""
_CONTENT = re.compile(
    rf"""^(?:{_MESSAGE}) \s (?:skal|må) \s (?:\w+\s){{0,3}}?
        (?: opplyse|opplysast|opplysa|inneholde|innehalde|omfatte|angi|angje|gjøre\srede|gjere\sgreie|beskrive
          | være(?!\s(?:kommet|mottatt|sendt|fremme|gitt))|vere(?!\s(?:komen|kome|motteken|send|gitt))|gi\sopplysning\w*|gi\sinformasjon|begrunnes|grunngjevast )\b""",
    re.VERBOSE | re.IGNORECASE,
)
_INFORMATION = ("information_sharing", "information_to_person")
_LIMITS = re.compile(r"(?:\S+ ){1,4}(?:gjelder|gjeld) (?:likevel )?(?:kun|bare|berre|ikke|ikkje)\b")
_ADMINISTRATION_ACT_13 = re.compile(
    r"forvaltningslov\w*\s+§+\s*13\b|forvaltningslov\w* (?:sine )?(?:reglar|regler|bestemmelser) om taushetsplikt",
    re.IGNORECASE,
)
_APPLIES = re.compile(
    r"\bgjelder?\b|\bgjeld\b|(?:får|kommer\s+til)\s+(?:tilsvarende\s+)?anvendelse|\bfår bruk", re.IGNORECASE
)
_NAMED = re.compile(r"taushetsplikt|teieplikt", re.IGNORECASE)
_OCCASION = re.compile(r"\b(?:dersom|når|hvis|viss|der|ved|i tilfelle)\b")
_CONFIDENCE = 0.5


def follow_on(reading: Reading) -> list[Trace] | None:
    """The norms that a sentence carries on; None where it is no such sentence."""
    text, memory = reading.unit.text, reading.memory
    if _ADMINISTRATION_ACT_13.search(text) and _APPLIES.search(text) and not _NAMED.search(text):
        return [_secrecy_by_reference(reading)] if reading.norms else []
    if _CONTENT.match(text):
        return _content(reading)
    if not memory.ledd or not _FOLLOW.match(text) or _LIMITS.match(text):
        return None
    last = memory.ledd[-1].address
    return [_carried_on(reading, frame) for frame in memory.ledd if frame.address == last]


def _content(reading: Reading) -> list[Trace] | None:
    """As in "Meldingen skal opplyse om …": the norm on that message goes on; None where none has been named."""
    memory = reading.memory
    told = [frame for frame in memory.section if frame.category in _INFORMATION and frame.modality == "duty"]
    if not told:
        return None
    last = [frame for frame in told if frame.address == told[-1].address]
    return [_carried_on(reading, frame) for frame in last]


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
    counterpart = frame.counterpart
    if frame.category in _INFORMATION and _FOLLOW.match(text):
        for k, m in enumerate(mentions):
            told = m.preposition in ("til", "fra", "frå", "overfor") and not m.genitive and m.follows == -1
            if told and all_persons(ids_of(chain(mentions, k))) == all_persons(counterpart):
                counterpart = ids_of(chain(mentions, k))  # "Tilsvarende gjelder for informasjon til foreldrene"
                break
    if _FOLLOW.match(text) and bearer == frame.bearer and not all_persons(frame.bearer):
        for k, m in enumerate(mentions):
            directly = not m.preposition and not m.genitive and m.follows == -1 and 2 <= m.left <= 5
            if directly and not all_persons(ids_of(chain(mentions, k))):
                bearer = ids_of(chain(mentions, k))  # "Det samme gjelder meklere og politiet"
            break
    conditions = conditions_of(reading.tree, text, reading.unit.start, 0)
    if not conditions and _OCCASION.search(text.lower()):
        conditions = ("other",)
    _, start = reading.flow.locate(reading.unit.start)
    new = structs.replace(
        frame,
        address=reading.flow.address_of(reading.sentence),
        bearer=bearer,
        counterpart=counterpart,
        condition=conditions,
        item="",
        start=start,
        end=start + min(20, len(text)),
        language=reading.sentence.language,
        confidence=_CONFIDENCE,
        rule="follow-on/" + frame.rule.split("/", 1)[-1],
    )
    return Trace(new, text, "follow-on", "", "", "ledd", "ledd", ())

"""Law in force for a time only: when an amending act lapses, and provisions whose own act ends them on a day."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from msgspec import Struct

from lovdata_ingest.amendments.instruction import Amendment, Operation, Target
from lovdata_ingest.amendments.names import Names, date_of
from lovdata_ingest.amendments.prose import MONTHS, read_lead
from lovdata_ingest.model import Document, Node
from lovdata_ingest.sentences import split_sentences

_DAY = r"(?P<day>\d{1,2})\. ?(?P<month>[a-z]+) (?P<year>\d{4})"
_PLAIN_DAY = r"\d{1,2}\.[ ]?[a-z]+[ ]\d{4}"
_ENDS = re.compile(
    rf"""\b(?:
        (?:oppheves|opphevast|opphører|opphøyrer|(?:blir|vert)\ oppheva|fell(?:er)?\ bort|trer\ ut\ av\ kraft)
        (?:\ å\ gjelde)?(?:\ med\ (?:virkning|verknad))?(?:\ (?:den|fr[aå](?:\ og\ med)?))?\ (?P<gone>{_PLAIN_DAY})
      | (?:gjelder|gjeld|skal\ gjelde)(?:\ bare|\ berre)?(?:\ fr[aå]\ [^.]{{0,40}}?)?\ (?P<how>til\ og\ med|ut|(?:fr[ae]m\ |inn)?til)\ (?:den\ )?(?P<until>{_PLAIN_DAY})
    )""",
    re.VERBOSE,
)
_WHEN = re.compile(
    r"\b(?:(?:oppheves|opphevast|opphører|opphøyrer) (?:når|til)|(?:gjelder|gjeld) (?:fr[ae]m |inn)?til (?!og med))\b"
)
_PLACES = re.compile(
    r"(?:(?P<act>[A-ZÆØÅ][\wæøå-]*(?:loven|lova))\s|(?:[Dd]enne lov(?:ens?)?|[Ll]ovens|[Ll]ovas)\s)?(?P<places>§.*?)\s*$"
)
_CLOSING = re.compile(r"kraft|iverks|opphør|opphev|varighet|gyldig|virketid", re.IGNORECASE)
_HEADER = re.compile(r"(?:–|oppheves) ?(\d{4})-(\d{2})-(\d{2})$")
_LAW = re.compile(r"(?:[Dd]enne )?(?:[Ll]oven?|[Ll]ova|[Kk]apittel|[Kk]apitlet|[Ee]ndring)")


class Ending(Struct, frozen=True):
    """A provision of an act that its own text ends: from ``date`` on it is gone; None: on an event that is not dated."""

    part: str
    operation: Operation
    date: dt.date | None
    words: str


def ends_on(text: str) -> tuple[int, dt.date] | None:
    """Where a text says that something ends, and the first day without it: "oppheves 1. juli 2023" → that day."""
    match = _ENDS.search(text)
    if match is None:
        return None
    day = re.search(_DAY, match["gone"] or match["until"])
    assert day is not None
    try:
        date = dt.date(int(day["year"]), MONTHS[day["month"]], int(day["day"]))
    except (KeyError, ValueError):
        return None
    if match["how"] in ("til og med", "ut"):
        date += dt.timedelta(days=1)
    return match.start(), date


def lapse_of(document: Document, amendment: Amendment) -> dt.date | None:
    """The first day on which an amending act is no longer in force, by its own clause or its header; None: no such day."""
    for _, words in amendment.commencement:
        for a, b in split_sentences(words):
            sentence = words[a:b]
            found = ends_on(sentence)
            if found is not None and re.match(r"(?:[Dd]enne )?[Ll]ov(?:en|a)?\b(?! \d)", sentence):
                return found[1]
    days = [match for c in document.header.in_force if (match := _HEADER.search(c.words.strip()))]
    return dt.date(int(days[-1][1]), int(days[-1][2]), int(days[-1][3])) if days else None


def prolongs(operation: Operation) -> dt.date | None:
    """The day of lapse that new text gives a law or chapter ("Loven oppheves 1. juni 2021"); None where it gives none."""
    for node in operation.content:
        for each in node.walk():
            found = ends_on(each.text) if each.text else None
            if found is not None and _LAW.search(each.text[: found[0]]):
                return found[1]
    return None


def _closing_sections(node: Node) -> Iterator[Node]:
    for child in node.children:
        if child.kind == "division":
            yield from _closing_sections(child)
        elif child.kind == "section" and _CLOSING.search(child.title):
            yield child


def own_endings(document: Document, names: Names) -> list[Ending]:
    """Provisions that the closing sections of an act end: "§§ 1 til 3 gjelder til og med 30. juni 2012"."""
    return [
        ending
        for section in _closing_sections(document.body)
        for ending in endings_in(section, document.refid, section.name, names)
    ]


def endings_in(node: Node, act: str, part: str, names: Names) -> Iterator[Ending]:
    """Provisions of *act* (or of an act named) that the text below *node* ends; *part* is the section it stands in."""
    for each in node.walk():
        if each.kind not in ("ledd", "paragraph", "item") or not re.search(r"oppheve|opphør|opphøy|gjeld", each.text):
            continue
        for a, b in split_sentences(each.text):
            sentence = each.text[a:b]
            dated = ends_on(sentence)
            waits = _WHEN.search(sentence) if dated is None else None
            start = dated[0] if dated else waits.start() if waits else -1
            match = _PLACES.match(sentence[:start]) if start > 0 else None
            if match is None:
                continue
            target = names.resolve(match["act"], date_of(act)) if match["act"] else act
            read = read_lead(match["places"] + " oppheves")
            found = [f for one in (read.acts if read else ()) for f in one.found]
            if read is None or not found or any(one.unknown for one in read.acts) or not target:
                continue
            targets: tuple[Target, ...] = tuple(f.target(target) for f in found)
            operation = Operation(f"{act}{part}#{each.address or ''}+{a}", "repeal", targets, span=(0, len(sentence)))
            yield Ending(part, operation, dated[1] if dated else None, sentence[:300])

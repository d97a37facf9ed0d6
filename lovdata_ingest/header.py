"""Reads the header of a document, every field, typed where it has a type."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from lovdata_ingest.errors import LovdataError
from lovdata_ingest.markup import words_of
from lovdata_ingest.model import Commencement, Header, LastChange

if TYPE_CHECKING:
    from lxml.etree import _Element

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_REFID = re.compile(r"(?:lov|forskrift)/\d{4}-\d{2}-\d{2}(?:-\d+)?")
_SHORT_TITLE_SPLIT = re.compile(r"\s+[–-]\s+")


def parse_date(text: str) -> dt.date | None:
    """The first ISO date in *text*, None when there is none or the day does not exist."""
    match = _DATE.search(text)
    if match is None:
        return None
    try:
        return dt.date.fromisoformat(match[0])
    except ValueError:
        return None


def _items(element: _Element) -> tuple[str, ...]:
    return tuple(words_of(item) for item in element.iter("li")) or ((words_of(element),) if words_of(element) else ())


def commencements(text: str) -> tuple[Commencement, ...]:
    """``2016-10-03, Kongen bestemmer`` as one entry each, in the order printed."""
    return tuple(Commencement(parse_date(part), part) for part in (p.strip() for p in text.split(",")) if part)


def short_titles(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """``Barnehageloven – bhl`` as (short titles, abbreviations)."""
    parts = [part.strip() for part in _SHORT_TITLE_SPLIT.split(text) if part.strip()]
    return tuple(parts[:1]), tuple(parts[1:])


def _last_changes(element: _Element) -> tuple[LastChange, ...]:
    found = []
    for part in words_of(element).split(", "):
        act = _REFID.search(part)
        if act:
            found.append(LastChange(act[0], parse_date(part[act.end() :])))
    return tuple(found)


def read_header(root: _Element, *, name: str) -> Header:
    """Read ``header.documentHeader`` of *root*.

    Raises:
        LovdataError: if there is no refid.
    """
    fields: dict[str, _Element] = {}
    raw: list[tuple[str, str, str]] = []
    label = ""
    header = next(root.iter("header"), None)
    for element in header.iter("dt", "dd") if header is not None else ():
        if element.tag == "dt":
            label = words_of(element)
            continue
        key = (element.get("class") or "").split(" ")[0]
        fields.setdefault(key, element)
        if key != "table-of-contents":  # made by Lovdata from the headings, which the body holds
            raw.append((key, label, words_of(element)))

    def text(key: str) -> str:
        return words_of(fields[key]) if key in fields else ""

    refid = text("refid") or text("dokid").partition("/")[2]
    if not _REFID.fullmatch(refid):
        raise LovdataError(f"{name}: the header has no refid (expected e.g. lov/2005-06-17-64, found {refid!r})")
    titles, abbreviations = short_titles(text("titleShort"))
    return Header(
        refid=refid,
        document_id=text("dokid"),
        legacy_id=text("legacyID"),
        title=text("title"),
        short_titles=titles,
        abbreviations=abbreviations,
        ministries=_items(fields["ministry"]) if "ministry" in fields else (),
        in_force=commencements(text("dateInForce")),
        last_change_in_force=parse_date(text("lastChangeInForce")),
        last_changed_by=_last_changes(fields["lastChangedBy"]) if "lastChangedBy" in fields else (),
        changes=tuple(_REFID.findall(text("changesToDocuments"))),
        legal_areas=_items(fields["legalArea"]) if "legalArea" in fields else (),
        published=parse_date(text("dateOfPublication")),
        corrected=text("lastupdated"),
        eea=text("eeaReferences"),
        miscellaneous=text("miscInformation"),
        fields=tuple(raw),
    )

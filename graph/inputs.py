"""What the analysis is fed: documents where the text is at hand, else the facts that a snapshot keeps of them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from msgspec import Struct

from duties.frame import Frame
from graph.finding import Finding
from graph.matrix import Matrix
from lovdata_ingest.model import Document, Node
from lovdata_ingest.references.reference import Reference


class SectionFacts(Struct, frozen=True, omit_defaults=True):
    """A section without its words: address, number as printed, heading, how many ledd, whether it is repealed or empty.

    ``defines`` holds (number of the ledd, defined term in bokmål) of its definitions.
    """

    address: str
    designation: str
    heading: str
    ledd: int = 0
    empty: bool = False
    defines: tuple[tuple[int, str], ...] = ()


class ActFacts(Struct, frozen=True, omit_defaults=True):
    """An act without its words. ``replaced_by`` is the refid of an act that takes its place, empty when none is known."""

    refid: str
    title: str
    short_title: str
    language: str = "nb"
    abbreviation: str = ""
    ministries: tuple[str, ...] = ()
    in_force: str = ""
    sections: tuple[SectionFacts, ...] = ()
    replaced_by: str = ""


class DataSource(Struct, frozen=True, omit_defaults=True):
    """Where the law was read: path or archive, date of the data, hash."""

    source: str = ""
    date: str = ""
    sha256: str = ""


class Inputs(Struct, frozen=True):
    """Everything that `graph.analyse.analyse` works on.

    ``acts`` are the refids that the question is about: each finding touches one of them. ``documents`` holds their
    texts and, better, the whole statute book (targets of references, acts to come). Without documents, ``facts``,
    ``findings`` and ``matrix`` come from the snapshot. ``changes`` are changes adopted and not in force.
    """

    acts: tuple[str, ...]
    documents: tuple[Document, ...] = ()
    frames: tuple[Frame, ...] = ()
    references: tuple[Reference, ...] = ()
    changes: tuple[Any, ...] = ()
    facts: tuple[ActFacts, ...] = ()
    findings: tuple[Finding, ...] = ()
    matrix: Matrix | None = None
    data: DataSource = DataSource()


def first_day(document: Document) -> dt.date | None:
    """The day on which the first part of an act came into force, None where the header tells none."""
    return min((entry.date for entry in document.header.in_force if entry.date), default=None)


def _in_force(document: Document) -> str:
    day = first_day(document)
    return day.isoformat() if day else ""


def not_yet_in_force(document: Document, today: dt.date | None = None) -> bool:
    """Whether an act has no date of commencement, or (given *today*) one that lies ahead."""
    date = _in_force(document)
    return not date or (today is not None and date > today.isoformat())


def _words(section: Node) -> bool:
    return any(node.text for node in section.of("ledd", "item", "paragraph", "continuation", "cell"))


def facts_of(document: Document, *, replaced_by: str = "", only: frozenset[str] | None = None) -> ActFacts:
    """The facts of a document: no words of the law but titles and headings.

    Args:
        document: the act.
        replaced_by: refid of the act that takes its place.
        only: printed addresses of the sections to keep, without their definitions; None keeps all, with them.
    """
    from graph.definitions import definitions_in

    sections = []
    for section in document.sections():
        if section.address is None or (only is not None and str(section.address) not in only):
            continue
        found = definitions_in(section, document.language) if only is None else ()
        defines = tuple((d.ledd, d.term) for d in found)
        sections.append(
            SectionFacts(
                str(section.address),
                section.designation,
                section.title,
                len(section.ledd),
                not _words(section),
                defines,
            )
        )
    header = document.header
    return ActFacts(
        document.refid, header.title, document.short_title, document.language,
        header.abbreviations[0] if header.abbreviations else "", header.ministries, _in_force(document),
        tuple(sections), replaced_by,
    )  # fmt: skip

"""The law on a date: acts replayed from the gazette, and those that cannot be, named with the reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from graph.finding import Words
from graph.inputs import first_day
from lovdata_ingest.errors import LovdataError
from lovdata_ingest.model import Document

if TYPE_CHECKING:
    from lovdata_ingest.address import Address
    from lovdata_ingest.amendments.replay import Gazette, Replay, Step, Version
    from lovdata_ingest.corpus import Corpus


class Missing(Struct, frozen=True):
    """An act that cannot be given as of the date, with the reason in bokmål and English."""

    act: str
    reason: str


class AsOf(Struct, frozen=True):
    """Acts as in force on ``date``, and those left out."""

    date: dt.date
    documents: tuple[Document, ...]
    missing: tuple[Missing, ...]
    replays: tuple[Replay, ...] = ()


def parse_day(text: str) -> dt.date:
    """A date as the user writes it: ``2021-06-10`` or ``10.06.2021``.

    Raises:
        LovdataError: if it is no day of the calendar.
    """
    import re

    match = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text.strip())
    numbers = match.groups() if match else ()
    if not match:
        match = re.fullmatch(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})", text.strip())
        numbers = tuple(reversed(match.groups())) if match else ()
    try:
        return dt.date(*(int(n) for n in numbers)) if numbers else dt.date.fromisoformat(text)
    except (ValueError, TypeError) as error:
        raise LovdataError(f"{text!r} er ingen dato (ventet f.eks. 2021-06-10 eller 10.06.2021)") from error


def gazette_of(corpus: Corpus, *, notes: bool = True) -> Gazette:
    """The gazette archives among the sources, ready for replay.

    Raises:
        LovdataError: if no gazette archive is loaded.
    """
    from lovdata_ingest.amendments.kept import kept_gazette
    from lovdata_ingest.amendments.replay import Gazette

    if not any(entry.gazette and entry.refid.startswith("lov/") for entry in corpus.entries):
        raise LovdataError("Loven på en dato trenger Norsk Lovtidend. Kjør 'pliktgraf fetch', eller oppgi arkivene "
                           "lovtidend-avd1-*.tar.bz2 med --source")  # fmt: skip

    def printed() -> dict[str, Document]:
        found: dict[str, Document] = {}
        for document in corpus.gazette():
            if document.refid.startswith("lov/"):
                found.setdefault(document.refid, document)
        return found

    def read() -> Gazette:
        consolidated = tuple(corpus.consolidated())
        every = tuple(corpus.gazette())
        acts = [document for document in every if document.refid.startswith("lov/")]
        gazette = Gazette(acts, [d for d in every if d.refid.startswith("forskrift/")], consolidated)
        if notes:
            gazette.learn_notes(consolidated)
        _ = gazette.events
        return gazette

    about = [*(f"{one.sha256}{one.path}" for one in corpus.data_sets), f"notes={notes}"]
    return kept_gazette(about, printed, read)


def data_date(corpus: Corpus) -> dt.date | None:
    """The date of the consolidated data, None when nothing tells."""
    from graph.pipeline import data_source

    text = data_source(corpus).date
    return dt.date.fromisoformat(text[:10]) if text else None


def as_of(
    corpus: Corpus, refids: Sequence[str], date: dt.date, *, gazette: Gazette | None = None, notes: bool = True
) -> AsOf:
    """The acts *refids* as in force on *date*, in their order; what cannot be replayed is named and left out."""
    book = gazette or gazette_of(corpus, notes=notes)
    today = data_date(corpus)
    documents: list[Document] = []
    replays: list[Replay] = []
    missing: list[Missing] = []
    for refid in dict.fromkeys(refids):
        try:
            consolidated = corpus.get(refid, gazette=False)
        except LovdataError:
            consolidated = None
        try:
            replay = book.at(refid, date, consolidated=consolidated, data_date=today, notes=notes)
        except LovdataError as error:
            missing.append(Missing(refid, str(error)))
            continue
        first = first_day(consolidated) if consolidated is not None else None
        if first is not None and date < first:
            missing.append(Missing(refid, f"not in force before {first}"))
            continue
        replays.append(replay)
        documents.append(_named(replay.document, consolidated, date))
    return AsOf(date, tuple(documents), tuple(missing), tuple(replays))


def _named(document: Document, consolidated: Document | None, date: dt.date) -> Document:
    """The document with the names that it bore on *date*: a former name that the table of acts has, else today's.

    The names printed with the act as promulgated are often none or others ("Lov om …"); a replay does not change them.
    """
    from msgspec.structs import replace

    from lovdata_ingest.acts import reform_acts

    former = [
        name.name
        for act in reform_acts() if act.refid == document.refid
        for name in act.former_names if name.since <= date < name.until
    ]  # fmt: skip
    if former:
        return replace(document, header=replace(document.header, short_titles=(former[0].capitalize(),)))
    if consolidated is None or not consolidated.header.short_titles:
        return document
    names = consolidated.header
    header = replace(document.header, short_titles=names.short_titles, abbreviations=names.abbreviations)
    return replace(document, header=header)


def act_on(corpus: Corpus, words: str, date: dt.date, *, notes: bool = True) -> Replay:
    """The act that *words* mean as in force on *date*.

    Raises:
        LovdataError: if the act is not known, or cannot be given as of that date, with the reason.
    """
    import re

    known = re.fullmatch(r"lov/\d{4}-\d{2}-\d{2}(?:-\d+)?", words)
    refid = words if known else corpus.match(words).refid  # an act out of force has no name among those in force
    found = as_of(corpus, (refid,), date, notes=notes)
    if found.missing:
        raise LovdataError(found.missing[0].reason)
    return found.replays[0]


def history_of(corpus: Corpus, address: Address) -> list[Version]:
    """The versions of a provision, oldest first.

    Raises:
        LovdataError: if the act as promulgated is not among the sources.
    """
    return gazette_of(corpus).history(address)


def at_text(answer: At) -> str:
    """The act as text, a blank line between paragraphs, with what made it at the top."""
    by = ", ".join(answer.applied) or "-"
    lines = [f"{answer.refid} per {answer.date} (endret ved: {by})"]
    left = len(answer.not_applied)
    if left:
        lines.append(f"[{left} instrukser på veien er ikke utført; teksten kan avvike. --format json viser dem.]")
    for section in answer.sections:
        lines += [section.heading, *(ledd.text for ledd in section.ledd)]
    return "\n\n".join(lines) + "\n"


class LeddText(Struct, frozen=True):
    """A ledd (or another block) of a section: address and words."""

    address: str
    text: str


class SectionText(Struct, frozen=True):
    """A section of `At`: address, heading with its number, ledd."""

    address: str
    heading: str
    ledd: tuple[LeddText, ...]


class NotApplied(Struct, frozen=True):
    """An operation on the way that was not carried out, or is not known to be in force, with the reason."""

    act: str
    operation: str
    reason: str


class At(Struct, frozen=True):
    """What ``pliktgraf at`` answers; encoded as JSON it is the contract's object."""

    refid: str
    date: str
    sections: tuple[SectionText, ...]
    applied: tuple[str, ...]
    not_applied: tuple[NotApplied, ...]
    basis: str = ""
    dates: tuple[tuple[str, str, str], ...] = ()
    doubted: tuple[NotApplied, ...] = ()


def at_of(replay: Replay) -> At:
    """The answer of ``pliktgraf at`` from a replay; ``dates`` tell for each act when, and which source says so."""
    from lovdata_ingest.plain_text import blocks_of, heading_of, text_of

    sections = tuple(
        SectionText(
            str(section.address), heading_of(section),
            tuple(LeddText(str(block.address or ""), text_of(block)) for block in blocks_of(section)),
        )
        for section in replay.document.sections()
    )  # fmt: skip
    failed = [NotApplied(step.act, _words(step), step.outcome.reason) for step in replay.not_applied]
    failed += [NotApplied(step.act, _words(step), _not_in_force(step)) for step in replay.waiting]
    failed += [NotApplied(item.source, item.text, item.reason) for item in replay.unread]
    doubted = [
        NotApplied(step.act, _words(step), "; ".join((*step.outcome.doubts, *step.commenced.doubts)))
        for step in replay.doubted
    ]
    dates = dict.fromkeys((step.act, str(step.commenced.date or ""), step.commenced.source) for step in replay.steps)
    return At(replay.document.refid, replay.date.isoformat(), sections, replay.applied, tuple(failed), replay.basis,
              tuple(dates), tuple(doubted))  # fmt: skip


def _words(step: Step) -> str:
    return step.lead or step.operation.id


def _not_in_force(step: Step) -> str:
    said = "; ".join(filter(None, (step.commenced.words, *step.commenced.doubts)))
    when = f"in force from {step.commenced.date}" if step.commenced.date else "no date of commencement known"
    return f"not in force by then: {when}" + (f" ({said})" if said else "")


def missing_notes(missing: Iterable[Missing], date: dt.date) -> list[Words]:
    """Lines for the reader: which acts are left out and why."""
    from graph.report.reasons import reason_in

    return [
        Words(
            f"{_name(row.act)} er utelatt, kan ikke gis per {date}: {reason_in(row.reason, 'nb')}",
            f"{_name(row.act)} is left out, it cannot be given as of {date}: {row.reason}",
        )
        for row in missing
    ]


def doubt_notes(then: AsOf) -> list[Words]:
    """A line for the reader: acts whose text on the day is not sure, since instructions on the way were not carried out."""
    counts = []
    for document, replay in zip(then.documents, then.replays, strict=True):
        left = [row for row in at_of(replay).not_applied if not row.reason.startswith(_LATER)]
        if left:
            counts.append(f"{_name(document.refid)} {len(left)}")
    if not counts:
        return []
    return [
        Words(
            f"Lovene per {then.date} er bygget opp igjen fra Norsk Lovtidend. Instrukser på veien som ikke er utført, så "
            f"teksten kan avvike («pliktgraf at LOV {then.date}» viser dem): {', '.join(counts)}.",
            f"The acts as of {then.date} were rebuilt from the gazette. Instructions on the way that were not carried out, "
            f"so that the text may differ ('pliktgraf at ACT {then.date}' lists them): {', '.join(counts)}.",
        )
    ]


_LATER = "not in force by then: in force from"  # what came later is no doubt about the text of the day


def _name(refid: str) -> str:
    """An act's usual name with its refid, where the table of acts knows it."""
    from lovdata_ingest.acts import reform_acts

    names = {act.refid: act.names for act in reform_acts()}
    names |= {old.refid: old.names for act in reform_acts() for old in act.replaces}
    return f"{names[refid].all()[0]} ({refid})" if refid in names else refid

"""Answers about the law of a past day, and the findings of two days held against each other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from graph.answer import Answer
from graph.as_of import AsOf, as_of, doubt_notes, gazette_of, missing_notes
from graph.compare import FindingChange
from graph.effects import Crosswalk, matched_findings
from graph.finding import Finding, Words
from graph.inputs import Inputs
from graph.pipeline import Nlp, data_source
from lovdata_ingest.acts import reform_acts, successor_of
from lovdata_ingest.model import Document

if TYPE_CHECKING:
    from lovdata_ingest.amendments.replay import Gazette
    from lovdata_ingest.corpus import Corpus


class TwoDays(Struct, frozen=True):
    """The findings on the same acts on two days.

    ``closed`` are only in ``before``, ``opened`` only in ``after``; ``changed`` are in both, on other provisions.
    """

    dates: tuple[str, str]
    acts: tuple[str, ...]
    before: tuple[Finding, ...]
    after: tuple[Finding, ...]
    closed: tuple[Finding, ...]
    opened: tuple[Finding, ...]
    changed: tuple[FindingChange, ...]
    notes: tuple[Words, ...]

    def only(self, chosen_of: Callable[[Sequence[Finding]], Sequence[Finding]]) -> TwoDays:
        """The same with the findings that *chosen_of* picks of each list."""
        lists = (tuple(chosen_of(side)) for side in (self.before, self.after, self.closed, self.opened))
        before, after, closed, opened = lists
        kept = {finding.id for finding in chosen_of([change.after for change in self.changed])}
        changed = tuple(change for change in self.changed if change.after.id in kept)
        return replace(self, before=before, after=after, closed=closed, opened=opened, changed=changed)


def refids_of(
    corpus: Corpus, acts: Sequence[str], *, everything: bool = False, day: dt.date | None = None,
    beside: Sequence[str] = (),
) -> tuple[str, ...]:  # fmt: skip
    """The refids that ACT arguments mean: those named, else the 14 of the reform and *beside*, or every loaded act.

    On a *day* before one of the 14 had replaced another act, that act stands in its place.
    """
    if everything:
        return tuple(entry.refid for entry in corpus.entries if not entry.gazette)
    if acts:
        return tuple(dict.fromkeys(corpus.match(words).refid for words in acts))
    found: list[str] = []
    for act in reform_acts():
        earlier = [old.refid for old in act.replaces if day is not None and day < old.until]
        found += earlier or [act.refid]
    return tuple(dict.fromkeys((*found, *beside)))


def documents_on(
    corpus: Corpus, acts: Sequence[str], day: dt.date, *, everything: bool = False, gazette: Gazette | None = None,
    beside: Sequence[str] = (),
) -> AsOf:  # fmt: skip
    """The chosen acts as in force on *day*; those that cannot be given stand in ``missing`` with the reason."""
    refids = refids_of(corpus, acts, everything=everything, day=day, beside=beside)
    return as_of(corpus, refids, day, gazette=gazette)


def answer_on(
    corpus: Corpus, acts: Sequence[str], day: dt.date, *, everything: bool = False, nlp: Nlp | None = None,
    beside: Sequence[str] = (),
) -> Answer:  # fmt: skip
    """What `graph.answer.answer` tells, of the law of *day*; acts left out are named in the notes."""
    return _answer(corpus, documents_on(corpus, acts, day, everything=everything, beside=beside), nlp)


def _answer(corpus: Corpus, then: AsOf, nlp: Nlp | None = None) -> Answer:
    from graph.analyse import analyse
    from graph.pipeline import frames_of, references_of

    documents = then.documents
    data = replace(data_source(corpus), date=then.date.isoformat())
    inputs = Inputs(
        tuple(document.refid for document in documents),
        documents,
        frames_of(documents, nlp=nlp),
        references_of(documents, documents),
        data=data,
    )
    notes = (*missing_notes(then.missing, then.date), *doubt_notes(then))
    return Answer(inputs, analyse(inputs), documents, notes)


def two_days(
    corpus: Corpus, acts: Sequence[str], days: tuple[dt.date, dt.date], *, everything: bool = False,
    beside: Sequence[str] = (),
) -> TwoDays:  # fmt: skip
    """The findings of two days side by side, on the acts (or an act and its successor) that can be given on both."""
    gazette = gazette_of(corpus)
    sides = [documents_on(corpus, acts, day, everything=everything, gazette=gazette, beside=beside) for day in days]
    present = [{successor_of(d.refid) for d in side.documents} for side in sides]
    kept = [replace(side, documents=_only(side.documents, present[0] & present[1])) for side in sides]
    answers = [_answer(corpus, side) for side in kept]
    old, new = (tuple(answer.analysis.findings) for answer in answers)
    changes = matched_findings(old, new, _walk(kept[0].documents, kept[1].documents))
    notes = tuple(dict.fromkeys(note for answer in answers for note in answer.notes))
    return TwoDays((days[0].isoformat(), days[1].isoformat()), tuple(d.refid for d in kept[0].documents), old, new,
                   changes.closed, changes.opened, changes.changed, notes)  # fmt: skip


def _only(documents: Sequence[Document], refids: set[str]) -> tuple[Document, ...]:
    return tuple(document for document in documents if successor_of(document.refid) in refids)


def _walk(before: Sequence[Document], after: Sequence[Document]) -> Crosswalk:
    from graph.compare import compare

    return Crosswalk(compare(before, after))

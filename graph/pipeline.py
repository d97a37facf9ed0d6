"""From loaded acts to an analysis: frames and references per document, joined at the end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from graph.inputs import DataSource, Inputs
from lovdata_ingest.model import Document

if TYPE_CHECKING:
    from duties.frame import Frame
    from lovdata_ingest.corpus import Corpus
    from lovdata_ingest.references import Reference

Nlp = Literal["rules", "parser"]


def data_source(corpus: Corpus, documents: Iterable[Document] | None = None) -> DataSource:
    """Which data the answer rests on: names, dates and hashes of the consolidated data sets.

    The date is Lovdata's own where `fetch` wrote it down; else the latest day on which an act was corrected or
    promulgated in the data, which is a lower bound. *documents* are the consolidated ones, where they are at hand.
    """
    sets = [one for one in corpus.data_sets if any(not entry.gazette for entry in one.entries)]
    dates = [one.date.isoformat() for one in sets if one.date]
    return DataSource(
        ", ".join(Path(one.path).name for one in sets),
        max(dates, default="") or _latest_day(corpus.consolidated() if documents is None else documents),
        ", ".join(one.sha256 for one in sets),
    )


def _latest_day(documents: Iterable[Document]) -> str:
    from lovdata_ingest.header import parse_date

    latest = dt.date.min
    for document in documents:
        for text in (document.header.corrected, document.refid):
            day = parse_date(text)
            if day is not None and day > latest:
                latest = day
    return "" if latest == dt.date.min else latest.isoformat()


def frames_of(documents: Iterable[Document], *, nlp: Nlp | None = None) -> tuple[Frame, ...]:
    """The norm frames of *documents*, in their order; found once and kept in the cache for the same words and rules.

    Args:
        documents: acts with text.
        nlp: read with the rules over tokens alone, or over the parser's syntax; None for the default.
    """
    if nlp != "parser":
        from graph.kept_facts import frames_of_documents

        return tuple(frames_of_documents(documents))
    from duties.find import find_frames
    from duties.nlp import load_pipeline

    pipeline = load_pipeline()
    return tuple(frame for document in documents for frame in find_frames(document, nlp=pipeline))


def references_of(documents: Iterable[Document], everything: Sequence[Document]) -> tuple[Reference, ...]:
    """The references in *documents*, resolved against *everything* that is loaded."""
    from lovdata_ingest.references import build_index, find_references

    index = build_index(everything)
    return tuple(reference for document in documents for reference in find_references(document, index))


def inputs_of(
    chosen: Sequence[Document], everything: Sequence[Document], data: DataSource, *, nlp: Nlp | None = None
) -> Inputs:
    """Everything that `graph.analyse.analyse` needs, read from the text.

    Args:
        chosen: the acts that the question is about.
        everything: all acts loaded: targets of references, acts to come.
        data: which data it is.
        nlp: see `frames_of`.
    """
    return Inputs(
        acts=tuple(document.refid for document in chosen),
        documents=tuple(everything),
        frames=frames_of(chosen, nlp=nlp),
        references=references_of(chosen, everything),
        data=data,
    )

"""References for a command: of chosen acts, or to a provision, from the loaded text or else from the snapshot."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from lovdata_ingest.address import Address
from lovdata_ingest.errors import LovdataError
from lovdata_ingest.references.reference import Reference

if TYPE_CHECKING:
    from graph.references import Dependent
    from lovdata_ingest.corpus import Corpus
    from lovdata_ingest.model import Document
    from lovdata_ingest.references import Index
    from lovdata_ingest.references.review import Dispute


class Refs(Struct, frozen=True):
    """References, and what is to be said of them."""

    references: tuple[Reference, ...]
    notes: tuple[str, ...] = ()


def references_of_acts(
    corpus: Corpus, acts: Sequence[str] = (), *, everything: bool = False, at: dt.date | None = None
) -> Refs:
    """The references in *acts* (none: the 14 of the reform; *everything*: all loaded), as in force on *at*.

    Raises:
        LovdataError: if an act is not known, or text is needed and none is loaded.
    """
    if not corpus.has_text:
        return _from_snapshot(acts, everything=everything or at is not None)
    chosen = corpus.chosen(acts, everything=everything)
    loaded = list(corpus.consolidated())
    notes: tuple[str, ...] = ()
    if at is not None:
        from graph.as_of import as_of, missing_notes

        past = as_of(corpus, [document.refid for document in chosen], at)
        chosen, notes = past.documents, tuple(note.nb for note in missing_notes(past.missing, at))
        replaced = {document.refid: document for document in chosen}
        loaded = [replaced.get(document.refid, document) for document in loaded]
    return Refs(read_all(chosen, _index(loaded, chosen, at)), notes)


def _index(loaded: Sequence[Document], chosen: Iterable[Document], at: dt.date | None = None) -> Index:
    from lovdata_ingest.references import build_index

    return build_index([*loaded, *chosen], at=at)


def read_all(documents: Iterable[Document], index: Index) -> tuple[Reference, ...]:
    """The references of documents, in their order."""
    from lovdata_ingest.references import find_references

    return tuple(row for document in documents for row in find_references(document, index))


def _from_snapshot(acts: Sequence[str], *, everything: bool) -> Refs:
    from graph.answer import acts_of_snapshot, from_snapshot_note
    from graph.snapshot import load_snapshot

    if everything:
        raise LovdataError(
            "--all og --at trenger lovteksten. Kjør 'pliktgraf fetch', eller oppgi en kilde med --source PATH"
        )
    inputs = load_snapshot().inputs()
    wanted = set(acts_of_snapshot(acts, inputs))
    return Refs(
        tuple(row for row in inputs.references if row.source.act in wanted), (from_snapshot_note(inputs.data.date).nb,)
    )


def references_to(corpus: Corpus, words: str) -> Refs:
    """Every reference that leads to a provision or below it, across all loaded acts.

    Args:
        corpus: the loaded data; without text the snapshot answers for its 14 acts.
        words: the provision as a user writes it ("hol § 7-2 a") or its address.

    Raises:
        LovdataError: if *words* name no act or no provision.
    """
    from graph.references import to_address

    if not corpus.has_text:
        from lovdata_ingest.acts import match_act
        from lovdata_ingest.provision import read_provision

        act, path = read_provision(words)
        match = match_act(act)
        found = _from_snapshot((), everything=False)
        notes = (match.note(), *found.notes) if match.note() else found.notes
        return Refs(tuple(to_address(found.references, Address(match.refid, path))), notes)
    place = corpus.find(words)
    told = [place.match.note()] if place.match.note() else []
    if place.succession is not None:
        told.append(place.succession.explain())
    rows: list[Reference] = []
    for address in place.addresses:
        rows.extend(to_address(references_near(corpus, address.act), address))
    return Refs(tuple(rows), tuple(told))


def references_near(corpus: Corpus, refid: str) -> tuple[Reference, ...]:
    """The references of every loaded act that can refer to *refid*: its own text, and acts that name it."""
    from lovdata_ingest.references.find import documents_naming

    loaded = list(corpus.consolidated())
    index = _index(loaded, ())
    return read_all(documents_naming(loaded, index, refid), index)


def disputes_of_acts(corpus: Corpus, acts: Sequence[str] = (), *, everything: bool = False) -> list[Dispute]:
    """Where Lovdata's links and our reading differ in the chosen acts."""
    from lovdata_ingest.references import find_references
    from lovdata_ingest.references.review import disputes

    chosen = corpus.chosen(acts, everything=everything)
    index = _index(list(corpus.consolidated()), chosen)
    return [row for document in chosen for row in disputes(document, find_references(document, index), index)]


def around(corpus: Corpus, address: Address) -> tuple[tuple[Reference, ...], tuple[Reference, ...]]:
    """What a provision refers to, and what refers to it from elsewhere, across all loaded acts."""
    from graph.references import from_address, to_address

    rows = references_near(corpus, address.act)
    outgoing = tuple(row for row in from_address(rows, address) if row.via != "range")
    incoming = tuple(row for row in to_address(rows, address) if not address.contains(row.source))
    return outgoing, incoming


def dependents_of(corpus: Corpus, references: Iterable[Reference], words: str, depth: int) -> list[Dependent]:
    """The provisions that lead to the one that *words* mean within *depth* references, nearest first."""
    from graph.references import dependents, reference_graph
    from lovdata_ingest.acts import match_act
    from lovdata_ingest.provision import read_provision

    if corpus.has_text:
        addresses = corpus.find(words).addresses
    else:
        act, path = read_provision(words)
        addresses = (Address(match_act(act).refid, path),)
    graph = reference_graph(references)
    return [one for address in addresses for one in dependents(graph, address, depth=depth)]


def graph_lines(references: Iterable[Reference], *, most: int = 0, circles_only: bool = False) -> Iterator[str]:
    """The provisions most referred to, or the circles, as a table with tabs."""
    from graph.references import circles, most_referred, reference_graph
    from graph.report.references import circles_text, referred_text

    graph = reference_graph(references)
    yield from circles_text(circles(graph)) if circles_only else referred_text(most_referred(graph, limit=most))


def comparison(earlier: str, references: Iterable[Reference]) -> Iterator[str]:
    """The references gained (+) and lost (-) since an earlier output in JSON lines."""
    from lovdata_ingest.references.listing import changed, read_jsonl

    gained, lost = changed(read_jsonl(earlier), references)
    yield "\t".join(("change", "source", "start", "text", "target", "via", "status"))
    for sign, rows in (("+", gained), ("-", lost)):
        for row in rows:
            values = (sign, str(row.source), str(row.start), row.text, row.target, row.via, row.status)
            yield "\t".join(" ".join(value.split()) or "-" for value in values)


def chosen_rows(references: Iterable[Reference], status: str | None) -> list[Reference]:
    """All references, or those of a status (``broken`` for those that lead nowhere today)."""
    from lovdata_ingest.references.listing import with_status

    return with_status(references, status) if status else list(references)


def lines(references: Iterable[Reference], format: str) -> Iterator[str]:
    """References as ``tsv`` or ``jsonl``."""
    from lovdata_ingest.references.listing import to_jsonl, to_tsv

    return to_tsv(references) if format == "tsv" else to_jsonl(references)

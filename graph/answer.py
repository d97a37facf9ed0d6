"""One way to an answer for every command: from the loaded text, else from the snapshot, and the reader is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from graph.finding import Finding, Words
from graph.inputs import Inputs
from graph.pipeline import Nlp
from lovdata_ingest.acts import match_act, reform_acts
from lovdata_ingest.errors import LovdataError
from lovdata_ingest.model import Document

if TYPE_CHECKING:
    from graph.analyse import Analysis
    from graph.report.report import Report
    from lovdata_ingest.corpus import Corpus


class Answer(Struct, frozen=True):
    """What was worked out, on which data; ``documents`` is empty where the snapshot answered."""

    inputs: Inputs
    analysis: Analysis
    documents: tuple[Document, ...]
    notes: tuple[Words, ...]


def from_snapshot_note(date: str) -> Words:
    """The one line that tells that no text is loaded."""
    return Words(
        f"Uten lovtekst: svaret er øyeblikksbildet av Lovdatas data fra {date}. «pliktgraf fetch» henter teksten.",
        f"No text loaded: this is the snapshot of Lovdata's data of {date}. 'pliktgraf fetch' brings the text.",
    )


def answer(
    corpus: Corpus, acts: Sequence[str] = (), *, everything: bool = False, nlp: Nlp | None = None,
    beside: Sequence[str] = (),
) -> Answer:  # fmt: skip
    """Analyse *acts* (none: the 14 of the reform and, where text is loaded, *beside*; *everything*: all loaded).

    Raises:
        LovdataError: if an act is not known, or is not in the snapshot and no text is loaded.
    """
    from graph.analyse import analyse

    if corpus.has_text:
        from graph.pipeline import data_source, inputs_of

        if beside and not acts:
            acts = tuple(dict.fromkeys((*(act.refid for act in reform_acts()), *beside)))
        chosen = corpus.chosen(acts, everything=everything)
        loaded = tuple(corpus.consolidated())
        inputs = inputs_of(chosen, loaded, data_source(corpus, loaded), nlp=nlp)
        return Answer(inputs, analyse(inputs), chosen, ())
    from graph.snapshot import load_snapshot

    if everything:
        raise LovdataError("--all trenger lovteksten. Kjør 'pliktgraf fetch', eller oppgi en kilde med --source PATH")
    snapshot = load_snapshot()
    inputs = snapshot.inputs()
    wanted = acts_of_snapshot(acts or beside, inputs)  # an act that the snapshot lacks is an error, not an empty answer
    analysis = analyse(inputs)
    return Answer(narrowed(inputs, wanted) if acts else inputs, analysis, (), (from_snapshot_note(inputs.data.date),))


def acts_of_snapshot(acts: Sequence[str], inputs: Inputs) -> tuple[str, ...]:
    """The refids that ACT arguments mean, among the acts of the snapshot.

    Raises:
        LovdataError: if a name leads to no act, or to one that the snapshot does not hold.
    """
    if not acts:
        return inputs.acts
    known = {act.refid: act.name() for act in reform_acts()}
    wanted = tuple(dict.fromkeys(match_act(words).refid for words in acts))
    missing = [refid for refid in wanted if refid not in inputs.acts]
    if missing:
        raise LovdataError(
            f"{', '.join(missing)}: øyeblikksbildet holder de 14 lovene "
            f"({', '.join(known.get(refid, refid) for refid in inputs.acts)}). Kjør 'pliktgraf fetch' for de andre"
        )
    return wanted


def narrowed(inputs: Inputs, acts: Sequence[str]) -> Inputs:
    """The inputs with frames and references of *acts* alone."""
    from msgspec.structs import replace

    chosen = set(acts)
    return replace(
        inputs,
        acts=tuple(acts),
        frames=tuple(frame for frame in inputs.frames if frame.address.act in chosen),
        references=tuple(reference for reference in inputs.references if reference.source.act in chosen),
    )


def report_of(
    found: Answer, findings: Sequence[Finding], *, marks: Mapping[str, str] | None = None, notes: Sequence[Words] = ()
) -> Report:
    """The report on *findings* of an answer, with the words of the law where they are loaded."""
    from graph.report.report import Report, excerpts_of

    known = {facts.refid: facts for facts in found.analysis.facts}
    first = [known[refid] for refid in found.inputs.acts if refid in known]
    rest = [facts for refid, facts in known.items() if refid not in found.inputs.acts]
    return Report(
        found.inputs.data, tuple(first), tuple(findings), found.analysis.matrix,
        excerpts_of(findings, found.inputs.documents), marks or {}, (*found.notes, *notes), tuple(rest),
    )  # fmt: skip


def reviewed(
    every: Sequence[Finding], chosen: Sequence[Finding], path: Path
) -> tuple[tuple[Finding, ...], dict[str, str], tuple[Words, ...]]:
    """The reader's marks on the findings: what is left of *chosen*, marks by id, and what is to be said of them.

    Findings marked as wrong are left out, and counted in a note; so are marks on findings that are no more.
    """
    from graph.review import apply_review, load_review

    review = load_review(path)
    known = apply_review(every, review)
    wrong = {finding.id for finding in known.wrong}
    left = tuple(finding for finding in chosen if finding.id not in wrong)
    notes = []
    gone = len(chosen) - len(left)
    if gone:
        notes.append(
            Words(
                f"{gone} funn er merket som feil og utelatt ({path}).",
                f"{gone} findings marked as wrong are left out ({path}).",
            )
        )
    if known.stale:
        ids = ", ".join(known.stale)
        notes.append(
            Words(
                f"Merker uten funn, lov eller regel er endret: {ids}.",
                f"Marks without a finding, law or rule has changed: {ids}.",
            )
        )
    return left, {id_: marked.mark for id_, marked in review.marks.items()}, tuple(notes)


def review_path(named: Path | None) -> Path:
    """The reader's file of marks: the one named, else ``pliktgraf-review.yaml`` beside the work."""
    return named if named is not None else Path("pliktgraf-review.yaml")

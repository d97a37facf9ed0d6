"""What the arguments of ``pliktgraf diff`` mean: proposals, acts of the gazette, two dates, two versions of an act."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from graph.as_of import AsOf, as_of, gazette_of, parse_day
from graph.compare import Note
from graph.proposed import Carried, Compared, carry_out, compared, diff_of
from graph.report.reasons import reason_in
from lovdata_ingest.errors import LovdataError
from lovdata_ingest.model import Document
from lovdata_ingest.proposals import Message, Proposal, read_proposal

if TYPE_CHECKING:
    from lovdata_ingest.amendments.replay import Gazette
    from lovdata_ingest.corpus import Corpus

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}\.\d{1,2}\.\d{4}")


class Request(Struct, frozen=True):
    """The arguments, understood. Either proposals, or two sides to compare (``acts`` on two days, or two documents)."""

    proposals: tuple[Proposal, ...] = ()
    failed: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    days: tuple[dt.date, ...] = ()
    documents: tuple[Document, ...] = ()


def understand(arguments: Sequence[str], corpus: Corpus, *, reading: str = "accepted") -> Request:
    """Sort out the arguments of ``diff``.

    A file is a proposal, or a version of an act when it is a consolidated text. A refid is the amending act of that
    number in the gazette; a date stands for the law on that day; a name before two dates is the act; ``bhl@2021-06-10``
    is that act on that day.

    Raises:
        LovdataError: if no argument can be used.
    """
    proposals: list[Proposal] = []
    failed: list[str] = []
    acts: list[str] = []
    days: list[dt.date] = []
    documents: list[Document] = []
    for argument in arguments:
        path = Path(argument)
        try:
            if _DAY.fullmatch(argument):
                days.append(parse_day(argument))
            elif "@" in argument and _DAY.fullmatch(argument.rpartition("@")[2]):
                name, _, day = argument.rpartition("@")
                acts.append(corpus.match(name).refid)
                days.append(parse_day(day))
            elif path.exists() or path.suffix.lower() in (".xml", ".html", ".docx", ".pdf", ".md", ".txt"):
                proposal = read_proposal(path, reading=reading, number=len(proposals) + 1)
                if proposal.document.header.document_id.startswith(("NL/", "SF/")):
                    documents.append(proposal.document)
                else:
                    proposals.append(proposal)
            else:
                refid = _refid(argument, corpus)
                document = _amending(refid, corpus)
                if document is None:
                    acts.append(refid)
                else:
                    proposals.append(_promulgated(document))
        except LovdataError as error:
            failed.append(str(error))
    if not (proposals or days or documents or acts):
        raise LovdataError("\n".join(failed))
    return Request(tuple(proposals), tuple(failed), tuple(dict.fromkeys(acts)), tuple(days), tuple(documents))


def _refid(words: str, corpus: Corpus) -> str:
    if re.fullmatch(r"(?:LTI/|NL/)?(?:lov|forskrift)/\d{4}-\d{2}-\d{2}(?:-\d+)?", words):
        return words.removeprefix("LTI/").removeprefix("NL/")
    return corpus.match(words).refid


def _amending(refid: str, corpus: Corpus) -> Document | None:
    """The act as promulgated, when it amends others: it is in the gazette and no act in force of its own."""
    try:
        document = corpus.get(refid, gazette=True)
    except LovdataError:
        return None
    title = document.header.title.lower()
    return document if re.search(r"\bendring|\bendra|\boppheving|\boppheval", title) or refid not in {
        entry.refid for entry in corpus.entries if not entry.gazette
    } else None  # fmt: skip


def _promulgated(document: Document) -> Proposal:
    title = document.header.title
    return Proposal(document.refid, title, document, messages=(
        Message("taken", f"Lest som kunngjort lov: {title}", f"Read as a promulgated act: {title}"),))  # fmt: skip


def run(
    request: Request,
    corpus: Corpus,
    *,
    at: dt.date | None = None,
    everything: bool = False,
    findings_of: Sequence[str] = (),
    effects: bool = True,
    against_each_other: bool = False,
) -> Compared:
    """Answer a request.

    Args:
        request: from `understand`.
        corpus: the loaded acts.
        at: the day whose law the proposals are held against; None: the consolidated text as loaded.
        everything: with *at*, replay every loaded act for references, not only those changed and *findings_of*.
        findings_of: acts whose findings are compared (the 14 of the reform).
        effects: whether references, norms and findings are compared.
        against_each_other: compare what two proposals make of the law, instead of applying one on top of the other.

    Raises:
        LovdataError: if the arguments do not fit together.
    """
    notes = [Note("problem", f"Ikke lest: {text}", f"Not read: {text}") for text in request.failed]
    if request.proposals:
        documents, more = _base(request, corpus, at, everything, findings_of)
        notes.extend(more)
        older = () if at is None else _gazette_names(corpus)
        if against_each_other:
            return _versus(request, documents, older, notes, findings_of, effects)
        carried = carry_out(request.proposals, documents, older)
        title = "; ".join(dict.fromkeys(p.title or p.name for p in request.proposals))
        return Compared(
            diff_of(carried, documents, findings_of=findings_of, effects=effects, notes=notes, title=title), carried
        )
    if len(request.documents) == 2:
        return _versions(request.documents[:1], request.documents[1:], corpus, findings_of, effects, notes)
    if len(request.documents) == 1 and request.acts:
        other = corpus.get(request.acts[0], gazette=False)
        return _versions((other,), request.documents, corpus, findings_of, effects, notes)
    if len(request.days) == 2:
        return _two_days(request, corpus, findings_of, effects, notes)
    if len(request.days) == 1 and request.acts:
        gazette = gazette_of(corpus)
        then = as_of(corpus, request.acts, request.days[0], gazette=gazette)
        notes.extend(_missing(then))
        now = [corpus.get(refid, gazette=False) for refid in request.acts]
        return _versions(then.documents, now, corpus, findings_of, effects, notes)
    raise LovdataError(
        "diff trenger ett eller flere forslag (fil eller refid, f.eks. lov/2021-06-11-78), to datoer "
        "(pliktgraf diff bhl 2021-06-10 2022-08-01), eller to versjoner av en lov (to filer, eller bhl@2021-06-10 "
        "bhl@2022-08-01)" + ("\n" + "\n".join(request.failed) if request.failed else "")
    )


def _base(
    request: Request, corpus: Corpus, at: dt.date | None, everything: bool, findings_of: Sequence[str]
) -> tuple[list[Document], list[Note]]:
    """The acts that the proposals are held against."""
    if at is None:
        return list(corpus.consolidated()), []
    gazette = gazette_of(corpus)
    refids = list(dict.fromkeys((*_changed(request, gazette), *findings_of)))
    if everything:
        refids = list(dict.fromkeys((*refids, *(d.refid for d in corpus.consolidated()))))
    then = as_of(corpus, refids, at, gazette=gazette)
    notes = _missing(then)
    if not everything:
        notes.append(Note(
            "limits",
            f"Loven per {at}: {len(then.documents)} lover er spilt av på nytt; henvisninger er lest i dem. --all tar med alle.",
            f"The law of {at}: {len(then.documents)} acts were replayed; references were read in them. --all takes every act.",
        ))  # fmt: skip
    return list(then.documents), notes


def _changed(request: Request, gazette: Gazette) -> list[str]:
    from lovdata_ingest.amendments.parse import parse_amendment

    return [act for proposal in request.proposals for act in parse_amendment(proposal.document, gazette.names).acts]


def _gazette_names(corpus: Corpus) -> tuple[Document, ...]:
    return tuple(document for document in corpus.gazette() if document.refid.startswith("lov/"))


def _missing(then: AsOf) -> list[Note]:
    return [Note("missing", f"{row.act} er utelatt, kan ikke gis per {then.date}: {reason_in(row.reason, 'nb')}",
                 f"{row.act} is left out: it cannot be given as of {then.date}: {row.reason}") for row in then.missing]  # fmt: skip


def _versus(
    request: Request, documents: list[Document], gazette: tuple[Document, ...], notes: list[Note],
    findings_of: Sequence[str], effects: bool,
) -> Compared:  # fmt: skip
    if len(request.proposals) != 2:
        raise LovdataError(f"--compare tar to forslag, ikke {len(request.proposals)}")
    one, other = (carry_out((proposal,), documents, gazette) for proposal in request.proposals)
    sides: list[dict[str, Document]] = [{d.refid: d for d in side.after} for side in (one, other)]
    base = {d.refid: d for d in documents}
    refids = list(dict.fromkeys((*sides[0], *sides[1])))
    before = [sides[0].get(refid) or base[refid] for refid in refids]
    after = [sides[1].get(refid) or base[refid] for refid in refids]
    made = compared(before, after)
    carried = Carried(made.before, made.after, made.changes, (*one.operations, *other.operations),
                      (*one.notes, *other.notes))  # fmt: skip
    names = " → ".join(p.title or p.name for p in request.proposals)
    rest = [sides[0].get(d.refid, d) for d in documents]
    found = diff_of(carried, rest, findings_of=findings_of, effects=effects, notes=notes, title=names)
    return Compared(found, carried)


def _two_days(
    request: Request, corpus: Corpus, findings_of: Sequence[str], effects: bool, notes: list[Note]
) -> Compared:
    gazette = gazette_of(corpus)
    acts = request.acts or tuple(findings_of)
    then, now = (as_of(corpus, acts, day, gazette=gazette) for day in request.days)
    notes.extend((*_missing(then), *_missing(now)))
    left, right = {d.refid for d in then.documents}, {d.refid for d in now.documents}
    both = left & right
    return _versions(
        [d for d in then.documents if d.refid in both or d.refid not in {m.act for m in now.missing}],
        [d for d in now.documents if d.refid in both or d.refid not in {m.act for m in then.missing}],
        corpus, findings_of if effects else (), effects, notes, f"{request.days[0]} → {request.days[1]}", alone=True,
    )  # fmt: skip


def _versions(
    before: Sequence[Document], after: Sequence[Document], corpus: Corpus, findings_of: Sequence[str], effects: bool,
    notes: list[Note], title: str = "", *, alone: bool = False,
) -> Compared:  # fmt: skip
    carried = compared(before, after)
    if alone:  # the law of a past day: no act of today among them
        everything = list(before)
    else:
        known = {d.refid for d in before}
        everything = [*before, *(d for d in corpus.consolidated() if d.refid not in known)]
    found = diff_of(carried, everything, findings_of=findings_of, effects=effects, notes=notes, title=title)
    return Compared(found, carried)

"""The drafter's question: what do these proposals make of the law, and what do they do to duties and references?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import cast

from msgspec import Struct

from graph.compare import ActChange, Action, Diff, Note, OperationView, compare_acts
from graph.effects import Crosswalk, Sides, duty_changes, finding_changes, reference_changes
from graph.report.reasons import reason_in
from lovdata_ingest.amendments.instruction import Amendment, Instruction, Operation, Outcome
from lovdata_ingest.amendments.names import Names
from lovdata_ingest.model import Document
from lovdata_ingest.proposals import Proposal

_ACTIONS = {"replace_words": "change"}


class Carried(Struct, frozen=True):
    """The acts that proposals change, before and after, and what became of each operation."""

    before: tuple[Document, ...]
    after: tuple[Document, ...]
    changes: tuple[ActChange, ...]
    operations: tuple[OperationView, ...]
    notes: tuple[Note, ...]


class Compared(Struct, frozen=True):
    """A comparison, with the versions of the acts that it rests on."""

    diff: Diff
    carried: Carried


def carry_out(
    proposals: Sequence[Proposal], documents: Sequence[Document], gazette: Iterable[Document] = ()
) -> Carried:
    """Apply *proposals* to *documents*, each on top of the one before it.

    Args:
        proposals: read by `lovdata_ingest.proposals.read_proposal`.
        documents: the acts as they stand (on the day in question).
        gazette: promulgated acts, for names of acts that are no longer in force.
    """
    names = Names()
    names.learn(documents, in_force=True)
    gazette = tuple(gazette)
    if gazette:
        names.learn(gazette)
    read: list[tuple[Proposal, Amendment]] = []
    notes: list[Note] = []
    for proposal in proposals:
        amendment, said = _read(proposal, names, documents)
        read.append((proposal, amendment))
        notes.extend((*_notes(proposal, amendment), *said))
    notes.extend(_collisions(read))
    return _applied(read, {document.refid: document for document in documents}, notes)


def _read(proposal: Proposal, names: Names, documents: Sequence[Document]) -> tuple[Amendment, list[Note]]:
    """What a proposal orders; where its instructions name no act, the one act that its title names is meant."""
    from lovdata_ingest.amendments.parse import parse_amendment, parse_instructions

    amendment = parse_amendment(proposal.document, names)
    operations = tuple(amendment.operations())
    if operations and all(operation.act for operation in operations):
        return amendment, []
    title = proposal.title.lower()
    named = [
        document for document in documents
        if any(re.search(rf"\b{re.escape(_stem(name))}(?:en|a|)\b", title) for name in document.header.short_titles)
    ]  # fmt: skip
    if len(named) != 1:
        return amendment, []
    nodes = [node for node in proposal.document.body.children if node.kind != "heading"]
    read = parse_instructions(nodes, names, source=amendment.source, act=named[0].refid, title=proposal.title)
    note = Note("taken", f"Instruksene nevner ingen lov; {named[0].short_title} er tatt fra tittelen.",
                f"The instructions name no act; {named[0].short_title} was taken from the title.", proposal.name)  # fmt: skip
    return read, [note]


def _stem(name: str) -> str:
    return re.sub(r"(?<=lov)(?:en|a)$", "", name.lower())


def _applied(read: Sequence[tuple[Proposal, Amendment]], known: dict[str, Document], notes: list[Note]) -> Carried:
    from lovdata_ingest.amendments.apply import apply

    first: dict[str, Document] = {}
    now: dict[str, Document] = {}
    moves: dict[str, dict[str, str]] = {}
    touched: dict[str, dict[str, list[str]]] = {}
    views: list[OperationView] = []
    for number, (proposal, amendment) in enumerate(read, 1):
        outcomes: dict[str, Outcome] = {}
        for refid in amendment.acts:
            document = now.get(refid) or known.get(refid)
            if document is None:
                continue
            first.setdefault(refid, document)
            operations = [operation for operation in amendment.operations() if not operation.pending]
            result = apply(document, operations)
            now[refid] = result.document
            step = {str(a): str(b) for a, b in result.crosswalk.items() if a.path and a == a.section_address}
            walked = moves.get(refid, {})
            moves[refid] = {old: step.get(new, new) for old, new in walked.items()} | {
                old: new for old, new in step.items() if old not in walked and old not in walked.values()
            }
            for outcome in result.outcomes:
                outcomes[outcome.operation] = outcome
                for place in outcome.touched:
                    prefix = f"{number}:" if len(read) > 1 else ""
                    touched.setdefault(refid, {}).setdefault(str(place.section_address), []).append(
                        prefix + outcome.operation
                    )
        views.extend(_views(proposal, amendment, outcomes, known, number if len(read) > 1 else 0))
    changes = []
    for refid, document in now.items():
        named = {key: tuple(dict.fromkeys(ids)) for key, ids in touched.get(refid, {}).items()}
        change = compare_acts(first[refid], document, moves=moves.get(refid, {}), operations=named)
        if change.sections:
            changes.append(change)
    return Carried(
        tuple(first.values()), tuple(now[refid] for refid in first), tuple(changes), tuple(views), tuple(notes)
    )


def _views(
    proposal: Proposal, amendment: Amendment, outcomes: dict[str, Outcome], known: dict[str, Document], number: int
) -> list[OperationView]:
    views = []
    for instruction in amendment.instructions:
        for operation in instruction.operations:
            outcome = outcomes.get(operation.id) or Outcome(operation.id, "not_applied", _why(operation, known))
            views.append(_view(proposal, instruction, operation, outcome, number))
    return views


def _why(operation: Operation, known: dict[str, Document]) -> str:
    if operation.pending:
        return f"changes the amending act {operation.amends or ''}, not an act in force".replace("  ", " ")
    if not operation.act:
        return "the act that it changes is not named"
    if operation.act not in known:
        return f"{operation.act} is not loaded"
    return "not carried out"


def _view(
    proposal: Proposal, instruction: Instruction, operation: Operation, outcome: Outcome, number: int
) -> OperationView:
    start, end = operation.span
    words = instruction.lead[start:end].strip() if end > start else ""
    where = proposal.place(str(instruction.address)).words() if instruction.address is not None else ""
    return OperationView(
        f"{number}:{operation.id}" if number else operation.id,
        cast(Action, _ACTIONS.get(operation.action, operation.action)),
        tuple(str(target) for target in operation.targets),
        tuple((str(a), str(b)) for a, b in operation.moves),
        words or instruction.lead, outcome.status, outcome.reason, proposal.name, where, (*operation.doubts, *outcome.doubts),
    )  # fmt: skip


def _notes(proposal: Proposal, amendment: Amendment) -> list[Note]:
    notes = [Note(m.kind, m.nb, m.en, f"{proposal.name}{', ' + m.place.words() if m.place.words() else ''}")
             for m in proposal.messages]  # fmt: skip
    for unread in amendment.unread:
        notes.append(Note("unread", f"Ikke tolket: «{unread.text[:160]}» ({reason_in(unread.reason, 'nb')})",
                          f"Not parsed: “{unread.text[:160]}” ({unread.reason})", _where(proposal, unread.text)))  # fmt: skip
    return notes


def _where(proposal: Proposal, words: str) -> str:
    """File and place of a paragraph of the proposal, found by its words."""
    for node in proposal.document.body.walk():
        if node.text and node.address is not None and (node.text.startswith(words[:60]) or words.startswith(node.text)):
            place = proposal.place(str(node.address)).words()
            return f"{proposal.name}, {place}" if place else proposal.name
    return proposal.name


def _collisions(read: Sequence[tuple[Proposal, Amendment]]) -> list[Note]:
    """A note for each place that two proposals touch: the same provision, or one inside the other."""
    notes: dict[str, Note] = {}
    places = [
        [(t.address, operation, instruction) for instruction in amendment.instructions
         for operation in instruction.operations for t in operation.places if t.address is not None]
        for _, amendment in read
    ]  # fmt: skip
    for i, mine in enumerate(places):
        for j in range(i + 1, len(places)):
            for one, _, lead in mine:
                for other, _, second in places[j]:
                    if one.path and other.path and (one.contains(other) or other.contains(one)):
                        inner = max(one, other, key=lambda a: len(a.path))
                        where = "; ".join(
                            ", ".join(filter(None, (p.name, p.place(str(x.address)).words() if x.address else "")))
                            for p, x in ((read[i][0], lead), (read[j][0], second))
                        )
                        notes.setdefault(f"{inner}-{i}-{j}", Note(
                            "collision",
                            f"{read[i][0].name} og {read[j][0].name} endrer begge {inner}; den siste er lagt oppå den første.",
                            f"{read[i][0].name} and {read[j][0].name} both change {inner}; the later one was put on top of "
                            "the first.", where))  # fmt: skip
    return list(notes.values())


def diff_proposals(
    proposals: Sequence[Proposal],
    documents: Sequence[Document],
    *,
    gazette: Iterable[Document] = (),
    findings_of: Sequence[str] = (),
    effects: bool = True,
    notes: Sequence[Note] = (),
) -> Diff:
    """Everything that ``pliktgraf diff PROPOSAL…`` tells.

    Args:
        proposals: one or more proposals, applied in their order.
        documents: all loaded acts as they stand.
        gazette: promulgated acts, for older names.
        findings_of: acts whose findings are compared beside those of the changed acts (the 14 of the reform).
        effects: False leaves out references, norms and findings elsewhere.
        notes: what must be said besides, such as acts that could not be replayed.
    """
    carried = carry_out(proposals, documents, gazette)
    title = "; ".join(dict.fromkeys(p.title or p.name for p in proposals))
    return diff_of(carried, documents, findings_of=findings_of, effects=effects, notes=notes, title=title)


def diff_of(
    carried: Carried, documents: Sequence[Document], *, findings_of: Sequence[str] = (), effects: bool = True,
    notes: Sequence[Note] = (), title: str = "",
) -> Diff:  # fmt: skip
    """The comparison of acts before and after with the effects among *documents* (all loaded acts as they stand)."""
    changed = {change.refid for change in carried.changes}
    before = [document for document in carried.before if document.refid in changed]
    after = [document for document in carried.after if document.refid in changed]
    everything = (*notes, *carried.notes)
    if not effects or not changed:
        return Diff(carried.changes, carried.operations, notes=everything, title=title)
    walk = Crosswalk(carried.changes)
    newer = {document.refid: document for document in after}
    older = {document.refid: document for document in before}
    all_before = [older.get(document.refid, document) for document in documents]
    all_after = [newer.get(document.refid, document) for document in documents]
    known = {document.refid for document in documents}
    all_before += [document for document in before if document.refid not in known]
    all_after += [document for document in after if document.refid not in known]
    sides = Sides(all_before, all_after)
    present = {document.refid for document in all_before}
    acts = [act for act in sorted(changed | set(findings_of)) if act in present]
    return Diff(
        carried.changes, carried.operations, duty_changes(before, after, walk, carried.changes),
        reference_changes(sides, carried.changes, walk), finding_changes(sides, acts, walk), everything, title,
    )  # fmt: skip


def compared(before: Sequence[Document], after: Sequence[Document], notes: Sequence[Note] = ()) -> Carried:
    """Two sets of versions of the same acts, without instructions: sections are followed by their text."""
    from graph.compare import compare

    changes = compare(before, after)
    changed = {change.refid for change in changes}
    old, new = ({d.refid: d for d in side} for side in (before, after))
    both = [refid for refid in changed if refid in old and refid in new]
    return Carried(
        tuple(old[r] for r in both), tuple(new[r] for r in both), changes, (), tuple(notes)
    )  # fmt: skip


__all__ = ["Carried", "Compared", "carry_out", "compared", "diff_of", "diff_proposals"]

"""Compares two versions of acts section by section and ledd by ledd: what changed, came, went, moved or got a new number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Literal

from msgspec import Struct

from graph.finding import Finding
from lovdata_ingest.address import natural_key
from lovdata_ingest.alignment import align, likeness
from lovdata_ingest.model import Document, Node
from lovdata_ingest.plain_text import Unit, text_of, units_of

Status = Literal["changed", "new", "repealed", "moved", "unchanged_renumbered"]
Action = Literal["change", "add", "repeal", "move", "rename"]

_REPEALED = re.compile(r"\W*(?:opphevet|oppheva|opphævet|opphevd)\b.{0,80}$", re.IGNORECASE | re.DOTALL)
_MOVED = 0.75  # from here on, a section under another number is the same section


class LeddChange(Struct, frozen=True):
    """A ledd (or another block of a section) before and after; None where there was or will be none.

    The texts hold the label and the lists, one line each. Unchanged ledd of a changed section are there too, so that
    the ledd of either side, one under the other, are the section's text.
    """

    before_address: str | None
    after_address: str | None
    before: str | None
    after: str | None


class SectionChange(Struct, frozen=True):
    """A section that is not the same in both versions. ``address`` is its address after, or before if it went out.

    A heading of a chapter has the chapter's address and no ledd. ``before`` and ``after`` are the whole texts, the
    heading (``before_heading``) on the first line; None where there is no such version.
    """

    address: str
    status: Status
    moved_from: str | None
    before: str | None
    after: str | None
    ledd: tuple[LeddChange, ...] = ()
    operations: tuple[str, ...] = ()
    before_heading: str = ""
    after_heading: str = ""


class ActChange(Struct, frozen=True):
    """The sections of one act that changed, in the order of the act after."""

    refid: str
    sections: tuple[SectionChange, ...]
    title: str = ""


class OperationView(Struct, frozen=True):
    """One instruction as it was carried out or not. ``text_span``: the words of the instruction in the proposal."""

    id: str
    action: Action
    targets: tuple[str, ...]
    moves: tuple[tuple[str, str], ...]
    text_span: str
    status: Literal["applied", "not_applied"]
    reason: str = ""
    proposal: str = ""
    where: str = ""
    doubts: tuple[str, ...] = ()


class SlotChange(Struct, frozen=True):
    """One slot of a norm, from what to what."""

    slot: str
    before: str
    after: str


class NormChange(Struct, frozen=True):
    """A norm that both versions hold, with the slots that differ. ``address`` is the sentence after."""

    address: str
    before_address: str
    slots: tuple[SlotChange, ...]
    before: dict[str, Any]
    after: dict[str, Any]


class DutyChanges(Struct, frozen=True):
    """Norms that the changes add, remove and alter; each as a row of ``pliktgraf duties``."""

    added: tuple[dict[str, Any], ...] = ()
    removed: tuple[dict[str, Any], ...] = ()
    changed: tuple[NormChange, ...] = ()


class ReferenceChange(Struct, frozen=True):
    """A reference that the changes break, repair or lead elsewhere without its words being touched.

    ``source`` is the ledd that refers, in the numbering after. ``should_be`` is where the provision that it used to
    lead to stands afterwards, empty when it is gone.
    """

    source: str
    text: str
    before: str
    after: str
    reason: str
    should_be: str = ""


class ReferenceChanges(Struct, frozen=True):
    """The references of all loaded acts that the changes touch."""

    broken: tuple[ReferenceChange, ...] = ()
    repaired: tuple[ReferenceChange, ...] = ()
    retargeted: tuple[ReferenceChange, ...] = ()


class FindingChange(Struct, frozen=True):
    """A finding that stays and touches other provisions than before: nine acts have the rule where ten had it."""

    before: Finding
    after: Finding


class FindingChanges(Struct, frozen=True):
    """Findings that the changes close and open, and those that stay on other provisions."""

    closed: tuple[Finding, ...] = ()
    opened: tuple[Finding, ...] = ()
    changed: tuple[FindingChange, ...] = ()


class Note(Struct, frozen=True):
    """A message to the reader of the comparison; ``where`` names the file and the place."""

    kind: str
    nb: str
    en: str
    where: str = ""


class Diff(Struct, frozen=True):
    """All that ``pliktgraf diff`` tells; encoded as JSON it is the contract's object."""

    acts: tuple[ActChange, ...]
    operations: tuple[OperationView, ...] = ()
    duties: DutyChanges = DutyChanges()
    references: ReferenceChanges = ReferenceChanges()
    findings: FindingChanges = FindingChanges()
    notes: tuple[Note, ...] = ()
    title: str = ""


def compare_acts(
    before: Document,
    after: Document,
    *,
    moves: Mapping[str, str] | None = None,
    operations: Mapping[str, tuple[str, ...]] | None = None,
) -> ActChange:
    """Compare two versions of an act.

    Args:
        before: the version now.
        after: the version then.
        moves: printed address of a section before → after, for the sections that got a new number; None when it is
            not known: then sections are followed by their text.
        operations: ids of the operations that touched a section, by its address after (or before if it went out).
    """
    old = {
        str(unit.address): unit for unit in units_of(before) if unit.kind in ("section", "division") and unit.address
    }
    new = {str(unit.address): unit for unit in units_of(after) if unit.kind in ("section", "division") and unit.address}
    pairs = _given(old, new, moves) if moves is not None else _followed(old, new)
    came_from = {b: a for a, b in pairs.items()}
    named = operations or {}
    changes: list[tuple[tuple[Any, ...], SectionChange]] = []
    position = {key: index for index, key in enumerate(new)}
    last = -1
    for key, unit in old.items():
        if key in pairs:
            last = max(last, position[pairs[key]])
        elif not _gone(unit) and (change := _one(unit, None, named)) is not None:
            changes.append(((last, 1, len(changes)), change))
    for key, unit in new.items():
        source = came_from.get(key)
        change = (
            _one(old[source], unit, named) if source is not None else None if _gone(unit) else _one(None, unit, named)
        )
        if change is not None:
            changes.append(((position[key], 0, 0), change))
    titles = _title_change(before, after)
    ordered = [change for _, change in sorted(changes, key=lambda pair: pair[0])]
    return ActChange(after.refid, (*titles, *ordered), after.short_title)


def _title_change(before: Document, after: Document) -> tuple[SectionChange, ...]:
    one, other = (next((u.heading for u in units_of(d) if u.kind == "title"), "") for d in (before, after))
    if one == other:
        return ()
    address = f"{after.refid}/overskrift"
    return (SectionChange(address, "changed", None, one, other, (), (), one, other),)


def _gone(unit: Unit) -> bool:
    """Whether nothing but the word that it is repealed is left of a section."""
    if unit.kind != "section":
        return False
    text = "\n".join(text_of(block) for block in unit.blocks)
    words = text or re.sub(r"^§\s?[^.]*\.?\s*", "", unit.heading)
    return bool(_REPEALED.match(words)) if words else not unit.heading


def _body(unit: Unit) -> str:
    """The words of a unit without its number."""
    heading = unit.node.heading
    return "\n".join((heading.text if heading else "", *(text_of(block) for block in unit.blocks)))


def _whole(unit: Unit) -> str:
    return "\n".join(part for part in (unit.heading, *(text_of(block) for block in unit.blocks)) if part)


def _given(old: Mapping[str, Unit], new: Mapping[str, Unit], moves: Mapping[str, str]) -> dict[str, str]:
    pairs = {a: b for a, b in moves.items() if a in old and b in new}
    taken = set(pairs.values())
    pairs.update({key: key for key in old if key not in moves and key in new and key not in taken})
    return pairs


def _followed(old: Mapping[str, Unit], new: Mapping[str, Unit]) -> dict[str, str]:
    """Pair units by text where a text stands once on each side, then by number, then by likeness."""
    pairs: dict[str, str] = {}
    same = {key: key for key in old if key in new and _body(old[key]) == _body(new[key])}
    pairs.update(same)
    left_old = {key: unit for key, unit in old.items() if key not in pairs}
    left_new = {key: unit for key, unit in new.items() if key not in same.values()}
    by_text: dict[str, list[str]] = {}
    for key, unit in left_new.items():
        by_text.setdefault(_body(unit), []).append(key)
    for key, unit in left_old.items():
        found = by_text.get(_body(unit), [])
        if len(found) == 1 and len(_body(unit)) > 40 and not _gone(unit):
            pairs[key] = found.pop()
    taken = set(pairs.values())
    scored = sorted(
        (
            (likeness(_body(a), _body(b)) + (0.2 if one == other else 0.0), one, other)
            for one, a in left_old.items()
            if one not in pairs and not _gone(a)
            for other, b in left_new.items()
            if other not in taken and a.kind == b.kind and not _gone(b)
            and (one == other or len(left_old) * len(left_new) < 10_000)
        ),
        key=lambda row: (-row[0], natural_key(row[1]), natural_key(row[2])),
    )  # fmt: skip
    for score, one, other in scored:
        if one not in pairs and other not in taken and (score >= _MOVED if one != other else score >= 0.5):
            pairs[one] = other
            taken.add(other)
    for key in left_old:  # the same number, another text: the section was rewritten
        if key in left_new and key not in pairs and key not in taken:
            pairs[key] = key
            taken.add(key)
    return pairs


def _one(old: Unit | None, new: Unit | None, named: Mapping[str, tuple[str, ...]]) -> SectionChange | None:
    """The change of one unit; None when there is none."""
    before, after = _whole(old) if old else None, _whole(new) if new else None
    here, there = str(old.address) if old else "", str(new.address) if new else ""
    moved = bool(old and new and here != there)
    if before == after and not moved:
        return None
    status: Status
    if old is None:
        status = "new"
    elif new is None or (_gone(new) and not _gone(old)):
        status = "repealed"
    elif _gone(old):
        status = "new"
    elif moved:
        status = "unchanged_renumbered" if _body(old) == _body(new) else "moved"
    else:
        status = "changed"
    return SectionChange(
        there or here, status, here if moved else None, before, after,
        _ledd(old.blocks if old else [], new.blocks if new else []),
        named.get(there or here, named.get(here, ())),
        old.heading if old else "", new.heading if new else "",
    )  # fmt: skip


def _ledd(old: list[Node], new: list[Node]) -> tuple[LeddChange, ...]:
    one, other = [text_of(block) for block in old], [text_of(block) for block in new]
    return tuple(
        LeddChange(
            None if i is None else _printed(old[i]), None if j is None else _printed(new[j]),
            None if i is None else one[i], None if j is None else other[j],
        )
        for i, j in _side_by_side(align(one, other))
    )  # fmt: skip


def _side_by_side(pairs: list[tuple[int | None, int | None]]) -> list[tuple[int | None, int | None]]:
    """Put as many paragraphs as went out at a place beside as many as came in there: they were rewritten."""
    result: list[tuple[int | None, int | None]] = []
    index = 0
    while index < len(pairs):
        stop = index
        while stop < len(pairs) and None in pairs[stop]:
            stop += 1
        out = [i for i, _ in pairs[index:stop] if i is not None]
        came = [j for _, j in pairs[index:stop] if j is not None]
        if out and len(out) == len(came):
            result.extend(zip(out, came, strict=True))
        else:
            result.extend(pairs[index:stop])
        if stop < len(pairs):
            result.append(pairs[stop])
        index = stop + 1
    return result


def _printed(node: Node) -> str:
    return str(node.address) if node.address is not None else ""


def compare(before: Iterable[Document], after: Iterable[Document]) -> tuple[ActChange, ...]:
    """Compare two sets of acts by refid; acts that are alike are left out, acts of one side only are all new or gone."""
    old, new = {d.refid: d for d in before}, {d.refid: d for d in after}
    changes = []
    for refid in dict.fromkeys((*old, *new)):
        change = compare_acts(old.get(refid) or _empty(new[refid]), new.get(refid) or _empty(old[refid]))
        if change.sections:
            changes.append(change)
    return tuple(changes)


def _empty(document: Document) -> Document:
    return Document(document.name, document.header, Node("body", document.body.address), document.language)


def columns(section: SectionChange) -> tuple[str, str]:
    """The texts of the two columns of a lovspeil, put together from its rows: `before` and `after` of the section."""
    before = [section.before_heading, *(row.before for row in section.ledd if row.before is not None)]
    after = [section.after_heading, *(row.after for row in section.ledd if row.after is not None)]
    return "\n".join(filter(None, before)), "\n".join(filter(None, after))

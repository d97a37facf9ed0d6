"""What changes to acts do elsewhere: references broken, repaired or led astray, norms and findings come and gone."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal

import msgspec
from msgspec.structs import replace

from duties.frame import Frame
from graph.compare import (
    ActChange,
    DutyChanges,
    FindingChange,
    FindingChanges,
    NormChange,
    ReferenceChange,
    ReferenceChanges,
    SlotChange,
)
from graph.finding import Finding
from lovdata_ingest.address import Address, AddressError, parse_address
from lovdata_ingest.alignment import likeness
from lovdata_ingest.model import Document, Node
from lovdata_ingest.plain_text import LEFT_OUT, text_of
from lovdata_ingest.references.reference import Reference

_MONTHS = "januar februar mars april mai juni juli august september oktober november desember".split()
_LOST = frozenset({"no_such_section", "no_such_ledd", "repealed"})
_SLOTS = ("category", "modality", "bearer", "counterpart", "level", "condition")


class Crosswalk:
    """Where the provisions of the changed acts went: sections by their moves, ledd by the rows of the comparison."""

    def __init__(self, changes: Iterable[ActChange]) -> None:
        self.sections: dict[str, str | None] = {}
        self.ledd: dict[str, str | None] = {}
        self.filled: set[str] = set()  # addresses after the changes whose text comes from another address, or is new
        self.rewritten: set[str] = set()  # ledd after the changes whose words the changes wrote
        self.acts: set[str] = set()
        for change in changes:
            self.acts.add(change.refid)
            for section in change.sections:
                self._learn(section)

    def _learn(self, section: Any) -> None:
        source = section.moved_from or section.address
        if section.status == "new":
            self.filled.add(section.address)
            return
        self.sections[source] = None if section.status == "repealed" else section.address
        if section.moved_from:
            self.filled.add(section.address)
        for row in section.ledd:
            if row.after_address and row.before != row.after:
                self.rewritten.add(row.after_address)
            if row.before_address and row.after_address:
                self.ledd[row.before_address] = row.after_address
                if row.before_address != row.after_address:
                    self.filled.add(row.after_address)
            elif row.before_address:
                self.ledd[row.before_address] = None
            elif row.after_address:
                self.filled.add(row.after_address)

    def follow(self, address: Address) -> Address | None:
        """The address after the changes; None when the provision is gone. Addresses of other acts stay as they are.

        A ledd that was rewritten beyond likeness, and whose place no other ledd took, stays at its place.
        """
        if address.act not in self.acts or not address.path:
            return address
        depth = len(address.section_address.path)
        section = str(address.section_address)
        target = self.sections.get(section, section)
        if target is None:
            return None
        base = parse_address(target)
        below = address.path[depth:]
        if below and below[0].startswith("ledd/"):
            old = f"{section}/{below[0]}"
            if old in self.ledd:
                new = self.ledd[old]
                if new is None:
                    stay = base.child(below[0])
                    taken_by_another = str(stay) in self.filled and any(v == str(stay) for v in self.ledd.values())
                    return None if taken_by_another else stay.child(*below[1:])
                return parse_address(new).child(*below[1:])
        return base.child(*below)


# --- references ------------------------------------------------------------------------------------------------------


class Sides:
    """All loaded acts before and after the changes, indexed once; unchanged acts are the same objects on both sides."""

    def __init__(self, before: Sequence[Document], after: Sequence[Document]) -> None:
        from lovdata_ingest.references import build_index

        self.before, self.after = tuple(before), tuple(after)
        self.old, self.new = build_index(self.before), build_index(self.after)
        self._read: dict[tuple[int, bool], list[Reference]] = {}

    def references(self, document: Document, *, new: bool) -> list[Reference]:
        """The references in a whole act, resolved against the acts before or after."""
        key = (id(document), new)
        if key not in self._read:
            self._read[key] = _found(document, self.new if new else self.old)
        return self._read[key]


def reference_changes(sides: Sides, changes: Sequence[ActChange], crosswalk: Crosswalk) -> ReferenceChanges:
    """Compare the references of all loaded acts before and after.

    Args:
        sides: every loaded act before and after.
        changes: the comparison of the changed acts.
        crosswalk: of the same changes.

    Only sections that can refer to a changed act are read: those that name it, and those of the act itself.
    """
    before = sides.before
    changed = {change.refid for change in changes}
    names = sorted(set(_names(d for d in before if d.refid in changed)))
    new_by_id = {document.refid: document for document in sides.after}
    result: dict[str, list[ReferenceChange]] = {"broken": [], "repaired": [], "retargeted": []}
    for document in before:
        if document.refid in changed:
            new = new_by_id.get(document.refid)
            if new is None:
                continue
            pairs = _paired(sides.references(document, new=False), sides.references(new, new=True), crosswalk)
        else:
            part = _only(document, names)
            if part is None:
                continue
            pairs = zip(_found(part, sides.old), _found(part, sides.new), strict=False)
        for one, other in pairs:
            sorted_out = _judge(one, other, crosswalk)
            if sorted_out is not None:
                result[sorted_out[0]].append(sorted_out[1])
    return ReferenceChanges(*(tuple(_unique(result[kind])) for kind in ("broken", "repaired", "retargeted")))


def _unique(rows: Iterable[ReferenceChange]) -> Iterator[ReferenceChange]:
    return iter(dict.fromkeys(rows))


def _found(document: Document, index: Any) -> list[Reference]:
    from lovdata_ingest.references import find_references

    return find_references(document, index)


def _names(documents: Iterable[Document]) -> Iterator[str]:
    """Strings that stand in any text that names one of these acts: short titles without first letter and ending, dates."""
    for document in documents:
        header = document.header
        for name in (*header.short_titles, *re.findall(r"\(([^()]*lov(?:en|a|i))\b", header.title)):
            stem = re.sub(r"(?:loven|lova|lov)$", "lov", name.strip().lower())
            if len(stem) > 5:
                yield stem[1:60]
        for name in header.abbreviations:
            yield from (f" {name} §", f" {name}. §")
        match = re.match(r"\w+/(\d{4})-(\d{2})-(\d{2})", document.refid)
        if match:
            month = _MONTHS[int(match[2]) - 1]
            for short in {month, month[:3]}:
                yield from (f"{int(match[3])}{dot} {short} {match[1]}" for dot in (".", ""))


def _only(document: Document, names: Sequence[str]) -> Document | None:
    """The document with nothing but the sections in which a name occurs; None when there are none."""

    def named(node: Node) -> bool:
        if node.kind in LEFT_OUT:
            return False
        text = node.text
        return any(name in text for name in names) or any(named(child) for child in node.children)

    def kept(node: Node) -> Node | None:
        children = []
        for child in node.children:
            if child.kind in ("division", "body"):
                inner = kept(child)
                if inner is not None:
                    children.append(inner)
            elif child.kind != "heading" and named(child):
                children.append(child)
        return replace(node, children=tuple(children)) if children else None

    body = kept(document.body)
    return replace(document, body=body) if body is not None else None


def _paired(
    old: Sequence[Reference], new: Sequence[Reference], crosswalk: Crosswalk
) -> Iterator[tuple[Reference | None, Reference | None]]:
    """References of a changed act before and after: same place (followed), same words, same turn."""
    waiting: dict[tuple[str, str], list[Reference]] = defaultdict(list)
    for reference in new:
        waiting[str(reference.source), reference.text].append(reference)
    taken: set[int] = set()
    for reference in old:
        place = crosswalk.follow(reference.source)
        row = waiting.get((str(place), reference.text), []) if place is not None else []
        if row:
            other = row.pop(0)
            taken.add(id(other))
            yield reference, other
    for reference in new:
        if id(reference) not in taken:
            yield None, reference


def _address(text: str) -> Address | None:
    try:
        return parse_address(text)
    except AddressError:
        return None


def _judge(
    old: Reference | None, new: Reference | None, crosswalk: Crosswalk
) -> tuple[Literal["broken", "repaired", "retargeted"], ReferenceChange] | None:
    if new is None:
        return None
    source = str(new.source)
    if old is None:  # words that the changes bring
        if new.status in _LOST:
            reason = new.reason or new.status
            return "broken", ReferenceChange(source, new.text, "", new.target, f"new text: {reason}")
        return None
    target = _address(old.target)
    if target is None:
        return None
    if old.status == "resolved" and new.status in _LOST:
        expected = crosswalk.follow(target)
        should = str(expected) if expected is not None and str(expected) != new.target else ""
        return "broken", ReferenceChange(source, new.text, old.target, new.target, new.reason or new.status, should)
    if old.status in _LOST and new.status == "resolved":
        return "repaired", ReferenceChange(source, new.text, old.target, new.target, old.reason or old.status)
    if old.status != "resolved" or new.status != "resolved" or target.act not in crosswalk.acts:
        return None
    if any(str(place) in crosswalk.rewritten for place in (new.source, new.source.parent) if place is not None):
        return None  # the changes wrote these words: they mean what they say
    expected = crosswalk.follow(target)
    if expected is None:
        reason = "the provision was repealed, and another stands at its address"
        return "retargeted", ReferenceChange(source, new.text, old.target, new.target, reason)
    if str(expected) != new.target and expected.path != (_address(new.target) or expected).path:
        reason = f"the provision now stands at {expected}"
        return "retargeted", ReferenceChange(source, new.text, old.target, new.target, reason, str(expected))
    return None


# --- norms -----------------------------------------------------------------------------------------------------------


def frame_row(frame: Frame) -> dict[str, Any]:
    """A norm as plain values, its slots printed as ``pliktgraf duties`` prints them."""
    row = msgspec.to_builtins(frame)
    row["address"] = str(frame.address)
    return {key: value for key, value in row.items() if key not in ("start", "end")} | {
        "start": frame.start, "end": frame.end,
    }  # fmt: skip


def duty_changes(
    before: Sequence[Document], after: Sequence[Document], crosswalk: Crosswalk, changes: Sequence[ActChange]
) -> DutyChanges:
    """Compare the norms of the changed acts, followed across moves and new numbers."""
    from graph.kept_facts import frames_of_document

    added: list[Frame] = []
    removed: list[Frame] = []
    changed: list[NormChange] = []
    touched = _touched(changes)
    for old, new in zip(before, after, strict=True):
        mine = [f for f in frames_of_document(old) if str(f.address.section_address) in touched]
        theirs = [f for f in frames_of_document(new) if str(f.address.section_address) in touched]
        words = {"old": _sentences(old), "new": _sentences(new)}
        pairs, lone, fresh = _frame_pairs(mine, theirs, crosswalk, words)
        for one, other in pairs:
            slots = tuple(_slots(one, other))
            if slots:
                changed.append(
                    NormChange(str(other.address), str(one.address), slots, frame_row(one), frame_row(other))
                )
        removed.extend(lone)
        added.extend(fresh)
    return DutyChanges(tuple(map(frame_row, added)), tuple(map(frame_row, removed)), tuple(changed))


def _touched(changes: Sequence[ActChange]) -> set[str]:
    return {
        address for change in changes for section in change.sections
        for address in (section.address, section.moved_from) if address
    }  # fmt: skip


def _sentences(document: Document) -> dict[str, str]:
    """The words of each ledd, by printed address."""
    return {str(node.address): text_of(node) for node in document.body.of("ledd") if node.address is not None}


def _ledd(frame: Frame) -> Address:
    path = frame.address.path
    cut = next((i for i, step in enumerate(path) if step.startswith("setning/")), len(path))
    return Address(frame.address.act, path[:cut])


def _frame_pairs(
    old: Sequence[Frame], new: Sequence[Frame], crosswalk: Crosswalk, words: Mapping[str, Mapping[str, str]]
) -> tuple[list[tuple[Frame, Frame]], list[Frame], list[Frame]]:
    """Pair norms: in the same ledd first, then in the same section, the most alike first."""
    left, right = list(range(len(old))), list(range(len(new)))
    pairs: list[tuple[Frame, Frame]] = []

    def likely(i: int, j: int, near: bool) -> float:
        one, other = old[i], new[j]
        if one.category != other.category:
            return 0.0
        place = crosswalk.follow(_ledd(one))
        same_ledd = place is not None and place == _ledd(other)
        same_section = place is not None and place.section_address == other.address.section_address
        if (near and not same_ledd) or (not near and not same_section):
            return 0.0
        score = 1.0 + (one.modality == other.modality) + (one.bearer == other.bearer) + (one.rule == other.rule) * 0.2
        score += len(set(one.counterpart) & set(other.counterpart)) * 0.2 + (one.item == other.item) * 0.5
        score += (one.address.path[-1] == other.address.path[-1]) * 0.3
        if not near:
            score += likeness(words["old"].get(str(_ledd(one)), ""), words["new"].get(str(_ledd(other)), ""))
            if score < 2.3:
                return 0.0
        return score

    for near in (True, False):
        scored = sorted(((likely(i, j, near), -i, -j) for i in left for j in right), reverse=True)
        for score, i, j in scored:
            if score and -i in left and -j in right:
                left.remove(-i)
                right.remove(-j)
                pairs.append((old[-i], new[-j]))
    pairs.sort(key=lambda pair: pair[1].address)
    return pairs, [old[i] for i in left], [new[j] for j in right]


def _slots(one: Frame, other: Frame) -> Iterator[SlotChange]:
    for slot in _SLOTS:
        before, after = getattr(one, slot), getattr(other, slot)
        if before != after:
            printed = ["; ".join(v) if isinstance(v, tuple) else str(v) for v in (before, after)]
            yield SlotChange(slot, printed[0] or "-", printed[1] or "-")


# --- findings --------------------------------------------------------------------------------------------------------


def finding_changes(sides: Sides, acts: Sequence[str], crosswalk: Crosswalk) -> FindingChanges:
    """Findings on *acts* before and after; one that only follows a new number is the same finding."""
    from graph.analyse import analyse
    from graph.inputs import DataSource, Inputs
    from graph.kept_facts import frames_of_documents

    newer = {document.refid: document for document in sides.after}
    mine = [document for document in sides.before if document.refid in acts and document.refid in newer]
    names = sorted(set(_names(d for d in sides.before if d.refid in crosswalk.acts)))
    old: list[Reference] = []
    new: list[Reference] = []
    for document in mine:
        found = sides.references(document, new=False)
        may_differ = document.refid in crosswalk.acts or _only(document, names) is not None
        old.extend(found)
        new.extend(sides.references(newer[document.refid], new=True) if may_differ else found)

    def analysed(chosen: list[Document], every: Sequence[Document], read: list[Reference]) -> tuple[Finding, ...]:
        refids = tuple(document.refid for document in chosen)
        inputs = Inputs(refids, tuple(every), frames_of_documents(chosen), tuple(read), data=DataSource())
        return tuple(analyse(inputs).findings)

    theirs = [newer[document.refid] for document in mine]
    return matched_findings(analysed(mine, sides.before, old), analysed(theirs, sides.after, new), crosswalk)


def matched_findings(old: Sequence[Finding], new: Sequence[Finding], crosswalk: Crosswalk) -> FindingChanges:
    """Which findings closed and opened, those that only follow a new number or new words left out."""

    def followed(printed: str) -> str:
        address = _address(printed)
        target = crosswalk.follow(address) if address is not None else None
        return str(target) if target is not None else printed

    def key(finding: Finding, follow: bool) -> tuple[Any, ...]:
        provisions = tuple(sorted(followed(p) if follow else p for p in finding.provisions))
        return finding.type, provisions, finding.actors

    ids = {finding.id for finding in new}
    keys = {key(finding, False) for finding in new}
    old_ids = {finding.id for finding in old}
    old_keys = {key(finding, True) for finding in old}
    # the same thing said of the same acts, on provisions that were rewritten, was neither closed nor opened
    said, said_before = ({(f.type, f.title.nb, f.acts) for f in side} for side in (new, old))
    closed = tuple(
        f for f in old if f.id not in ids and key(f, True) not in keys and (f.type, f.title.nb, f.acts) not in said
    )
    opened = tuple(
        f for f in new
        if f.id not in old_ids and key(f, False) not in old_keys and (f.type, f.title.nb, f.acts) not in said_before
    )  # fmt: skip
    return _stays_apart(closed, opened, followed)


def _stays_apart(
    closed: Sequence[Finding], opened: Sequence[Finding], followed: Callable[[str], str]
) -> FindingChanges:
    """Take out of what closed and opened the pairs that are one finding with a provision more or fewer.

    A pair is of one type and shares at least half of the provisions that either has; the most alike first.
    """
    before = [frozenset(map(followed, finding.provisions)) for finding in closed]
    after = [frozenset(finding.provisions) for finding in opened]
    alike = sorted(
        (
            (-len(one & two) / len(one | two), i, j)
            for i, one in enumerate(before)
            for j, two in enumerate(after)
            if closed[i].type == opened[j].type and 2 * len(one & two) >= len(one | two) > 0
        )
    )
    pairs: dict[int, int] = {}
    for _, i, j in alike:
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    return FindingChanges(
        tuple(finding for i, finding in enumerate(closed) if i not in pairs),
        tuple(finding for j, finding in enumerate(opened) if j not in pairs.values()),
        tuple(FindingChange(closed[i], opened[j]) for i, j in sorted(pairs.items())),
    )

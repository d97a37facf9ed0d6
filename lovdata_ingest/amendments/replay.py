"""An act as it read on a date, replayed from its promulgation through every amending act in the gazette."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from lovdata_ingest.address import Address, natural_key
from lovdata_ingest.amendments.apply import apply_to_tree
from lovdata_ingest.amendments.commencement import Calendar, Commenced, decides
from lovdata_ingest.amendments.instruction import Amendment, Instruction, Operation, Outcome, Target, Unread
from lovdata_ingest.amendments.lapse import Ending, endings_in, lapse_of, own_endings, prolongs
from lovdata_ingest.amendments.names import Names, date_of
from lovdata_ingest.amendments.parse import parse_amendment, section_number
from lovdata_ingest.amendments.prose import expand
from lovdata_ingest.amendments.tree import (
    Part,
    Tree,
    freeze,
    number_key,
    plain,
    section_number_of,
    section_repealed,
    thaw,
)
from lovdata_ingest.errors import LovdataError
from lovdata_ingest.model import Document, Node


class CannotReplay(LovdataError):
    """An act that cannot be given as of a date; the message tells why and from when it could be."""


class Step(Struct, frozen=True):
    """One operation on the way: the act that orders it, when it came into force and who says so, and its outcome."""

    act: str
    part: str
    operation: Operation
    commenced: Commenced
    outcome: Outcome
    lead: str = ""


class Warned(Struct, frozen=True):
    """A section of which Lovdata's note of amendment tells something else than the steps: who changed it, and when."""

    section: str
    act: str
    message: str


class Replay(Struct, frozen=True):
    """An act as of ``date``: the text, the steps that made it, those not in force by then, and what was not read.

    ``basis`` is ``promulgation`` or ``consolidated`` (looking ahead). ``lapsed`` are steps that were in force for a time
    only, and those whose place among the amendments of other acts was repealed or written anew before they came into force.
    """

    document: Document
    date: dt.date
    basis: str
    steps: tuple[Step, ...]
    waiting: tuple[Step, ...]
    unread: tuple[Unread, ...]
    warned: tuple[Warned, ...] = ()
    lapsed: tuple[Step, ...] = ()

    @property
    def applied(self) -> tuple[str, ...]:
        """The acts that made this text, in the order in which they came into force."""
        return tuple(dict.fromkeys(step.act for step in self.steps if step.outcome.status == "applied"))

    @property
    def not_applied(self) -> tuple[Step, ...]:
        """Operations in force that could not be carried out."""
        return tuple(step for step in self.steps if step.outcome.status == "not_applied")

    @property
    def doubted(self) -> tuple[Step, ...]:
        """Operations that were carried out, but should be looked at."""
        return tuple(
            step
            for step in self.steps
            if step.outcome.status == "applied" and (step.outcome.doubts or step.commenced.doubts)
        )

    def reported_sections(self) -> frozenset[str]:
        """Numbers of sections that some message is about: not applied, doubted, not known to be in force, unread."""
        found: set[str] = set()
        for step in (*self.not_applied, *self.doubted, *self.waiting):
            found.update(number_key(t.section) for t in step.operation.places if t.section)
            found.update(number_key(a.section) for a in step.outcome.touched if a.section)
            found.update(number_key(section_number(n)) for n in step.operation.content if n.kind == "new_section")
            for target in step.operation.places:
                if target.until and target.section:
                    found.add(number_key(target.until))
                    found.update(number_key(n) for n in expand(target.section, target.until.lstrip("§")) or ())
        for item in self.unread:
            for row in _SECTION_ROW.finditer(item.text):
                found.update(number_key(n) for n in re.findall(_ONE_SECTION, row[0]))
        found.update(warning.section for warning in self.warned)
        return frozenset(found)


_ONE_SECTION = r"\d+(?:\s?[A-Z])?(?:-\d+)?(?:\s?[a-z](?![\wæøå]))?"
_SECTION_ROW = re.compile(rf"§+\s?{_ONE_SECTION}(?:\s?(?:,|og|til|–)\s(?:§\s)?{_ONE_SECTION})*")


class Version(Struct, frozen=True):
    """A provision as it read from ``since``: its text (None: repealed or not there), and the act that made it so."""

    since: dt.date
    act: str
    source: str
    text: str | None
    heading: str = ""


class _Event(Struct, frozen=True):
    act: str
    part: str
    position: int
    operation: Operation
    lead: str = ""
    since: str = ""
    item: str = ""
    host: tuple[str, str] = ("", "")  # the section whose list of amended acts the instruction stands in
    ends: bool = False  # a provision that its own act ends, on the day in `fixed` where it is dated
    fixed: dt.date | None = None


class _Inner(Struct, frozen=True):
    """An item of the list of amended acts in a section (``part``) of ``amends``; ``act`` is the act that it changes."""

    amends: str
    part: str
    item: str
    act: str


def _within(operation: Operation, inner: _Inner) -> Operation:
    """An operation under the lead that opens *inner*: it changes the act of the item, as ``amends`` has it done."""
    if operation.amends or any(p.act not in (inner.amends, inner.act) for p in operation.places):
        return operation
    return replace(
        operation,
        targets=tuple(replace(t, act=inner.act) for t in operation.targets),
        moves=tuple((replace(a, act=inner.act), replace(b, act=inner.act)) for a, b in operation.moves),
        amends=inner.amends,
        pending=True,
    )


class Gazette:
    """All amending acts at hand, what they order, and when that came into force.

    Args:
        acts: documents of the gazette: acts as promulgated.
        decisions: commencement decisions (regulations); others are passed over.
        consolidated: the acts in force, for names; their notes of amendment are read only by `learn_notes`.
    """

    def __init__(
        self,
        acts: Iterable[Document],
        decisions: Iterable[Document] = (),
        consolidated: Iterable[Document] = (),
        names: Names | None = None,
    ) -> None:
        self.acts: dict[str, Document] = {}
        for document in acts:
            if document.refid.startswith("lov/"):
                self.acts.setdefault(document.refid, document)
        in_force = list(consolidated)
        self.names = names or Names()
        if names is None:
            self.names.learn(in_force, in_force=True)
            self.names.learn(self.acts.values())
        self.amendments: dict[str, Amendment] = {}
        self.lapses: dict[str, dt.date] = {}
        self.endings: dict[str, tuple[Ending, ...]] = {}
        self.calendar = Calendar(self.names)
        for document in in_force:
            first = max((c.date for c in document.header.in_force if c.date), default=None)  # as a whole
            if first is not None:
                self.calendar.started[document.refid] = first
        for refid, document in self.acts.items():
            amendment = parse_amendment(document, self.names)
            self.amendments[refid] = amendment
            self.calendar.learn_clauses(amendment, document)
            lapse = lapse_of(document, amendment)
            if lapse is not None:
                self.lapses[refid] = lapse
            endings = tuple(own_endings(document, self.names))
            if endings:
                self.endings[refid] = endings
        self._retarget()
        for amendment in self.amendments.values():
            self.calendar.amend_clauses(amendment)
        self.calendar.learn_decisions(d for d in decisions if _is_decision(d))
        self.calendar.learn_chapters([*self.acts.values(), *in_force])
        self._events: dict[str, list[_Event]] | None = None
        self._whole: dict[str, list[_Event]] = {}  # by act, what is ordered of whole sections, by the day of the order
        self._unread: dict[str, list[Unread]] = {}

    def _retarget(self) -> None:
        """Let amendments of a part of an amending act name the act that this part changes."""
        for refid, amendment in self.amendments.items():
            instructions = list(amendment.instructions)
            for index, instruction in enumerate(instructions):
                if not any(o.pending and o.amends in self.amendments for o in instruction.operations):
                    continue
                operations = tuple(self._retargeted(o) for o in instruction.operations)
                if operations != instruction.operations:
                    instructions[index] = replace(instruction, operations=operations, act=operations[0].act)
            if instructions != list(amendment.instructions):
                self.amendments[refid] = replace(amendment, instructions=tuple(instructions))

    def _retargeted(self, operation: Operation) -> Operation:
        if not operation.pending or operation.amends not in self.amendments or operation.act == operation.amends:
            return operation
        waiting = self.amendments[operation.amends].instructions
        part = operation.amended_part.lower().lstrip("§")
        acts = {i.act for i in waiting if i.act and (not part or i.part.lower().lstrip("§") == part)}
        numbers = {number_key(p.section) for p in operation.places if p.section}
        if len(acts) != 1:
            acts = {
                i.act
                for i in waiting
                if i.act
                and (not part or i.part.lower().lstrip("§") == part)
                and any(p.section and number_key(p.section) in numbers for o in i.operations for p in o.places)
            }
        if len(acts) != 1 or operation.act in acts:
            return operation
        act = next(iter(acts))
        return replace(
            operation,
            targets=tuple(replace(t, act=act) for t in operation.targets),
            moves=tuple((replace(a, act=act), replace(b, act=act)) for a, b in operation.moves),
        )

    def learn_notes(self, consolidated: Iterable[Document]) -> None:
        """Let notes of amendment answer where the gazette is silent."""
        for document in consolidated:
            self.calendar.learn_notes(document)

    @property
    def events(self) -> dict[str, list[_Event]]:
        """All operations by the act that they change; amendments of amending acts already taken into account."""
        if self._events is None:
            self._events = self._gather()
        return self._events

    def _gather(self) -> dict[str, list[_Event]]:
        self._anew: dict[str, list[tuple[_Inner, str, Instruction]]] = {}
        found: dict[str, list[_Event]] = {}
        later: list[_Event] = []
        for refid, amendment in self.amendments.items():
            host = (refid, "")
            part = ""
            inner: _Inner | None = None  # the item of another act's list of amended acts that is written anew
            for instruction in amendment.instructions:
                if instruction.part != part:
                    part = instruction.part
                    host = (refid, number_key(part)) if part.startswith("§") else (refid, "")
                    inner = None
                opened_item = self._inner(instruction)
                if opened_item is not None:
                    inner = opened_item
                    self._anew.setdefault(inner.amends, []).append((inner, refid, instruction))
                elif inner is not None and instruction.act not in (inner.amends, inner.act):
                    inner = None
                for operation in instruction.operations:
                    if inner is not None and opened_item is None:
                        operation = _within(operation, inner)
                    event = _Event(
                        refid,
                        instruction.part,
                        instruction.position,
                        operation,
                        instruction.lead,
                        instruction.since,
                        instruction.item,
                        host,
                    )
                    if operation.pending or (operation.act in self.amendments and self._amends(operation.act)):
                        later.append(event)
                    named = operation.action == "repeal" and "endring" in event.lead.lower()
                    if operation.act and not (operation.pending and named):
                        found.setdefault(operation.act, []).append(event)
                    opened = _opens_list(operation)
                    if opened:
                        host = (operation.act, opened)
            for ending in self.endings.get(refid, ()):
                found.setdefault(ending.operation.act, []).append(
                    _Event(refid, ending.part, 10**6, ending.operation, ending.words, ends=True, fixed=ending.date)
                )
            for item in amendment.unread:
                if item.act:
                    self._unread.setdefault(item.act, []).append(item)
        for refid, amendment in self.amendments.items():
            for instruction in amendment.corrections:
                self._correct(refid, instruction, found)
        for refid, endings in self.endings.items():
            self._ended_anew(found.get(refid, []), {number_key(e.part) for e in endings})
        for event in sorted(later, key=lambda e: natural_key(e.act)):
            if not self._rewrite_pending(event, found):
                self._amend_pending(event, found)
        return found

    def _correct(self, refid: str, instruction: Instruction, found: dict[str, list[_Event]]) -> None:
        """Apply a correction printed with an act ("Rettelser"), where it names one place and gives its text.

        The place is one that the act writes in another act, or one of its own sections; others stand as unread.
        """
        for operation in instruction.operations:
            place = operation.targets[0] if len(operation.targets) == 1 else None
            if place is None or place.section is None or not operation.content or operation.action == "add":
                continue
            sections = {t.section for o in instruction.operations for t in o.targets}
            if len(sections) > 1 or not re.match(r"(?:I )?(?:[Dd]el|§|Ved en inkurie)", instruction.lead):
                continue  # a field of the header, or a place inside a list of amended acts
            own = {
                (e.operation.act, e.part)
                for rows in found.values()
                for e in rows
                if e.act == refid and _writes(e.operation, number_key(place.section))
            }
            here = next(
                (s for s in self.acts[refid].sections() if number_key(s.name.lstrip("§")) == number_key(place.section)),
                None,
            )
            fixed = None
            if len(own) != 1 and here is not None and not self._amends(refid):
                own, fixed = {(refid, "")}, date_of(refid)
            if len(own) != 1:
                words, reason = instruction.lead, "a correction of which the place was not found in the act"
                self._unread.setdefault(refid, []).append(Unread(refid, words, reason, instruction.part, refid))
                continue
            act, part = next(iter(own))
            target = Target(act, tuple(s for s in place.steps if not s.startswith("del")))
            corrected = replace(operation, targets=(target,), pending=False, amends="")
            found.setdefault(act, []).append(
                _Event(refid, part, 10**6, corrected, instruction.lead, ends=fixed is not None, fixed=fixed)
            )

    def _inner(self, instruction: Instruction) -> _Inner | None:
        """The item of an act's list of amended acts that a lead opens: "§ 28 annet ledd nr. 4 skal lyde:" in that act."""
        for operation in instruction.operations[:1]:
            amended = self.amendments.get(operation.act)
            if operation.content or operation.action not in ("change", "add") or amended is None:
                continue
            for target in operation.targets:
                item = target.value("nummer")
                acts = {
                    i.act
                    for i in amended.instructions
                    if item and i.item == item and i.part == "§" + (target.section or "") and i.act
                }
                if len(acts) == 1 and instruction.act == operation.act:
                    return _Inner(operation.act, "§" + (target.section or ""), item or "", next(iter(acts)))
        return None

    def _ended_anew(self, rows: list[_Event], closing: set[str]) -> None:
        """Add what a later wording of a closing section ends; its earlier wording is overtaken then."""
        for event in list(rows):
            sections = {p.section for p in event.operation.places if p.section and number_key(p.section) in closing}
            for section in sections if event.act != event.operation.act else ():
                for node in event.operation.content:
                    for ending in endings_in(node, event.operation.act, "§" + section, self.names):
                        operation = replace(ending.operation, id=event.operation.id + "+" + ending.operation.id)
                        rows.append(
                            _Event(event.act, ending.part, 10**6, operation, ending.words, ends=True, fixed=ending.date)
                        )

    def _amends(self, act: str) -> bool:
        document = self.acts.get(act)
        return document is not None and bool(re.search(r"\bendring", document.header.title, re.IGNORECASE))

    def _drops(self, event: _Event) -> bool:
        """Whether the pending instruction goes, not the provision: "Endringen i § 11 første ledd oppheves"."""
        operation = event.operation
        if operation.action != "repeal":
            return False
        parts = bool(operation.targets) and all(t.steps and t.steps[0].startswith("del") for t in operation.targets)
        return "endring" in event.lead.lower() or (parts and self._amends(operation.act))

    def _amend_pending(self, event: _Event, found: dict[str, list[_Event]]) -> None:
        """Let an amendment of an amending act change the instruction that waits there."""
        operation = event.operation
        amended = operation.amends or operation.act
        if self._drops(event):
            for target in operation.targets:
                for act in [target.act] if target.act and target.act != amended else list(found):
                    rows = found.get(act, [])
                    keep = [
                        e
                        for e in rows
                        if not (
                            e.act == amended
                            and self._same_place(e, target, operation)
                            and ("endring" in event.lead.lower() or self._waits(e, event))
                        )
                    ]
                    if len(keep) != len(rows):
                        found[act] = keep
            return
        if operation.action == "replace_words" and operation.words:
            for rows in found.values():
                for index, e in enumerate(rows):
                    if e.act != amended or e is event:
                        continue
                    if operation.amended_part and operation.amended_part != e.part.upper():
                        continue
                    if any(t.section for t in operation.targets) and not any(
                        t.section
                        and number_key(t.section) in {number_key(p.section) for p in e.operation.places if p.section}
                        for t in operation.targets
                    ):
                        continue
                    content = tuple(_reworded(node, operation) for node in e.operation.content)
                    if content != e.operation.content:
                        rows[index] = replace(e, operation=replace(e.operation, content=content))

    def _rewrite_pending(self, event: _Event, found: dict[str, list[_Event]]) -> bool:
        """Let new text for a waiting instruction take its place: it keeps the number and the day of that instruction."""
        operation = event.operation
        rows = found.get(operation.act, [])
        if (
            not operation.content
            or not operation.amends
            or operation.amends == operation.act
            or operation.action not in ("add", "change")
            or len(operation.targets) != 1
            or any(
                i.act == operation.act and source == event.act for i, source, _ in self._anew.get(operation.amends, ())
            )
        ):
            return False
        wanted = tuple(s.lower() for s in operation.targets[0].steps if not s.startswith(("kap", "del")))
        twins = [
            i
            for i, e in enumerate(rows)
            if e.act == operation.amends
            and e.operation.content
            and e.operation.action in ("add", "change")
            and len(e.operation.targets) == 1
            and tuple(s.lower() for s in e.operation.targets[0].steps if not s.startswith(("kap", "del"))) == wanted
            and (not operation.amended_part or operation.amended_part == e.part.upper().lstrip("§"))
        ]
        if len(twins) != 1 or not wanted:
            return False
        twin = rows[twins[0]]
        own = self.calendar.when(event.act, operation, event.part, event.item, since=event.since)
        base = self.calendar.when(twin.act, twin.operation, twin.part, twin.item, since=twin.since)
        if own.date is None or (base.date is not None and own.date > base.date):
            return False
        rows[twins[0]] = replace(twin, operation=replace(twin.operation, content=operation.content))
        found[operation.act] = [e for e in rows if e is not event]
        return True

    def _waits(self, event: _Event, until: _Event) -> bool:
        """Whether an instruction was not in force before *until* was."""
        base = self.calendar.when(event.act, event.operation, event.part, event.item, since=event.since)
        own = self.calendar.when(until.act, until.operation, until.part, until.item, since=until.since)
        return own.date is not None and base.date is not None and base.date >= own.date

    def _same_place(self, event: _Event, target: Target, operation: Operation) -> bool:
        if operation.amended_part and operation.amended_part != event.part.upper():
            return False
        if not target.steps:
            return bool(target.act) and event.operation.act == target.act
        if target.section is None:
            return target.steps[0].startswith(("del", "kap")) and target.steps[0][3:].upper() == event.part.upper()
        wanted = tuple(s.lower() for s in target.steps)
        return any(tuple(s.lower() for s in p.steps)[: len(wanted)] == wanted for p in event.operation.places)

    # --- replay ----------------------------------------------------------------------------------------------------------

    def commenced(self, event: _Event, *, notes: bool | Literal["first"]) -> Commenced:
        """From when an event applies; an amendment of a waiting instruction not before that instruction."""
        if event.ends:
            if event.fixed is not None:
                return Commenced(event.fixed, "clause", event.act, event.lead)
            noted = self.calendar.from_notes(event.act, event.operation) if notes else None
            return noted or Commenced(None, "clause", event.act, event.lead)
        own = self.calendar.when(event.act, event.operation, event.part, event.item, since=event.since, notes=notes)
        operation = event.operation
        if own.date is not None and own.source == "decision" and own.date < date_of(event.act) - dt.timedelta(days=366):
            own = replace(own, doubts=(*own.doubts, "the decision is older than the act"))
        if own.date is None and operation.targets and not any(t.section for t in operation.targets):
            own = self._by_sections(event, notes=notes) or own
        if operation.amends and operation.amends in self.amendments and own.date is not None:
            twin = [
                e
                for e in self.events.get(operation.act, [])
                if e.act == operation.amends and e is not event and _share_section(e.operation, operation)
            ]
            if twin:
                base = self.calendar.when(operation.amends, twin[0].operation, twin[0].part, twin[0].item, notes=notes)
                if base.date is None:
                    return Commenced(None, "none", operation.amends, "the amended instruction is not in force")
                if base.date > own.date:
                    return Commenced(base.date, base.source, base.document, base.words, base.doubts)
        return own

    def _by_sections(self, event: _Event, *, notes: bool | Literal["first"]) -> Commenced | None:
        """From when a whole chapter applies, where the sections that it writes are all dated alike."""
        found: list[Commenced] = []
        for node in event.operation.content:
            if node.kind == "new_section":
                target = Target(event.operation.act, ("§" + section_number(node),))
                single = replace(event.operation, targets=(target,), content=(node,))
                found.append(
                    self.calendar.when(event.act, single, event.part, event.item, since=event.since, notes=notes)
                )
        dates = {each.date for each in found}
        return found[0] if len(dates) == 1 and None not in dates else None

    def lapse(self, event: _Event, *, notes: bool | Literal["first"]) -> dt.date | None:
        """The first day on which an instruction of an act in force for a time no longer holds; None: it holds on.

        A later act may give the law, or the chapter that it brought in, another last day, or take away the clause.
        """
        day = self.lapses.get(event.act)
        if day is None or event.part.startswith("§"):
            return None
        own = self.amendments[event.act]
        parts = {i.part for i in own.instructions}
        written = {
            (o.act, number_key(section_number(n)))
            for i in own.instructions
            for o in i.operations
            for n in o.content
            if n.kind == "new_section"
        }
        for act in dict.fromkeys((event.act, event.operation.act)):
            for later in self.events.get(act, []):
                operation = later.operation
                if date_of(later.act) <= date_of(event.act):
                    continue
                of_law = act == event.act or operation.amends == event.act
                if not of_law and not any(
                    p.section and (act, number_key(p.section)) in written for p in operation.places
                ):
                    continue
                longer = prolongs(operation) if operation.content else None
                ended = (
                    of_law
                    and operation.action == "repeal"
                    and any(
                        t.steps and t.steps[0][:3] == "del" and t.steps[0][3:] not in parts for t in operation.targets
                    )
                )
                if longer is None and not ended:
                    continue
                since = self.commenced(later, notes=notes).date
                if since is not None and since <= day:
                    if ended:
                        return None
                    assert longer is not None
                    day = longer
        return day

    def overtaken(self, event: _Event, date: dt.date, *, notes: bool | Literal["first"]) -> str:
        """Why an instruction never came to apply: the list it stands in was repealed or written anew before *date*."""
        if event.ends:
            number = number_key(event.part)
            for later in self.events.get(event.operation.act, []):
                written = {number_key(p.section) for p in later.operation.places if p.section}
                if date_of(later.act) > date_of(event.act) and number in written and later.operation.content:
                    since = self.commenced(later, notes=notes).date
                    if since is not None and since <= date:
                        return f"§ {number}, which ends it, was changed by {later.act} before"
            return ""
        for inner, source, instruction in self._anew.get(event.act, []):
            if (event.part, event.item) == (inner.part, inner.item) and date_of(source) <= date:
                first = instruction.operations[0]
                since = self.calendar.when(source, first, instruction.part, instruction.item, notes=notes).date
                if since is not None and since <= date:
                    return f"{inner.part} nr. {inner.item}, in which it stands, was written anew by {source} before"
        act, number = event.host
        if not number or act not in self.events:
            return ""
        if act not in self._whole:
            whole = (e for e in self.events[act] if any(len(p.steps) == 1 and p.section for p in e.operation.places))
            self._whole[act] = sorted(whole, key=lambda e: (natural_key(e.act), e.position))
        rows = [e for e in self._whole[act] if e.act != event.act and date_of(e.act) > date_of(event.act)]
        for later in rows:
            operation = later.operation
            hit = any(len(t.steps) == 1 and t.section and number_key(t.section) == number for t in operation.targets)
            if hit and operation.action in ("repeal", "change"):
                since = self.commenced(later, notes=notes).date
                if since is not None and since <= date:
                    return f"§ {number} of {act}, in which it stands, was changed by {later.act} before"
            for a, b in operation.moves:
                if len(a.steps) == 1 and a.section and number_key(a.section) == number and b.section:
                    number = number_key(b.section)
                    break
        return ""

    def replay(
        self, act: str, date: dt.date, *, notes: bool | Literal["first"] = False, base: Document | None = None
    ) -> Replay:
        """*act* as of *date*, from its promulgation; or from *base*, a text that already holds all in force until then.

        Raises:
            CannotReplay: if the promulgated text is not at hand.
        """
        start = base or self.acts.get(act)
        if start is None:
            raise CannotReplay(
                f"{act}: the act as promulgated is not in the gazette at hand (from {min((date_of(a) for a in self.acts), default=None)} on). "
                "Give the archive of that year with --source, or ask for a date from which the consolidated text holds."
            )
        later: dict[str, tuple[dt.date, str]] = {}
        tree, steps, waiting, lapsed = self._run(act, date, start, notes, later)
        if any(s.outcome.status == "not_applied" and "does not exist" in s.outcome.reason for s in steps):
            later = self._awaited(act, date, steps, waiting, notes=notes)
            if later:
                tree, steps, waiting, lapsed = self._run(act, date, start, notes, later)
        document = start
        if tree is not None:
            body = freeze(tree.body, Address(act), None)
            document = Document(start.name, start.header, body, start.language, start.source)
        return Replay(
            document,
            date,
            "consolidated" if base is not None else "promulgation",
            tuple(steps),
            tuple(waiting),
            tuple(u for u in self._unread.get(act, ()) if date_of(u.source) <= date),
            self.against_notes(act, date, steps) if notes else (),
            tuple(lapsed),
        )

    def _run(
        self,
        act: str,
        date: dt.date,
        start: Document,
        notes: bool | Literal["first"],
        later: Mapping[str, tuple[dt.date, str]],
    ) -> tuple[Tree | None, list[Step], list[Step], list[Step]]:
        """The tree on *date* (None where nothing changed), the steps to it, those that wait and those that lapsed."""
        steps: list[Step] = []
        waiting: list[Step] = []
        lapsed: list[Step] = []
        tree: Tree | None = None
        for item in self.course(act, date, notes=notes, later=later):
            if isinstance(item, Step):
                past = item.commenced.date is not None and item.commenced.date <= date
                (lapsed if past else waiting).append(item)
                continue
            if tree is None:
                tree = Tree(act, thaw(start.body))
            steps += _carry_out(tree, item)
        return tree, _out_of_turn(steps), waiting, lapsed

    def _awaited(
        self, act: str, date: dt.date, steps: list[Step], waiting: list[Step], *, notes: bool | Literal["first"]
    ) -> dict[str, tuple[dt.date, str]]:
        """Operations on sections that did not exist yet, but that an earlier act had ordered and that came later.

        They apply from the day of that act: by operation, the day and the act.
        """
        ordered: dict[str, list[tuple[dt.date, str]]] = {}
        coming: list[tuple[str, dt.date, Operation]] = [
            (s.act, s.commenced.date, s.operation) for s in (*steps, *waiting) if s.commenced.date is not None
        ]
        for source, day, operation in coming:
            numbers = {section_number(n) for n in operation.content if n.kind == "new_section"}
            if operation.action in ("add", "change"):
                numbers |= {t.section for t in operation.targets if t.section and len(t.steps) == 1 and not t.until}
            numbers |= {b.section for _, b in operation.moves if b.section and len(b.steps) == 1}
            for number in numbers:
                ordered.setdefault(number_key(number), []).append((day, source))
        found: dict[str, tuple[dt.date, str]] = {}
        for step in steps:
            if step.outcome.status != "not_applied" or "does not exist" not in step.outcome.reason:
                continue
            for place in step.operation.places:
                rows = [
                    (day, source)
                    for day, source in ordered.get(number_key(place.section or ""), [])
                    if step.commenced.date is not None
                    and day > step.commenced.date
                    and date_of(source) <= date_of(step.act)
                    and source != step.act
                ]
                if rows:
                    found[step.operation.id] = min(rows)
                    break
        return found

    def against_notes(self, act: str, date: dt.date, steps: list[Step]) -> tuple[Warned, ...]:
        """Where the notes of amendment, when learnt, name an act or a date that the steps do not bear out.

        A guard: it changes nothing in the text. Sections are compared in today's numbering, as the notes are.
        """
        done: dict[str, dict[str, set[dt.date | None]]] = {}
        for step in steps:
            if step.outcome.status != "applied":
                continue
            numbers = {number_key(a.section) for a in step.outcome.touched if a.section}
            numbers |= {number_key(p.section) for p in step.operation.places if p.section}
            for number in numbers:
                done.setdefault(number, {}).setdefault(step.act, set()).add(step.commenced.date)
        found: list[Warned] = []
        for section, rows in self.calendar.printed.get(act, {}).items():
            for amending, day in rows.items():
                if amending not in self.amendments or (day is not None and day > date) or date_of(amending) > date:
                    continue
                days = done.get(section, {}).get(amending)
                if days is None:
                    found.append(
                        Warned(
                            section,
                            amending,
                            "the note of amendment names this act, but no instruction of it was applied here",
                        )
                    )
                elif day is not None and day not in days:
                    found.append(
                        Warned(
                            section,
                            amending,
                            f"in force from {day} by the note, from {', '.join(sorted(str(d) for d in days))} by the gazette",
                        )
                    )
        return tuple(found)

    def course(
        self,
        act: str,
        date: dt.date,
        *,
        notes: bool | Literal["first"] = False,
        after: dt.date | None = None,
        later: Mapping[str, tuple[dt.date, str]] | None = None,
    ) -> Iterator[Step | list[tuple[_Event, Commenced]]]:
        """What changes *act* until *date*, day by day and act by act; single steps are those not in force on that day.

        *later* gives operations that wait for what another act brings: the day and that act.
        """
        rows: list[tuple[dt.date, tuple[object, ...], int, _Event, Commenced]] = []
        for event in self.events.get(act, []):
            if date_of(event.act) > date or (event.act == act and event.operation.pending):
                continue
            commenced = self.commenced(event, notes=notes)
            if later and event.operation.id in later:
                day, source = later[event.operation.id]
                commenced = Commenced(
                    day, commenced.source, source, "with what " + source + " brings", commenced.doubts
                )
            lapse = self.lapse(event, notes=notes) if event.act in self.lapses else None
            reason = ""
            if commenced.date is None or commenced.date > date:
                reason = (
                    commenced.words or "not in force" if commenced.date is None else f"in force from {commenced.date}"
                )
            elif lapse is not None and lapse <= date and (after is None or lapse > after):
                reason = f"in force until {lapse}" + ("" if after is None else "; the words before it are not put back")
            elif event.ends or event.host[1] or event.act in self._anew:
                reason = self.overtaken(event, commenced.date, notes=notes)
            if reason or commenced.date is None:
                yield Step(
                    event.act,
                    event.part,
                    event.operation,
                    commenced,
                    Outcome(event.operation.id, "not_applied", reason),
                    event.lead,
                )
                continue
            if after is not None and commenced.date <= after:
                continue
            rows.append((commenced.date, natural_key(event.act), event.position, event, commenced))
        rows = _apart(rows)
        rows.sort(key=lambda row: row[:3])
        batch: list[tuple[_Event, Commenced]] = []
        previous: tuple[object, ...] | None = None
        for day, _, _, event, commenced in rows:
            key = (day, event.act)
            if batch and key != previous:
                yield batch
                batch = []
            batch.append((event, commenced))
            previous = key
        if batch:
            yield batch

    def at(
        self,
        act: str,
        date: dt.date,
        *,
        consolidated: Document | None = None,
        data_date: dt.date | None = None,
        notes: bool | Literal["first"] = True,
    ) -> Replay:
        """*act* as in force on *date*: replayed from promulgation, or looking ahead from the consolidated text.

        With *consolidated* and a *date* after *data_date*, adopted amendments whose commencement lies between the two are
        applied to the consolidated text.

        Raises:
            CannotReplay: if the act cannot be given for that date, with the reason.
        """
        if consolidated is not None and data_date is not None and date >= data_date:
            return self._ahead(act, date, consolidated, data_date, notes=notes)
        if act in self.acts:
            if date < date_of(act):
                raise CannotReplay(f"{act} was passed on {date_of(act)}, after {date}")
            return self.replay(act, date, notes=notes)
        if consolidated is not None:
            changed = max((c.date for c in consolidated.header.last_changed_by if c.date), default=None)
            latest = consolidated.header.last_change_in_force or changed
            if latest is not None and latest <= date:
                return Replay(consolidated, date, "consolidated", (), (), ())
        raise CannotReplay(
            f"{act}: promulgated before the gazette at hand begins; it can be given from its last change on only"
        )

    def _ahead(
        self, act: str, date: dt.date, consolidated: Document, data_date: dt.date, *, notes: bool | Literal["first"]
    ) -> Replay:
        tree = Tree(act, thaw(consolidated.body))
        steps: list[Step] = []
        waiting: list[Step] = []
        for item in self.course(act, date, notes=notes, after=data_date):
            if isinstance(item, Step):
                waiting.append(item)
            else:
                steps += _carry_out(tree, item)
        body = freeze(tree.body, Address(act), None)
        document = Document(consolidated.name, consolidated.header, body, consolidated.language, consolidated.source)
        return Replay(document, date, "consolidated", tuple(steps), tuple(waiting), ())

    def history(
        self, place: Address, *, until: dt.date = dt.date.max, notes: bool | Literal["first"] = True
    ) -> list[Version]:
        """The versions of a provision, oldest first, each with the act that made it.

        The section is followed through renumbering: *place* is its address on the last day.

        Raises:
            CannotReplay: if the act as promulgated is not at hand.
        """
        start = self.acts.get(place.act)
        if start is None:
            raise CannotReplay(f"{place.act}: the act as promulgated is not in the gazette at hand")
        tree = Tree(place.act, thaw(start.body))
        batches: list[list[tuple[_Event, Commenced]]] = [
            item for item in self.course(place.act, until, notes=notes) if not isinstance(item, Step)
        ]
        states: list[tuple[dt.date, str, str, dict[int, tuple[str, str]], Part | None]] = []

        def snapshot(day: dt.date, act: str, source: str) -> None:
            found = tree.find(place.section or "")
            texts = {id(part): (_words(part), part.heading.text if part.heading else "") for _, part in tree.sections()}
            states.append((day, act, source, texts, found[1] if found else None))

        snapshot(date_of(place.act), place.act, "promulgation")
        for batch in batches:
            _carry_out(tree, batch)
            snapshot(batch[0][1].date or dt.date.max, batch[0][0].act, batch[0][1].source)
        final = states[-1][4]
        versions: list[Version] = []
        for day, act, source, texts, here in states:
            subject = final if final is not None else here
            text = texts.get(id(subject)) if subject is not None else None
            words, heading = text if text else (None, "")
            if not versions and words is None:
                continue
            if not versions or versions[-1].text != words or versions[-1].heading != heading:
                versions.append(Version(day, act, source, words, heading))
        return versions


_OPENS = re.compile(r"(?:følgende|følgjande|desse|disse) endring(?:er|ar) i (?:andre|annen|anna|øvrige)", re.IGNORECASE)


def _opens_list(operation: Operation) -> str:
    """The number of a section that an operation writes and that opens a list of amended acts; empty for none."""
    for node in operation.content[-3:]:
        texts = [n.text for n in node.walk() if n.text and n.kind != "heading"]
        if texts and _OPENS.search(texts[-1]):
            written = section_number(node) if node.kind == "new_section" else ""
            return number_key(written or (operation.targets[0].section or "" if operation.targets else ""))
    return ""


_Row = tuple[dt.date, tuple[object, ...], int, _Event, Commenced]


def _apart(rows: list[_Row]) -> list[_Row]:
    """Doubt a move and the new text for what it moves, ordered by one lead, that are dated differently."""
    days: dict[tuple[str, int], set[dt.date]] = {}
    for day, _, position, event, _ in rows:
        if event.operation.before_move or event.operation.action == "move":
            days.setdefault((event.act, position), set()).add(day)
    found: list[_Row] = []
    for row in rows:
        day, order, position, event, commenced = row
        if len(days.get((event.act, position), ())) > 1:
            commenced = replace(
                commenced, doubts=(*commenced.doubts, "the lead's move and its new text are dated apart")
            )
            row = (day, order, position, event, commenced)
        found.append(row)
    return found


def _out_of_turn(steps: list[Step]) -> list[Step]:
    """Doubt what an act wrote on a place that an act passed later had changed before it came into force.

    The act may have been meant for the text without the later change, or with it.
    """
    written: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    result: list[Step] = []
    for step in steps:
        operation = step.operation
        if step.outcome.status == "applied" and operation.action not in ("replace_words", "move"):
            for target in operation.targets:
                if target.section is None:
                    continue
                row = written.setdefault(number_key(target.section), [])
                later = next(
                    (
                        act
                        for path, act in row
                        if natural_key(act) > natural_key(step.act)
                        and all(a == b for a, b in zip(path, target.steps, strict=False))
                    ),
                    "",
                )
                if later:
                    doubt = f"{later}, passed later, had changed this place before"
                    outcome = replace(step.outcome, doubts=(*step.outcome.doubts, doubt))
                    step = replace(step, outcome=outcome)
                row.append((target.steps, step.act))
        result.append(step)
    return result


def _writes(operation: Operation, number: str) -> bool:
    """Whether an operation gives the section of that number text."""
    if not operation.content:
        return False
    return any(t.section and number_key(t.section) == number for t in operation.targets) or any(
        n.kind == "new_section" and number_key(section_number(n)) == number for n in operation.content
    )


def _words(part: Part) -> str:
    return "\n".join(
        (p.label + " " if p.label else "") + p.text
        for p in part.walk()
        if p.text and p.kind not in ("heading", "note", "footnote")
    )


def _is_decision(document: Document) -> bool:
    """Whether a regulation puts an act into force."""
    return decides(document.header.title)


def _share_section(one: Operation, two: Operation) -> bool:
    numbers = {number_key(p.section) for p in one.places if p.section}
    return any(p.section and number_key(p.section) in numbers for p in two.places)


def _reworded(node: Node, operation: Operation) -> Node:
    from lovdata_ingest.amendments.apply import reworded

    text = node.text
    for words in operation.words:
        text, _ = reworded(text, words)
    children = tuple(_reworded(child, operation) for child in node.children)
    if text == node.text and children == node.children:
        return node
    return Node(node.kind, node.address, node.name, node.label, text, (), (), children, node.attributes)


def _carry_out(tree: Tree, batch: list[tuple[_Event, Commenced]]) -> list[Step]:
    outcomes = apply_to_tree(tree, [event.operation for event, _ in batch])
    return [
        Step(event.act, event.part, event.operation, commenced, outcome, event.lead)
        for (event, commenced), outcome in zip(batch, outcomes, strict=True)
    ]


# --- comparison with a consolidated text --------------------------------------------------------------------------------


class Difference(Struct, frozen=True):
    """A section that is not the same in two texts. ``kind``: differs, missing, extra."""

    section: str
    kind: str
    ours: str = ""
    theirs: str = ""
    editorial: bool = False


class Comparison(Struct, frozen=True):
    """How a replayed text agrees with Lovdata's: sections the same, by convention the same, and the differences."""

    same: int
    by_convention: int
    differences: tuple[Difference, ...]

    @property
    def total(self) -> int:
        """All sections of either text; repealed ones and annexes apart."""
        return self.same + self.by_convention + len(self.differences)


_DASHES = re.compile(r"-\s*-\s*-")
_BRACKETED = re.compile(r"\[[^\[\]]*\]")


def compare_texts(ours: Document, theirs: Document) -> Comparison:
    """Compare two texts of an act section by section.

    White space, quotation marks and the signs around labels are left out. By convention, a closing section of which
    Lovdata prints "– – –" counts as the same, and so does text not yet in force that it prints in brackets. Articles of
    annexes are left out.
    """
    a, b = _texts(ours), _texts(theirs)
    same = convention = 0
    differences: list[Difference] = []
    for key in dict.fromkeys([*b, *a]):
        mine, other = a.get(key), b.get(key)
        if mine is not None and mine == other:
            same += 1
        elif (other is not None and _DASHES.search(other)) or (
            other is not None
            and mine is not None
            and "[" in other
            and mine in (_BRACKETED.sub("", other), re.sub(r"[\[\]]", "", other))
        ):
            convention += 1
        elif other is None:
            differences.append(Difference(key, "extra", mine or ""))
        elif mine is None:
            differences.append(Difference(key, "missing", "", other))
        else:
            bare = re.sub(r"\W", "", mine).lower() == re.sub(r"\W", "", other).lower()
            differences.append(Difference(key, "differs", mine, other, bare))
    return Comparison(same, convention, tuple(differences))


def sections_of(*documents: Document) -> frozenset[str]:
    """The numbers of all sections that `compare_texts` looks at."""
    return frozenset(number for document in documents for number in _texts(document))


def _texts(document: Document) -> dict[str, str]:
    found: dict[str, str] = {}

    def visit(node: Node) -> None:
        for child in node.children:
            if child.kind == "section":
                part_number = _number(child)
                if part_number and part_number not in found:
                    text = plain(child)
                    if not section_repealed(thaw(child)):
                        found[part_number] = text
            elif child.kind == "division" and not (
                child.address is not None and child.address.path and child.address.path[-1].startswith("vedlegg")
            ):
                visit(child)

    visit(document.body)
    return found


def _number(node: Node) -> str:
    if node.name.startswith("§"):
        return number_key(node.name[1:])
    if node.address is not None and node.address.section:
        return number_key(node.address.section)
    return ""


__all__ = [
    "CannotReplay",
    "Comparison",
    "Difference",
    "Gazette",
    "Replay",
    "Step",
    "Version",
    "compare_texts",
    "section_number_of",
    "sections_of",
]

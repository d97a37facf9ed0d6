"""Measures the engine against Lovdata's answers: targets of instructions, dates of commencement, consolidated texts."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Literal

from msgspec import Struct

from lovdata_ingest.address import natural_key
from lovdata_ingest.amendments.instruction import Amendment, Instruction, Operation
from lovdata_ingest.amendments.names import date_of
from lovdata_ingest.amendments.parse import section_number, single_moves
from lovdata_ingest.amendments.replay import (
    CannotReplay,
    Comparison,
    Difference,
    Gazette,
    Replay,
    compare_texts,
    sections_of,
)
from lovdata_ingest.amendments.tree import Tree, flow, ledd_of, number_key, section_number_of, sentences_of, thaw
from lovdata_ingest.model import Document, Node

Key = frozenset[tuple[str, ...]]  # ("change", address), ("move", from, to)
_PARTS = {"data-change-part": "change", "data-add-new-part": "add", "data-repeal-part": "repeal"}


class Block(Struct, frozen=True):
    """A group of instructions that Lovdata keyed: the act, its index there, the key, ours, and the lead's first words.

    ``same_places`` tells whether both name the same places in the text at hand (see `placed_key`).
    """

    act: str
    index: int
    key: Key
    ours: Key
    lead: str
    same_places: bool = False

    @property
    def agrees(self) -> bool:
        """Whether our reading is the key."""
        return self.key == self.ours


def plain_address(text: str) -> str:
    """An address for comparison: without headings, introductions and dashes, lower case."""
    text = text.strip().strip("/")
    text = re.sub(r"/(?:overskrift|innledning)$|/strek/[^/]+$", "", text)
    return text.lower()


def key_of(node: Node) -> Key:
    """The key of a ``change`` node, as Lovdata set it."""
    found: set[tuple[str, ...]] = set()
    for name, value in node.attributes:
        if name == "data-move-part":
            for move in value.split():
                source, _, target = move.partition(";;")
                found.add(("move", plain_address(source), plain_address(target)))
        elif name in _PARTS:
            found.update((_PARTS[name], plain_address(part)) for part in value.split())
    return frozenset(found)


def placed_key(key: Key, trees: Mapping[str, Tree]) -> Key:
    """*key* with one name for each place.

    "§ 4 annet punktum" of a section with one ledd and "§ 4 første ledd annet punktum" are the same place, and so are
    "nr. 3" and the third ledd of a section whose ledd are numbered.
    """
    return frozenset((entry[0], *(_one_name(address, trees) for address in entry[1:])) for entry in key)


def _one_name(address: str, trees: Mapping[str, Tree]) -> str:
    match = re.fullmatch(r"(?P<act>\w+/[^/]+)/§(?P<section>[^/]+)/(?P<rest>.+)", address)
    tree = trees.get(match["act"]) if match else None
    found = tree.find(match["section"]) if match and tree is not None else None
    if match is None or found is None:
        return address
    row, rest = ledd_of(found[1]), match["rest"]
    lists = [
        index
        for index, part in enumerate(row, 1)
        if part.kind == "list" or any(c.kind == "list" for c in part.children)
    ]
    head = f"{match['act']}/§{match['section']}/"
    if len(row) == 1:
        return head + re.sub(r"^ledd/1/(?=.)", "", rest)
    number = re.match(r"nummer/(\d+)(?=/|$)", rest)
    if number and row and all(re.fullmatch(r"\(?\d+[.)]?\)?", part.label.strip()) for part in row):
        return head + f"ledd/{number[1]}" + rest[number.end() :]
    if len(lists) == 1 and rest.startswith(("bokstav/", "nummer/")):
        return head + f"ledd/{lists[0]}/{rest}"  # the only ledd with a list
    return address


def _between(tree: Tree, first: str, last: str) -> list[str]:
    from lovdata_ingest.amendments.apply import _Batch

    return _Batch(tree, []).between(first, last)


def ours_of(
    instructions: Iterable[Instruction],
    trees: Mapping[str, Tree],
    *,
    live: frozenset[str] = frozenset(),
    moved: Moved | None = None,
) -> Key:
    """What our operations say of a block, in the form of the key.

    *trees* are texts at hand, for ranges, "siste" and numbers that are ledd; those in *live* are the text just before
    the amending act, so that a place that is not there yet counts as added. *moved* are the moves of the whole
    amending act: a number that it fills by a move is there, one that it vacates is free for what is new.
    """
    found: set[tuple[str, ...]] = set()
    for instruction in instructions:
        moves = {a.steps: b.steps for operation in instruction.operations for a, b in operation.moves}
        for operation in instruction.operations:
            found |= _operation_key(
                operation,
                trees.get(operation.act),
                operation.act in live,
                moves,
                moved or Moved(frozenset(), frozenset()),
            )
    return frozenset(found)


class Moved(Struct, frozen=True):
    """Places, as (act, steps), that an amending act vacates by moves upwards, and those to which it moves something."""

    vacated: frozenset[tuple[str, tuple[str, ...]]]
    filled: frozenset[tuple[str, tuple[str, ...]]]


def moved_by(amendment: Amendment) -> Moved:
    """The moves of *amendment*, ranges counted out."""
    pairs = [
        (source.act, a, b)
        for operation in amendment.operations()
        for source, target in operation.moves
        for a, b in single_moves(source, target)
    ]
    return Moved(
        frozenset((act, a) for act, a, b in pairs if natural_key(b[-1]) > natural_key(a[-1])),
        frozenset((act, b) for act, _, b in pairs),
    )


def _moved(
    operation: Operation, steps: tuple[str, ...], moves: Mapping[tuple[str, ...], tuple[str, ...]]
) -> tuple[str, ...]:
    """The new address of a place that is named before its move ("§ 8-9 blir § 8-10 og skal lyde")."""
    return moves.get(steps, steps) if operation.before_move else steps


def _operation_key(
    operation: Operation,
    tree: Tree | None,
    live: bool,
    moves: Mapping[tuple[str, ...], tuple[str, ...]],
    moved: Moved,
) -> set[tuple[str, ...]]:
    found: set[tuple[str, ...]] = set()
    act = operation.act
    for target in operation.targets:
        if operation.action == "move":
            continue
        action = "repeal" if operation.action == "repeal" else "add" if target.new else "change"
        steps = target.steps
        if steps and steps[-1].startswith("strek/"):
            action = "change"  # dashes are left out of addresses: one more of them changes what they stand in
        numbers: list[str] = []
        if target.until and target.section:
            last = target.until.lstrip("§")
            sections = [n for n in operation.content if n.kind == "new_section"]
            if sections:
                numbers = [section_number(n) for n in sections]
            else:
                from lovdata_ingest.amendments.prose import expand

                counted = [target.section, *(expand(target.section, last) or [last])]
                numbers = _between(tree, target.section, last) if tree is not None else counted
                numbers = numbers if len(numbers) >= len(counted) else counted
        for number in numbers or [""]:
            here = ("§" + number,) if number else steps
            place = _placed(_moved(operation, here, moves), tree)
            if len(place) > 1 and place[0].startswith("del") and place[1].startswith("kap"):
                place = place[1:]
            place = () if place == ("overskrift",) else place
            if operation.action == "rename" and not place and operation.content:
                heading = re.match(r"Kap(?:ittel|\.)?\s+(\d+|[IVXLC]+)(\s?[A-Z](?![\w]))?", operation.content[0].text)
                place = ("kap" + heading[1] + (heading[2] or "").strip(),) if heading else place
            does = action
            if (
                action == "change"
                and live
                and not operation.before_move
                and tree is not None
                and (act, place) not in moved.filled
                and not _exists(place, tree)
            ):
                does = "add"
            found.add((does, plain_address("/".join((act, *place)))))
        if steps and steps[-1].startswith(("kap", "del", "avsnitt/")):
            if (steps[-1].startswith("avsnitt/") and operation.action != "repeal") or target.until:
                found.discard((action, plain_address("/".join((act, *_placed(steps, tree))))))
            for node in operation.content:
                if node.kind == "new_section":
                    place = ("§" + section_number(node),)
                    free = live and tree is not None and not _exists(place, tree)
                    does = "add" if free or (act, place) in moved.vacated else action
                    found.add((does, plain_address("/".join((act, *place)))))
            if operation.action == "repeal" and tree is not None:
                division = _division(tree, steps)
                if division:
                    found |= {("repeal", plain_address(f"{act}/§{n}")) for n in division}
    for source, target in operation.moves:
        if source.until and tree is not None and source.section and target.section:
            from lovdata_ingest.amendments.apply import _Batch

            pairs = _Batch(tree, []).expanded_moves(Operation("", "move", (), ((source, target),)))
        else:
            pairs = [(source, target)]
        for a, b in pairs:
            if a.until:
                continue
            found.add(
                (
                    "move",
                    plain_address("/".join((act, *_placed(a.steps, tree)))),
                    plain_address("/".join((act, *_placed(b.steps, tree)))),
                )
            )
    return found


def _division(tree: Tree, steps: tuple[str, ...]) -> list[str]:
    match = re.match(r"(kap|del|avsnitt/)(.+)", steps[-1])
    outer = re.match(r"(kap|del)(.+)", steps[-2]) if len(steps) > 1 else None
    around = tree.division(outer[1], outer[2]) if outer else []
    within = around[0][1] if len(around) == 1 else None
    found = tree.division(match[1].strip("/"), match[2], within) if match else []
    return [section_number_of(p) for p in found[0][1].walk() if p.kind == "section"] if len(found) == 1 else []


def _placed(steps: tuple[str, ...], tree: Tree | None) -> tuple[str, ...]:
    """The steps with what only the text tells: "siste", and numbers that are ledd."""
    if (
        len(steps) == 1
        and re.fullmatch(r"del[IVXLC]+", steps[0])
        and (tree is None or not tree.division("del", steps[0][3:]))
    ):
        steps = ("kap" + steps[0][3:],)  # so Lovdata writes the roman parts of an amending act
    section = next((s[1:] for s in steps if s.startswith("§")), "")
    found = tree.find(section) if tree is not None and section else None
    if found is None:
        return steps
    row = ledd_of(found[1])
    result: list[str] = []
    here = row[0] if len(row) == 1 else None
    for step in steps:
        word, _, value = step.partition("/")
        if word == "ledd" and value in ("siste", "nest-siste") and row:
            step = f"ledd/{len(row) - (value != 'siste')}"
        if word == "ledd" and step.partition("/")[2].isdigit() and int(step.partition("/")[2]) <= len(row):
            here = row[int(step.partition("/")[2]) - 1]
        if word == "setning" and value == "siste" and here is not None:
            step = f"setning/{len(sentences_of(flow(here)))}"
        result.append(step)
    return tuple(result)


def _exists(steps: tuple[str, ...], tree: Tree) -> bool:
    from lovdata_ingest.amendments.apply import CannotApply, _Batch

    section = next((s[1:] for s in steps if s.startswith("§")), "")
    if not section:
        return True
    found = tree.find(section)
    if found is None:
        return len(steps) > 1
    below = tuple(s for s in steps if not s.startswith(("§", "kap")) and s not in ("overskrift", "innledning"))
    if not below or not below[-1].startswith("ledd/"):
        return True
    try:
        _Batch(tree, []).holder(found[1], below)
    except CannotApply as reason:
        return not re.search(r"no number|no bokstav|no nummer|has no (?:bokstav|nummer)", str(reason))
    return True


def instruction_blocks(
    gazette: Gazette, consolidated: Mapping[str, Document], *, since: str = "lov/2022-05"
) -> list[Block]:
    """Every block with a key in the acts from *since* on, with our reading of it."""
    blocks: list[Block] = []
    trees: dict[tuple[str, str], Tree | None] = {}

    def tree_of(act: str, source: str) -> tuple[Tree | None, bool]:
        key = (act, source)
        if key not in trees:
            before = date_of(source) - dt.timedelta(days=1)
            try:
                trees[key] = Tree(act, thaw(gazette.replay(act, before).document.body))
            except CannotReplay:
                trees[key] = Tree(act, thaw(consolidated[act].body)) if act in consolidated else None
        return trees[key], act in gazette.acts

    for refid, document in gazette.acts.items():
        if refid < since:
            continue
        nodes = [node for node in document.body.walk() if node.kind == "change"]
        if not nodes:
            continue
        amendment = gazette.amendments[refid]
        grouped: dict[int, list[Instruction]] = {}
        for instruction in amendment.instructions:
            grouped.setdefault(instruction.group, []).append(instruction)
        own: dict[str, Tree] = {}
        live: set[str] = set()
        for act in amendment.acts:
            tree, fresh = tree_of(act, refid)
            if tree is not None:
                own[act] = tree
                if fresh:
                    live.add(act)
        moved = moved_by(amendment)
        for index, node in enumerate(nodes):
            lead = next((child.text for child in node.children if child.text), "")
            key = key_of(node)
            ours = ours_of(grouped.get(index, ()), own, live=frozenset(live), moved=moved)
            same = placed_key(key, own) == placed_key(ours, own)
            blocks.append(Block(refid, index, key, ours, lead[:160], same))
    return blocks


class Correction(Struct, frozen=True):
    """A block whose key is not what the prose says: why, and what it should be."""

    act: str
    index: int
    reason: str
    key: Key


def read_corrections(path: Path) -> dict[tuple[str, int], Correction]:
    """The corrected blocks: ``act``, ``block``, ``reason``, ``key`` (``change lov/…``; ``move lov/… lov/…``; ``; `` between)."""
    found: dict[tuple[str, int], Correction] = {}
    for line in path.read_text("utf-8").splitlines()[1:]:
        act, index, reason, key = line.split("\t")
        entries = frozenset(tuple(entry.split(" ")) for entry in key.split("; ") if entry and entry != "-")
        found[act, int(index)] = Correction(act, int(index), reason, entries)
    return found


class DateFigures(Struct, frozen=True):
    """Commencement against notes of amendment: how many agree, and the pairs that do not."""

    open_acts: int
    dated: int
    not_in_force: int
    unexplained: tuple[str, ...]
    instructions: int
    agree: int
    differences: tuple[tuple[str, str, str, str], ...]  # amending act, place, ours, note's


def date_figures(gazette: Gazette) -> DateFigures:
    """Dates of acts that leave their commencement open, and of single instructions against the note of the section.

    The notes must have been learnt (`Gazette.learn_notes`); they are only compared with.
    """
    calendar = gazette.calendar
    noted: dict[str, set[dt.date]] = {}
    for (_, act), rows in calendar.notes.items():
        noted.setdefault(act, set()).update(d for d, _, _ in rows if d is not None and d != dt.date.max)
    opened = dated = silent = 0
    unexplained: list[str] = []
    for refid, document in gazette.acts.items():
        entries = document.header.in_force
        if not entries or any(e.date for e in entries):
            continue
        opened += 1
        dates, _ = calendar.dates(refid)
        if dates:
            dated += 1
        elif not noted.get(refid):
            silent += 1
        else:
            unexplained.append(refid)
    total = agree = 0
    differences: list[tuple[str, str, str, str]] = []
    seen: set[tuple[str, str]] = set()
    for act, events in gazette.events.items():
        for event in events:
            if event.act == act:
                continue
            for place in event.operation.places[:1]:
                if not place.section:
                    continue
                number = number_key(place.section)
                noted_rows = calendar.notes.get((act + "/" + number, event.act))
                if not noted_rows:
                    continue
                label = f"{act}/§{number}" + ("/" + place.steps[1] if len(place.steps) > 1 else "")
                if (event.act, label) in seen:
                    continue
                wanted = {
                    d
                    for d, scope, _ in noted_rows
                    if d != dt.date.max and (not scope or calendar.in_scope(scope, place) or len(noted_rows) == 1)
                }
                wanted = wanted or {d for d, _, _ in noted_rows if d != dt.date.max}
                if not wanted:
                    continue
                seen.add((event.act, label))
                total += 1
                ours = gazette.commenced(event, notes=False).date
                if ours in wanted:
                    agree += 1
                else:
                    differences.append((event.act, label, str(ours), ", ".join(sorted(str(d) for d in wanted))))
    return DateFigures(opened, dated, silent, tuple(unexplained), total, agree, tuple(differences))


class ReplayFigures(Struct, frozen=True):
    """Replayed acts against the consolidated text."""

    acts: int
    sections: int
    same: int
    by_convention: int
    do_nothing: int
    do_nothing_of: int
    silent: int
    editorial: int
    editorial_words: int  # a few characters differ, and no act stands behind it: see `by_lovdata`
    silent_editorial: int
    reported: int
    reported_wrong: int
    below_do_nothing: tuple[str, ...]
    aborted: tuple[str, ...]
    kinds: dict[str, int]
    seconds: float

    @property
    def share(self) -> float:
        """Sections that are the same, or the same by convention, of all."""
        return (self.same + self.by_convention) / self.sections if self.sections else 0.0


def replayable(gazette: Gazette, consolidated: Mapping[str, Document]) -> list[str]:
    """The acts in force that were promulgated in the gazette at hand; amending acts left out."""
    return [
        refid
        for refid in consolidated
        if refid in gazette.acts and not re.search(r"\bom endring", consolidated[refid].header.title)
    ]


def by_lovdata(difference: Difference, replay: Replay, consolidated: Document) -> bool:
    """Whether a few characters differ that no act explains: all acts of the note of amendment were carried out.

    Such a difference is Lovdata's own, a correction or a slip of either text.
    """
    from difflib import SequenceMatcher

    from lovdata_ingest.notes import parse_note

    if difference.kind != "differs" or abs(len(difference.ours) - len(difference.theirs)) > 12:
        return False
    if difference.section in replay.reported_sections():
        return False
    matcher = SequenceMatcher(None, difference.ours, difference.theirs, autojunk=False)
    changed = [max(b - a, d - c) for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal"]
    if sum(changed) > 12:
        return False
    node = next((s for s in consolidated.sections() if number_key(s.name.lstrip("§")) == difference.section), None)
    noted = {e.act for note in (node.notes if node else ()) for e in parse_note(note) if e.act}
    done = {
        step.act
        for step in replay.steps
        for a in step.outcome.touched
        if step.outcome.status == "applied" and a.section and number_key(a.section) == difference.section
    }
    return noted <= done | {replay.document.refid}


def replay_figures(
    gazette: Gazette,
    consolidated: Mapping[str, Document],
    acts: Iterable[str],
    date: dt.date,
    *,
    notes: bool | Literal["first"] = False,
) -> ReplayFigures:
    """Replay *acts* to *date* and compare each section with Lovdata's text."""
    import time

    rows: list[Comparison] = []
    same = convention = silent = editorial = nothing = nothing_of = 0
    few = silent_editorial = reported_all = reported_wrong = 0
    below: list[str] = []
    aborted: list[str] = []
    kinds: Counter[str] = Counter()
    seconds = 0.0
    for refid in acts:
        base = compare_texts(gazette.acts[refid], consolidated[refid])
        start = time.perf_counter()
        try:
            replay = gazette.replay(refid, date, notes=notes)
        except Exception:  # a fault of ours must not hide the other acts
            aborted.append(refid)
            continue
        comparison = compare_texts(replay.document, consolidated[refid])
        seconds += time.perf_counter() - start
        rows.append(comparison)
        reported = replay.reported_sections()
        same, convention = same + comparison.same, convention + comparison.by_convention
        nothing, nothing_of = nothing + base.same + base.by_convention, nothing_of + base.total
        for difference in comparison.differences:
            kinds[difference.kind] += 1
            quiet = difference.section not in reported
            by_hand = not difference.editorial and by_lovdata(difference, replay, consolidated[refid])
            editorial += difference.editorial
            few += by_hand
            silent += quiet
            silent_editorial += quiet and (difference.editorial or by_hand)
            reported_wrong += not quiet
        reported_all += len(reported & sections_of(replay.document, consolidated[refid]))
        if comparison.same + comparison.by_convention < base.same + base.by_convention:
            below.append(refid)
    total = sum(row.total for row in rows)
    return ReplayFigures(
        len(rows),
        total,
        same,
        convention,
        nothing,
        nothing_of,
        silent,
        editorial,
        few,
        silent_editorial,
        reported_all,
        reported_wrong,
        tuple(below),
        tuple(aborted),
        dict(kinds),
        seconds,
    )

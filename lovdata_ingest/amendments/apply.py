"""Applies instructions to a consolidated act: the new text with its addresses, and what became of each instruction."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from msgspec import Struct
from msgspec.structs import replace

from lovdata_ingest.address import Address
from lovdata_ingest.amendments.instruction import Operation, Outcome, Target, Words
from lovdata_ingest.amendments.parse import section_number
from lovdata_ingest.amendments.prose import expand, read_lead
from lovdata_ingest.amendments.tree import (
    HOLE,
    Part,
    Tree,
    division_key,
    flow,
    freeze,
    holes,
    is_ledd,
    item_label,
    label_key,
    ledd_of,
    number_key,
    order_of,
    plain,
    pour,
    section_number_of,
    section_repealed,
    sentences_of,
    thaw,
)  # fmt: skip
from lovdata_ingest.model import Document, Node


class Applied(Struct, frozen=True):
    """An act after a proposal: the text, what became of each operation, and where every place went.

    ``crosswalk`` maps old addresses of sections, ledd and items to the new ones where they differ; ``gone`` are old
    addresses whose text was repealed or replaced as a whole with a shorter one.
    """

    document: Document
    outcomes: tuple[Outcome, ...]
    crosswalk: dict[Address, Address]
    gone: frozenset[Address]


class CannotApply(Exception):
    """Why an operation was not carried out. Never leaves this module."""


class Sentence:
    """A sentence of a ledd with an identity of its own."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text


class _Batch:
    """What one amending act does to one act on one day: positions before it are remembered, for moves."""

    def __init__(self, tree: Tree, operations: list[Operation]) -> None:
        self.tree = tree
        self.operations = operations
        self.old_ledd: dict[int, list[Part]] = {}
        self.old_items: dict[int, list[tuple[str, Part]]] = {}
        self.sentences: dict[int, tuple[Part, list[Sentence], list[Sentence], list[Part]]] = {}
        self.sections_before: dict[str, Part] = {}
        self.displaced: dict[str, tuple[Part, Part]] = {}
        self.moved: set[int] = set()
        self.written: set[int] = set()
        self.ledd_written: dict[int, Part] = {}
        self.texts_before: dict[int, list[Sentence]] = {}
        self.across: dict[tuple[int, tuple[str, ...]], Part] = {}
        self.filled: dict[int, set[int]] = {}
        for _, part in tree.sections():
            key = section_number_of(part)
            if key:
                self.sections_before.setdefault(key, part)
        self.section_sources: set[str] = set()
        self.ranges: dict[int, list[tuple[Target, Target]]] = {}
        self.division_sources: dict[tuple[str, ...], Part] = {}
        self.numbered: set[int] = set()
        for operation in operations:
            pairs = self.expanded_moves(operation)
            if not any(source.until or target.until for source, target in pairs):
                self.ranges[id(operation)] = pairs  # numbers before the act; later some are pushed aside
            for source, target in pairs:
                if source.steps and source.section is None and not source.until:
                    division = self.division_of(source)
                    if division is not None:
                        self.division_sources[source.steps] = division
                if source.steps and len(source.steps) == 1 and source.section and target.section:
                    self.section_sources.add(number_key(source.section))
        for steps, division in self.division_sources.items():
            if steps[-1].startswith("kap"):
                tree.hidden |= {id(part) for part in division.walk() if part.kind == "section"}
        self.checks: list[tuple[Operation, Callable[[], str]]] = []
        self.touched: list[Part] = []
        self.doubts: list[str] = []

    # --- ranges ------------------------------------------------------------------------------------------------

    def between(self, first: str, last: str) -> list[str]:
        """The numbers of sections from *first* to *last*, as the act has them; by counting where it has none."""
        numbers = [_printed(part) for _, part in self.tree.sections() if section_number_of(part)]
        keys = [number_key(n) for n in numbers]
        if number_key(first) in keys and number_key(last) in keys:
            a, b = keys.index(number_key(first)), keys.index(number_key(last))
            if a <= b:
                return numbers[a : b + 1]
        low, high = order_of(first), order_of(last)
        inside = [n for n in numbers if low <= order_of(n) <= high]
        counted = expand(first, last)
        if inside and not counted:
            return inside
        return inside if inside and len(inside) >= len(counted or []) else [first, *(counted or [last])]

    def expanded_moves(self, operation: Operation) -> list[tuple[Target, Target]]:
        """Moves of ranges as single moves, expanded over the sections that exist.

        Raises:
            CannotApply: if the two sides do not have the same count.
        """
        result: list[tuple[Target, Target]] = []
        for source, target in operation.moves:
            if not source.until and not target.until:
                result.append((source, target))
                continue
            if not (source.section and target.section):
                kind_a, kind_b = (
                    re.match(r"(kap|del)(.+)", source.steps[-1] if source.steps else ""),
                    re.match(r"(kap|del)(.+)", target.steps[-1] if target.steps else ""),
                )
                if kind_a and kind_b and source.until and target.until:
                    low, high = (
                        [kind_a[2], *(expand(kind_a[2], source.until[3:]) or [])],
                        [kind_b[2], *(expand(kind_b[2], target.until[3:]) or [])],
                    )
                    if len(low) == len(high) > 1:
                        pairs = [
                            (
                                Target(source.act, (*source.steps[:-1], kind_a[1] + a)),
                                Target(target.act, (*target.steps[:-1], kind_b[1] + b)),
                            )
                            for a, b in zip(low, high, strict=True)
                        ]
                        result += reversed(pairs) if order_of(high[0]) > order_of(low[0]) else pairs
                        continue
                result.append((source, target))
                continue
            left = self.between(source.section, source.until.lstrip("§")) if source.until else [source.section]
            right_first, right_last = target.section, target.until.lstrip("§")
            right = [right_first, *(expand(right_first, right_last) or ([right_last] if right_last else []))]
            if len(left) != len(right):
                right = self.parallel(left, right_first, right_last) or right
            if len(left) != len(right):
                result.append((source, target))
                continue
            result += [
                (Target(source.act, ("§" + a,)), Target(target.act, ("§" + b,)))
                for a, b in zip(left, right, strict=True)
            ]
        return result

    def parallel(self, left: list[str], first: str, last: str) -> list[str] | None:
        """New numbers that keep letters: §§ 17, 17 a, 18 to §§ 24, 24 a, 25 where the last one fits."""
        if not left or not re.fullmatch(r"\d+", re.sub(r"[a-z]$", "", first)):
            return None
        start = re.match(r"\d+", left[0])
        begin = re.match(r"\d+", first)
        if not start or not begin:
            return None
        shift = int(begin[0]) - int(start[0])
        moved = []
        for number in left:
            match = re.match(r"(\d+)(.*)", number)
            if not match:
                return None
            moved.append(str(int(match[1]) + shift) + match[2])
        return moved if moved and moved[-1].lower() == last.lower() else None

    def expanded(self, target: Target) -> list[Target]:
        """A range of sections as single targets."""
        if not target.until or not target.section:
            return [target]
        numbers = self.between(target.section, target.until.lstrip("§"))
        tail = target.steps[1:]
        return [
            Target(target.act, ("§" + number, *(tail if number == numbers[-1] else ())), target.new)
            for number in numbers
        ]

    # --- one operation -------------------------------------------------------------------------------------------

    def run(self, operation: Operation) -> Outcome:
        self.touched, self.doubts = [], list(operation.doubts)
        try:
            match operation.action:
                case "move":
                    self.move(operation)
                case "repeal":
                    self.repeal_all(operation)
                case "replace_words":
                    self.replace_words(operation)
                case "rename":
                    self.rename(operation)
                case _:
                    self.write(operation)
        except CannotApply as reason:
            return Outcome(operation.id, "not_applied", str(reason), tuple(self.doubts))
        touched = tuple(
            dict.fromkeys(
                Address(self.tree.act, ("§" + _printed(part),)) for part in self.touched if section_number_of(part)
            )
        )
        return Outcome(operation.id, "applied", "", tuple(dict.fromkeys(self.doubts)), touched)

    def section(self, target: Target) -> Part:
        number = target.section
        if number is None:
            raise CannotApply(f"{target}: no section is named")
        key = number_key(number)
        found = self.tree.find(number)
        if found is None:
            if key in self.displaced:
                return self.displaced[key][1]
            raise CannotApply(f"§ {number} does not exist")
        return found[1]

    def remember(self, section: Part) -> list[Part]:
        """The ledd of a section, their order before this act remembered."""
        row = ledd_of(section)
        self.old_ledd.setdefault(id(section), list(row))
        return row

    # --- finding a place below the section ------------------------------------------------------------------------

    def holder(self, section: Part, steps: tuple[str, ...]) -> Part:
        """The ledd or item that *steps* lead to; sentences are passed over.

        Raises:
            CannotApply: if there is no such place, or two.
        """
        here = section
        for position, step in enumerate(steps):
            word, _, value = step.partition("/")
            last = position == len(steps) - 1
            if word == "ledd":
                if here is section:
                    row = self.remember(section)
                    index = self.index(row, value, f"§ {_printed(section)}")
                    here = row[index]
                else:
                    row = [here, *(c for c in here.children if c.kind in ("ledd", "paragraph"))]
                    here = row[self.index(row, value, "the item")]
            elif word in ("bokstav", "nummer", "strek"):
                here = self.item(section, here, word, value)
            elif word == "setning":
                if last:
                    raise CannotApply("a sentence is no holder")
                continue
            elif step in ("innledning", "overskrift"):
                continue
            else:
                raise CannotApply(f"{step}: not known below a section")
        return here

    def index(self, row: list[Part], value: str, where: str) -> int:
        if value == "siste":
            index = len(row) - 1
        elif value == "nest-siste":
            index = len(row) - 2
        elif value.isdigit():
            index = int(value) - 1
        else:
            index = next((i for i, part in enumerate(row) if label_key(part.label) == value.lower()), -1)
        if not 0 <= index < len(row):
            raise CannotApply(f"{where} has {len(row)} ledd, no number {value}")
        return index

    def item(self, section: Part, here: Part, word: str, value: str) -> Part:
        """The item of that letter or number below *here*."""
        key = label_key(value)
        if here is section:
            row = self.remember(section)
            if (
                word == "nummer"
                and any(label_key(p.label) == key for p in row if p.kind == "ledd")
                and (not any(item_label(i) == key for p in row for lst in holes(p) for i in lst.children))
            ):
                return next(p for p in row if label_key(p.label) == key)
            pools = [
                (p if p.kind == "list" else None, lst) for p in row for lst in ([p] if p.kind == "list" else holes(p))
            ]
            hits = [
                item
                for _, lst in pools
                for item in lst.children
                if item.kind == "item" and item_label(item) == key and _is(word, item)
            ]
            if len(hits) > 1:
                raise CannotApply(f"{word} {value}: {len(hits)} candidates in § {_printed(section)}")
            if hits:
                return hits[0]
            nested = [i for _, lst in pools for i in _nested(lst) if item_label(i) == key and _is(word, i)]
            if len(nested) == 1:
                return nested[0]
            raise CannotApply(f"§ {_printed(section)} has no {word} {value}")
        lists = [here] if here.kind == "list" else [c for c in here.children if c.kind == "list"]
        if word == "strek":
            dashes = [i for lst in lists for i in lst.children if i.kind == "item"]
            if value == "siste" and dashes:
                return dashes[-1]
            if value.isdigit() and 0 < int(value) <= len(dashes):
                return dashes[int(value) - 1]
            raise CannotApply(f"no dash {value}")
        for lst in lists:
            for item in lst.children:
                if item.kind == "item" and item_label(item) == key and _is(word, item):
                    return item
            if value == "siste" and lst.children:
                return lst.children[-1]
        nested = [i for lst in lists for i in _nested(lst) if item_label(i) == key and _is(word, i)]
        if len(nested) == 1:
            return nested[0]
        if word == "nummer" and here.kind == "ledd" and label_key(here.label) == key:
            return here
        raise CannotApply(f"no {word} {value} there" if not nested else f"{word} {value}: {len(nested)} candidates")

    def list_for(self, section: Part, steps: tuple[str, ...]) -> tuple[Part, Part, str, str]:
        """Holder, list, word and value for the item that the last of *steps* names, the list made where there is none."""
        word, _, value = steps[-1].partition("/")
        above = tuple(s for s in steps[:-1] if not s.startswith("setning/"))
        if above:
            here = self.holder(section, above)
        else:
            row = self.remember(section)
            with_list = [
                p for p in row if p.kind == "list" or any(c.kind == "list" and _fits(c, word) for c in p.children)
            ]
            if len(with_list) > 1:
                named = [
                    p
                    for p in with_list
                    for c in ([p] if p.kind == "list" else holes(p))
                    if any(item_label(i) == label_key(value) for i in c.children)
                ]
                if len(named) == 1:
                    with_list = named
                else:
                    raise CannotApply(f"{word} {value}: § {_printed(section)} has {len(with_list)} ledd with a list")
            if not with_list:
                raise CannotApply(f"§ {_printed(section)} has no list")
            here = with_list[0]
        if here.kind == "list":
            return here, here, word, value
        lists = [c for c in here.children if c.kind == "list" and _fits(c, word)]
        if not lists:
            raise CannotApply(f"no list of {word} there")
        if len(lists) > 1:
            named = [c for c in lists if any(item_label(i) == label_key(value) for i in c.children)]
            before = [c for c in lists if any(item_label(i) == _previous(value) for i in c.children)]
            lists = named[:1] or before[:1] or lists
        return here, lists[0], word, value

    def remember_items(self, lst: Part) -> None:
        self.old_items.setdefault(id(lst), [(item_label(i), i) for i in lst.children if i.kind == "item"])

    # --- sentences ---------------------------------------------------------------------------------------------------

    def row_of_sentences(self, holder: Part) -> tuple[list[Sentence], list[Sentence]]:
        """The sentences of a ledd or item now, and as they stood before this act."""
        if id(holder) not in self.sentences:
            row = [Sentence(text) for text in sentences_of(flow(holder))]
            self.sentences[id(holder)] = (holder, row, list(row), list(holes(holder)))
        entry = self.sentences[id(holder)]
        return entry[1], entry[2]

    def flush(self, holder: Part) -> None:
        """Write the sentences back."""
        entry = self.sentences.get(id(holder))
        if entry is None:
            return
        _, row, _, lists = entry
        text = " ".join(sentence.text for sentence in row)
        used = _take_holes(row, lists)
        pour(holder, text, used)
        entry[3][:] = used

    def sentence_holder(self, section: Part, steps: tuple[str, ...]) -> Part:
        above = steps[:-1]
        if above:
            return self.holder(section, above)
        row = self.remember(section)
        if len(row) == 1:
            return row[0]
        if not row:
            raise CannotApply(f"§ {_printed(section)} has no text")
        raise CannotApply(f"a sentence of § {_printed(section)} is named, which has {len(row)} ledd")

    # --- writing new text -----------------------------------------------------------------------------------------------

    def write(self, operation: Operation) -> None:
        if not operation.content and not operation.joined:
            shared = self.shared_content(operation)
            if shared:
                operation = replace(operation, content=shared)
        for target in operation.targets:
            if not operation.content:
                if operation.joined:
                    return
                raise CannotApply("no new text came with the instruction")
            steps = target.steps
            if not steps:
                raise CannotApply("the whole act is named")
            if steps[-1].startswith(("kap", "del", "avsnitt/", "vedlegg")):
                self.write_division(operation, target)
            elif target.until:
                self.write_sections(operation)
            elif len(steps) == 1:
                self.write_section(operation, target, operation.content)
            else:
                self.write_below(operation, target)

    def shared_content(self, operation: Operation) -> tuple[Node, ...]:
        """The one block of new text that a lead gives for places in several sections ("§ 2 første punktum og § 9 annet ledd")."""
        group = [o for o in self.operations if o.span == operation.span and o.doubts == operation.doubts]
        row = [o for o in group if abs(_count_of(o.id) - _count_of(operation.id)) < len(group)]
        given = [o for o in row if o.content]
        sections = [t.section for o in row for t in o.targets]
        below = [t.steps[-1] for o in row for t in o.targets if len(t.steps) > 1]
        alike = len(set(sections)) == len(sections) == len(below) > 1
        if (
            len(given) == 1
            and len(given[0].content) == 1
            and alike
            and re.search(r"\b1 blocks", " ".join(operation.doubts))
        ):
            return given[0].content
        return ()

    def write_sections(self, operation: Operation) -> None:
        target = operation.targets[0]
        named = {number_key(n) for n in self.between(target.section or "", target.until.lstrip("§"))}
        sections = [n for n in operation.content if n.kind == "new_section"]
        if not sections:
            raise CannotApply("several sections are named, but none stands in the new text")
        for node in sections:
            number = section_number(node)
            low, high = order_of(number_key(target.section or "")), order_of(number_key(target.until.lstrip("§")))
            if number_key(number) not in named and not low <= order_of(number_key(number)) <= high:
                self.doubts.append(f"the new text holds § {number}, which the lead does not name")
            leaves = number_key(number) in self.section_sources and not operation.before_move
            self.write_section(operation, Target(target.act, ("§" + number,), target.new or leaves), (node,))
        loose = [n for n in operation.content if n.kind not in ("new_section", "new_heading")]
        if loose:
            self.doubts.append(f"{len(loose)} blocks stand outside the sections")

    def write_section(self, operation: Operation, target: Target, content: tuple[Node, ...]) -> None:
        number = target.section or ""
        key = number_key(number)
        nodes = list(content)
        if (
            any("not understood" in d for d in operation.doubts)
            and not any(n.kind == "new_section" for n in nodes)
            and self.tree.find(number) is not None
        ):
            raise CannotApply("the lead was not wholly understood; it may name less than the section")
        own = [n for n in nodes if n.kind == "new_section"]
        headings: list[Part] = []
        body: list[Part] = []
        title: Part | None = None
        foreign = [section_number(n) for n in own if number_key(section_number(n)) not in (key, "")]
        if foreign:
            if len(own) == len(foreign) == 1 and operation.before_move:
                pass  # headed by its new number
            elif len(own) == len(foreign) == 1:
                self.doubts.append(f"the new text is headed § {foreign[0]}, the lead names § {number}")
            else:
                self.doubts.append(
                    "the new text holds sections that the lead does not name: " + ", ".join("§ " + f for f in foreign)
                )
        taken = [n for n in own if number_key(section_number(n)) in (key, "")] or own[:1]
        for node in nodes:
            if node.kind == "new_section":
                if node in taken:
                    for child in node.children:
                        if child.kind == "heading" and title is None:
                            title = _title(child)
                        elif child.kind == "list" and body and body[-1].kind == "ledd":
                            body[-1].children.append(thaw(child, keep=False))
                        elif child.kind not in ("note", "footnote"):
                            body += _as_ledd(child)
            elif node.kind in ("new_heading",):
                if not body and title is None and node.text.startswith("§"):
                    title = _title(Node("heading", text=node.text))
                else:
                    headings.append(thaw(node, keep=False))
            elif not body and title is None and not own and _heading_like(node, nodes):
                title = _title(Node("heading", text=node.text))
            elif (node.kind == "list" and body and body[-1].kind == "ledd") or (node.kind == "continuation" and body):
                body[-1].children.append(thaw(node, keep=False))
            elif node.kind == "continuation" and title is None and not body:
                if re.match(r"§", node.text):
                    title = _title(Node("heading", text=node.text))
                else:
                    body += _as_ledd(node)
            else:
                body += _as_ledd(node)
        if headings and body:
            self.doubts.append("a heading stands in the new text of a section")
        for part in body:
            if part.kind == "ledd" and _orders(part.text):
                self.doubts.append("a paragraph of the new text reads like an instruction")
        found = self.tree.find(number)
        if operation.before_move and key in self.sections_before:
            moved_part = self.sections_before[key]
            found = next(((p, c) for p, c in self.tree.sections() if c is moved_part), found)
        if (
            found is not None
            and target.new
            and key in self.section_sources
            and id(found[1]) not in self.moved
            and key not in self.displaced
        ):
            parent, old = found
            self.displaced[key] = (parent, old)
            index = parent.children.index(old)
            section = self.fresh(number, title, body)
            parent.children.insert(index, section)
            parent.children.remove(old)
            self.moved.add(id(section))
            self.touched += [section]
            return
        if found is None:
            if (
                not target.new
                and operation.action == "change"
                and "new text without a lead of its own" not in operation.doubts
            ):
                self.doubts.append(f"§ {number} is to be changed but does not exist; added")
            section = self.fresh(number, title, body)
            self.place(section, operation)
            self.moved.add(id(section))
            self.touched.append(section)
            return
        _, section = found
        if target.new and ledd_of(section) and not section_repealed(section):
            self.doubts.append(f"§ {number} is called new but exists; replaced")
        self.remember(section)
        if not body:
            if title is not None and any(c.kind == "heading" for n in own for c in n.children):
                raise CannotApply("the new text has a heading only")
            raise CannotApply("no new text came with the instruction")
        kept = [c for c in section.children if c.kind in ("note", "footnote")]
        heading = section.heading
        if title is not None:
            if heading is None:
                heading = Part("heading", f"§ {number}.", "", title.text)
            else:
                heading.put(title.text)
        section.attributes = tuple(a for a in section.attributes if a[0] != "data-repealeddate")
        section.children = [*([heading] if heading else []), *body, *kept]
        self.written.add(id(section))
        for how, where in operation.place:
            division = self.division_of(where) if how == "in" and not where.section else None
            if division is not None and not any(c is section for c in division.walk()):
                here = self.tree.find(number)
                if here is not None:
                    here[0].children.remove(section)
                    self.place(section, operation)
        self.touched.append(section)

    def fresh(self, number: str, title: Part | None, body: list[Part]) -> Part:
        heading = Part("heading", f"§ {_spaced(number)}.", "", title.text if title else "")
        return Part("section", "", "§" + number, "", [heading, *body])

    def place(self, section: Part, operation: Operation | None) -> None:
        """Put a section where its number belongs, or where the lead says."""
        key = order_of(number_key(section_number_of(section)))
        rows = [(parent, part) for parent, part in self.tree.sections() if section_number_of(part)]
        for how, where in operation.place if operation is not None else ():
            if how == "after" and where.section and not where.steps[1:]:
                anchor = self.tree.find(where.section)
                if anchor is not None and order_of(section_number_of(anchor[1])) < key:
                    later = [
                        p
                        for _, p in rows
                        if order_of(section_number_of(anchor[1])) < order_of(section_number_of(p)) < key
                    ]
                    if not later:
                        anchor[0].children.insert(anchor[0].children.index(anchor[1]) + 1, section)
                        return
            if how == "in" and where.steps and not where.section:
                division = self.division_of(where)
                if division is not None:
                    inside = [c for c in division.children if c.kind == "section"]
                    after = [c for c in inside if order_of(section_number_of(c)) < key]
                    if after:
                        division.children.insert(division.children.index(after[-1]) + 1, section)
                    elif inside:
                        division.children.insert(division.children.index(inside[0]), section)
                    else:
                        division.children.append(section)
                    return
        before = [(parent, part) for parent, part in rows if order_of(section_number_of(part)) < key]
        after_rows = [(parent, part) for parent, part in rows if order_of(section_number_of(part)) > key]
        if not rows:
            self.tree.body.children.append(section)
            return
        previous = max(before, key=lambda row: order_of(section_number_of(row[1])), default=None)
        following = min(after_rows, key=lambda row: order_of(section_number_of(row[1])), default=None)
        prefix = _prefix(section_number_of(section))
        if previous is None or (
            following is not None
            and prefix
            and _prefix(section_number_of(following[1])) == prefix != _prefix(section_number_of(previous[1]))
        ):
            assert following is not None
            parent, part = following
            parent.children.insert(parent.children.index(part), section)
            return
        if prefix and _prefix(section_number_of(previous[1])) != prefix:
            chapters = self.tree.division("kap", prefix)
            if len(chapters) == 1:
                chapters[0][1].children.append(section)
                return
        parent, part = previous
        parent.children.insert(parent.children.index(part) + 1, section)

    def division_of(self, target: Target) -> Part | None:
        scope: Part | None = None
        for step in target.steps:
            match = re.match(r"(kap|del|avsnitt/)(.+)", step)
            if not match:
                return None
            found = self.tree.division(match[1].strip("/"), match[2], scope)
            if len(found) > 1:  # one that got the number in this act, before the old holder's own move
                waiting = {id(part) for part in self.division_sources.values()}
                numbered = [row for row in found if id(row[1]) in self.numbered]
                if all(id(row[1]) in waiting for row in found if row not in numbered):
                    found = numbered
            if len(found) != 1:
                return None
            scope = found[0][1]
        return scope

    def write_division(self, operation: Operation, target: Target) -> None:
        """A chapter: its heading and all its sections."""
        nodes = list(operation.content)
        sections = [n for n in nodes if n.kind == "new_section"]
        headings = [n for n in nodes if n.kind == "new_heading"]
        if target.until and sections:
            self.write_chapters(operation, target, nodes)
            return
        loose = [n for n in nodes if n.kind not in ("new_section", "new_heading", "table")]
        if not sections:
            if headings or loose:
                division = self.division_of(target)
                if division is not None and len(nodes) == 1:
                    self.set_heading(division, nodes[0].text)
                    return
            raise CannotApply("a chapter is named, but no section stands in the new text")
        if loose and not all(_heading_like(n, [n]) for n in loose):
            self.doubts.append(f"{len(loose)} blocks stand outside the sections of the chapter")
        division = self.division_of(target)
        numbers = {number_key(section_number(n)) for n in sections}
        if division is not None and self.division_sources.get(target.steps) is division:
            division = None  # the old one gets another number later in this act; the new one stands beside it
        if division is None:
            division = Part("division", "", target.steps[-1].replace("avsnitt/", "kap"), "", [])
            self.numbered.add(id(division))
            if headings:
                division.children.append(_division_heading(headings[0].text))
            moved_in: list[tuple[Part, Part]] = [
                (p, s) for p, s in self.tree.sections() if section_number_of(s) in numbers
            ]
            for parent, part in moved_in:
                if id(part) in self.tree.hidden:
                    continue
                key = section_number_of(part)
                if key in self.section_sources and key not in self.displaced:
                    self.displaced[key] = (parent, part)
                elif not target.new:
                    pass
                else:
                    self.doubts.append(f"§ {_printed(part)} is called new but exists; replaced")
                parent.children.remove(part)
            self.place_division(division, order_of(min(numbers, key=order_of)), operation)
        else:
            if (
                target.new
                and any(c.kind == "section" for c in division.walk())
                and not any(
                    number_key(re.sub(r"^(?:kap|del)", "", source.steps[-1]))
                    == number_key(re.sub(r"^(?:kap|del)", "", target.steps[-1]))
                    for o in self.operations
                    for source, _ in o.moves
                    if source.steps
                )
            ):
                self.doubts.append("the chapter is called new but exists; replaced")
            rescued = [
                c
                for c in division.walk()
                if c.kind == "section"
                and (id(c) in self.written or id(c) in self.moved)
                and section_number_of(c) not in numbers
            ]
            for part in [c for c in division.walk() if c.kind == "section"]:
                key = section_number_of(part)
                if part in rescued:
                    continue
                if key in self.section_sources and key not in self.displaced and id(part) not in self.moved:
                    self.displaced[key] = (division, part)
                self.touched.append(part)
            for part in [s for _, s in self.tree.sections() if section_number_of(s) in numbers]:
                holder = self.tree.find(section_number_of(part))
                if holder is not None and id(holder[1]) not in self.tree.hidden:
                    key = section_number_of(part)
                    if key in self.section_sources and key not in self.displaced and id(part) not in self.moved:
                        self.displaced[key] = holder
                    holder[0].children.remove(holder[1])
            keep = [c for c in division.children if c.kind in ("heading", "note", "footnote")]
            division.children = keep
            for part in rescued:
                self.place(part, None)
            if headings:
                self.set_heading(division, headings[0].text)
        holder_part = division
        for node in nodes:
            if node.kind == "new_heading" and node is not (headings[0] if headings else None):
                holder_part = Part("division", "", "", "", [_division_heading(node.text)])
                division.children.append(holder_part)
            elif node.kind == "new_section":
                body: list[Part] = []
                title: Part | None = None
                for child in node.children:
                    if child.kind == "heading" and title is None:
                        title = _title(child)
                    elif child.kind == "list" and body and body[-1].kind == "ledd":
                        body[-1].children.append(thaw(child, keep=False))
                    else:
                        body += _as_ledd(child)
                for part in body:
                    if part.kind == "ledd" and _orders(part.text):
                        self.doubts.append("a paragraph of the new text reads like an instruction")
                section = self.fresh(section_number(node), title, body)
                holder_part.children.append(section)
                self.moved.add(id(section))
                self.touched.append(section)

    def write_chapters(self, operation: Operation, target: Target, nodes: list[Node]) -> None:
        """Several chapters or parts in a row: each heading that bears a number opens one; old ones of that number go."""
        groups: list[list[Node]] = []
        for node in nodes:
            numbered = node.kind == "new_heading" and re.match(
                r"(?:kap(?:ittel|itel|\.)?|del)\s+(?:\d+|[IVXLC]+)|\w+ del\b", node.text, re.IGNORECASE
            )
            if numbered or not groups:
                groups.append([])
            groups[-1].append(node)
        outer: Part | None = None
        for group in groups:
            heading = group[0] if group[0].kind == "new_heading" else None
            key = division_key(Part("division", children=[_division_heading(heading.text)])) if heading else ("", "")
            if heading is None or key[0] not in ("kap", "del"):
                self.doubts.append("new text before the first numbered heading of the chapters")
                continue
            if key[0] == "del" and not any(n.kind == "new_section" for n in group):
                outer = self.write_part(operation, key[1], heading)  # holds the chapters after it
                continue
            step = key[0] + key[1]
            found = self.tree.division(key[0], key[1])
            single = Target(target.act, (step,), not found)
            before = len(self.doubts)
            self.write_division(replace(operation, content=tuple(group), targets=(single,)), single)
            del self.doubts[before:]
            written = self.division_of(single)
            if outer is not None and written is not None and key[0] == "kap":
                holder = next((p for p, d in self.tree.divisions() if d is written), None)
                if holder is not None and holder is not outer:
                    holder.children.remove(written)
                    outer.children.append(written)

    def write_part(self, operation: Operation, number: str, heading: Node) -> Part:
        """A part of the act that holds the chapters after it: the one of that number, or a new one."""
        found = [row for row in self.tree.division("del", number) if row[1] not in self.division_sources.values()]
        if len(found) == 1:
            self.set_heading(found[0][1], heading.text)
            return found[0][1]
        part = Part("division", "", "del" + number, "", [_division_heading(heading.text)])
        self.numbered.add(id(part))
        rows = list(self.tree.divisions())
        waiting = list(self.division_sources.values())
        after = [d for p, d in rows if p is self.tree.body and not any(d is w for w in waiting)]
        before = [d for d in after if order_of(division_key(d)[1]) < order_of(number) and division_key(d)[0] == "del"]
        children = self.tree.body.children
        children.insert(children.index(before[-1]) + 1 if before else len(children), part)
        return part

    def place_division(self, division: Part, first: tuple[object, ...], operation: Operation) -> None:
        """Put a new chapter before the chapter whose sections come after its own."""
        rows = [(parent, part) for parent, part in self.tree.divisions()]
        wanted = division_key(division)
        if not wanted[1]:
            match = re.match(r"(kap|del)(.+)", division.name)
            wanted = (match[1], number_key(match[2])) if match else wanted
        for how, where in operation.place:
            if how == "after" and where.section:
                anchor = self.tree.find(where.section)
                if anchor is not None:
                    parent, part = anchor
                    if parent.kind == "division":
                        outer = next((p for p, d in rows if d is parent), self.tree.body)
                        tail = parent.children[parent.children.index(part) + 1 :]
                        if not any(c.kind in ("section", "division") for c in tail):
                            outer.children.insert(outer.children.index(parent) + 1, division)
                            return
                    parent.children.insert(parent.children.index(part) + 1, division)
                    return
        same = [
            (p, d)
            for p, d in rows
            if division_key(d)[0] == (wanted[0] or "kap") and any(c.kind == "section" for c in d.walk())
        ]
        later = [(p, d) for p, d in same if order_of(division_key(d)[1]) > order_of(wanted[1])] if wanted[1] else []
        earlier = [(p, d) for p, d in same if order_of(division_key(d)[1]) < order_of(wanted[1])] if wanted[1] else same
        if earlier:
            parent, part = earlier[-1]
            parent.children.insert(parent.children.index(part) + 1, division)
        elif later:
            parent, part = later[0]
            parent.children.insert(parent.children.index(part), division)
        else:
            self.tree.body.children.append(division)

    def set_heading(self, division: Part, text: str) -> None:
        new = _division_heading(text)
        old = division.heading
        if old is None:
            division.children.insert(0, new)
        else:
            old.label, old.links, old.marks = new.label, (), ()
            old.text = new.text

    def write_below(self, operation: Operation, target: Target) -> None:
        section = self.section(target)
        self.remember(section)
        steps = tuple(s for s in target.steps if not s.startswith("kap"))[1:]
        content = list(operation.content)
        stubs = [n for n in content if n.kind == "new_section"]
        if stubs:
            if any(number_key(section_number(n)) != number_key(target.section or "") for n in stubs):
                self.doubts.append("the new text holds a section that the lead does not name")
            flat: list[Node] = []
            for node in content:
                if node.kind == "new_section":
                    heading = node.heading
                    if (
                        heading is not None
                        and section.heading is not None
                        and steps[-1] == "ledd/1"
                        and heading.text
                        and not section.heading.text
                    ):
                        section.heading.put(_title(heading).text)
                    flat += [c for c in node.children if c.kind not in ("heading", "note", "footnote")]
                else:
                    flat.append(node)
            content = flat
        headings = [n for n in content if n.kind == "new_heading"]
        if headings:
            self.doubts.append("a heading stands in the new text of a ledd")
            content = [n for n in content if n.kind != "new_heading"]
        if not content:
            raise CannotApply("no new text came with the instruction")
        for node in content:
            if node.kind in ("ledd", "paragraph") and _orders(node.text):
                self.doubts.append("a paragraph of the new text reads like an instruction")
        word = steps[-1].partition("/")[0]
        match word:
            case "ledd" if len(steps) == 1:
                self.write_ledd(operation, target, section, steps[-1], content)
            case "setning":
                self.write_sentence(operation, target, section, steps, content)
            case "bokstav" | "nummer" | "strek":
                self.write_item(operation, target, section, steps, content)
            case "innledning":
                self.write_introduction(section, steps, content)
            case "ledd":
                self.write_inner(operation, target, section, steps, content)
            case _:
                raise CannotApply(f"{steps[-1]}: not known below a section")
        self.touched.append(section)

    def write_ledd(self, operation: Operation, target: Target, section: Part, step: str, content: list[Node]) -> None:
        row = self.remember(section)
        value = step.partition("/")[2]
        new = _ledd_blocks(content)
        if len(new) > 1:
            self.doubts.append(f"{len(new)} paragraphs of new text for one ledd")
        if operation.before_move:
            old = self.old_ledd[id(section)]
            index_old = self.index(old, value, f"§ {_printed(section)}")
            part = old[index_old]
            if part not in row:
                raise CannotApply(f"§ {_printed(section)} ledd {value} is gone")
            index = row.index(part)
            self.swap(section, row, index, new)
            return
        if value in ("siste", "nest-siste") and not target.new:
            index = self.index(row, value, f"§ {_printed(section)}")
            self.swap(section, row, index, new)
            return
        if value == "siste":
            self.insert(section, len(row), new)
            return
        number = int(value) if value.isdigit() else -1
        if number < 0:
            raise CannotApply(f"ledd {value}: not a number")
        if target.new:
            if number > len(row) + 1:
                raise CannotApply(f"§ {_printed(section)} has {len(row)} ledd; a new number {number} would leave a gap")
            if number <= len(row) and plain(row[number - 1]) == "".join(plain(part) for part in new):
                raise CannotApply(f"the new text stands as § {_printed(section)} ledd {number} already")
            if number <= len(row) and id(row[number - 1]) not in self.ledd_written and not self.rearranges(target):
                self.doubts.append(
                    f"ledd {number} is called new; the old one was put after it, which no instruction of the act says"
                )
            self.insert(section, number - 1, new)
            self.ledd_written |= {id(part): part for part in new}
            return
        if number == len(row) + 1:
            self.insert(section, number - 1, new)
            self.ledd_written |= {id(part): part for part in new}
            return
        index = self.index(row, value, f"§ {_printed(section)}")
        if id(row[index]) in self.ledd_written:
            self.doubts.append(
                f"§ {_printed(section)} ledd {number} was already written by this act; the later text stands"
            )
        self.ledd_written[id(row[index])] = row[index]
        self.swap(section, row, index, new)

    def rearranges(self, target: Target) -> bool:
        """Whether the act moves or repeals something in the section of *target*."""
        key = number_key(target.section or "")
        return any(
            o.action in ("move", "repeal") and any(p.section and number_key(p.section) == key for p in o.places)
            for o in self.operations
        )

    def swap(self, section: Part, row: list[Part], index: int, new: list[Part]) -> None:
        """Put new text in the place of a ledd; the place keeps its identity."""
        old = row[index]
        first = new[0]
        if id(old) not in self.texts_before:
            self.texts_before[id(old)] = [Sentence(text) for text in sentences_of(flow(old))]
        if old.label and not first.label and old.kind == "ledd":
            first.label = old.label
        old.kind, old.text, old.links, old.marks = first.kind, first.text, (), ()
        old.label, old.name = first.label, first.name
        old.children = first.children
        old.attributes = first.attributes
        self.sentences.pop(id(old), None)
        if new[1:]:
            at = section.children.index(old)
            section.children[at + 1 : at + 1] = new[1:]
        self.relabel(section)

    def insert(self, section: Part, index: int, new: list[Part]) -> None:
        row = ledd_of(section)
        if index < len(row):
            at = section.children.index(row[index])
        elif row:
            at = section.children.index(row[-1]) + 1
        else:
            heading = section.heading
            at = section.children.index(heading) + 1 if heading else 0
        section.children[at:at] = new
        section.attributes = tuple(a for a in section.attributes if a[0] != "data-repealeddate")
        self.relabel(section)

    def relabel(self, section: Part) -> None:
        """Numbered ledd follow their place."""
        row = [p for p in ledd_of(section) if p.kind == "ledd"]
        labels = [p.label for p in row]
        numbered = [i for i, label in enumerate(labels) if re.fullmatch(r"\(?\d+[.)]?", label)]
        if len(numbered) * 2 <= len(row) or len(numbered) < 1:
            return
        form = next(labels[i] for i in numbered)
        if any(re.search(r"[a-z]", label) for label in labels):
            return
        for number, part in enumerate(row, 1):
            if part.label or len(numbered) >= len(row) - 1:
                part.label = re.sub(r"\d+", str(number), form)

    def write_sentence(
        self, operation: Operation, target: Target, section: Part, steps: tuple[str, ...], content: list[Node]
    ) -> None:
        carried = self.across.get((id(section), steps))
        if carried is not None and operation.before_move:
            _take_over(carried, _ledd_blocks(content)[0])
            return
        holder = self.sentence_holder(section, steps)
        row, old = self.row_of_sentences(holder)
        value = steps[-1].partition("/")[2]
        parts = [thaw(n, keep=False) for n in content]
        if len(parts) == 1 and parts[0].kind == "list" and len(parts[0].children) == 1 and len(steps) > 1:
            word, _, letter = steps[-2].partition("/")
            if word in ("bokstav", "nummer") and item_label(parts[0].children[0]) == label_key(letter):
                parts = parts[0].children  # the letter is printed before the new sentence
        text = " ".join(flow(p) if p.kind != "list" else HOLE for p in parts)
        lists = [lst for p in parts for lst in ([p] if p.kind in ("list", "table") else holes(p))]
        texts = sentences_of(text)
        if not texts:
            raise CannotApply("no new text came with the instruction")
        group = self.sentence_group(operation, target)
        if len(texts) != len(group) and len(group) != 1:
            self.doubts.append(f"{len(group)} sentences are named, {len(texts)} stand in the new text")
        new = [Sentence(t) for t in texts]
        entry = self.sentences[id(holder)]
        if (
            target.new
            and value.isdigit()
            and [s.text for s in row[int(value) - 1 : int(value) - 1 + len(texts)]] == texts
        ):
            raise CannotApply(f"the new text stands as sentence {value} already")
        if operation.before_move:
            index = next(
                (
                    i
                    for i, s in enumerate(row)
                    if value.isdigit() and int(value) <= len(old) and s is old[int(value) - 1]
                ),
                -1,
            )
            if index < 0:
                raise CannotApply(f"sentence {value} is gone")
            count = 1
        elif value == "siste":
            index, count = (len(row), 0) if target.new else (len(row) - 1, 1)
        elif value == "nest-siste":
            index, count = len(row) - 2, 1
        else:
            index = int(value) - 1
            flags = [t.new for t in group]
            count = sum(not f for f in flags)
            if index > len(row):
                raise CannotApply(f"the text has {len(row)} sentences, no number {value}")
            if index == len(row) and not target.new:
                count = 0
            elif index + count > len(row):
                count = len(row) - index
        if index < 0:
            raise CannotApply(f"no sentence {value}")
        # holes of sentences that go out are dropped, those of new sentences come in at their place
        position = sum(s.text.count(HOLE) for s in row[:index])
        gone = sum(s.text.count(HOLE) for s in row[index : index + count])
        kept_lists = list(entry[3])
        if gone and not lists and count and not texts[-1].rstrip().endswith("."):
            # the sentence introduced a list and the new text has none: the list stays, for the new text leads to it
            new[-1].text += " " + HOLE * gone
            lists = kept_lists[position : position + gone]
        kept_lists[position : position + gone] = lists
        # a sentence keeps its identity when it is rewritten
        for offset in range(min(count, len(new))):
            row[index + offset].text = new[offset].text
        if len(new) > count:
            row[index + count : index + count] = new[count:]
        elif len(new) < count:
            del row[index + len(new) : index + count]
        entry[3][:] = kept_lists
        self.flush(holder)

    def sentence_group(self, operation: Operation, target: Target) -> list[Target]:
        """The sentences that came together in one block of new text: this one and those that follow without text."""
        group = [target]
        seen = False
        for other in self.operations:
            if other is operation:
                seen = True
                continue
            if seen:
                if other.targets and other.targets[0].steps[:-1] == target.steps[:-1] and other.joined:
                    group.append(other.targets[0])
                else:
                    break
        return group

    def write_item(
        self, operation: Operation, target: Target, section: Part, steps: tuple[str, ...], content: list[Node]
    ) -> None:
        word, _, value = steps[-1].partition("/")
        if len(steps) == 1 and word == "nummer":
            row = self.remember(section)
            ledd_labels = [label_key(p.label) for p in row if p.kind == "ledd"]
            listed = any(item_label(i) == label_key(value) for p in row for lst in holes(p) for i in lst.children)
            numbered = sum(bool(re.fullmatch(r"\d+[a-z]?", label)) for label in ledd_labels)
            if not listed and numbered and (label_key(value) in ledd_labels or numbered * 2 > len(ledd_labels)):
                self.write_numbered(target, section, row, value, content)
                return
        if word == "strek":
            self.write_dash(target, section, steps, content)
            return
        try:
            _, lst, _, _ = self.list_for(section, steps)
        except CannotApply:
            if not target.new:
                raise
            lst = self.make_list(section, steps)
        self.remember_items(lst)
        if len(content) == 1 and content[0].kind in ("ledd", "paragraph"):
            inner = next((c for c in content[0].children if c.kind == "list"), None)
            if inner is not None and any(label_key(i.label or i.name) == label_key(value) for i in inner.children):
                content = [inner]  # the words before the list are repeated
        new = _as_item(content, value, lst)
        if len(new) != 1:
            extra = [item_label(i) for i in new]
            if label_key(value) not in extra:
                self.doubts.append(f"{len(new)} items of new text for {word} {value}")
        key = label_key(value)
        chosen = next((i for i in new if item_label(i) == key), new[0])
        if item_label(chosen) not in ("", key):
            self.doubts.append(f"the new text is lettered {item_label(chosen)}, the lead names {value}")
        others = [i for i in new if i is not chosen]
        items = [i for i in lst.children if i.kind == "item"]
        at = next((i for i, item in enumerate(items) if item_label(item) == key), -1)
        if operation.before_move:
            part = next((i for label, i in self.old_items[id(lst)] if label == key), None)
            if part is None or part not in items:
                raise CannotApply(f"{word} {value} is gone")
            keep = part.label, part.name
            _take_over(part, chosen)
            part.label, part.name = keep
            return
        if value == "siste" and items:
            at = len(items) if target.new else len(items) - 1
            if target.new:
                last = item_label(items[-1])
                follows = expand(last, chr(ord(last[-1]) + 1)) if last else None
                if follows:
                    chosen.name = follows[0] + "."
        if at >= 0 and not target.new:
            old = items[at]
            if others:
                self.doubts.append(f"{len(others)} more items of new text: " + ", ".join(item_label(i) for i in others))
            label, name = old.label, old.name
            _take_over(old, chosen)
            old.label, old.name = label or chosen.label, name or chosen.name
            return
        if at >= 0 and target.new:
            position = lst.children.index(items[at])
            if _repealed_item(items[at]):
                lst.children.remove(items[at])
            elif not any(_same_list_move(o, target) for o in self.operations):
                self.doubts.append(f"{word} {value} is called new but exists; the old one is left after it")
            lst.children[position:position] = [chosen]
            return
        if not target.new and (not items or item_label(items[-1]) != _previous(value)):
            raise CannotApply(f"no {word} {value} in the list")
        position = len(lst.children)
        for i, item in enumerate(lst.children):
            if (
                item.kind == "item"
                and item_label(item)
                and order_of(item_label(item)) > order_of(key)
                and key != "siste"
            ):
                position = i
                break
        lst.children.insert(position, chosen)
        labels = [item_label(i) for i in lst.children if i.kind == "item" and item_label(i)]
        if _previous(value) not in ("", *labels):
            self.doubts.append(f"{word} {value} is new, but there is no {word} {_previous(value)}")

    def make_list(self, section: Part, steps: tuple[str, ...]) -> Part:
        above = tuple(s for s in steps[:-1] if not s.startswith("setning/"))
        here = self.holder(section, above) if above else None
        if here is None:
            raise CannotApply(f"no list for {steps[-1]}")
        lst = Part("list")
        here.children.append(lst)
        return lst

    def write_numbered(self, target: Target, section: Part, row: list[Part], value: str, content: list[Node]) -> None:
        """§ 4 nr. 3, where the numbers are ledd."""
        new = _ledd_blocks(content)
        if content and content[0].kind == "list" and len(content[0].children) == 1:
            item = thaw(content[0].children[0], keep=False)
            item.kind = "ledd"
            new = [item]
        labels = [label_key(p.label) for p in row]
        form = next((p.label for p in row if p.label), "1.")
        first = new[0]
        first.kind = "ledd"
        if not first.label:
            match = re.match(r"\(?\d+[a-z]?[.)]\s+", first.text)
            if match:
                first.text = first.text[match.end() :]
        first.label = re.sub(r"\d+[a-z]?", value, form)
        key = label_key(value)
        if key in labels and not target.new:
            index = labels.index(key)
            _take_over(row[index], first)
            row[index].label = first.label
            if new[1:]:
                at = section.children.index(row[index])
                section.children[at + 1 : at + 1] = new[1:]
            return
        if key in labels:
            self.insert_part(section, row[labels.index(key)], new)
            self.renumber(section, key)
            return
        later = [p for p in row if p.label and order_of(label_key(p.label)) > order_of(key)]
        if later:
            self.insert_part(section, later[0], new)
        else:
            at = section.children.index(row[-1]) + 1 if row else len(section.children)
            section.children[at:at] = new

    def insert_part(self, section: Part, before: Part, new: list[Part]) -> None:
        at = section.children.index(before)
        section.children[at:at] = new

    def renumber(self, section: Part, key: str) -> None:
        self.relabel(section)

    def write_dash(self, target: Target, section: Part, steps: tuple[str, ...], content: list[Node]) -> None:
        above = tuple(s for s in steps[:-1] if not s.startswith("setning/"))
        here = (
            self.holder(section, above)
            if above
            else next((p for p in self.remember(section) if holes(p) or p.kind == "list"), None)
        )
        if here is None:
            raise CannotApply("no list with dashes there")
        lst = here if here.kind == "list" else next((c for c in here.children if c.kind == "list"), None)
        if lst is None:
            raise CannotApply("no list with dashes there")
        value = steps[-1].partition("/")[2]
        new = _as_item(content, "", lst)
        items = [i for i in lst.children if i.kind == "item"]
        index = len(items) - 1 if value == "siste" else int(value) - 1 if value.isdigit() else -1
        if target.new:
            index = len(items) if value == "siste" else index
            if not 0 <= index <= len(items):
                raise CannotApply(f"the list has {len(items)} dashes; a new number {value} would leave a gap")
            lst.children[index:index] = new
        else:
            if not 0 <= index < len(items):
                raise CannotApply(f"the list has {len(items)} dashes, no number {value}")
            label, name = items[index].label, items[index].name
            _take_over(items[index], new[0])
            items[index].label, items[index].name = label, name

    def write_introduction(self, section: Part, steps: tuple[str, ...], content: list[Node]) -> None:
        above = steps[:-1]
        holder = self.holder(section, above) if above else next((p for p in self.remember(section)), None)
        if holder is None:
            raise CannotApply("no introduction there")
        text = " ".join(n.text for n in content if n.text)
        if any(n.kind == "list" or n.children for n in content):
            lists = [
                thaw(c, keep=False)
                for n in content
                for c in ([n] if n.kind == "list" else n.children)
                if c.kind == "list"
            ]
            if lists:
                holder.children = [c for c in holder.children if c.kind != "list"]
                holder.children[:0] = lists
        holder.put(text)
        self.sentences.pop(id(holder), None)

    def write_inner(
        self, operation: Operation, target: Target, section: Part, steps: tuple[str, ...], content: list[Node]
    ) -> None:
        """§ 16 nr. 1 annet ledd: a ledd inside an item or a numbered ledd."""
        above, value = steps[:-1], steps[-1].partition("/")[2]
        here = self.holder(section, above)
        row = [here, *(c for c in here.children if c.kind in ("ledd", "paragraph"))]
        new = _ledd_blocks(content)
        number = len(row) if value == "siste" else int(value)
        if here.kind == "ledd" and len(row) == 1:
            # unnumbered ledd after a numbered one belong to it
            at = section.children.index(here)
            tail = []
            for child in section.children[at + 1 :]:
                if child.kind != "ledd" or child.label:
                    break
                tail.append(child)
            row = [here, *tail]
            if target.new or number == len(row) + 1:
                if number > len(row) + 1:
                    raise CannotApply(f"there are {len(row)} ledd, a new number {number} would leave a gap")
                section.children[
                    at + number - 1 + (1 if number > 1 else 0) - (1 if number > 1 else 0) : at + number - 1
                ] = new
                return
        if target.new or number == len(row) + 1:
            if number > len(row) + 1 or number == 1:
                raise CannotApply(f"there are {len(row)} ledd, a new number {number} cannot be placed")
            after = row[number - 2]
            at = (
                here.children.index(after) + 1
                if after is not here
                else next(
                    (i for i, c in enumerate(here.children) if c.kind in ("ledd", "paragraph")), len(here.children)
                )
            )
            here.children[at:at] = new
            return
        if not 1 <= number <= len(row):
            raise CannotApply(f"there are {len(row)} ledd, no number {value}")
        part = row[number - 1]
        if part is here:
            inner = [c for c in here.children if c.kind in ("ledd", "paragraph")]
            here.put(new[0].text)
            here.children = [*new[0].children, *inner]
        else:
            _take_over(part, new[0])

    # --- headings ---------------------------------------------------------------------------------------------------------

    def rename(self, operation: Operation) -> None:
        for target in operation.targets:
            for each in self.expanded(target) if target.until and len(target.steps) <= 2 else [target]:
                self.rename_one(operation, each)

    def rename_one(self, operation: Operation, target: Target) -> None:
        texts = list(operation.content)
        if not texts:
            raise CannotApply("no new heading came with the instruction")
        first = texts[0]
        if first.kind == "new_section":
            heading = first.heading
            text = _title(heading).text if heading else ""
            if first.ledd:
                self.doubts.append("new ledd came with a heading only; left out")
        else:
            text = first.text
        if len(texts) > 1:
            self.doubts.append(f"{len(texts)} blocks of new text for one heading")
        steps = tuple(s for s in target.steps if s != "overskrift")
        if target.section:
            if len(steps) > 1:
                raise CannotApply("a ledd has no heading")
            if target.until:
                raise CannotApply("a heading over several sections")
            section = self.section(target)
            text = _title(Node("heading", text=text)).text
            old = section.heading
            if old is None:
                section.children.insert(0, Part("heading", f"§ {_spaced(target.section)}.", "", text))
            else:
                old.put(text)
            self.touched.append(section)
            return
        if steps:
            division = self.division_of(Target(target.act, steps))
            if division is None:
                if target.new:
                    self.new_heading(operation, steps, text)
                    return
                raise CannotApply(f"{'/'.join(steps)}: no such chapter, or two")
            self.set_heading(division, text)
            return
        if operation.place:
            self.new_heading(operation, steps, text)
            return
        if target.act == self.tree.act:
            title = self.tree.body.heading
            if title is not None:
                title.put(text)
                return
        raise CannotApply("which heading is meant is not told")

    def new_heading(self, operation: Operation, steps: tuple[str, ...], text: str) -> None:
        """A new heading before a section: the sections from there on, up to the next heading, come under it."""
        for how, where in operation.place:
            if where.section:
                anchor = self.tree.find(where.section)
                if anchor is None:
                    raise CannotApply(f"§ {where.section} does not exist")
                parent, part = anchor
                at = parent.children.index(part) + (1 if how == "after" else 0)
                tail = []
                for child in parent.children[at:]:
                    if child.kind != "section":
                        break
                    tail.append(child)
                division = Part("division", "", steps[-1] if steps else "", "", [_division_heading(text), *tail])
                parent.children[at : at + len(tail)] = [division]
                return
        raise CannotApply("where the new heading stands is not told")

    # --- repeal -----------------------------------------------------------------------------------------------------------

    def repeal_all(self, operation: Operation) -> None:
        """Repeal each place; one that is not there is a doubt on the others.

        Raises:
            CannotApply: if none could be repealed.
        """
        missed: list[CannotApply] = []
        done = 0
        for target in operation.targets:
            for each in self.expanded(target):
                try:
                    self.repeal(each, operation)
                    done += 1
                except CannotApply as reason:
                    missed.append(reason)
        if missed and not done:
            raise missed[0]
        self.doubts += [f"not repealed: {reason}" for reason in missed]

    def repeal(self, target: Target, operation: Operation) -> None:
        steps = target.steps
        if not steps:
            keep = {number_key(where.section or "") for how, where in operation.place if how == "except"}
            if operation.doubts and not keep:
                raise CannotApply("the whole act is repealed, with exceptions that were not understood")
            for parent, part in list(self.tree.sections()):
                if section_number_of(part) not in keep:
                    parent.children.remove(part)
                    self.touched.append(part)
            return
        if target.section is None:
            self.repeal_division(target, operation)
            return
        number = target.section
        below = tuple(s for s in steps if not s.startswith(("kap", "§")))
        if not below:
            found = self.tree.find(number)
            if found is None:
                raise CannotApply(f"§ {number} does not exist")
            parent, section = found
            key = number_key(number)
            if id(section) in self.moved and key not in self.displaced:
                self.doubts.append(f"§ {number} was written by this same act and is repealed by it")
            parent.children.remove(section)
            self.touched.append(section)
            return
        section = self.section(target)
        row = self.remember(section)
        word, _, value = below[-1].partition("/")
        if word == "overskrift":
            if section.heading is not None:
                section.heading.put("")
            self.touched.append(section)
            return
        if word == "ledd" and len(below) == 1:
            old = self.old_ledd[id(section)]
            index = self.index(old, value, f"§ {_printed(section)}")
            part = old[index]
            if part not in row:
                current = self.index(row, value, f"§ {_printed(section)}")
                part = row[current]
                self.doubts.append(f"ledd {value} counted after other changes of this act")
            section.children.remove(part)
            self.relabel(section)
        elif word == "setning":
            holder = self.sentence_holder(section, below)
            sentences, before = self.row_of_sentences(holder)
            sentence = None
            if value == "siste":
                sentence = sentences[-1] if sentences else None
            elif value == "nest-siste":
                sentence = sentences[-2] if len(sentences) > 1 else None
            elif value.isdigit() and 0 < int(value) <= len(before):
                sentence = before[int(value) - 1]
            if sentence is None or sentence not in sentences:
                raise CannotApply(f"the text has {len(sentences)} sentences, no number {value}")
            entry = self.sentences[id(holder)]
            index = sentences.index(sentence)
            position = sum(s.text.count(HOLE) for s in sentences[:index])
            del entry[3][position : position + sentence.text.count(HOLE)]
            sentences.remove(sentence)
            self.flush(holder)
        elif word in ("bokstav", "nummer", "strek"):
            if (
                len(below) == 1
                and word == "nummer"
                and any(label_key(p.label) == label_key(value) for p in row if p.kind == "ledd")
            ):
                part = next(p for p in row if label_key(p.label) == label_key(value))
                section.children.remove(part)
            else:
                lst: Part | None = None
                item: Part | None = None
                for candidate in [c for c in section.walk() if c.kind == "list"]:
                    if id(candidate) in self.old_items:
                        item = next(
                            (i for label, i in self.old_items[id(candidate)] if label == label_key(value)), None
                        )
                        if (
                            item is not None
                            and item in candidate.children
                            and word != "strek"
                            and self.under(section, below[:-1], candidate)
                        ):
                            lst = candidate
                            break
                        item = None
                if item is None:
                    above = tuple(s for s in below[:-1] if not s.startswith("setning/"))
                    here = self.holder(section, above) if above else section
                    item = self.item(section, here, word, value)
                    lst = next(c for c in section.walk() if item in c.children)
                assert lst is not None
                if lst.kind == "list":
                    self.remember_items(lst)
                lst.children.remove(item)
                if lst.kind == "list" and not lst.children:
                    for each in section.walk():
                        if lst in each.children:
                            each.children.remove(lst)
                            break
        elif word == "ledd":
            here = self.holder(section, below[:-1])
            inner = [here, *(c for c in here.children if c.kind in ("ledd", "paragraph"))]
            index = self.index(inner, value, "the item")
            if index == 0:
                raise CannotApply("the first ledd of an item cannot be told from the item")
            here.children.remove(inner[index])
        else:
            raise CannotApply(f"{below[-1]}: repeal of this is not known")
        self.touched.append(section)

    def under(self, section: Part, above: tuple[str, ...], lst: Part) -> bool:
        steps = tuple(s for s in above if not s.startswith("setning/"))
        if not steps:
            return True
        try:
            here = self.holder(section, steps)
        except CannotApply:
            return False
        return any(part is lst for part in here.walk())

    def repeal_division(self, target: Target, operation: Operation) -> None:
        if target.steps[-1] == "overskrift":
            division = self.division_of(Target(target.act, target.steps[:-1])) if target.steps[:-1] else None
            if division is None:
                raise CannotApply("no such heading")
            if division.heading is not None:
                division.heading.put("")
            return
        division = self.division_of(Target(target.act, target.steps))
        if division is None:
            raise CannotApply(f"{'/'.join(target.steps)}: no such chapter, or two")
        if operation.doubts:
            raise CannotApply("a chapter is to be repealed, but its lead was not wholly understood")
        for parent, part in self.tree.divisions():
            if part is division:
                sections = [c for c in part.walk() if c.kind == "section"]
                for section in sections:
                    key = section_number_of(section)
                    if key in self.section_sources and key not in self.displaced and id(section) not in self.moved:
                        self.displaced[key] = (parent, section)
                self.touched += [s for s in sections if section_number_of(s) not in self.displaced]
                parent.children.remove(part)
                return

    # --- moves --------------------------------------------------------------------------------------------------------------

    def move(self, operation: Operation) -> None:
        if not operation.moves:
            sources = [t for t in operation.targets if not t.new]
            goals = [t for t in operation.targets if t.new]
            if sources and goals and len(sources) != len(goals) and self.move_text(sources, goals):
                self.doubts = [d for d in self.doubts if "places become" not in d]
                return
            raise CannotApply("; ".join(operation.doubts) or "what becomes what is not told")
        moves = self.ranges.get(id(operation)) or self.expanded_moves(operation)
        sections = [(a, b) for a, b in moves if len(a.steps) == 1 and a.section and b.section]
        if sections:
            self.move_sections(sections, operation)
        for source, target in moves:
            if (source, target) in sections:
                continue
            if source.until or target.until:
                raise CannotApply(f"{source} to {target}: the two ranges do not have the same count")
            if source.section is None:
                self.move_division(source, target)
            else:
                self.move_below(source, target, operation)

    def move_text(self, sources: list[Target], goals: list[Target]) -> bool:
        """Sentences that become a ledd, or a ledd that becomes sentences of another; False where it is neither."""
        section = self.section(sources[0])
        if any(number_key(t.section or "") != section_number_of(section) for t in (*sources, *goals)):
            return False
        below = [t.steps[1:] for t in sources]
        ends = [t.steps[1:] for t in goals]
        if (
            all(len(b) > 1 and b[-1].startswith("setning/") and b[:-1] == below[0][:-1] for b in below)
            and len(ends) == 1
            and len(ends[0]) == 1
            and ends[0][0].startswith("ledd/")
        ):
            holder = self.sentence_holder(section, below[0])
            text, lists = self.take_sentences(holder, [b[-1].partition("/")[2] for b in below])
            fresh = Part("ledd")
            pour(fresh, text, lists)
            self.insert(section, self.free_place(section, ends[0][0].partition("/")[2]), [fresh])
        elif (
            len(below) == 1
            and len(below[0]) == 1
            and below[0][0].startswith("ledd/")
            and all(len(e) == 2 and e[-1].startswith("setning/") and e[0] == ends[0][0] for e in ends)
        ):
            self.ledd_to_sentence(section, below[0][0].partition("/")[2], ends[0])
        else:
            return False
        self.touched.append(section)
        return True

    def free_place(self, section: Part, value: str) -> int:
        """Index for a new ledd of that number.

        Raises:
            CannotApply: if it would leave a gap.
        """
        row = ledd_of(section)
        number = int(value) if value.isdigit() else len(row) + 1
        if number > len(row) + 1:
            raise CannotApply(f"§ {_printed(section)} has {len(row)} ledd, no place for number {value}")
        return number - 1

    def take_sentences(self, holder: Part, values: list[str]) -> tuple[str, list[Part]]:
        """Take sentences, by their numbers before this act, out of a ledd: their text and the lists in it."""
        earlier = self.texts_before.get(id(holder))
        if earlier is not None:  # the ledd has been written anew; the sentences stood in its old text
            numbers = [int(v) for v in values if v.isdigit() and 0 < int(v) <= len(earlier)]
            picked = [earlier[n - 1] for n in numbers]
            if len(picked) != len(values) or any(HOLE in s.text for s in picked):
                raise CannotApply(f"the text has {len(earlier)} sentences, no number {', '.join(values)}")
            self.doubts.append("the sentences moved are those of the old text, which this act writes anew")
            return " ".join(s.text for s in picked), []
        row, before = self.row_of_sentences(holder)
        texts: list[str] = []
        lists: list[Part] = []
        entry = self.sentences[id(holder)]
        for value in values:
            sentence = before[int(value) - 1] if value.isdigit() and 0 < int(value) <= len(before) else None
            if sentence is None or sentence not in row:
                raise CannotApply(f"sentence {value} is gone")
            index = row.index(sentence)
            position = sum(s.text.count(HOLE) for s in row[:index])
            count = sentence.text.count(HOLE)
            lists += entry[3][position : position + count]
            del entry[3][position : position + count]
            row.remove(sentence)
            texts.append(sentence.text)
        self.flush(holder)
        return " ".join(texts), lists

    def ledd_to_sentence(self, section: Part, value: str, goal: tuple[str, ...]) -> None:
        """Let a ledd become the sentence or sentences of another from *goal* on."""
        old = self.old_ledd[id(section)] if id(section) in self.old_ledd else self.remember(section)
        part = old[self.index(old, value, f"§ {_printed(section)}")]
        if part not in section.children:
            raise CannotApply(f"§ {_printed(section)} ledd {value} is gone")
        holder = self.holder(section, goal[:-1])
        if holder is part:
            raise CannotApply("a ledd cannot become a sentence of itself")
        row, _ = self.row_of_sentences(holder)
        number = goal[-1].partition("/")[2]
        index = int(number) - 1 if number.isdigit() else len(row)
        if index > len(row):
            raise CannotApply(f"the text has {len(row)} sentences, no place for number {number}")
        entry = self.sentences[id(holder)]
        position = sum(s.text.count(HOLE) for s in row[:index])
        entry[3][position:position] = holes(part)
        row[index:index] = [Sentence(text) for text in sentences_of(flow(part))]
        section.children.remove(part)
        self.flush(holder)
        self.relabel(section)

    def move_sections(self, moves: list[tuple[Target, Target]], operation: Operation) -> None:
        taken: list[tuple[Part, str]] = []
        for source, target in moves:
            key = number_key(source.section or "")
            if source.until or target.until:
                raise CannotApply(f"{source} to {target}: the two ranges do not have the same count")
            if key in self.displaced:
                _, part = self.displaced.pop(key)
                taken.append((part, target.section or ""))
                continue
            found = self.tree.find(source.section or "")
            if found is None or id(found[1]) in self.moved:
                before = self.sections_before.get(key)
                if (
                    before is not None
                    and id(before) not in self.moved
                    and any(p is before for _, p in self.tree.sections())
                ):
                    found = next((a, p) for a, p in self.tree.sections() if p is before)
                elif found is None:
                    raise CannotApply(f"§ {source.section} does not exist")
                else:
                    raise CannotApply(f"§ {source.section} was already moved or written by this act")
            parent, part = found
            parent.children.remove(part)
            part.attributes = (*part.attributes, ("moved-from-parent", ""))
            taken.append((part, target.section or ""))
        for part, number in taken:
            occupant = self.tree.find(number)
            if occupant is not None:
                key = number_key(number)
                if key in self.section_sources and id(occupant[1]) not in self.moved and key not in self.displaced:
                    self.displaced[key] = occupant
                    occupant[0].children.remove(occupant[1])
                elif section_repealed(occupant[1]):
                    occupant[0].children.remove(occupant[1])
                else:
                    self.doubts.append(f"§ {number} exists already")
            part.attributes = tuple(a for a in part.attributes if a[0] != "moved-from-parent")
            part.name = "§" + number
            if part.heading is not None:
                part.heading.label = f"§ {_spaced(number)}."
            self.moved.add(id(part))
            self.place(part, operation)
            self.touched.append(part)

    def move_division(self, source: Target, target: Target) -> None:
        division = self.division_sources.pop(source.steps, None)
        if division is None or not any(part is division for _, part in self.tree.divisions()):
            division = self.division_of(source)
        if division is None:
            raise CannotApply(f"{'/'.join(source.steps)}: no such chapter, or two")
        match = re.match(r"(kap|del|avsnitt/)(.+)", target.steps[-1]) if target.steps else None
        if match is None:
            raise CannotApply(f"{target}: a chapter can only become a chapter")
        old_number = division_key(division)[1]
        if source.until or target.until:
            raise CannotApply(f"{source} to {target}: chapters of a range are not moved together")
        if match[1] == "kap":
            self.tree.hidden -= {id(part) for part in division.walk()}
            for part in [p for p in division.walk() if p.kind == "section"]:
                number = _printed(part)
                if number.lower().startswith(old_number + "-") and id(part) not in self.moved:
                    new_number = match[2] + number[len(old_number) :]
                    part.name = "§" + new_number
                    if part.heading is not None:
                        part.heading.label = f"§ {_spaced(new_number)}."
                    self.moved.add(id(part))
                    self.touched.append(part)
        division.name = match[1].strip("/") + match[2]
        self.numbered.add(id(division))
        heading = division.heading
        if heading is not None:
            old = re.search(r"[\dIVXLC]+(?:\s?[A-Za-z])?\b", heading.label)
            if old:
                heading.label = heading.label[: old.start()] + match[2] + heading.label[old.end() :]

    def move_below(self, source: Target, target: Target, operation: Operation) -> None:
        section = self.section(source)
        row = self.remember(section)
        a, b = source.steps[1:], target.steps[1:]
        if not a:
            raise CannotApply(f"{source} to {target}: a section can only become a section")
        word = a[-1].partition("/")[0]
        old_value, new_value = a[-1].partition("/")[2], b[-1].partition("/")[2] if b else ""
        if (
            (target.section and number_key(target.section) != number_key(source.section or ""))
            or not b
            or b[-1].partition("/")[0] != word
            or a[:-1] != b[:-1]
        ):
            self.move_across(section, source, target)
            return
        self.touched.append(section)
        if word == "ledd" and len(a) == 1:
            old = self.old_ledd[id(section)]
            index = self.index(old, old_value, f"§ {_printed(section)}")
            part = old[index]
            if part not in row:
                raise CannotApply(f"§ {_printed(section)} ledd {old_value} is gone")
            self.checks.append((operation, lambda: self.check_ledd(section, part, new_value)))
        elif word == "setning":
            holder = self.sentence_holder(section, a)
            sentences, before = self.row_of_sentences(holder)
            if not old_value.isdigit() or not 0 < int(old_value) <= len(before):
                raise CannotApply(f"the text has {len(before)} sentences, no number {old_value}")
            sentence = before[int(old_value) - 1]
            if sentence not in sentences:
                raise CannotApply(f"sentence {old_value} is gone")
            self.checks.append((operation, lambda: self.check_sentence(holder, sentence, new_value)))
        elif word in ("bokstav", "nummer"):
            if len(a) == 1 and word == "nummer" and not any(lst.kind == "list" for p in row for lst in p.children):
                numbered = next(
                    (p for p in self.old_ledd[id(section)] if label_key(p.label) == label_key(old_value)), None
                )
                if numbered is None or numbered not in row:
                    raise CannotApply(f"nr. {old_value} is gone")
                numbered.label = re.sub(r"\d+[a-z]?", new_value, numbered.label)
                return
            lst = self.list_for(section, a)[1]
            self.remember_items(lst)
            item = next((i for label, i in self.old_items[id(lst)] if label == label_key(old_value)), None)
            if item is None or item not in lst.children:
                raise CannotApply(f"{word} {old_value} is gone")
            if item.label:
                item.label = (
                    item.label.replace(item_label(item), new_value)
                    if item_label(item) in item.label
                    else new_value + ")"
                )
            item.name = re.sub(r"[\w]+", new_value, item.name, count=1) if item.name else new_value + "."
            items = [i for i in lst.children if i.kind == "item"]
            keys = [item_label(i) for i in items]
            self.checks.append((operation, lambda: self.check_items(lst)))
            del keys

    def check_ledd(self, section: Part, part: Part, value: str) -> str:
        row = ledd_of(section)
        number = len(row) if value == "siste" else int(value) if value.isdigit() else -1
        if part not in row:
            return "the moved ledd is gone"
        if row.index(part) + 1 == number:
            return ""
        if 1 <= number <= len(row):
            section.children.remove(part)
            row.remove(part)
            at = (
                section.children.index(row[number - 1])
                if number - 1 < len(row)
                else section.children.index(row[-1]) + 1
            )
            section.children.insert(at, part)
            self.relabel(section)
            return f"the moved ledd was not found as ledd {value} after the other changes; it was put there"
        return f"the moved ledd is not found as ledd {value}"

    def check_sentence(self, holder: Part, sentence: Sentence, value: str) -> str:
        row, _ = self.row_of_sentences(holder)
        if sentence in row and value.isdigit() and row.index(sentence) + 1 == int(value):
            return ""
        if value == "siste" and row and row[-1] is sentence:
            return ""
        return f"the moved sentence is not found as sentence {value}"

    def check_items(self, lst: Part) -> str:
        items = [i for i in lst.children if i.kind == "item"]
        keys = [item_label(i) for i in items if item_label(i)]
        if len(set(keys)) != len(keys):
            return "two items have the same letter after the move"
        ordered = sorted(items, key=lambda i: order_of(item_label(i)) if item_label(i) else ())
        if keys and len(keys) == len(items) and [id(i) for i in ordered] != [id(i) for i in items]:
            rest = [c for c in lst.children if c.kind != "item"]
            lst.children = [*ordered, *rest]
        return ""

    def move_across(self, section: Part, source: Target, target: Target) -> None:
        """A ledd, sentence or letter that goes to another section, or becomes something else."""
        a, b = source.steps[1:], target.steps[1:]
        if (
            a
            and b
            and a[-1].startswith("setning/")
            and len(b) == 1
            and b[0].startswith("ledd/")
            and number_key(target.section or "") == section_number_of(section)
        ):
            holder = self.sentence_holder(section, a)
            index = self.free_place(section, b[0].partition("/")[2])
            text, lists = self.take_sentences(holder, [a[-1].partition("/")[2]])
            fresh = Part("ledd")
            pour(fresh, text, lists)
            self.insert(section, index, [fresh])
            self.across[(id(section), a)] = fresh
            self.touched.append(section)
            return
        if not (len(a) == 1 and a[0].startswith("ledd/")):
            raise CannotApply(f"{source} to {target}: a move of this kind is not carried out")
        row = self.remember(section)
        old = self.old_ledd[id(section)]
        part = old[self.index(old, a[0].partition("/")[2], f"§ {_printed(section)}")]
        if part not in row:
            raise CannotApply(f"{source} is gone")
        if not b:
            new = self.tree.find(target.section or "")
            if new is None:
                section.children.remove(part)
                fresh = self.fresh(target.section or "", None, [part])
                self.place(fresh, None)
                self.moved.add(id(fresh))
                self.touched += [section, fresh]
                return
            raise CannotApply(f"§ {target.section} exists already")
        if (
            len(b) == 2
            and b[-1].startswith("setning/")
            and number_key(target.section or "") == section_number_of(section)
        ):
            self.ledd_to_sentence(section, a[0].partition("/")[2], b)
            self.touched.append(section)
            return
        if len(b) == 1 and b[0].startswith("ledd/"):
            goal = self.section(target)
            goal_row = self.remember(goal)
            value = b[0].partition("/")[2]
            number = int(value) if value.isdigit() else len(goal_row) + 1
            if number > len(goal_row) + 1:
                raise CannotApply(f"§ {_printed(goal)} has {len(goal_row)} ledd, no place for number {value}")
            section.children.remove(part)
            self.insert(goal, number - 1, [part])
            self.touched += [section, goal]
            return
        raise CannotApply(f"{source} to {target}: a move of this kind is not carried out")

    # --- words --------------------------------------------------------------------------------------------------------------

    def replace_words(self, operation: Operation) -> None:
        if not operation.words:
            raise CannotApply("; ".join(operation.doubts) or "the words to replace are not told")
        missing: list[str] = []
        reached = 0
        for target in operation.targets:
            for each in self.expanded(target):
                hits, why = 0, "not found"
                try:
                    for words in self.order_words(operation.words):
                        hits += self.replace_in(each, words)
                    for words in _inflected(operation.words):
                        more = self.replace_in(each, words)
                        hits += more
                        if more:
                            self.doubts.append(f"«{words.old}» was replaced too, though another form is named")
                except CannotApply as reason:
                    why = str(reason)
                if not hits:
                    missing.append(f"{each} ({why})")
                reached += hits
        if missing and not reached:
            raise CannotApply("the words to replace were not found: " + ", ".join(missing))
        if missing:
            self.doubts.append("the words to replace were not found in " + ", ".join(missing))

    def order_words(self, words: tuple[Words, ...]) -> list[Words]:
        return sorted(words, key=lambda w: -len(w.old))

    def replace_in(self, target: Target, words: Words) -> int:
        steps = tuple(s for s in target.steps if not s.startswith("kap") or target.section is None)
        if target.section is None:
            if not steps:
                scope = self.tree.body
            else:
                division = self.division_of(Target(target.act, tuple(s for s in steps if s != "overskrift")))
                if division is None:
                    raise CannotApply(f"{'/'.join(steps)}: no such chapter, or two")
                scope = division
                if steps[-1] == "overskrift":
                    scope = division.heading or Part("heading")
            hits = 0
            for part in scope.walk():
                if part.kind == "section":
                    count = _replace_part(part, words)
                    if count:
                        self.remember(part)
                        self.touched.append(part)
                        self.drop_sentences(part)
                    hits += count
                elif part.kind == "heading" and scope is part:
                    hits += _replace_text(part, words)
            return hits
        section = self.section(target)
        below = steps[1:]
        if below and below[-1] == "overskrift":
            hits = _replace_text(section.heading, words) if section.heading else 0
        elif below and below[-1].startswith("setning/"):
            holder = self.sentence_holder(section, below)
            row, _ = self.row_of_sentences(holder)
            value = below[-1].partition("/")[2]
            index = len(row) - 1 if value == "siste" else len(row) - 2 if value == "nest-siste" else int(value) - 1
            if not 0 <= index < len(row):
                raise CannotApply(f"the text has {len(row)} sentences, no number {value}")
            row[index].text, hits = reworded(row[index].text, words)
            if not hits and HOLE in row[index].text:
                hits = sum(_replace_part(lst, words) for lst in holes(holder))
            self.flush(holder)
        elif below:
            holder = self.holder(section, below)
            hits = _replace_text(holder, words) if below[-1] == "innledning" else _replace_part(holder, words)
            self.drop_sentences(holder)
        else:
            hits = _replace_part(section, words)
            self.drop_sentences(section)
        if hits:
            self.touched.append(section)
        return hits

    def drop_sentences(self, part: Part) -> None:
        for each in part.walk():
            self.sentences.pop(id(each), None)

    def replaced_ledd(self) -> dict[str, list[str]]:
        """Take away old ledd in whose place new ones stand, as the moves of the others tell; doubts by operation id.

        "Nytt annet og tredje ledd skal lyde … Nåværende tredje ledd blir fjerde ledd": the old second ledd is gone.
        """
        found: dict[str, list[str]] = {}
        moves: dict[int, list[tuple[Operation, int, int]]] = {}
        holders: dict[int, Part] = {}
        for operation in self.operations:
            for source, target in (
                self.ranges.get(id(operation)) or operation.moves if operation.action == "move" else ()
            ):
                numbers = [t.steps[1].partition("/")[2] for t in (source, target) if len(t.steps) == 2]
                same = number_key(source.section or "") == number_key(target.section or "")
                here = self.tree.find(source.section) if source.section and same else None
                if here is None or len(numbers) != 2 or not all(n.isdigit() for n in numbers):
                    continue
                if source.steps[1].startswith("ledd/") and target.steps[1].startswith("ledd/"):
                    holders[id(here[1])] = here[1]
                    moves.setdefault(id(here[1]), []).append((operation, int(numbers[0]), int(numbers[1])))
        for key, rows in moves.items():
            old, section = self.old_ledd.get(key), holders[key]
            row = ledd_of(section)
            operation, source_number, goal = min(rows, key=lambda r: r[1])
            if old is None or source_number > len(old) or old[source_number - 1] not in row:
                continue
            late = row.index(old[source_number - 1]) + 1 - goal
            fresh = [i for i, part in enumerate(row) if id(part) in self.ledd_written and part not in old]
            if late <= 0 or not fresh:
                continue
            moved = {id(old[r[1] - 1]) for r in rows if r[1] <= len(old)}
            between = [
                part
                for part in row[fresh[0] : row.index(old[source_number - 1])]
                if part in old and id(part) not in moved and id(part) not in self.ledd_written
            ]
            if len(between) == late and {g - s for _, s, g in rows} == {goal - source_number}:
                for part in between:
                    section.children.remove(part)
                self.relabel(section)
                found.setdefault(operation.id, []).append(
                    f"{late} ledd that no instruction names went out, for the moves leave no place for them"
                )
        return found

    # --- at the end ----------------------------------------------------------------------------------------------------------

    def finish(self) -> dict[str, list[str]]:
        """Check the moves; doubts by operation id."""
        found: dict[str, list[str]] = self.replaced_ledd()
        for operation, check in self.checks:
            problem = check()
            if problem:
                found.setdefault(operation.id, []).append(problem)
        for key, (_, part) in self.displaced.items():
            found.setdefault("", []).append(f"§ {key} was pushed aside and not placed again")
            self.place(part, None)
        return found


def _count_of(operation_id: str) -> int:
    """The running number of an operation in its act."""
    number = operation_id.rpartition("#")[2]
    return int(number) if number.isdigit() else 0


_ORDERS = re.compile(
    r"(?:^|\s)(?:skal (?:nytt? [^.]{0,40})?lyde:?$|skal lyde:|nåværende .{3,60} blir |noverande .{3,60} blir )",
    re.IGNORECASE,
)


_INNER_ORDER = re.compile(
    r"I (?:ny|nytt) (?:del|kapittel) \S+ (?:blir|vert) |(?:^|(?<=[.:;] ))\d{1,3}\. ?I (?:lov|midlertidig lov) \d{1,2}\. "
)


def _orders(text: str) -> bool:
    """Whether a paragraph reads like an instruction."""
    if _INNER_ORDER.search(text):
        return True
    if not _ORDERS.search(text[:400]) and not re.match(r"(?:\d+\. )?I lov \d{1,2}\. ", text):
        return False
    lead = read_lead(text)
    return lead is not None or bool(re.match(r"(?:\d+\. )?I lov ", text))


def _printed(section: Part) -> str:
    return (
        re.sub(r"[\s.]+", "", section.name[1:])
        if section.name.startswith("§")
        else (
            section.origin.section
            if section.origin is not None and section.origin.section
            else section_number_of(section)
        )
    )


def _spaced(number: str) -> str:
    """``21b`` as it is printed: ``21 b``."""
    return re.sub(r"(?<=\d)([a-zæøå])$", r" \1", number)


def _prefix(number: str) -> str:
    match = re.match(r"(\d+[a-z]?)-", number)
    return match[1] if match else ""


def _previous(value: str) -> str:
    """The letter or number before, empty for the first."""
    key = label_key(value)
    if key.isdigit():
        return str(int(key) - 1) if int(key) > 1 else ""
    alphabet = "abcdefghijklmnopqrstuvwxyzæøå"
    if len(key) == 1 and key in alphabet[1:]:
        return alphabet[alphabet.index(key) - 1]
    return ""


def _is(word: str, item: Part) -> bool:
    label = item_label(item)
    return label[:1].isdigit() if word == "nummer" else not label[:1].isdigit()


def _fits(lst: Part, word: str) -> bool:
    labels = [item_label(i) for i in lst.children if i.kind == "item"]
    if not any(labels):
        return word == "strek"
    digits = any(label[:1].isdigit() for label in labels)
    return digits if word == "nummer" else not digits if word == "bokstav" else True


def _nested(lst: Part) -> list[Part]:
    return [part for item in lst.children for part in item.walk() if part.kind == "item" and part is not item]


def _repealed_item(item: Part) -> bool:
    return bool(re.match(r"[(\[]?(?:opphevet|oppheva)", item.text, re.IGNORECASE)) or (
        not item.text and not item.children
    )


def _take_over(old: Part, new: Part) -> None:
    old.kind = old.kind if old.kind == "item" else new.kind
    old.text, old.links, old.marks, old.children = new.text, (), (), new.children
    if new.label:
        old.label = new.label


def _same_list_move(operation: Operation, target: Target) -> bool:
    return any(source.steps[:-1] == target.steps[:-1] for source, _ in operation.moves)


_SIGN = re.compile(
    r"^\s*§{1,2}\s*\d+(?:\s?[A-Za-z](?=\s?-\s?\d))?(?:\s?-\s?\d+)?(?:\s?[A-Z](?![\w]))?(?:\s?[a-zæøå](?![\wæøå]))?\s*\.?\s*"
)


def _title(heading: Node) -> Part:
    """The words of a section's heading without its number."""
    text = heading.text
    return Part("heading", "", "", _SIGN.sub("", text, count=1) if text.lstrip().startswith("§") else text)


def _division_heading(text: str) -> Part:
    match = re.match(
        r"(?:(?:kapitt?e?l|kap\.?|del|avsnitt|avdeling)\s+[\dIVXLC]+(?:\s?[A-Za-z](?=[.\s]))?[.:]?|[IVXLC]+\.)\s*",
        text,
        re.IGNORECASE,
    )
    return Part("heading", match[0].strip() if match else "", "", text[match.end() :] if match else text)


def _heading_like(node: Node, nodes: list[Node]) -> bool:
    """Whether a loose paragraph before the ledd is the section's heading."""
    text = node.text.strip()
    if node.children or not text or len(text) > 200:
        return False
    if text.startswith("§"):
        return bool(_SIGN.match(text))
    if node.kind == "paragraph" and not text.endswith((".", ":", ";")) and len(nodes) > 1:
        return True
    return text.startswith("(") and text.endswith(")") and len(text) < 120 and len(nodes) > 1 and " " not in text[:2]


def _as_ledd(node: Node) -> list[Part]:
    """A block of new text as a ledd."""
    part = thaw(node, keep=False)
    if part.kind in ("paragraph", "continuation"):
        part.kind = "ledd"
    if part.kind == "ledd" and part.text and not part.label:
        match = re.match(r"\((\d{1,2})\)\s+", part.text)
        if match:
            part.label, part.text = f"({match[1]})", part.text[match.end() :]
    if part.kind in ("note", "footnote"):
        return []
    return [part]


def _ledd_blocks(content: list[Node]) -> list[Part]:
    """New text as ledd: a list or a continuation belongs to the paragraph before it."""
    found: list[Part] = []
    for node in content:
        if node.kind in ("list", "table", "continuation") and found and found[-1].kind == "ledd":
            found[-1].children.append(thaw(node, keep=False))
        else:
            found += _as_ledd(node)
    return found or [Part("ledd")]


_LABELLED = re.compile(r"^[«\"]?\(?(?P<label>[a-zæøå]{1,2}|\d{1,2}[a-z]?)[.)]\s+")


def _as_item(content: list[Node], value: str, lst: Part) -> list[Part]:
    """New text as items of a list: a list, a lettered paragraph, or a bare paragraph that takes the letter named."""
    found: list[Part] = []
    sample = next((i for i in lst.children if i.kind == "item"), None)
    for node in content:
        if node.kind == "list":
            for child in node.children:
                item = thaw(child, keep=False)
                if found and len(content) > 1 and content[0].kind != "list" and item.kind == "item":
                    inner = next((c for c in found[-1].children if c.kind == "list"), None)
                    if inner is None:
                        inner = Part("list")
                        found[-1].children.append(inner)
                    inner.children.append(item)
                else:
                    found.append(item)
        elif node.kind == "item":
            found.append(thaw(node, keep=False))
        elif (
            found
            and node.kind in ("continuation", "ledd", "paragraph")
            and not _LABELLED.match(node.text)
            and not node.label
        ):
            part = thaw(node, keep=False)
            if node.kind == "ledd" or node.kind == "paragraph":
                part.kind = "ledd"
            found[-1].children.append(part)
        else:
            part = thaw(node, keep=False)
            part.kind = "item"
            match = _LABELLED.match(part.text)
            if match and not part.label:
                part.name = match["label"] + "."
                part.text = part.text[match.end() :]
            elif not part.label and value and value != "siste":
                part.name = value + "."
            found.append(part)
    for item in found:
        if item.kind != "item":
            item.kind = "item"
        if sample is not None and not sample.label and item_label(item):
            item.name, item.label = item_label(item) + ".", ""
        if sample is not None and not item.label and item.name and sample.label and re.search(r"\w", sample.label):
            item.label = re.sub(r"[\w]+", item_label(item), sample.label)
    return found or [Part("item", name=value + ".")]


def _take_holes(row: list[Sentence], lists: list[Part]) -> list[Part]:
    count = sum(sentence.text.count(HOLE) for sentence in row)
    return lists[:count]


def _pattern(old: str) -> re.Pattern[str]:
    words = [re.escape(w) for w in old.split()]
    body = r"\s+".join(words)
    body = re.sub(r"(?<=\d)(?:\\s\+)?(?=[a-z](?:\\s|$))", r"\\s*", body)  # "13 f" and "13f" are the same
    left = r"(?<![\wæøåÆØÅ])" if re.match(r"\w", old) else ""
    right = r"(?![\wæøåÆØÅ])" if re.search(r"\w$", old) else ""
    return re.compile(left + body + right)


def reworded(text: str, words: Words, others: frozenset[str] = frozenset()) -> tuple[str, int]:
    """Text with the words replaced, and how many times; capital and genitive follow the place."""
    old, new = words.old, words.new
    if not old or (old not in text and (old[:1].swapcase() + old[1:]) not in text and " " not in old):
        return text, 0

    def sub(with_s: bool, lowered: bool) -> Callable[[re.Match[str]], str]:
        def one(match: re.Match[str]) -> str:
            put = new
            starts = match.start() == 0 or re.search(r"[.?!:]\s*$|^\s*$", text[: match.start()]) is not None
            found = match[0]
            if put and found[:1].isupper() and old[:1].islower() and starts:
                put = put[:1].upper() + put[1:]
            elif put and found[:1].islower() and old[:1].isupper():
                put = put[:1].lower() + put[1:]
            elif put and found[:1].isupper() and old[:1].isupper() and starts:
                put = put[:1].upper() + put[1:]
            return put + ("s" if with_s and put else "")

        return one

    result, count = text, 0
    forms = [old]
    if old[:1].isalpha():
        forms.append((old[0].lower() if old[0].isupper() else old[0].upper()) + old[1:])
    taken: list[str] = []
    for form in forms:
        if form != old and any(form == w for w in others):
            continue  # the other capital has a replacement of its own
        result, more = _pattern(form).subn(sub(False, False), result)
        count += more
        if form[-1:].isalpha() and not form.endswith("s") and form + "s" not in others:
            result, more = _pattern(form + "s").subn(sub(True, False), result)
            count += more
    del taken
    if count and not new:
        result = re.sub(r"\s+([,.;:])", r"\1", re.sub(r"  +", " ", result)).strip()
    return result, count


_ENDINGS = ("et", "ets", "ene", "enes")


def _inflected(words: tuple[Words, ...]) -> list[Words]:
    """Definite forms of neuter nouns of which the bare form is named: «selskap» → «foretak», so selskapet → foretaket."""
    found = []
    for pair in sorted(words, key=lambda w: -len(w.old)):
        if re.fullmatch(r"[a-zæøå]+(?:skap|tak|råd|verk|organ|styre|tilsyn)", pair.old) and re.fullmatch(
            r"[a-zæøå]+(?:skap|tak|råd|verk|organ|styre|tilsyn)", pair.new
        ):
            found += [Words(pair.old + ending, pair.new + ending) for ending in _ENDINGS]
            found += [Words(pair.old + "er", pair.new)]
    return found


def _replace_text(part: Part, words: Words) -> int:
    text, count = reworded(part.text, words)
    if count:
        part.put(text)
    return count


def _replace_part(part: Part, words: Words) -> int:
    return sum(
        _replace_text(each, words) for each in part.walk() if each.kind not in ("note", "footnote") and each.text
    )


# --- the public face ----------------------------------------------------------------------------------------------------------


def apply_to_tree(tree: Tree, operations: list[Operation]) -> list[Outcome]:
    """Carry out what one act does to *tree* on one day. Operations on other acts must have been left out."""
    batch = _Batch(tree, operations)
    outcomes = [batch.run(operation) for operation in operations]
    late = batch.finish()
    result = []
    for outcome in outcomes:
        more = late.get(outcome.operation, [])
        if more:
            outcome = Outcome(
                outcome.operation, outcome.status, outcome.reason, (*outcome.doubts, *more), outcome.touched
            )
        result.append(outcome)
    if late.get(""):
        last = result[-1]
        result[-1] = Outcome(last.operation, last.status, last.reason, (*last.doubts, *late[""]), last.touched)
    return result


def apply(document: Document, operations: Iterable[Operation]) -> Applied:
    """Apply *operations* to an act, in their order, as one amending act does on one day.

    Operations that target other acts are left out. Every operation on this act has an `Outcome`: applied, perhaps with
    doubts, or not applied with the reason; nothing is guessed silently.
    """
    own = [operation for operation in operations if operation.act == document.refid]
    tree = Tree(document.refid, thaw(document.body))
    outcomes = apply_to_tree(tree, own)
    body = freeze(tree.body, Address(document.refid), None)
    crosswalk, gone = _crosswalk(document, tree, body)
    changed = Document(document.name, document.header, body, document.language, document.source)
    return Applied(changed, tuple(outcomes), crosswalk, gone)


def _crosswalk(document: Document, tree: Tree, body: Node) -> tuple[dict[Address, Address], frozenset[Address]]:
    """Where each old place went, found by pairing the thawed tree with the frozen one."""
    moved: dict[Address, Address] = {}
    seen: set[Address] = set()

    def pair(part: Part, node: Node) -> None:
        if (
            part.origin is not None
            and node.address is not None
            and part.kind in ("section", "ledd", "item", "division")
        ):
            seen.add(part.origin)
            if part.origin != node.address:
                moved[part.origin] = node.address
        for a, b in zip(part.children, node.children, strict=True):
            pair(a, b)

    pair(tree.body, body)
    every = {n.address for n in document.body.walk() if n.address is not None and n.kind in ("section", "ledd", "item")}
    return moved, frozenset(every - seen)


__all__ = ["Applied", "apply", "apply_to_tree", "is_ledd"]

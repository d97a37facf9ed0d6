"""An act as text to edit, and an edited text read back into the act's form.

One paragraph a line, a blank line between: what `write_act` prints, `read_act` reads back. Where the words alone do not
tell (a ledd or the rest of a sentence after a list, "1." as a ledd or as an item), the act that was edited does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from lovdata_ingest.address import Address, AddressError, parse_address
from lovdata_ingest.alignment import align
from lovdata_ingest.model import Document, Node
from lovdata_ingest.plain_text import LEFT_OUT, act_lines, heading_of, lines_of, units_of
from lovdata_ingest.proposals.lead import is_chapter_heading
from lovdata_ingest.proposals.lines import cut_label
from lovdata_ingest.xml_reader import item_step

_SECTION = re.compile(r"(?P<label>§\s?(?P<number>\d+(?:\s?[A-Za-zÆØÅæøå](?![\wæøå]))?(?:-\d+(?:\s?[A-Za-zæøå](?![\wæøå]))?)*)\s?\.?)(?:\s+(?P<title>[A-ZÆØÅ(«\"\d–-].*))?$",
                      re.DOTALL)  # fmt: skip
_CHAPTER = re.compile(
    r"(?P<word>kap|del|avd|vedlegg)\w*\.?\s(?P<number>\d+(?:\s?[A-Za-z](?![\wæøå]))?|[IVXLC]+(?![\wæøå]))",
    re.IGNORECASE,
)


class _Kind(Struct, frozen=True):
    """What a line is: ``title``, ``division``, ``section``, ``ledd``, ``paragraph``, ``item``, ``continuation``."""

    kind: str
    depth: int = 0


def write_act(document: Document) -> str:
    """The act as text to edit: every paragraph a line of its own, a blank line between."""
    return "\n\n".join(act_lines(document)) + "\n"


def _kinds(node: Node, depth: int = 0) -> list[tuple[str, _Kind]]:
    """The lines of a block with what they are, in the same order as `plain_text.lines_of`."""
    kind = "ledd" if node.kind == "ledd" else node.kind
    if node.kind in LEFT_OUT:
        return []
    if node.kind in ("list", "item", "continuation", "ledd", "paragraph", "table"):
        label = node.label or (node.name if node.kind == "item" else "")
        text = " ".join(part for part in (label, node.text) if part)
        found = [
            (line, _Kind(kind if number == 0 else "break", depth))
            for number, line in enumerate(text.split("\n"))
            if text
        ]
        deeper = depth + (node.kind == "list")
        for child in node.children:
            found.extend(_kinds(child, deeper))
        return found
    return [(line, _Kind("paragraph", d)) for d, line in lines_of(node)]


def read_act(lines: Sequence[str], base: Document) -> Document:
    """Read the edited text of *base*.

    Args:
        lines: the paragraphs, headings included, each with its label.
        base: the act that was edited; gives the header, the chapters' levels and what a line is where words do not tell.

    Returns:
        A document of the same act with the text of *lines*: ``act_lines`` of it are *lines*, white space evened out.
    """
    lines = [" ".join(line.split()) for line in lines if line.strip()]
    groups: list[tuple[str, str, list[str]]] = []  # (kind, heading, lines below)
    known = {unit.heading: unit for unit in units_of(base) if unit.heading}
    titles = {unit.heading for unit in units_of(base) if unit.kind == "title"}
    divisions = {unit.heading for unit in units_of(base) if unit.kind == "division"}
    sections = {unit.heading for unit in units_of(base) if unit.kind == "section"}
    body = {
        " ".join(line.split()) for unit in units_of(base) for style, _, line in unit.lines if style in ("ledd", "item")
    }
    for number, line in enumerate(lines):
        if line in body and line not in known and groups:
            groups[-1][2].append(line)
        elif number == 0 and not groups and (line in titles or re.match(r"Lov\b", line)):
            groups.append(("title", line, []))
        elif (
            line in divisions
            or (line not in known and is_chapter_heading(line) and not line.endswith((".", ";", ":")))
            or (line not in known and _chapter_of(line, base))
        ):
            groups.append(("division", line, []))
        elif line in sections or (_SECTION.match(line) and len(line) < 250):
            groups.append(("section", line, []))
        elif line in titles:
            groups.append(("title", line, []))
        elif groups:
            groups[-1][2].append(line)
        else:
            groups.append(("block", "", [line]))
    return replace(base, body=_tree(groups, base), source=f"{base.source} (edited)")


def _chapter_of(line: str, base: Document) -> bool:
    """Whether the line is an edited heading of a chapter that the base has: the same word and number at the start."""
    match = _CHAPTER.match(line)
    if match is None or (line.endswith((".", ":", ";")) and len(line) > 120):
        return False
    return any(
        (found := _CHAPTER.match(unit.heading)) is not None and found[0].lower() == match[0].lower()
        for unit in units_of(base) if unit.kind == "division"
    )  # fmt: skip


class _Levels:
    """The divisions of the base with their levels, handed out in their order: a heading may stand in it twice."""

    def __init__(self, base: Document) -> None:
        self.found: dict[str, list[tuple[int, Node]]] = {}
        self.visit(base.body, 0)

    def visit(self, node: Node, level: int) -> None:
        for child in node.children:
            if child.kind == "division":
                heading = heading_of(child)
                match = _CHAPTER.match(heading)
                for key in {heading, match[0].lower() if match else heading}:
                    self.found.setdefault(key, []).append((level, child))
                self.visit(child, level + 1)

    def take(self, heading: str) -> tuple[int, Node] | None:
        """The next division of that heading, else of that number; None when there is none left."""
        match = _CHAPTER.match(heading)
        for key in (heading, match[0].lower() if match else heading):
            if self.found.get(key):
                taken = self.found[key].pop(0)
                for others in self.found.values():
                    others[:] = [other for other in others if other[1] is not taken[1]]
                return taken
        return None


def _tree(groups: Sequence[tuple[str, str, list[str]]], base: Document) -> Node:
    refid = base.refid
    root: list[Node] = []
    stack: list[tuple[int, Node, list[Node]]] = []  # open divisions with their children so far
    levels = _Levels(base)
    old_sections = {node.address: node for node in base.sections()}
    by_heading: dict[str, list[Node]] = {}
    for node in base.sections():
        by_heading.setdefault(heading_of(node), []).append(node)
    seen: set[Address] = set()

    def close(level: int) -> None:
        while stack and stack[-1][0] >= level:
            _, node, children = stack.pop()
            (stack[-1][2] if stack else root).append(replace(node, children=tuple(children)))

    last_level = 0
    for kind, heading, lines in groups:
        here = stack[-1][2] if stack else root
        if kind == "title":
            here.append(_heading(heading, base))
            here.extend(_blocks(lines, [], Address(refid)))
        elif kind == "division":
            taken = levels.take(heading)
            level, old = taken if taken is not None else (last_level, None)
            last_level = level
            close(level)
            node = _division(heading, old, refid)
            stack.append((level, node, [_heading(heading, base, old)]))
            stack[-1][2].extend(_blocks(lines, [c for c in old.children if c.kind not in ("heading", "division", "section")]
                                        if old else [], node.address or Address(refid)))  # fmt: skip
        elif kind == "section":
            same = by_heading[heading].pop(0) if by_heading.get(heading) else None
            section = _section(heading, lines, base, same, old_sections, seen)
            here.append(section)
        else:
            here.extend(_blocks(lines, [c for c in base.body.children if c.kind not in ("heading", "division", "section")],
                                Address(refid)))  # fmt: skip
    close(-1)
    return Node("body", Address(refid), children=tuple(root))


def _heading(text: str, base: Document, old: Node | None = None) -> Node:
    """A heading node; the label as the base has it, where the words are the same."""
    for node in base.body.of("heading"):
        if " ".join(part for part in (node.label, node.text) if part) == text:
            return replace(node, links=(), marks=(), children=())
    match = re.match(
        r"(?:[A-Za-zÆØÅæøå]+\.?\s(?:\d+(?:\s?[A-Za-z](?![\wæøå]))?|[IVXLC]+(?![\wæøå]))[.:]?|[IVXLC\d]+\.\s\w+\.?)(?=\s|$)",
        text,
    )
    if old is not None and match:
        return Node("heading", None, "", match[0], text[match.end() :].strip())
    if match and _CHAPTER.match(text):
        return Node("heading", None, "", match[0], text[match.end() :].strip())
    return Node("heading", None, "", "", text)


def _division(heading: str, old: Node | None, refid: str) -> Node:
    match = _CHAPTER.match(heading)
    if old is not None and heading_of(old) == heading:
        return Node("division", old.address, old.name, attributes=old.attributes)
    if match is None:
        return Node("division", old.address if old else None, old.name if old else "")
    word = {"del": "del", "vedlegg": "vedlegg"}.get(match["word"].lower(), "kap")
    name = f"{word}{match['number'].replace(' ', '')}"
    if old is not None and old.name.lower() == name.lower():
        return Node("division", old.address, old.name, attributes=old.attributes)
    try:
        return Node("division", parse_address(f"{refid}/{name}"), name)
    except AddressError:
        return Node("division", None, name)


def _section(
    heading: str,
    lines: list[str],
    base: Document,
    same: Node | None,
    old: dict[Address | None, Node],
    seen: set[Address],
) -> Node:
    match = _SECTION.match(heading)
    if match is not None:
        address = Address(base.refid, ("§" + match["number"].replace(" ", ""),))
        label, title = match["label"], match["title"] or ""
    else:  # an article of an annex, or a section whose number is printed in another way
        address = same.address if same is not None and same.address is not None else Address(base.refid)
        label, title = (same.heading.label, same.heading.text) if same is not None and same.heading else ("", heading)
    if address in seen and same is not None and same.address is not None:
        address = same.address
    seen.add(address)
    known = same or old.get(address)
    if known is not None and known.address is not None and known.address.path[-1:] and match is not None:
        spelled = known.address.path[-1]
        if spelled.lower() == address.path[-1].lower() and known.address not in seen - {address}:
            address = known.address
    if known is not None and known.heading is not None and not known.heading.label and same is not None:
        label, title = "", known.heading.text
    blocks = _blocks(
        lines, [c for c in known.children if c.kind != "heading" and c.kind not in LEFT_OUT] if known else [], address
    )
    return Node("section", address, "§" + address.path[-1][1:] if address.path else "",
                children=(Node("heading", None, "", label, title), *blocks))  # fmt: skip


def _blocks(lines: Sequence[str], old: Sequence[Node], holder: Address) -> list[Node]:
    """The ledd and other blocks of a section from its lines, with the old ones as a guide."""
    model = [pair for block in old for pair in _kinds(block)]
    kinds: list[_Kind | None] = [None] * len(lines)
    for i, j in align([line for line, _ in model], list(lines), alike=0.6):
        if i is not None and j is not None and (model[i][0] == lines[j] or _same_sort(model[i][0], lines[j])):
            kinds[j] = model[i][1]
    numbered = any(block.kind == "ledd" and block.label and not block.label.startswith("(") for block in old)
    result: list[_Open] = []
    for line, kind in zip(lines, kinds, strict=True):
        _add(result, line, kind or _guess(line, result, numbered))
    counts: dict[str, int] = {}
    return [block.node(holder, counts) for block in result]


def _same_sort(one: str, other: str) -> bool:
    return bool(cut_label(one)[0]) == bool(cut_label(other)[0])


def _guess(line: str, before: list[_Open], numbered: bool) -> _Kind:
    label, rest = cut_label(line)
    last = before[-1] if before else None
    in_list = last is not None and last.has_list
    if label.startswith("(") or (label and numbered and label[0].isdigit()):
        return _Kind("ledd")
    if label and last is not None:
        depth = 1
        if in_list and last is not None:
            for open_depth, open_label in reversed(last.items):
                if _sort(open_label) == _sort(label):
                    return _Kind("item", open_depth)
            depth = last.items[-1][0] + 1
        return _Kind("item", depth)
    if in_list and rest[:1].islower():
        return _Kind("continuation")
    return _Kind("ledd")


def _sort(label: str) -> str:
    core = label.strip("().")
    return "dash" if not core.isalnum() else "number" if core[0].isdigit() else "letter"


class _Open:
    """A block under construction: the first line, then items with their depth, and text after lists."""

    def __init__(self, kind: str, line: str) -> None:
        self.kind = kind
        self.label, self.text = ("", line)
        if kind == "ledd":
            label, rest = cut_label(line)
            if label and label[0] in "(0123456789":
                self.label, self.text = label, rest
        self.below: list[tuple[str, int, str]] = []

    @property
    def items(self) -> list[tuple[int, str]]:
        """(depth, label) of the items since the last text after a list."""
        found: list[tuple[int, str]] = []
        for kind, depth, line in self.below:
            if kind == "item":
                found.append((depth, cut_label(line)[0] or line.split(" ")[0]))
            elif kind == "continuation":
                found = []
        return found

    @property
    def has_list(self) -> bool:
        """Whether the block ends in a list."""
        return bool(self.items)

    def node(self, holder: Address, counts: dict[str, int]) -> Node:
        """The finished node."""
        step = {"ledd": "ledd", "paragraph": "avsnitt", "table": "tabell"}.get(self.kind)
        address = holder
        if step:
            counts[step] = counts.get(step, 0) + 1
            address = holder.child(f"{step}/{counts[step]}")
        children = _nested(self.below, address, 1)
        if self.kind == "list":
            return children[0] if children else Node("list", address)
        return Node(
            "ledd" if self.kind == "ledd" else "paragraph", address, "", self.label, self.text, children=tuple(children)
        )


def _nested(below: Sequence[tuple[str, int, str]], address: Address, depth: int) -> list[Node]:
    nodes: list[Node] = []
    items: list[Node] = []
    dashes = 0

    def close() -> None:
        if items:
            nodes.append(Node("list", address, children=tuple(items)))
            items.clear()

    index = 0
    while index < len(below):
        kind, level, line = below[index]
        index += 1
        if kind != "item":
            close()
            nodes.append(Node("continuation", address, "", "", line))
            continue
        stop = index
        while stop < len(below) and below[stop][1] > level:
            stop += 1
        label, rest = cut_label(line)
        if not label and re.match(r"\S{1,8}[.)]\s", line):
            label, _, rest = line.partition(" ")
        step = item_step(label)
        if step is None:
            dashes += 1
            step = f"strek/{dashes}"
        own = address.child(step)
        items.append(Node("item", own, "", label, rest, children=tuple(_nested(below[index:stop], own, level + 1))))
        index = stop
    close()
    return nodes


def _add(result: list[_Open], line: str, kind: _Kind) -> None:
    if kind.kind == "item" and result:
        result[-1].below.append(("item", max(1, kind.depth), line))
    elif kind.kind == "item":
        result.append(_Open("list", ""))
        result[-1].below.append(("item", max(1, kind.depth), line))
    elif kind.kind == "break" and result:
        last = result[-1]
        if last.below:
            held, depth, text = last.below[-1]
            last.below[-1] = (held, depth, f"{text}\n{line}")
        else:
            last.text += f"\n{line}"
    elif kind.kind == "continuation" and result:
        # inside an item when deeper than the list that it follows
        result[-1].below.append(("continuation", kind.depth, line))
    else:
        result.append(_Open("paragraph" if kind.kind in ("paragraph", "table") else "ledd", line))

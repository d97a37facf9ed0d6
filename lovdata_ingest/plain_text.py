"""The words of the law as plain lines: what is compared, printed side by side, edited and drafted from.

Notes of amendment and footnotes are Lovdata's, not the law's, and are left out. One line is a paragraph as it is
printed: a ledd up to its list, an item with its label, the text after the list.
"""

from __future__ import annotations

from collections.abc import Iterator

from lovdata_ingest.address import Address
from lovdata_ingest.model import Document, Node

LEFT_OUT = frozenset({"note", "footnote", "image", "gazette_note"})


def lines_of(node: Node) -> Iterator[tuple[int, str]]:
    """The lines of *node* and what lies below it, each with its depth of list (0 for the ledd itself)."""
    yield from _lines(node, 0)


def _lines(node: Node, depth: int) -> Iterator[tuple[int, str]]:
    if node.kind in LEFT_OUT:
        return
    if node.kind == "row":
        yield depth, " | ".join(" ".join(line for _, line in _lines(cell, depth)) for cell in node.children)
        return
    label = node.label or (node.name if node.kind == "item" else "")
    text = " ".join(part for part in (label, node.text) if part)
    if text:
        yield from ((depth, line) for line in text.split("\n"))
    deeper = depth + (node.kind == "list")
    for child in node.children:
        yield from _lines(child, deeper)


def text_of(node: Node) -> str:
    r"""The words of a ledd (or any node) with its lists, one line each.

    >>> text_of(Node("ledd", label="(1)", text="Eieren skal", children=(Node("list", children=(
    ...     Node("item", label="a)", text="merke stien"),)),)))
    '(1) Eieren skal\na) merke stien'
    """
    return "\n".join(line for _, line in lines_of(node))


def heading_of(node: Node) -> str:
    """``§ 2 b. Samarbeid og samordning``; empty where the node has no heading."""
    heading = node.heading
    return " ".join(part for part in (heading.label, heading.text) if part).replace("\n", " ") if heading else ""


def blocks_of(section: Node) -> list[Node]:
    """The ledd of a section, and what else stands in it beside the heading: paragraphs, tables, lists without a ledd."""
    return [child for child in section.children if child.kind != "heading" and child.kind not in LEFT_OUT]


def section_text(section: Node) -> str:
    """Heading and ledd of a section, one line each."""
    parts = (heading_of(section), *(text_of(block) for block in blocks_of(section)))
    return "\n".join(part for part in parts if part)


class Unit:
    """A heading, a section or a stray paragraph of an act, in the order of the act."""

    __slots__ = ("address", "blocks", "heading", "kind", "node")

    def __init__(self, kind: str, address: Address | None, heading: str, blocks: list[Node], node: Node) -> None:
        self.kind, self.address, self.heading, self.blocks, self.node = kind, address, heading, blocks, node

    @property
    def lines(self) -> list[tuple[str, int, str]]:
        """(style, depth, text): style is ``title``, ``chapter``, ``section``, ``ledd`` or ``item``."""
        style = {"title": "title", "division": "chapter", "section": "section"}.get(self.kind, "ledd")
        found = [(style, 0, self.heading)] if self.heading else []
        for block in self.blocks:
            found.extend(("item" if depth else "ledd", depth, line) for depth, line in lines_of(block))
        return found


def units_of(document: Document) -> list[Unit]:
    """The act as headings and sections in order; their lines together are all words of the act."""
    units: list[Unit] = []

    def visit(node: Node) -> None:
        for child in node.children:
            if child.kind in LEFT_OUT:
                continue
            if child.kind == "section":
                units.append(Unit("section", child.address, heading_of(child), blocks_of(child), child))
            elif child.kind == "division":
                units.append(Unit("division", child.address, heading_of(child), [], child))
                visit(child)
            elif child.kind == "heading":
                if node.kind == "body":
                    text = " ".join(part for part in (child.label, child.text) if part)
                    units.append(Unit("title", node.address, text.replace("\n", " "), [], child))
                elif child is not node.heading:
                    units.append(Unit("title", node.address, child.text.replace("\n", " "), [], child))
            else:
                units.append(Unit("block", child.address, "", [child], child))

    visit(document.body)
    return units


def act_lines(document: Document) -> list[str]:
    """All words of the act, one paragraph a line."""
    return [line for unit in units_of(document) for _, _, line in unit.lines]

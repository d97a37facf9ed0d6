"""A provision for reading: heading, ledd and sentences numbered, last changes, changes to come."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from duties.frame import Frame
from graph.names import CATEGORIES, CONDITIONS, MODALITIES, actor_name
from lovdata_ingest.address import Address
from lovdata_ingest.model import Document, Node
from lovdata_ingest.notes import parse_note
from lovdata_ingest.sentences import flow_of

_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_INDENT = 4


class ProvisionView:
    """What ``pliktgraf show`` prints for one place in the law.

    The number before a ledd is its number in the section; the small numbers count its sentences, as references do
    (``første ledd andre punktum``). Text of the law is never read as markup.
    """

    def __init__(self, document: Document, address: Address) -> None:
        self.document = document
        self.address = address
        self.node = self._node()

    def _node(self) -> Node:
        if not self.address.path:
            return self.document.body
        asked = Address(self.address.act, tuple(s for s in self.address.path if not s.startswith("setning/")))
        return self.document.find(asked) or self.document.body

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Heading, words, notes."""
        header = self.document.header
        section = self._section()
        title = Text(self.document.short_title, "bold")
        if section is not None and section.heading is not None:
            title.append(f" {section.heading.label} {section.heading.text}".rstrip())
        yield title
        yield Text(str(self.address), "dim")
        if not self.address.path:
            yield Text(header.title)
            yield Text(f"{', '.join(header.ministries)}. I kraft: {', '.join(c.words for c in header.in_force) or '-'}")
            yield from self._contents()
            return
        yield Text()
        repealed = self.node.attribute("data-repealeddate")
        if repealed:
            yield Text(f"Opphevet {repealed}", "italic")
        for child in (self.node,) if self.node.kind != "section" else self.node.children:
            yield from self._block(child, 0)
        yield from self._notes(section or self.node)

    def _section(self) -> Node | None:
        address = self.address.section_address
        return self.document.find(address) if address.path else None

    def _contents(self) -> Iterator[Text]:
        for node in self.document.body.of("division", "section"):
            if node.heading is not None:
                depth = 0 if node.kind == "division" else 2
                yield Text(" " * depth + f"{node.heading.label} {node.heading.text}".strip())

    def _block(self, node: Node, depth: int) -> Iterator[RenderableType]:
        if node.kind in ("heading", "note", "footnote"):
            return
        if node.kind == "ledd" and depth == 0:
            number = node.address.ledd if node.address is not None else None
            yield _hanging(f"{number or '':>2}", self._sentences(node), 0)
        elif node.text:
            label = (node.label or node.name) if node.kind == "item" else ""
            yield _hanging(label, _marked(node, node.text), depth * _INDENT)
        for child in node.children:
            yield from self._block(child, depth + (child.kind in ("item", "continuation", "ledd", "paragraph", "row")))

    def _sentences(self, node: Node) -> Text:
        flow = flow_of(node, language=self.document.language)
        text = Text()
        if node.label:
            text.append(node.label + " ")
        if flow is None:
            return text.append(node.text)
        own = [s for s in flow.sentences if s.start < len(node.text)]
        wanted = self.address.value("sentence")
        for sentence in own:
            if len(flow.sentences) > 1:
                text.append(str(sentence.number).translate(_SUPERSCRIPT), "dim")
            style = "reverse" if wanted == str(sentence.number) else ""
            text.append(node.text[sentence.start : min(sentence.end, len(node.text))] + " ", style)
        return text

    def _notes(self, section: Node) -> Iterator[Text]:
        notes = list(section.of("note"))
        footnotes = list(section.of("footnote"))
        if notes or footnotes:
            yield Text()
        for footnote in footnotes:
            yield Text(f"[{footnote.label}] {footnote.text}", "dim")
        for note in notes:
            yield Text(note.text, "italic")
        coming = [entry for note in notes for entry in parse_note(note) if entry.pending]
        if coming:
            yield Text("Vedtatt, ikke i kraft da teksten ble skrevet", "bold")
        for entry in coming:
            when = (
                ", ".join(one.date.isoformat() if one.date else one.words for one in entry.in_force)
                or "dato ikke kjent"
            )
            yield Text(f"  {entry.act}: {when}" + (f" ({entry.scope})" if entry.scope else ""))


def _hanging(label: str, words: Text, indent: int) -> RenderableType:
    """Words beside their label, which stands free to the left."""
    table = Table.grid(padding=(0, 1))
    table.add_column(no_wrap=True, style="bold")
    table.add_column(ratio=1)
    table.add_row(label, words)
    return Padding(table if label else words, (0, 0, 0, indent))


def norm_lines(frames: Sequence[Frame], section: Address) -> Iterator[RenderableType]:
    """The norms that a provision lays down, one row each, after a heading; nothing where there are none."""
    own = [frame for frame in frames if section.contains(frame.address)]
    if own:
        yield Text()
        yield Text(f"Normer ({len(own)})", "bold")
    table = Table.grid(padding=(0, 2, 0, 0))
    for frame in own:
        who = ", ".join(actor_name(actor).nb for actor in frame.bearer) or "–"
        whom = ", ".join(actor_name(actor).nb for actor in frame.counterpart)
        when = ", ".join(CONDITIONS[condition].nb for condition in frame.condition)
        line = Text(f"{MODALITIES[frame.modality].nb}: {CATEGORIES[frame.category].nb}, {who}")
        line.append((f" → {whom}" if whom else "") + (f" [{when}]" if when else ""))
        table.add_row(Text(f"  {_place_in_section(frame.address)}", "dim"), line)
    if own:
        yield table


def _place_in_section(address: Address) -> str:
    """Where in its section a norm stands: ``2. ledd 1. punktum bokstav a``."""
    values = {step.partition("/")[0]: step.partition("/")[2] for step in address.path}
    words = [
        f"{values['ledd']}. ledd" if "ledd" in values else "",
        f"{values['setning']}. punktum" if "setning" in values else "",
        *(f"bokstav {value}" for kind, value in values.items() if kind == "bokstav"),
        *(f"nr. {value}" for kind, value in values.items() if kind == "nummer"),
    ]
    return " ".join(word for word in words if word)


def _marked(node: Node, words: str) -> Text:
    """The words of a node, its footnote marks as small numbers in brackets."""
    text, start = Text(), 0
    for mark in node.marks:
        text.append(words[start : mark.position])
        text.append(f"[{mark.sign}]", "dim")
        start = mark.position
    text.append(words[start:])
    return text

"""Lays the blocks of an amending part out as a document in the gazette's form, which the parser of amendments takes."""

from __future__ import annotations

import re

from lovdata_ingest.address import Address
from lovdata_ingest.language import score
from lovdata_ingest.model import Document, Header, Kind, Language, Node
from lovdata_ingest.proposals.block import Block, Place
from lovdata_ingest.proposals.lead import is_chapter_heading, is_commencement, is_lead, roman_part, section_heading
from lovdata_ingest.xml_reader import item_step

_SENTENCE_END = (".", ":", ";", "!", "?")
_SHORTENED = ("mv.", "m.m.", "m.v.", "o.l.", "mm.")
_ONE_LEDD = re.compile(r"§\s?[^,]{1,12}\s(?:nytt\s)?(?!.*\b(?:og|til)\b)\w+\sledd\sskal\slyde:$")
_NUMBER_LABEL = re.compile(r"\d{1,2}[a-z]?[.)]")
_HEADING_LEAD = re.compile(r"overskrift|tittel", re.IGNORECASE)


def _is_title(text: str) -> bool:
    """Whether words after a section's number are its heading and not its first ledd."""
    return (
        not text.endswith(_SENTENCE_END) or text.endswith(_SHORTENED) or (text.endswith(".") and len(text.split()) <= 4)
    )


class _Draft:
    """A node under construction."""

    def __init__(self, kind: Kind, address: Address, text: str = "", label: str = "", name: str = "") -> None:
        self.kind, self.address, self.text, self.label, self.name = kind, address, text, label, name
        self.children: list[_Draft] = []
        self.level = 0

    def node(self) -> Node:
        return Node(self.kind, None if self.kind in ("heading", "new_heading") else self.address, self.name, self.label,
                    self.text, children=tuple(child.node() for child in self.children))  # fmt: skip


class _Layout:
    def __init__(self, refid: str) -> None:
        self.root = _Draft("body", Address(refid))
        self.part = self.root
        self.section: _Draft | None = None
        self.last: _Draft | None = None  # the ledd or lead that a list would belong to
        self.items: list[_Draft] = []  # open items, outermost first
        self.order = ""  # the words of the last lead
        self.counts: dict[tuple[int, str], int] = {}
        self.places: dict[str, Place] = {}

    def next(self, holder: _Draft, word: str) -> Address:
        key = (id(holder), word)
        self.counts[key] = self.counts.get(key, 0) + 1
        return holder.address.child(f"{word}/{self.counts[key]}")

    def put(self, holder: _Draft, draft: _Draft, place: Place) -> _Draft:
        holder.children.append(draft)
        self.places.setdefault(str(draft.address), place)
        return draft

    def open_part(self, roman: str, place: Place) -> None:
        part = _Draft("division", self.root.address.child(f"kap{roman}"), name=f"kap{roman}")
        part.children.append(_Draft("heading", part.address, roman))
        self.part = self.put(self.root, part, place)
        self.section = self.last = None
        self.items = []

    def lead(self, block: Block) -> None:
        text = f"{block.label} {block.text}".strip()
        self.section, self.items, self.order = None, [], text
        self.last = self.put(self.part, _Draft("paragraph", self.next(self.part, "avsnitt"), text), block.place)

    def open_section(self, number: str, title: str, block: Block) -> None:
        name = number.rstrip(".").replace(" ", "")
        section = _Draft("new_section", self.part.address.child("ny" + name), name=name)
        heading = title if _is_title(title) else ""
        section.children.append(_Draft("heading", section.address, heading, number))
        self.section = self.put(self.part, section, block.place)
        self.last, self.items = None, []
        if title and not heading:  # "§ 7. Eieren skal merke stien.": the text stands on the line of the number
            self.ledd(Block(title, place=block.place))

    def ledd(self, block: Block, label: str = "") -> None:
        holder = self.section or self.part
        self.items = []
        self.last = self.put(holder, _Draft("ledd", self.next(holder, "ledd"), block.text, label), block.place)

    def item(self, block: Block) -> None:
        step = item_step(block.label)
        level = block.level if not self.items else self.depth(block)
        while self.items and self.items[-1].level >= level:
            self.items.pop()
        holder = self.items[-1] if self.items else self.last
        if holder is None:
            holder = self.section or self.part
        if not holder.children or holder.children[-1].kind != "list":
            holder.children.append(_Draft("list", holder.address))
        address = holder.address.child(step) if step else self.next(holder, "strek")
        item = self.put(holder.children[-1], _Draft("item", address, block.text, block.label, block.label), block.place)
        item.level = level
        self.items.append(item)

    @property
    def takes_numbered_ledd(self) -> bool:
        """Whether "2. …" would be a ledd: it opens a new section, or the ledd before it is numbered so."""
        if self.last is None:
            return self.section is not None and len(self.section.children) == 1
        return self.last.kind == "ledd" and bool(_NUMBER_LABEL.fullmatch(self.last.label))

    def depth(self, block: Block) -> int:
        """Depth of an item by its kind of label: a kind that is open already closes what lies below it."""
        kind = _label_kind(block.label)
        for open_item in reversed(self.items):
            if _label_kind(open_item.label) == kind and (block.level == 0 or open_item.level <= block.level):
                return open_item.level
        last = self.items[-1]
        return max(last.level + 1, block.level) if block.level >= last.level or block.level == 0 else block.level

    def continuation(self, block: Block) -> None:
        assert self.last is not None
        self.items = []
        self.last.children.append(_Draft("continuation", self.last.address, block.text))


def _label_kind(label: str) -> str:
    core = label.strip("().")
    sign = "dash" if not core.isalnum() else "number" if core[0].isdigit() else "letter"
    return f"{sign}{label[-1:] if sign != 'dash' else ''}"


def lay_out(
    blocks: list[Block], *, refid: str, title: str, name: str, source: str
) -> tuple[Document, dict[str, Place]]:
    """Build the document and the places of its paragraphs.

    Leads become paragraphs of their roman part; what follows a lead becomes a new section, ledd, items or a heading,
    as the gazette has it. Rows of tables are taken as ledd, their cells joined by tabs.
    """
    layout = _Layout(refid)
    if title:
        layout.root.children.append(_Draft("heading", layout.root.address, title))
    after_lead = False
    first = next((i for i, b in enumerate(blocks) if is_lead(_whole(b)) or roman_part(b.text)), 0)
    for block in blocks[first:]:
        _place(layout, block, after_lead)
        after_lead = is_lead(block.text) or (after_lead and block.hint == "heading")
    body = layout.root.node()
    language = _language(blocks)
    header = Header(refid=refid, title=title or name)
    return Document(name, header, body, language, source), layout.places


def _whole(block: Block) -> str:
    return f"{block.label} {block.text}" if block.label[:1].isdigit() else block.text


def _place(layout: _Layout, block: Block, after_lead: bool) -> None:
    text = _whole(block)
    roman = roman_part(block.text) if not block.label else None
    heading = section_heading(block.text) if not block.label else None
    if roman:
        layout.open_part(roman, block.place)
    elif is_lead(text) or (is_lead(block.text) and block.label in ("–", "-", "•")):
        layout.lead(block if text != block.text or not block.label else Block(block.text, place=block.place))
    elif heading is not None:
        layout.open_section(heading[0], heading[1], block)
    elif is_chapter_heading(block.text) and not block.label:
        layout.section, layout.items, layout.last = None, [], None
        layout.part.children.append(_Draft("new_heading", layout.part.address, block.text))
    elif is_commencement(block.text) and block.hint != "item" and layout.section is None and layout.last is None:
        layout.ledd(block)
    elif block.hint == "heading":
        if layout.section is not None and len(layout.section.children) == 1 and not layout.section.children[0].text:
            layout.section.children[0].text = block.text
        elif layout.last is not None:
            layout.part.children.append(_Draft("new_heading", layout.part.address, block.text))
    elif (block.hint == "item" and block.label.startswith("(")) or (
        block.hint == "item" and _NUMBER_LABEL.fullmatch(block.label) and layout.takes_numbered_ledd
    ):
        layout.ledd(block, block.label)
    elif block.hint == "item":
        layout.item(block)
    elif (layout.section is not None and len(layout.section.children) == 1 and not layout.section.children[0].text
          and not block.text.endswith(_SENTENCE_END) and len(block.text) < 160):  # fmt: skip
        layout.section.children[0].text = block.text  # the section's heading on the line below its number
    elif after_lead and _HEADING_LEAD.search(layout.order) and _is_title(block.text):
        layout.part.children.append(_Draft("new_heading", layout.part.address, block.text))
    elif (
        layout.items
        and layout.last is not None
        and layout.last.kind == "ledd"
        and not after_lead
        and (block.text[:1].islower() or layout.last.label.startswith("(") or _ONE_LEDD.search(layout.order))
    ):
        layout.continuation(block)
    else:
        layout.ledd(block)


def _language(blocks: list[Block]) -> Language:
    nb = nn = 0
    for block in blocks:
        more_nb, more_nn = score(block.text)
        nb, nn = nb + more_nb, nn + more_nn
    return "nn" if nn > nb else "nb"

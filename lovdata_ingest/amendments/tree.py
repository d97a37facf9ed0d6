"""An act's text while it is being changed: the model thawed, with every part remembering where it stood."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from lovdata_ingest.address import Address, natural_key
from lovdata_ingest.model import Kind, Link, Mark, Node
from lovdata_ingest.sentences import split_sentences
from lovdata_ingest.xml_reader import item_step

HOLE = "\ufffc"  # stands for a list or table inside the running text of a ledd
_NOT_TEXT = frozenset({"note", "footnote", "image", "gazette_note"})
_SPACES = re.compile(r"\s+")


class Part:
    """A node that may be changed. ``origin`` is the address before any change, None for new text."""

    __slots__ = ("attributes", "children", "kind", "label", "links", "marks", "name", "origin", "text")

    def __init__(
        self,
        kind: Kind,
        label: str = "",
        name: str = "",
        text: str = "",
        children: list[Part] | None = None,
        origin: Address | None = None,
        links: tuple[Link, ...] = (),
        marks: tuple[Mark, ...] = (),
        attributes: tuple[tuple[str, str], ...] = (),
    ) -> None:
        self.kind: Kind = kind
        self.label = label
        self.name = name
        self.text = text
        self.children = children if children is not None else []
        self.origin = origin
        self.links = links
        self.marks = marks
        self.attributes = attributes

    def walk(self) -> Iterator[Part]:
        """This part and all below it, in the order of the text."""
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def heading(self) -> Part | None:
        """The heading child, None where there is none."""
        return next((child for child in self.children if child.kind == "heading"), None)

    def put(self, text: str) -> None:
        """Put new words in; links and marks of the old ones go."""
        if text != self.text:
            self.text, self.links, self.marks = text, (), ()


def thaw(node: Node, *, keep: bool = True) -> Part:
    """A part for *node* and all below it. Without *keep* it is new text: it stood nowhere before."""
    return Part(
        node.kind,
        node.label,
        node.name,
        node.text,
        [thaw(child, keep=keep) for child in node.children],
        node.address if keep else None,
        node.links if keep else (),
        node.marks if keep else (),
        node.attributes,
    )


@lru_cache(maxsize=50_000)
def number_key(number: str) -> str:
    """A section's number for comparison: ``2 A-1`` and ``2a-1`` are the same."""
    return re.sub(r"[\s.§]+", "", number).lower()


def label_key(label: str) -> str:
    """An item's letter or number for comparison: ``a)``, ``a.`` and ``(a)`` are the same."""
    return label.strip().strip("().:").lower()


def item_label(item: Part) -> str:
    """The letter or number of an item, empty for a dash."""
    return label_key(item.label or item.name).strip("-–")


# --- the running text of a ledd or an item -----------------------------------------------------------------------------


def flow(holder: Part) -> str:
    """Own words of a ledd or item with `HOLE` for each list or table, and the words after it."""
    parts = [holder.text]
    for child in holder.children:
        if child.kind in ("list", "table"):
            parts.append(HOLE)
        elif child.kind in ("continuation",) or child.kind in ("ledd", "paragraph"):
            parts.append(child.text)
    return " ".join(part for part in parts if part)


def holes(holder: Part) -> list[Part]:
    """The lists and tables inside the running text, in order."""
    return [child for child in holder.children if child.kind in ("list", "table")]


def pour(holder: Part, text: str, lists: list[Part]) -> None:
    """Write the running text back: words, then each list where its `HOLE` stands."""
    pieces = text.split(HOLE)
    rest = [child for child in holder.children if child.kind in _NOT_TEXT or child.kind == "heading"]
    holder.put(pieces[0].strip())
    children: list[Part] = []
    for each, piece in zip(lists, pieces[1:], strict=False):
        children.append(each)
        if piece.strip():
            children.append(Part("continuation", text=piece.strip()))
    holder.children = children + rest


_NUMBER_ONLY = re.compile(r"§+ ?[\d-]+ ?[a-z]?\.?$")  # the end of "… jf. § 8.", cut off at "jf."


def sentences_of(text: str) -> list[str]:
    """The sentences of a running text; a list belongs to the sentence that introduces it."""
    found: list[str] = []
    for start, end in split_sentences(text.replace("\n", " ")):
        piece = text[start:end]
        # text after a list that begins with a capital is a new sentence
        cut = [match.end() for match in re.finditer(HOLE + r" (?=[A-ZÆØÅ§])", piece)]
        for a, b in zip([0, *cut], [*cut, len(piece)], strict=True):
            part = piece[a:b].strip()
            if found and (part.startswith(HOLE) or _NUMBER_ONLY.match(part)):
                found[-1] += " " + part
            elif part:
                found.append(part)
    return found


# --- the act ------------------------------------------------------------------------------------------------------------


def is_ledd(part: Part) -> bool:
    """Whether a child of a section counts as a ledd."""
    return part.kind in ("ledd", "list", "paragraph", "table")


def ledd_of(section: Part) -> list[Part]:
    """The ledd of a section; a list or paragraph that stands alone counts as one."""
    own = [child for child in section.children if child.kind == "ledd"]
    return own or [child for child in section.children if is_ledd(child)]


def section_number_of(part: Part) -> str:
    """The number of a section in comparable form, empty for articles of annexes."""
    if part.name.startswith("§"):
        return number_key(part.name[1:])
    if part.origin is not None and part.origin.section:
        return number_key(part.origin.section)
    heading = part.heading
    match = re.match(r"§\s*([\w -]+?)\.?$", heading.label) if heading else None
    return number_key(match[1]) if match else ""


class Tree:
    """An act as a thawed tree, its sections found by number."""

    def __init__(self, act: str, body: Part) -> None:
        self.act = act
        self.body = body
        self.hidden: set[int] = set()  # sections of chapters that wait for their move: found last

    def sections(self) -> Iterator[tuple[Part, Part]]:
        """Each section with the part that holds it, in order."""

        def visit(parent: Part) -> Iterator[tuple[Part, Part]]:
            for child in list(parent.children):
                if child.kind == "section":
                    yield parent, child
                elif child.kind == "division":
                    yield from visit(child)

        return visit(self.body)

    def find(self, number: str) -> tuple[Part, Part] | None:
        """The section of *number* and its holder; the first where an act has two, those that wait for a move last."""
        key = number_key(number)
        rows = ((parent, part) for parent, part in self.sections() if section_number_of(part) == key)
        if not self.hidden:
            return next(rows, None)
        found = list(rows)
        return next((row for row in found if id(row[1]) not in self.hidden), found[0] if found else None)

    def divisions(self) -> Iterator[tuple[Part, Part]]:
        """Each part and chapter with its holder, in order."""

        def visit(parent: Part) -> Iterator[tuple[Part, Part]]:
            for child in list(parent.children):
                if child.kind == "division":
                    yield parent, child
                    yield from visit(child)

        return visit(self.body)

    def division(self, kind: str, value: str, within: Part | None = None) -> list[tuple[Part, Part]]:
        """The parts (``del``) or chapters (``kap``) or subchapters (``avsnitt``) of that number."""
        key = number_key(value)
        found = []
        scope = self.divisions() if within is None else Tree(self.act, within).divisions()
        for parent, part in scope:
            if division_key(part) == (kind, key):
                found.append((parent, part))
        if not found and kind == "kap":
            found = [
                (p, d)
                for p, d in (self.divisions() if within is None else Tree(self.act, within).divisions())
                if division_key(d)[1] == key and division_key(d)[0] in ("kap", "")
            ]
        return found

    def numbers(self) -> list[str]:
        """The numbers of all sections as they are written, in order."""
        return [section_number_of(part) for _, part in self.sections() if section_number_of(part)]


_DIVISION_NUMBER = re.compile(
    r"(?:(?P<word>kapit\w*|kap\.?|del|avsnitt|avdeling|bolk)\s+(?P<number>[\dIVXLC]+\s?[A-Za-zæøå]?)\b|(?P<before>[IVXLC\d]+)\w*[.:]?\s+(?P<after>kapit\w*|del|avsnitt|avdeling)|(?P<bare>[IVXLC]+)\.?(?=\s|$))",
    re.IGNORECASE,
)
_ORDINAL_PART = {
    w: str(i)
    for i, w in enumerate("første annen tredje fjerde femte sjette syvende åttende niende tiende ellevte".split(), 1)
} | {"andre": "2", "sjuende": "7"}


def division_key(part: Part) -> tuple[str, str]:
    """What a division is and its number in comparable form: ("kap", "5a"), ("del", "2"), ("avsnitt", "iii")."""
    heading = part.heading
    text = ((heading.label + " " + heading.text) if heading else "").strip()
    match = _DIVISION_NUMBER.match(text)
    if match:
        word = (match["word"] or match["after"] or "").lower()
        kind = (
            "kap"
            if word.startswith("kap")
            else "del"
            if word in ("del",)
            else "avsnitt"
            if word or match["bare"]
            else ""
        )
        return kind, number_key(match["number"] or match["before"] or match["bare"])
    ordinal = re.match(r"(\w+)\s+(?:del|avdeling)\b", text, re.IGNORECASE)
    if ordinal and ordinal[1].lower() in _ORDINAL_PART:
        return "del", _ORDINAL_PART[ordinal[1].lower()]
    name = re.match(r"(kap|del)(.+)", part.name)
    return (name[1], number_key(name[2])) if name else ("", "")


def freeze(part: Part, act: Address, where: Address | None, counts: dict[str, int] | None = None) -> Node:
    """The part as a frozen node with the address that its place gives it."""
    kind = part.kind
    address: Address | None = None
    step: str | None = None
    if kind == "section":
        number = section_number_of(part)
        address = Address(act.act, ("§" + _printed_number(part),)) if number else part.origin
    elif kind == "division":
        address = part.origin or (
            Address(act.act, (part.name,)) if part.name and not part.name.startswith("§") else None
        )
    elif kind == "body":
        address = act
    elif where is not None and counts is not None:
        if kind in ("ledd", "paragraph", "table", "footnote"):
            word = {"ledd": "ledd", "paragraph": "avsnitt", "table": "tabell", "footnote": "fotnote"}[kind]
            counts[word] = counts.get(word, 0) + 1
            step = f"{word}/{counts[word]}"
        elif kind == "item":
            step = item_step(part.label or part.name)
            if step is None:
                counts["strek"] = counts.get("strek", 0) + 1
                step = f"strek/{counts['strek']}"
        if step is not None:
            address = where.child(step)
        elif kind in ("list", "continuation", "note", "change", "document_change"):
            address = where
    inner: dict[str, int] = {} if kind not in ("list", "change", "document_change") or counts is None else counts
    here = address if address is not None else None
    children = tuple(freeze(child, act, here if kind != "division" or here else None, inner) for child in part.children)
    return Node(kind, address, part.name, part.label, part.text, part.links, part.marks, children, part.attributes)


def _printed_number(part: Part) -> str:
    if part.name.startswith("§"):
        return re.sub(r"[\s.]+", "", part.name[1:])
    if part.origin is not None and part.origin.section:
        return part.origin.section
    return section_number_of(part)


# --- comparison -----------------------------------------------------------------------------------------------------------

_REPEALED = re.compile(r"^[(\[]?\s*(?:opphevet|oppheva|opphevd)\b.{0,80}$", re.IGNORECASE)


def plain(part: Part | Node, *, heading: bool = True) -> str:
    """The words of a section for comparison: labels without their signs, white space, notes and footnotes left out."""
    out: list[str] = []

    def visit(each: Part | Node, top: bool = False) -> None:
        if each.kind in _NOT_TEXT or (each.kind == "heading" and not heading):
            return
        if each.kind == "item" and _REPEALED.match(each.text) and not each.children:
            return
        if each.kind == "heading":
            out.append(
                each.text
                if not each.text.startswith("§")
                else re.sub(r"^§\s*[\d-]+\s?[A-Z]?(?:-\d+)?\s?(?:[a-z](?=[.\s]))?\.?\s*", "", each.text)
            )
        else:
            label = label_key(each.label or (each.name if each.kind == "item" else "")).strip("-–")
            text = each.text
            if each.kind == "ledd" and re.fullmatch(r"\d{1,2}", label):
                label = ""  # numbers of ledd follow from their place
            if not label and each.kind in ("ledd", "paragraph", "item"):
                match = re.match(r"\(?(\d{1,2}|[a-zæøå])[.)]\s+", text) if not each.label else None
                if match:
                    label, text = match[1], text[match.end() :]
                    if each.kind != "item" and label.isdigit():
                        label = ""
            out.append(label)
            out.append(text)
        for child in each.children:
            visit(child)

    visit(part, True)
    text = _SPACES.sub("", "".join(out))
    return (
        text.replace("\u00ad", "")
        .replace("«", '"')
        .replace("»", '"')
        .replace("“", '"')
        .replace("”", '"')
        .replace("–", "-")
        .replace("—", "-")
        .replace("’", "'")
    )


def section_repealed(section: Part) -> bool:
    """Whether a section only says that it is repealed."""
    words = " ".join(p.text for p in section.walk() if p.kind not in ("heading", "note", "footnote")).strip()
    return not words or (bool(re.match(r"[(\[]?(?:opphevet|oppheva)", words, re.IGNORECASE)) and len(words) < 120)


def order_of(number: str) -> tuple[object, ...]:
    """A key that sorts section numbers in the order of the law."""
    return natural_key(number)

"""Reads one document in Lovdata's XML into the model, losing no character of its body."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from lxml import etree

from lovdata_ingest.address import Address, AddressError, parse_address
from lovdata_ingest.errors import LovdataError
from lovdata_ingest.header import read_header
from lovdata_ingest.language import language_of
from lovdata_ingest.markup import words_of
from lovdata_ingest.model import Document, Kind, Link, Mark, Node

if TYPE_CHECKING:
    from lxml.etree import _Element

# Attributes that a kind of node keeps; a look at each costs time, so only where they occur.
KEPT_ATTRIBUTES: dict[str, tuple[str, ...]] = {
    "section": ("data-repealeddate",),
    "division": (),
    "list": ("type",),
    "item": ("value",),
    "change": ("data-change-part", "data-add-new-part", "data-move-part", "data-repeal-part"),
    "document_change": ("data-document",),
    "gazette_note": ("data-gazette-note-date", "data-gazette-note-type"),
    "cell": ("colspan", "rowspan"),
    "image": ("src", "alt"),
}

# Class (else tag) of an element that starts a block of its own, and the kind of node that it becomes.
BLOCKS: dict[str, Kind | None] = {
    "legalArticle": "section",
    "legalP": "ledd",
    "numberedLegalP": "ledd",
    "defaultP": "paragraph",
    "centeredP": "paragraph",
    "footnoteLegalP": "paragraph",
    "marginIdArticle": "item",
    "miscHeadline": "heading",
    "listArticle": "item",
    "leddfortsettelse": "continuation",
    "changesToParent": "note",
    "footnote": "footnote",
    "futureLegalArticle": "new_section",
    "futuretitle": "new_heading",
    "futureLegalArticleHeader": "heading",
    "legalArticleHeader": "heading",
    "change": "change",
    "document-change": "document_change",
    "gazettenote": "gazette_note",
    "footnotes": None,  # None: no node of its own, its children take its place
    "indent": None,
    "box": None,
    "section": "division",
    "ol": "list",
    "ul": "list",
    "li": "item",
    "table": "table",
    "thead": None,
    "tbody": None,
    "tfoot": None,
    "colgroup": None,
    "tr": "row",
    "td": "cell",
    "th": "cell",
    "caption": "caption",
    "h1": "heading",
    "h2": "heading",
    "h3": "heading",
    "h4": "heading",
    "h5": "heading",
    "h6": "heading",
    "img": "image",
    "p": "paragraph",
    "blockquote": "paragraph",
    "article": "paragraph",
    "div": "paragraph",
    "dl": None,
    "dt": "paragraph",
    "dd": "paragraph",
    "pre": "paragraph",
}

_SIGNS = frozenset(",.;:)")  # Lovdata: "<a>§ 7-2 a</a> , skal": the space is the markup's, not the law's
_LEDD_LABEL = re.compile(r"(?:\([^)\s]{1,6}\)|[^\s.)]{1,6}[.)])(?=\s|$)")  # "(1)", "1.", "3a)"
_DIVISION_LABEL = re.compile(
    r"""(?: (?:kapitt?e?l|kap\.?|del|avsnitt|avdeling|bolk|vedlegg) \s+ [\dIVXLC]+ (?:\s?[A-Za-z])? (?=[.:\s]|$) [.:]?  # Kap. 2 A.
          | [IVXLC\d]+ [.:]? \s+ (?:kapitt?el|del|avsnitt|avdeling)\b [.:]?        # I. kapittel
          | (?:første|andre|annen|tredje|fjerde|femte|sjette|sjuende|syvende|åttende) \s+ (?:del|avdeling)\b [.:]?
          | [IVXLC]+ \. (?=\s|$)                                                   # III.
          | [A-Z\d] \. (?=\s|$) )""",
    re.VERBOSE | re.IGNORECASE,
)
_ITEM_WORD = re.compile(r"[\w.-]*\w")


class NotADocumentError(LovdataError):
    """Well-formed XML that is no document of Lovdata's."""


@lru_cache(maxsize=4096)
def block_key(tag: str, classes: str | None) -> str | None:
    """The key in `BLOCKS` of an element; None for what stands inside a line (a, i, sup, span …)."""
    for name in (classes or "").split():
        if name in BLOCKS:
            return name
    return tag if tag in BLOCKS else None


class _Text:
    """Text under construction: white space evened out as it comes, positions of links and marks kept."""

    __slots__ = ("length", "links", "marks", "open_space", "parts")

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.open_space = True  # at the start, and after a space or a line break: swallow what space follows
        self.links: list[Link] = []
        self.marks: list[Mark] = []

    def add(self, raw: str) -> None:
        words = raw.split()
        if not words:
            if raw and not self.open_space:
                self.parts.append(" ")
                self.length += 1
                self.open_space = True
            return
        text = " ".join(words)
        if not self.open_space and raw[0].isspace():
            text = " " + text
        if raw[-1].isspace():
            text += " "
            self.open_space = True
        else:
            self.open_space = False
        self.parts.append(text)
        self.length += len(text)

    def break_line(self) -> None:
        if self.length:
            if self.open_space and self.parts[-1].endswith(" "):
                self.parts[-1] = self.parts[-1][:-1]
                self.length -= 1
            self.parts.append("\n")
            self.length += 1
            self.open_space = True

    def finish(self) -> tuple[str, tuple[Link, ...], tuple[Mark, ...]]:
        text = "".join(self.parts).rstrip()
        if not self.links and not self.marks:
            return text, (), ()
        end = len(text)
        links = tuple(link if link.end <= end else Link(min(link.start, end), end, link.href) for link in self.links)
        marks = tuple(mark if mark.position <= end else Mark(end, mark.sign) for mark in self.marks)
        return text, links, marks


_Words = tuple[str, tuple[Link, ...], tuple[Mark, ...]]


class _Counts:
    """How many ledd, paragraphs, tables and dashes a place has had so far."""

    __slots__ = ("dash", "footnote", "ledd", "paragraph", "table")

    def __init__(self) -> None:
        self.ledd = self.paragraph = self.table = self.dash = self.footnote = 0


class _Body:
    """Turns elements into nodes. One instance reads one document."""

    def __init__(self, act: str) -> None:
        self.act = act
        self.names: dict[str, int] = {}

    # --- text with blocks inside -------------------------------------------------------------------------------

    def content(self, element: _Element, where: Address | None, counts: _Counts) -> tuple[_Words, list[Node]]:
        """Own words of *element* (up to its first block), and the nodes below it."""
        nodes = list[Node]()
        own = _Text()
        rest = self.inline(element, own, nodes, where, counts)
        if rest is not None and rest is not own:
            self.close(rest, nodes, where)
        return own.finish(), nodes

    def close(self, text: _Text, nodes: list[Node], where: Address | None) -> None:
        """Keep words that followed a block as a continuation."""
        words, links, marks = text.finish()
        if words or marks:
            nodes.append(Node("continuation", where, "", "", words, links, marks))

    def inline(
        self, element: _Element, text: _Text | None, nodes: list[Node], where: Address | None, counts: _Counts
    ) -> _Text | None:
        """Add the words of *element* to *text*; a block ends it, and words after the block start a new one.

        Returns the text that is open at the end, None right after a block.
        """
        own = text
        words = element.text
        if words:
            if text is None:
                text = _Text()
            text.add(words)
        for child in element:
            tag = child.tag
            words = child.tail
            classes, key = None, None
            if tag != "a":
                classes = child.get("class")
                key = block_key(tag, classes)
            if key is not None:
                if text is not None and text is not own:
                    self.close(text, nodes, where)
                self.block(child, key, nodes, where, counts)
                text = None
                if words and not words.isspace():
                    text = _Text()
                    text.add(words)
                continue
            if text is None:
                text = _Text()
            if tag == "a":
                href = child.get("href") or ""
                inside = child.text
                start = text.length + (not text.open_space and (inside or "")[:1].isspace())
                if not len(child):
                    if inside:
                        text.add(inside)
                    text.links.append(Link(start, max(start, text.length - text.open_space), href))
                else:
                    inner = self.inline(child, text, nodes, where, counts)
                    if inner is text:
                        text.links.append(Link(start, max(start, text.length - text.open_space), href))
                    text = inner
                if words and words[0].isspace() and words.lstrip()[:1] in _SIGNS:
                    words = words.lstrip()
            elif tag == "br":
                text.break_line()
            elif classes == "footnotereference":
                text.marks.append(Mark(text.length, words_of(child)))
            else:
                text = self.inline(child, text, nodes, where, counts)
            if words:
                if text is None:
                    text = _Text()
                text.add(words)
        return text

    # --- blocks ------------------------------------------------------------------------------------------------

    def block(self, element: _Element, key: str, nodes: list[Node], where: Address | None, counts: _Counts) -> None:
        """Append what *element* becomes to *nodes*."""
        kind = BLOCKS[key]
        match kind:
            case None:
                nodes.extend(self.container(element, where, counts))
            case "ledd":
                nodes.append(self.ledd(element, key, where, counts))
            case "item":
                nodes.append(self.item(element, where, counts))
            case "list":
                nodes.append(
                    Node(
                        "list",
                        where,
                        children=tuple(self.container(element, where, counts)),
                        attributes=_attributes(element, "list"),
                    )
                )
            case "section" | "division" | "new_section":
                nodes.append(self.named(element, kind, where))
            case "heading":
                nodes.append(self.heading(element, where))
            case "paragraph":
                if key in ("div", "article", "blockquote", "dd") and self.holds_blocks(element):
                    nodes.extend(self.container(element, where, counts))
                else:
                    counts.paragraph += 1
                    address = where.child(f"avsnitt/{counts.paragraph}") if where is not None else None
                    nodes.append(self.plain(element, kind, address))
            case "table":
                counts.table += 1
                address = where.child(f"tabell/{counts.table}") if where is not None else None
                nodes.append(Node("table", address, children=tuple(self.container(element, address, _Counts()))))
            case "footnote":
                nodes.append(self.footnote(element, where, counts))
            case "change" | "document_change":
                inner = self.container(element, where, counts)
                nodes.append(Node(kind, where, children=tuple(inner), attributes=_attributes(element, kind)))
            case "row":
                nodes.append(Node("row", None, children=tuple(self.container(element, where, counts))))
            case "continuation" | "caption" | "gazette_note" | "note" | "image" | "cell" | "new_heading" | "body":
                nodes.append(self.plain(element, kind, where if kind in ("continuation", "note") else None))

    def container(self, element: _Element, where: Address | None, counts: _Counts) -> list[Node]:
        """The nodes below an element that has no words of its own; stray words become continuations."""
        (words, links, marks), nodes = self.content(element, where, counts)
        if words or marks:
            nodes.insert(0, Node("continuation", where, "", "", words, links, marks))
        return nodes

    def holds_blocks(self, element: _Element) -> bool:
        return any(block_key(child.tag, child.get("class")) for child in element)

    def plain(self, element: _Element, kind: Kind, address: Address | None) -> Node:
        if not len(element):  # the common case, without the machinery
            return Node(
                kind,
                address,
                (element.get("data-name") or "") if kind == "footnote" else "",
                "",
                " ".join((element.text or "").split()),
                attributes=_attributes(element, kind),
            )
        (words, links, marks), nodes = self.content(element, address, _Counts())
        return Node(
            kind,
            address,
            (element.get("data-name") or "") if kind == "footnote" else "",
            "",
            words,
            links,
            marks,
            tuple(nodes),
            _attributes(element, kind),
        )

    def ledd(self, element: _Element, key: str, where: Address | None, counts: _Counts) -> Node:
        counts.ledd += 1
        address = where.child(f"ledd/{counts.ledd}") if where is not None else None
        node = self.plain(element, "ledd", address)
        return _cut_label(node, _LEDD_LABEL) if key == "numberedLegalP" else node

    def heading(self, element: _Element, where: Address | None) -> Node:
        if len(element) == 2 and not element.text:  # the common case: "§ 2 b" + ". " + "Samarbeid og samordning"
            number, title = element
            stop = (number.tail or "").strip()
            if (
                number.get("class") == "legalArticleValue"
                and title.get("class") == "legalArticleTitle"
                and not len(number)
                and not len(title)
                and not title.tail
                and stop in (".", "")
            ):
                return Node(
                    "heading",
                    None,
                    "",
                    " ".join((number.text or "").split()) + stop,
                    " ".join((title.text or "").split()),
                )
        (words, links, marks), nodes = self.content(element, where, _Counts())
        node = Node("heading", None, "", "", words, links, marks, tuple(nodes))
        span = element[0] if len(element) and element[0].get("class") == "legalArticleValue" else None
        value = words_of(span) if span is not None else ""
        if value and words.startswith(value):
            end = len(value)
            stopped = words[end:].lstrip()[:1] == "."
            return _with_label(node, words.index(".", end) + 1 if stopped else end)
        return _cut_label(node, _DIVISION_LABEL)

    def named(self, element: _Element, kind: Kind, where: Address | None) -> Node:
        name = element.get("data-name") or ""
        url = element.get("data-lovdata-URL") or ""
        if kind == "new_section":
            address = where.child("ny" + name.replace(" ", "")) if where is not None and name.startswith("§") else where
        elif kind == "section":
            address = self.own(url, name)
        else:
            address = self.division_address(url, name)
        (words, links, marks), nodes = self.content(element, address, _Counts())
        attributes = _attributes(element, kind)
        if kind == "division" and url:
            attributes = (*attributes, ("data-lovdata-URL", url))
        return Node(kind, address, name, "", words, links, marks, tuple(nodes), attributes)

    def own(self, url: str, name: str) -> Address | None:
        for text in (url, f"{self.act}/{name}"):
            try:
                return parse_address(text)
            except AddressError:
                continue
        return None

    def division_address(self, url: str, name: str) -> Address | None:
        """``lov/…/kap5``; where the act has two of that number, or none is printed, Lovdata's KAPITTEL_2-5."""
        seen = self.names.get(name, 0)
        self.names[name] = seen + 1
        if name and not seen:
            return self.own(f"{self.act}/{name}", name)
        return self.own(url, name)

    def item(self, element: _Element, where: Address | None, counts: _Counts) -> Node:
        """``li`` with its ``listArticle``, or a numbered margin: the first paragraph is the item's own text."""
        name = element.get("data-name") or element.get("data-li-identifier") or ""
        printed = _take_label(element)
        step = item_step(printed or name)
        if step is None:
            counts.dash += 1
            step = f"strek/{counts.dash}"
        address = where.child(step) if where is not None else None
        if (
            len(element) == 1
            and len(holder := element[0]) == 1
            and len(paragraph := holder[0]) == 0
            and paragraph.get("class") == "legalP"
            and not (element.text or holder.text or holder.tail or paragraph.tail)
        ):  # the common case
            return Node(
                "item",
                address,
                name,
                printed,
                " ".join((paragraph.text or "").split()),
                attributes=_attributes(element, "item"),
            )
        (words, links, marks), nodes = self.content(element, address, _Counts())
        # li > article.listArticle > article.legalP: three elements, one place
        while (
            not words
            and not marks
            and nodes
            and (
                (nodes[0].kind == "item" and not nodes[0].name and not nodes[0].label)
                or (nodes[0].kind == "ledd" and not nodes[0].label)
            )
        ):
            first = nodes[0]
            words, links, marks = first.text, first.links, first.marks
            lead = first.children
            nodes = [*(_moved(lead, first.address, address)), *nodes[1:]]
        return Node("item", address, name, printed, words, links, marks, tuple(nodes), _attributes(element, "item"))

    def footnote(self, element: _Element, where: Address | None, counts: _Counts) -> Node:
        counts.footnote += 1
        address = where.child(f"fotnote/{counts.footnote}") if where is not None else None
        node = self.plain(element, "footnote", address)
        name = node.name
        if name and node.text.startswith(name):
            return _with_label(node, len(name))
        return node


def _take_label(element: _Element) -> str:
    """The printed label of an item; its words are taken out of the tree, so that they are counted once."""
    for holder in (element, *list(element)[:1]):  # li > article.listArticle > span, or article.marginIdArticle > span
        span = holder[0] if len(holder) else None
        if span is not None and span.get("class") in ("data-originalId", "data-marginOriginalId"):
            label = words_of(span)
            for inner in list(span):
                span.remove(inner)
            span.text = None
            return label
    return ""


def _moved(nodes: Iterable[Node], old: Address | None, new: Address | None) -> tuple[Node, ...]:
    """The nodes with *old* replaced by *new* at the start of their addresses."""
    if old is None or new is None or old == new:
        return tuple(nodes)
    cut = len(old.path)
    return tuple(
        Node(
            node.kind,
            Address(new.act, new.path + node.address.path[cut:])
            if node.address is not None and old.contains(node.address)
            else node.address,
            node.name,
            node.label,
            node.text,
            node.links,
            node.marks,
            _moved(node.children, old, new),
            node.attributes,
        )
        for node in nodes
    )


def _attributes(element: _Element, kind: Kind) -> tuple[tuple[str, str], ...]:
    names = KEPT_ATTRIBUTES.get(kind)
    if not names:
        return ()
    return tuple([(name, value) for name in names if (value := element.get(name)) is not None])


def _cut_label(node: Node, pattern: re.Pattern[str]) -> Node:
    """The node with what *pattern* finds at the start of its text as its label."""
    match = pattern.match(node.text)
    return _with_label(node, match.end()) if match is not None and match[0] else node


def _with_label(node: Node, end: int) -> Node:
    """The node with the first *end* characters of its text as its label, positions moved along."""
    rest = node.text[end:]
    text = rest.lstrip()
    cut = end + len(rest) - len(text)
    return Node(
        node.kind, node.address, node.name, node.text[:end].strip(), text,
        tuple(Link(max(0, link.start - cut), max(0, link.end - cut), link.href) for link in node.links),
        tuple(Mark(max(0, mark.position - cut), mark.sign) for mark in node.marks),
        node.children, node.attributes,
    )  # fmt: skip


def item_step(label: str) -> str | None:
    """The address step of an item from its label: ``a.`` → ``bokstav/a``, ``2)`` → ``nummer/2``, a dash → None."""
    match = _ITEM_WORD.search(label)
    if match is None:
        return None
    word = match[0].strip(".-")
    return (f"nummer/{word}" if word[:1].isdigit() and word[:1] != "0" else f"bokstav/{word}") if word else None


def body_content(main: _Element, act: str) -> tuple[_Words, list[Node]]:
    """The words that stand directly in a body (rarely any), and its nodes."""
    return _Body(act).content(main, Address(act), _Counts())


def parse_xml(data: bytes, *, name: str) -> _Element:
    """Parse *data* without entities, without the network, within lxml's limits.

    Raises:
        NotADocumentError: if *data* is no well-formed XML, or declares entities.
    """
    if not data.strip():
        raise NotADocumentError(f"{name}: the file is empty; expected a document in Lovdata's XML")
    if b"<!ENTITY" in data[:65536]:
        raise NotADocumentError(
            f"{name}: declares XML entities, which no document of Lovdata does; the file was not read"
        )
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise NotADocumentError(
            f"{name}: not well-formed XML: {error.msg}. Was the file cut short, or saved in another "
            "encoding than it says? Fetch it again."
        ) from error
    doctype = root.getroottree().docinfo.doctype  # type: ignore[union-attr]
    if "SYSTEM" in doctype or "PUBLIC" in doctype:
        raise NotADocumentError(
            f"{name}: refers to a document type elsewhere ({doctype}), which no document of "
            "Lovdata does and whose words would be missing; the file was not read"
        )
    return root


def read_xml(data: bytes, *, name: str, source: str = "") -> Document:
    """Read one document in Lovdata's XML.

    Args:
        data: the file's bytes.
        name: the file's stem (``nl-20050617-064``), for `Document.name` and messages.
        source: where the file was found, for messages.

    Raises:
        NotADocumentError: if the file is not XML, or holds no ``main.documentBody`` or no ``refid``.
    """
    root = parse_xml(data, name=name)
    main = next(root.iter("main"), None)
    if main is None or main.get("class") != "documentBody":
        raise NotADocumentError(
            f"{name}: found <{root.tag}> without main.documentBody; expected an act or regulation in Lovdata's XML"
        )
    header = read_header(root, name=name)
    address = Address(header.refid)
    (words, links, marks), nodes = body_content(main, header.refid)
    body = Node("body", address, "", "", words, links, marks, tuple(nodes))
    return Document(name, header, body, language_of(body, header), source)

"""Reads a saved page of lovdata.no (``.html``, class names ``morTag_*``) into the same model as the XML.

The page is first put into the shape of Lovdata's XML, element by element, and then read by the same code: one way of
counting ledd, one way of evening out white space. Buttons ("Del paragraf") are furniture of the page and left out.
"""

from __future__ import annotations

import re
from copy import deepcopy
from typing import TYPE_CHECKING

from lxml import etree

from lovdata_ingest.address import Address
from lovdata_ingest.header import commencements, parse_date, short_titles
from lovdata_ingest.language import language_of
from lovdata_ingest.markup import words_of
from lovdata_ingest.model import Document, Header, Node
from lovdata_ingest.xml_reader import NotADocumentError, body_content

if TYPE_CHECKING:
    from lxml.etree import _Element

_REFID = re.compile(r"(?P<kind>LOV|FOR)-(?P<number>\d{4}-\d{2}-\d{2}(?:-\d+)?)")
_DAY = re.compile(r"(\d{2})\.(\d{2})\.(\d{4})")
_SECTION_VALUE = re.compile(r"§+\s*(?P<number>\d+(?:\s?[A-Za-z]\b)?(?:-\d+(?:\s?[a-z]\b)?)?)")
_ARTICLE_VALUE = re.compile(r"(?:Art\w*\.?)\s*(?P<number>\d+|[IVXLC]+)")

_META = {
    "departement": "ministry", "ikraft": "dateInForce", "kunngjort": "dateOfPublication", "korttittel": "titleShort",
    "endrer": "changesToDocuments", "gjelder": "appliesTo", "dato": "legacyID", "publisert": "publishedIn",
    "rettet": "lastupdated", "sistendret": "lastChangedBy",
}  # fmt: skip


def is_saved_page(data: bytes) -> bool:
    """Whether *data* is a page saved from lovdata.no rather than Lovdata's XML, which also calls itself HTML."""
    return b'id="documentBody"' in data


def _parse(data: bytes, name: str) -> _Element:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NotADocumentError(
            f"{name}: the saved page is not UTF-8 (byte {error.start}); save it again as "
            "«Nettside, kun HTML» / «Web page, HTML only»"
        ) from error
    root: _Element | None = etree.fromstring(
        data, etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True)
    )
    if root is None:
        raise NotADocumentError(f"{name}: the page is empty")
    return root


def _classes(element: _Element) -> frozenset[str]:
    return frozenset((element.get("class") or "").split())


def _is_furniture(element: _Element) -> bool:
    return bool(_classes(element) & {"share-paragraf", "share-paragraf-title"}) or element.tag in ("script", "style")


def saved_body(data: bytes, *, name: str) -> _Element:
    """The element that holds the document's own words, the page's buttons taken out.

    Raises:
        NotADocumentError: if the page has no ``#documentBody``.
    """
    root = _parse(data, name)
    body = next((e for e in root.iter("div", "main") if e.get("id") == "documentBody"), None)
    if body is None:
        raise NotADocumentError(f"{name}: a web page without #documentBody; expected a page saved from lovdata.no")
    for element in [e for e in body.iter() if isinstance(e.tag, str) and _is_furniture(e)]:
        parent = element.getparent()
        if parent is not None:
            before = element.getprevious()
            if element.tail and before is not None:
                before.tail = (before.tail or "") + element.tail
            elif element.tail:
                parent.text = (parent.text or "") + element.tail
            parent.remove(element)
    return body


def _element(tag: str, classes: str = "", **attributes: str) -> _Element:
    element = etree.Element(tag)
    if classes:
        element.set("class", classes)
    for key, value in attributes.items():
        element.set(key.replace("_", "-"), value)
    return element


def _take(source: _Element, target: _Element) -> _Element:
    """Copy the words and inner markup of *source* to the end of *target*, links and marks in the XML's form."""
    _add_text(target, source.text)
    for child in source:
        copy = deepcopy(child)
        for inner in copy.iter():
            if inner.tag == "a" and inner.get("data-id"):
                inner.set("href", inner.get("data-id") or "")
            elif inner.tag == "sup" and "fotnoteref" in _classes(inner):
                inner.set("class", "footnotereference")
            elif "class" in inner.attrib and inner.tag != "span":
                del inner.attrib["class"]
        target.append(copy)
    return target


def _add_text(target: _Element, words: str | None) -> None:
    if words and not words.isspace():
        if len(target):
            target[-1].tail = (target[-1].tail or "") + words
        else:
            target.text = (target.text or "") + words


class _Rebuilt:
    """The children of one place in the XML's shape, as they grow."""

    def __init__(self, parent: _Element) -> None:
        self.parent = parent
        self.open: _Element | None = None  # the ledd or paragraph that lists belong to
        self.lists: list[tuple[int, _Element]] = []  # (level, ul) from the outermost

    def add(self, element: _Element, *, takes_lists: bool = False) -> None:
        self.parent.append(element)
        self.open = element if takes_lists else None
        self.lists = []

    def item(self, table: _Element) -> None:
        """One table is one list item; its level tells how deep."""
        cells = list(table.iter("td"))
        level = int(table.get("data-level") or "1")
        label = words_of(cells[0]) if len(cells) > 1 else ""
        while self.lists and self.lists[-1][0] > level:
            self.lists.pop()
        if not self.lists or self.lists[-1][0] < level:
            host = self.lists[-1][1][-1][0][-1] if self.lists else self.open
            lst = _element("ul", "defaultList")
            (host if host is not None else self.parent).append(lst)
            self.lists.append((level, lst))
        li = _element("li", data_name=label)
        article = _element("article", "listArticle")
        if label:
            span = _element("span", "data-originalId")
            span.text = label
            article.append(span)
        ledd = _element("article", "legalP")
        for cell in cells[1:] if len(cells) > 1 else cells:
            _take(cell, ledd)
        article.append(ledd)
        li.append(article)
        self.lists[-1][1].append(li)

    def goes_on(self, paragraph: _Element) -> None:
        """Indented text after an item belongs to the item, else to the open ledd."""
        level = int(paragraph.get("data-level") or "0")
        while self.lists and self.lists[-1][0] > level:
            self.lists.pop()
        host = self.lists[-1][1][-1][0][-1] if self.lists else self.open
        element = _take(paragraph, _element("p", "leddfortsettelse"))
        (host if host is not None else self.parent).append(element)


def _rebuild(source: _Element, rebuilt: _Rebuilt, act: str) -> None:
    """Put the children of *source* into the XML's shape below *rebuilt*."""
    _add_text(rebuilt.parent, source.text)
    for child in source:
        tag, classes = child.tag, _classes(child)
        if tag == "div" and "paragraf" in classes:
            _rebuild_section(child, rebuilt, act)
        elif tag == "div" and "kapittel" in classes:
            _rebuild_division(child, rebuilt, act)
        elif tag == "table" and "listeItem" in classes:
            rebuilt.item(child)
        elif tag == "table" and "fotnote" in classes:
            _rebuild_footnote(child, rebuilt)
        elif tag == "table" and "numeral" in classes:
            ledd = _element("article", "numberedLegalP")
            for cell in child.iter("td"):
                _take(cell, ledd)
                _pad(ledd)
            rebuilt.add(ledd, takes_lists=True)
        elif tag == "table":
            rebuilt.add(deepcopy(child))
        elif tag == "p" and classes & {"morTag_na", "morTag_nna", "morTag_nm"}:
            rebuilt.goes_on(child)
        elif tag == "p" and "morTag_a" in classes:
            rebuilt.add(_take(child, _element("article", "legalP")), takes_lists=True)
        elif tag in ("p", "blockquote"):
            rebuilt.add(_take(child, _element("article", "defaultP")), takes_lists=True)
        elif tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            rebuilt.add(_take(child, _element(tag)))
        elif tag == "div":
            _rebuild(child, rebuilt, act)
        elif words_of(child):  # a span or link with words; anchors have none
            rebuilt.add(_take(child, _element("article", "defaultP")), takes_lists=True)
        _add_text(rebuilt.parent, child.tail)


def _pad(element: _Element) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + " "
    else:
        element.text = (element.text or "") + " "


def _rebuild_section(source: _Element, rebuilt: _Rebuilt, act: str) -> None:
    """A section, or one that an amending act writes (``display-only``), which the next lead ends."""
    written = "display-only" in _classes(source)
    header = _element("span", "futureLegalArticleHeader") if written else _element("h3", "legalArticleHeader")
    target = _element("article", "futureLegalArticle" if written else "legalArticle")
    target.append(header)
    inner = _Rebuilt(target)
    value = ""
    leads: _Element | None = None
    for child in source:
        classes = _classes(child)
        if "paragrafValue" in classes or "paragrafTittel" in classes:
            kind = "legalArticleValue" if "paragrafValue" in classes else "legalArticleTitle"
            span = _take(child, _element("span", kind))
            if kind == "legalArticleValue":
                value = words_of(child)
                span.tail = " "
            header.append(span)
            _add_text(header, child.tail)
            continue
        if written and leads is None and child.tag == "p" and classes & {"morTag_am", "morTag_m"}:
            leads = _element("div")  # the page nests what follows; in the law it stands beside
        holder = _element("div")
        holder.append(deepcopy(child))
        if leads is not None:
            leads.append(holder)
        else:
            _rebuild(holder, inner, act)
    _add_text(header, source.text)
    match = _SECTION_VALUE.search(value)
    article = _ARTICLE_VALUE.search(value)
    if match:
        name = "§" + match["number"].replace(" ", "")
    elif article:
        name = "a" + article["number"]
    else:
        name = ""
    target.set("data-name", name)
    if name and not written:
        target.set("data-lovdata-URL", f"LTI/{act}/{name}")
    rebuilt.add(target)
    if leads is not None:
        _rebuild(leads, rebuilt, act)


def _rebuild_division(source: _Element, rebuilt: _Rebuilt, act: str) -> None:
    """A part or chapter; one that an amending act writes is a heading and what follows it."""
    if "display-only" in _classes(source):
        for child in source:
            holder = _element("div")
            if child.tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
                rebuilt.add(_take(child, _element("span", "futuretitle")))
            else:
                holder.append(deepcopy(child))
                _rebuild(holder, rebuilt, act)
        return
    section = _element("section", "section", data_name=source.get("data-refid") or "")
    number = (source.get("data-id") or "").strip()
    if number.startswith("KAPITTEL_"):
        section.set("data-lovdata-URL", f"LTI/{act}/{number}")
    _rebuild(source, _Rebuilt(section), act)
    rebuilt.add(section)


def _rebuild_footnote(table: _Element, rebuilt: _Rebuilt) -> None:
    cells = list(table.iter("td"))
    label = words_of(cells[0]) if len(cells) > 1 else ""
    footnote = _element("article", "footnote", data_name=label)
    span = _element("span", "footnoteLabel")
    span.text = label
    span.tail = " "
    footnote.append(span)
    for cell in cells[1:] if len(cells) > 1 else cells:
        _take(cell, footnote)
    footer = _element("footer", "footnotes")
    footer.append(footnote)
    (rebuilt.open if rebuilt.open is not None else rebuilt.parent).append(footer)


def _iso(text: str) -> str:
    """Norwegian days in *text* as ISO dates: ``01.01.1984`` → ``1984-01-01``."""
    return _DAY.sub(r"\3-\2-\1", text)


def _read_meta(root: _Element, *, name: str) -> Header:
    raw: list[tuple[str, str, str]] = []
    cells: dict[str, _Element] = {}
    for row in root.iter("tr"):
        label, value = row.find("th"), row.find("td")
        if label is not None and value is not None and (value.get("id") or "").startswith("metaField_"):
            key = (value.get("id") or "").removeprefix("metaField_")
            key = _META.get(key, key)
            cells.setdefault(key, value)
            raw.append((key, words_of(label), words_of(value)))
    texts = {key: text for key, _, text in reversed(raw)}
    refid = _REFID.search(texts.get("legacyID", ""))
    if refid is None:
        raise NotADocumentError(f"{name}: the page tells no date and number (expected e.g. LOV-1982-11-19-66)")
    kind = "lov" if refid["kind"] == "LOV" else "forskrift"
    heading = next((h for h in root.iter("h1") if "sr-only" not in _classes(h)), None)
    titles, abbreviations = short_titles(texts.get("titleShort", ""))
    changes = cells.get("changesToDocuments")
    return Header(
        refid=f"{kind}/{refid['number']}",
        document_id=f"LTI/{kind}/{refid['number']}",
        legacy_id=refid[0],
        title=words_of(heading) if heading is not None else "",
        short_titles=titles,
        abbreviations=abbreviations,
        ministries=tuple(part.strip() for part in texts.get("ministry", "").split(",") if part.strip()),
        in_force=commencements(_iso(texts.get("dateInForce", ""))),
        changes=tuple(a.get("data-id") or "" for a in changes.iter("a") if a.get("data-id"))
        if changes is not None
        else (),
        published=parse_date(_iso(texts.get("dateOfPublication", ""))),
        corrected=texts.get("lastupdated", ""),
        fields=tuple(raw),
    )


def read_html(data: bytes, *, name: str, source: str = "") -> Document:
    """Read a page of lovdata.no, as saved from the browser.

    Args:
        data: the page's bytes, UTF-8.
        name: the file's stem, for `Document.name` and messages.
        source: where the file was found, for messages.

    Raises:
        NotADocumentError: if the page has no ``#documentBody``, no date and number, or is not UTF-8.
    """
    header = _read_meta(_parse(data, name), name=name)
    main = _element("main", "documentBody")
    _rebuild(saved_body(data, name=name), _Rebuilt(main), header.refid)
    address = Address(header.refid)
    (words, links, marks), nodes = body_content(main, header.refid)
    body = Node("body", address, "", "", words, links, marks, tuple(nodes))
    return Document(name, header, body, language_of(body, header), source)

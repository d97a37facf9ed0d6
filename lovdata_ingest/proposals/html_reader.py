"""Reads a proposal from a saved web page: lovdata.no, regjeringen.no, stortinget.no and others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lovdata_ingest.proposals.block import Block, Place
from lovdata_ingest.proposals.lines import cut_label

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_NOT_TEXT = "script|style|noscript|template|nav|header|footer|aside|form|button|svg|iframe|head|select"
_BLOCKS = frozenset("p div section article li ul ol h1 h2 h3 h4 h5 h6 table tr td th dl dt dd blockquote pre figure main "
                    "body html center hr fieldset details summary".split())  # fmt: skip
_HIDDEN = re.compile(r"\b(?:sr-only|visually-hidden|breadcrumb|metafield|tableOfContents|toc|share|meny|menu)\b")
_BODY = (".//*[@id='documentBody']", ".//main", ".//article", ".//*[@role='main']", ".//body")


def read_html(data: bytes) -> tuple[str, list[Block]]:
    """The page's title and its blocks; menus, headers and what is hidden left out. ``place.line`` is the source line."""
    import lxml.html

    encoding = None
    try:
        data.decode("utf-8")
        encoding = "utf-8"
    except UnicodeDecodeError:
        encoding = None  # what the page says
    root = lxml.html.document_fromstring(data, parser=lxml.html.HTMLParser(encoding=encoding, remove_comments=True))
    title = " ".join((root.findtext(".//title") or "").split())
    heading = next((" ".join("".join(map(str, h.itertext())).split()) for h in root.iter("h1")
                    if not _HIDDEN.search(h.get("class") or "")), "")  # fmt: skip
    body: HtmlElement = next((found for path in _BODY if (found := root.find(path)) is not None), root)
    blocks: list[Block] = []
    _walk(body, blocks, 0)
    return heading or re.split(r"\s[|–-]\s(?:Lovdata|regjeringen|Stortinget)", title)[0], blocks


def _walk(element: HtmlElement, blocks: list[Block], depth: int) -> None:
    words: list[str] = []

    def finish(line: int) -> None:
        text = " ".join("".join(words).replace("\u00a0", " ").replace("\u00ad", "").split())
        words.clear()
        if not text:
            return
        tag = element.tag
        place = Place(line=line)
        if tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            blocks.append(Block(text, "heading", level=int(tag[1]), place=place))
            return
        label, rest = cut_label(text)
        in_list = tag == "li" or next(element.iterancestors("li"), None) is not None
        if in_list and not label and tag == "li":
            label = _list_label(element)
            if re.fullmatch(r"[–•▪◦-]", label) or not label:
                label = label or "–"
        if in_list and label in ("•", "▪") and (inner := cut_label(rest))[0]:
            label, rest = inner
        blocks.append(Block(rest, "item" if label else "text", label, max(0, depth - 1) if label else 0, place))

    if element.text:
        words.append(element.text)
    for child in element:
        tag = child.tag if isinstance(child.tag, str) else ""
        line = element.sourceline or 0
        if not tag or re.fullmatch(_NOT_TEXT, tag) or _HIDDEN.search(child.get("class") or ""):
            pass
        elif tag == "br":
            finish(line) if "".join(words).strip().endswith((".", ":", ";")) else words.append(" ")
        elif tag == "tr":
            finish(line)
            cells = [" ".join(cell.text_content().split()) for cell in child if cell.tag in ("td", "th")]
            if any(cells):
                blocks.append(Block("\t".join(cells), "row", place=Place(line=child.sourceline or 0)))
        elif tag in _BLOCKS:
            finish(line)
            _walk(child, blocks, depth + (tag in ("ul", "ol")))
        else:
            words.append(_inline(child))
        if child.tail:
            words.append(child.tail)
    finish(element.sourceline or 0)


def _inline(element: HtmlElement) -> str:
    """Words of an inline element; footnote marks and screen-reader text left out."""
    if element.tag == "sup" and re.search("note|ref", element.get("class") or ""):
        return ""
    if _HIDDEN.search(element.get("class") or ""):
        return ""
    return (element.text or "") + "".join(
        (_inline(child) if isinstance(child.tag, str) else "") + (child.tail or "") for child in element
    )


def _list_label(element: HtmlElement) -> str:
    """The label that a browser prints before an item of a numbered list."""
    parent = element.getparent()
    own = str(element.get("data-name") or element.get("data-li-identifier") or "")
    if own:
        return own
    if parent is None or parent.tag != "ol":
        return ""
    items = [item for item in parent if item.tag == "li"]
    start = int(parent.get("start") or 1) if (parent.get("start") or "1").isdigit() else 1
    number = start + items.index(element)
    kind = parent.get("type") or ("a" if "lower-alpha" in (parent.get("style") or "") else "1")
    return f"{chr(ord('a') + number - 1)})" if kind == "a" and number <= 26 else f"{number}."

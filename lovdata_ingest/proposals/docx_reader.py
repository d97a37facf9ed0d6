"""Reads a proposal from a Word file: paragraphs, printed list labels, tables, and tracked changes in a stated reading."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from lovdata_ingest.errors import LovdataError
from lovdata_ingest.proposals.block import Block, Message, Place
from lovdata_ingest.proposals.lines import OPENER, cut_label

if TYPE_CHECKING:
    from lxml.etree import _Element

Reading = Literal["accepted", "original"]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_INSERTED = {f"{_W}ins", f"{_W}moveTo"}
_DELETED = {f"{_W}del", f"{_W}moveFrom"}


def _value(element: _Element | None) -> str:
    return (element.get(f"{_W}val") or "") if element is not None else ""


def _words(element: _Element, reading: Reading) -> str:
    """The words of a paragraph in one reading of its tracked changes."""
    parts: list[str] = []
    left_out = _DELETED if reading == "accepted" else _INSERTED

    def walk(node: _Element) -> None:
        for child in node:
            tag = child.tag
            if tag in left_out or tag in (f"{_W}pPr", f"{_W}rPr", f"{_W}footnoteReference", f"{_W}instrText"):
                continue
            if tag in (f"{_W}t", f"{_W}delText"):
                parts.append(child.text or "")
            elif tag == f"{_W}tab":
                parts.append(" ")
            elif tag in (f"{_W}br", f"{_W}cr"):
                parts.append("\n")
            elif tag == f"{_W}noBreakHyphen":
                parts.append("-")
            elif tag == f"{_W}txbxContent":
                continue
            else:
                walk(child)

    walk(element)
    return "".join(parts)


def _mark_gone(paragraph: _Element, reading: Reading) -> bool:
    """Whether the paragraph's end mark is deleted (or, in the original reading, was inserted): it runs into the next."""
    mark = paragraph.find(f"{_W}pPr/{_W}rPr")
    names = ("del", "moveFrom") if reading == "accepted" else ("ins", "moveTo")
    return mark is not None and any(mark.find(f"{_W}{name}") is not None for name in names)


def _parts(text: str) -> Iterator[str]:
    """A paragraph cut where a line break stands for a new one: after a full stop or colon, or before what opens."""
    current = ""
    for line in (" ".join(part.split()) for part in text.split("\n")):
        if current and line and (current.endswith((".", ":", ";")) or OPENER.match(line)):
            yield current
            current = line
        else:
            current = f"{current} {line}".strip()
    if current:
        yield current


def _letters(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _roman(number: int) -> str:
    pairs = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
    text = ""
    for value, sign in pairs:
        while number >= value:
            text, number = text + sign, number - value
    return text


def _printed(format: str, number: int) -> str:
    """A number as Word prints it in a list of this format."""
    match format:
        case "lowerLetter":
            return _letters(number)
        case "upperLetter":
            return _letters(number).upper()
        case "lowerRoman":
            return _roman(number)
        case "upperRoman":
            return _roman(number).upper()
        case _:
            return str(number)


class _Numbers:
    """Computes the labels that Word prints before the paragraphs of its automatic lists."""

    def __init__(self, document: Any) -> None:
        self.levels: dict[tuple[str, int], tuple[str, str, int]] = {}
        self.abstract: dict[str, str] = {}
        self.counts: dict[tuple[str, int], int] = {}
        self.styles: dict[str, tuple[str, int]] = {}
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            root = None
        if root is not None:
            for number in root.iter(f"{_W}num"):
                self.abstract[number.get(f"{_W}numId") or ""] = _value(number.find(f"{_W}abstractNumId"))
            for abstract in root.iter(f"{_W}abstractNum"):
                name = abstract.get(f"{_W}abstractNumId") or ""
                for level in abstract.iter(f"{_W}lvl"):
                    start = _value(level.find(f"{_W}start"))
                    self.levels[name, int(level.get(f"{_W}ilvl") or 0)] = (
                        _value(level.find(f"{_W}numFmt")), _value(level.find(f"{_W}lvlText")), int(start or 1))  # fmt: skip
        for style in document.styles.element.iter(f"{_W}style"):
            number = style.find(f"{_W}pPr/{_W}numPr")
            if number is not None:
                level = _value(number.find(f"{_W}ilvl"))
                self.styles[style.get(f"{_W}styleId") or ""] = (_value(number.find(f"{_W}numId")), int(level or 0))

    def label(self, paragraph: _Element) -> tuple[str, int]:
        """The printed label and the depth; an empty label for what is in no list."""
        own = paragraph.find(f"{_W}pPr/{_W}numPr")
        if own is not None:
            number, depth = _value(own.find(f"{_W}numId")), int(_value(own.find(f"{_W}ilvl")) or 0)
        else:
            number, depth = self.styles.get(_value(paragraph.find(f"{_W}pPr/{_W}pStyle")), ("", 0))
        if not number or number == "0":
            return "", 0
        name = self.abstract.get(number, "")
        kind, pattern, start = self.levels.get((name, depth), ("bullet", "", 1))
        if kind in ("bullet", "none"):
            return ("–" if kind == "bullet" else ""), depth
        for deeper in [key for key in self.counts if key[0] == name and key[1] > depth]:
            del self.counts[deeper]
        self.counts[name, depth] = self.counts.get((name, depth), start - 1) + 1
        for level in range(depth + 1):
            fmt, _, first = self.levels.get((name, level), ("decimal", "", 1))
            count = self.counts.get((name, level), first)
            pattern = pattern.replace(f"%{level + 1}", _printed(fmt, count))
        return pattern, depth


def read_docx(path: Path, reading: Reading = "accepted") -> tuple[list[Block], list[Message]]:
    """Read the paragraphs and tables of a Word file, in order.

    Raises:
        LovdataError: if the file is no Word file, or is damaged.
    """
    import docx
    from docx.opc.exceptions import PackageNotFoundError

    try:
        document = docx.Document(str(path))
    except (PackageNotFoundError, KeyError, ValueError, OSError) as error:
        raise LovdataError(
            f"{path}: not a Word file (.docx), or damaged: {error}. An old .doc file must be saved as "
            ".docx in Word first."
        ) from error
    numbers = _Numbers(document)
    blocks: list[Block] = []
    changes = {"ins": 0, "del": 0}
    following: list[Block] = []  # what stands after a line break in the same paragraph
    carried, count, first = "", 0, 0
    for element in document.element.body.iter(f"{_W}p", f"{_W}tbl"):
        if element.tag == f"{_W}tbl" or next(element.iterancestors(f"{_W}txbxContent"), None) is not None:
            continue
        count += 1
        table_row = next(element.iterancestors(f"{_W}tr"), None)
        changes["ins"] += sum(1 for _ in element.iter(*_INSERTED))
        changes["del"] += sum(1 for _ in element.iter(*_DELETED))
        text = carried + _words(element, reading)
        first = first if carried else count
        if _mark_gone(element, reading):
            carried = text
            continue
        carried = ""
        label, depth = numbers.label(element)
        style = _value(element.find(f"{_W}pPr/{_W}pStyle")).lower()
        place = Place(paragraph=first)
        parts = list(_parts(text.replace("\u00ad", "").replace("\u00a0", " ")))
        for further in parts[1:] if table_row is None else ():
            inner, rest = cut_label(further)
            following.append(Block(rest, "item" if inner else "text", inner, depth, place))
        text = (" ".join(parts) if table_row is not None else parts[0]) if parts else ""
        if not text:
            continue
        if table_row is not None and sum(1 for _ in table_row.iterchildren(f"{_W}tc")) > 1:
            blocks.append(Block(text, "row", place=place))
        elif style.startswith(("heading", "overskrift", "title", "tittel")):
            blocks.append(Block(f"{label} {text}".strip(), "heading", place=place))
        else:
            if not label:
                label, text = cut_label(text)
            blocks.append(Block(text, "item" if label else "text", label, depth, place))
        blocks.extend(following)
        following = []
    messages = []
    if changes["ins"] or changes["del"]:
        read_nb, read_en = {"accepted": ("som om alle er godtatt", "as if all were accepted"),
                            "original": ("som om alle er avvist", "as if all were rejected")}[reading]  # fmt: skip
        other = "original" if reading == "accepted" else "accepted"
        messages.append(Message(
            "reading",
            f"Word-filen har sporede endringer ({changes['ins']} innsettinger, {changes['del']} slettinger). "
            f"De er lest {read_nb}; den andre lesemåten fås med --reading {other}.",
            f"The Word file holds tracked changes ({changes['ins']} insertions, {changes['del']} deletions). "
            f"They were read {read_en}; --reading {other} gives the other reading."))  # fmt: skip
    return blocks, messages

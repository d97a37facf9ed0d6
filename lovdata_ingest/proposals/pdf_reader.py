"""Reads a proposal from a text PDF: columns in reading order, headers and footers left out, lines joined."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from lovdata_ingest.errors import LovdataError
from lovdata_ingest.proposals.block import Block, Message, Place
from lovdata_ingest.proposals.lines import Line, paragraphs, roman_line

if TYPE_CHECKING:
    from pdfminer.layout import LTPage

_NUMBERS = re.compile(r"\d+|\b[ivxlc]+\b")


class _Printed(Struct, frozen=True):
    """A line as it stands on the page, in points; ``y`` runs downwards."""

    text: str
    x0: float
    x1: float
    y0: float
    y1: float
    size: float
    bold: bool


def _lines_of_page(page: LTPage) -> list[_Printed]:
    from pdfminer.layout import LTChar, LTTextLine

    found: list[_Printed] = []

    def walk(item: Any) -> None:
        if isinstance(item, LTTextLine):
            chars = [char for char in item if isinstance(char, LTChar) and char.get_text().strip()]
            text = " ".join(item.get_text().replace("\u00a0", " ").split())
            if chars and text:
                sizes = Counter(round(char.size * 2) / 2 for char in chars)
                bold = sum(bool(re.search("bold|black|heavy|semibold", char.fontname, re.IGNORECASE)) for char in chars)
                found.append(_Printed(text, item.x0, item.x1, page.height - item.y1, page.height - item.y0,
                                      sizes.most_common(1)[0][0], bold > len(chars) / 2))  # fmt: skip
        elif hasattr(item, "__iter__"):
            for inner in item:
                walk(inner)

    walk(page)
    return _same_line(sorted(found, key=lambda line: (round(line.y0), line.x0)))


def _same_line(lines: list[_Printed]) -> list[_Printed]:
    """Put a label and its text together where they were set apart on one base line."""
    joined: list[_Printed] = []
    for line in lines:
        last = joined[-1] if joined else None
        if last and abs(last.y1 - line.y1) < 3 and 0 <= line.x0 - last.x1 < 40 and len(last.text) <= 6:
            joined[-1] = _Printed(f"{last.text} {line.text}", last.x0, line.x1, last.y0, last.y1, line.size, line.bold)
        else:
            joined.append(line)
    return joined


def _columns(lines: list[_Printed], width: float) -> list[list[_Printed]]:
    """The lines in reading order, one list for each run of a column. Lines across both columns part the page in bands."""
    middle = width / 2
    left = [line for line in lines if line.x1 <= middle + 8]
    right = [line for line in lines if line.x0 >= middle - 8]
    if len(left) < 4 or len(right) < 4 or len(left) + len(right) < 0.7 * len(lines):
        return [lines]
    runs: list[list[_Printed]] = []
    band: tuple[list[_Printed], list[_Printed]] = ([], [])
    for line in lines:
        if line.x1 <= middle + 8:
            band[0].append(line)
        elif line.x0 >= middle - 8:
            band[1].append(line)
        else:
            runs.extend((*band, [line]))
            band = ([], [])
    runs.extend(band)
    return [run for run in runs if run]


def _running_titles(pages: list[list[_Printed]]) -> set[tuple[int, int]]:
    """(page, line) of headers and footers: at an edge of the page, and the same but for numbers on other pages."""
    edges: dict[str, set[int]] = {}
    places: dict[str, list[tuple[int, int]]] = {}
    for number, lines in enumerate(pages):
        picked = {*range(min(2, len(lines))), *range(max(0, len(lines) - 2), len(lines))}
        for index in picked:
            key = _NUMBERS.sub("#", lines[index].text.lower())
            edges.setdefault(key, set()).add(number)
            places.setdefault(key, []).append((number, index))
    found: set[tuple[int, int]] = set()
    for key, where in edges.items():
        bare = not re.sub(r"[#\W]|side|av|page|of", "", key)
        often = bare or len(where) >= max(2, min(3, len(pages) // 4))
        # a lead such as "§ # første ledd skal lyde:" can stand at the edge of several pages
        if often and not re.search(r"§|lyde|ledd|opphev|blir", key):
            found.update((page, index) for page, index in places[key] if not roman_line(pages[page][index].text))
    return found


def read_pdf(path: Path) -> tuple[list[Block], list[Message]]:
    """Read the text of a PDF as blocks.

    Raises:
        LovdataError: if the file is no PDF, is locked, or holds pictures of pages without text.
    """
    from pdfminer.high_level import extract_pages
    from pdfminer.layout import LAParams
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfminer.pdfexceptions import PDFException
    from pdfminer.psexceptions import PSException

    try:
        laid_out = list(extract_pages(str(path), laparams=LAParams(boxes_flow=None)))
    except PDFPasswordIncorrect as error:
        raise LovdataError(f"{path}: the PDF is locked with a password; save it without one and try again") from error
    except (PDFException, PSException, ValueError, KeyError, TypeError, AssertionError) as error:
        raise LovdataError(
            f"{path}: not a PDF, or damaged ({type(error).__name__}); open and save it again, or paste "
            "the text into a .txt file"
        ) from error
    pages = [_lines_of_page(page) for page in laid_out]
    letters = sum(len(line.text) for lines in pages for line in lines)
    if letters < 25 * max(1, len(pages)):
        raise LovdataError(
            f"{path}: a scanned PDF: {len(pages)} page(s) hold {letters} characters of text. Run it through "
            "text recognition (OCR) first, or paste the text into a .txt file; nothing was read"
        )
    unreadable = sum(line.text.count("(cid:") for lines in pages for line in lines)
    if unreadable * 20 > letters:
        raise LovdataError(
            f"{path}: the PDF's fonts do not tell which letters they hold ({unreadable} signs unreadable). Run it through "
            "text recognition (OCR), or paste the text into a .txt file; nothing was read"
        )
    running = _running_titles(pages) if len(pages) > 1 else set()
    usual = Counter(line.size for lines in pages for line in lines for _ in line.text).most_common(1)[0][0]
    result: list[Line] = []
    empty = []
    for number, (page, lines) in enumerate(zip(laid_out, pages, strict=True), 1):
        kept = [line for index, line in enumerate(lines) if (number - 1, index) not in running]
        if not lines:
            empty.append(number)
        order = {id(line): index for index, line in enumerate(lines, 1)}
        for run in _columns(kept, page.width):
            result.extend(_run(run, number, order, usual))
    messages = []
    if running:
        messages.append(Message("skipped", f"{len(running)} topp- og bunntekster er utelatt.",
                                f"{len(running)} running headers and footers were left out."))  # fmt: skip
    if empty:
        named = ", ".join(map(str, empty[:10]))
        messages.append(Message("problem", f"Side {named} har ingen tekst (bilde?) og er ikke lest.",
                                f"Page {named} holds no text (a picture?) and was not read."))  # fmt: skip
    return list(paragraphs(result, wrapped=True)), messages


def _run(run: list[_Printed], page: int, order: dict[int, int], usual: float) -> list[Line]:
    """The lines of one column, with how wide they run and where space stands before them."""
    left = min(line.x0 for line in run)
    width = max(line.x1 for line in run) - left or 1.0
    steps = Counter(round(b.y0 - a.y0) for a, b in itertools.pairwise(run) if b.y0 > a.y0)
    step = min((s for s, n in steps.most_common(3)), default=0)
    lines = []
    for index, line in enumerate(run):
        before = run[index - 1] if index else None
        gap = before is None or line.y0 - before.y0 > step * 1.35 + 1
        strong = line.size > usual + 0.75 or (line.bold and not line.text.endswith(":"))
        lines.append(Line(line.text, Place(page, order[id(line)]), (line.x1 - left) / width, gap, before is None, strong,
                          (line.x0 - left) / 18))  # fmt: skip
    return lines

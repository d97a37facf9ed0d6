"""The lovspeil: current and proposed text side by side, changes marked, as Word file, web page or Markdown.

`redline_docx` writes the whole act as one text with tracked changes, which Word can accept and reject.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any, Literal

from msgspec import Struct

from graph.compare import ActChange, Diff, SectionChange
from graph.word_diff import Piece, word_diff
from lovdata_ingest.alignment import align
from lovdata_ingest.model import Document
from lovdata_ingest.plain_text import Unit, units_of

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

Lang = Literal["nb", "en"]

_STATUS = {
    "changed": ("endret", "changed"),
    "new": ("ny", "new"),
    "repealed": ("oppheves", "repealed"),
    "moved": ("flyttet og endret", "moved and changed"),
    "unchanged_renumbered": ("nytt nummer, ellers uendret", "renumbered, otherwise unchanged"),
}
_WORDS = {
    "now": ("Gjeldende lov", "Current law"),
    "then": ("Forslag", "Proposed"),
    "unchanged": ("[Uendret.]", "[Unchanged.]"),
    "none": ("(ingen)", "(none)"),
    "from": ("tidligere", "formerly"),
    "title": ("Lovspeil", "Side by side"),
    "nothing": ("Ingen endringer.", "No changes."),
}


class Row(Struct, frozen=True):
    """A row of the two columns: the pieces of either side; None for an empty cell. ``shortened``: words left out."""

    before: tuple[Piece, ...] | None
    after: tuple[Piece, ...] | None
    style: Literal["heading", "ledd"] = "ledd"
    shortened: bool = False

    @property
    def texts(self) -> tuple[str | None, str | None]:
        """The words of the two cells."""
        one, other = (
            None if cell is None else "".join(piece.text for piece in cell) for cell in (self.before, self.after)
        )
        return one, other


def words(key: str, lang: Lang) -> str:
    """A word of the lovspeil in bokmål or English."""
    return _WORDS[key][lang == "en"]


def status_words(section: SectionChange, lang: Lang) -> str:
    """``endret``; ``nytt nummer, ellers uendret, tidligere § 5`` and so on."""
    said = _STATUS[section.status][lang == "en"]
    return f"{said} ({words('from', lang)} {short(section.moved_from)})" if section.moved_from else said


def short(address: str) -> str:
    """``§ 2 b`` of a printed address, for headings.

    >>> short("lov/2005-06-17-64/§2b"), short("lov/2005-06-17-64/kap3")
    ('§ 2 b', 'kapittel 3')
    """
    step = address.rsplit("/", 1)[-1]
    if step.startswith("§"):
        return re.sub(r"(?<=\d)(?=[A-Za-z])", " ", f"§ {step[1:]}".replace("§ §", "§ "))
    if step.startswith("kap"):
        return f"kapittel {step[3:]}"
    return step


def rows(section: SectionChange, *, shorten: bool = False, lang: Lang = "nb") -> Iterator[Row]:
    """The rows of one section: its heading, then its ledd. With *shorten*, unchanged ledd are one word."""
    cells: list[tuple[str | None, str | None, Literal["heading", "ledd"]]] = []
    if section.before_heading or section.after_heading:
        cells.append((section.before_heading or None, section.after_heading or None, "heading"))
    cells.extend((ledd.before, ledd.after, "ledd") for ledd in section.ledd)
    for before, after, style in cells:
        if before is None or after is None:
            yield Row(
                None if before is None else (Piece("deleted", before),),
                None if after is None else (Piece("inserted", after),), style)  # fmt: skip
        elif shorten and before == after and style == "ledd":
            same = (Piece("same", words("unchanged", lang)),)
            yield Row(same, same, style, shortened=True)
        else:
            pieces = word_diff(before, after)
            yield Row(
                tuple(piece for piece in pieces if piece.kind != "inserted"),
                tuple(piece for piece in pieces if piece.kind != "deleted"), style)  # fmt: skip


# --- Markdown --------------------------------------------------------------------------------------------------------

_MD_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~])")
_MD_MARKS = {"same": ("", ""), "deleted": ("<del>", "</del>"), "inserted": ("<ins>", "</ins>")}


def _markdown(pieces: Sequence[Piece] | None) -> str:
    if pieces is None:
        return ""
    text = ""
    for piece in pieces:
        opened, closed = _MD_MARKS[piece.kind]
        lines = _MD_SPECIAL.sub(r"\\\1", piece.text).split("\n")
        text += "<br>".join(f"{opened}{line}{closed}" if line.strip() else line for line in lines)
    return text


def lovspeil_markdown(diff: Diff, *, shorten: bool = False, lang: Lang = "nb") -> str:
    """The two columns as Markdown tables, a table for each section; deletions in ``<del>``, insertions in ``<ins>``."""
    lines = [f"# {words('title', lang)}{': ' + diff.title if diff.title else ''}", ""]
    if not diff.acts:
        lines += [words("nothing", lang), ""]
    for act in diff.acts:
        lines += [f"## {act.title or act.refid}", ""]
        for section in act.sections:
            lines += [f"### {short(section.address)}: {status_words(section, lang)}", "",
                      f"| {words('now', lang)} | {words('then', lang)} |", "| --- | --- |"]  # fmt: skip
            lines += [f"| {_markdown(row.before)} | {_markdown(row.after)} |"
                      for row in rows(section, shorten=shorten, lang=lang)]  # fmt: skip
            lines.append("")
    return "\n".join(lines)


# --- HTML ------------------------------------------------------------------------------------------------------------

_CSS = """
body { font: 1rem/1.5 Georgia, "Times New Roman", serif; max-width: 75rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a; }
h1, h2, h3 { font-family: system-ui, sans-serif; line-height: 1.25; }
h3 small { font-weight: normal; color: #555; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; margin-bottom: 2rem; }
th, td { width: 50%; vertical-align: top; text-align: left; padding: .4rem .75rem; border-bottom: 1px solid #ddd; }
th { font-family: system-ui, sans-serif; border-bottom: 2px solid #555; }
td { white-space: pre-line; }
tr.heading td { font-weight: bold; }
tr.shortened td { color: #666; }
del { background: #fde2e1; color: #8a1f11; }
ins { background: #e0f2e3; color: #14532d; text-decoration: underline; }
@media (max-width: 45rem) { th, td { padding: .3rem; font-size: .9rem; } }
@media print { del { background: none; } ins { background: none; } }
""".strip()


def _html(pieces: Sequence[Piece] | None) -> str:
    tags = {"same": "{}", "deleted": "<del>{}</del>", "inserted": "<ins>{}</ins>"}
    return "".join(tags[piece.kind].format(html.escape(piece.text)) for piece in pieces or ())


def lovspeil_html(diff: Diff, *, shorten: bool = False, lang: Lang = "nb") -> str:
    """The two columns as one web page that needs no other file."""
    title = html.escape(f"{words('title', lang)}{': ' + diff.title if diff.title else ''}")
    parts = [f'<!DOCTYPE html>\n<html lang="{lang}"><head><meta charset="utf-8">'
             f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>'
             f"<style>{_CSS}</style></head><body><h1>{title}</h1>"]  # fmt: skip
    if not diff.acts:
        parts.append(f"<p>{words('nothing', lang)}</p>")
    for act in diff.acts:
        parts.append(f'<h2 id="{html.escape(act.refid)}">{html.escape(act.title or act.refid)}</h2>')
        for section in act.sections:
            parts.append(
                f'<h3 id="{html.escape(section.address)}">{html.escape(short(section.address))} '
                f"<small>{html.escape(status_words(section, lang))}</small></h3><table><thead><tr>"
                f'<th scope="col">{words("now", lang)}</th><th scope="col">{words("then", lang)}</th></tr></thead><tbody>'
            )
            for row in rows(section, shorten=shorten, lang=lang):
                kind = "shortened" if row.shortened else row.style
                parts.append(f'<tr class="{kind}"><td>{_html(row.before)}</td><td>{_html(row.after)}</td></tr>')
            parts.append("</tbody></table>")
    return "\n".join([*parts, "</body></html>"])


# --- Word ------------------------------------------------------------------------------------------------------------


def _word() -> WordDocument:
    import docx
    from docx.shared import Cm, Pt

    document = docx.Document()
    style: Any = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(10.5)
    for section in document.sections:
        section.left_margin = section.right_margin = Cm(2)
        section.top_margin = section.bottom_margin = Cm(2)
    return document


def _fill(cell: Any, pieces: Sequence[Piece] | None, bold: bool) -> None:
    """Write the pieces into a cell, a paragraph for each line; marks by colour and by line, so that print shows them."""
    from docx.shared import RGBColor

    paragraph = cell.paragraphs[0]
    for piece in pieces or ():
        for number, line in enumerate(piece.text.split("\n")):
            if number:
                paragraph = cell.add_paragraph()
            if not line:
                continue
            run = paragraph.add_run(line)
            run.bold = bold or None
            if piece.kind == "deleted":
                run.font.strike, run.font.color.rgb = True, RGBColor(0x8A, 0x1F, 0x11)
            elif piece.kind == "inserted":
                run.font.underline, run.font.color.rgb = True, RGBColor(0x14, 0x53, 0x2D)


def lovspeil_docx(diff: Diff, *, shorten: bool = False, lang: Lang = "nb") -> bytes:
    """The two columns as a Word file, a table for each section, its header row repeated on every page."""
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    document = _word()
    document.core_properties.title = f"{words('title', lang)} {diff.title}".strip()
    document.add_heading(f"{words('title', lang)}{': ' + diff.title if diff.title else ''}", 0)
    if not diff.acts:
        document.add_paragraph(words("nothing", lang))
    for act in diff.acts:
        document.add_heading(act.title or act.refid, 1)
        for section in act.sections:
            document.add_heading(f"{short(section.address)}: {status_words(section, lang)}", 2)
            table: Any = document.add_table(rows=1, cols=2)
            table.style = "Table Grid"
            for cell, key in zip(table.rows[0].cells, ("now", "then"), strict=True):
                _fill(cell, (Piece("same", words(key, lang)),), bold=True)
            repeated = OxmlElement("w:tblHeader")
            repeated.set(qn("w:val"), "true")
            table.rows[0]._tr.get_or_add_trPr().append(repeated)
            for row in rows(section, shorten=shorten, lang=lang):
                cells = table.add_row().cells
                _fill(cells[0], row.before, row.style == "heading")
                _fill(cells[1], row.after, row.style == "heading")
    return _bytes(document)


def _bytes(document: WordDocument) -> bytes:
    from io import BytesIO

    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


# --- tracked changes -------------------------------------------------------------------------------------------------

_STYLES = {"title": "Title", "chapter": "Heading 1", "section": "Heading 2"}


class _Tracked:
    """Writes paragraphs with tracked insertions and deletions."""

    def __init__(self, document: WordDocument, author: str, date: str) -> None:
        self.document, self.author, self.date, self.number = document, author, date, 0

    def mark(self, name: str) -> Any:
        from docx.oxml.ns import qn
        from docx.oxml.parser import OxmlElement

        self.number += 1
        element = OxmlElement(name)
        for key, value in (("w:id", str(self.number)), ("w:author", self.author), ("w:date", self.date)):
            element.set(qn(key), value)
        return element

    def paragraph(self, pieces: Sequence[Piece], style: str, depth: int, whole: str = "") -> None:
        """One paragraph; ``whole`` is ``ins`` or ``del`` when the paragraph itself comes or goes."""
        from docx.oxml.parser import OxmlElement
        from docx.shared import Cm

        paragraph: Any = self.document.add_paragraph(style=_STYLES.get(style))
        if style == "item":
            paragraph.paragraph_format.left_indent = Cm(0.75 * depth)
        if whole:
            properties = OxmlElement("w:rPr")
            properties.append(self.mark(f"w:{whole}"))
            paragraph._p.get_or_add_pPr().append(properties)
        for piece in pieces:
            run: Any = paragraph.add_run(piece.text)
            if piece.kind == "same":
                continue
            holder = self.mark("w:ins" if piece.kind == "inserted" else "w:del")
            run._r.addprevious(holder)
            holder.append(run._r)
            if piece.kind == "deleted":
                for text in list(run._r):
                    if text.tag.endswith("}t"):
                        text.tag = text.tag[:-1] + "delText"
                        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")

    def lines(self, old: Sequence[tuple[str, int, str]], new: Sequence[tuple[str, int, str]]) -> None:
        for i, j in align([line for _, _, line in old], [line for _, _, line in new], alike=0.4):
            if i is None and j is not None:
                self.paragraph((Piece("inserted", new[j][2]),), new[j][0], new[j][1], "ins")
            elif j is None and i is not None:
                self.paragraph((Piece("deleted", old[i][2]),), old[i][0], old[i][1], "del")
            elif i is not None and j is not None:
                self.paragraph(word_diff(old[i][2], new[j][2]), new[j][0], new[j][1])


def redline_docx(
    acts: Sequence[tuple[Document, Document, ActChange]], *, author: str = "pliktgraf", date: str = ""
) -> bytes:
    """Whole acts as a Word file with tracked changes.

    Accepting all gives the paragraphs of the acts after, rejecting all those before (`plain_text.act_lines`).

    Args:
        acts: the act before, after, and `compare_acts` of the two, which tells which sections are the same.
        author: whom Word names as the author of the changes.
        date: when they are said to be made, in the form of XML Schema; now when empty.
    """
    import datetime as dt

    document = _word()
    document.core_properties.title = "; ".join(after.short_title for _, after, _ in acts)
    tracked = _Tracked(document, author, date or dt.datetime.now(tz=dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
    for before, after, change in acts:
        _track(tracked, before, after, change)
    return _bytes(document)


def _track(tracked: _Tracked, before: Document, after: Document, change: ActChange) -> None:
    old, new = units_of(before), units_of(after)
    pairs = _pairs(old, new, change)
    keys_old = [f"{pairs.get(i, '-')}|{i if i not in pairs else ''}" for i in range(len(old))]
    back = {j: i for i, j in pairs.items()}
    keys_new = [f"{j}|" if j in back else f"new|{j}" for j in range(len(new))]
    for tag, a, b, c, d in SequenceMatcher(None, keys_old, keys_new, autojunk=False).get_opcodes():
        if tag == "equal":
            for unit, other in zip(old[a:b], new[c:d], strict=True):
                tracked.lines(unit.lines, other.lines)
            continue
        for unit in old[a:b]:
            tracked.lines(unit.lines, ())
        for unit in new[c:d]:
            tracked.lines((), unit.lines)


def _pairs(old: Sequence[Unit], new: Sequence[Unit], change: ActChange) -> dict[int, int]:
    """Which unit before is which unit after: by the comparison for sections and chapters, by order for the rest."""
    moved = {section.moved_from: section.address for section in change.sections if section.moved_from}
    single = {section.address for section in change.sections if section.before is None or section.after is None}
    places = {str(unit.address): j for j, unit in enumerate(new) if unit.kind in ("section", "division")}
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for i, unit in enumerate(old):
        if unit.kind in ("section", "division"):
            key = str(unit.address)
            target = moved.get(key) or (key if key not in moved.values() and key not in single else None)
            j = places.get(target) if target else None
            if j is not None and j not in taken:
                pairs[i] = j
                taken.add(j)
    others = [[k for k, unit in enumerate(side) if unit.kind in ("title", "block")] for side in (old, new)]
    texts = [
        ["\n".join(line for _, _, line in side[k].lines) for k in ks]
        for side, ks in zip((old, new), others, strict=True)
    ]
    for a, b in align(texts[0], texts[1]):
        if a is not None and b is not None:
            pairs[others[0][a]] = others[1][b]
    return pairs

"""The report as a Word document: real headings, tables, footnotes and links to lovdata.no, fit for a høringsnotat."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from graph.finding import Evidence, Finding
from graph.names import TYPES, actor_name
from graph.report.markdown import lovdata_link
from graph.report.report import KIND_ORDER, Lang, Report, label, summary, words

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_SHADES = {"own": "DDEBF7", "elsewhere": "F2F2F2", "missing": "F8CBAD", "not_expected": "FFFFFF"}


class Footnotes:
    """The footnotes of one document; `add` sets a mark in a paragraph, `finish` writes the part."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.root = parse_xml(
            f"<w:footnotes {nsdecls('w')}>"
            '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
            '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p>'
            "</w:footnote></w:footnotes>"
        )
        self.count = 0
        self.told: set[str] = set()
        styles = document.styles
        text = styles.add_style("footnote text", WD_STYLE_TYPE.PARAGRAPH)
        text.font.size = Pt(9)
        text.paragraph_format.space_after = Pt(2)
        reference = styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER)
        reference.font.superscript = True
        self.text_style, self.reference_style = text.style_id, reference.style_id

    def add(self, paragraph: Paragraph, lead: str, words: str) -> None:
        """A footnote at the end of *paragraph*: *lead* in italics, then *words* as they are."""
        self.count += 1
        mark = OxmlElement("w:footnoteReference")
        mark.set(qn("w:id"), str(self.count))
        run = paragraph.add_run()
        run.style = self.document.styles["footnote reference"]
        run._r.append(mark)
        note = parse_xml(
            f'<w:footnote {nsdecls("w")} w:id="{self.count}"><w:p><w:pPr><w:pStyle w:val="{self.text_style}"/></w:pPr>'
            f'<w:r><w:rPr><w:rStyle w:val="{self.reference_style}"/></w:rPr><w:footnoteRef/></w:r></w:p></w:footnote>'
        )
        for text, italic in ((f" {lead}", True), (words, False)):
            run_element = OxmlElement("w:r")
            if italic:
                properties = OxmlElement("w:rPr")
                properties.append(OxmlElement("w:i"))
                run_element.append(properties)
            element = OxmlElement("w:t")
            element.set(qn("xml:space"), "preserve")
            element.text = text
            run_element.append(element)
            note[0].append(run_element)
        self.root.append(note)

    def finish(self) -> None:
        """Put the footnotes into the document."""
        from lxml import etree

        data = etree.tostring(self.root, xml_declaration=True, encoding="UTF-8", standalone=True)
        part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, data, self.document.part.package)
        self.document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def add_link(paragraph: Paragraph, text: str, url: str) -> None:
    """A link at the end of *paragraph*."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run = paragraph.add_run(text)
    run.font.color.rgb = RGBColor(0x05, 0x4C, 0x9E)
    run.font.underline = True
    link.append(run._r)
    paragraph._p.append(link)


def _shade(cell: Any, colour: str) -> None:
    cell._tc.get_or_add_tcPr().append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:fill="{colour}"/>'))


def _repeat_heading(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _evidence(paragraph: Paragraph, report: Report, evidence: Evidence, footnotes: Footnotes, lang: Lang) -> None:
    name = report.place(evidence.address, lang)
    add_link(paragraph, name, lovdata_link(evidence.address))
    if evidence.norm:
        paragraph.add_run(f": {report.norm(evidence, lang)}")
    excerpt = report.excerpt(evidence)
    if excerpt is not None and evidence.address not in footnotes.told:  # once a document: parallel rules recur
        footnotes.add(paragraph, f"{name}: ", excerpt.text)
        footnotes.told.add(evidence.address)


def _finding(document: Document, report: Report, finding: Finding, footnotes: Footnotes, lang: Lang) -> None:
    document.add_heading(words(finding.title, lang), level=3)
    about = document.add_paragraph()
    mark = report.marks.get(finding.id)
    run = about.add_run(
        f"{words(TYPES[finding.type], lang)} · {label('score', lang).lower()} {finding.score:.2f} · {finding.id}"
        + (f" · {label('mark', lang).lower()}: {label(mark, lang)}" if mark else "")
    )
    run.italic = True
    document.add_paragraph(words(finding.explanation, lang))
    if finding.actors:
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{label('actors', lang)}: ").bold = True
        paragraph.add_run(", ".join(words(actor_name(actor), lang) for actor in finding.actors))
    for evidence in finding.evidence:
        _evidence(document.add_paragraph(style="List Bullet"), report, evidence, footnotes, lang)


def _matrix(document: Document, report: Report, lang: Lang) -> None:
    matrix = report.matrix
    if not matrix.services:
        return
    section = document.add_section()
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    document.add_heading(label("matrix", lang), level=1)
    table = document.add_table(rows=1, cols=len(matrix.services) + 1, style="Table Grid")
    heads = ["", *(service.nb if lang == "nb" else service.en for service in matrix.services)]
    for cell, head in zip(table.rows[0].cells, heads, strict=True):
        cell.paragraphs[0].add_run(head).bold = True
    _repeat_heading(table.rows[0])
    for duty in matrix.duty_types:
        cells = table.add_row().cells
        cells[0].paragraphs[0].add_run(duty.nb if lang == "nb" else duty.en).bold = True
        for place, service in zip(cells[1:], matrix.services, strict=True):
            entry = matrix.cell(service.id, duty.id)
            if entry is None:
                continue
            _shade(place, _SHADES[entry.status])
            for number, (name, address) in enumerate(report.sections(entry.addresses, service.act)):
                paragraph = place.paragraphs[0] if number == 0 else place.add_paragraph()
                add_link(paragraph, name, lovdata_link(address))
            if not entry.addresses and entry.status != "not_expected":
                place.paragraphs[0].add_run(label(entry.status, lang))
    for row in table.rows:
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.space_after = Pt(0)
                for run in paragraph.runs:
                    run.font.size = Pt(7)


def to_docx(report: Report, lang: Lang) -> bytes:
    """The whole report; with text loaded, each place's words stand in a footnote."""
    document = docx.Document()
    document.core_properties.title = label("title", lang)
    document.core_properties.author = "pliktgraf"
    document.core_properties.language = "nb-NO" if lang == "nb" else "en-GB"
    for section in document.sections:
        section.left_margin = section.right_margin = Cm(2.5)
    footnotes = Footnotes(document)
    document.add_heading(label("title", lang), level=0)
    document.add_paragraph(summary(report, lang))
    for note in report.notes:
        document.add_paragraph(words(note, lang), style="Intense Quote")
    table = document.add_table(rows=1, cols=2, style="Table Grid")
    table.rows[0].cells[0].paragraphs[0].add_run(label("finding", lang)).bold = True
    table.rows[0].cells[1].paragraphs[0].add_run("#").bold = True
    for kind in KIND_ORDER:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = label(kind, lang), str(report.counts()[kind])
    for kind in KIND_ORDER:
        findings = report.of_kind(kind)
        if not findings:
            continue
        document.add_heading(f"{label(kind, lang)} ({len(findings)})", level=1)
        for finding_type in dict.fromkeys(finding.type for finding in findings):
            document.add_heading(words(TYPES[finding_type], lang).capitalize(), level=2)
            for finding in findings:
                if finding.type == finding_type:
                    _finding(document, report, finding, footnotes, lang)
    _matrix(document, report, lang)
    document.add_paragraph(label("law", lang)).runs[0].italic = True
    footnotes.finish()
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()

"""Findings as tables for a spreadsheet or a script (CSV, XLSX), and as the JSON of the contract."""

from __future__ import annotations

import csv
import io
from typing import Any

import msgspec

from graph.names import TYPES, actor_name
from graph.report.report import KIND_ORDER, Lang, Report, label, words

COLUMNS = ("id", "kind", "type", "score", "title", "acts", "provisions", "actors", "explanation", "mark")


def rows(report: Report, lang: Lang) -> list[dict[str, str]]:
    """One row a finding, in the order of the report; values in a cell are separated by ``;``, empty is ``-``."""
    return [
        {
            "id": finding.id,
            "kind": finding.kind,
            "type": finding.type,
            "score": f"{finding.score:.3f}",
            "title": words(finding.title, lang),
            "acts": ";".join(finding.acts) or "-",
            "provisions": ";".join(finding.provisions) or "-",
            "actors": ";".join(finding.actors) or "-",
            "explanation": " ".join(words(finding.explanation, lang).split()),
            "mark": report.marks.get(finding.id, "-"),
        }
        for finding in report.findings
    ]


def to_csv(report: Report, lang: Lang) -> str:
    """UTF-8 text with a header line."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows(report, lang))
    return stream.getvalue()


def to_json(report: Report) -> bytes:
    """The JSON of the contract: data, acts, findings with both languages."""
    content: dict[str, Any] = {
        "data": {"source": report.data.source, "date": report.data.date, "sha256": report.data.sha256},
        "acts": [
            {"refid": act.refid, "title": act.title, "short_title": act.short_title, "language": act.language}
            for act in report.acts
        ],
        "findings": [
            msgspec.to_builtins(finding)
            | {"evidence": [
                {"address": e.address, "start": e.start, "end": e.end, "norm": e.norm} for e in finding.evidence
            ]}
            for finding in report.findings
        ],
    }  # fmt: skip
    if report.marks:
        content["marks"] = dict(report.marks)
    if report.notes:
        content["notes"] = msgspec.to_builtins(report.notes)
    return msgspec.json.format(msgspec.json.encode(content), indent=1) + b"\n"


def to_xlsx(report: Report, lang: Lang) -> bytes:
    """A workbook with a sheet for each kind of finding, and the matrix."""
    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        for kind in KIND_ORDER:
            sheet = book.add_worksheet(label(kind, lang))
            sheet.freeze_panes(1, 0)
            table = [row for row in rows(report, lang) if row["kind"] == kind]
            for column, key in enumerate(COLUMNS):
                sheet.write_string(0, column, key, bold)
            sheet.set_column(0, 3, 14)
            sheet.set_column(4, 4, 50)
            sheet.set_column(5, 7, 30)
            sheet.set_column(8, 8, 80)
            for number, row in enumerate(table, 1):
                for column, key in enumerate(COLUMNS):
                    if key == "score":
                        sheet.write_number(number, column, float(row[key]), wrapped)
                    elif key == "type":
                        sheet.write_string(number, column, words(TYPES[row[key]], lang), wrapped)
                    elif key == "actors" and row[key] != "-":
                        names = (words(actor_name(actor), lang) for actor in row[key].split(";"))
                        sheet.write_string(number, column, ", ".join(names), wrapped)
                    else:
                        sheet.write_string(number, column, row[key], wrapped)
        _matrix_sheet(book.add_worksheet(label("matrix", lang)[:31]), report, lang, bold, wrapped)
    return buffer.getvalue()


def _matrix_sheet(sheet: Any, report: Report, lang: Lang, bold: Any, wrapped: Any) -> None:
    matrix = report.matrix
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, len(matrix.duty_types), 28)
    for column, duty in enumerate(matrix.duty_types, 1):
        sheet.write_string(0, column, duty.nb if lang == "nb" else duty.en, bold)
    for row, service in enumerate(matrix.services, 1):
        sheet.write_string(row, 0, service.nb if lang == "nb" else service.en, bold)
        for column, duty in enumerate(matrix.duty_types, 1):
            cell = matrix.cell(service.id, duty.id)
            if cell is not None:
                sheet.write_string(row, column, "\n".join(cell.addresses) or label(cell.status, lang), wrapped)

"""The same report as Word, Excel, CSV, Markdown and JSON, read back with the libraries that their readers use."""

from __future__ import annotations

import csv
import io
import json
import zipfile

import docx
import pytest
from rich.console import Console

from graph.answer import answer, report_of
from graph.finding import Evidence, Finding, Words
from graph.inputs import ActFacts, DataSource, SectionFacts
from graph.matrix import Matrix
from graph.report import markdown, tables, word
from graph.report.report import Report
from graph.report.terminal import MatrixView, finding_view, report_view
from lovdata_ingest.corpus import Corpus

ACT = "lov/2001-01-01-1"


def small() -> Report:
    finding = Finding(
        id="mm-1", kind="gap", type="missing_mirror", acts=(ACT,), provisions=(f"{ACT}/§2/ledd/1",),
        actors=("barnehage", "skole"), score=0.5, title=Words("Speil mangler [rød]", "Mirror missing [red]"),
        explanation=Words("Ingen regel binder <skolen>.", "No rule binds the <school>."),
        evidence=(Evidence(f"{ACT}/§2/ledd/1", 0, 6, "cooperation duty barnehage → skole"),),
    )  # fmt: skip
    facts = ActFacts(
        ACT, "Lov om stier (stiloven)", "Stiloven", sections=(SectionFacts(f"{ACT}/§2", "§ 2", "Merking", 1),)
    )
    text = "Eieren [av stien] skal rydde & merke <alt>."
    return Report(
        DataSource("a.tar.bz2", "2025-10-15", "ab"), (facts,), (finding,), Matrix(), {f"{ACT}/§2/ledd/1": text}
    )


@pytest.fixture(scope="module")
def whole() -> Report:
    found = answer(Corpus(()))
    return report_of(found, found.analysis.findings)


def test_the_word_document_has_headings_tables_links_and_the_words_in_footnotes() -> None:
    data = word.to_docx(small(), "nb")
    document = docx.Document(io.BytesIO(data))
    headings = [p.text for p in document.paragraphs if p.style.name.startswith(("Heading", "Title"))]
    assert "Speil mangler [rød]" in headings
    assert document.tables
    links = [rel.target_ref for rel in document.part.rels.values() if rel.is_external]
    assert links == ["https://lovdata.no/NL/lov/2001-01-01-1/%C2%A72"]
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        footnotes = file.read("word/footnotes.xml").decode()
    assert "Eieren [av stien] skal rydde &amp; merke &lt;alt&gt;." in footnotes


def test_every_finding_stands_in_the_word_document(whole: Report) -> None:
    document = docx.Document(io.BytesIO(word.to_docx(whole, "en")))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert [finding.id for finding in whole.findings if finding.id not in text] == []


def test_the_json_is_that_of_the_contract(whole: Report) -> None:
    content = json.loads(tables.to_json(whole))
    assert set(content) >= {"data", "acts", "findings"}
    assert set(content["data"]) == {"source", "date", "sha256"}
    first = content["findings"][0]
    assert set(first) >= {
        "id",
        "kind",
        "type",
        "acts",
        "provisions",
        "actors",
        "score",
        "title",
        "explanation",
        "evidence",
    }
    assert set(first["title"]) == set(first["explanation"]) == {"nb", "en"}
    assert all(set(one) == {"address", "start", "end", "norm"} for one in first["evidence"])
    assert len({finding["id"] for finding in content["findings"]}) == len(content["findings"])


def test_the_csv_has_one_row_a_finding_and_a_dash_for_what_is_empty(whole: Report) -> None:
    rows = list(csv.DictReader(io.StringIO(tables.to_csv(whole, "nb"))))
    assert [row["id"] for row in rows] == [finding.id for finding in whole.findings]
    assert all(value for row in rows for value in row.values())


def test_the_workbook_holds_every_finding(whole: Report) -> None:
    with zipfile.ZipFile(io.BytesIO(tables.to_xlsx(whole, "nb"))) as file:
        strings = file.read("xl/sharedStrings.xml").decode()
    assert [finding.id for finding in whole.findings if finding.id not in strings] == []


def test_markdown_disarms_its_own_signs() -> None:
    text = markdown.to_markdown(small(), "en")
    assert "### Mirror missing \\[red\\] {#mm-1}" in text
    assert "> Eieren \\[av stien\\] skal rydde & merke \\<alt\\>." in text


def test_the_markdown_matrix_stands_last_with_a_row_for_each_kind_of_duty(whole: Report) -> None:
    text = markdown.to_markdown(whole, "nb")
    findings, table = text.split("## Tjenester og plikttyper")
    assert [finding.id for finding in whole.findings if f"{{#{finding.id}}}" not in findings] == []
    rows = [line.split(" | ") for line in table.splitlines() if line.startswith("| ")]
    assert [row[0].removeprefix("| ") for row in rows] == ["Plikttype", *(duty.nb for duty in whole.matrix.duty_types)]
    assert {len(row) for row in rows} == {len(whole.matrix.services) + 1}


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_terminal_tables_fit_80_columns_and_read_no_words_as_markup(lang: str) -> None:
    from rich.console import Console

    console = Console(width=80, record=True, file=io.StringIO())
    console.print(report_view(small(), lang))  # type: ignore[arg-type]
    console.print(finding_view(small(), small().findings[0], lang))  # type: ignore[arg-type]
    text = console.export_text()
    assert max(map(len, text.splitlines())) <= 80
    assert "[rød]" in text or "[red]" in text
    assert "[av stien]" in text


@pytest.mark.parametrize("width", [60, 80, 200])
def test_the_matrix_fits_the_terminal_and_shows_every_kind_of_duty_and_what_is_missing(
    whole: Report, width: int
) -> None:
    console = Console(width=width, file=io.StringIO(), force_terminal=False)
    console.print(MatrixView(whole.matrix, whole, "nb"))
    lines = console.file.getvalue().splitlines()  # type: ignore[attr-defined]
    assert max(map(len, lines)) <= width
    text = " ".join(" ".join(lines).split())
    missing = [cell for cell in whole.matrix.cells if cell.status == "missing"]
    assert missing
    names = {duty.id: duty.nb for duty in whole.matrix.duty_types}
    listed = text[text.index("Mangler, og andre har det") :]
    assert all(names[cell.duty_type] in listed for cell in missing)
    own = next(cell for cell in whole.matrix.cells if cell.status == "own")
    home = next(service.act for service in whole.matrix.services if service.id == own.service)
    assert whole.sections(own.addresses, home)[0][0] in text

"""Proposals in every kind of file, made from one invented amending part."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

# (kind, text): the kinds of paragraph of a proposal on an invented act
AMENDING_PART: tuple[tuple[str, str], ...] = (
    ("heading", "Forslag til lov om endringer i stiloven (merking)"),
    ("text", "I"),
    ("text", "I lov 1. januar 2001 nr. 1 om stier gjøres følgende endringer:"),
    ("text", "§ 2 andre ledd skal lyde:"),
    ("text", "Kommunen skal føre tilsyn med at stiene er merket, og at skiltene kan leses av alle som går der, også i "
             "mørke og snø, så langt det er mulig uten urimelig kostnad for eieren av grunnen."),
    ("text", "§ 2 nytt tredje ledd skal lyde:"),
    ("text", "Ved tilsynet skal kommunen legge vekt på"),
    ("item", "a) hvor mange som bruker stien,"),
    ("item", "b) om stien går nær stup eller vann, og"),
    ("item", "c) hva eieren har råd til."),
    ("text", "Nåværende tredje ledd blir nytt fjerde ledd."),
    ("text", "Ny § 3 a skal lyde:"),
    ("section", "§ 3 a. Samarbeid om vedlikehold"),
    ("text", "(1) Eieren skal samarbeide med kommunen om vedlikehold av stien."),
    ("text", "(2) Fylkeskommunen kan gi råd til eieren og kommunen."),
    ("text", "§ 5 oppheves."),
    ("text", "II"),
    ("text", "Loven trer i kraft fra den tid Kongen bestemmer."),
)  # fmt: skip
BEFORE = (
    ("heading", "1 Hovedinnholdet i forslaget"),
    ("text", "Departementet drøfter om reglene om merking av stier bør bli tydeligere for eierne og kommunene. " * 3),
    ("heading", "2 Gjeldende rett"),
    ("text", "Etter stiloven § 2 skal eieren merke stien. Det har vært uklart hvem som fører tilsyn. " * 3),
)
AFTER = (
    ("heading", "Merknader til de enkelte bestemmelsene"),
    ("text", "Til § 2: Andre ledd gir kommunen en plikt til å føre tilsyn."),
)
LONG = (*BEFORE, *AMENDING_PART, *AFTER)

Paragraphs = Sequence[tuple[str, str]]


def write_text(path: Path, paragraphs: Paragraphs, *, width: int = 0) -> Path:
    """Plain text, one paragraph a line, or cut at *width* with a blank line between paragraphs."""
    import textwrap

    lines = ["\n".join(textwrap.wrap(text, width)) if width else text for _, text in paragraphs]
    path.write_text("\n\n".join(lines), encoding="utf-8")
    return path


def write_markdown(path: Path, paragraphs: Paragraphs) -> Path:
    marks = {"heading": "## {}", "section": "**{}**", "item": "- {}"}
    path.write_text("\n\n".join(marks.get(kind, "{}").format(text) for kind, text in paragraphs), encoding="utf-8")
    return path


def write_docx(path: Path, paragraphs: Paragraphs) -> Path:
    import docx

    document = docx.Document()
    for kind, text in paragraphs:
        if kind == "heading":
            document.add_heading(text, 1)
        else:
            document.add_paragraph(text)
    document.save(str(path))
    return path


def write_html(path: Path, paragraphs: Paragraphs) -> Path:
    """A page as a ministry's site lays it out: menus and footers around an article."""
    tags = {"heading": "<h2>{}</h2>", "item": "<ul><li>{}</li></ul>"}
    inside = "".join(tags.get(kind, "<p>{}</p>").format(text) for kind, text in paragraphs)
    path.write_text(
        "<!DOCTYPE html><html><head><title>Høring - regjeringen.no</title><script>var x = '§ 9 oppheves.'</script></head>"
        f"<body><nav><p>§ 8 oppheves.</p></nav><main><h1>Høring om stier</h1>{inside}</main>"
        "<footer><p>§ 7 oppheves.</p></footer></body></html>", encoding="utf-8")  # fmt: skip
    return path


def write_pdf(path: Path, paragraphs: Paragraphs, *, columns: int = 1) -> Path:
    """A PDF with running headers and page numbers, its lines cut and words hyphenated as a printer does."""
    from fpdf import FPDF

    class Page(FPDF):
        def header(self) -> None:
            self.set_font("Helvetica", size=8)
            self.cell(0, 6, "Prop. 1 L Lov om stier", new_x="LMARGIN", new_y="NEXT")

        def footer(self) -> None:
            self.set_y(-12)
            self.set_font("Helvetica", size=8)
            self.cell(0, 6, str(self.page_no()), align="C")

    pdf = Page(format="A5")
    pdf.set_margin(12)
    pdf.add_page()
    if columns == 2:
        pdf.set_font("Helvetica", size=8)
        with pdf.text_columns(ncols=2, gutter=6, line_height=1.3) as flow:
            for _, text in paragraphs:
                with flow.paragraph(bottom_margin=3) as paragraph:
                    paragraph.write(text.replace("–", "-"))
    else:
        for kind, text in paragraphs:
            pdf.set_font("Helvetica", style="B" if kind == "heading" else "", size=13 if kind == "heading" else 10)
            pdf.multi_cell(0, 5, text.replace("–", "-"), align="L", new_x="LMARGIN", new_y="NEXT")
            pdf.ln(3)
    pdf.output(str(path))
    return path


WRITERS: dict[str, Callable[[Path, Paragraphs], Path]] = {
    "txt": write_text, "md": write_markdown, "docx": write_docx, "html": write_html, "pdf": write_pdf,
}  # fmt: skip


@pytest.fixture(params=sorted(WRITERS))
def long_proposal(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The amending part inside a long document, in each kind of file."""
    return WRITERS[request.param](tmp_path / f"forslag.{request.param}", LONG)

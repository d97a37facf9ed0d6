from __future__ import annotations

from pathlib import Path

import pytest

from lovdata_ingest.errors import LovdataError
from lovdata_ingest.model import Node
from lovdata_ingest.proposals import Proposal, read_proposal, read_proposals
from tests.conftest import act_xml
from tests.proposals.conftest import AMENDING_PART, BEFORE, LONG, WRITERS, write_docx, write_pdf, write_text

LEADS = [
    "I lov 1. januar 2001 nr. 1 om stier gjøres følgende endringer:", "§ 2 andre ledd skal lyde:",
    "§ 2 nytt tredje ledd skal lyde:", "Nåværende tredje ledd blir nytt fjerde ledd.", "Ny § 3 a skal lyde:",
    "§ 5 oppheves.",
]  # fmt: skip


def leads(proposal: Proposal) -> list[str]:
    return [node.text for node in proposal.document.body.of("paragraph")]


def nodes(proposal: Proposal, *kinds: str) -> list[Node]:
    return [node for node in proposal.document.body.walk() if node.kind in kinds]


def test_the_amending_part_is_found_in_every_kind_of_file_with_the_same_leads(long_proposal: Path):
    assert leads(read_proposal(long_proposal)) == LEADS


def test_every_kind_of_file_gives_the_same_text_to_the_character(long_proposal: Path):
    proposal = read_proposal(long_proposal)
    ledd = [" ".join((node.label, node.text)).strip() for node in nodes(proposal, "ledd")]
    assert ledd == [text for kind, text in AMENDING_PART if kind == "text" and text not in (*LEADS, "I", "II")]
    items = [(node.label, node.text) for node in nodes(proposal, "item")]
    assert items == [tuple(text.split(" ", 1)) for kind, text in AMENDING_PART if kind == "item"]


def test_a_new_section_holds_its_heading_and_its_numbered_ledd(long_proposal: Path):
    (section,) = nodes(read_proposal(long_proposal), "new_section")
    assert (section.name, section.designation, section.title) == ("§3a", "§ 3 a", "Samarbeid om vedlikehold")
    assert [ledd.label for ledd in section.ledd] == ["(1)", "(2)"]


def test_what_was_taken_is_told_with_its_place(long_proposal: Path):
    proposal = read_proposal(long_proposal)
    (taken,) = [message for message in proposal.messages if message.kind == "taken"]
    assert "stiloven" in taken.nb
    assert "5 instrukser" in taken.nb  # the words that name the act are no instruction
    assert proposal.title == "Forslag til lov om endringer i stiloven (merking)"


def test_the_place_of_a_lead_in_the_file_is_known(tmp_path: Path):
    path = write_text(tmp_path / "a.txt", LONG)
    proposal = read_proposal(path)
    lead = next(node for node in nodes(proposal, "paragraph") if node.text == "§ 5 oppheves.")
    line = proposal.place(str(lead.address)).line
    assert path.read_text("utf-8").split("\n")[line - 1] == "§ 5 oppheves."


@pytest.mark.parametrize("width", [60, 76, 100])
def test_lines_cut_at_a_fixed_width_are_joined(tmp_path: Path, width: int):
    whole = read_proposal(write_text(tmp_path / "a.txt", LONG))
    cut = read_proposal(write_text(tmp_path / "b.txt", LONG, width=width))
    assert cut.document.body == whole.document.body


def test_a_pdf_in_two_columns_is_read_column_by_column(tmp_path: Path):
    proposal = read_proposal(write_pdf(tmp_path / "a.pdf", (*BEFORE * 6, *LONG), columns=2))
    assert leads(proposal) == LEADS
    assert any("utelatt" in message.nb for message in proposal.messages)


def test_a_scanned_pdf_says_that_it_is_one_and_what_to_do(tmp_path: Path):
    from fpdf import FPDF
    from PIL import Image

    Image.new("L", (600, 800), 255).save(tmp_path / "scan.png")
    pdf = FPDF()
    for _ in range(3):
        pdf.add_page()
        pdf.image(str(tmp_path / "scan.png"), w=180)
    pdf.output(str(tmp_path / "scan.pdf"))
    with pytest.raises(LovdataError, match=r"scan\.pdf: a scanned PDF: 3 page.*OCR"):
        read_proposal(tmp_path / "scan.pdf")


@pytest.mark.parametrize(("name", "data", "words"), [
    ("a.pdf", b"%PDF-1.4 cut short", "not a PDF, or damaged"),
    ("a.docx", b"PK\x03\x04 cut short", "not a Word file"),
    ("a.docx", b"no zip at all", "not a file that can be read"),
    ("a.doc", b"\xd0\xcf\x11\xe0 old Word", "save it as .docx"),
    ("a.txt", b"  \n ", "the file is empty"),
    ("a.txt", "Stortinget ber regjeringen om å utrede saken.".encode(), "no amending part found"),
    ("a.bin", b"\x00\x01\x02\x00", "not a text file"),
])  # fmt: skip
def test_a_file_that_cannot_be_read_gets_one_message_that_names_it(tmp_path: Path, name: str, data: bytes, words: str):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(LovdataError, match=words) as caught:
        read_proposal(tmp_path / name)
    assert name in str(caught.value)


def test_a_missing_file_gets_a_message(tmp_path: Path):
    with pytest.raises(LovdataError, match="no such file"):
        read_proposal(tmp_path / "ingen.docx")


def test_several_proposals_are_read_and_a_bad_one_is_named(tmp_path: Path):
    good = write_text(tmp_path / "a.txt", AMENDING_PART)
    proposals, failed = read_proposals([good, tmp_path / "b.pdf", WRITERS["docx"](tmp_path / "c.docx", AMENDING_PART)])
    assert [proposal.name for proposal in proposals] == ["a.txt", "c.docx"]
    assert [path for path, _ in failed] == [str(tmp_path / "b.pdf")]
    assert len({proposal.document.refid for proposal in proposals}) == 2


def test_a_gazette_document_is_taken_as_it_is(tmp_path: Path):
    path = tmp_path / "nl-20010101-001.xml"
    path.write_bytes(act_xml("<article class='defaultP'>§ 5 oppheves.</article>", refid="lov/2001-02-02-2"))
    proposal = read_proposal(path)
    assert proposal.document.refid == "lov/2001-02-02-2"
    assert leads(proposal) == ["§ 5 oppheves."]


def test_tracked_changes_are_read_as_accepted_and_the_message_says_so(tmp_path: Path):
    path = write_tracked(tmp_path / "a.docx")
    accepted = read_proposal(path)
    assert [node.text for node in nodes(accepted, "ledd")][:1] == ["Kommunen skal føre tilsyn."]
    (message,) = [m for m in accepted.messages if m.kind == "reading"]
    assert "1 innsettinger, 1 slettinger" in message.nb
    assert "godtatt" in message.nb


def test_tracked_changes_can_be_read_as_rejected(tmp_path: Path):
    original = read_proposal(write_tracked(tmp_path / "a.docx"), reading="original")
    assert [node.text for node in nodes(original, "ledd")][:1] == ["Kommunen kan føre tilsyn."]


def write_tracked(path: Path) -> Path:
    """A Word file where "kan" was replaced by "skal" with tracked changes."""
    import docx
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    document = docx.Document()
    document.add_paragraph("I lov 1. januar 2001 nr. 1 om stier gjøres følgende endringer:")
    document.add_paragraph("§ 2 andre ledd skal lyde:")
    paragraph = document.add_paragraph("Kommunen ")
    for tag, text_tag, words in (("w:del", "w:delText", "kan"), ("w:ins", "w:t", "skal")):
        change, run, text = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(text_tag)
        change.set(qn("w:author"), "Kari")
        text.text = words
        run.append(text)
        change.append(run)
        paragraph._p.append(change)
    paragraph.add_run(" føre tilsyn.")
    document.save(str(path))
    return path


def test_labels_that_word_prints_by_itself_are_read(tmp_path: Path):
    import docx
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    document = docx.Document()
    numbering = document.part.numbering_part.element
    numbering.insert(0, parse_xml(
        f"<w:abstractNum {nsdecls('w')} w:abstractNumId='77'><w:lvl w:ilvl='0'><w:start w:val='1'/>"
        "<w:numFmt w:val='lowerLetter'/><w:lvlText w:val='%1)'/></w:lvl></w:abstractNum>"))  # fmt: skip
    numbering.append(parse_xml(f"<w:num {nsdecls('w')} w:numId='77'><w:abstractNumId w:val='77'/></w:num>"))
    for text in ("§ 2 første ledd skal lyde:", "Eieren skal merke stien når den er", "lang,", "bratt eller", "våt."):
        paragraph = document.add_paragraph(text)
        if text in ("lang,", "bratt eller", "våt."):
            paragraph._p.get_or_add_pPr().append(parse_xml(
                f"<w:numPr {nsdecls('w')}><w:ilvl w:val='0'/><w:numId w:val='77'/></w:numPr>"))  # fmt: skip
    document.save(str(tmp_path / "a.docx"))
    items = nodes(read_proposal(tmp_path / "a.docx"), "item")
    assert [(item.label, item.text) for item in items] == [("a)", "lang,"), ("b)", "bratt eller"), ("c)", "våt.")]


def test_instructions_that_the_discussion_quotes_are_passed_over_and_counted(tmp_path: Path):
    quoting = (("text", "§ 9 andre ledd skal lyde:"), ("text", "Eieren kan kreve vederlag."))
    proposal = read_proposal(write_docx(tmp_path / "a.docx", (LONG[0], *quoting, *LONG)))
    assert leads(proposal) == LEADS
    assert any(m.kind == "skipped" and m.nb.startswith("1 instrukser er sitert") for m in proposal.messages)


def test_a_text_of_bare_instructions_is_taken_without_an_opening(tmp_path: Path):
    path = write_text(
        tmp_path / "a.txt", (("text", "§ 2 skal lyde:"), ("text", "§ 2. Merking"), ("text", "Eieren merker."))
    )
    assert leads(read_proposal(path)) == ["§ 2 skal lyde:"]


def test_an_instruction_in_free_prose_gets_a_located_message(tmp_path: Path):
    free = (("text", "Utvalget foreslår at § 5 andre ledd strykes fordi det ikke lenger er behov for regelen."),)
    proposal = read_proposal(write_text(tmp_path / "a.txt", (*AMENDING_PART[:5], *free)))
    (message,) = [m for m in proposal.messages if m.kind == "problem"]
    assert "fri prosa" in message.nb
    assert message.place.line == 11
    with pytest.raises(LovdataError, match="free prose"):
        read_proposal(write_text(tmp_path / "b.txt", free))


def test_mixed_written_standards_in_one_act_get_a_message(tmp_path: Path):
    mixed = (
        *AMENDING_PART[1:3], ("text", "§ 2 skal lyde:"),
        ("text", "Kommunen skal ikke gi noen tillatelse hvis eieren ikke selv har søkt om det."),
        ("text", "Fylkeskommunen skal ikkje gje noko løyve viss eigaren ikkje sjølv har søkt om det."),
    )  # fmt: skip
    messages = read_proposal(write_text(tmp_path / "a.txt", mixed)).messages
    assert any(m.kind == "problem" and "bokmål og nynorsk" in m.nb and m.place.line for m in messages)


def test_an_act_in_nynorsk_changed_by_instructions_in_bokmaal_is_no_mixture(tmp_path: Path):
    paragraphs = (
        *AMENDING_PART[1:4],
        ("text", "Fylkeskommunen skal ikkje gje noko løyve viss eigaren ikkje har søkt."),
    )
    messages = read_proposal(write_text(tmp_path / "a.txt", paragraphs)).messages
    assert [m for m in messages if m.kind == "problem"] == []


def test_a_law_text_that_stands_twice_is_taken_once(tmp_path: Path):
    paragraphs = (*AMENDING_PART, ("heading", "Vedlegg 1"), ("text", "Statistikk."), *AMENDING_PART)
    proposal = read_proposal(write_docx(tmp_path / "a.docx", paragraphs))
    assert leads(proposal) == LEADS
    assert any("den siste er brukt" in m.nb for m in proposal.messages)


def test_a_line_break_inside_a_word_paragraph_parts_lead_and_text_but_not_a_sentence(tmp_path: Path):
    import docx

    document = docx.Document()
    document.add_paragraph(
        "§ 2 andre ledd skal lyde:\nKommunen skal føre tilsyn\nmed stiene når de er\na) lange, eller\nb) bratte."
    )
    document.save(str(tmp_path / "a.docx"))
    proposal = read_proposal(tmp_path / "a.docx")
    assert leads(proposal) == ["§ 2 andre ledd skal lyde:"]
    assert [node.text for node in nodes(proposal, "ledd")] == ["Kommunen skal føre tilsyn med stiene når de er"]
    assert [node.label for node in nodes(proposal, "item")] == ["a)", "b)"]


def test_a_page_saved_from_lovdata_is_a_promulgated_act(tmp_path: Path):
    page = (
        "<main><h1>Lov om endringer i stiloven</h1><table><tr><th>Dato</th><td id='metaField_dato'>LOV-2001-02-02-2</td></tr>"
        '</table><div id="documentBody"><p class="morTag_a avsnitt">§ 5 oppheves.</p></div></main>'
    )
    (tmp_path / "side.html").write_text(page, encoding="utf-8")
    assert read_proposal(tmp_path / "side.html").document.refid == "lov/2001-02-02-2"


def test_a_title_line_directly_before_the_naming_of_the_act_is_a_line_of_its_own(tmp_path: Path):
    file = tmp_path / "forslag.txt"
    file.write_text(
        "Lov om endringer i stiloven mv.\nI lov 1. januar 2001 nr. 1 om stier gjøres følgende endringer:\n\n"
        "§ 2 første ledd skal lyde:\n\nKommunen skal føre tilsyn med merkingen.\n",
        "utf-8",
    )
    assert "I lov 1. januar 2001 nr. 1 om stier gjøres følgende endringer:" in leads(read_proposal(file))

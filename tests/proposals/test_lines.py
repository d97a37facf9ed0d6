from __future__ import annotations

import pytest

from lovdata_ingest.proposals.lead import is_chapter_heading, is_lead, is_opening, roman_part, section_heading
from lovdata_ingest.proposals.lines import cut_label, join_words
from lovdata_ingest.proposals.text_reader import read_text


@pytest.mark.parametrize("text", [
    "§ 2 b skal lyde:", "Ny § 7 skal lyde:", "§ 5 oppheves.", "§ 5 blir oppheva.", "§§ 3 og 4 oppheves.",
    "Nåværende andre ledd blir nytt tredje ledd.", "Noverande § 8 blir ny § 9.", "Nåværende §§ 50 til 52 blir §§ 51 til ny 53.",
    "I § 3 første ledd skal ordet «sti» erstattes med «løype».", "I kapittel 3 skal ny § 12 lyde:",
    "Overskriften til kapittel 2 skal lyde:", "Lovens tittel skal lyde:", "§ 4 overskrifta skal lyde:",
    "Kapittel 4 oppheves.", "Første ledd oppheves.", "Punktumet etter «sti» i § 3 fjernes.",
    "I lov 1. januar 2001 nr. 1 om stier blir det gjort følgjande endringar:", "Nytt kapittel 5 A skal lyde:",
    "§ 6 andre ledd skal lyde: Eieren skal merke stien.",
])  # fmt: skip
def test_an_instruction_is_known_by_its_words(text: str):
    assert is_lead(text)


@pytest.mark.parametrize("text", [
    "§ 5. Samarbeid", "§ 5 gjelder tilsvarende.", "§ 5 Vedtak som oppheves av klageinstansen", "Kapittel 5. Samarbeid",
    "Vedtaket oppheves dersom stien ikke er merket.", "Nåværende eier skal merke stien.",
    "§ 6. Tillatelsen oppheves når stien er nedlagt.", "Kommunen skal føre tilsyn.", "II",
])  # fmt: skip
def test_a_text_of_law_is_no_instruction(text: str):
    assert not is_lead(text)


@pytest.mark.parametrize(("text", "number", "title"), [
    ("§ 2 b. Samarbeid og samordning", "§ 2 b.", "Samarbeid og samordning"), ("§ 4A-14. Samarbeid", "§ 4A-14.", "Samarbeid"),
    ("§ 3-2 a. (Opphevet)", "§ 3-2 a.", "(Opphevet)"), ("§ 7", "§ 7", ""), ("§ 2 Samarbeid", "§ 2", "Samarbeid"),
])  # fmt: skip
def test_the_heading_of_a_section_is_number_and_title(text: str, number: str, title: str):
    assert section_heading(text) == (number, title)


def test_chapters_parts_and_openings_are_told_apart():
    assert is_chapter_heading("Kapittel 5 A. Samarbeid")
    assert not is_chapter_heading("Kapittel 5 om samarbeid gjelder tilsvarende.")
    assert roman_part("XIV.") == "XIV"
    assert roman_part("Vi") is None
    assert is_opening("3. I lov 1. januar 2001 nr. 1 om stier gjøres følgende endringer:")
    assert not is_opening("I § 3 skal «sti» erstattes med «løype».")


@pytest.mark.parametrize(("before", "after", "joined"), [
    ("barnehage-", "eieren skal", "barnehageeieren skal"), ("helse-", "og omsorgstjenester", "helse- og omsorgstjenester"),
    ("EU-", "Parlamentet", "EU-Parlamentet"), ("etter § 2-", "5 skal", "etter § 2-5 skal"), ("en", "sti", "en sti"),
    ("sam\u00ad", "arbeid", "samarbeid"),
])  # fmt: skip
def test_a_word_cut_at_the_end_of_a_line_is_made_whole(before: str, after: str, joined: str):
    assert join_words(before, after) == joined


def test_a_hyphen_stays_where_the_file_writes_the_word_with_one():
    assert join_words("e-", "post", frozenset({"e-post"})) == "e-post"


def test_a_date_at_the_start_of_a_line_is_no_label():
    assert cut_label("17. juni 2005 nr. 64") == ("", "17. juni 2005 nr. 64")
    assert cut_label("aa) når") == ("aa)", "når")
    assert cut_label("jf. § 4") == ("", "jf. § 4")


@pytest.mark.parametrize("number", ["I", "II", "I."])
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_a_roman_number_alone_stands_alone_without_a_blank_line_after_it(number: str, between: str):
    opening = "I lov 1. januar 2001 nr. 1 om stier gjøres følgende endringer:"
    text = f"Forslag til lov om endringer i stiloven\n\n{number}{between}{opening}\n§ 2 skal lyde:\nEieren skal merke stien.\n"
    assert [block.text for block in read_text(text, markdown=False)][1:3] == [number, opening]

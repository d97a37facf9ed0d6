"""What is recognised, and where it leads: a table in the language of the subject."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lovdata_ingest.references import Index, references_in
from tests.references.conftest import BOATS, FORESTS, FORESTS_OLD, PATHS, Reading

P, F, B = PATHS, FORESTS, BOATS
OWN = [
    ("Reglene i § 3 gjelder.", [f"{P}/§3"]),
    ("Etter §§ 3, 4 og 2 a gjelder annet.", [f"{P}/§3", f"{P}/§4", f"{P}/§2a"]),
    ("Se § 2 første ledd.", [f"{P}/§2/ledd/1"]),
    ("Se § 2 første og annet ledd.", [f"{P}/§2/ledd/1", f"{P}/§2/ledd/2"]),
    ("Se § 2 siste ledd.", [f"{P}/§2/ledd/3"]),
    ("Se § 2 første ledd siste punktum.", [f"{P}/§2/ledd/1/setning/3"]),
    ("Se § 2 første ledd annet punktum.", [f"{P}/§2/ledd/1/setning/2"]),
    ("Se § 2 a bokstav b.", [f"{P}/§2a/bokstav/b"]),
    (
        "Se § 2 a første ledd bokstav a og c.",
        [f"{P}/§2a/ledd/1", f"{P}/§2a/ledd/1/bokstav/a", f"{P}/§2a/ledd/1/bokstav/c"],
    ),
    ("Se § 2, 2. ledd.", [f"{P}/§2/ledd/2"]),
    ("Se § 2 (2).", [f"{P}/§2/ledd/2"]),
    ("Paragraf 3 gjelder. Paragrafene 4 og 5 gjelder ikke.", [f"{P}/§3", f"{P}/§4", f"{P}/§5"]),
    ("Etter § 4 og 14 dager deretter.", [f"{P}/§4"]),
    ("Se § 3 i denne loven.", [f"{P}/§3", P]),
    ("I medhold av § 3 i lov om stier kan det gis pålegg.", [f"{P}/§3", P]),
    ("Se kapittel 2 og kapittel I.", [f"{P}/kapII", f"{P}/kapI"]),
    ("Se kap. II.", [f"{P}/kapII"]),
    ("Bokstav b og c i § 2 a gjelder.", [f"{P}/§2a/bokstav/b", f"{P}/§2a/bokstav/c"]),
]
OTHERS = [
    ("Se skogvoktertjenesteloven § 3-1.", [f"{F}/§3-1"]),
    ("Se skogvoktertjenestelova §§ 3-1 og 3-2.", [f"{F}/§3-1", f"{F}/§3-2"]),
    ("Skogvoktertenestelovas § 3-1 gjelder.", [f"{F}/§3-1"]),
    ("Se skogvoktertjenesteloven § 3-1, jf. § 3-2 første ledd.", [f"{F}/§3-1", f"{F}/§3-2/ledd/1"]),
    ("Se skogvoktertjenesteloven § 3-1 om vakt og § 3-3 om lønn.", [f"{F}/§3-1", f"{F}/§3-3"]),
    ("Se §§ 3-1 og 3-2 i skogvoktertjenesteloven.", [f"{F}/§3-1", f"{F}/§3-2", F]),
    ("Se lov 1. januar 2001 nr. 2 § 3-1.", [f"{F}/§3-1"]),
    ("Se lov av 1 januar 2001 nr. 2 om skogvoktertjenester § 3-1.", [f"{F}/§3-1"]),
    ("Se skogvoktertjenesteloven § 3 A-1.", [f"{F}/§3A-1"]),
    ("Se svtl. § 3-1.", [f"{F}/§3-1"]),
    ("Skogvoktertjenesteloven gjelder, likevel slik at § 3-2 ikke brukes.", [f"{F}/§3-2"]),
    ("Båtloven § 2 andre ledd gjeld.", [f"{B}/§2/ledd/2"]),
    ("Etter båtlova § 1 og skogvoktertjenesteloven § 3-1. Samme lov § 3-2 gjelder ikke.",
     [f"{B}/§1", f"{F}/§3-1", f"{F}/§3-2"]),
    ("Kongleloven § 9 gjelder.", [f"{FORESTS_OLD}/§9"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "targets"), OWN + OTHERS)
def test_a_reference_leads_to_the_exact_place(read: Reading, text: str, targets: list[str]) -> None:
    rows = [row for row in read(text) if row.via != "range"]
    assert sorted(row.target for row in rows) == sorted(targets)
    assert [row.reason for row in rows if row.status not in ("resolved", "no_such_ledd")] == []


def test_the_ends_of_a_range_are_text_and_what_lies_between_is_range(read: Reading) -> None:
    rows = read("Etter §§ 2 til 5 gjelder dette.")
    assert [(row.target, row.via) for row in rows if row.via == "text"] == [(f"{P}/§2", "text"), (f"{P}/§5", "text")]
    assert [row.target for row in rows if row.via == "range"] == [f"{P}/§2a", f"{P}/§3", f"{P}/§4"]


def test_a_hyphen_is_one_section_or_a_range_as_the_act_meant_numbers_its_sections(read: Reading) -> None:
    assert [row.target for row in read("Se skogvoktertjenesteloven § 3-4.")] == [f"{F}/§3-4"]
    assert [row.target for row in read("Se §§ 3-5.") if row.via == "text"] == [f"{P}/§3", f"{P}/§5"]
    assert [row.target for row in read("Se §§ 13 til 13 b.") if row.via == "text"] == [f"{P}/§13", f"{P}/§13b"]


def test_letters_and_numbers_have_ranges_too(read: Reading) -> None:
    rows = read("Se § 2 a bokstav a til c.")
    assert [(row.target[-1], row.via) for row in rows] == [("a", "text"), ("b", "range"), ("c", "text")]


RELATIVE = [
    ("Etter første ledd gjelder dette.", f"{P}/§2/ledd/2", f"{P}/§2/ledd/1"),
    ("Foregående ledd gjelder.", f"{P}/§2/ledd/2", f"{P}/§2/ledd/1"),
    ("Dette er et punktum. Foregående punktum gjelder ikke.", f"{P}/§2/ledd/2", f"{P}/§2/ledd/2/setning/1"),
    ("Første punktum gjelder.", f"{P}/§2/ledd/1", f"{P}/§2/ledd/1/setning/1"),
    ("Reglene i paragrafen her gjelder.", f"{P}/§2/ledd/1", f"{P}/§2"),
    ("Bestemmelsene i dette kapittelet gjelder.", f"{P}/§2/ledd/1", f"{P}/kapI"),
    ("Denne loven gjelder.", f"{P}/§2/ledd/1", P),
    ("Som nevnt i bokstav a.", f"{P}/§2a/ledd/1/bokstav/b", f"{P}/§2a/ledd/1/bokstav/a"),
]


@pytest.mark.parametrize(("text", "source", "target"), RELATIVE)
def test_a_relative_reference_resolves_where_it_stands(read: Reading, text: str, source: str, target: str) -> None:
    assert [(row.target, row.via, row.status) for row in read(text, source=source)] == [
        (target, "relative", "resolved")
    ]


NOT_RESOLVED = [
    ("Se § 99.", f"{P}/§99", "no_such_section"),
    ("Se § 3 femte ledd.", f"{P}/§3/ledd/5", "no_such_ledd"),
    ("Se § 7.", f"{P}/§7", "repealed"),
    ("Se lov 3. mars 1950 nr. 4 § 5.", "lov/1950-03-03-4/§5", "act_not_loaded"),
    ("Se straffeloven 1902 § 193.", "lov/1902-05-22-10/§193", "act_replaced"),
    ("Se barnevernloven av 1992 § 6-7.", "lov/1992-07-17-100/§6-7", "act_replaced"),
    ("Se § 3 i avtalen.", "", "external"),
    ("Se vedtektenes § 3.", "", "external"),
    ("Etter forordning (EU) 2016/679 gjelder.", "eu/32016r0679", "external"),
    ("Etter direktiv 2009/103/EF gjelder.", "eu/32009l0103", "external"),
]


@pytest.mark.parametrize(("text", "target", "status"), NOT_RESOLVED)
def test_what_leads_nowhere_is_a_row_with_its_reason(read: Reading, text: str, target: str, status: str) -> None:
    (row,) = read(text)
    assert (row.target, row.status) == (target, status)
    assert row.reason


def test_the_successor_of_a_section_of_a_replaced_act_is_told(read: Reading) -> None:
    (row,) = read("Se barnevernloven av 1992 § 6-7.")
    assert "lov/2021-06-18-97/§13-1" in row.reason


def test_a_near_name_does_not_win_and_its_rivals_are_told(read: Reading) -> None:
    (row,) = read("Se skogvaktertjenestloven § 3-1.")
    assert (row.target, row.status) == ("", "ambiguous")
    assert "skogvoktertjenesteloven" in row.reason


def test_a_name_of_an_act_in_force_and_of_one_to_come_means_the_one_in_force(read: Reading) -> None:
    assert [row.target for row in read("Kongleloven gjelder.")] == [FORESTS_OLD]


def test_of_two_acts_of_one_name_the_one_that_has_the_section_is_meant(read: Reading) -> None:
    assert [row.target for row in read("Kongleloven § 1-1 gjelder.")] == ["lov/2019-06-01-7/§1-1"]


NOTHING = [
    "Fristen er 3 uker.",
    "Det vises til 2. kvartal 2020.",
    "Loven i den stat der skipet hører hjemme gjelder.",
    "",
]


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_no_reference_gives_no_row(read: Reading, text: str) -> None:
    assert read(text) == []


PIECES = st.sampled_from(
    "§ §§ 3 3-1 2 a og eller til – , . jf. første annet ledd punktum bokstav b nr. 2 kapittel II stiloven "
    "skogvoktertjenesteloven lov 1. januar 2001 nr. 2 i denne loven samme ( ) : ; siste artikkel 5 del \u00ad \u2004 "
    "forordning (EU) 2016/679 Paragraf første straffalternativ".split(" ")
)


@settings(max_examples=150, deadline=None)
@given(words=st.lists(PIECES, max_size=25), glue=st.sampled_from([" ", "", "\u00a0"]))
def test_any_text_is_read_and_positions_hold_the_words(index: Index, words: list[str], glue: str) -> None:
    text = glue.join(words)
    for row in references_in(text, index, act=PATHS):
        assert text[row.start : row.end] == row.text
        assert row.start < row.end


def test_positions_count_in_the_raw_text_with_soft_hyphens(read: Reading) -> None:
    text = "Etter stilo\u00adven\u2004§ 3 gjelder."
    assert [(row.text, row.target) for row in read(text)] == [("§ 3", f"{P}/§3")]
    assert text[read(text)[0].start :].startswith("§ 3")

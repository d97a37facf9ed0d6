from __future__ import annotations

import pytest

from lovdata_ingest.acts import (
    ActName,
    AmbiguousAct,
    UnknownAct,
    fold,
    match_act,
    parse_acts,
    reform,
    reform_acts,
    succession,
)
from lovdata_ingest.address import parse_address
from lovdata_ingest.errors import LovdataError
from lovdata_ingest.yaml_file import RuleFileError
from tests.conftest import ACTS, GAZETTE_2001, real

STI = ActName("lov/2001-01-01-1", "Lov om stier (stiloven)", ("Stiloven",), ("stil",))


@pytest.mark.parametrize(
    ("words", "refid", "via"),
    [
        ("lov/2005-06-17-64", "lov/2005-06-17-64", "refid"),
        ("NL/LOV/2005-06-17-64", "lov/2005-06-17-64", "refid"),
        ("barnehageloven", "lov/2005-06-17-64", "short_title"),
        ("BARNEHAGELOVA", "lov/2005-06-17-64", "short_title"),
        ("bhl", "lov/2005-06-17-64", "abbreviation"),
        ("helse- og omsorgstenestelova", "lov/2011-06-24-30", "short_title"),
        ("nav-loven", "lov/2006-06-16-20", "short_title"),
        ("navloven", "lov/2006-06-16-20", "short_title"),
        ("krisesenterloven", "lov/2009-06-19-44", "short_title"),
        ("opplæringsloven", "lov/2023-06-09-30", "short_title"),
        ("friskolelova", "lov/2003-07-04-84", "former_name"),
        ("friskoleloven", "lov/2003-07-04-84", "former_name"),
        ("barnevernloven", "lov/2021-06-18-97", "replaced_act"),
        ("lov/1992-07-17-100", "lov/2021-06-18-97", "replaced_refid"),
        ("introduksjonsloven", "lov/2020-11-06-127", "replaced_act"),
        ("barnevernloven av 1992", "lov/2021-06-18-97", "replaced_act"),
        ("opplæringslova (1998)", "lov/2023-06-09-30", "replaced_act"),
        ("opplæringsloven 2023", "lov/2023-06-09-30", "short_title"),
        ("barnehageloven fra 1995", "lov/2005-06-17-64", "replaced_act"),
    ],
)
def test_a_name_leads_to_todays_act_without_any_data_loaded(words: str, refid: str, via: str) -> None:
    match = match_act(words)
    assert (match.refid, match.via) == (refid, via)


def test_only_old_names_are_remarked_on() -> None:
    assert "2023-01-01" in match_act("barnevernloven").note()
    assert "2022-06-15" in match_act("friskolelova").note("en")
    assert match_act("bhl").note() == ""


@pytest.mark.parametrize("words", ["stiloven", "Stilova", "stil", "lov om stier", "Lov om stier (stiloven)"])
def test_a_loaded_act_is_found_by_each_of_its_names(words: str) -> None:
    assert match_act(words, [STI]).refid == "lov/2001-01-01-1"


def test_a_near_miss_is_answered_with_the_closest_names() -> None:
    with pytest.raises(UnknownAct) as caught:
        match_act("barnhageloven")
    assert caught.value.closest[0] == ("barnehageloven", "lov/2005-06-17-64")
    assert "barnehageloven (lov/2005-06-17-64)" in str(caught.value)


def test_nothing_near_is_no_guess() -> None:
    with pytest.raises(UnknownAct) as caught:
        match_act("xyzzy")
    assert caught.value.closest == ()


def test_of_two_namesakes_the_one_in_force_is_meant() -> None:
    coming = ActName("lov/2031-01-01-1", "Lov om stier", ("Stiloven",), (), in_force=False)
    assert match_act("stiloven", [coming, STI]).refid == "lov/2001-01-01-1"


def test_a_year_tells_namesakes_apart() -> None:
    other = ActName("lov/2002-01-01-1", "Lov om skistier", ("Stiloven",))
    assert match_act("stiloven 2002", [STI, other]).refid == "lov/2002-01-01-1"
    assert match_act("stilova av 2001", [STI, other]).refid == "lov/2001-01-01-1"
    with pytest.raises(UnknownAct):
        match_act("stiloven 1999", [STI, other])


def test_two_namesakes_in_force_are_both_named() -> None:
    other = ActName("lov/2002-01-01-1", "Lov om skistier", ("Stiloven",))
    with pytest.raises(AmbiguousAct, match="lov/2002-01-01-1") as caught:
        match_act("stiloven", [STI, other])
    assert [refid for _, refid in caught.value.candidates] == ["lov/2001-01-01-1", "lov/2002-01-01-1"]


def test_folding_makes_the_two_standards_equal() -> None:
    assert fold("Sosialtenestelova") == fold("sosialtjenesteloven")
    assert fold("Privatskulelova") == fold("privatskoleloven")
    assert fold("barnelova") != fold("barnehagelova")


@pytest.mark.parametrize(
    ("old", "new", "basis"),
    [
        ("lov/1992-07-17-100/§6-4", ["lov/2021-06-18-97/§13-2", "lov/2021-06-18-97/§13-4"], "text"),
        ("lov/1992-07-17-100/§3-2a/ledd/2", ["lov/2021-06-18-97/§15-9"], "text"),
        ("lov/1998-07-17-61/§4a-14", ["lov/2023-06-09-30/§24-1/ledd/6"], "text"),
        ("lov/1992-07-17-100", ["lov/2021-06-18-97"], "act"),
        ("lov/1992-07-17-100/§99-9", [], None),
    ],
)
def test_an_old_section_leads_to_todays(old: str, new: list[str], basis: str | None) -> None:
    found = succession(parse_address(old))
    assert found is not None
    assert [str(address) for address in found.new] == new
    assert found.basis == basis
    assert old in found.explain()
    assert found.act in found.explain("en")


def test_an_act_of_today_has_no_successor() -> None:
    assert succession(parse_address("lov/2005-06-17-64/§2b")) is None


def test_there_are_14_acts_in_the_order_of_the_amending_act() -> None:
    assert [act.part for act in reform_acts()] == (
        ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV"]
    )


def test_the_14_are_those_that_the_amending_act_lists_or_their_successors() -> None:
    from lovdata_ingest.sources import read_document, read_files

    year, month, day, number = reform().act.removeprefix("lov/").split("-")
    name = f"nl-{year}{month}{day}-{int(number):03}"
    law = read_document(next(file for file in read_files([real(GAZETTE_2001)]) if file.name == name))
    assert law.refid == reform().act
    ours = {act.refid for act in reform_acts()}
    assert {getattr(succession(parse_address(refid)), "act", refid) for refid in law.header.changes} == ours


def test_names_ministries_and_new_sections_are_those_of_the_acts() -> None:
    from lovdata_ingest.corpus import load

    corpus = load([real(ACTS)])
    for act in reform_acts():
        law = corpus.get(act.refid)
        assert law.header.ministries == (act.ministry,)
        assert {fold(name) for name in law.header.short_titles} <= {fold(name) for name in act.names.all()}
        assert set(law.header.abbreviations) <= set(act.abbreviations)
        for old in act.replaces:
            for move in old.sections:
                for number in move.new:
                    assert law.find(parse_address(f"{act.refid}/§{number}")) is not None, number


ONE = """
reform: {act: lov/2001-01-01-9, in_force: 2002-01-01, decided_by: forskrift/2001-12-01-1}
acts:
  - refid: lov/2001-01-01-1
    part: I
    names: {nb: [stiloven], nn: [stilova]}
    abbreviations: []
    ministry: Stidepartementet
    sector: {nb: stier, nn: stiar, en: paths}
"""


def test_an_acts_file_is_read() -> None:
    assert parse_acts(ONE).acts[0].names.nn == ("stilova",)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("    part: I\n", "    part: I\n    colour: red\n", ["line 4", "colour", "Allowed here: refid, part, names"]),
        ("    part: I\n", "", ["line 4", "part"]),
        ("    part: I\n", "    part: I\n    part: II\n", ["line 6", "'part' stands twice", "line 5"]),
        ("nn: [stilova]", "nn: stilova", ["line 6", "array"]),
        ("in_force: 2002-01-01", "in_force: soon", ["line 2"]),
        ("refid: lov/2001-01-01-1", "refid: lov-2001", ["lov-2001", "lov/2005-06-17-64"]),
        ("acts:\n", "acts: [\n", ["not YAML"]),
    ],
)
def test_a_slip_in_the_acts_file_is_named_with_line_key_and_what_is_allowed(
    before: str, after: str, words: list[str]
) -> None:
    assert before in ONE
    with pytest.raises(LovdataError) as caught:
        parse_acts(ONE.replace(before, after), name="acts.yaml")
    for word in ["acts.yaml", *words]:
        assert word in str(caught.value)


def test_an_empty_acts_file_is_refused() -> None:
    with pytest.raises(RuleFileError, match="empty"):
        parse_acts("")


def test_a_refid_that_stands_twice_is_refused() -> None:
    twice = ONE + ONE[ONE.index("  - refid") :]
    with pytest.raises(LovdataError, match="stands twice"):
        parse_acts(twice)

"""The law on a date, from an invented gazette: an act, an act that amends it, and the consolidated text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lovdata_ingest.errors import LovdataError
from tests.conftest import act_xml, section_xml
from tests.proposals.law import SECTIONS
from tests.proposals.test_commands import run

NEW = "Kommunen skal samarbeide med skolen om tilsyn med merkingen."
AMENDING = (
    "<section class='section' data-name='kapI'><h2>I</h2>"
    "<article class='defaultP'>I lov 1. januar 2001 nr. 1 om stier gjøres følgende endringer:</article>"
    "<article class='defaultP'>§ 2 andre ledd skal lyde:</article>"
    f"<article class='legalP'>{NEW}</article></section>"
    "<section class='section' data-name='kapII'><h2>II</h2>"
    "<article class='legalP'>Loven trer i kraft 1. januar 2003.</article></section>"
)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A folder of sources: gazette and consolidated acts."""
    folder = tmp_path / "lov"
    (folder / "lti").mkdir(parents=True)
    (folder / "nl").mkdir()
    printed = act_xml("".join(SECTIONS)).replace(b">NL/lov/", b">LTI/lov/")
    amending = act_xml(AMENDING, refid="lov/2002-03-03-3", short_title="").replace(b">NL/lov/", b">LTI/lov/")
    amending = amending.replace(b"Lov om stier (stiloven)", b"Lov om endringer i stiloven")
    (folder / "lti" / "nl-20010101-001.xml").write_bytes(printed)
    (folder / "lti" / "nl-20020303-003.xml").write_bytes(amending)
    changed = SECTIONS[1].replace("Kommunen kan føre tilsyn med merkingen.", NEW)
    read_on = "<dt class='lastupdated'>Rettet</dt><dd class='lastupdated'>2010-01-01</dd>"  # tells the date of the data
    today = act_xml("".join((SECTIONS[0], changed, *SECTIONS[2:])), fields=read_on)
    (folder / "nl" / "nl-20010101-001.xml").write_bytes(today)
    other = act_xml(
        section_xml("1", "Bruer skal merkes.", refid="lov/1990-01-01-1"),
        refid="lov/1990-01-01-1",
        short_title="Bruloven",
    )
    (folder / "nl" / "nl-19900101-001.xml").write_bytes(other)
    return folder


def second_ledd(answer: dict[str, list[dict[str, list[dict[str, str]]]]]) -> str:
    return answer["sections"][1]["ledd"][1]["text"]


def test_the_act_is_given_as_it_was_before_and_after_the_amendment(book: Path):
    before = json.loads(run("at", "stiloven", "2002-12-31", "--source", book, "--format", "json"))
    after = json.loads(run("at", "stiloven", "2003-01-01", "--source", book, "--format", "json"))
    assert second_ledd(before) == "Kommunen kan føre tilsyn med merkingen."
    assert second_ledd(after) == NEW
    assert after["applied"] == ["lov/2002-03-03-3"]
    assert before["applied"] == []
    assert before["not_applied"][0]["act"] == "lov/2002-03-03-3"
    assert after.keys() >= {"refid", "date", "sections", "applied", "not_applied"}


def test_the_history_of_a_provision_names_the_act_that_made_each_version(book: Path):
    answer = json.loads(run("history", "stiloven § 2", "--source", book, "--format", "json"))
    assert [(row["since"], row["act"]) for row in answer["versions"]] == [
        ("2001-01-01", "lov/2001-01-01-1"), ("2003-01-01", "lov/2002-03-03-3")
    ]  # fmt: skip
    assert b"{+" in run("history", "stiloven § 2", "--source", book)


def test_two_days_are_compared(book: Path):
    answer = json.loads(run("diff", "stiloven", "2002-01-01", "2004-01-01", "--source", book, "--format", "json"))
    assert [(s["address"], s["status"]) for s in answer["acts"][0]["sections"]] == [("lov/2001-01-01-1/§2", "changed")]
    same = json.loads(run("diff", "stiloven@2002-01-01", "stiloven@2004-01-01", "--source", book, "--format", "json"))
    assert same["acts"] == answer["acts"]


def test_an_amending_act_is_held_against_the_law_of_its_day(book: Path):
    answer = json.loads(run("diff", "lov/2002-03-03-3", "--at", "2002-03-03", "--source", book, "--format", "json"))
    assert [operation["status"] for operation in answer["operations"]] == ["applied"]
    assert answer["acts"][0]["sections"][0]["ledd"][1]["after"] == NEW
    assert [row["address"] for row in answer["duties"]["added"]] == ["lov/2001-01-01-1/§2/ledd/2/setning/1"]


def test_duties_and_refs_and_show_follow_the_date(book: Path):
    assert len(run("duties", "stiloven", "--at", "2004-01-01", "--source", book).splitlines()) > len(
        run("duties", "stiloven", "--at", "2002-01-01", "--source", book).splitlines()
    )
    assert "kan føre tilsyn" in run("show", "stiloven § 2", "--at", "2002-01-01", "--source", book).decode()
    assert run("refs", "stiloven", "--at", "2002-01-01", "--source", book, "--format", "tsv")


def test_findings_of_two_dates_stand_side_by_side(book: Path):
    answer = json.loads(
        run(
            "report",
            "--act",
            "stiloven",
            "--at",
            "2002-01-01",
            "--against",
            "2004-01-01",
            "--source",
            book,
            "--format",
            "json",
        )
    )
    assert answer["dates"] == ["2002-01-01", "2004-01-01"]
    assert answer["acts"] == ["lov/2001-01-01-1"]
    assert {"before", "after", "closed", "opened"} <= answer.keys()
    assert b"2004-01-01" in run(
        "report", "--act", "stiloven", "--at", "2002-01-01", "--against", "2004-01-01", "--source", book
    )


def test_an_act_that_cannot_be_replayed_is_named_with_the_reason(book: Path):
    from graph.as_of import as_of, parse_day
    from lovdata_ingest.corpus import load

    found = as_of(load([book]), ("lov/1990-01-01-1", "lov/2001-01-01-1"), parse_day("01.01.2002"))
    assert [row.act for row in found.missing] == ["lov/1990-01-01-1"]
    assert "promulgated before the gazette" in found.missing[0].reason
    assert [document.refid for document in found.documents] == ["lov/2001-01-01-1"]
    with pytest.raises(LovdataError, match="promulgated before"):
        run("at", "bruloven", "1995-01-01", "--source", book)


def test_against_needs_at(book: Path):
    with pytest.raises(LovdataError, match="--against trenger --at"):
        run("report", "--against", "2004-01-01", "--source", book)

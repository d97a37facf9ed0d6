"""When instructions came into force, and acts as they read on a date."""

from __future__ import annotations

import datetime as dt

import pytest

from lovdata_ingest.address import parse_address
from lovdata_ingest.amendments.commencement import Clauses
from lovdata_ingest.amendments.instruction import Operation, Target
from lovdata_ingest.amendments.names import Names
from lovdata_ingest.amendments.replay import CannotReplay, Gazette, compare_texts
from lovdata_ingest.model import Document
from tests.amendments.law import PATHS, amending, document, lead, ledd, new_section, paths, section, texts

DAY = dt.date(2002, 2, 2)
OPEN = "Loven gjelder fra den tid Kongen bestemmer."


def base() -> Document:
    return paths(
        section("1", "Formål", "Loven verner stier."), section("2", "Merking", "Eieren merker.", "Kommunen ser til.")
    )


def decision(
    words: str,
    *,
    refid: str = "forskrift/2002-03-03-30",
    title: str = "Ikraftsetting av lov 2. februar 2002 nr. 2 om endringer i stiloven",
) -> Document:
    return document(refid, title, ledd(words))


def book(*acts: Document, decisions: tuple[Document, ...] = ()) -> Gazette:
    return Gazette([base(), *acts], decisions, [base()])


CLAUSES = [
    ("Loven trer i kraft straks.", [(DAY, (), ())]),
    ("Loven trer i kraft 1. juli 2002.", [(dt.date(2002, 7, 1), (), ())]),
    ("Lova tek til å gjelde 1. juli 2002.", [(dt.date(2002, 7, 1), (), ())]),
    (OPEN, [(None, (), ())]),
    ("Del I trer i kraft 1. juli 2002. Del II og III trer i kraft straks.",
     [(dt.date(2002, 7, 1), ("I",), ()), (DAY, ("II", "III"), ())]),
    ("Loven trer i kraft 1. juli 2002, med unntak av del II.", [(dt.date(2002, 7, 1), (), ("II",))]),
    ("Loven med unntak av del II trer i kraft 1. juli 2002.", [(dt.date(2002, 7, 1), (), ("II",))]),
    ("Endringene under I trer i kraft straks med virkning fra og med inntektsåret 2003.",
     [(dt.date(2003, 1, 1), ("I",), ())]),
    ("Loven trer i kraft 1. juli 2002, med virkning for år avsluttet 31. desember 2002 eller senere.",
     [(dt.date(2002, 7, 1), (), ())]),
    ("I trer i kraft 1. juli 2002.", [(dt.date(2002, 7, 1), ("I",), ())]),
    ("Fra 1. juli 2002 trer følgende deler av loven i kraft:\ndel II\ndel III",
     [(dt.date(2002, 7, 1), ("II",), ()), (dt.date(2002, 7, 1), ("III",), ())]),
    ("Del I og del II med unntak av § 5 som trer i kraft 1. mai 2003, og del III trer i kraft 1. juli 2002.",
     [(dt.date(2003, 5, 1), ("II",), ()), (dt.date(2002, 7, 1), ("I", "II", "III"), ("II",))]),
    ("Loven gjelder fra den tid Kongen bestemmer, og tidligst fra 1. september 2005.", [(None, (), ())]),
]  # fmt: skip


@pytest.mark.parametrize(("words", "expected"), CLAUSES, ids=[words for words, _ in CLAUSES])
def test_a_clause_says_what_comes_into_force_and_when(words: str, expected: list[object]) -> None:
    rules = Clauses(Names()).rules(words, "lov/2002-02-02-2", DAY, "lov/2002-02-02-2", "clause")
    assert [(r.date, tuple(s.part for s in r.scopes), tuple(s.part for s in r.without)) for r in rules] == expected


SCOPES = [
    ("Endringen i § 5 og § 6 i avsnitt I om endringer i stiloven trer i kraft straks.", [("I", ["§5", "§6"])]),
    ("Del I endringen i § 2, endringen i § 3 første ledd og ny § 4 trer i kraft straks.",
     [("I", ["§2", "§3/ledd/1", "§4"])]),
    ("Kapittel 2 og § 18 trer i kraft straks.", [("", ["kap2", "§18"])]),
    ("Del I § 7 – § 9 trer i kraft straks.", [("I", ["§7"])]),
    ("Endringen av § 7 i lov 2. februar 2002 nr. 2 om endringer i stiloven og broloven trer i kraft straks.",
     [("", ["§7"])]),
]  # fmt: skip


@pytest.mark.parametrize(("words", "expected"), SCOPES, ids=[words for words, _ in SCOPES])
def test_a_decision_names_parts_and_places(words: str, expected: list[object]) -> None:
    (rule,) = Clauses(Names()).rules(words, "lov/2002-02-02-2", DAY, "forskrift/2002-03-03-30", "decision")
    assert [(s.part, ["/".join(p.steps) for p in s.places]) for s in rule.scopes] == expected


def test_a_later_decision_overtakes_one_whose_day_has_not_come() -> None:
    gazette = book(
        amending(lead("§ 2 første ledd oppheves."), last=OPEN, force=""),
        decisions=(
            decision("Loven trer i kraft 1. januar 2003."),
            decision("Loven trer i kraft 30. desember 2002.", refid="forskrift/2002-11-11-31"),
        ),
    )
    assert [s.commenced.date for s in gazette.replay(PATHS, dt.date(2003, 6, 1)).steps] == [dt.date(2002, 12, 30)]


def test_a_clause_on_commencement_may_itself_be_amended() -> None:
    gazette = book(
        amending(lead("§ 2 første ledd oppheves."), last="Loven trer i kraft 1. mai 2002.", force="2002-05-01"),
        amending(
            ledd("Loven trer i kraft 1. juli 2002."),
            act="Lov 2. februar 2002 nr. 2 om endringer i stiloven del II skal lyde:",
            refid="lov/2002-04-04-4",
            title="Lov om endring i lov om endringer i stiloven",
            last="Loven trer i kraft straks.",
            force="2002-04-04",
        ),
    )
    first = [s for s in gazette.replay(PATHS, dt.date(2003, 6, 1)).steps if s.act == "lov/2002-02-02-2"]
    assert [s.commenced.date for s in first] == [dt.date(2002, 7, 1)]


def test_lines_under_a_date_take_it() -> None:
    words = "Følgende trer i kraft straks:\nEndringsloven del I § 2 annet ledd\nFølgende trer i kraft 1. juli 2002:\nØvrige bestemmelser i del I"
    rules = Clauses(Names()).rules(words, "lov/2002-02-02-2", DAY, "x", "decision")
    assert [(r.date, r.scopes[0].part, [str(p) for p in r.scopes[0].places]) for r in rules] == [
        (DAY, "I", ["?/§2/ledd/2"]), (dt.date(2002, 7, 1), "I", []),
    ]  # fmt: skip


def test_a_decision_dates_what_the_act_leaves_open_down_to_the_ledd() -> None:
    change = amending(lead("§ 1 oppheves."), lead("§ 2 annet ledd oppheves."), last=OPEN, force="Kongen bestemmer")
    gazette = book(
        change,
        decisions=(
            decision("Loven trer i kraft 1. juli 2002, med unntak av § 2 annet ledd, som trer i kraft 1. juli 2003."),
        ),
    )
    dates = {str(e.operation.targets[0]): gazette.commenced(e, notes=False) for e in gazette.events[PATHS]}
    assert {place: found.date for place, found in dates.items()} == {
        f"{PATHS}/§1": dt.date(2002, 7, 1), f"{PATHS}/§2/ledd/2": dt.date(2003, 7, 1),
    }  # fmt: skip
    assert {found.source for found in dates.values()} == {"decision"}


def test_without_a_decision_an_open_act_is_not_in_force_and_says_so() -> None:
    gazette = book(amending(lead("§ 1 oppheves."), last=OPEN, force="Kongen bestemmer"))
    replay = gazette.replay(PATHS, dt.date(2010, 1, 1))
    assert [s.name for s in replay.document.sections()] == ["§1", "§2"]
    assert [step.commenced.date for step in replay.waiting] == [None]
    assert replay.applied == ()


def test_an_act_reads_differently_before_and_after() -> None:
    gazette = book(
        amending(lead("§ 2 annet ledd skal lyde:"), ledd("Fylket ser til."), last="Loven trer i kraft 1. juli 2002.")
    )
    assert texts(gazette.replay(PATHS, dt.date(2002, 6, 30)).document, "2")[1] == "Kommunen ser til."
    after = gazette.replay(PATHS, dt.date(2002, 7, 1))
    assert texts(after.document, "2")[1] == "Fylket ser til."
    assert after.applied == ("lov/2002-02-02-2",)


def test_an_amendment_of_a_waiting_instruction_takes_effect_with_it() -> None:
    first = amending(
        lead("Ny § 3 skal lyde:"),
        new_section("3", "Broer", "Broer males."),
        last="Loven trer i kraft 1. januar 2003.",
        force="2003-01-01",
    )
    second = amending(
        lead("§ 3 skal lyde:"), new_section("3", "Broer", "Broer oljes."), refid="lov/2002-05-05-5",
        title="Lov om endring i lov 2. februar 2002 nr. 2 om endringer i stiloven",
        act="I lov 2. februar 2002 nr. 2 om endringer i stiloven gjøres følgende endring:", force="2002-05-05",
    )  # fmt: skip
    gazette = book(first, second)
    assert [s.name for s in gazette.replay(PATHS, dt.date(2002, 12, 31)).document.sections()] == ["§1", "§2"]
    assert texts(gazette.replay(PATHS, dt.date(2003, 1, 1)).document, "3") == ["Broer oljes."]


def test_history_follows_a_section_through_renumbering() -> None:
    gazette = book(
        amending(lead("§ 2 annet ledd oppheves.")),
        amending(
            lead("Ny § 2 skal lyde:"),
            new_section("2", "Skilt", "Skilt er røde."),
            lead("Nåværende § 2 blir ny § 3."),
            refid="lov/2004-04-04-4",
            force="2004-04-04",
        ),
    )
    versions = gazette.history(parse_address(f"{PATHS}/§3"), until=dt.date(2010, 1, 1))
    assert [v.act for v in versions] == [PATHS, "lov/2002-02-02-2"]
    assert versions[-1].text == "Eieren merker."


def test_looking_ahead_applies_what_is_adopted_and_dated() -> None:
    gazette = book(amending(lead("§ 1 oppheves."), last="Loven trer i kraft 1. juli 2002.", force="2002-07-01"))
    today = dt.date(2002, 3, 1)
    ahead = gazette.at(PATHS, dt.date(2002, 8, 1), consolidated=base(), data_date=today)
    assert ahead.basis == "consolidated"
    assert [s.name for s in ahead.document.sections()] == ["§2"]


def test_an_act_older_than_the_gazette_is_refused_with_the_reason() -> None:
    with pytest.raises(CannotReplay, match="not in the gazette"):
        book().replay("lov/1990-01-01-9", DAY)


def test_a_name_means_the_act_that_bore_it_then() -> None:
    table = Names()
    table.add("stiloven", "lov/1950-05-05-5")
    table.add("stiloven", PATHS, dt.date(2001, 2, 1))
    assert [table.resolve("Stiloven", day) for day in (dt.date(2000, 1, 1), DAY)] == ["lov/1950-05-05-5", PATHS]
    assert table.resolve("stilova", DAY) == PATHS


def test_comparison_leaves_out_white_space_and_counts_a_missing_section() -> None:
    one = paths(section("1", "Formål", "Loven  verner stier."))
    assert compare_texts(one, base()).same == 1
    assert [d.kind for d in compare_texts(one, base()).differences] == ["missing"]


def test_an_unknown_place_is_not_covered_by_a_narrow_rule() -> None:
    gazette = book(
        amending(lead("§ 1 oppheves."), last=OPEN, force="Kongen bestemmer"),
        decisions=(decision("Endringen i § 2 trer i kraft 1. juli 2002."),),
    )
    found = gazette.calendar.when("lov/2002-02-02-2", Operation("x", "repeal", (Target(PATHS, ("§1",)),)), "I")
    assert found.date is None


def test_an_act_in_force_for_a_time_lapses_and_may_be_prolonged() -> None:
    for_a_time = amending(
        lead("§ 2 annet ledd skal lyde:"), ledd("Fylket ser til."),
        last="Loven trer i kraft straks. Loven oppheves 1. juli 2003.",
    )  # fmt: skip
    gazette = book(for_a_time)
    assert texts(gazette.replay(PATHS, dt.date(2003, 6, 30)).document, "2")[1] == "Fylket ser til."
    after = gazette.replay(PATHS, dt.date(2003, 7, 1))
    assert texts(after.document, "2")[1] == "Kommunen ser til."
    assert [step.outcome.reason for step in after.lapsed] == ["in force until 2003-07-01"]
    longer = amending(
        lead("Del II annet ledd skal lyde:"), ledd("Loven oppheves 1. juli 2005."),
        refid="lov/2003-03-03-3", title="Lov om endring i lov om endringer i stiloven", force="2003-03-03",
        act="I lov 2. februar 2002 nr. 2 om endringer i stiloven gjøres følgende endringer:",
    )  # fmt: skip
    prolonged = book(for_a_time, longer)
    assert texts(prolonged.replay(PATHS, dt.date(2004, 1, 1)).document, "2")[1] == "Fylket ser til."
    assert texts(prolonged.replay(PATHS, dt.date(2005, 7, 1)).document, "2")[1] == "Kommunen ser til."


def test_an_act_ends_its_own_provisions_on_a_day() -> None:
    act = paths(
        section("1", "Formål", "Loven verner stier."),
        section("2", "Merking", "Eieren merker."),
        section("3", "Ikrafttredelse og opphør", "Loven trer i kraft straks.", "§ 2 gjelder til og med 30. juni 2003."),
    )
    gazette = Gazette([act], (), [act])
    assert [s.name for s in gazette.replay(PATHS, dt.date(2003, 6, 30)).document.sections()] == ["§1", "§2", "§3"]
    assert [s.name for s in gazette.replay(PATHS, dt.date(2003, 7, 1)).document.sections()] == ["§1", "§3"]


def test_an_instruction_on_a_section_that_another_act_brings_waits_for_it() -> None:
    brings = amending(
        lead("Ny § 2 a skal lyde:"),
        new_section("2 a", "Skilt", "Skilt er blå."),
        last="Loven trer i kraft 1. januar 2004.",
    )
    changes = amending(
        lead("§ 2 a nytt annet ledd skal lyde:"), ledd("Skilt vaskes."),
        refid="lov/2003-03-03-3", title="Lov om endring i stiloven", force="2003-03-03",
    )  # fmt: skip
    gazette = book(brings, changes)
    assert texts(gazette.replay(PATHS, dt.date(2004, 1, 1)).document, "2a") == ["Skilt er blå.", "Skilt vaskes."]


def test_what_comes_into_force_after_a_later_act_on_the_same_place_is_doubted() -> None:
    early = amending(
        lead("§ 2 annet ledd skal lyde:"), ledd("Fylket ser til."), last="Loven trer i kraft 1. januar 2005."
    )
    late = amending(
        lead("§ 2 annet ledd skal lyde:"), ledd("Staten ser til."),
        refid="lov/2003-03-03-3", title="Lov om endring i stiloven", force="2003-03-03",
    )  # fmt: skip
    doubted = book(early, late).replay(PATHS, dt.date(2006, 1, 1)).doubted
    assert [step.act for step in doubted] == ["lov/2002-02-02-2"]
    assert "passed later" in doubted[0].outcome.doubts[0]


def test_new_text_for_a_waiting_instruction_takes_its_place() -> None:
    waiting = amending(
        lead("§ 2 annet ledd skal lyde:"), ledd("Fylket ser til."), last="Loven trer i kraft 1. januar 2005."
    )
    rewrites = amending(
        lead("§ 2 annet ledd skal lyde:"), ledd("Staten ser til."),
        refid="lov/2003-03-03-3", title="Lov om endring i lov om endringer i stiloven", force="2003-03-03",
        act="I lov 2. februar 2002 nr. 2 om endringer i lov 1. januar 2001 nr. 1 om stier gjøres følgende endringer:",
    )  # fmt: skip
    gazette = book(waiting, rewrites)
    assert texts(gazette.replay(PATHS, dt.date(2004, 1, 1)).document, "2")[1] == "Kommunen ser til."
    after = gazette.replay(PATHS, dt.date(2005, 1, 1))
    assert texts(after.document, "2")[1] == "Staten ser til."
    assert not after.doubted


def test_a_correction_printed_with_an_act_takes_the_place_it_names() -> None:
    corrected = document(
        "lov/2002-02-02-2", "Lov om endringer i stiloven",
        '<section class="section" data-name="kapI"><h2>I</h2>'
        + lead("I lov 1. januar 2001 nr. 1 om stier gjøres følgende endringer:")
        + lead("§ 2 annet ledd skal lyde:") + ledd("Fylkket ser til.")
        + '</section><section class="section" data-name="kapII"><h2>II</h2>' + ledd("Loven trer i kraft straks.")
        + '</section><section class="section" data-name="kapIII"><h2>Rettelser</h2>'
        + lead("Del I § 2 annet ledd skal lyde:") + ledd("Fylket ser til.") + "</section>",
        force="2002-02-02",
    )  # fmt: skip
    assert texts(book(corrected).replay(PATHS, dt.date(2003, 1, 1)).document, "2")[1] == "Fylket ser til."

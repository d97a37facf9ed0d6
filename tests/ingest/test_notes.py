from __future__ import annotations

import datetime as dt

import pytest

from lovdata_ingest.model import Link, Node
from lovdata_ingest.notes import AmendmentNote, InForce, changes_to_come, former_numbers, is_whole, parse_note
from tests.conftest import ACTS, act, real, section_xml


def note(text: str) -> tuple[AmendmentNote, ...]:
    return parse_note(Node("note", text=text))


def one(text: str) -> AmendmentNote:
    (entry,) = note(text)
    return entry


@pytest.mark.parametrize(
    ("text", "action", "pending"),
    [
        ("Endret ved lov 4 mai 2001 nr. 18.", "changed", False),
        ("Endra med lov 4 mai 2001 nr. 18.", "changed", False),
        ("Tilføyd ved lov 4 mai 2001 nr. 18.", "added", False),
        ("Føyd til med lov 4 mai 2001 nr. 18.", "added", False),
        ("Opphevet ved lov 4 mai 2001 nr. 18.", "repealed", False),
        ("Oppheva med lov 4 mai 2001 nr. 18.", "repealed", False),
        ("Flyttet hit som § 9 ved lov 4 mai 2001 nr. 18.", "moved", False),
        ("Endres ved lov 4 mai 2001 nr. 18.", "changed", True),
        ("Vert endra ved lov 4 mai 2001 nr. 18.", "changed", True),
        ("Blir oppheva med lov 4 mai 2001 nr. 18.", "repealed", True),
        ("Tilføyes ved lov 4 mai 2001 nr. 18.", "added", True),
        ("Oppheves ved lov 4 mai 2001 nr. 18.", "repealed", True),
    ],
)
def test_the_verb_tells_what_the_act_did_and_whether_it_is_in_force(text: str, action: str, pending: bool) -> None:
    entry = one(text)
    assert (entry.action, entry.pending, entry.act, entry.remainder) == (action, pending, "lov/2001-05-04-18", "")


def test_a_list_of_acts_gives_one_entry_each_with_its_own_date_and_decision() -> None:
    entries = note(
        "Endret ved lover 21 des 1998 nr. 81 (ikr. 1 jan 1999 iflg. res. 21 des 1998 nr. 1580), 28 feb 2014 nr. 3, "
        "1. juni 2018 nr. 25 (i kraft 1 juli 2018)."
    )
    assert [(entry.act, entry.in_force) for entry in entries] == [
        ("lov/1998-12-21-81", (InForce(dt.date(1999, 1, 1), "", ("forskrift/1998-12-21-1580",)),)),
        ("lov/2014-02-28-3", ()),
        ("lov/2018-06-01-25", (InForce(dt.date(2018, 7, 1)),)),
    ]
    assert is_whole(entries)


def test_the_actions_of_a_note_follow_each_other() -> None:
    entries = note(
        "Tilføyd ved lov 4 mai 2001 nr. 18, endret ved lover 5 mai 2002 nr. 19, 6 mai 2003 nr. 20, opphevet ved lov "
        "7 mai 2004 nr. 21. Endres ved lov 8 mai 2005 nr. 22 (i kraft fra den tid Kongen bestemmer)."
    )
    assert [entry.action for entry in entries] == ["added", "changed", "changed", "repealed", "changed"]
    assert [entry.pending for entry in entries] == [False, False, False, False, True]
    assert entries[-1].in_force == (InForce(None, "Kongen bestemmer"),)


def test_an_act_that_changed_the_amending_act_is_no_entry_of_its_own() -> None:
    first, second = note(
        "Endret ved lover 17 juni 2005 nr. 90 (ikr. 1 jan 2008 iflg. res. 26 jan 2007 nr. 88) som endret ved lov 26 jan "
        "2007 nr. 3, 13 des 2024 nr. 78."
    )
    assert (first.act, first.changed_by) == ("lov/2005-06-17-90", ("lov/2007-01-26-3",))
    assert (second.act, second.changed_by) == ("lov/2024-12-13-78", ())


def test_several_acts_that_changed_the_amending_act_end_with_og() -> None:
    first, second = note(
        "Endra med lover 17 juni 2005 nr. 90 som endra med lover 26 jan 2007 nr. 3, 1 juni 2007 nr. 4 og 2 juni 2007 nr. 5 "
        "(i kraft 1 jan 2008), 13 des 2024 nr. 78."
    )
    assert first.changed_by == ("lov/2007-01-26-3", "lov/2007-06-01-4", "lov/2007-06-02-5")
    assert first.date == dt.date(2008, 1, 1)
    assert (second.act, second.changed_by) == ("lov/2024-12-13-78", ())


def test_a_changed_amending_act_in_brackets_belongs_to_the_act_before_them() -> None:
    entry = one("Tilføyd ved lov 11 juni 2001 nr. 78 (i kraft 1 aug 2002, endring endret ved lov 10 juni 2002 nr. 39).")
    assert (entry.date, entry.changed_by) == (dt.date(2002, 8, 1), ("lov/2002-06-10-39",))


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Endret ved lov 4 mai 2001 nr. 18 (ikr. 1 jan 2002, tidligere § 15).", ("15",)),
        ("Endra med lov 4 mai 2001 nr. 18, tidlegare § 2-1 a.", ("2-1a",)),
        ("Endret ved lov 4 mai 2001 nr. 18 (tidligere §§ 3 og 4).", ("3", "4")),
        ("Endret ved lov 4 mai 2001 nr. 18 (endret paragrafnummer fra § 11-11).", ("11-11",)),
        ("Endret ved lov 4 mai 2001 nr. 18, tidligere § 2 A-1.", ("2A-1",)),
    ],
)
def test_former_numbers_are_kept_without_sign_and_space(text: str, numbers: tuple[str, ...]) -> None:
    assert one(text).former_numbers == numbers


def test_a_former_number_swallows_no_act_that_follows() -> None:
    first, second = note("Endret ved lover 14 juni 2003 nr. 49, tidligere § 5, 18 juni 2004 nr. 127.")
    assert (first.former_numbers, second.act) == (("5",), "lov/2004-06-18-127")


def test_a_number_that_left_this_place_is_no_former_number_of_it() -> None:
    entry = one("Tilføyd ved lov 4 mai 2001 nr. 18 (tidligere § 12-14 endret paragrafnummer til § 12-21).")
    assert (entry.former_numbers, entry.remainder) == ((), "")


def test_dates_for_single_ledd_keep_what_they_are_for() -> None:
    entry = one(
        "Endret ved lov 4 mai 2001 nr. 18 (ikr. 1 feb 2002 for første og annet punktum iflg. res. 27 jan 2002 nr. 74, "
        "ikr. 1 mars 2003 for tredje punktum iflg. res. 15 feb 2003 nr. 137)."
    )
    assert entry.in_force == (
        InForce(dt.date(2002, 2, 1), "", ("forskrift/2002-01-27-74",), "for første og annet punktum"),
        InForce(dt.date(2003, 3, 1), "", ("forskrift/2003-02-15-137",), "for tredje punktum"),
    )


def test_a_change_that_concerns_some_ledd_says_which() -> None:
    entry = one("Endret ved lov 4 mai 2001 nr. 18 (i kraft 1 jan 2002, gjelder første, tredje og fjerde ledd).")
    assert entry.in_force[0].scope == "gjelder første, tredje og fjerde ledd"


def test_a_bare_number_is_another_act_of_the_same_day() -> None:
    entries = note("Endret ved lover 9 juni 1978 nr. 49 og 50, 21 des 1984 nr. 101.")
    assert [entry.act for entry in entries] == ["lov/1978-06-09-49", "lov/1978-06-09-50", "lov/1984-12-21-101"]


def test_a_scope_with_commas_is_one_and_ends_before_the_next_fact() -> None:
    entry = one("Endret ved lov 4 mai 2001 nr. 18 (gjelder første, tredje, fjerde og femte ledd, i kraft 1 jan 2002).")
    assert (entry.scope, entry.date) == ("gjelder første, tredje, fjerde og femte ledd", dt.date(2002, 1, 1))


def test_ledd_named_by_their_numbers_in_brackets_are_a_scope() -> None:
    entry = one("Endret ved lov 4 mai 2001 nr. 18 (ikr. 1 jan 2002 for (4), (5) og (12), med virkning fra 1 mai 2001).")
    assert (entry.in_force[0].scope, entry.effect, entry.remainder) == ("for (4), (5) og (12)", "1 mai 2001", "")


def test_at_once_is_the_day_of_the_resolution() -> None:
    assert one("Endret ved lov 4 mai 2001 nr. 18 (ikr. straks iflg. res. 11 juni 2001 nr. 784).").date == dt.date(
        2001, 6, 11
    )


def test_effect_is_told_apart_from_commencement() -> None:
    entry = one("Endret ved lov 4 mai 2001 nr. 18 (ikr. 1 jan 2002 med virkning fra inntektsåret 2001).")
    assert (entry.date, entry.effect) == (dt.date(2002, 1, 1), "inntektsåret 2001")


def test_headings_and_chapters_are_the_object_of_the_change() -> None:
    assert one("Overskriften endret ved lov 4 mai 2001 nr. 18.").object == "Overskriften"
    assert one("Kapitlet tilføyd ved lov 4 mai 2001 nr. 18.").object == "Kapitlet"


def test_part_and_section_of_the_amending_act_are_kept() -> None:
    assert one("Endret ved lov 8 juni 1962 nr. 4 § 21.").part == "§ 21"
    assert one("Endret ved lov 8 juni 1962 nr. 4 del II.").part == "del II"


def test_words_of_no_known_form_stay_with_a_reason() -> None:
    entry = one("Endret ved lov 4 mai 2001 nr. 18 (ikr. 1 jan 2002, merkeavgiften hevet til kr 10).")
    assert entry.date == dt.date(2002, 1, 1)
    assert entry.remainder == "merkeavgiften hevet til kr 10"
    assert entry.reason
    assert not is_whole((entry,))


def test_a_note_that_names_no_act_is_unread_with_all_its_words() -> None:
    entry = one("Nå uten betydning.")
    assert (entry.action, entry.remainder.rstrip(".")) == ("unread", "Nå uten betydning")


def test_a_link_to_another_act_than_the_words_name_is_told() -> None:
    text = "Tilføyd ved lov 8 feb 2002 nr. 6."
    (entry,) = parse_note(Node("note", text=text, links=(Link(12, 32, "lov/2002-02-18-6"),)))
    assert (entry.act, entry.linked) == ("lov/2002-02-08-6", "lov/2002-02-18-6")


@pytest.mark.parametrize(
    "text", ["", ".", "(((", ")", "Endret ved", "ikr. ", "Endret ved lov 39 nov 2001 nr. 3.", "§§"]
)
def test_no_words_bring_the_reader_to_a_stop(text: str) -> None:
    assert not any(entry.act for entry in note(text))


NOTE = "<article class='changesToParent'>{}</article>"


def test_changes_to_come_name_the_section() -> None:
    law = act(
        section_xml("3", "Eieren rydder.").replace(
            "</article></article>",
            "</article>"
            + NOTE.format("Endret ved lov 4 mai 2001 nr. 18, tidligere § 2. Endres ved lov 5 mai 2002 nr. 19 (i kraft fra "
                          "den tid Kongen bestemmer).")
            + "</article>",
        )
    )  # fmt: skip
    (change,) = changes_to_come(law)
    assert (str(change.address), change.change.act) == ("lov/2001-01-01-1/§3", "lov/2002-05-05-19")
    assert str(former_numbers(law)["2"][0]) == "lov/2001-01-01-1/§3"


def test_of_all_notes_in_force_98_of_100_are_read_whole_and_agree_with_the_links() -> None:
    from lovdata_ingest.corpus import load

    notes = [node for law in load([real(ACTS)]).consolidated() for node in law.body.of("note")]
    read = [parse_note(node) for node in notes]
    entries = [entry for one_note in read for entry in one_note]
    assert len(notes) == 15128
    assert sum(map(is_whole, read)) / len(notes) > 0.98
    assert sum(bool(entry.linked) for entry in entries) < 60  # slips in the words or in the links
    acts = [entry for entry in entries if entry.act.startswith("lov/")]
    assert not [entry for entry in acts for later in entry.changed_by if later[4:14] < entry.act[4:14]]

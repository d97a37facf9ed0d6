"""References of whole documents: list leads, amending texts, the age of a section, the reviewer's list."""

from __future__ import annotations

import itertools

from lovdata_ingest.address import parse_address
from lovdata_ingest.references import build_index, find_references, source_text
from lovdata_ingest.references.listing import changed, count, read_jsonl, to_jsonl, to_tsv, with_status
from lovdata_ingest.references.review import disputes
from lovdata_ingest.xml_reader import read_xml
from tests.references.conftest import FORESTS, PATHS, documents, items, section, xml

NEW = "lov/2002-02-02-2"


def read(body: str, *, title: str = "Lov om broer (broloven)", refid: str = NEW):  # type: ignore[no-untyped-def]
    """The references of an invented act among the others."""
    document = read_xml(xml(refid, title, "Broloven", body), name="nl-new")
    index = build_index([*documents(), document])
    return document, index, find_references(document, index)


def test_items_take_the_act_of_a_lead_that_names_it_as_their_source() -> None:
    body = section(
        NEW,
        "1",
        items("Straff gjelder brudd på følgende bestemmelser i skogvoktertjenesteloven:", "§ 3-1", "§ 3-2 første ledd"),
    )
    _, _, rows = read(body)
    assert [(row.target, row.via) for row in rows if "/§" in row.target] == [
        (f"{FORESTS}/§3-1", "list"), (f"{FORESTS}/§3-2/ledd/1", "list"),
    ]  # fmt: skip


def test_items_keep_their_own_act_where_the_lead_only_mentions_another() -> None:
    body = section(NEW, "1", items("Dette er enkeltvedtak etter skogvoktertjenesteloven:", "pålegg etter § 2"))
    _, _, rows = read(body + section(NEW, "2", "Ord."))
    assert [row.target for row in rows if "/§" in row.target] == [f"{NEW}/§2"]


def test_a_section_that_an_amending_text_names_is_one_of_the_amended_act() -> None:
    body = section(NEW, "9", "I lov 1. januar 2001 nr. 1 om stier skal § 3 lyde:")
    _, _, rows = read(body)
    assert [row.target for row in rows if "/§" in row.target] == [f"{PATHS}/§3"]


def test_a_section_that_only_an_act_named_before_has_is_of_that_act() -> None:
    _, _, rows = read(section(NEW, "1", "Skogvoktertjenesteloven gjelder ikke for broer. Likevel brukes § 3-2."))
    assert [row.target for row in rows if "/§" in row.target] == [f"{FORESTS}/§3-2"]


def test_an_own_section_that_does_not_exist_is_told_and_not_moved() -> None:
    _, _, rows = read(section(NEW, "1", "Se § 8."))
    assert [(row.target, row.status) for row in rows] == [(f"{NEW}/§8", "no_such_section")]


def test_the_order_of_the_acts_changes_nothing() -> None:
    expected = None
    for order in itertools.islice(itertools.permutations(documents()), 0, 120, 40):
        index = build_index(order)
        rows = {row for document in order for row in map(repr, find_references(document, index))}
        expected = expected or rows
        assert rows == expected


def test_an_empty_act_has_no_references() -> None:
    assert read("")[2] == []


def test_positions_hold_in_the_text_at_the_source() -> None:
    document, _, rows = read(section(NEW, "1", "Se stiloven § 3.", items("Når", "§ 2 gjelder", "annet gjelder")))
    for row in rows:
        text = source_text(document, row.source)
        assert text is not None
        assert text[row.start : row.end] == row.text


def test_links_that_are_missing_or_wrong_are_listed_with_a_reason() -> None:
    linked = f"Se <a href='{PATHS}/§4'>stiloven § 3</a> og skogvoktertjenesteloven § 3-1."
    document, index, rows = read(section(NEW, "1", linked))
    found = {one.kind: one for one in disputes(document, rows, index)}
    assert (found["disagrees"].ours, found["disagrees"].theirs) == (f"{PATHS}/§3", f"{PATHS}/§4")
    assert found["unlinked"].ours == f"{FORESTS}/§3-1"
    assert all(one.reason for one in found.values())


def test_links_are_never_read_for_the_references() -> None:
    plain = section(NEW, "1", "Se stiloven § 3.")
    linked = section(NEW, "1", f"Se <a href='{FORESTS}/§3-1'>stiloven § 3</a>.")
    assert read(plain)[2] == read(linked)[2]


def test_a_table_has_a_header_and_a_dash_for_empty() -> None:
    lines = list(to_tsv(read(section(NEW, "1", "Se § 3 i avtalen."))[2]))
    assert lines[0].split("\t") == ["source", "start", "end", "text", "target", "via", "status", "reason"]
    assert lines[1].split("\t")[4] == "-"


def test_json_lines_are_read_back_and_compared() -> None:
    rows = read(section(NEW, "1", "Se stiloven § 3 og § 4."))[2]
    again = read_jsonl("\n".join(to_jsonl(rows)))
    assert changed(again, rows) == ([], [])
    assert changed(again, rows[:1])[1] == again[1:]


def test_broken_means_what_leads_nowhere_today() -> None:
    rows = read(section(NEW, "1", "Se stiloven §§ 3, 7 og 99."))[2]
    assert [row.status for row in with_status(rows, "broken")] == ["repealed", "no_such_section"]
    assert count(rows)["resolved/text/section/other"] == 1


def test_a_name_after_its_successor_came_means_today_s_act_and_before_it_the_former() -> None:
    import datetime as dt

    from lovdata_ingest.references import references_in

    today = read_xml(
        xml("lov/2020-11-20-128", "Lov om revisjon (revisorloven)", "Revisorloven",
            section("lov/2020-11-20-128", "3-1", "Ord."), in_force="2021-01-01"), name="nl-6",
    )  # fmt: skip
    index = build_index([*documents(), today])
    where = parse_address(f"{PATHS}/§6/ledd/1")

    def targets(day: dt.date) -> list[str]:
        rows = references_in("Se revisorloven § 3-1.", index, act=PATHS, source=where, amended=day)
        return [row.target for row in rows]

    assert targets(dt.date(2010, 1, 1)) == ["lov/1999-01-15-2/§3-1"]
    assert targets(dt.date(2022, 1, 1)) == ["lov/2020-11-20-128/§3-1"]


def test_in_a_regulation_the_act_is_the_one_that_it_was_given_under() -> None:
    from tests.references.conftest import section as part

    rule = "forskrift/2003-03-03-33"
    body = f"<article class='defaultP'>Fastsatt med hjemmel i lov 1. januar 2001 nr. 1 om stier § 3.</article>{part(rule, '1', 'Etter lovens § 4 og § 2 i forskriften her.')}{part(rule, '2', 'Ord.')}"
    document = read_xml(xml(rule, "Forskrift om skilt", "-", body), name="sf-1")
    rows = find_references(document, build_index([*documents(), document]))
    assert [row.target for row in rows if "/§" in row.target] == [f"{PATHS}/§3", f"{PATHS}/§4", f"{rule}/§2"]

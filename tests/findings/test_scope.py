from __future__ import annotations

from graph.findings import scope
from graph.findings.references import references
from graph.findings.to_come import pending_changes
from lovdata_ingest.address import parse_address
from lovdata_ingest.references.reference import Reference
from tests.findings.conftest import act, frame, law

ONE, TWO, THREE, FOUR = (f"lov/2001-01-01-{n}" for n in (1, 2, 3, 4))


def refers(source: str, target: str, text: str = "§ 1", start: int = 0):
    return Reference(parse_address(source), start, start + len(text), text, target, "text", "resolved", "")  # type: ignore[arg-type]


def supervised(number: int, list_: str):
    sections = {
        "§1": ["Hytta skal fyre i ovnen."],
        "§2": ["Kommunen skal samordne tjenestetilbudet."],
        "§3": [f"Statsforvalteren fører tilsyn med at kommunen oppfyller pliktene i {list_}."],
    }
    document = act(number, f"Lov {number}", sections)
    section = document.body.children[2]
    from msgspec.structs import replace

    heading = replace(section.children[0], text="Tilsyn")
    headed = replace(section, children=(heading, *section.children[1:]))
    return replace(document, body=replace(document.body, children=(*document.body.children[:2], headed)))


def coordinate(number: int):
    return frame(
        f"lov/2001-01-01-{number}/§2/ledd/1", "coordination", "duty", "kommune", "tjenesteytere", level="individual"
    )


def test_supervision_that_names_other_sections_leaves_out_the_duty_to_coordinate():
    acts = [supervised(1, "§§ 1 og 4"), supervised(2, "§§ 1 og 2")]
    listed = [
        refers(f"{ONE}/§3/ledd/1", f"{ONE}/§1"), refers(f"{ONE}/§3/ledd/1", f"{ONE}/§4"),
        refers(f"{TWO}/§3/ledd/1", f"{TWO}/§1"), refers(f"{TWO}/§3/ledd/1", f"{TWO}/§2"),
    ]  # fmt: skip
    found = list(scope.supervision_lists(law(acts, [coordinate(1), coordinate(2)], listed)))
    assert [(f.type, f.provisions) for f in found] == [
        ("shorter_list", (f"{ONE}/§3/ledd/1", f"{ONE}/§2/ledd/1", f"{TWO}/§3/ledd/1"))
    ]


def test_chapters_of_a_list_are_counted_out():
    assert scope._chapters("kapittel 3 til 5, §§ 1-2 og kapitlene 7 og 9") == {"3", "4", "5", "7", "9"}


CARE = "Dersom barnevernstjenesten har overtatt omsorgen etter isloven § 1{}, har barnevernstjenesten rett til å velge ski."


def test_of_parallel_rules_the_one_that_names_fewer_cases_is_the_shorter_list():
    acts = [act(n, f"Lov {n}", {"§1": [CARE.format("" if n == 3 else " eller § 2")]}) for n in (1, 2, 3)]
    acts.append(act(4, "Isloven", {"§1": ["Vann fryser."], "§2": ["Is smelter."]}))
    listed = [refers(f"lov/2001-01-01-{n}/§1/ledd/1", f"{FOUR}/§1") for n in (1, 2, 3)]
    listed += [refers(f"lov/2001-01-01-{n}/§1/ledd/1", f"{FOUR}/§2") for n in (1, 2)]
    found = list(scope.referred_lists(law(acts, [], listed)))
    assert [(f.type, f.provisions[0]) for f in found] == [("shorter_list", f"{THREE}/§1/ledd/1")]


def test_parallel_rules_that_name_the_same_cases_are_no_finding():
    acts = [act(n, f"Lov {n}", {"§1": [CARE.format("")]}) for n in (1, 2, 3)]
    acts.append(act(4, "Isloven", {"§1": ["Vann fryser."]}))
    listed = [refers(f"lov/2001-01-01-{n}/§1/ledd/1", f"{FOUR}/§1") for n in (1, 2, 3)]
    assert list(scope.referred_lists(law(acts, [], listed))) == []


LIMIT = "Opplysninger til andre forvaltningsorganer kan bare gis etter isloven § 1 nr. {}."


def test_an_item_that_no_parallel_rule_names_is_stale():
    acts = [act(n, f"Lov {n}", {"§1": [LIMIT.format("5 og 6" if n == 3 else "6")]}) for n in (1, 2, 3)]
    listed = [refers(f"lov/2001-01-01-{n}/§1/ledd/1", f"{FOUR}/§1/nummer/6") for n in (1, 2, 3)]
    listed.append(refers(f"{THREE}/§1/ledd/1", f"{FOUR}/§1/nummer/5"))
    found = list(scope.other_items(law(acts, [], listed)))
    assert [(f.type, f.provisions[0]) for f in found] == [("broken_or_stale_reference", f"{THREE}/§1/ledd/1")]
    assert "nr. 5" in found[0].title.nb


def test_the_former_name_of_a_body_is_stale_and_its_present_name_is_not():
    acts = [
        act(1, "Stiloven", {"§1": ["Saken sendes til fylkesnemnda.", "Saken sendes til barneverns- og helsenemnda."]})
    ]
    found = list(references(law(acts)))
    assert [(f.type, f.provisions) for f in found] == [("broken_or_stale_reference", (f"{ONE}/§1/ledd/1",))]


def test_a_reference_to_an_act_that_no_longer_has_the_matter_is_stale():
    text = "Gjester har rett til fjellredningstjeneste i den grad dette følger av isloven."
    rule = "Gjester har rett til fjellredningstjeneste."
    acts = [
        act(1, "Stiloven", {"§1": [text]}), act(2, "Isloven", {"§1": ["Vann fryser."]}),
        act(3, "Hytteloven", {"§1": [rule]}),
    ]  # fmt: skip
    from msgspec.structs import replace

    section = acts[2].body.children[0]
    headed = replace(
        section, children=(replace(section.children[0], text="Fjellredningstjeneste"), *section.children[1:])
    )
    acts[2] = replace(acts[2], body=replace(acts[2].body, children=(headed,)))
    start = text.index("isloven")
    found = list(references(law(acts, [], [refers(f"{ONE}/§1/ledd/1", TWO, "isloven", start)])))
    assert [f.provisions for f in found] == [(f"{ONE}/§1/ledd/1", f"{THREE}/§1")]


def test_a_ledd_that_only_lets_regulations_be_made_binds_nobody():
    text = "Kommunens ansvar etter hytteloven § 1 andre ledd gjelder tilsvarende."
    acts = [
        act(1, "Stiloven", {"§1": [text]}),
        act(2, "Hytteloven", {"§1": ["Kommunen skal fyre.", "Departementet kan gi forskrift om ved."]}),
    ]
    start = text.index("§ 1")
    found = list(references(law(acts, [], [refers(f"{ONE}/§1/ledd/1", f"{TWO}/§1/ledd/2", "§ 1 andre ledd", start)])))
    assert [f.provisions for f in found] == [(f"{ONE}/§1/ledd/1", f"{TWO}/§1/ledd/2")]
    found = list(references(law(acts, [], [refers(f"{ONE}/§1/ledd/1", f"{TWO}/§1/ledd/1", "§ 1 andre ledd", start)])))
    assert found == []


def test_an_act_replaced_after_the_day_of_the_data_is_not_yet_replaced():
    from msgspec.structs import replace

    from graph.inputs import DataSource
    from graph.law import Law

    old = Reference(parse_address(f"{ONE}/§1/ledd/1"), 29, 32, "§ 3", "lov/1992-07-17-100/§3", "text", "act_replaced",
                    "replaced by lov/2021-06-18-97")  # fmt: skip
    inputs = law([act(1, "Stiloven", {"§1": ["Se lov 17. juli 1992 nr. 100 § 3."]})], [], [old]).inputs
    then = Law(replace(inputs, data=DataSource("", "2021-06-10", "")))
    now = Law(replace(inputs, data=DataSource("", "2025-11-08", "")))
    assert list(references(then)) == []
    assert [f.type for f in references(now)] == ["replaced_act_reference"]


def test_one_act_that_changes_a_rule_in_three_acts_is_told_once_with_those_left_behind():
    import datetime as dt
    from types import SimpleNamespace

    from msgspec.structs import replace

    from graph.law import Law

    text = "Vertene skal melde fra til barnevernstjenesten om våte sko."
    acts = [act(n, f"Lov {n}", {"§1": [text]}) for n in (1, 2, 3, 4)]
    frames = [
        frame(f"lov/2001-01-01-{n}/§1/ledd/1", "information_sharing", "duty", "ansatte", "barneverntjeneste")
        for n in (1, 2, 3, 4)
    ]
    changes = tuple(
        SimpleNamespace(
            address=parse_address(f"lov/2001-01-01-{n}/§1"),
            change=SimpleNamespace(act="lov/2002-02-02-2", action="changed", date=dt.date(2030, 1, 1)),
        )
        for n in (1, 2, 3)
    )
    inputs = replace(law(acts, frames).inputs, changes=changes)
    found = [f for f in pending_changes(Law(inputs)) if len(f.acts) > 1]
    assert [f.provisions for f in found] == [(f"{ONE}/§1", f"{TWO}/§1", f"{THREE}/§1", f"{FOUR}/§1/ledd/1")]


def test_a_mere_name_whose_bearer_is_not_loaded_is_no_reference_to_the_replaced_act():
    def old(start: int):
        return Reference(parse_address(f"{ONE}/§1/ledd/1"), start, start + 3, "§ 3", "lov/1992-07-17-100/§3", "text",
                         "act_replaced", "replaced by lov/2021-06-18-97")  # fmt: skip

    named, dated = "Se barnevernloven § 3.", "Se lov 17. juli 1992 nr. 100 § 3."
    for text, count in ((named, 0), (dated, 1)):
        found = list(references(law([act(1, "Stiloven", {"§1": [text]})], [], [old(text.index("§ 3"))])))
        assert [f.type for f in found] == ["replaced_act_reference"] * count


def test_parts_that_amend_and_numbers_of_another_acts_kind_are_no_broken_references():
    acts = [act(1, "Stiloven", {"§1-1": ["Se § 38."], "§1-2": ["Se § 1-9."]})]

    def broken(source: str, target: str):
        return Reference(parse_address(source), 3, 7, "§ 38", target, "text", "no_such_section", "")  # type: ignore[arg-type]

    of = [broken(f"{ONE}/§1-1/ledd/1", f"{ONE}/§38"), broken(f"{ONE}/§1-2/ledd/1", f"{ONE}/§1-9")]
    assert [f.provisions[0] for f in references(law(acts, [], of))] == [f"{ONE}/§1-2/ledd/1"]
    assert list(references(law(acts, [], [broken(f"{ONE}/kap2", f"{ONE}/§1-9")]))) == []

from __future__ import annotations

import pytest

from graph.findings import goods
from lovdata_ingest.address import parse_address
from lovdata_ingest.references.reference import Reference
from tests.findings.conftest import act, frame, law

ONE, TWO, THREE = "lov/2001-01-01-1", "lov/2001-01-01-2", "lov/2001-01-01-3"
RIGHT = "Gjest med behov for {} tjenester har rett til koordinator i samsvar med hytteloven § 1."
DUTY = "For gjester med behov for lange tjenester skal hytta {} koordinator."


def right_frame(place: str = f"{ONE}/§1/ledd/1"):
    return frame(place, "coordination", "right", "person", "krisesenter", level="individual", condition="on_need")


def duty_frame(place: str = f"{TWO}/§1/ledd/1"):
    return frame(place, "coordination", "duty", "krisesenter", "person", level="individual", condition="on_need")


def refers(source: str, target: str):
    return Reference(parse_address(source), 0, 3, "§ 1", target, "text", "resolved", "")  # type: ignore[arg-type]


def two_acts(need: str, verb: str = "oppnevne"):
    acts = [
        act(1, "Gjesteloven", {"§1": [RIGHT.format(need)]}),
        act(2, "Hytteloven", {"§1": [DUTY.format(verb)]}),
    ]
    return law(acts, [right_frame(), duty_frame()], [refers(f"{ONE}/§1/ledd/1", f"{TWO}/§1")])


def test_a_right_in_one_act_and_the_duty_it_names_in_another_is_double_regulation():
    found = list(goods.rights_and_duties(two_acts("lange")))
    assert [(f.type, f.provisions) for f in found] == [("double_regulation", (f"{ONE}/§1/ledd/1", f"{TWO}/§1/ledd/1"))]


def test_a_right_that_names_no_duty_is_no_double_regulation():
    acts = [
        act(1, "Gjesteloven", {"§1": [RIGHT.format("lange")]}),
        act(2, "Hytteloven", {"§1": [DUTY.format("oppnevne")]}),
    ]
    assert list(goods.rights_and_duties(law(acts, [right_frame(), duty_frame()]))) == []


def test_a_right_with_an_alternative_that_the_duty_lacks_has_no_owner_there():
    found = list(goods.wider_rights(two_acts("vanskelige eller lange")))
    assert [f.type for f in found] == ["right_without_owner"]
    assert "«vanskelige»" in found[0].explanation.nb


def test_a_right_no_wider_than_the_duty_has_an_owner():
    assert list(goods.wider_rights(two_acts("lange"))) == []


def test_a_duty_to_appoint_and_a_duty_to_offer_are_of_unlike_strength():
    acts = [
        act(1, "Stiloven", {"§1": [DUTY.format("tilby")]}),
        act(2, "Hytteloven", {"§1": [DUTY.format("oppnevne")]}),
    ]
    found = list(goods.offers(law(acts, [duty_frame(f"{ONE}/§1/ledd/1"), duty_frame()])))
    assert [(f.type, f.provisions[0]) for f in found] == [("duty_vs_permission", f"{ONE}/§1/ledd/1")]


def plan(place: str, modality: str = "duty"):
    bearer, other = ("person", "krisesenter") if modality == "right" else ("krisesenter", "person")
    return frame(place, "individual_plan", modality, bearer, other)  # type: ignore[arg-type]


PLAN = "Hytta skal utarbeide individuell plan for gjester med behov for {} tjenester."


@pytest.mark.parametrize(("need", "count"), [("lange", 0), ("lange og sammensatte", 1)])
def test_plan_and_coordinator_of_one_act_should_ask_for_the_same_need(need, count):
    acts = [act(1, "Stiloven", {"§1": [PLAN.format(need)], "§2": [DUTY.format("oppnevne")]})]
    found = list(goods.needs_of_goods(law(acts, [plan(f"{ONE}/§1/ledd/1"), duty_frame(f"{ONE}/§2/ledd/1")])))
    assert [f.type for f in found] == ["threshold_divergence"] * count


def test_a_right_to_a_plan_without_a_need_stands_out_beside_one_that_asks_for_it():
    acts = [
        act(
            1,
            "Stiloven",
            {
                "§1": ["Gjester med behov for lange tjenester har rett til individuell plan."],
                "§2": ["Turledere har rett til individuell plan."],
            },
        )
    ]
    frames = [plan(f"{ONE}/§1/ledd/1", "right"), plan(f"{ONE}/§2/ledd/1", "right")]
    found = list(goods.needs_of_goods(law(acts, frames)))
    assert [f.provisions for f in found] == [(f"{ONE}/§2/ledd/1", f"{ONE}/§1/ledd/1")]


def test_the_lead_of_a_plan_is_open_where_the_rule_on_it_does_not_name_the_act():
    lead = "Har gjesten tilbud etter begge lover, skal kommunen sørge for at arbeidet med planen settes i gang."
    acts = [
        act(1, "Stiloven", {"§1": [PLAN.format("lange"), lead]}),
        act(2, "Hytteloven", {"§1": [PLAN.format("lange")]}),
        act(3, "Isloven", {"§1": [PLAN.format("lange")]}),
    ]
    frames = [
        *(plan(f"lov/2001-01-01-{n}/§1/ledd/1") for n in (1, 2, 3)),
        frame(f"{ONE}/§1/ledd/2", "individual_plan", "duty", "kommune", "person"),
    ]
    found = list(goods.plan_lead(law(acts, frames, [refers(f"{ONE}/§1/ledd/2", TWO)])))
    assert [(f.type, f.provisions) for f in found] == [
        ("competing_coordinators", (f"{ONE}/§1/ledd/2", f"{THREE}/§1/ledd/1"))
    ]


def test_three_who_follow_up_the_same_patient_in_one_act_are_several_contacts():
    sections = {
        "§1": [DUTY.format("oppnevne")],
        "§2": ["Hytta skal oppnevne kontaktperson for gjester som er syke."],
        "§3": ["Hytta skal ha barneansvarlig personell som koordinerer oppfølgingen av barn."],
    }
    frames = [duty_frame(f"{ONE}/§{n}/ledd/1") for n in (1, 2, 3)]
    found = list(goods.contacts(law([act(1, "Stiloven", sections)], frames)))
    assert [f.provisions for f in found] == [tuple(f"{ONE}/§{n}/ledd/1" for n in (1, 2, 3))]
    del sections["§3"]
    assert list(goods.contacts(law([act(1, "Stiloven", sections)], frames[:2]))) == []

from __future__ import annotations

from graph.findings import overlaps
from graph.names import related
from tests.findings.conftest import act, frame, law

CASE = "{} skal samarbeide med andre tjenesteytere dersom {} trenger hjelp fra flere enn én."


def case(number: int, bearer: str):
    return frame(
        f"lov/2001-01-01-{number}/§1/ledd/1", "cooperation", "duty", bearer, "tjenesteytere", level="individual",
        condition="necessary",
    )  # fmt: skip


def test_the_same_duty_in_the_same_words_is_one_harmonised_finding_across_standards():
    acts = [
        act(1, "Stiloven", {"§1": [CASE.format("Barnehagen", "barnet")]}),
        act(2, "Hytteloven", {"§1": [CASE.format("Familievernkontoret", "brukeren")]}),
        act(3, "Fjellova", {"§1": ["Krisesenteret skal samarbeide med andre tenesteytarar dersom brukaren treng hjelp frå fleire enn éin."]}, "nn"),
    ]  # fmt: skip
    found = list(overlaps.parallel_duties(law(acts, [case(1, "barnehage"), case(2, "familievernkontor"), case(3, "krisesenter")])))  # fmt: skip
    assert [f.type for f in found] == ["parallel_duty_harmonised"]
    assert found[0].acts == ("lov/2001-01-01-1", "lov/2001-01-01-2", "lov/2001-01-01-3")


def test_an_act_with_another_trigger_is_divergent_and_the_finding_says_what_differs():
    acts = [
        act(1, "Stiloven", {"§1": [CASE.format("Barnehagen", "barnet")]}),
        act(2, "Hytteloven", {"§1": [CASE.format("Familievernkontoret", "brukeren")]}),
        act(
            3, "Isloven", {"§1": ["Krisesenteret skal samarbeide med andre tjenesteytere når fjellvettet tilsier det."]}
        ),
    ]
    found = {
        f.type: f
        for f in overlaps.parallel_duties(law(acts, [case(1, "barnehage"), case(2, "familievernkontor"), case(3, "krisesenter")]))
    }  # fmt: skip
    odd = found["parallel_duty_divergent"]
    assert odd.provisions[0] == "lov/2001-01-01-3/§1/ledd/1"
    assert "vilkår" in odd.explanation.nb
    assert "trigger" in odd.explanation.en


def test_one_body_bound_by_two_acts_is_double_regulation():
    acts = [
        act(
            1,
            "Stiloven",
            {"§1": ["Tjenesten for stier skal samarbeide med andre tjenesteytere om det enkelte barnet."]},
        ),
        act(
            2,
            "Hytteloven",
            {"§1": ["Tjenesten for hytter skal samarbeide med andre tjenesteytere om den enkelte gjesten."]},
        ),
    ]
    found = list(overlaps.double_regulation(law(acts, [case(1, "ppt"), case(2, "ppt")])))
    assert [(f.type, f.actors) for f in found] == [("double_regulation", ("ppt",))]


def test_two_bodies_that_do_not_belong_together_are_no_double_regulation():
    acts = [act(n, f"Lov {n}", {"§1": [CASE.format("Tjenesten", "barnet")]}) for n in (1, 2)]
    assert list(overlaps.double_regulation(law(acts, [case(1, "ppt"), case(2, "krisesenter")]))) == []


def test_a_part_is_related_to_its_whole_and_all_service_providers_are_not_one_body():
    assert related("psykisk_helsevern", "spesialisthelsetjeneste")
    assert not related("barnehage", "krisesenter")


def test_a_coordinator_and_a_child_coordinator_are_several_coordinators():
    text = "Kommunen skal {} for familier som trenger følge over lengre tid."
    acts = [
        act(1, "Stiloven", {"§1": [text.format("tilby koordinator")], "§2": [text.format("oppnevne barnekoordinator")]})
    ]
    frames = [
        frame(f"lov/2001-01-01-1/§{n}/ledd/1", "coordination", "duty", "kommune", "person", level="individual")
        for n in (1, 2)
    ]
    found = list(overlaps.several_coordinators(law(acts, frames)))
    assert [f.provisions for f in found] == [("lov/2001-01-01-1/§1/ledd/1", "lov/2001-01-01-1/§2/ledd/1")]

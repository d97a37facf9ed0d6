from __future__ import annotations

import pytest

from graph.finding import Words
from graph.findings import circles, overlaps, telling
from graph.law import Service
from tests.findings.conftest import act, frame, law

ONE, TWO, THREE = "lov/2001-01-01-1", "lov/2001-01-01-2", "lov/2001-01-01-3"
CASE = "Hytta skal samarbeide med andre tjenesteytere dersom samarbeid er nødvendig."


@pytest.fixture
def services(monkeypatch):
    """Three invented services: a crisis centre, a private school and mental health care."""
    found = (
        Service("hytte", Words("hytte", "cabin"), ONE, True, ("krisesenter", "ansatte")),
        Service("privat", Words("privat hytte", "private cabin"), TWO, True, ("skole", "skoleeier"), owner="private"),
        Service("nav", Words("Nav", "Nav"), THREE, False, ("nav_kontor", "nav"), owner="state"),
    )
    monkeypatch.setattr("graph.law.services", lambda: found)


def case(address: str, bearer: str = "krisesenter"):
    return frame(address, "cooperation", "duty", bearer, "tjenesteytere", level="individual", condition="necessary")


def test_strict_secrecy_beside_a_wide_duty_to_cooperate_is_a_conflict():
    secrecy = "Enhver som arbeider på hytta, har taushetsplikt etter {}loven § 21."
    for basis, count in (("helsepersonel", 1), ("forvaltnings", 0)):
        acts = [act(1, "Stiloven", {"§1": [CASE], "§2": [secrecy.format(basis)]})]
        frames = [case(f"{ONE}/§1/ledd/1"), frame(f"{ONE}/§2/ledd/1", "confidentiality", "prohibition", "ansatte")]
        assert [f.type for f in telling.strict_secrecy(law(acts, frames))] == ["secrecy_vs_sharing"] * count


def test_a_duty_to_tell_that_yields_to_secrecy_is_told_beside_the_report_that_does_not():
    inform = (
        "Vertene skal av eget tiltak gi sosialtjenesten og helse- og omsorgstjenesten opplysninger. "
        "Opplysninger kan bare gis etter samtykke."
    )
    report = "Vertene skal uten hinder av taushetsplikt melde fra til barnevernstjenesten."
    acts = [act(n, f"Lov {n}", {"§1": [inform], "§2": [report]}) for n in (1, 2)]
    found = list(telling.yielding_duties(law(acts)))
    assert [(f.type, f.provisions) for f in found] == [("secrecy_vs_sharing", (f"{ONE}/§1/ledd/1", f"{TWO}/§1/ledd/1"))]


def test_a_power_to_order_secrets_is_stronger_than_one_that_the_giver_decides():
    order = "Hytta kan pålegge andre organer å gi taushetsbelagte opplysninger."
    ask = "Hytta kan kreve opplysninger fra andre organer. Om de kan gis, avgjøres etter organets taushetsbestemmelser."
    acts = [act(1, "Stiloven", {"§1": [order]}), act(2, "Hytteloven", {"§1": [ask]})]
    frames = [
        frame(f"lov/2001-01-01-{n}/§1/ledd/1", "information_sharing", "permission", "krisesenter", "offentlige_organer")
        for n in (1, 2)
    ]
    found = list(telling.powers(law(acts, frames)))
    assert [(f.type, f.provisions) for f in found] == [("duty_vs_permission", (f"{TWO}/§1/ledd/1", f"{ONE}/§1/ledd/1"))]


def test_ages_of_the_childs_own_say_are_told_only_where_they_differ(services):
    def acts(*years: int):
        return [
            act(n, f"Lov {n}", {"§1": [f"Barn som har fylt {y} år, kan samtykke."]}) for n, y in enumerate(years, 1)
        ]

    assert [f.type for f in telling.ages(law(acts(12, 15, 16)))] == ["threshold_divergence"]
    assert list(telling.ages(law(acts(15, 15, 15)))) == []


def test_a_change_of_school_needs_consent_in_one_act_only():
    free = "Ved skolebytte kan skolen hente de opplysningene som er nødvendige."
    asks = "Ved skolebytte kan skolen hente opplysninger dersom foreldrene tillater det."
    acts = [act(1, "Stiloven", {"§1": [free]}), act(2, "Hytteloven", {"§1": [asks]})]
    frames = [
        frame(f"lov/2001-01-01-{n}/§1/ledd/1", "information_sharing", "permission", "skole", "skole") for n in (1, 2)
    ]
    found = list(telling.consent_apart(law(acts, frames)))
    assert [(f.type, f.provisions[0]) for f in found] == [("threshold_divergence", f"{TWO}/§1/ledd/1")]


def test_one_service_must_tell_and_the_other_may():
    acts = [act(1, "Stiloven", {"§1": ["Sosialtjenesten skal gi Nav opplysninger.", "Nav kan gi opplysninger."]})]
    free = "despite_confidentiality"
    frames = [
        frame(f"{ONE}/§1/ledd/1", "information_sharing", "duty", "sosialtjeneste", "nav", condition=free),
        frame(f"{ONE}/§1/ledd/2", "information_sharing", "permission", "nav", "sosialtjeneste", condition=free),
    ]
    found = list(telling.one_must_other_may(law(acts, frames)))
    assert [f.provisions for f in found] == [(f"{ONE}/§1/ledd/2", f"{ONE}/§1/ledd/1")]
    assert list(telling.one_must_other_may(law(acts, frames[:1]))) == []


def test_services_that_may_join_an_office_are_left_out_of_its_rule_on_sharing():
    rule = "Taushetsplikt etter denne loven er ikke til hinder for at opplysninger deles innen kontoret."
    acts = [act(1, "Stiloven", {"§1": ["Partene kan avtale at andre tjenester skal inngå i kontoret."], "§2": [rule]})]
    frames = [
        frame(f"{ONE}/§1/ledd/1", "cooperation_agreement", "permission", "nav", "kommune"),
        frame(f"{ONE}/§2/ledd/1", "confidentiality", "permission", "ansatte"),
    ]
    assert [f.provisions[:2] for f in telling.joint_offices(law(acts, frames))] == [
        (f"{ONE}/§2/ledd/1", f"{ONE}/§1/ledd/1")
    ]
    assert list(telling.joint_offices(law(acts, frames[1:]))) == []


def test_mirrored_agreements_of_two_acts_are_one_harmonised_finding(services):
    text = "{} skal inngå samarbeidsavtale om fjelloverganger med {}."
    acts = [
        act(1, "Stiloven", {"§1": [text.format("Hytta", "skolen")]}),
        act(2, "Hytteloven", {"§1": [text.format("Skolen", "hytta")]}),
    ]
    frames = [
        frame(f"{ONE}/§1/ledd/1", "cooperation_agreement", "duty", "krisesenter", "skole"),
        frame(f"{TWO}/§1/ledd/1", "cooperation_agreement", "duty", "skole", "krisesenter"),
    ]
    found = list(overlaps.mirrored_duties(law(acts, frames)))
    assert [(f.type, f.acts) for f in found] == [("parallel_duty_harmonised", (ONE, TWO))]


COORDINATE = "Kommunen skal samordne tjenestetilbudet."


def coordinates(address: str):
    return frame(address, "coordination", "duty", "kommune", "tjenesteytere", level="individual")


def test_it_is_unclear_which_municipality_coordinates_a_service_that_none_runs(services):
    acts = [act(n, f"Lov {n}", {"§1": [COORDINATE]}) for n in (1, 2)]
    frames = [coordinates(f"lov/2001-01-01-{n}/§1/ledd/1") for n in (1, 2)]
    found = list(circles.which_municipality(law(acts, frames)))
    assert [(f.type, f.provisions[0]) for f in found] == [("right_without_owner", f"{TWO}/§1/ledd/1")]


def test_the_county_with_tasks_of_its_own_is_outside_a_duty_of_the_municipality(services):
    tasks = {f"§{n}": ["Fylkeskommunen skal gi tilbud om ski."] for n in (2, 3, 4)}
    frames = [case(f"{ONE}/§1/ledd/1", "kommune")]
    found = list(circles.outside_the_duty(law([act(1, "Stiloven", {"§1": [CASE], **tasks})], frames)))
    assert [(f.type, f.actors) for f in found] == [("missing_duty_type", ("fylkeskommune", "kommune"))]
    assert list(circles.outside_the_duty(law([act(1, "Stiloven", {"§1": [CASE]})], frames))) == []


def test_a_list_of_bodies_to_order_leaves_out_one_that_the_act_obtains_from(services):
    acts = [
        act(
            1,
            "Stiloven",
            {"§1": ["Hytta kan pålegge disse å gi opplysninger."], "§2": ["Hytta kan innhente opplysninger."]},
        )
    ]
    share = ("information_sharing", "permission", "krisesenter")
    frames = [
        frame(f"{ONE}/§1/ledd/1", *share, "imdi kommune fylkeskommune politi"),
        frame(f"{ONE}/§2/ledd/1", *share, "nav_kontor"),
    ]
    acts.append(act(3, "Isloven", {"§1": ["Vann fryser."]}))
    found = list(circles.closed_lists(law(acts, frames)))
    assert [(f.type, f.provisions) for f in found] == [("shorter_list", (f"{ONE}/§1/ledd/1", f"{ONE}/§2/ledd/1"))]

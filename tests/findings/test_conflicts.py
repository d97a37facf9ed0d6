from __future__ import annotations

from graph.findings import conflicts
from tests.findings.conftest import act, frame, law

ONE = "lov/2001-01-01-1"


def share(address: str, **more: str):
    return frame(address, "information_sharing", "duty", "barnehage", "politi", **more)  # type: ignore[arg-type]


SECRET = "Enhver som arbeider på hytta, har taushetsplikt om gjestene."
TELL = "Hytta skal gi politiet opplysninger om personer som blir borte i fjellet."


def test_a_duty_to_tell_that_says_nothing_of_the_secrecy_beside_it_is_a_conflict():
    acts = [act(1, "Hytteloven", {"§1": [SECRET], "§2": [TELL]})]
    frames = [frame(f"{ONE}/§1/ledd/1", "confidentiality", "prohibition", "ansatte"), share(f"{ONE}/§2/ledd/1")]
    found = list(conflicts.secrecy_against_sharing(law(acts, frames)))
    assert [(f.type, f.provisions) for f in found] == [("secrecy_vs_sharing", (f"{ONE}/§2/ledd/1", f"{ONE}/§1/ledd/1"))]


def test_a_duty_to_tell_in_spite_of_secrecy_is_settled():
    acts = [act(1, "Hytteloven", {"§1": [SECRET], "§2": [TELL]})]
    frames = [
        frame(f"{ONE}/§1/ledd/1", "confidentiality", "prohibition", "ansatte"),
        share(f"{ONE}/§2/ledd/1", condition="despite_confidentiality"),
    ]
    assert list(conflicts.secrecy_against_sharing(law(acts, frames))) == []


def test_narrow_terms_for_telling_beside_a_duty_to_cooperate_is_a_conflict():
    acts = [
        act(1, "Hytteloven", {
            "§1": ["Hytta skal samarbeide med andre tjenesteytere når gjesten trenger det."],
            "§2": ["Opplysninger kan bare gis til andre forvaltningsorganer når hytta har nytte av det selv."],
        })
    ]  # fmt: skip
    frames = [
        frame(f"{ONE}/§1/ledd/1", "cooperation", "duty", "krisesenter", "tjenesteytere", level="individual"),
        frame(f"{ONE}/§2/ledd/1", "information_sharing", "permission", "krisesenter", "offentlige_organer"),
    ]
    found = list(conflicts.secrecy_against_sharing(law(acts, frames)))
    assert [f.type for f in found] == ["secrecy_vs_sharing"]
    assert found[0].score > 0.8


def test_a_duty_here_and_a_recommendation_there_are_told_with_the_weaker_first():
    text = "Tjenesten {} samarbeide med frivillige organisasjoner som merker stier."
    acts = [act(n, f"Lov {n}", {"§1": [text.format(verb)]}) for n, verb in ((1, "skal"), (2, "bør"))]
    frames = [
        frame(f"lov/2001-01-01-{n}/§1/ledd/1", "cooperation", modality, "kommune", "frivillig_og_privat")  # type: ignore[arg-type]
        for n, modality in ((1, "duty"), (2, "recommendation"))
    ]
    found = [f for f in conflicts.duty_against_permission(law(acts, frames)) if f.type == "duty_vs_permission"]
    assert [f.provisions[0] for f in found] == ["lov/2001-01-01-2/§1/ledd/1"]


DEFINES = "Med tjenesteytere menes {} som hjelper folk på fjellet etter avtale med turlaget."


def test_the_same_term_in_other_words_is_a_divergent_definition():
    acts = [
        act(1, "Stiloven", {"§1": [DEFINES.format("hytter, løyper og vakter")]}),
        act(2, "Hytteloven", {"§1": [DEFINES.format("hytter, løyper og vakter")]}),
        act(3, "Isloven", {"§1": [DEFINES.format("bare statlige vakter med egen båt og lisens")]}),
    ]
    found = list(conflicts.definitions(law(acts)))
    assert [(f.type, f.provisions[0]) for f in found] == [("definition_divergence", "lov/2001-01-01-3/§1/ledd/1")]


def test_equal_definitions_are_no_finding():
    acts = [act(n, f"Lov {n}", {"§1": [DEFINES.format("hytter og vakter")]}) for n in (1, 2, 3)]
    assert list(conflicts.definitions(law(acts))) == []


def test_two_coordinators_without_an_order_compete():
    text = "Kommunen skal {} for familier som trenger følge over lengre tid."
    acts = [
        act(1, "Stiloven", {"§1": [text.format("tilby koordinator")], "§2": [text.format("oppnevne barnekoordinator")]})
    ]
    frames = [
        frame(f"{ONE}/§{n}/ledd/1", "coordination", "duty", "kommune", "person", level="individual") for n in (1, 2)
    ]
    assert [f.type for f in conflicts.competing_coordinators(law(acts, frames))] == ["competing_coordinators"]


def test_an_order_between_coordinators_ends_the_competition():
    text = "Kommunen skal {} for familier som trenger følge over lengre tid."
    order = "Er det oppnevnt en slik, erstatter barnekoordinatoren den andre koordinatoren."
    acts = [
        act(
            1,
            "Stiloven",
            {"§1": [text.format("tilby koordinator"), order], "§2": [text.format("oppnevne barnekoordinator")]},
        )
    ]
    frames = [
        frame(f"{ONE}/§1/ledd/1", "coordination", "duty", "kommune", "person", level="individual"),
        frame(f"{ONE}/§1/ledd/2", "coordination", "duty", "barnekoordinator", "person", level="individual"),
        frame(f"{ONE}/§2/ledd/1", "coordination", "duty", "kommune", "person", level="individual"),
    ]
    assert list(conflicts.competing_coordinators(law(acts, frames))) == []


def test_attention_to_what_can_and_to_what_should_lead_to_measures_is_one_divergence():
    acts = [
        act(1, "Hytteloven", {
            "§1": ["Vertene skal være oppmerksomme på forhold som kan føre til tiltak fra barnevernstjenesten."],
            "§2": ["Vertene skal være oppmerksomme på forhold som bør føre til tiltak fra sosialtjenesten."],
        })
    ]  # fmt: skip
    frames = [
        frame(f"{ONE}/§1/ledd/1", "information_sharing", "duty", "ansatte", "barneverntjeneste"),
        frame(f"{ONE}/§2/ledd/1", "information_sharing", "duty", "ansatte", "sosialtjeneste"),
    ]
    assert [f.type for f in conflicts.thresholds(law(acts, frames))] == ["threshold_divergence"]

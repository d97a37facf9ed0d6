from __future__ import annotations

from graph.findings import gaps
from graph.findings.references import references
from graph.law import exceptions, services
from lovdata_ingest.address import parse_address
from lovdata_ingest.references.reference import Reference
from tests.findings.conftest import act, frame, law

ONE, TWO = "lov/2001-01-01-1", "lov/2001-01-01-2"


def test_a_right_to_a_plan_that_nobody_is_bound_to_make_has_no_owner():
    acts = [act(1, "Stiloven", {"§1": ["Gjesten har rett til individuell plan. Hytta skal samarbeide om planen."]})]
    frames = [
        frame(f"{ONE}/§1/ledd/1/setning/1", "individual_plan", "right", "person"),
        frame(f"{ONE}/§1/ledd/1/setning/2", "individual_plan", "duty", "krisesenter", "tjenesteytere"),
    ]
    assert [f.type for f in gaps.rights_without_owner(law(acts, frames))] == ["right_without_owner"]


def test_a_right_whose_plan_a_named_body_must_make_has_an_owner():
    acts = [
        act(
            1,
            "Stiloven",
            {"§1": ["Gjesten har rett til individuell plan.", "Hytta skal utarbeide individuell plan for gjesten."]},
        )
    ]
    frames = [
        frame(f"{ONE}/§1/ledd/1", "individual_plan", "right", "person"),
        frame(f"{ONE}/§1/ledd/2", "individual_plan", "duty", "krisesenter", "person"),
    ]
    assert list(gaps.rights_without_owner(law(acts, frames))) == []


LIST = (
    "Vertene skal melde fra til barnevernstjenesten\n- når et barn blir borte i tåka om kvelden"
    "\n- når et barn har våte sko og fryser på hytta\n- når et barn ikke får mat før turen{}"
)
FOURTH = "\n- når et barn blir lokket ut på utrygg is av fremmede"


def report(number: int):
    return frame(f"lov/2001-01-01-{number}/§1/ledd/1", "information_sharing", "duty", "ansatte", "barneverntjeneste")


def test_a_list_that_lacks_an_item_of_the_parallel_lists_is_shorter():
    acts = [act(n, f"Lov {n}", {"§1": [LIST.format("" if n == 3 else FOURTH)]}) for n in (1, 2, 3)]
    found = list(gaps.shorter_lists(law(acts, [report(n) for n in (1, 2, 3)])))
    assert [(f.type, f.provisions[0]) for f in found] == [("shorter_list", "lov/2001-01-01-3/§1/ledd/1")]
    assert "lov 1 § 1 første ledd bokstav d, mangler" in found[0].explanation.nb


def test_a_list_that_joins_two_items_in_one_is_not_shorter():
    joined = LIST.format("").replace(
        "før turen", "før turen, eller når et barn blir lokket ut på utrygg is av fremmede"
    )
    acts = [act(n, f"Lov {n}", {"§1": [joined if n == 3 else LIST.format(FOURTH)]}) for n in (1, 2, 3)]
    found = [f for f in gaps.shorter_lists(law(acts, [report(n) for n in (1, 2, 3)])) if "mangler" in f.explanation.nb]
    assert found == []


def reference(source: str, target: str, status: str = "resolved", text: str = "§ 2", start: int = 0, reason: str = ""):
    return Reference(parse_address(source), start, start + len(text), text, target, "text", status, reason)  # type: ignore[arg-type]


def test_a_reference_to_a_section_that_does_not_exist_is_broken():
    acts = [act(1, "Stiloven", {"§1": ["Se § 9."]}), act(2, "Hytteloven", {"§1": ["Gjester skal hjelpes."]})]
    found = list(references(law(acts, [], [reference(f"{ONE}/§1/ledd/1", f"{TWO}/§9", "no_such_section", "§ 9")])))
    assert [(f.type, f.provisions) for f in found] == [("broken_or_stale_reference", (f"{ONE}/§1/ledd/1", f"{TWO}/§9"))]


def test_a_reference_that_resolves_is_no_finding():
    acts = [act(1, "Stiloven", {"§1": ["Se hytteloven § 1."]}), act(2, "Hytteloven", {"§1": ["Gjester skal hjelpes."]})]
    assert list(references(law(acts, [], [reference(f"{ONE}/§1/ledd/1", f"{TWO}/§1")]))) == []


def test_a_reference_to_a_ledd_that_is_no_longer_about_the_matter_is_stale():
    text = "Turlaget skal inngå overnattingsavtale med hytta, jf. hytteloven § 1 første ledd."
    acts = [
        act(1, "Stiloven", {"§1": [text]}),
        act(2, "Hytteloven", {"§1": ["Vertene skal fyre i ovnen.", "Hytta skal ha overnattingsavtaler med turlag."]}),
    ]
    start = text.index("§ 1")
    found = list(references(law(acts, [], [reference(f"{ONE}/§1/ledd/1", f"{TWO}/§1/ledd/1", start=start)])))
    assert [f.provisions for f in found] == [(f"{ONE}/§1/ledd/1", f"{TWO}/§1/ledd/1", f"{TWO}/§1/ledd/2")]


def test_a_reference_to_a_replaced_act_is_told_outside_closing_sections():
    acts = [act(1, "Stiloven", {"§1": ["Se lov 1. januar 1990 nr. 5 § 3."]})]
    replaced = reference(f"{ONE}/§1/ledd/1", "lov/1990-01-01-5/§3", "act_replaced", reason=f"replaced by {TWO}")
    assert [f.type for f in references(law(acts, [], [replaced]))] == ["replaced_act_reference"]


def test_services_and_their_excuses_name_known_services_and_kinds_of_duty():
    from graph.law import duty_type_by_id

    known = {s.id for s in services()}
    assert {s for s, _ in exceptions()} <= known
    assert {t for _, t in exceptions()} <= set(duty_type_by_id())

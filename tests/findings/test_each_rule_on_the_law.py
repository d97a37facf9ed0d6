"""Each rule of findings meets the 14 acts somewhere, cites what is there, and keeps still where nothing is to be said."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from graph.finding import Finding
from graph.findings import circles, goods, scope, telling, terms
from graph.inputs import Inputs
from graph.law import Law
from lovdata_ingest.address import parse_address
from tests.findings.conftest import act, frame, law, statute_book

RULES: tuple[Callable[[Law], Iterator[Finding]], ...] = (
    circles.closed_lists, circles.narrow_goods, circles.one_offer_only, circles.outside_the_duty, circles.unbound_county,
    circles.which_municipality, goods.contacts, goods.needs_of_goods, goods.offers, goods.plan_lead,
    goods.plans_without_coordinator, goods.rights_and_duties, goods.wider_rights, scope.act_lists, scope.other_items,
    scope.referred_lists, scope.supervision_lists, telling.access_apart, telling.ages, telling.consent_apart,
    telling.coordinators_without_basis, telling.joint_offices, telling.municipality_without_basis,
    telling.notices_against_secrecy, telling.notices_without_basis, telling.one_must_other_may, telling.powers,
    telling.strict_secrecy, telling.yielding_duties, terms.bare_terms,
)  # fmt: skip


def name(rule: Callable[[Law], Iterator[Finding]]) -> str:
    return f"{rule.__module__.rsplit('.', 1)[1]}.{rule.__name__}"


@pytest.fixture(scope="module")
def whole(reform: Inputs) -> Law:
    return Law(reform)


@pytest.mark.parametrize("rule", RULES, ids=name)
def test_a_rule_finds_something_in_the_14_acts_and_cites_provisions_that_exist(
    rule: Callable[[Law], Iterator[Finding]], whole: Law
) -> None:
    found = list(rule(whole))
    assert found
    for finding in found:
        assert set(finding.acts) & set(whole.acts)
        assert finding.evidence
        for printed in finding.provisions:
            address = parse_address(printed)
            document = statute_book().get(address.act)
            assert document is not None, printed
            assert not address.path or document.find(address) is not None, printed


@pytest.mark.parametrize("rule", RULES, ids=name)
def test_a_rule_keeps_still_where_two_acts_say_the_same_and_nothing_is_missing(
    rule: Callable[[Law], Iterator[Finding]],
) -> None:
    words = "Stiverten skal samarbeide med hytteverten om den enkelte turgåeren."
    acts = [act(n, f"Lov {n}", {"§1": [words]}) for n in (1, 2)]
    frames = [
        frame(f"lov/2001-01-01-{n}/§1/ledd/1", "cooperation", "duty", "skole", "barnehage", level="individual")
        for n in (1, 2)
    ]
    assert list(rule(law(acts, frames))) == []

"""The findings, one function per type or group of types; each definition stands in the function's docstring.

`ALL` lists them in the order of the contract. Each takes a `graph.law.Law` and yields `Finding`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from graph.finding import Finding
from graph.findings import circles, conflicts, gaps, goods, overlaps, scope, telling, terms
from graph.law import Law

ALL: tuple[Callable[[Law], Iterable[Finding]], ...] = (
    overlaps.parallel_duties,
    overlaps.staff_circles,
    overlaps.parallel_wordings,
    overlaps.double_regulation,
    overlaps.several_coordinators,
    goods.rights_and_duties,
    goods.contacts,
    overlaps.mirrored_duties,
    conflicts.secrecy_against_sharing,
    conflicts.secrecy_regimes,
    conflicts.duty_against_permission,
    conflicts.thresholds,
    conflicts.competing_coordinators,
    conflicts.definitions,
    terms.bare_terms,
    terms.bound_and_defined,
    telling.strict_secrecy,
    telling.yielding_duties,
    telling.powers,
    telling.consent_apart,
    telling.ages,
    telling.access_apart,
    telling.one_must_other_may,
    telling.notices_against_secrecy,
    goods.offers,
    goods.needs_of_goods,
    goods.plan_lead,
    gaps.missing_mirrors,
    gaps.missing_duty_types,
    gaps.no_sharing_basis,
    gaps.rights_without_owner,
    gaps.shorter_lists,
    circles.outside_the_duty,
    circles.which_municipality,
    circles.closed_lists,
    circles.unbound_county,
    circles.narrow_goods,
    circles.one_offer_only,
    goods.plans_without_coordinator,
    goods.wider_rights,
    scope.supervision_lists,
    scope.referred_lists,
    scope.act_lists,
    scope.other_items,
    telling.coordinators_without_basis,
    telling.notices_without_basis,
    telling.municipality_without_basis,
    telling.joint_offices,
    gaps.references,
    gaps.pending_changes,
)


def all_findings(law: Law) -> list[Finding]:
    """All findings, unranked, each id once (the first wins)."""
    found: dict[str, Finding] = {}
    for function in ALL:
        for finding in function(law):
            if any(act in law.acts for act in finding.acts):
                found.setdefault(finding.id, finding)
    return list(found.values())

"""The findings, one function per type or group of types; each definition stands in the function's docstring.

`ALL` lists them in the order of the contract. Each takes a `graph.law.Law` and yields `Finding`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from graph.finding import Finding
from graph.findings import conflicts, gaps, overlaps
from graph.law import Law

ALL: tuple[Callable[[Law], Iterable[Finding]], ...] = (
    overlaps.parallel_duties,
    overlaps.staff_circles,
    overlaps.parallel_wordings,
    overlaps.double_regulation,
    overlaps.several_coordinators,
    conflicts.secrecy_against_sharing,
    conflicts.secrecy_regimes,
    conflicts.duty_against_permission,
    conflicts.thresholds,
    conflicts.competing_coordinators,
    conflicts.definitions,
    gaps.missing_mirrors,
    gaps.missing_duty_types,
    gaps.no_sharing_basis,
    gaps.rights_without_owner,
    gaps.shorter_lists,
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

"""Orders findings, gathers near-identical ones, and picks those that the reader asks for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from graph.finding import Finding, FindingKind
from lovdata_ingest.address import parse_address

KIND_ORDER = {"conflict": 0, "gap": 1, "overlap": 2}


def rank(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings, best score first; equals by kind, type, provisions and id, so that the order is always the same."""
    return tuple(
        sorted(findings, key=lambda f: (-f.score, KIND_ORDER[f.kind], f.type, f.provisions, f.id)),
    )


def _sections(finding: Finding) -> frozenset[str]:
    return frozenset(str(parse_address(p).section_address) for p in finding.provisions)


def group(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Give near-identical findings one group: same type, and four fifths of their sections in common.

    The group bears the id of its best finding. The order is kept; a finding that stands alone has no group.
    """
    heads: list[tuple[Finding, frozenset[str]]] = []
    of: dict[str, str] = {}
    for finding in findings:
        sections = _sections(finding)
        for head, theirs in heads:
            union = sections | theirs
            if head.type == finding.type and union and len(sections & theirs) / len(union) >= 0.8:
                of[finding.id] = head.id
                of[head.id] = head.id
                break
        else:
            heads.append((finding, sections))
    return tuple(replace(f, group=of[f.id]) if f.id in of else f for f in findings)


def grouped(findings: Sequence[Finding]) -> list[tuple[Finding, ...]]:
    """The findings as groups, each with its best first; the order of the first ones is kept."""
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        found.setdefault(finding.group or finding.id, []).append(finding)
    return [tuple(members) for members in found.values()]


def select(
    findings: Iterable[Finding], *, kind: FindingKind | None = None, types: Sequence[str] = (), acts: Sequence[str] = (),
    actor: str | None = None, min_score: float = 0.0,
) -> tuple[Finding, ...]:  # fmt: skip
    """The findings that fit all that is asked; what is left out does not restrict.

    Args:
        findings: where to look.
        kind: overlap, conflict or gap.
        types: one of these types.
        acts: touches one of these refids; findings about them come before those that only name them as peers.
        actor: concerns this actor id.
        min_score: at least this score.
    """
    found = [
        f for f in findings
        if (kind is None or f.kind == kind) and (not types or f.type in types) and (not acts or set(acts) & set(f.acts))
        and (actor is None or actor in f.actors) and f.score >= min_score
    ]  # fmt: skip
    if acts:
        found.sort(key=lambda f: f.acts[0] not in acts)  # the first provision is the one that the finding is about
    return tuple(found)

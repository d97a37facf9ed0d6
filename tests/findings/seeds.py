"""Errors seeded into the real acts: each must open a finding of its type on the act, and the rest must stay quiet.

A seed names an address and one word, or drops a place; no sentence of the law stands here. ``tests/findings/test_seeding.py``
runs one of each kind, ``tests/benchmarks/bench_seeding.py`` all of them; the recall stands in ``docs/findings.md``.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace

from duties.find import find_frames
from graph import Analysis, Finding, Inputs, analyse
from lovdata_ingest.model import Document, Node
from lovdata_ingest.references.find import find_references
from tests.findings.conftest import index, norms_of, references_of

Change = Callable[[Node], Node | None]


class Seed(Struct, frozen=True):
    """An error: what kind, in which act and where, and the types of which one must open there."""

    kind: str
    act: str
    where: str
    change: Change
    types: tuple[str, ...]


def gone(node: Node) -> None:
    """Drop the place."""


def word(old: str, new: str, count: int = 1) -> Change:
    """Put a word for another in the place and below it."""

    def change(node: Node) -> Node:
        text = node.text.replace(old, new, count)
        return replace(node, text=text, children=tuple(change(c) for c in node.children))

    return change


def edited(node: Node, where: str, change: Change) -> Node | None:
    """The tree with the node at *where* changed or dropped."""
    if node.address is not None and str(node.address) == where and node.kind != "heading":
        return change(node)
    kept = (edited(child, where, change) for child in node.children)
    return replace(node, children=tuple(child for child in kept if child is not None))


BHL, FVK, SPH, PSL, NAV = "2005-06-17-64", "1997-06-19-62", "1999-07-02-61", "2003-07-04-84", "2006-06-16-20"
KRI, SOS, HOL, INT, BVL, OPL = (
    "2009-06-19-44", "2009-12-18-131", "2011-06-24-30", "2020-11-06-127", "2021-06-18-97", "2023-06-09-30",
)  # fmt: skip

SEEDS = [
    Seed("deleted section", BHL, "§2b", gone, ("missing_duty_type", "missing_mirror")),
    Seed("deleted section", OPL, "§24-1", gone, ("missing_duty_type", "missing_mirror")),
    Seed("deleted section", FVK, "§10", gone, ("missing_duty_type",)),
    Seed("deleted section", KRI, "§6a", gone, ("missing_duty_type",)),
    Seed("deleted section", HOL, "§12-1", gone, ("missing_duty_type",)),
    Seed("deleted section", SPH, "§2-5a", gone, ("broken_or_stale_reference",)),
    Seed("deleted section", HOL, "§7-2a", gone, ("broken_or_stale_reference",)),
    Seed("changed threshold", INT, "§50/ledd/1", word("dersom samarbeid er nødvendig", "når det er hensiktsmessig"), ("threshold_divergence",)),
    Seed("changed threshold", FVK, "§1a/ledd/1", word("nødvendig", "påkrevd"), ("threshold_divergence",)),
    Seed("changed threshold", OPL, "§24-1/ledd/2", word("Ved behov", "Når særlege grunnar ligg føre,"), ("threshold_divergence", "parallel_duty_divergent")),
    Seed("changed threshold", INT, "§49/ledd/2", word("grunn til å tro", "overveiende sannsynlig", 9), ("threshold_divergence",)),
    Seed("changed threshold", HOL, "§7-1/ledd/1", word("langvarige", "varige og svært omfattende"), ("threshold_divergence",)),
    Seed("removed mirror", SPH, "§2-1e/ledd/4", gone, ("missing_mirror",)),
    Seed("removed mirror", NAV, "§8/ledd/5", gone, ("missing_mirror",)),
    Seed("removed mirror", SOS, "§13", gone, ("missing_mirror", "missing_duty_type")),
    Seed("removed mirror", BVL, "§15-8", gone, ("missing_mirror", "missing_duty_type")),
    Seed("swapped modality", HOL, "§3-4/ledd/1", word("skal", "kan"), ("duty_vs_permission",)),
    Seed("swapped modality", NAV, "§15a/ledd/2", word("skal", "bør"), ("duty_vs_permission",)),
    Seed("swapped modality", OPL, "§24-1/ledd/3", word("skal", "kan"), ("duty_vs_permission",)),
    Seed("swapped modality", SOS, "§45/ledd/2", word("skal", "kan", 2), ("duty_vs_permission",)),
    Seed("swapped modality", SPH, "§3-3a/ledd/1", word("skal", "kan"), ("duty_vs_permission",)),
    Seed("swapped modality", BVL, "§15-8/ledd/2", word("skal", "kan"), ("duty_vs_permission",)),
    Seed("shorter list", INT, "§49/ledd/2/bokstav/e", gone, ("shorter_list",)),
    Seed("shorter list", SOS, "§45/ledd/2/bokstav/d", gone, ("shorter_list",)),
    Seed("narrowed definition", FVK, "§1a/ledd/4", word("statlige tjenesteytere", "tjenesteytere"), ("definition_divergence",)),
    Seed("narrowed definition", OPL, "§24-1/ledd/5", word("private tenesteytarar", "bedrifter"), ("definition_divergence",)),
    Seed("wrong number", SOS, "§45/ledd/3", word("13-4", "13-44"), ("broken_or_stale_reference",)),
    Seed("wrong number", NAV, "§15a/ledd/3", word("§ 19", "§ 190"), ("broken_or_stale_reference",)),
]  # fmt: skip


def seeded(reform: Inputs, seed: Seed) -> Analysis:
    """The analysis of the 14 acts with the error in one of them."""
    refid = f"lov/{seed.act}"
    documents = {d.refid: d for d in reform.documents}
    body = edited(documents[refid].body, f"{refid}/{seed.where}", seed.change)
    assert body is not None
    assert body != documents[refid].body, f"the seed changes nothing: {seed.where}"
    document: Document = replace(documents[refid], body=body)
    documents[refid] = document
    book = index() if seed.change is not gone else _index(documents)
    frames = tuple(f for a in reform.acts for f in (find_frames(document) if a == refid else norms_of(a)))
    again = reform.acts if seed.change is gone else (refid,)
    references = tuple(
        r for a in reform.acts for r in (find_references(documents[a], book) if a in again else references_of(a))
    )  # fmt: skip
    return analyse(replace(reform, documents=tuple(documents.values()), frames=frames, references=references))


def _index(documents: dict[str, Document]) -> object:
    from lovdata_ingest.references.index import build_index

    return build_index(documents.values())


def answers(finding: Finding, seed: Seed) -> bool:
    """Whether a finding is of a type that the seed asks for and touches its section or act."""
    refid = f"lov/{seed.act}"
    section = f"{refid}/{seed.where.split('/')[0]}"
    touched = any(p == section or p.startswith(section + "/") for p in finding.provisions)
    return finding.type in seed.types and (touched or refid in finding.acts)

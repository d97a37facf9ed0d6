"""The graph of references over all loaded acts: who depends on a provision, circles, most referred provisions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from lovdata_ingest.address import Address, AddressError, parse_address
from lovdata_ingest.errors import LovdataError
from lovdata_ingest.references.listing import level_of
from lovdata_ingest.references.reference import Reference

if TYPE_CHECKING:
    import networkx as nx

_LEADS = ("resolved", "repealed", "no_such_ledd")


class UnknownAddress(LovdataError):
    """A provision that neither refers nor is referred to; an empty answer would not say so."""

    def __init__(self, address: Address) -> None:
        self.address = address
        super().__init__(f"{address}: viser ikke til noe og blir ikke vist til i de lastede lovene")


class Dependent(Struct, frozen=True):
    """A provision that leads to the one asked for: ``chain`` goes from it to the target, one step a reference."""

    address: str
    steps: int
    chain: tuple[str, ...]


class Referred(Struct, frozen=True):
    """How many sections refer to a provision: all, and those of other acts."""

    address: str
    sections: int
    from_other_acts: int


def section_of(address: str) -> str:
    """The section that an address lies in, printed; the act itself where it lies in none.

    >>> section_of("lov/2001-01-01-1/§2/ledd/1")
    'lov/2001-01-01-1/§2'
    """
    try:
        return str(parse_address(address).section_address)
    except AddressError:
        return address


def reference_graph(references: Iterable[Reference]) -> nx.DiGraph[str]:
    """Sections and acts as nodes; an edge runs from the section that refers to the one referred to.

    References that lead nowhere, and those of a section to itself, make no edge. ``count`` on an edge tells how many
    references it stands for; sections between the ends of a range count like the rest.
    """
    import networkx as nx

    graph: nx.DiGraph[str] = nx.DiGraph()
    for row in references:
        if row.status not in _LEADS or not row.target.startswith(("lov/", "forskrift/")):
            continue
        source, target = section_of(str(row.source)), section_of(row.target)
        if source == target:
            continue
        if graph.has_edge(source, target):
            graph[source][target]["count"] += 1
        else:
            graph.add_edge(source, target, count=1)
    return graph


def _order(address: str) -> tuple[object, ...]:
    try:
        return parse_address(address).order
    except AddressError:
        return ((), address)


def dependents(graph: nx.DiGraph[str], target: Address, *, depth: int = 1) -> list[Dependent]:
    """The provisions that lead to *target* within *depth* references, nearest first, then in the order of the law.

    *target* is taken at its section and left out, even when a chain comes back to it.

    Raises:
        UnknownAddress: if nothing refers to or from it.
    """
    import networkx as nx

    wanted = section_of(str(target))
    if wanted not in graph:
        raise UnknownAddress(target)
    paths = nx.single_source_shortest_path(graph.reverse(copy=False), wanted, cutoff=depth)
    found = [Dependent(node, len(path) - 1, tuple(reversed(path))) for node, path in paths.items() if node != wanted]
    return sorted(found, key=lambda one: (one.steps, _order(one.address)))


def circles(graph: nx.DiGraph[str], *, within: str | None = None) -> list[tuple[str, ...]]:
    """The strongly connected sections: each leads to every other of its group. Largest first.

    Args:
        graph: from `reference_graph`.
        within: only sections of this act.
    """
    import networkx as nx

    chosen = (
        graph if within is None else graph.subgraph([n for n in graph if n == within or n.startswith(within + "/")])
    )
    groups = [tuple(sorted(group, key=_order)) for group in nx.strongly_connected_components(chosen) if len(group) > 1]
    return sorted(groups, key=lambda group: (-len(group), _order(group[0])))


def most_referred(
    graph: nx.DiGraph[str], *, limit: int = 20, acts: Sequence[str] = (), whole_acts: bool = False
) -> list[Referred]:
    """The provisions that most sections refer to, most first, then in the order of the law.

    Args:
        graph: from `reference_graph`.
        limit: how many.
        acts: only provisions of these acts; none: of all.
        whole_acts: acts named as a whole instead of sections.
    """
    found = []
    for node in graph:
        act = "/".join(node.split("/")[:2])
        if (level_of(node) == "section") == whole_acts or (acts and act not in acts):
            continue
        sources = list(graph.predecessors(node))
        outside = sum(not source.startswith(act + "/") for source in sources)
        if sources:
            found.append(Referred(node, len(sources), outside))
    return sorted(found, key=lambda one: (-one.sections, -one.from_other_acts, _order(one.address)))[:limit]


def to_address(references: Iterable[Reference], address: Address) -> list[Reference]:
    """The references that lead to an address or below it; of a chapter's or act's address, those that name it."""
    wanted = str(address).lower()
    below = wanted + "/"
    return [row for row in references if (target := row.target.lower()) == wanted or target.startswith(below)]


def from_address(references: Iterable[Reference], address: Address) -> list[Reference]:
    """The references that stand at an address or below it."""
    return [row for row in references if address.contains(row.source)]

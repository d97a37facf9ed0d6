"""Questions to the graph: what binds and what protects an actor, across acts and in both directions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from msgspec import Struct

from graph.finding import Finding
from graph.names import wider
from lovdata_ingest.address import parse_address
from lovdata_ingest.errors import LovdataError

if TYPE_CHECKING:
    import networkx as nx


class UnknownActor(LovdataError):
    """An actor that the graph does not hold. Carries the id and the closest ones."""

    def __init__(self, actor: str, close: Iterable[str]) -> None:
        self.actor = actor
        self.close = tuple(close)
        hint = f" Did you mean {', '.join(self.close)}?" if self.close else ""
        super().__init__(f"no actor {actor!r} in the graph.{hint}")


class NormView(Struct, frozen=True):
    """A norm as seen from an actor: where it stands, what it says, who else takes part.

    ``through`` is the actor that the norm names: the actor itself, or what it is a kind or a part of.
    """

    address: str
    category: str
    modality: str
    level: str
    others: tuple[str, ...]
    condition: tuple[str, ...]
    through: str


class ActorView(Struct, frozen=True):
    """All that binds and protects an actor: by name (``bound``, ``owed``), and through what it is a kind or part of."""

    actor: str
    bound: tuple[NormView, ...]
    owed: tuple[NormView, ...]
    bound_as: tuple[NormView, ...]
    owed_as: tuple[NormView, ...]
    related: tuple[str, ...]
    findings: tuple[str, ...]


def actors_in(graph: nx.MultiDiGraph[str]) -> tuple[str, ...]:
    """The actor ids of the graph, sorted."""
    return tuple(sorted(n.removeprefix("actor:") for n, d in graph.nodes(data=True) if d.get("kind") == "actor"))


def _view(graph: nx.MultiDiGraph[str], norm: str, through: str, other: str) -> NormView:
    data = graph.nodes[norm]
    ledd = next(source for source, _, key in graph.in_edges(norm, keys=True) if str(key).startswith("imposes"))
    partners = tuple(
        target.removeprefix("actor:")
        for _, target, key in graph.out_edges(norm, keys=True)
        if str(key).startswith(other)
    )
    condition = tuple(c for c in str(data["condition"]).split(";") if c)
    return NormView(ledd, data["category"], data["modality"], data["level"], partners, condition, through)


def _norms(graph: nx.MultiDiGraph[str], actor: str, edge: str) -> tuple[NormView, ...]:
    node = f"actor:{actor}"
    if node not in graph:
        return ()
    other = "owed_to" if edge == "borne_by" else "borne_by"
    found = {n for n, _, key in graph.in_edges(node, keys=True) if str(key).startswith(edge)}
    views = [_view(graph, n, actor, other) for n in found]
    return tuple(
        sorted(views, key=lambda v: (parse_address(v.address).order, v.category, v.modality, v.others, v.condition))
    )


def binds_and_protects(graph: nx.MultiDiGraph[str], actor: str, findings: Iterable[Finding] = ()) -> ActorView:
    """What binds an actor (it is the bearer) and what is owed to it (it is the counterpart), in all acts of the graph.

    ``bound_as`` and ``owed_as`` hold the norms that name what the actor is a kind or a part of: what is owed to
    service providers is owed to a kindergarten.

    Raises:
        UnknownActor: if the graph has no such actor.
    """
    from difflib import get_close_matches

    every = actors_in(graph)
    if actor not in every:
        raise UnknownActor(actor, get_close_matches(actor, every, 3, 0.5))
    broader = sorted(wider(actor) - {actor})
    return ActorView(
        actor, _norms(graph, actor, "borne_by"), _norms(graph, actor, "owed_to"),
        tuple(v for b in broader for v in _norms(graph, b, "borne_by")),
        tuple(v for b in broader for v in _norms(graph, b, "owed_to")),
        tuple(a for a in every if a != actor and (a in broader or actor in wider(a))),
        tuple(f.id for f in findings if actor in f.actors),
    )  # fmt: skip

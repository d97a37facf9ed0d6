from __future__ import annotations

import random

import networkx as nx
import pytest

from graph import Inputs, analyse
from graph.build import build_graph
from graph.inputs import facts_of
from graph.questions import UnknownActor, binds_and_protects
from lovdata_ingest.address import parse_address
from lovdata_ingest.references.reference import Reference
from tests.findings.conftest import act, frame

ONE, TWO = "lov/2001-01-01-1", "lov/2001-01-01-2"


def inputs() -> Inputs:
    documents = (
        act(
            1,
            "Stiloven",
            {"§1": ["Barnehagen skal samarbeide med andre tjenesteytere.", "Med tjenesteytere menes hytter."]},
        ),
        act(2, "Hytteloven", {"§1": ["Krisesenteret skal varsle barnehagen, jf. stiloven § 1."]}),
    )
    frames = (
        frame(f"{ONE}/§1/ledd/1", "cooperation", "duty", "barnehage", "tjenesteytere", level="individual"),
        frame(f"{TWO}/§1/ledd/1", "information_sharing", "duty", "krisesenter", "barnehage"),
    )
    references = (Reference(parse_address(f"{TWO}/§1/ledd/1"), 40, 43, "§ 1", f"{ONE}/§1", "text", "resolved"),)
    return Inputs((ONE, TWO), documents, frames, references)


def edges(graph: nx.MultiDiGraph, kind: str) -> set[tuple[str, str]]:
    return {(a, b) for a, b, data in graph.edges(data=True) if data["kind"] == kind}


def test_the_graph_holds_acts_sections_ledd_norms_and_actors_with_their_edges():
    graph = analyse(inputs()).graph
    kinds = {data["kind"] for _, data in graph.nodes(data=True)}
    assert {"act", "section", "ledd", "norm", "actor", "sector"} <= kinds
    assert (ONE, f"{ONE}/§1") in edges(graph, "contains")
    assert (f"{TWO}/§1/ledd/1", f"{ONE}/§1") in edges(graph, "refers_to")
    assert (f"{ONE}/§1/ledd/1", f"{ONE}/§1/ledd/2") in edges(graph, "defined_by")
    assert {b for _, b in edges(graph, "borne_by")} == {"actor:barnehage", "actor:krisesenter"}
    assert ("actor:barnehage", "actor:tjenesteytere") in edges(graph, "is_a")


def test_the_same_input_in_another_order_gives_the_same_graph_byte_for_byte():
    given = inputs()
    facts = [facts_of(d) for d in given.documents]
    first = "\n".join(nx.generate_gml(build_graph(facts, given.frames, given.references), stringizer=str))
    shuffled = [list(facts), list(given.frames), list(given.references)]
    for part in shuffled:
        random.Random(7).shuffle(part)
    assert "\n".join(nx.generate_gml(build_graph(*shuffled), stringizer=str)) == first


def test_every_node_and_edge_has_a_kind_and_plain_values():
    graph = analyse(inputs()).graph
    for _, data in graph.nodes(data=True):
        assert data["kind"]
        assert data["label_nb"]
        assert all(isinstance(v, str | int | float) for v in data.values())
    assert all(
        data["kind"] and all(isinstance(v, str | int | float) for v in data.values())
        for *_, data in graph.edges(data=True)
    )


def test_an_actor_is_shown_with_what_binds_it_and_what_is_owed_to_it_by_name_and_as_what_it_is():
    view = binds_and_protects(analyse(inputs()).graph, "barnehage")
    assert [n.address for n in view.bound] == [f"{ONE}/§1/ledd/1"]
    assert [n.address for n in view.owed] == [f"{TWO}/§1/ledd/1"]
    assert [(n.address, n.through) for n in view.owed_as] == [(f"{ONE}/§1/ledd/1", "tjenesteytere")]


def test_an_unknown_actor_is_answered_with_the_closest():
    with pytest.raises(UnknownActor, match="barnehage"):
        binds_and_protects(analyse(inputs()).graph, "barnehagen")


def test_without_documents_the_findings_of_the_snapshot_are_given():
    full = analyse(inputs())
    again = analyse(
        Inputs((ONE, TWO), (), inputs().frames, inputs().references, (), full.facts, full.findings, full.matrix)
    )
    assert again.findings == full.findings
    assert again.matrix == full.matrix
    assert nx.utils.graphs_equal(again.graph, full.graph)


def test_a_replaced_act_that_a_reference_names_leads_to_what_replaced_it():
    old = Reference(parse_address("lov/2001-01-01-1/§1/ledd/1"), 0, 3, "§ 3", "lov/1992-07-17-100/§3", "text",
                    "act_replaced", "replaced by lov/2021-06-18-97")  # fmt: skip
    graph = build_graph([], [], [old])
    assert graph.has_edge("lov/1992-07-17-100", "lov/2021-06-18-97", key="replaced_by")

"""The graph of references: who depends on whom, circles, the most referred."""

from __future__ import annotations

import pytest

from graph.references import (
    UnknownAddress,
    circles,
    dependents,
    from_address,
    most_referred,
    reference_graph,
    to_address,
)
from graph.report.references import around_text
from lovdata_ingest.address import parse_address
from lovdata_ingest.references import Reference

ACT = "lov/2001-01-01-1"


def ref(source: str, target: str, status: str = "resolved") -> Reference:
    """A reference from a ledd to a place."""
    return Reference(parse_address(f"{ACT}/{source}"), 0, 3, "§ x", f"{ACT}/{target}", "text", status)  # type: ignore[arg-type]


ROWS = [
    ref("§1/ledd/1", "§2"), ref("§2/ledd/1", "§3/ledd/2"), ref("§3/ledd/1", "§1"), ref("§10/ledd/1", "§2"),
    ref("§4/ledd/1", "§4/ledd/2"), ref("§5/ledd/1", "§9", "no_such_section"),
]  # fmt: skip


def test_dependents_are_nearest_first_in_the_order_of_the_law_with_their_chain() -> None:
    found = dependents(reference_graph(ROWS), parse_address(f"{ACT}/§3"), depth=2)
    assert [(one.address, one.steps) for one in found] == [(f"{ACT}/§2", 1), (f"{ACT}/§1", 2), (f"{ACT}/§10", 2)]
    assert found[1].chain == (f"{ACT}/§1", f"{ACT}/§2", f"{ACT}/§3")


def test_a_circle_is_found_and_the_target_is_left_out_of_its_dependents() -> None:
    graph = reference_graph(ROWS)
    assert circles(graph) == [(f"{ACT}/§1", f"{ACT}/§2", f"{ACT}/§3")]
    assert f"{ACT}/§3" not in [one.address for one in dependents(graph, parse_address(f"{ACT}/§3"), depth=9)]


def test_a_section_s_reference_to_itself_and_one_that_leads_nowhere_make_no_edge() -> None:
    graph = reference_graph(ROWS)
    assert f"{ACT}/§4" not in graph
    assert f"{ACT}/§9" not in graph


def test_nobody_refers_is_another_answer_than_no_such_provision() -> None:
    graph = reference_graph(ROWS)
    assert dependents(graph, parse_address(f"{ACT}/§10")) == []
    with pytest.raises(UnknownAddress):
        dependents(graph, parse_address(f"{ACT}/§77"))


def test_the_most_referred_come_first() -> None:
    found = most_referred(reference_graph(ROWS), limit=2)
    assert [(one.address, one.sections, one.from_other_acts) for one in found] == [
        (f"{ACT}/§2", 2, 0),
        (f"{ACT}/§1", 1, 0),
    ]


def test_references_to_and_from_a_provision_take_what_lies_below_it() -> None:
    assert len(to_address(ROWS, parse_address(f"{ACT}/§3"))) == 1
    assert len(from_address(ROWS, parse_address(f"{ACT}/§3"))) == 1
    assert to_address(ROWS, parse_address(f"{ACT}/§30")) == []


def test_around_a_provision_a_direction_without_references_has_no_line() -> None:
    one = [ref("§1/ledd/1", "§2")]
    assert [line.plain for line in around_text([], [], {})] == []
    assert [line.plain.split(" (")[0] for line in around_text(one, [], {})][:2] == ["", "Viser til"]
    both = "\n".join(line.plain for line in around_text([], one, {}))
    assert "Vises til av (1 paragraf)" in both
    assert "Viser til" not in both

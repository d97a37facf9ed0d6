"""From inputs to graph, findings and matrix: the one call that the commands and the reports build on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from graph.finding import Finding
from graph.inputs import ActFacts, DataSource, Inputs
from graph.matrix import Matrix
from graph.rank import group, rank

if TYPE_CHECKING:
    import networkx as nx


@dataclass(frozen=True)
class Analysis:
    """What `analyse` gives. ``findings`` are ranked, best first, and grouped; ``facts`` name the acts.

    The graph is built when it is first asked for: a report needs none, and none of networkx.
    """

    inputs: Inputs
    findings: tuple[Finding, ...]
    matrix: Matrix
    facts: tuple[ActFacts, ...]

    @property
    def data(self) -> DataSource:
        """Where the law was read."""
        return self.inputs.data

    @cached_property
    def graph(self) -> nx.MultiDiGraph[str]:
        """The duty graph with the edges of the findings."""
        from graph.build import build_graph

        return build_graph(self.facts, self.inputs.frames, self.inputs.references, self.findings)


def analyse(inputs: Inputs) -> Analysis:
    """Find overlaps, conflicts and gaps.

    With documents, the findings are computed. Without them they are taken from the inputs (the snapshot), cut down to
    those that touch ``inputs.acts``.

    Args:
        inputs: what to work on.
    """
    if inputs.documents:
        from graph.duty_matrix import matrix_of
        from graph.findings import all_findings
        from graph.law import Law

        law = Law(inputs)
        return Analysis(inputs, group(rank(all_findings(law))), matrix_of(law), law.facts)
    chosen = set(inputs.acts)
    findings = group(rank(f for f in inputs.findings if not chosen or chosen & set(f.acts)))
    return Analysis(inputs, findings, inputs.matrix or Matrix(), inputs.facts)

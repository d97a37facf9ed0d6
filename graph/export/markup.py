"""GraphML, GEXF, node-link JSON and Cypher, from networkx and the tables."""

from __future__ import annotations

import io
import json
import re
from typing import Any

import networkx as nx

from graph.export.tables import Tables, Value, edges_of, from_tables, to_tables

_LABEL = re.compile(r"[^A-Za-z0-9]+")
_STAMP = re.compile(rb' lastmodifieddate="[^"]*"')


def to_graphml(graph: nx.MultiDiGraph[str]) -> bytes:
    """GraphML as networkx writes it; the edge's key is its id attribute."""
    buffer = io.BytesIO()
    nx.write_graphml(_ordered(graph), buffer, named_key_ids=True)
    return buffer.getvalue()


def to_gexf(graph: nx.MultiDiGraph[str], date: str) -> bytes:
    """GEXF for Gephi. The date of the data stands where networkx would put today's, so that the same graph gives the same file."""
    about = "; ".join(f"{key}: {value}" for key, value in sorted(graph.graph.items()))
    graph = _ordered(graph)
    plain: nx.MultiDiGraph[str] = nx.MultiDiGraph(mode="static")
    for node in sorted(graph):
        plain.add_node(node, **graph.nodes[node], label=graph.nodes[node].get("label_nb", node))
    for source, target, key, data in edges_of(graph):
        rest = {("edge_kind" if name == "kind" else name): value for name, value in data.items()}
        plain.add_edge(source, target, key=str(key), edge_key=str(key), **rest)
    buffer = io.BytesIO()
    nx.write_gexf(plain, buffer)
    stamp = f' lastmodifieddate="{date}"'.encode() if date else b""
    written = _STAMP.sub(stamp, buffer.getvalue(), count=1)
    comment = f"<description>{_xml(about)}</description></meta>".encode()
    return written.replace(b"</meta>", comment, 1)


def _xml(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def to_json(graph: nx.MultiDiGraph[str]) -> bytes:
    """Node-link data, as networkx and D3 read it."""
    content = nx.node_link_data(_ordered(graph), edges="edges")
    return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"


def from_json(data: bytes) -> nx.MultiDiGraph[str]:
    """Read what `to_json` wrote."""
    return nx.node_link_graph(json.loads(data), edges="edges")  # type: ignore[return-value]  # the stubs know plain graphs only


def _ordered(graph: nx.MultiDiGraph[str]) -> nx.MultiDiGraph[str]:
    return from_tables(to_tables(graph))


def _cypher(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return repr(value)
    escaped = value.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n")
    return f"'{escaped}'"


def _properties(row: dict[str, Any], left_out: tuple[str, ...]) -> str:
    pairs = (f"`{key}`: {_cypher(value)}" for key, value in row.items() if key not in left_out)
    return "{" + ", ".join(pairs) + "}"


def to_cypher(tables: Tables) -> bytes:
    """Statements for Neo4j and its kin: one node or edge a line, each with a label from its kind."""
    lines = [f"// {key}: {value}".replace("\n", " ") for key, value in tables.about.items()]
    lines.append("CREATE CONSTRAINT pliktgraf_id IF NOT EXISTS FOR (n:Pliktgraf) REQUIRE n.id IS UNIQUE;")
    for row in tables.nodes:
        label = _LABEL.sub("", str(row.get("kind", "node")).title())
        lines.append(f"CREATE (:Pliktgraf:{label} {_properties(row, ())});")
    for row in tables.edges:
        kind = _LABEL.sub("_", str(row.get("kind", row["key"]))).upper()
        lines.append(
            f"MATCH (a:Pliktgraf {{id: {_cypher(row['source'])}}}), (b:Pliktgraf {{id: {_cypher(row['target'])}}}) "
            f"CREATE (a)-[:{kind} {_properties(row, ('source', 'target'))}]->(b);"
        )
    return ("\n".join(lines) + "\n").encode()

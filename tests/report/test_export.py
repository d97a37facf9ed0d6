"""Each export read back with the library that its reader would use: the same graph comes out."""

from __future__ import annotations

import io
import json
import sqlite3
from pathlib import Path

import networkx as nx
import pandas as pd
import pytest
import rdflib

from graph.answer import answer
from graph.export import FORMATS, write_export
from graph.export.markup import from_json
from graph.export.rdf import from_rdf
from graph.export.sqlite import from_sqlite
from graph.export.tables import Tables, from_csv, from_parquet, from_tables, to_tables
from graph.export.write import contents, with_provenance
from lovdata_ingest.corpus import Corpus


@pytest.fixture(scope="module")
def graph() -> nx.MultiDiGraph[str]:
    found = answer(Corpus(()))
    return with_provenance(found.analysis.graph, found.inputs.data, found.inputs.acts)


@pytest.fixture(scope="module")
def rows(graph: nx.MultiDiGraph[str]) -> Tables:
    return to_tables(graph)


def test_the_graph_says_what_it_was_made_from(graph: nx.MultiDiGraph[str]) -> None:
    assert {"generator", "data_date", "data_sha256", "acts"} <= set(graph.graph)
    assert graph.number_of_nodes() > 1000


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_graph_gives_the_same_bytes(graph: nx.MultiDiGraph[str], format: str) -> None:
    if format == "turtle":
        graph = graph.subgraph(sorted(graph)[:400]).copy()  # rdflib's writer is slow
    assert contents(graph, format) == contents(from_tables(to_tables(graph)), format)


def test_tables_round_trip(graph: nx.MultiDiGraph[str], rows: Tables) -> None:
    assert to_tables(from_tables(rows)) == rows
    assert from_csv(*contents(graph, "csv").values()) == rows
    assert from_parquet(*contents(graph, "parquet").values()) == rows


def test_sqlite_round_trips_and_joins(graph: nx.MultiDiGraph[str], rows: Tables, tmp_path: Path) -> None:
    data = contents(graph, "sqlite")["duties.sqlite"]
    assert from_sqlite(data) == rows
    (tmp_path / "d.sqlite").write_bytes(data)
    connection = sqlite3.connect(tmp_path / "d.sqlite")
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert connection.execute("SELECT count(*) FROM who_owes_whom WHERE bearer = 'actor:barnehage'").fetchone()[0] > 0
    assert connection.execute("SELECT value FROM about WHERE key = 'data_sha256'").fetchone()[0]
    connection.close()


def test_json_and_graphml_round_trip_through_networkx(graph: nx.MultiDiGraph[str], rows: Tables) -> None:
    assert to_tables(from_json(contents(graph, "json")["duties.json"])) == rows
    read = nx.read_graphml(io.BytesIO(contents(graph, "graphml")["duties.graphml"]), force_multigraph=True)
    read.graph = {key: value for key, value in read.graph.items() if key not in ("node_default", "edge_default")}
    assert to_tables(read) == rows


def test_gexf_keeps_every_node_and_edge(graph: nx.MultiDiGraph[str]) -> None:
    read = nx.read_gexf(io.BytesIO(contents(graph, "gexf")["duties.gexf"]))
    assert set(read) == set(graph)
    assert read.number_of_edges() == graph.number_of_edges()


@pytest.mark.parametrize(("format", "name"), [("turtle", "duties.ttl"), ("jsonld", "duties.jsonld")])
def test_rdf_round_trips_through_rdflib(graph: nx.MultiDiGraph[str], format: str, name: str) -> None:
    part = graph.subgraph(
        [node for node in sorted(graph) if "2005-06-17-64" in node or node.startswith("actor:")]
    ).copy()
    part.graph.update(graph.graph)
    parsed = rdflib.Graph().parse(
        data=contents(part, format)[name], format="json-ld" if format == "jsonld" else "turtle"
    )
    assert from_rdf(parsed) == to_tables(part)
    found = parsed.query("SELECT ?a WHERE { ?a a <http://data.europa.eu/eli/ontology#LegalResource> }")
    assert [str(row[0]) for row in found] == ["https://lovdata.no/eli/lov/2005/06/17/64"]


def test_pandas_opens_the_parquet_files(graph: nx.MultiDiGraph[str], tmp_path: Path) -> None:
    for name, data in contents(graph, "parquet").items():
        (tmp_path / name).write_bytes(data)
    nodes, edges = pd.read_parquet(tmp_path / "nodes.parquet"), pd.read_parquet(tmp_path / "edges.parquet")
    assert (len(nodes), len(edges)) == (graph.number_of_nodes(), graph.number_of_edges())
    assert set(edges["source"]) <= set(nodes["id"])


def test_cypher_creates_one_node_a_line(graph: nx.MultiDiGraph[str]) -> None:
    lines = contents(graph, "cypher")["duties.cypher"].decode().splitlines()
    assert sum(line.startswith("CREATE (:") for line in lines) == graph.number_of_nodes()
    assert sum(line.startswith("MATCH") for line in lines) == graph.number_of_edges()


def test_a_readme_and_the_data_dictionary_lie_beside_the_export(graph: nx.MultiDiGraph[str], tmp_path: Path) -> None:
    found = answer(Corpus(()))
    names = {path.name for path in write_export(graph, "csv", tmp_path, found.inputs.data, found.inputs.acts)}
    assert names == {"nodes.csv", "edges.csv", "csv-metadata.json", "README.md", "data-dictionary.md"}
    dictionary = (tmp_path / "data-dictionary.md").read_text("utf-8")
    kinds = {data["kind"] for _, data in graph.nodes(data=True)} | {data["kind"] for *_, data in graph.edges(data=True)}
    assert [kind for kind in sorted(kinds) if f"`{kind}`" not in dictionary] == []
    assert json.loads((tmp_path / "csv-metadata.json").read_text("utf-8"))["dc:provenance"]["data_date"]


def test_every_file_tells_version_date_and_hash(graph: nx.MultiDiGraph[str]) -> None:
    small = graph.subgraph(sorted(graph)[:60]).copy()
    told = [small.graph[key] for key in ("generator", "data_date", "data_sha256")]
    for format in FORMATS:
        for name, content in contents(small, format).items():
            missing = [words for words in told if words.encode() not in content]
            assert not missing, (name, missing)


def test_rows_of_two_csv_exports_can_be_told_apart(graph: nx.MultiDiGraph[str]) -> None:
    table = pd.read_csv(io.BytesIO(contents(graph, "csv")["edges.csv"]))
    assert set(table["data_sha256"]) == {graph.graph["data_sha256"]}
    assert set(table["data_date"]) == {graph.graph["data_date"]}

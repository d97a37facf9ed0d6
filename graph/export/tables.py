"""The graph as two tables, nodes and edges: the common ground of CSV, Parquet, SQLite and Cypher."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from typing import Any

import networkx as nx
from msgspec import Struct

Value = str | int | float | bool
Row = dict[str, Value]
_TYPES: dict[str, type] = {"string": str, "integer": int, "number": float, "boolean": bool}
_NAMES = {kind: name for name, kind in _TYPES.items()}
_ORIGIN = ("generator", "data_date", "data_sha256")  # the last columns of a CSV file; no attribute has these names


class Tables(Struct, frozen=True):
    """Rows in a fixed order. A node has ``id``; an edge has ``source``, ``target`` and ``key``. What is not set is absent."""

    about: dict[str, str]
    nodes: tuple[Row, ...]
    edges: tuple[Row, ...]


def to_tables(graph: nx.MultiDiGraph[str]) -> Tables:
    """The rows of *graph*, sorted by id, and by source, target and key."""
    nodes = tuple({"id": node, **_sorted(graph.nodes[node])} for node in sorted(graph))
    edges = tuple(
        {"source": source, "target": target, "key": str(key), **_sorted(data)}
        for source, target, key, data in edges_of(graph)
    )
    return Tables({key: str(value) for key, value in sorted(graph.graph.items())}, nodes, edges)


def from_tables(tables: Tables) -> nx.MultiDiGraph[str]:
    """The graph of some rows: the inverse of `to_tables`."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.graph.update(tables.about)
    for row in tables.nodes:
        graph.add_node(str(row["id"]), **{key: value for key, value in row.items() if key != "id"})
    for row in tables.edges:
        rest = {key: value for key, value in row.items() if key not in ("source", "target", "key")}
        graph.add_edge(str(row["source"]), str(row["target"]), key=str(row["key"]), **rest)
    return graph


def edges_of(graph: nx.MultiDiGraph[str]) -> list[tuple[str, str, Any, dict[str, Any]]]:
    """Every edge with its key and attributes, by source, target and key."""
    found = [(s, t, k, graph[s][t][k]) for s, t, k in graph.edges(keys=True)]
    return sorted(found, key=lambda edge: (edge[0], edge[1], str(edge[2])))


def _sorted(data: Mapping[str, Any]) -> Row:
    return {key: data[key] for key in sorted(data) if data[key] is not None and data[key] != "-"}  # "-" is nothing


def columns(rows: Iterable[Row]) -> dict[str, type]:
    """The columns of some rows and their type, first id, source, target, key and kind, then by name; numbers widen."""
    found: dict[str, type] = {}
    for row in rows:
        for key, value in row.items():
            kind = type(value)
            if found.setdefault(key, kind) is not kind:
                found[key] = float if {found[key], kind} == {int, float} else str
    first = [key for key in ("id", "source", "target", "key", "kind") if key in found]
    return {key: found[key] for key in (*first, *sorted(set(found) - set(first)))}


def to_csv(rows: tuple[Row, ...], about: Mapping[str, str]) -> bytes:
    """UTF-8 with a header line; ``-`` for what is not set.

    A CSV file has no place for metadata, and a comment would break most readers: version, date and hash of the data
    stand in the last columns of every row, so that rows of several exports can be put together and still be told apart.
    """
    stream = io.StringIO()
    origin = {key: about[key] for key in _ORIGIN if key in about}
    writer = csv.DictWriter(stream, [*columns(rows), *origin], restval="-", lineterminator="\n")
    writer.writeheader()
    writer.writerows({**row, **origin} for row in rows)
    return stream.getvalue().encode()


def csv_metadata(tables: Tables) -> bytes:
    """The types of the columns and the provenance, as W3C's CSV on the Web has it."""
    described = [
        {
            "url": f"{name}.csv",
            "tableSchema": {
                "columns": [
                    {"name": column, "datatype": _NAMES[kind], "null": "-"}
                    for column, kind in {
                        **columns(rows),
                        **{key: str for key in _ORIGIN if key in tables.about},
                    }.items()
                ],
                "primaryKey": ["id"] if name == "nodes" else ["source", "target", "key"],
            },
        }
        for name, rows in (("nodes", tables.nodes), ("edges", tables.edges))
    ]
    content = {"@context": "http://www.w3.org/ns/csvw", "tables": described, "dc:provenance": tables.about}
    return json.dumps(content, ensure_ascii=False, indent=1).encode() + b"\n"


def from_csv(nodes: bytes, edges: bytes, metadata: bytes) -> Tables:
    """Read what `to_csv` and `csv_metadata` wrote."""
    about = json.loads(metadata)
    tables = []
    for data, described in zip((nodes, edges), about["tables"], strict=True):
        kinds = {column["name"]: _TYPES[column["datatype"]] for column in described["tableSchema"]["columns"]}
        reader = csv.DictReader(io.StringIO(data.decode()))
        tables.append(
            tuple({k: _value(v, kinds[k]) for k, v in row.items() if v != "-" and k not in _ORIGIN} for row in reader)
        )
    return Tables(about["dc:provenance"], *tables)


def _value(text: str, kind: type) -> Value:
    return text == "True" if kind is bool else kind(text)


def to_parquet(rows: tuple[Row, ...], about: Mapping[str, str]) -> bytes:
    """One Parquet file; the provenance stands in the schema's metadata."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}
    fields = columns(rows)
    schema = pa.schema([(name, kinds[kind]) for name, kind in fields.items()], metadata=dict(about))
    arrays = [pa.array([row.get(name) for row in rows], type=kinds[kind]) for name, kind in fields.items()]
    buffer = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(arrays, schema=schema), buffer, compression="zstd")
    return buffer.getvalue()


def from_parquet(nodes: bytes, edges: bytes) -> Tables:
    """Read what `to_parquet` wrote."""
    import pyarrow.parquet as pq

    tables, about = [], {}
    for data in (nodes, edges):
        table = pq.read_table(io.BytesIO(data))
        about = {
            key.decode(): value.decode()
            for key, value in (table.schema.metadata or {}).items()
            if key != b"ARROW:schema"
        }
        tables.append(tuple({k: v for k, v in row.items() if v is not None} for row in table.to_pylist()))
    return Tables(about, *tables)

"""Writes one format into a folder, with a README and the data dictionary beside it."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from graph.inputs import DataSource

if TYPE_CHECKING:
    import networkx as nx

    from graph.export.tables import Tables

FORMATS = ("graphml", "gexf", "json", "jsonld", "turtle", "csv", "parquet", "sqlite", "cypher")


def with_provenance(graph: nx.MultiDiGraph[str], data: DataSource, acts: tuple[str, ...]) -> nx.MultiDiGraph[str]:
    """A copy of *graph* whose graph attributes tell version, data, date, hash, licence and acts."""
    from graph.version import version

    copy = graph.copy()
    copy.graph.clear()
    copy.graph.update(
        generator=f"pliktgraf {version()}", data=data.source, data_date=data.date, data_sha256=data.sha256,
        acts=" ".join(acts), licence="NLOD 2.0", attribution="Lovdata, https://api.lovdata.no/",
    )  # fmt: skip
    return copy


def contents(graph: nx.MultiDiGraph[str], format: str) -> dict[str, bytes]:
    """The files of one format by name. *graph* carries its provenance; the same graph gives the same bytes.

    Raises:
        KeyError: for a format that is not in `FORMATS`.
    """
    from graph.export import markup, rdf, sqlite, tables

    rows = tables.to_tables(graph)
    writers: dict[str, Callable[[Tables], dict[str, bytes]]] = {
        "graphml": lambda _: {"duties.graphml": markup.to_graphml(graph)},
        "gexf": lambda t: {"duties.gexf": markup.to_gexf(graph, t.about.get("data_date", ""))},
        "json": lambda _: {"duties.json": markup.to_json(graph)},
        "jsonld": lambda t: {"duties.jsonld": rdf.to_jsonld(t)},
        "turtle": lambda t: {"duties.ttl": rdf.to_turtle(t)},
        "csv": lambda t: {
            "nodes.csv": tables.to_csv(t.nodes, t.about), "edges.csv": tables.to_csv(t.edges, t.about),
            "csv-metadata.json": tables.csv_metadata(t),
        },
        "parquet": lambda t: {
            "nodes.parquet": tables.to_parquet(t.nodes, t.about), "edges.parquet": tables.to_parquet(t.edges, t.about),
        },
        "sqlite": lambda t: {"duties.sqlite": sqlite.to_sqlite(t)},
        "cypher": lambda t: {"duties.cypher": markup.to_cypher(t)},
    }  # fmt: skip
    return writers[format](rows)


def write_export(
    graph: nx.MultiDiGraph[str], format: str, folder: Path, data: DataSource, acts: tuple[str, ...]
) -> list[Path]:
    """Write *graph* in *format* into *folder*; each file whole or not at all.

    Returns:
        The files written, README and data dictionary last.
    """
    from lovdata_ingest.cache import writing

    known = with_provenance(graph, data, acts)
    written = dict(contents(known, format))
    about = "\n".join(f"- {key}: {value}" for key, value in sorted(known.graph.items()))
    readme = files("data").joinpath("templates/export-readme.md").read_text("utf-8")
    names = "\n".join(f"- `{name}`" for name in written)
    written["README.md"] = (
        readme.replace("{about}", about).replace("{files}", names).replace("{format}", format).encode()
    )
    written["data-dictionary.md"] = files("data").joinpath("templates/data-dictionary.md").read_bytes()
    for name, content in written.items():
        with writing(folder / name) as file:
            file.write(content)
    return [folder / name for name in written]

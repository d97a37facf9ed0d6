"""The graph as RDF: ELI for acts and their parts, SKOS for actors, PROV for where it comes from."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

from graph.export.tables import Row, Tables, Value

if TYPE_CHECKING:
    from rdflib import Graph, URIRef

PG = "https://pliktgraf.example/ns#"  # the graph's own vocabulary: see the data dictionary
ELI = "http://data.europa.eu/eli/ontology#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
PROV = "http://www.w3.org/ns/prov#"
BASE = "https://pliktgraf.example/id/"

_CLASSES = {
    "act": (ELI, "LegalResource"), "section": (ELI, "LegalResourceSubdivision"),
    "ledd": (ELI, "LegalResourceSubdivision"), "actor": (SKOS, "Concept"), "sector": (SKOS, "Concept"),
    "norm": (PG, "Norm"), "ministry": (PG, "Ministry"),
}  # fmt: skip
_PREDICATES = {
    "contains": (ELI, "has_part"), "refers_to": (ELI, "cites"), "is_a": (SKOS, "broader"),
    "part_of": (PG, "partOf"), "imposes": (PG, "imposes"), "borne_by": (PG, "bearer"), "owed_to": (PG, "counterpart"),
    "replaced_by": (ELI, "repealed_by"), "defined_by": (PG, "definedBy"), "in_sector": (SKOS, "related"),
    "administered_by": (ELI, "responsibility_of_agent"),
}  # fmt: skip


def node_uri(node: str) -> str:
    """The URI of a node. Acts get Lovdata's ELI; parts of acts a fragment of it; the rest a name below `BASE`."""
    if node.startswith(("lov/", "forskrift/")):
        act, _, rest = node.partition("/§") if "/§" in node else (node, "", "")
        kind, _, number = act.partition("/")
        date, _, last = number[:10], "", number[11:]
        if not number[10:].startswith("-") and len(number) > 10:
            return BASE + quote(node, safe="/")
        eli = f"https://lovdata.no/eli/{kind}/{date.replace('-', '/')}" + (f"/{quote(last, safe='')}" if last else "")
        return eli + ("#" + quote("§" + rest, safe="/") if rest else "")
    return BASE + quote(node, safe="/:#")


def to_rdf(tables: Tables) -> Graph:
    """Every node with its class, labels and attributes; every edge as a triple, and as a statement where it has attributes."""
    from rdflib import RDF, Graph, Literal, URIRef

    graph = Graph()
    for prefix, space in (("pg", PG), ("eli", ELI), ("skos", SKOS), ("prov", PROV)):
        graph.bind(prefix, space)
    scheme = URIRef(BASE + "actors")
    graph.add((scheme, RDF.type, URIRef(SKOS + "ConceptScheme")))
    _add_provenance(graph, tables.about)
    for row in tables.nodes:
        subject = URIRef(node_uri(str(row["id"])))
        kind = str(row.get("kind", ""))
        space, name = _CLASSES.get(kind, (PG, kind.title() or "Node"))
        graph.add((subject, RDF.type, URIRef(space + name)))
        graph.add((subject, URIRef(PROV + "wasDerivedFrom"), URIRef(BASE + "data")))
        if space == SKOS:
            graph.add((subject, URIRef(SKOS + "inScheme"), scheme))
        for language, key in (("nb", "label_nb"), ("en", "label_en")):
            if row.get(key):
                graph.add((subject, URIRef(SKOS + "prefLabel"), Literal(row[key], lang=language)))
        if kind == "act":
            graph.add((subject, URIRef(ELI + "id_local"), Literal(row["id"])))
        for key, value in row.items():
            graph.add((subject, URIRef(PG + key), Literal(value)))
    uris = {str(row["id"]): URIRef(node_uri(str(row["id"]))) for row in tables.nodes}
    for row in tables.edges:
        _add_edge(graph, row, uris)
    return graph


def _add_edge(graph: Graph, row: Row, uris: dict[str, URIRef]) -> None:
    from rdflib import RDF, Literal, URIRef

    kind = str(row.get("kind", row["key"]))
    space, name = _PREDICATES.get(kind, (PG, kind))
    source, target = uris[str(row["source"])], uris[str(row["target"])]
    graph.add((source, URIRef(space + name), target))
    digest = hashlib.sha256(f"{row['source']}\0{row['target']}\0{row['key']}".encode()).hexdigest()[:20]
    statement = URIRef(f"{BASE}edge/{digest}")
    graph.add((statement, RDF.type, URIRef(PG + "Edge")))
    graph.add((statement, URIRef(PG + "from"), source))
    graph.add((statement, URIRef(PG + "to"), target))
    for key, value in row.items():
        graph.add((statement, URIRef(PG + key), Literal(value)))


def _add_provenance(graph: Graph, about: dict[str, str]) -> None:
    from rdflib import RDF, Literal, URIRef

    dataset, data, activity = (URIRef(BASE + name) for name in ("export", "data", "run"))
    graph.add((dataset, RDF.type, URIRef(PROV + "Entity")))
    graph.add((dataset, URIRef(PROV + "wasGeneratedBy"), activity))
    graph.add((dataset, URIRef(PROV + "wasDerivedFrom"), data))
    graph.add((data, RDF.type, URIRef(PROV + "Entity")))
    graph.add((activity, RDF.type, URIRef(PROV + "Activity")))
    graph.add((activity, URIRef(PROV + "used"), data))
    for key, value in about.items():
        graph.add((dataset, URIRef(PG + "about_" + key), Literal(value)))


def from_rdf(graph: Graph) -> Tables:
    """The tables back from the RDF: what `to_rdf` put in, whatever the serialisation between."""
    from rdflib import RDF, Literal, URIRef

    rows: dict[str, Row] = {}
    for subject, predicate, value in graph:
        name = str(predicate)
        if name.startswith(PG) and isinstance(value, Literal):
            rows.setdefault(str(subject), {})[unquote(name.removeprefix(PG))] = _plain(value)
    about_prefix = "about_"
    about = {key.removeprefix(about_prefix): str(value) for key, value in rows.pop(BASE + "export", {}).items()}
    edges = {str(s) for s in graph.subjects(RDF.type, URIRef(PG + "Edge"))}
    nodes = sorted(
        (row for uri, row in rows.items() if uri not in edges and "id" in row), key=lambda row: str(row["id"])
    )
    found = sorted(
        (rows[uri] for uri in edges), key=lambda row: (str(row["source"]), str(row["target"]), str(row["key"]))
    )
    return Tables(dict(sorted(about.items())), tuple(nodes), tuple(found))


def _plain(value: Any) -> Value:
    python = value.toPython()
    return python if isinstance(python, (str, int, float, bool)) else str(value)


def to_turtle(tables: Tables) -> bytes:
    """Turtle, subjects in a fixed order."""
    data: bytes = to_rdf(tables).serialize(format="turtle", encoding="utf-8")
    return data


def to_jsonld(tables: Tables) -> bytes:
    """JSON-LD with a context; nodes and values in a fixed order."""
    context = {"pg": PG, "eli": ELI, "skos": SKOS, "prov": PROV}
    content = json.loads(to_rdf(tables).serialize(format="json-ld", context=context, auto_compact=False))
    content["@graph"] = sorted((_sorted(entry) for entry in content["@graph"]), key=lambda entry: entry["@id"])
    return json.dumps(content, ensure_ascii=False, indent=1).encode() + b"\n"


def _sorted(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _sorted(value[key]) for key in sorted(value)}
    if isinstance(value, list):
        return sorted((_sorted(one) for one in value), key=lambda one: json.dumps(one, sort_keys=True))
    return value

"""The graph as an SQLite file: a table for each kind of node, foreign keys, views; opens well in Datasette."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from graph.export.tables import Row, Tables, columns

_SQL = {str: "TEXT", int: "INTEGER", float: "REAL", bool: "INTEGER"}
_EDGE_KEYS = ("source", "target", "key", "kind")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def table_of(kind: str) -> str:
    """The table of a kind of node: ``act`` → ``acts``."""
    return {"ministry": "ministries", "ledd": "ledd"}.get(kind, kind + "s")


def to_sqlite(tables: Tables) -> bytes:
    """The file's bytes; the same graph gives the same bytes."""
    connection = sqlite3.connect(":memory:")
    with connection:
        _create(connection, tables)
    connection.execute("VACUUM")
    data: bytes = connection.serialize()
    connection.close()
    return data


def _create(connection: sqlite3.Connection, tables: Tables) -> None:
    connection.execute("CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL)")
    connection.executemany("INSERT INTO about VALUES (?, ?)", sorted(tables.about.items()))
    # Datasette shows the column "name" of the row that a foreign key leads to
    connection.execute("CREATE TABLE nodes (id TEXT PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL)")
    connection.executemany(
        "INSERT INTO nodes VALUES (?, ?, ?)",
        [(row["id"], row.get("kind", ""), row.get("label_nb", row["id"])) for row in tables.nodes],
    )
    for kind in sorted({str(row.get("kind", "")) for row in tables.nodes}):
        rows = [row for row in tables.nodes if row.get("kind", "") == kind]
        _fill(connection, table_of(kind or "node"), rows, "id TEXT PRIMARY KEY REFERENCES nodes(id)", ("id", "kind"))
    _fill(
        connection, "edges", tables.edges,
        "source TEXT NOT NULL REFERENCES nodes(id), target TEXT NOT NULL REFERENCES nodes(id), key TEXT NOT NULL, "
        "kind TEXT", _EDGE_KEYS, "PRIMARY KEY (source, target, key)",
    )  # fmt: skip
    for column in ("source", "target", "kind"):
        connection.execute(f"CREATE INDEX edges_{column} ON edges ({column})")
    connection.execute(
        "CREATE VIEW who_owes_whom AS SELECT norm.id AS norm, norm.name AS norm_name, bearer.target AS bearer, "
        "bearing.name AS bearer_name, owed.target AS counterpart, owning.name AS counterpart_name FROM nodes norm "
        "LEFT JOIN edges bearer ON bearer.source = norm.id AND bearer.kind = 'borne_by' "
        "LEFT JOIN nodes bearing ON bearing.id = bearer.target "
        "LEFT JOIN edges owed ON owed.source = norm.id AND owed.kind = 'owed_to' "
        "LEFT JOIN nodes owning ON owning.id = owed.target WHERE norm.kind = 'norm'"
    )


def _fill(
    connection: sqlite3.Connection, table: str, rows: Iterable[Row], keys: str, first: tuple[str, ...], last: str = ""
) -> None:
    rows = list(rows)
    kinds = columns(rows)
    own = [name for name in kinds if name not in first]
    held = [name for name in first if name != "kind" or "kind" in keys]
    parts = [keys, *(f"{_quoted(name)} {_SQL[kinds[name]]}" for name in own), *([last] if last else [])]
    connection.execute(f"CREATE TABLE {_quoted(table)} ({', '.join(parts)})")
    names = [*held, *own]
    connection.executemany(
        f"INSERT INTO {_quoted(table)} ({', '.join(map(_quoted, names))}) VALUES ({', '.join('?' * len(names))})",  # noqa: S608 - names are quoted, and our own
        [[row.get(name) for name in names] for row in rows],
    )


def from_sqlite(data: bytes) -> Tables:
    """Read what `to_sqlite` wrote."""
    connection = sqlite3.connect(":memory:")
    connection.deserialize(data)
    connection.row_factory = sqlite3.Row

    def read(query: str) -> list[Row]:
        return [{key: row[key] for key in row.keys() if row[key] is not None} for row in connection.execute(query)]  # noqa: SIM118 - sqlite3.Row iterates values

    kinds = {str(row["id"]): str(row["kind"]) for row in read("SELECT id, kind FROM nodes ORDER BY id")}
    nodes: dict[str, Row] = {}
    for kind in sorted(set(kinds.values())):
        for row in read(f"SELECT * FROM {_quoted(table_of(kind or 'node'))}"):  # noqa: S608 - quoted, and our own
            nodes[str(row["id"])] = {**row, **({"kind": kind} if kind else {})}
    about = {str(row["key"]): str(row["value"]) for row in read("SELECT key, value FROM about")}
    edges = tuple(read("SELECT * FROM edges ORDER BY source, target, key"))
    connection.close()
    return Tables(about, tuple(nodes[name] for name in sorted(nodes)), edges)

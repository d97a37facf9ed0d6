"""The duty graph in open formats: GraphML, GEXF, JSON, JSON-LD, Turtle, CSV, Parquet, SQLite and Cypher.

Each format holds the same graph, with the version of the program and the date and hash of the data. `write_export`
writes one format with a README and a data dictionary beside it; `graph.export.read` reads each back.
"""

from graph.export.write import FORMATS, write_export

__all__ = ["FORMATS", "write_export"]

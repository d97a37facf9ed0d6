"""References in the text of the law: found from the words alone and resolved to the exact provision."""

from lovdata_ingest.references.find import find_references
from lovdata_ingest.references.index import Index, build_index
from lovdata_ingest.references.reference import Reference

__all__ = ["Index", "Reference", "build_index", "find_references"]

"""References in the text of the law, found from the words alone and resolved to the exact provision.

Build an index of the loaded acts, then read documents against it; both are pure, and Lovdata's own links are never
looked at. `references_in` reads a single text.
"""

from lovdata_ingest.references.find import find_references, references_in, source_text
from lovdata_ingest.references.index import Index, build_index
from lovdata_ingest.references.reference import Reference

__all__ = ["Index", "Reference", "build_index", "find_references", "references_in", "source_text"]

"""References over the 755 acts: time against ingest, growth with the text, counts by kind, and recall by written standard.

Run: ``python -m tests.benchmarks.bench_references [--write]``; ``--write`` renews ``tests/references/counts.json``.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from lovdata_ingest.model import Document
from lovdata_ingest.references import build_index, find_references
from lovdata_ingest.references.listing import count
from lovdata_ingest.sources import read_documents
from tests.conftest import ACTS

COUNTS = Path(__file__).parents[1] / "references" / "counts.json"


def characters(documents: Sequence[Document]) -> int:
    """The characters of all texts."""
    return sum(len(node.text) for document in documents for node in document.body.walk())


def main() -> None:
    """Print the figures."""
    start = time.process_time()
    documents = list(read_documents([ACTS]))
    ingest = time.process_time() - start
    start = time.process_time()
    index = build_index(documents)
    names = index.names
    built = time.process_time() - start
    print(f"ingest {ingest:.1f} s; index and names {built:.2f} s; {len(names.literal)} forms of names")
    ordered = sorted(documents, key=lambda d: d.refid)
    rows = []
    for part in (4, 2, 1):
        some = ordered[::part]
        start = time.process_time()
        rows = [row for document in some for row in find_references(document, index)]
        seconds = time.process_time() - start
        size = characters(some)
        print(
            f"1/{part} of the acts: {len(rows)} references, {size / 1e6:.1f} million characters, {seconds:.1f} s, "
            f"{seconds / size * 1e6:.2f} s a million"
        )
        if part == 1:
            print(f"all acts in {(seconds + built) / ingest:.2f} times the time of ingest")
    counts = count(rows)
    if "--write" in sys.argv:
        COUNTS.write_text(json.dumps(counts, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    before = json.loads(COUNTS.read_text(encoding="utf-8")) if COUNTS.exists() else {}
    for kind in sorted(set(counts) | set(before)):
        if counts.get(kind, 0) != before.get(kind, 0):
            print(f"{kind}: {before.get(kind, 0)} → {counts.get(kind, 0)}")


if __name__ == "__main__":
    main()

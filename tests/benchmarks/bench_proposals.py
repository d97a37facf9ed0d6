"""A proposal of 100 instructions, from file to effects, and drafts from random edits of real acts.

Run from the project root: ``python tests/benchmarks/bench_proposals.py``. The ceiling is five seconds of processor time
for the proposal after start-up, for a run that finds its norms in the cache; the first run in a new cache is shown too.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from graph.proposed import diff_proposals
from lovdata_ingest.acts import reform_acts
from lovdata_ingest.corpus import load
from lovdata_ingest.model import Document
from lovdata_ingest.proposals import read_proposal

ARCHIVE = Path(__file__).parents[2].parent / "shared" / "lovdata" / "gjeldende-lover.tar.bz2"
CEILING = 5.0


def proposal_text(act: Document, opening: str, count: int = 100) -> str:
    """A proposal of *count* instructions: new ledd in turn with new headings, on sections of the act."""
    lines = ["Forslag til lov om endringer", "I", opening]
    sections = [s for s in act.sections() if s.designation.startswith("§") and s.title and s.ledd]
    for number in range(count):
        section = sections[number % len(sections)]
        if number < len(sections):
            lines += [
                f"{section.designation} første ledd skal lyde:",
                f"Kommunen skal samarbeide med skolen i sak {number}.",
            ]
        else:
            lines += [
                f"{section.designation} overskriften skal lyde:",
                f"{section.designation}. Ny overskrift {number}",
            ]
    return "\n\n".join(lines)


def main() -> int:
    """Print the figures; exit status 1 where the ceiling is passed."""
    if not ARCHIVE.exists():
        print(f"needs the real data: {ARCHIVE} is missing")
        return 0
    corpus = load([ARCHIVE])
    documents = list(corpus.consolidated())
    act = corpus.get("lov/2005-06-17-64")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "forslag.txt"
        path.write_text(
            proposal_text(act, "I lov 17. juni 2005 nr. 64 om barnehager gjøres følgende endringer:"), "utf-8"
        )
        findings_of = tuple(one.refid for one in reform_acts())
        seconds = 0.0
        for turn in ("first", "second"):
            start = time.process_time()
            diff = diff_proposals([read_proposal(path)], documents, findings_of=findings_of)
            seconds = time.process_time() - start
            applied = sum(view.status == "applied" for view in diff.operations)
            print(
                f"{turn} run: {len(diff.operations)} operations, {applied} applied, {seconds:.2f} s of processor time"
            )
    return int(seconds > CEILING)


if __name__ == "__main__":
    sys.exit(main())

"""How many notes of amendment are read whole, and whether what is read agrees with Lovdata's links and with itself.

Run: ``python tests/benchmarks/bench_notes.py [ARCHIVE]``. "Whole" means that every word was understood: as an act, a
date, a decision, a former number, or as a scope, an effect or a remark that keeps its words.
"""

from __future__ import annotations

import re
import sys
import time
from collections import Counter
from pathlib import Path

from lovdata_ingest.corpus import load
from lovdata_ingest.notes import AmendmentNote, is_whole, parse_note

ACTS = Path(__file__).resolve().parents[3] / "shared/lovdata/gjeldende-lover.tar.bz2"
_ACT = re.compile(r"(?:lov|forskrift)/\d{4}-\d{2}-\d{2}(?:-\d+)?")


def named(entry: AmendmentNote) -> set[str]:
    """Every act and decision that an entry names."""
    return {entry.act, entry.linked, *entry.changed_by, *(act for date in entry.in_force for act in date.decided_by)}


def main(path: Path) -> None:
    nodes = [node for document in load([path]).consolidated() for node in document.body.of("note")]
    start = time.process_time()
    notes = [parse_note(node) for node in nodes]
    seconds = time.process_time() - start
    entries = [entry for note in notes for entry in note]
    links = [match[0] for node in nodes for link in node.links if (match := _ACT.match(link.href))]
    found = sum(
        match[0] in have
        for node, note in zip(nodes, notes, strict=True)
        for have in [{act for entry in note for act in named(entry)}]
        for link in node.links
        if (match := _ACT.match(link.href))
    )
    whole = sum(map(is_whole, notes))
    print(f"notes                              {len(nodes):>7}")
    print(f"  read whole                       {whole:>7}  {whole / len(nodes):.2%}")
    print(f"entries (act and what it did)      {len(entries):>7}")
    for action, count in Counter(entry.action for entry in entries).most_common():
        print(f"  {action:<32} {count:>7}")
    print(f"  not yet in force                 {sum(entry.pending for entry in entries):>7}")
    print(f"  with words left over             {sum(bool(entry.remainder) for entry in entries):>7}")
    print(f"acts and decisions that are links  {len(links):>7}")
    print(f"  found from the words alone       {found:>7}  {found / len(links):.2%}")
    print(f"words and link name different acts {sum(bool(entry.linked) for entry in entries):>7}")
    print(f"seconds of processor time          {seconds:>7.1f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ACTS)

"""Prints the figures of the amendments engine on Lovdata's archives in ``../shared/lovdata``.

Run from the project root: ``python tests/benchmarks/bench_amendments.py [instructions] [commencement] [replay]``.
"""

from __future__ import annotations

import datetime as dt
import sys
import time
from pathlib import Path

from lovdata_ingest.amendments.evaluate import (
    date_figures,
    instruction_blocks,
    read_corrections,
    replay_figures,
    replayable,
)
from lovdata_ingest.amendments.replay import Gazette
from lovdata_ingest.model import Document
from lovdata_ingest.sources import read_documents

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "lovdata"
CORRECTIONS = ROOT / "data" / "amendments" / "answer_key.tsv"
DATE = dt.date(2025, 11, 8)
NINE = [
    "lov/2003-07-04-84", "lov/2005-06-17-64", "lov/2006-06-16-20", "lov/2009-06-19-44", "lov/2009-12-18-131",
    "lov/2011-06-24-30", "lov/2020-11-06-127", "lov/2021-06-18-97", "lov/2023-06-09-30",
]  # fmt: skip


def load() -> tuple[Gazette, dict[str, Document]]:
    """The gazette of 2001-2025 and the acts in force, with the time that each takes."""

    def read(name: str) -> list[Document]:
        return list(read_documents([SHARED / name]))

    start = time.process_time()
    consolidated = {d.refid: d for d in read("gjeldende-lover.tar.bz2") if not d.name.endswith("-nn")}
    middle = time.process_time()
    acts = read("lovtidend-avd1-2001-2024-lover.tar.bz2")
    this_year = read("lovtidend-avd1-2025.tar.bz2")
    decisions = read("lovtidend-avd1-2001-2024-ikraft.tar.bz2")
    archives = time.process_time()
    gazette = Gazette([*acts, *this_year], [*decisions, *this_year], consolidated.values())
    done = time.process_time()
    print(
        f"read: acts in force {middle - start:.1f} s, gazette {archives - middle:.1f} s; "
        f"instructions and commencement of {len(gazette.acts)} acts parsed in {done - archives:.1f} s (CPU)"
    )
    return gazette, consolidated


def instructions(gazette: Gazette, consolidated: dict[str, Document]) -> None:
    """Instructions against the raw and the corrected key."""
    corrections = read_corrections(CORRECTIONS) if CORRECTIONS.exists() else {}
    blocks = instruction_blocks(gazette, consolidated)
    for year in ("2022", "2023", "2024", "2025", ""):
        chosen = [b for b in blocks if b.act[4:].startswith(year)]
        raw, places = sum(b.agrees for b in chosen), sum(b.same_places for b in chosen)
        corrected = sum(
            b.ours == corrections[b.act, b.index].key if (b.act, b.index) in corrections else b.same_places
            for b in chosen
        )
        print(
            f"instructions {year or 'all '}: raw key {raw}/{len(chosen)} = {raw / len(chosen):.4f}, "
            f"the same places {places} = {places / len(chosen):.4f}, "
            f"corrected key {corrected} = {corrected / len(chosen):.4f}"
        )


def commencement(gazette: Gazette, consolidated: dict[str, Document]) -> None:
    """Dates of acts and of instructions against the notes of amendment."""
    gazette.learn_notes(consolidated.values())
    found = date_figures(gazette)
    answered = found.dated + found.not_in_force
    print(
        f"commencement, acts left open: {found.open_acts}; dated {found.dated}, not in force {found.not_in_force}, "
        f"not found {len(found.unexplained)}: {answered / found.open_acts:.4f}"
    )
    print(
        f"commencement, instructions against the note of the section: {found.agree}/{found.instructions} = "
        f"{found.agree / found.instructions:.4f}"
    )


def replay(gazette: Gazette, consolidated: dict[str, Document]) -> None:
    """Replay against the consolidated texts: gazette only, then with notes."""
    every = replayable(gazette, consolidated)
    for label, acts in (("nine acts", NINE), (f"{len(every)} acts", every)):
        for notes, how in (
            (False, "gazette only"),
            (True, "notes where the gazette is silent"),
            ("first", "notes first"),
        ):
            if notes and not gazette.calendar.notes:
                gazette.learn_notes(consolidated.values())
            f = replay_figures(gazette, consolidated, acts, DATE, notes=notes)  # type: ignore[arg-type]
            print(
                f"replay, {label}, {how}: {f.same + f.by_convention}/{f.sections} = {f.share:.4f} "
                f"(do nothing {f.do_nothing / f.do_nothing_of:.4f}); {f.kinds}; Lovdata's own: punctuation or case "
                f"{f.editorial}, a few letters {f.editorial_words}; silent {f.silent} = {f.silent / f.sections:.4f}, without "
                f"Lovdata's own {(f.silent - f.silent_editorial) / f.sections:.4f}; sections with a report {f.reported}, "
                f"of them wrong {f.reported_wrong}; below do-nothing {list(f.below_do_nothing)}; "
                f"aborted {list(f.aborted)}; {f.seconds:.1f} s"
            )


if __name__ == "__main__":
    wanted = sys.argv[1:] or ["instructions", "commencement", "replay"]
    book, texts = load()
    if "instructions" in wanted:
        instructions(book, texts)
    if "replay" in wanted:
        replay(book, texts)
    if "commencement" in wanted:
        commencement(book, texts)

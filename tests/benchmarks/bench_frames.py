"""Seconds for the norms of the 14 acts and sections per second over the statute book, on one core.

Run from the project root: ``python tests/benchmarks/bench_frames.py [--parser]``. Processor time, and as a ratio to a
floor in the same run: splitting the same texts into words.
"""

from __future__ import annotations

import re
import sys
import time
from pathlib import Path

ACTS = Path(__file__).resolve().parents[3] / "shared/lovdata/gjeldende-lover.tar.bz2"
STEP = 8


def main() -> None:
    """Measure and print."""
    from duties.find import Finder
    from lovdata_ingest.acts import reform_acts
    from lovdata_ingest.corpus import load
    from lovdata_ingest.sentences import flows

    corpus = load([ACTS])
    documents = list(corpus.consolidated())
    reform = [corpus.get(act.refid) for act in reform_acts()]
    started = time.process_time()
    Finder(documents[0]).run()
    print(f"start-up and the first act: {time.process_time() - started:.2f} s")
    sample = documents[::STEP]

    started = time.process_time()
    words = sum(len(re.findall(r"\w+", flow.text)) for act in sample for s in act.sections() for flow in flows(s))
    floor = time.process_time() - started

    started = time.process_time()
    frames = sum(len(Finder(act).run()) for act in reform)
    print(f"14 acts: {frames} norms in {time.process_time() - started:.2f} s")

    started = time.process_time()
    found = sum(len(Finder(act).run()) for act in sample)
    took = time.process_time() - started
    sections = sum(1 for act in sample for _ in act.sections())
    print(
        f"every {STEP}th act: {found} norms, {sections} sections, {sections / took:.0f} sections/s, "
        f"{words / took:,.0f} words/s, {took / floor:.0f} times the floor"
    )
    if "--parser" in sys.argv:
        from duties.nlp import load_pipeline

        pipeline = load_pipeline()
        started = time.process_time()
        frames = sum(len(Finder(act, nlp=pipeline).run()) for act in reform)
        print(f"14 acts with the parser: {frames} norms in {time.process_time() - started:.2f} s")


if __name__ == "__main__":
    main()

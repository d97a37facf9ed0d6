"""Reading the statute book, as a ratio to the floor: bz2, tar and ``lxml.etree.fromstring`` of every document.

Floor and reader take turns in one process, so that a machine that speeds up or slows down does so for both; processor
time is compared, and wall time shown beside it.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tarfile
import time
from collections.abc import Callable
from pathlib import Path

ACTS = Path(__file__).resolve().parents[3] / "shared/lovdata/gjeldende-lover.tar.bz2"


def floor(path: Path) -> None:
    from lxml import etree

    with tarfile.open(path, "r|bz2") as archive:
        for member in archive:
            data = archive.extractfile(member)
            if data is not None:
                etree.fromstring(data.read())


def read(path: Path, processes: int = 1) -> int:
    from lovdata_ingest.sources import read_documents

    return sum(1 for _ in read_documents([path], processes=processes))


def cached(path: Path) -> int:
    from lovdata_ingest.corpus import load

    return sum(1 for _ in load([path]).consolidated())


def timed(work: Callable[[], object]) -> tuple[float, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - cpu


def peak(code: str) -> float:
    """Highest resident memory of a process of its own, MiB."""
    run = f"import resource\n{code}\nprint(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
    done = subprocess.run([sys.executable, "-c", run], capture_output=True, text=True, check=True)
    return float(done.stdout.split()[-1])


def main(rounds: int = 5) -> None:
    rows: dict[str, list[tuple[float, float]]] = {}
    cached(ACTS)
    for _ in range(rounds):
        base = timed(lambda: floor(ACTS))
        for name, work in (
            ("read, one process", lambda: read(ACTS)),
            ("read, two processes", lambda: read(ACTS, 2)),
            ("from the cache", lambda: cached(ACTS)),
        ):
            wall, cpu = timed(work)
            rows.setdefault(name, []).append((wall / base[0], cpu / base[1]))
        rows.setdefault("floor, seconds", []).append(base)
    for name, figures in rows.items():
        wall, cpu = (statistics.median(column) for column in zip(*figures, strict=True))
        unit = "s" if name.startswith("floor") else "x floor"
        print(f"{name:22} wall {wall:6.2f} {unit:8} processor {cpu:6.2f} {unit}")
    held = peak(
        f"from pathlib import Path\nfrom lovdata_ingest.sources import read_documents\nd = list(read_documents([Path({str(ACTS)!r})]))"
    )
    print(
        f"all 755 acts held in memory: peak {held:.0f} MiB; this process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB"
    )
    print(f"processors: {os.cpu_count()}")


if __name__ == "__main__":
    main()

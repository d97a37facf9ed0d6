"""Recall on errors seeded into the real acts, per kind: ``python -m tests.benchmarks.bench_seeding`` (some minutes)."""

from __future__ import annotations

from collections import defaultdict

from graph import Inputs, analyse
from tests.findings.conftest import REFORM, norms_of, references_of, statute_book
from tests.findings.seeds import SEEDS, answers, seeded


def main() -> None:
    """Seed each error, analyse, and count the kinds whose finding opened."""
    reform = Inputs(
        REFORM, tuple(statute_book().values()), tuple(f for a in REFORM for f in norms_of(a)),
        tuple(r for a in REFORM for r in references_of(a)),
    )  # fmt: skip
    before = {f.id for f in analyse(reform).findings}
    found: dict[str, list[bool]] = defaultdict(list)
    for seed in SEEDS:
        opened = [f for f in seeded(reform, seed).findings if f.id not in before and answers(f, seed)]
        found[seed.kind].append(bool(opened))
        print(f"{seed.kind:22} lov/{seed.act}/{seed.where:20} {opened[0].type if opened else 'MISSED'}", flush=True)
    for kind, hits in found.items():
        print(f"{kind:22} {sum(hits)} of {len(hits)}")
    every = [hit for hits in found.values() for hit in hits]
    print(f"{'all':22} {sum(every)} of {len(every)}")


if __name__ == "__main__":
    main()

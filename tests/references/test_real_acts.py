"""The 755 acts: the figures of the issue, and counts that may not fall."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

from lovdata_ingest.model import Document
from lovdata_ingest.references import Reference, build_index, find_references
from lovdata_ingest.references.listing import count, to_tsv
from lovdata_ingest.sources import read_documents
from tests.conftest import ACTS, SHARED, real

COUNTS = Path(__file__).with_name("counts.json")
SCORER = SHARED / "eval" / "score_refs.py"


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    return list(read_documents([real(ACTS)]))


@pytest.fixture(scope="module")
def references(documents: list[Document]) -> list[Reference]:
    index = build_index(documents)
    return [row for document in documents for row in find_references(document, index)]


def test_no_kind_of_resolved_reference_becomes_fewer(references: list[Reference]) -> None:
    """A rule that loses references on purpose brings a new file: ``python -m tests.benchmarks.bench_references --write``."""
    before, now = json.loads(COUNTS.read_text(encoding="utf-8")), count(references)
    fallen = {
        kind: (n, now.get(kind, 0))
        for kind, n in before.items()
        if kind.startswith("resolved") and now.get(kind, 0) < n
    }
    assert fallen == {}


def test_recall_and_agreement_hold(
    references: list[Reference], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    scorer = load(real(SCORER))
    table = tmp_path / "refs.tsv"
    table.write_text("\n".join(to_tsv(references)) + "\n", encoding="utf-8")
    monkeypatch.setattr("sys.argv", ["score_refs.py", str(ACTS), str(table)])
    scorer.main()
    figures = {line[:25].strip(): float(line.split()[-1]) for line in capsys.readouterr().out.splitlines()[:7]}
    least = {
        "recall act": 0.996, "recall act, other acts": 0.993, "recall section": 0.998, "recall section, other act": 0.995,
        "recall deeper": 0.992, "recall chapter": 0.97, "agreement": 0.998,
    }  # fmt: skip
    assert {name: figures[name] for name in least if figures[name] < least[name]} == {}


def load(path: Path) -> ModuleType:
    """A script outside the project as a module."""
    spec = importlib.util.spec_from_file_location("score_refs", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_acts_in_nynorsk_are_read_as_well_as_those_in_bokmål(
    documents: list[Document], references: list[Reference]
) -> None:
    """Of each written standard, the share of section references that lead somewhere; recall is in docs/references.md."""
    languages = {d.refid: d.language for d in documents}
    share = {}
    for language in ("nb", "nn"):
        rows = [r for r in references if languages[r.source.act] == language and "/§" in r.target and r.via == "text"]
        share[language] = sum(r.status == "resolved" for r in rows) / len(rows)
    assert share["nn"] > share["nb"] - 0.01

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli import app
from duties.table import COLUMNS, GUIDELINE

SHARED = Path(__file__).parents[3] / "shared"
LAWS = SHARED / "lovdata" / "gjeldende-lover.tar.bz2"
needs_laws = pytest.mark.skipif(not LAWS.exists(), reason=f"needs the acts in force: {LAWS}")


def run(*words: str) -> str:
    result = CliRunner().invoke(app, [*words, "--source", str(LAWS)])
    assert result.exit_code == 0, result.output
    return result.stdout


@needs_laws
def test_duties_prints_the_columns_of_the_guideline_first() -> None:
    head, *rows = run("duties", "krisesenterlova").splitlines()
    assert tuple(head.split("\t")) == COLUMNS
    assert COLUMNS[: len(GUIDELINE)] == GUIDELINE
    assert rows
    assert {row.split("\t")[0] for row in rows} == {"lov/2009-06-19-44"}
    assert all(len(row.split("\t")) == len(COLUMNS) for row in rows)


@needs_laws
def test_jsonl_holds_the_same_rows_with_lists_and_numbers() -> None:
    table = run("duties", "krisesenterlova").splitlines()
    rows = [json.loads(line) for line in run("duties", "krisesenterlova", "--format", "jsonl").splitlines()]
    assert len(rows) == len(table) - 1
    assert all(isinstance(row["bearer"], list) and 0 <= row["confidence"] <= 1 for row in rows)


@needs_laws
def test_explain_shows_rule_parties_and_confidence_of_a_provision() -> None:
    said = run("duties", "--explain", "bhl § 2 b")
    assert "lov/2005-06-17-64/§2b/ledd/1/setning/1" in said
    for part in ("rule ", "bearer ", "counterpart ", "confidence ", "«"):
        assert part in said


@needs_laws
def test_a_higher_confidence_gives_fewer_rows() -> None:
    every = len(run("duties", "krisesenterlova").splitlines())
    sure = len(run("duties", "krisesenterlova", "--min-confidence", "0.95").splitlines())
    assert 1 <= sure < every

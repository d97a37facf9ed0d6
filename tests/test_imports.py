from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ORDER = ["lovdata_ingest", "duties", "graph", "cli"]  # each knows only those before it


def files_of(package: str) -> list[Path]:
    return [ROOT / "cli.py"] if package == "cli" else sorted((ROOT / package).rglob("*.py"))


@pytest.mark.parametrize("package", ORDER)
def test_imports_point_one_way(package: str) -> None:
    later = set(ORDER[ORDER.index(package) + 1 :])
    assert files_of(package)
    for file in files_of(package):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            names = (
                [alias.name for alias in node.names] if isinstance(node, ast.Import)
                else [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            )  # fmt: skip
            assert not later & {name.split(".")[0] for name in names}, file


@pytest.mark.parametrize("arguments", [["--help"], ["report", "--format", "json"], ["duties"], ["refs"]])
def test_what_needs_no_text_loads_neither_spacy_nor_lxml(arguments: list[str], tmp_path: Path) -> None:
    code = (
        "import sys; sys.argv[1:] = " + repr(arguments) + "\n"
        "import cli\n"
        "try:\n    cli.main()\nexcept SystemExit as stop:\n    assert not stop.code, stop.code\n"
        "heavy = {'spacy', 'lxml', 'torch', 'pandas'} & {name.split('.')[0] for name in sys.modules}\n"
        "sys.exit(f'loaded: {heavy}' if heavy else 0)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "PLIKTGRAF_CACHE": str(tmp_path), "PATH": ""}, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr[-500:]

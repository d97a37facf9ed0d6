from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
import typer.main

import cli
from tests.conftest import ACTS, act_xml, real, section_xml

ROOT = Path(__file__).resolve().parents[1]
COMMANDS = sorted(typer.main.get_command(cli.app).commands)  # type: ignore[attr-defined]


def run(*arguments: str, cwd: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """A command as a user runs it, from any folder, with a cache of its own."""
    plain = {key: value for key, value in os.environ.items() if not key.startswith("PLIKTGRAF_")}
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r}); import cli; cli.main()"
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, cwd=cwd, check=False,
        env={**plain, "PLIKTGRAF_CACHE": os.environ["PLIKTGRAF_CACHE"], "COLUMNS": "80", **env},
    )  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_a_line_to_paste_and_stands_in_the_docs(command: str) -> None:
    text = typer.main.get_command(cli.app).commands[command].help or ""  # type: ignore[attr-defined]
    assert re.search(rf"Example: pliktgraf {command}\b", text)
    pages = (ROOT / "README.md").read_text("utf-8") + "".join(
        p.read_text("utf-8") for p in (ROOT / "docs").glob("*.md")
    )
    assert re.search(rf"pliktgraf {command}\b", pages)


def test_without_text_the_report_comes_from_the_snapshot_at_once_and_says_so(tmp_path: Path) -> None:
    started = time.perf_counter()
    floor = subprocess.run([sys.executable, "-c", "import typer, rich.table, msgspec, yaml"], check=True)
    base = time.perf_counter() - started
    assert floor.returncode == 0
    started = time.perf_counter()
    done = run("report", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "øyeblikksbildet" in done.stdout + done.stderr
    assert "pliktgraf fetch" in done.stdout + done.stderr
    assert max(len(line) for line in done.stdout.splitlines()) <= 80
    assert time.perf_counter() - started < 2 + 8 * base  # well under two seconds on an idle machine


def test_what_needs_text_says_what_to_run(tmp_path: Path) -> None:
    done = run("show", "bhl § 2 b", cwd=tmp_path)
    assert done.returncode == cli.WRONG_CALL
    assert "pliktgraf fetch" in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["report", "--type", "missing_miror"], "missing_mirror"),
        (["report", "--actor", "barnehagee"], "barnehage"),
        (["report", "--act", "barnehagelova-x"], "barnehage"),
        (["explain", "tull"], "tull"),
        (["ingest", "finnes-ikke.xml"], "finnes-ikke.xml"),
        (["report", "--source", "finnes-ikke.tar.bz2"], "finnes-ikke"),
    ],
)
def test_a_wrong_call_gets_one_message_with_the_closest_and_exit_status_2(
    arguments: list[str], words: str, tmp_path: Path
) -> None:
    done = run(*arguments, cwd=tmp_path)
    assert done.returncode == cli.WRONG_CALL
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_ingest_checks_a_single_document(tmp_path: Path) -> None:
    (tmp_path / "stiloven.xml").write_bytes(act_xml(section_xml("1", "Eieren skal merke stien.")))
    done = run("ingest", "stiloven.xml", "--check", "--format", "json", cwd=tmp_path)
    result = json.loads(done.stdout)
    assert done.returncode == 0
    assert (result["documents"], result["failed"], result["sections"], result["lost_characters"]) == (1, [], 1, 0)
    assert set(result) >= {
        "documents", "failed", "sections", "ledd", "items", "characters", "lost_characters", "doubled_characters",
        "ids_expected", "ids_reproduced", "seconds",
    }  # fmt: skip


def test_an_act_of_ones_own_goes_through_the_whole_chain(tmp_path: Path) -> None:
    body = section_xml("1", "Skolen skal samarbeide med barnehagen om overgangen.") + section_xml(
        "2", "Barnehagen skal ha gjerde."
    )
    (tmp_path / "stiloven.xml").write_bytes(act_xml(body))
    for command in ("report", "duties", "refs"):
        done = run(command, "--source", "stiloven.xml", "--all", cwd=tmp_path)
        assert done.returncode == 0, done.stderr
    rows = run("duties", "--source", "stiloven.xml", "--all", "--format", "tsv", cwd=tmp_path).stdout.splitlines()
    assert (
        rows[0].split("\t")[:10]
        == "law section ledd sentence category modality bearer counterpart level condition".split()
    )
    assert rows[1].split("\t")[:8] == ["lov/2001-01-01-1", "§1", "1", "1", "cooperation", "duty", "skole", "barnehage"]


def test_a_finding_marked_as_wrong_is_left_out_and_counted(tmp_path: Path) -> None:
    first = json.loads(run("report", "--format", "json", cwd=tmp_path).stdout)["findings"][0]["id"]
    assert run("mark", first, "wrong", "--note", "prøve", cwd=tmp_path).returncode == 0
    done = run("report", "--format", "json", cwd=tmp_path)
    assert first not in [finding["id"] for finding in json.loads(done.stdout)["findings"]]
    assert "merket som feil" in done.stderr


def test_a_mark_on_an_id_that_no_finding_has_is_refused_unless_other_data_is_meant(tmp_path: Path) -> None:
    done = run("mark", "tull-1", "seen", cwd=tmp_path)
    assert done.returncode == 2
    assert "tull-1 er ikke blant funnene" in done.stderr
    assert not list(tmp_path.glob("*.yaml"))
    assert run("mark", "tull-1", "seen", "--any-data", cwd=tmp_path).returncode == 0
    assert "tull-1" in (tmp_path / "pliktgraf-review.yaml").read_text("utf-8")


def test_the_snapshot_is_what_the_program_computes_today(tmp_path: Path) -> None:
    from importlib.resources import files

    from graph.pipeline import data_source
    from graph.snapshot import load_snapshot, make_snapshot, write_snapshot
    from lovdata_ingest.corpus import load

    corpus = load([real(ACTS)])
    made = make_snapshot(corpus.chosen(), tuple(corpus.consolidated()), data_source(corpus))
    write_snapshot(made, tmp_path)
    shipped = load_snapshot()
    assert made.about.data == shipped.about.data
    for name in ("facts", "frames", "references", "hashes", "matrix"):
        assert getattr(made, name) == getattr(shipped, name), f"{name}: run 'make snapshot' and read what changed"
    assert [finding.id for finding in made.findings] == [finding.id for finding in shipped.findings]
    shipped_files = {path.name for path in files("data").joinpath("snapshot").iterdir()}
    assert shipped_files == {path.name for path in tmp_path.iterdir()}

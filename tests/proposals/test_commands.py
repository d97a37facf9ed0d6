from __future__ import annotations

import io
import json
from pathlib import Path

import docx
import pytest
from typer.testing import CliRunner

from cli import app
from lovdata_ingest.errors import LovdataError
from lovdata_ingest.plain_text import act_lines
from tests.conftest import act_xml
from tests.proposals.conftest import WRITERS, write_text
from tests.proposals.law import SECTIONS, paths

PROPOSAL = (
    ("text", "I lov 1. januar 2001 nr. 1 om stier gjøres følgende endringer:"), ("text", "§ 2 andre ledd skal lyde:"),
    ("text", "Kommunen skal føre tilsyn med merkingen."), ("text", "§ 4 oppheves."),
)  # fmt: skip


@pytest.fixture
def law(tmp_path: Path) -> Path:
    """A folder with the act on paths."""
    folder = tmp_path / "lov"
    folder.mkdir()
    (folder / "nl-20010101-001.xml").write_bytes(act_xml("".join(SECTIONS)))
    return folder


def run(*arguments: str | Path, status: int = 0) -> bytes:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == status, result.output
    return result.stdout_bytes


def test_diff_answers_in_the_form_of_the_contract(law: Path, tmp_path: Path):
    answer = json.loads(run("diff", write_text(tmp_path / "a.txt", PROPOSAL), "--source", law, "--format", "json"))
    assert [(s["address"], s["status"]) for s in answer["acts"][0]["sections"]] == [
        ("lov/2001-01-01-1/§2", "changed"), ("lov/2001-01-01-1/§4", "repealed")
    ]  # fmt: skip
    assert [(o["action"], o["targets"], o["status"]) for o in answer["operations"]] == [
        ("change", ["lov/2001-01-01-1/§2/ledd/2"], "applied"), ("repeal", ["lov/2001-01-01-1/§4"], "applied")
    ]  # fmt: skip
    assert answer["acts"][0]["sections"][0]["operations"] == [answer["operations"][0]["id"]]


@pytest.mark.parametrize("kind", sorted(WRITERS))
def test_every_kind_of_file_gives_the_same_answer(law: Path, tmp_path: Path, kind: str):
    plain = json.loads(run("diff", write_text(tmp_path / "a.txt", PROPOSAL), "--source", law, "--format", "json"))
    other = json.loads(
        run("diff", WRITERS[kind](tmp_path / f"b.{kind}", PROPOSAL), "--source", law, "--format", "json")
    )
    assert other["acts"] == plain["acts"]


@pytest.mark.parametrize(
    ("format", "start"), [("html", b"<!DOCTYPE html>"), ("md", b"# Lovspeil"), ("docx", b"PK\x03\x04")]
)
def test_the_lovspeil_is_written_to_a_file(law: Path, tmp_path: Path, format: str, start: bytes):
    out = tmp_path / f"lovspeil.{format}"
    run(
        "diff", write_text(tmp_path / "a.txt", PROPOSAL), "--source", law, "--format", format, "-o", out, "--no-effects"
    )
    assert out.read_bytes().startswith(start)


def test_the_redline_is_the_whole_act(law: Path, tmp_path: Path):
    data = run(
        "diff",
        write_text(tmp_path / "a.txt", PROPOSAL),
        "--source",
        law,
        "--format",
        "docx",
        "--redline",
        "--no-effects",
    )
    paragraphs = [p.text for p in docx.Document(io.BytesIO(data)).paragraphs]
    assert "§ 5. Gebyr" in paragraphs


def test_a_redline_is_a_word_file(law: Path, tmp_path: Path):
    with pytest.raises(LovdataError, match="--format docx"):
        run("diff", write_text(tmp_path / "a.txt", PROPOSAL), "--source", law, "--format", "html", "--redline")


def test_two_versions_of_an_act_are_compared(law: Path, tmp_path: Path):
    newer = tmp_path / "ny.xml"
    newer.write_bytes(act_xml("".join(SECTIONS).replace("kan føre tilsyn", "skal føre tilsyn")))
    answer = json.loads(run("diff", law / "nl-20010101-001.xml", newer, "--source", law, "--format", "json"))
    assert [(s["address"], s["status"]) for s in answer["acts"][0]["sections"]] == [("lov/2001-01-01-1/§2", "changed")]


def test_two_proposals_are_compared_with_each_other(law: Path, tmp_path: Path):
    one = write_text(tmp_path / "a.txt", PROPOSAL)
    other = write_text(tmp_path / "b.txt", PROPOSAL[:3])
    answer = json.loads(run("diff", one, other, "--compare", "--source", law, "--format", "json"))
    assert [(s["address"], s["status"]) for s in answer["acts"][0]["sections"]] == [("lov/2001-01-01-1/§4", "new")]


def test_a_bad_file_is_named_and_the_others_are_used(law: Path, tmp_path: Path):
    answer = json.loads(
        run(
            "diff",
            tmp_path / "ingen.docx",
            write_text(tmp_path / "a.txt", PROPOSAL),
            "--source",
            law,
            "--format",
            "json",
        )
    )
    assert len(answer["operations"]) == 2
    assert any("ingen.docx: no such file" in note["nb"] for note in answer["notes"])
    with pytest.raises(LovdataError, match="no such file"):
        run("diff", tmp_path / "ingen.docx", "--source", law)


def test_arguments_that_do_not_fit_together_say_what_fits(law: Path):
    with pytest.raises(LovdataError, match="diff trenger ett eller flere forslag"):
        run("diff", "stiloven", "--source", law)
    with pytest.raises(LovdataError, match="ingen dato"):
        run("at", "stiloven", "i fjor", "--source", law)


def test_a_day_without_the_gazette_says_what_to_fetch(law: Path):
    with pytest.raises(LovdataError, match="Norsk Lovtidend"):
        run("at", "stiloven", "2010-01-01", "--source", law)


def test_the_text_to_edit_comes_back_as_instructions(law: Path, tmp_path: Path):
    text = run("draft", "stiloven", "--source", law).decode()
    assert text.split("\n\n") == [*act_lines(paths())[:-1], act_lines(paths())[-1] + "\n"]
    edited = tmp_path / "ny.txt"
    edited.write_text(text.replace("Kommunen kan føre", "Kommunen skal føre"), encoding="utf-8")
    assert (
        "§ 2 andre ledd skal lyde:\n\nKommunen skal føre" in run("draft", "stiloven", edited, "--source", law).decode()
    )
    answer = json.loads(run("draft", "stiloven", edited, "--source", law, "--format", "json"))
    assert answer["exact"]
    assert [row["lead"] for row in answer["instructions"]] == ["§ 2 andre ledd skal lyde:"]


def test_a_word_file_edited_with_tracked_changes_is_drafted_from(law: Path, tmp_path: Path):
    redline = tmp_path / "redline.docx"
    run(
        "diff",
        write_text(tmp_path / "a.txt", PROPOSAL),
        "--source",
        law,
        "--format",
        "docx",
        "--redline",
        "--no-effects",
        "-o",
        redline,
    )
    text = run("draft", "stiloven", redline, "--source", law).decode()
    assert "§ 2 andre ledd skal lyde:" in text
    assert "§ 4 oppheves." in text


def test_a_text_without_sections_is_no_edited_act(law: Path, tmp_path: Path):
    (tmp_path / "ny.txt").write_text("Bare noen ord.", encoding="utf-8")
    with pytest.raises(LovdataError, match="fant ingen paragrafer"):
        run("draft", "stiloven", tmp_path / "ny.txt", "--source", law)


def test_two_texts_without_any_source_are_drafted_from(tmp_path: Path):
    old, new = tmp_path / "gammel.txt", tmp_path / "ny.txt"
    text = "Lov om broer (broloven)\n\n§ 1. Merking\n\nEieren skal merke broen.\n\nKommunen kan føre tilsyn.\n"
    old.write_text(text, encoding="utf-8")
    new.write_text(text.replace("kan føre", "skal føre"), encoding="utf-8")
    made = run("draft", old, new).decode()
    assert (
        "I lov om broer gjøres følgende endringer:\n\n§ 1 andre ledd skal lyde:\n\nKommunen skal føre tilsyn." in made
    )


def test_effects_that_were_not_looked_for_are_not_called_none(law: Path, tmp_path: Path):
    text = run("diff", write_text(tmp_path / "a.txt", PROPOSAL), "--source", law, "--no-effects").decode()
    assert "tilsyn" in text
    assert "irkninger" not in text

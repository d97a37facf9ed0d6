"""The commands laws, search and fetch from the outside."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

import cli
from tests.conftest import act_xml, section_xml

Run = tuple[int, str, str]


def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *arguments: str) -> Run:
    monkeypatch.setattr(sys, "argv", ["pliktgraf", *arguments])
    with pytest.raises(SystemExit) as caught:
        cli.main()
    captured = capsys.readouterr()
    return int(caught.value.code or 0), captured.out, captured.err


@pytest.fixture
def law(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PLIKTGRAF_CACHE", str(tmp_path / "cache"))
    path = tmp_path / "law"
    path.mkdir()
    (path / "a.xml").write_bytes(act_xml(section_xml("1", "Eieren skal merke [stien].")))
    bhl = act_xml(section_xml("1", "Barnehagen merker.", refid="lov/2005-06-17-64"), refid="lov/2005-06-17-64",
                  short_title="Barnehageloven – bhl")  # fmt: skip
    (path / "b.xml").write_bytes(bhl)
    return path


def test_laws_lists_the_14_without_any_data(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLIKTGRAF_CACHE", str(tmp_path / "cache"))
    status, out, _ = run(capsys, monkeypatch, "laws", "--format", "json")
    laws = json.loads(out)
    assert (status, len(laws)) == (0, 14)
    assert {one["loaded"] for one in laws} == {False}
    assert any("barnevernloven (lov/1992-07-17-100)" in old for one in laws for old in one["replaced"])
    _, out, _ = run(capsys, monkeypatch, "laws")
    assert "pliktgraf fetch" in out
    _, out, _ = run(capsys, monkeypatch, "laws", "--lang", "en")
    assert "The 14 acts" in out


def test_laws_says_what_is_loaded(
    law: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, out, _ = run(capsys, monkeypatch, "laws", "--format", "json", "--source", str(law))
    assert [one["refid"] for one in json.loads(out) if one["loaded"]] == ["lov/2005-06-17-64"]
    _, out, _ = run(capsys, monkeypatch, "laws", "--source", str(law))
    assert "2 dokumenter" in " ".join(out.split())
    assert "ikke i de lastede kildene" in out


def test_search_prints_hits_and_no_words_of_the_law_as_style(
    law: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    status, out, err = run(capsys, monkeypatch, "search", "merke", "stien", "--source", str(law))
    assert status == 0
    assert "lov/2001-01-01-1/§1/ledd/1" in out
    assert "[stien]" in out
    assert "bygger søkeindeks" in err


def test_search_stays_within_an_act_and_prints_json(
    law: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, out, _ = run(capsys, monkeypatch, "search", "merker", "--act", "bhl", "--format", "json", "--source", str(law))
    assert [hit["act"] for hit in json.loads(out)["hits"]] == ["lov/2005-06-17-64"]


def test_search_says_where_nothing_or_only_some_words_were_found(
    law: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "ingen treff" in run(capsys, monkeypatch, "search", "xqzw", "--source", str(law))[2]
    assert "noen av dem" in run(capsys, monkeypatch, "search", "merker", "xqzw", "--source", str(law))[2]


def test_search_without_text_says_what_to_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLIKTGRAF_CACHE", str(tmp_path / "cache"))
    status, out, err = run(capsys, monkeypatch, "search", "sti")
    assert (status, out) == (2, "")
    assert "pliktgraf fetch" in err


def test_fetch_without_a_network_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLIKTGRAF_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr("tenacity.nap.time.sleep", lambda _: None)
    status, out, err = run(capsys, monkeypatch, "fetch", "--base-url", "http://127.0.0.1:9")
    assert (status, out) == (2, "")
    assert "no connection" in err

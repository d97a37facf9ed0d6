"""Norms of several acts: the same from two processes, from one, and from what is kept."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from duties.find import find_frames
from graph import kept_facts
from lovdata_ingest.address import Address
from lovdata_ingest.model import Document, Header, Node

WORDS = (
    "Kommunen skal samarbeide med politiet.",
    "Skolen skal gi opplysninger til barneverntjenesten.",
    "Loven gjelder.",
)


def act(number: int) -> Document:
    at = Address(f"lov/2001-01-01-{number}", ("§1",))
    ledd = Node("ledd", at.child("ledd/1"), text=WORDS[number % 3])
    section = Node("section", at, name="§1", children=(ledd,))
    return Document("stiloven", Header(at.act), Node("body", Address(at.act), children=(section,)))


@pytest.fixture
def acts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Document]:
    monkeypatch.setenv("PLIKTGRAF_CACHE", str(tmp_path))
    monkeypatch.setattr(kept_facts, "_WORTH_A_PROCESS", 1)
    return [act(number) for number in range(1, 8)]


def test_two_processes_find_what_one_finds_in_the_same_order(acts: list[Document]) -> None:
    assert len(kept_facts._halves(acts)[1]) >= 3
    expected = tuple(frame for document in acts for frame in find_frames(document))
    assert expected
    assert kept_facts.frames_of_documents(acts) == expected
    kept_facts._frames.clear()
    assert kept_facts.frames_of_documents(acts) == expected  # from disk now


def test_a_process_that_dies_costs_time_and_no_norm(acts: list[Document], monkeypatch: pytest.MonkeyPatch) -> None:
    def die(*_: Any) -> None:
        os._exit(9)

    monkeypatch.setattr(kept_facts, "_find_there", die)
    assert kept_facts.frames_of_documents(acts) == tuple(f for document in acts for f in find_frames(document))


def test_an_error_in_a_rule_is_not_swallowed(acts: list[Document], monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: Document) -> None:
        raise RuntimeError("rule")

    monkeypatch.setattr("duties.find.find_frames", broken)
    with pytest.raises(RuntimeError, match="rule"):
        kept_facts.frames_of_documents(acts)

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from graph.finding import Finding, Words, finding_id
from graph.rank import group, grouped, rank, select
from graph.review import Review, ReviewError, apply_review, load_review, mark


def finding(
    id_: str, score: float = 0.5, provisions: tuple[str, ...] = ("lov/2001-01-01-1/§1",), **more: str
) -> Finding:
    return Finding(
        id_, "gap", more.get("type", "missing_mirror"), ("lov/2001-01-01-1",), provisions, ("skole",), score,  # type: ignore[arg-type]
        Words("a", "a"), Words("b", "b"),
    )  # fmt: skip


@given(st.lists(st.text(min_size=1), min_size=1), st.lists(st.text()), st.randoms())
def test_an_id_does_not_depend_on_the_order_of_provisions_and_actors(provisions, actors, random):
    shuffled, others = list(provisions), list(actors)
    random.shuffle(shuffled)
    random.shuffle(others)
    assert finding_id("other", tuple(provisions), tuple(actors)) == finding_id("other", tuple(shuffled), tuple(others))


def test_findings_are_ranked_by_score_and_equals_always_in_the_same_order():
    one, two, three = finding("b", 0.4), finding("a", 0.4), finding("c", 0.9)
    assert rank([one, two, three]) == rank([three, two, one])
    assert rank([one, two, three])[0] is three


def test_near_identical_findings_share_a_group_headed_by_the_best():
    best, near, other = finding("a", 0.9), finding("b", 0.5), finding("c", 0.4, ("lov/2001-01-01-1/§7",))
    found = group(rank([near, other, best]))
    assert [(f.id, f.group) for f in found] == [("a", "a"), ("b", "a"), ("c", "")]
    assert [[f.id for f in members] for members in grouped(found)] == [["a", "b"], ["c"]]


def test_select_takes_what_fits_all_that_is_asked():
    findings = [finding("a", 0.9), finding("b", 0.3)]
    assert [f.id for f in select(findings, kind="gap", actor="skole", min_score=0.5)] == ["a"]
    assert select(findings, actor="politi") == ()


def test_findings_about_an_act_come_before_those_that_name_it_as_a_peer():
    peer = replace(finding("a", 0.9), acts=("lov/2002-02-02-2", "lov/2001-01-01-1"))
    own = replace(finding("b", 0.3), acts=("lov/2001-01-01-1", "lov/2002-02-02-2"))
    assert [f.id for f in select([peer, own], acts=("lov/2001-01-01-1",))] == ["b", "a"]


def test_marks_are_kept_and_respected_and_stale_ones_are_reported(tmp_path: Path):
    path = tmp_path / "review.yaml"
    mark(path, "a", "wrong", "not a gap", today=dt.date(2025, 11, 8))
    mark(path, "b", "accepted", today=dt.date(2025, 11, 8))
    mark(path, "gone", "seen", today=dt.date(2025, 11, 8))
    reviewed = apply_review([finding("a"), finding("b"), finding("c")], load_review(path))
    assert [f.id for f in reviewed.findings] == ["b", "c"]
    assert [f.id for f in reviewed.wrong] == ["a"]
    assert [f.id for f in reviewed.open] == ["c"]
    assert reviewed.stale == ("gone",)


def test_no_file_of_marks_is_no_marks(tmp_path: Path):
    assert load_review(tmp_path / "none.yaml") == Review()


@pytest.mark.parametrize(
    "text", ["findings: [a]", "- a", "findings: {a: {mark: maybe}}", "findings: {a: {mark: seen, by: me}}", "a: ["]
)
def test_a_file_of_marks_that_cannot_be_read_is_named_with_the_form_expected(tmp_path: Path, text: str):
    path = tmp_path / "review.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(ReviewError, match=r"(?s)review\.yaml: .*Expected"):
        load_review(path)

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from graph.word_diff import rebuilt, word_diff
from lovdata_ingest.alignment import align

TEXT = st.text(alphabet="ab ,.§1\n-–«»", max_size=40)


@given(TEXT, TEXT)
def test_both_texts_can_be_rebuilt_from_the_pieces(before: str, after: str):
    assert rebuilt(word_diff(before, after)) == (before, after)


def test_a_replaced_word_stands_out_and_the_rest_is_common():
    pieces = [(p.kind, p.text) for p in word_diff("Eieren kan merke stien.", "Eieren skal merke stien.")]
    assert pieces == [("same", "Eieren "), ("deleted", "kan"), ("inserted", "skal"), ("same", " merke stien.")]


def test_a_stray_short_word_between_two_changes_is_no_common_ground():
    pieces = word_diff("Kommunen gir råd og hjelp til eiere av grunn.", "Fylket fører tilsyn til stadig skade.")
    assert [piece.kind for piece in pieces] == ["deleted", "inserted", "same"]


PARAGRAPHS = st.lists(
    st.sampled_from(["Stien skal merkes.", "Kommunen fører tilsyn.", "Eieren skal merke stien godt.", "x"]), max_size=6
)


@given(PARAGRAPHS, PARAGRAPHS)
def test_an_alignment_names_every_paragraph_once_and_in_order(before: list[str], after: list[str]):
    pairs = align(before, after)
    assert [i for i, _ in pairs if i is not None] == list(range(len(before)))
    assert [j for _, j in pairs if j is not None] == list(range(len(after)))


def test_a_moved_paragraph_does_not_cross_the_others():
    assert align(["a b c", "d e f"], ["d e f", "a b c"]) in (
        [(0, None), (1, 0), (None, 1)],
        [(None, 0), (0, 1), (1, None)],
    )

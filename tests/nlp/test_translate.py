"""Translated training sentences: every word comes from one word, or the sentence is left out."""

from __future__ import annotations

import shutil

import pytest

pytest.importorskip("spacy")

from duties.training.translate import _image, word_for_word


def marked(*words):
    return " ".join(f"[[t:w:{number}]]{word}[[/]]" for number, word in words)


def test_words_keep_their_places_when_the_order_changes():
    assert _image(["min", "bok"], 10, marked((11, "boka"), (10, "mi"))) == [(1, "boka"), (0, "mi")]


def test_parts_of_a_compound_are_one_word():
    assert _image(["hovedretten"], 0, "[[t:w:0]]hovud[[/]][[t:w:0]]retten[[/]]") == [(0, "hovudretten")]


def test_a_word_that_comes_from_none_spoils_the_sentence():
    assert _image(["kommunens", "plan"], 0, "[[t:w:1]]planen[[/]] til [[t:w:0]]kommunen[[/]]") is None


def test_a_lost_word_spoils_the_sentence_and_a_lost_mark_does_not():
    assert _image(["den", "er", "."], 0, marked((0, "den"), (2, "."))) is None
    assert _image(["den", '"', "er"], 0, '[[t:w:0]]den[[/]] " [[t:w:2]]er[[/]]') == [(0, "den"), (1, '"'), (2, "er")]


def test_a_form_that_cannot_be_made_spoils_a_translation_and_is_kept_in_a_respelling():
    text = marked((0, "dei"), (1, "#sende"))
    assert _image(["de", "sendte"], 0, text) is None
    assert _image(["dei", "sende"], 0, text, keep_unmade=True) == [(0, "dei"), (1, "sende")]


@pytest.mark.skipif(shutil.which("apertium") is None, reason="Apertium is not installed")
def test_bokmål_becomes_nynorsk():
    try:
        images = word_for_word([["Kommunen", "skal", "ikke", "være", "eneste", "eier", "."]], "nob-nno_e")
    except Exception as error:  # the pair may be missing where Apertium is there
        pytest.skip(str(error))
    assert images == [list(enumerate(["Kommunen", "skal", "ikkje", "vere", "einaste", "eigar", "."]))]

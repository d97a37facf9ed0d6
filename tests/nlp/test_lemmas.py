"""Lemmas without regard to capitals, and the list of words by written standard."""

from __future__ import annotations

import pytest

pytest.importorskip("spacy")

from duties.nlp import ModelMissing, load_pipeline, parse_sentence
from duties.nlp_lemmas import read_words, words_of, write_words, written_standard
from duties.nlp_tokens import Norwegian


@pytest.fixture(scope="module")
def nlp():
    try:
        return load_pipeline()
    except ModelMissing as error:
        pytest.skip(str(error))


@pytest.mark.parametrize(
    ("text", "word", "lemma"),
    [
        ("Kommunen skal merke stien.", "Kommunen", "kommune"),
        ("Kommunen er ansvarlig for stien og veien.", "er", "være"),
        ("Kommunen er ansvarleg for stien og vegen, og ikkje staten.", "er", "vere"),
        ("Barnehagene skal samarbeide.", "Barnehagene", "barnehage"),
        ("Opplysningane skal sendast til skulen.", "sendast", "sende"),
    ],
)
def test_the_lemma_of_a_word(nlp, text, word, lemma):
    assert next(t.lemma_ for t in parse_sentence(text) if t.text == word) == lemma


def test_the_words_around_tell_the_written_standard(nlp):
    words = nlp.get_pipe("lemmatizer").words
    assert set(words) == {"nb", "nn"}
    assert written_standard(parse_sentence("Dette gjelder ikke for dem som har fått noe."), words) == "nb"
    assert written_standard(parse_sentence("Dette gjeld ikkje for dei som har fått noko."), words) == "nn"


def test_lists_are_stored_and_read(tmp_path):
    words = {"nb": {("er", "VERB"): "være"}, "nn": {("er", "VERB"): "vere", ("ein", "DET"): "ein"}}
    write_words(tmp_path / "words.tsv.gz", words)
    assert read_words(tmp_path / "words.tsv.gz") == words
    assert read_words(tmp_path / "none") == {}


def test_a_word_with_two_lemmas_is_not_listed():
    nlp = Norwegian()
    doc = nlp.make_doc("var var er Oslo")
    for token, (pos, lemma) in zip(
        doc, [("VERB", "være"), ("VERB", "vare"), ("VERB", "være"), ("PROPN", "Oslo")], strict=True
    ):
        token.pos_, token.lemma_ = pos, lemma
    assert words_of([doc]) == {("er", "VERB"): "være"}

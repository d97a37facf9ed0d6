"""The shipped pipeline: it loads at once, keeps its accuracy, and reads statutes."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

pytest.importorskip("spacy")

from duties.nlp import ModelMissing, load_pipeline, parse_sentence, parse_sentences
from duties.nlp_tokens import split_words

HERE = Path(__file__).parent
SHARED = HERE.parents[2] / "shared"
NDT = SHARED / "ndt" / "ndt-nob-nno.tar.xz"
LAW = SHARED / "lovdata" / "gjeldende-lover.tar.bz2"
SPLIT = HERE.parents[1] / "duties" / "training" / "split.tsv"
MARKS = HERE / "statutory.tsv"

# A little below what docs/parser.md reports; a model that falls under it is not to be shipped.
FLOORS = {"tag_acc": 0.98, "lemma_acc": 0.975, "dep_uas": 0.925, "dep_las": 0.90, "sents_f": 0.98}
# How far nynorsk may lie behind bokmål. Wanted is a point everywhere; LAS is 1.15 points behind (docs/parser.md tells why).
GAPS = {"tag_acc": 0.01, "lemma_acc": 0.01, "dep_uas": 0.01, "dep_las": 0.012, "sents_f": 0.01}


@pytest.fixture(scope="module")
def nlp():
    try:
        return load_pipeline()
    except ModelMissing as error:
        pytest.skip(str(error))


def test_it_loads_in_less_than_a_second(nlp):
    load_pipeline.cache_clear()
    started = time.process_time()  # the processor's time: a busy machine makes no difference
    load_pipeline()
    assert time.process_time() - started < 1.0


def test_it_is_small():
    from duties.nlp import model_path

    assert sum(path.stat().st_size for path in model_path().rglob("*") if path.is_file()) < 15_000_000


def test_the_split_keeps_a_text_on_one_side():
    sides: dict[str, set[str]] = {}
    for line in SPLIT.read_text(encoding="utf-8").splitlines():
        side, name = line.split("\t")
        sides.setdefault(name.rsplit("_", 1)[0], set()).add(side)
    assert len(sides) > 90
    assert {text: found for text, found in sides.items() if len(found) > 1} == {}


@pytest.fixture(scope="module")
def held_out(nlp, tmp_path_factory):
    """The scores on all test texts of each written standard."""
    if not NDT.is_file():
        pytest.skip(f"the treebank is not there: {NDT}")
    pytest.importorskip("duties.training.convert")
    from spacy.tokens import DocBin

    from duties.training.convert import read_archive, to_docs
    from duties.training.evaluate import treebank_scores

    names = [line.split("\t")[1] for line in SPLIT.read_text(encoding="utf-8").splitlines() if line.startswith("test")]
    files = read_archive(NDT)
    scores = {}
    for standard in ("nob", "nno"):
        bins = DocBin()
        for name in [n for n in names if n.startswith(standard)]:
            for doc in to_docs(files[name], per_doc=(1, 10)):
                bins.add(doc)
        target = tmp_path_factory.mktemp("held-out") / f"{standard}.spacy"
        bins.to_disk(target)
        scores[standard] = treebank_scores(nlp, target)
    return scores


@pytest.mark.parametrize("standard", ["nob", "nno"])
def test_accuracy_on_texts_held_out(held_out, standard):
    scores = held_out[standard]
    assert {name: scores[name] for name, floor in FLOORS.items() if scores[name] < floor} == {}


@pytest.mark.parametrize("measure", GAPS)
def test_nynorsk_lies_close_to_bokmål(held_out, measure):
    assert held_out["nno"][measure] >= held_out["nob"][measure] - GAPS[measure]


@pytest.mark.skipif(not LAW.is_file(), reason=f"the statute book is not there: {LAW}")
def test_subjects_of_statutory_sentences(nlp):
    from duties.training.evaluate import judge, read_marks, summary
    from lovdata_ingest.corpus import load

    marks = read_marks(MARKS, load([LAW]))
    assert len(marks) >= 150
    assert sum(mark.language == "nn" for mark in marks) >= 60
    scores = summary(
        [judge(mark, doc) for mark, doc in zip(marks, parse_sentences(m.text for m in marks), strict=True)]
    )
    assert scores["verb"] >= 0.98
    assert scores["subject"] >= 0.95


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Etter § 2 a skal eieren merke stien.", "Etter|§|2|a|skal|eieren|merke|stien|."),
        ("Jf. §§ 13 til 13 e, nr. 4 og § 3-12.", "Jf.|§§|13|til|13|e|,|nr.|4|og|§|3-12|."),
        ("Skilt, gjerder m.m. er varer mv. etter loven", "Skilt|,|gjerder|m.m.|er|varer|mv.|etter|loven"),
        ("Loven trer i kraft 1. juli 2024.", "Loven|trer|i|kraft|1.|juli|2024|."),
        ("Det gjelder (jf. første ledd) og/eller «stien».", "Det|gjelder|(|jf.|første|ledd|)|og/eller|«|stien|»|."),
        ("Gebyret er 1.500 kroner, 1,5 prosent.", "Gebyret|er|1.500|kroner|,|1,5|prosent|."),
        ("Helse- og omsorgstjenesteloven §2.", "Helse-|og|omsorgstjenesteloven|§|2|."),
        ("Bokstav a) og 1) gjelder.", "Bokstav|a|)|og|1|)|gjelder|."),
    ],
)
def test_words_are_cut_as_in_the_treebank(text, expected):
    assert [text[start:end] for start, end in split_words(text)] == expected.split("|")


@pytest.mark.parametrize("text", ["", " ", "a", " a  b\tc\n", "§", "...", "(§§)", "jf. § 1.\n\nDet"])
def test_no_character_is_lost(nlp, text):
    assert nlp.make_doc(text).text == text


def test_a_sentence_is_never_cut(nlp):
    doc = parse_sentence("Eieren skal merke stien, jf. § 2. Kommunen kan gi regler.")
    assert len(list(doc.sents)) == 1


def test_running_text_is_cut_into_sentences(nlp):
    assert len(list(nlp("Eieren skal merke stien. Kommunen kan gi regler om skilting.").sents)) == 2


def test_the_company_of_other_sentences_changes_nothing(nlp):
    texts = ["Eieren skal merke stien.", "Dersom kommunen krev det, skal eigaren merkje stien."]
    alone = [[(t.dep_, t.head.i, t.lemma_) for t in parse_sentence(text)] for text in texts]
    together = [[(t.dep_, t.head.i, t.lemma_) for t in doc] for doc in parse_sentences(texts * 3)]
    assert together == alone * 3

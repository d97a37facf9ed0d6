"""How well a pipeline does: on the treebank's held-out texts, and on statutory sentences marked by hand."""

from __future__ import annotations

import csv
import hashlib
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language
from spacy.scorer import Scorer
from spacy.tokens import Doc, DocBin, Token
from spacy.training import Example

from duties.nlp import parse_sentences
from duties.syntax import chain, grammatical_subject, indirect_objects, main_verb, objects
from lovdata_ingest.address import parse_address
from lovdata_ingest.corpus import Corpus
from lovdata_ingest.sentences import flows

MEASURES = ("tag_acc", "pos_acc", "morph_acc", "lemma_acc", "dep_uas", "dep_las", "sents_f")


def treebank_scores(nlp: Language, part: Path) -> dict[str, float]:
    """Return the scores of *nlp* on the documents of a DocBin, as fractions, and its words per second of one core.

    The pipeline is given the treebank's words and finds the sentences itself.
    """
    gold = list(DocBin().from_disk(part).get_docs(nlp.vocab))
    blank = [Doc(nlp.vocab, words=[t.text for t in d], spaces=[bool(t.whitespace_) for t in d]) for d in gold]
    started = time.process_time()
    parsed = list(nlp.pipe(blank))
    seconds = time.process_time() - started
    scores = _score(parsed, gold)
    scores["words_per_second"] = sum(map(len, parsed)) / seconds
    scores["words"] = sum(map(len, gold))
    return scores


def _score(parsed: Sequence[Doc], gold: Sequence[Doc]) -> dict[str, float]:
    examples = [Example(one, other) for one, other in zip(parsed, gold, strict=True)]
    found: dict[str, float] = {}
    for attribute in ("tag", "pos", "morph", "lemma"):
        found |= Scorer.score_token_attr(examples, attribute, missing_values={""})
    # Marks count as words here; the last figure leaves them out, as many reports do.
    found |= Scorer.score_deps(examples, "dep", head_attr="head", ignore_labels=())
    found |= Scorer.score_spans(examples, "sents", has_annotation=lambda doc: doc.has_annotation("SENT_START"))
    without = Scorer.score_deps(examples, "dep", head_attr="head", getter=_label, ignore_labels=("IK", "IP"))
    result = {name: float(found[name]) for name in MEASURES}
    return result | {"dep_las_without_marks": float(without["dep_las"])}


def _label(token: Token, _attribute: str) -> str:
    return token.dep_


@dataclass(frozen=True, slots=True)
class Marked:
    """One statutory sentence as a person read it: where its finite verb, subject and objects start.

    ``subjects`` holds more than one position where either is right; ``text`` is the sentence up to its list, read from
    Lovdata's data and never stored.
    """

    address: str
    language: str
    part: str
    verb: int
    subjects: tuple[int, ...]
    objects: tuple[int, ...]
    text: str


def read_marks(marks: Path, corpus: Corpus) -> tuple[Marked, ...]:
    """Return the marked sentences that the loaded law still has, word for word; changed ones are left out."""
    found: list[Marked] = []
    for row in csv.DictReader(marks.open(encoding="utf-8"), delimiter="\t"):
        text = _sentence(row["address"], row["sha1"], corpus)
        if text is not None:
            found.append(
                Marked(
                    row["address"],
                    row["language"],
                    row["part"],
                    int(row["verb"]),
                    tuple(int(p) for p in row["subject"].split("|")),
                    tuple(int(p) for p in row["objects"].split(",")) if row["objects"] != "-" else (),
                    text,
                )
            )
    return tuple(found)


def _sentence(printed: str, sha1: str, corpus: Corpus) -> str | None:
    address = parse_address(printed)
    for standard in ("nb", "nn"):
        document = corpus.get(address.act, language=standard, gazette=False)
        for section in document.sections():
            if section.address is None or section.address.section != address.section:
                continue
            for flow in flows(section, language=standard):
                for sentence in flow.sentences:
                    lead = sentence.text.split("\n")[0]
                    if hashlib.sha1(lead.encode(), usedforsecurity=False).hexdigest().startswith(sha1):
                        return lead
    return None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the parse of a marked sentence got right."""

    mark: Marked
    verb: bool
    subject: bool
    subject_in_tree: bool
    objects_found: int
    objects_given: int


def judge(mark: Marked, doc: Doc) -> Outcome:
    """Compare a parse with what a person marked.

    The verb is right when it heads the main clause; the subject when, besides, ``duties.syntax`` gives the marked word;
    in the bare tree, when that word and no other hangs on the verb as (formal) subject. Objects are those of the verb
    and the infinitives it carries, not those behind *plikt til å*; they are compared as starts of words.
    """
    verb = main_verb(doc)
    right = verb is not None and verb.idx == mark.verb
    given = {token.idx for token in _own_objects(verb)} if verb is not None else set()
    return Outcome(
        mark,
        verb=right,
        subject=right and verb is not None and _starts(grammatical_subject(verb)) in mark.subjects,
        subject_in_tree=right and verb is not None and _subject_in_tree(verb, mark),
        objects_found=len(given & set(mark.objects)),
        objects_given=len(given),
    )


def _starts(token: Token | None) -> int | None:
    return None if token is None else token.idx


def _subject_in_tree(verb: Token, mark: Marked) -> bool:
    heads = [c.idx for c in verb.children if c.dep_ in {"SUBJ", "FSUBJ"} and c.tag_ != "sbu"]
    return len(heads) == 1 and heads[0] in mark.subjects


def _own_objects(verb: Token) -> Iterable[Token]:
    links = chain(verb)
    return (token for token in (*objects(verb), *indirect_objects(verb)) if token.head in links)


def statutory_scores(marks: Sequence[Marked], nlp: Language | None = None) -> dict[str, float]:
    """Return the shares of right verbs and subjects, and precision and recall of the objects; see ``judge``."""
    docs = parse_sentences((mark.text for mark in marks), nlp=nlp)
    return summary([judge(mark, doc) for mark, doc in zip(marks, docs, strict=True)])


def summary(outcomes: Sequence[Outcome]) -> dict[str, float]:
    """Return counts and shares over *outcomes*."""
    found = sum(o.objects_found for o in outcomes)
    return {
        "sentences": len(outcomes),
        "verb": sum(o.verb for o in outcomes) / max(1, len(outcomes)),
        "subject": sum(o.subject for o in outcomes) / max(1, len(outcomes)),
        "subject_in_tree": sum(o.subject_in_tree for o in outcomes) / max(1, len(outcomes)),
        "objects_precision": found / max(1, sum(o.objects_given for o in outcomes)),
        "objects_recall": found / max(1, sum(len(o.mark.objects) for o in outcomes)),
    }

"""How the training sees the treebank: its own words, in documents cut anew."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.training import Example
from spacy.util import registry
from thinc.api import Model

import duties.nlp_graph
import duties.nlp_layers
import duties.nlp_lemmas
import duties.nlp_tokens  # noqa: F401  registers language and tokeniser


@registry.readers("pliktgraf.Treebank.v1")  # type: ignore[untyped-decorator]
def treebank(
    paths: list[str], shuffle: bool, heading_drop: float, seed: int
) -> Callable[[Language], Iterator[Example]]:
    """Read DocBins with the words as the treebank cuts them.

    Args:
        paths: Files of DocBin.
        shuffle: Draw a new order for each pass.
        heading_drop: Share of the documents whose heading mark ``|`` is left out when shuffled; statutes have none.
        seed: For the order.
    """
    chance = random.Random(seed)  # noqa: S311  the same draw each time is the point

    def read(nlp: Language) -> Iterator[Example]:
        docs = [doc for path in paths for doc in DocBin().from_disk(Path(path)).get_docs(nlp.vocab)]
        if shuffle:
            chance.shuffle(docs)
        for doc in docs:
            if shuffle and chance.random() < heading_drop:
                doc = without_heading_marks(doc)
            if len(doc):
                yield Example(
                    Doc(nlp.vocab, words=[t.text for t in doc], spaces=[bool(t.whitespace_) for t in doc]), doc
                )

    return read


@registry.callbacks("pliktgraf.HideForms.v1")  # type: ignore[untyped-decorator]
def hide_forms(rate: float) -> Callable[[Language], None]:
    """Hide the form of a word, its long prefix and suffixes at this rate while training.

    The network then learns to read words that it has never seen by what is left: short affixes, shape, neighbours.
    """

    def set_rate(nlp: Language) -> None:
        for _, component in nlp.components:  # spaCy disables what comes from another model while it initialises
            model = getattr(component, "model", None)
            for node in model.walk() if isinstance(model, Model) else ():
                if "form_dropout" in node.attrs:
                    node.attrs["form_dropout"] = rate

    return set_rate


def without_heading_marks(doc: Doc) -> Doc:
    """Return the document without the tokens ``|`` that the treebank adds where a heading has no full stop."""
    keep = [t.i for t in doc if t.text != "|" or t.dep_ == "ROOT" or any(True for _ in t.children)]
    if len(keep) == len(doc):
        return doc
    place = {old: new for new, old in enumerate(keep)}
    tokens = [doc[i] for i in keep]
    starts: list[bool | int | None] = []
    for number, token in enumerate(tokens):
        previous = tokens[number - 1] if number else None
        starts.append(previous is None or previous.sent.start != token.sent.start)
    return Doc(
        doc.vocab,
        words=[t.text for t in tokens],
        tags=[t.tag_ for t in tokens],
        pos=[t.pos_ for t in tokens],
        morphs=[str(t.morph) for t in tokens],
        lemmas=[t.lemma_ for t in tokens],
        heads=[place[t.head.i] for t in tokens],
        deps=[t.dep_ for t in tokens],
        sent_starts=starts,
    )

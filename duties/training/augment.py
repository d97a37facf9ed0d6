"""More training sentences: conditions with the verb first, and statutes that two parsers agree on.

The treebank is mostly news. "Har barnet en plan, skal …" hardly occurs in it, and in statutes it is everywhere; so its
sentences with *dersom*, *hvis* and *når* are turned round, trees and all ("Dersom barnet har en plan, skal …").
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span, Token
from spacy.vocab import Vocab

from duties.nlp import parse_sentences

_OPENERS = frozenset({"dersom", "hvis", "viss", "når", "om"})


def inverted(sentence: Span) -> Doc | None:
    """Return the sentence with its opening condition turned round, None where it has none that can be."""
    opener, root = sentence[0], sentence.root
    verb = opener.head
    subject = [c for c in verb.children if c.dep_ in {"SUBJ", "FSUBJ"}]
    if (
        opener.dep_ != "SBU"
        or opener.lower_ not in _OPENERS
        or verb.dep_ != "ADV"
        or verb.head != root
        or verb.i > root.i
        or "Tense" not in str(verb.morph)
        or len(subject) != 1
        or subject[0].left_edge.i != opener.i + 1
        or any(True for _ in opener.children)
    ):
        return None
    order = [verb, *(t for t in sentence if t not in (opener, verb))]
    return _rebuilt(sentence.doc.vocab, order, capital=True)


def _rebuilt(vocab: Vocab, order: Sequence[Token], *, capital: bool) -> Doc:
    place = {token.i: number for number, token in enumerate(order)}
    words = [t.text if t.pos_ == "PROPN" or number else t.text.capitalize() for number, t in enumerate(order)]
    if capital and len(order) > 1 and order[1].pos_ != "PROPN":
        words[1] = words[1][:1].lower() + words[1][1:]
    return Doc(
        vocab,
        words=words,
        tags=[t.tag_ for t in order],
        pos=[t.pos_ for t in order],
        morphs=[str(t.morph) for t in order],
        lemmas=[t.lemma_ for t in order],
        heads=[place[t.head.i] for t in order],
        deps=[t.dep_ for t in order],
        sent_starts=[number == 0 for number in range(len(order))],
    )


def inverted_conditions(parts: Iterable[Path], vocab: Vocab) -> Iterator[Doc]:
    """Yield the sentences of DocBins that could be turned round."""
    for part in parts:
        for doc in DocBin().from_disk(part).get_docs(vocab):
            for sentence in doc.sents:
                turned = inverted(sentence)
                if turned is not None:
                    yield turned


def agreed(texts: Sequence[str], first: Language, second: Language) -> Iterator[Doc]:
    """Yield the parses by *first* of those texts for which *second* finds the same heads, labels and tags."""
    for one, other in zip(parse_sentences(texts, nlp=first), parse_sentences(texts, nlp=second), strict=True):
        if len(one) > 3 and _shape(one) == _shape(other):
            for token in one:
                token.lemma_ = ""  # not agreed on, so nothing to learn from
            yield one


def _shape(doc: Doc) -> list[tuple[int, str, str]]:
    return [(token.head.i, token.dep_, token.tag_) for token in doc]


def write_silver(target: Path, docs: Iterable[Doc], *, words: int, seed: int) -> int:
    """Write *docs* in an order drawn by *seed* until *words* are reached; return how many words there are."""
    chosen = list(docs)
    random.Random(seed).shuffle(chosen)  # noqa: S311  the same draw each time is the point
    bins = DocBin(store_user_data=False)
    count = 0
    for doc in chosen:
        if count >= words:
            break
        bins.add(doc)
        count += len(doc)
    bins.to_disk(target)
    return count

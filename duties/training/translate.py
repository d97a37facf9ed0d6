"""More nynorsk training sentences: the treebank's bokmål translated, its nynorsk respelt, word for word with the trees.

Apertium's rule-based translator (packages ``apertium`` and ``apertium-nno-nob`` of Debian) carries marks of words through
all its stages, so that every translated word tells which word it comes from. A sentence is kept where each word has
become one word; its tree and parts of speech go with the words. Gender and declension may differ between the
standards, so nouns, adjectives and determiners lose their features, and all words their lemmas: nothing is learnt from those.
Only training texts are translated. The translator is a tool here; none of its data is stored.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from spacy.tokens import Doc, DocBin, Span
from spacy.vocab import Vocab

_SPECIAL = re.compile(r"([\\^$/\[\]{}<>@~|])")
_UNIT = re.compile(r"\[\[t:w:(\d+)[^\]]*\]\](.*?)\[\[/\]\]", re.DOTALL)
TO_NYNORSK = ("nob-nno", "nob-nno_e")
"""Apertium's names of the directions from bokmål: *å vera*, *me* in the first and *å vere*, *vi* in the second."""
WITHIN_NYNORSK = ("nno-nno_e", "nno_e-nno")
"""From one form of nynorsk to the other."""
_END = " .[]\n\n"
_WORDY = re.compile(r"\w")
_UNSURE = frozenset({"NOUN", "PROPN", "ADJ", "DET"})


def translated(parts: Iterable[Path], vocab: Vocab, pairs: Sequence[str] = TO_NYNORSK) -> Iterator[Doc]:
    """Yield the documents of DocBins in the other written standard, without the sentences that have no such image.

    Args:
        parts: Files of DocBin, training parts only.
        vocab: For the new documents.
        pairs: Apertium's names of the direction, by turns for the documents.

    Raises:
        FileNotFoundError: if Apertium is not installed.
    """
    for part in parts:
        docs = list(DocBin().from_disk(part).get_docs(vocab))
        for number, pair in enumerate(pairs):
            turn = docs[number :: len(pairs)]
            sentences = [[t.text for t in sentence] for doc in turn for sentence in doc.sents]
            found = iter(word_for_word(sentences, pair))
            for doc in turn:
                images = [(sentence, next(found)) for sentence in doc.sents]
                kept = [(sentence, image) for sentence, image in images if image is not None]
                if kept:
                    yield _rebuilt(vocab, kept)


def word_for_word(sentences: Sequence[Sequence[str]], pair: str) -> list[list[tuple[int, str]] | None]:
    """Translate sentences; return for each its words in their new order, each with the position it had before.

    None stands for a sentence in which a word was lost, added, joined or parted.
    """
    command = ["apertium", "-u", "-f", "none", pair]
    number = 0
    lines: list[str] = []
    for words in sentences:
        marked = [f"[[t:w:{number + i}]]{_SPECIAL.sub(_escaped, word)}[[/]]" for i, word in enumerate(words)]
        lines.append(" ".join(marked) + _END)
        number += len(words)
    text = "".join(lines)
    result = subprocess.run(command, input=text, capture_output=True, text=True, check=True)  # noqa: S603  no shell
    texts = result.stdout.split(_END)
    if len(texts) != len(sentences) + 1:
        raise ValueError(f"{pair}: {len(sentences)} sentences in, {len(texts) - 1} out")
    images: list[list[tuple[int, str]] | None] = []
    first = 0
    for words, text in zip(sentences, texts, strict=False):
        images.append(_image(words, first, text, keep_unmade=pair in WITHIN_NYNORSK))
        first += len(words)
    return images


def _escaped(match: re.Match[str]) -> str:
    return "\\" + match[1]


def _image(words: Sequence[str], first: int, text: str, *, keep_unmade: bool = False) -> list[tuple[int, str]] | None:
    if _WORDY.search(_UNIT.sub(" ", text)):
        return None  # a word that comes from none
    found: list[tuple[int, str]] = []
    end = 0
    for match in _UNIT.finditer(text):
        place, form = int(match[1]) - first, re.sub(r"\\(.)", r"\1", match[2])
        if found and found[-1][0] == place and match.start() == end:  # parts of a compound
            found[-1] = (place, found[-1][1] + form)
        else:
            found.append((place, form))
        end = match.end()
    for number, (place, form) in enumerate(found):
        if "#" in form and "#" not in words[place]:  # a form that the translator could not make
            if not keep_unmade:
                return None
            found[number] = (place, words[place])
    places = [place for place, _ in found]
    for place, word in enumerate(words):  # marks lose theirs now and then; they stay after the word before them
        if place not in places and not _WORDY.search(word) and (place == 0 or place - 1 in places):
            at = places.index(place - 1) + 1 if place else 0
            found.insert(at, (place, word))
            places.insert(at, place)
    if sorted(places) != list(range(len(words))) or any(not form or re.search(r"\s", form) for _, form in found):
        return None
    return found


def _rebuilt(vocab: Vocab, kept: Sequence[tuple[Span, list[tuple[int, str]]]]) -> Doc:
    words: list[str] = []
    tokens = []
    heads: list[int] = []
    starts: list[bool | int | None] = []
    for sentence, image in kept:
        base = len(words)
        place = {old: base + new for new, (old, _) in enumerate(image)}
        for new, (old, form) in enumerate(image):
            token = sentence[old]
            words.append(form)
            tokens.append(token)
            heads.append(place[token.head.i - sentence.start])
            starts.append(new == 0)
    doc = Doc(
        vocab,
        words=words,
        tags=[t.tag_ for t in tokens],
        pos=["" if t.pos_ in _UNSURE else t.pos_ for t in tokens],
        morphs=[str(t.morph) for t in tokens],
        heads=heads,
        deps=[t.dep_ for t in tokens],
        sent_starts=starts,
    )
    for token in doc:
        if not token.pos_:
            token.set_morph(None)  # type: ignore[attr-defined]
    return doc

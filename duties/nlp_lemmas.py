"""spaCy's edit-tree lemmatiser, without regard to capitals, with a list of the words it need not guess.

A tree that turns *kommunen* into *kommune* also does so at the start of a sentence; only proper nouns and abbreviations
keep their capitals. Words that the treebank has are looked up in the list of their written standard, which the words
around them tell: *er* is *være* in bokmål and *vere* in nynorsk.
"""

from __future__ import annotations

import gzip
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.pipeline.edit_tree_lemmatizer import EditTreeLemmatizer
from spacy.pipeline.lemmatizer import lemmatizer_score
from spacy.tokens import Doc, Token
from spacy.training import Example
from thinc.api import Model

Words = dict[str, dict[tuple[str, str], str]]
"""Lemma by form in lower case and universal part of speech, for each written standard (``nb``, ``nn``)."""

_AGREEMENT = 0.8  # share of a word's occurrences that must have the same lemma for the list to hold it


class _Caseless:
    """Edit trees over lower-case words."""

    def __init__(self, trees: Any) -> None:
        self._trees = trees

    def add(self, form: str, lemma: str) -> int:
        tree: int = self._trees.add(form.lower(), lemma.lower())
        return tree

    def apply(self, tree: int, form: str) -> str | None:
        lemma: str | None = self._trees.apply(tree, form.lower())
        return lemma

    def __len__(self) -> int:
        return len(self._trees)

    def __getitem__(self, tree: int) -> Any:
        return self._trees[tree]

    def __getattr__(self, name: str) -> Any:  # storing and loading
        return getattr(self._trees, name)


class CaselessLemmatizer(EditTreeLemmatizer):
    """The lemmatiser of the pipeline; it stands after the morphologiser, whose parts of speech it reads."""

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.trees: Any = _Caseless(self.trees)
        self.words: Words = {}

    def _labels_from_data(self, get_examples: Callable[[], Iterable[Example]]) -> None:
        pairs = Counter(
            (token.lower_, token.lemma_.lower())
            for example in get_examples()
            for token in example.reference
            if token.lemma_
        )
        counts: Counter[int] = Counter()
        shown: dict[int, tuple[str, str]] = {}
        for (form, lemma), count in sorted(pairs.items()):
            tree = self.trees.add(form, lemma)
            counts[tree] += count
            shown.setdefault(tree, (form, lemma))
        for tree, count in counts.items():
            if count >= self.min_tree_freq:
                self._pair2label(*shown[tree], add_label=True)  # type: ignore[no-untyped-call]

    def set_annotations(self, docs: Iterable[Doc], batch_tree_ids: Any) -> None:
        """Write the lemmas."""
        docs = list(docs)
        super().set_annotations(docs, batch_tree_ids)
        for doc in docs:
            known = self.words.get(written_standard(doc, self.words), {})
            for token in doc:
                if token.pos_ == "PROPN":
                    token.lemma_ = _with_capitals(token.lemma_, token.text)
                    continue
                lemma = known.get((token.lower_, token.pos_), token.lemma_)
                token.lemma_ = _with_capitals(lemma, token.text) if _is_abbreviation(token) else lemma

    def to_disk(self, path: Path, exclude: Any = ()) -> None:
        """Store the component, the list of words as ``words.tsv.gz``."""
        super().to_disk(path, exclude=exclude)  # type: ignore[no-untyped-call]
        write_words(Path(path) / "words.tsv.gz", self.words)

    def from_disk(self, path: Path, exclude: Any = ()) -> CaselessLemmatizer:
        """Load what ``to_disk`` stored."""
        super().from_disk(path, exclude=exclude)  # type: ignore[no-untyped-call]
        self.words = read_words(Path(path) / "words.tsv.gz")
        # spaCy leaves this empty on loading; training on would then take every word for an example of the first tree.
        self.tree2label = {tree: label for label, tree in enumerate(self.cfg["labels"])}
        return self


def _is_abbreviation(token: Token) -> bool:
    """Say whether a noun has capitals inside: *NAV-kontoret*, *BNP*."""
    return token.pos_ == "NOUN" and token.text[1:].lower() != token.text[1:]


def _with_capitals(lemma: str, form: str) -> str:
    """Return *lemma* with the capitals of *form* as far as both agree: Oslos gives Oslo."""
    same = 0
    while same < min(len(lemma), len(form)) and lemma[same].lower() == form[same].lower():
        same += 1
    return form[:same] + lemma[same:]


def written_standard(doc: Doc, words: Words) -> str:
    """Return the standard whose list knows more of the words of *doc*, bokmål if both know as many."""
    found = {name: sum((t.lower_, t.pos_) in known for t in doc) for name, known in words.items()}
    return max(sorted(found), key=lambda name: found[name], default="nb")


def words_of(docs: Iterable[Doc]) -> dict[tuple[str, str], str]:
    """Return the lemma of each word of *docs* that has the same one four times out of five; no proper nouns."""
    seen: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for doc in docs:
        for token in doc:
            if token.pos_ not in {"PROPN", "PUNCT", "X", "SYM"} and token.lemma_:
                seen[token.lower_, token.pos_][token.lemma_.lower()] += 1
    best = {word: counts.most_common(1)[0] for word, counts in seen.items()}
    return {word: lemma for word, (lemma, count) in best.items() if count >= _AGREEMENT * seen[word].total()}


def write_words(path: Path, words: Words) -> None:
    """Write the lists, one line per standard, part of speech, form and lemma; the same lists give the same bytes."""
    lines = [
        f"{standard}\t{pos}\t{form}\t{lemma}\n"
        for standard, known in sorted(words.items())
        for (form, pos), lemma in sorted(known.items())
    ]
    path.write_bytes(gzip.compress("".join(lines).encode(), mtime=0))


def read_words(path: Path) -> Words:
    """Read what ``write_words`` wrote; no file gives no lists."""
    words: Words = {}
    if path.is_file():
        for line in gzip.decompress(path.read_bytes()).decode().splitlines():
            standard, pos, form, lemma = line.split("\t")
            words.setdefault(standard, {})[form, pos] = lemma
    return words


@Language.factory(
    "caseless_lemmatizer",
    assigns=["token.lemma"],
    default_config={"backoff": "lower", "min_tree_freq": 3, "overwrite": False, "top_k": 3},
    default_score_weights={"lemma_acc": 1.0},
)
def make_lemmatizer(
    nlp: Language, name: str, model: Model[Any, Any], backoff: str, min_tree_freq: int, overwrite: bool, top_k: int
) -> CaselessLemmatizer:
    """Return the lemmatiser; the settings are those of spaCy's ``trainable_lemmatizer``."""
    return CaselessLemmatizer(
        nlp.vocab,
        model,
        name,
        backoff=backoff,
        min_tree_freq=min_tree_freq,
        overwrite=overwrite,
        top_k=top_k,
        scorer=lemmatizer_score,
    )

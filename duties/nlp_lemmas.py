"""spaCy's edit-tree lemmatiser, without regard to capitals.

A tree that turns *kommunen* into *kommune* also does so at the start of a sentence; only proper nouns keep their
capital.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from spacy.language import Language
from spacy.pipeline.edit_tree_lemmatizer import EditTreeLemmatizer
from spacy.pipeline.lemmatizer import lemmatizer_score
from spacy.tokens import Doc
from spacy.training import Example
from thinc.api import Model


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
    """The lemmatiser of the pipeline; it stands after the morphologiser, whose ``PROPN`` it reads."""

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.trees: Any = _Caseless(self.trees)

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
            for token in doc:
                if token.pos_ == "PROPN":
                    token.lemma_ = _with_capitals(token.lemma_, token.text)


def _with_capitals(lemma: str, form: str) -> str:
    """Return *lemma* with the capitals of *form* as far as both agree: Oslos gives Oslo."""
    same = 0
    while same < min(len(lemma), len(form)) and lemma[same].lower() == form[same].lower():
        same += 1
    return form[:same] + lemma[same:]


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

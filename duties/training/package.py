"""From a model that ``spacy train`` wrote to the small one that ships in ``data/models``."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy
import srsly  # type: ignore[import-untyped]
from spacy.language import Language
from spacy.pipeline.edit_tree_lemmatizer import EditTreeLemmatizer
from spacy.tokens import DocBin

from duties.nlp import load_pipeline
from duties.nlp_lemmas import Words, words_of, write_words

_DROPPED = ("vocab/lookups.bin", "vocab/vectors", "vocab/vectors.cfg", "vocab/key2row")


def halve(data: bytes) -> bytes:
    """Return a thinc model's bytes with its weights in half precision."""
    message: dict[str, Any] = srsly.msgpack_loads(data, use_list=True)
    for params in message["params"]:
        for name, value in params.items():
            if isinstance(value, numpy.ndarray) and value.dtype == numpy.float32:
                params[name] = value.astype(numpy.float16)
    packed: bytes = srsly.msgpack_dumps(message)
    return packed


def needed_strings(nlp: Language) -> list[str]:
    """Return the strings that the labels and lemma trees refer to by hash; the words of the corpus are not among them."""
    strings = {label for labels in nlp.pipe_labels.values() for label in labels}
    for _, component in nlp.pipeline:
        if isinstance(component, EditTreeLemmatizer):
            for tree in component.label_data["trees"]:
                strings |= {tree[key] for key in ("orig", "subst") if key in tree}
    return sorted(strings)


def word_lists(data: Path, nlp: Language) -> Words:
    """Return the lemma lists of the training parts in *data* (``nb-train.spacy``, ``nn-train.spacy``)."""
    return {
        standard: words_of(DocBin().from_disk(data / f"{standard}-train.spacy").get_docs(nlp.vocab))
        for standard in ("nb", "nn")
    }


def package(trained: Path, target: Path, data: Path, about: dict[str, Any], votes: tuple[float, float]) -> int:
    """Write the model in *trained* to *target* for shipping; return its bytes.

    *data* holds the training parts, for the lists of lemmas; *about* is added to ``meta.json``; *votes* are what an arc and
    a label of the transition parser count for the graph parser.
    """
    if target.exists():
        shutil.rmtree(target)
    shutil.copytree(trained, target)
    for model in target.glob("*/model"):
        model.write_bytes(halve(model.read_bytes()))
    for name in _DROPPED:
        (target / name).unlink(missing_ok=True)
    nlp = load_pipeline(trained)
    write_words(target / "lemmatizer" / "words.tsv.gz", word_lists(data, nlp))
    strings = json.dumps(needed_strings(nlp), ensure_ascii=False, indent=0)
    (target / "vocab" / "strings.json").write_text(strings + "\n", encoding="utf-8")
    settings = json.loads((target / "graph" / "cfg").read_text(encoding="utf-8"))
    settings |= dict(zip(("arc_vote", "label_vote"), votes, strict=True))
    (target / "graph" / "cfg").write_text(json.dumps(settings, indent=1) + "\n", encoding="utf-8")
    meta = json.loads((target / "meta.json").read_text(encoding="utf-8"))
    meta.update(about)
    (target / "meta.json").write_text(json.dumps(meta, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return sum(path.stat().st_size for path in target.rglob("*") if path.is_file())

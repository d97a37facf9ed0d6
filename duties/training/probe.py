"""What one step of adaptation gives: small networks with and without it, all else equal (``probe.cfg``).

The networks are too small to ship; they tell in a few minutes whether a step is worth the hours of the large one.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import srsly  # type: ignore[import-untyped]
from spacy.cli.train import train
from spacy.tokens import DocBin
from spacy.training.initialize import convert_vectors
from spacy.training.pretrain import pretrain
from spacy.util import load_config

from duties.nlp import load_pipeline
from duties.nlp_tokens import Norwegian, split_words
from duties.training import corpus
from duties.training.evaluate import treebank_scores

CONFIG = Path(__file__).parent / "probe.cfg"
_REGISTERED = (corpus.treebank,)  # the config names it
DESIGNS = ("plain", "translated", "floret", "pretrained")


def write_texts(target: Path, law: Iterable[str], parts: Sequence[Path]) -> int:
    """Write sentences of the statute book and of the training parts, words parted by spaces; return their words.

    ``texts.jsonl`` is for spaCy's pretraining, ``texts.txt`` for floret.
    """
    count = 0
    target.mkdir(parents=True, exist_ok=True)
    with (target / "texts.txt").open("w", encoding="utf-8") as plain:
        lines: list[dict[str, str]] = []
        for words in _sentences(law, parts):
            text = " ".join(words)
            plain.write(text + "\n")
            lines.append({"text": text})
            count += len(words)
    srsly.write_jsonl(target / "texts.jsonl", lines)
    return count


def _sentences(law: Iterable[str], parts: Sequence[Path]) -> Iterator[list[str]]:
    nlp = Norwegian()
    for text in law:
        yield [text[start:end] for start, end in split_words(text)]
    for part in parts:
        for doc in DocBin().from_disk(part).get_docs(nlp.vocab):
            for sentence in doc.sents:
                yield [token.text for token in sentence]


def floret_vectors(work: Path) -> Path:
    """Train vectors of 100 numbers on the texts, 20,000 rows of two hashes; return the folder of a pipeline with them."""
    floret: Any = importlib.import_module("floret")  # only this step needs it
    model = floret.train_unsupervised(
        str(work / "texts.txt"),
        model="cbow",
        mode="floret",
        hashCount=2,
        bucket=20_000,
        minn=3,
        maxn=5,
        minCount=5,
        dim=100,
        epoch=10,
        thread=1,
    )
    model.save_floret_vectors(str(work / "vectors.floret"))
    nlp = Norwegian()
    convert_vectors(nlp, work / "vectors.floret", truncate=0, prune=-1, mode="floret")
    nlp.to_disk(work / "vectors")
    return work / "vectors"


def pretrained(work: Path, data: Path) -> Path:
    """Train the network to guess the first and last characters of words; return the file of its weights."""
    paths = {"paths.data": str(data), "paths.texts": str(work / "texts.jsonl")}
    config = load_config(CONFIG, overrides=paths, interpolate=True)
    target = work / "pretrained"
    target.mkdir(exist_ok=True)
    pretrain(config, target, silent=False)
    return target / "model-last.bin"


def probe(design: str, work: Path, data: Path) -> dict[str, dict[str, float]]:
    """Train one of ``DESIGNS`` and return its scores on the dev parts."""
    overrides: dict[str, Any] = {"paths.data": str(data), "paths.texts": str(work / "texts.jsonl")}
    if design == "translated":
        names = ("nb-train", "nn-train", "translated")
        overrides["paths.train"] = [str(data / f"{name}.spacy") for name in names]
    elif design == "floret":
        overrides |= {"paths.vectors": str(floret_vectors(work)), "paths.use_vectors": True}
    elif design == "pretrained":
        overrides["paths.init_tok2vec"] = str(pretrained(work, data))
    train(CONFIG, work / design, overrides=overrides)
    nlp = load_pipeline(work / design / "model-last")
    scores = {part: treebank_scores(nlp, data / f"{part}.spacy") for part in ("nb-dev", "nn-dev")}
    print(design, scores, file=sys.stderr)
    return scores

"""Train the pipeline from the treebank's archive to the packaged model: ``python -m duties.training --help``."""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from spacy.cli.train import train
from spacy.language import Language

from duties.nlp import load_pipeline, model_path
from duties.nlp_tokens import Norwegian
from duties.training.augment import agreed, inverted_conditions, write_silver
from duties.training.convert import SEED, convert
from duties.training.corpus import treebank
from duties.training.evaluate import read_marks, statutory_scores, treebank_scores
from duties.training.labels import complete_labels
from duties.training.package import package
from duties.training.probe import DESIGNS, probe, write_texts
from duties.training.products import use_numpy_products
from duties.training.translate import WITHIN_NYNORSK, translated
from lovdata_ingest.corpus import Corpus, load
from lovdata_ingest.sentences import flows

HERE = Path(__file__).parent
_SILVER_TEXTS = 6_000  # per written standard
_SILVER_WORDS = 110_000  # about a fifth of the treebank's training part
_VOTES = (3.0, 3.0)  # chosen on the dev parts
_WORD = re.compile(r"\w+")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run all steps, or those named."""
    parser = argparse.ArgumentParser(prog="python -m duties.training", description=__doc__)
    parser.add_argument("--ndt", type=Path, required=True, help="ndt-nob-nno.tar.xz")
    parser.add_argument("--lovdata", type=Path, required=True, help="gjeldende-lover.tar.bz2")
    parser.add_argument("--marks", type=Path, default=HERE.parents[1] / "tests" / "nlp" / "statutory.tsv")
    parser.add_argument("--work", type=Path, required=True, help="folder for data and models on the way")
    parser.add_argument("--target", type=Path, default=model_path(), help="where the packaged model goes")
    parser.add_argument(
        "--steps",
        nargs="*",
        choices=STEPS,
        default=[step for step in STEPS if step != "probe"],
        help="default: all but probe, in this order",
    )
    options = parser.parse_args(arguments)
    options.work.mkdir(parents=True, exist_ok=True)
    for step in options.steps:
        print(f"--- {step}", file=sys.stderr)
        STEPS[step](options)


def convert_step(options: argparse.Namespace) -> None:
    """Treebank to DocBin; writes the split list."""
    print(convert(options.ndt, options.work / "data", HERE / "split.tsv"), file=sys.stderr)


def _train(config: str, output: Path, options: argparse.Namespace, **paths: str) -> None:
    overrides: dict[str, Any] = {"paths.data": str(options.work / "data")}
    train(HERE / config, output, overrides=overrides | {f"paths.{name}": value for name, value in paths.items()})


def window_step(options: argparse.Namespace) -> None:
    """Train the second opinion: windows only."""
    _train("window.cfg", options.work / "window", options)


def recurrent_step(options: argparse.Namespace) -> None:
    """Train the base: windows below, two recurrent layers above."""
    _train("recurrent.cfg", options.work / "recurrent", options)


def silver_step(options: argparse.Namespace) -> None:
    """Make the additional sentences: turned conditions, and statutes that both parsers read alike."""
    data = options.work / "data"
    vocab = Norwegian().vocab
    turned = list(inverted_conditions([data / "nb-train.spacy", data / "nn-train.spacy"], vocab))
    write_silver(data / "inverted.spacy", turned, words=sys.maxsize, seed=SEED)
    law = load([options.lovdata])
    avoid = {mark.text for mark in read_marks(options.marks, law)}
    base = load_pipeline(options.work / "recurrent" / "model-best")
    other = load_pipeline(options.work / "window" / "model-best")
    same = list(agreed(statutory_texts(law, avoid), base, other))
    words = write_silver(data / "statutes.spacy", same, words=_SILVER_WORDS, seed=SEED)
    # Both parsers lack some relations and write "dep" instead; the last stage does without these sentences.
    clean = [doc for doc in same if all(token.dep_ != "dep" for token in doc)]
    write_silver(data / "statutes-clean.spacy", clean, words=_SILVER_WORDS, seed=SEED)
    print({"turned": len(turned), "agreed": len(same), "words": words}, file=sys.stderr)


def statutory_texts(law: Corpus, avoid: set[str], most: int = _SILVER_TEXTS) -> list[str]:
    """Return sentences of the consolidated acts, at most *most* of each written standard, drawn by the seed.

    *avoid* are the sentences marked by hand; they stay out of the training.
    """
    texts: dict[str, set[str]] = {"nb": set(), "nn": set()}
    for document in law.consolidated():
        for section in document.sections():
            for flow in flows(section, language=document.language):
                for sentence in flow.sentences:
                    lead = sentence.text.split("\n")[0]
                    if 5 <= len(_WORD.findall(lead)) <= 60 and lead not in avoid:
                        texts[sentence.language].add(lead)
    chance = random.Random(SEED)  # noqa: S311  the same draw each time is the point
    return [text for found in texts.values() for text in chance.sample(sorted(found), min(most, len(found)))]


def adapt_step(options: argparse.Namespace) -> None:
    """Go on from the base with the additional sentences; the lemmatiser starts afresh."""
    _train("adapt.cfg", options.work / "adapt", options, base=str(options.work / "recurrent" / "model-best"))


def complete_step(options: argparse.Namespace) -> None:
    """Give the parser the labels that its first stages did not know."""
    source = options.work / "adapt" / "model-best"
    parts = [str(options.work / "data" / f"{standard}-train.spacy") for standard in ("nb", "nn")]
    examples = treebank(parts, shuffle=False, heading_drop=0.0, seed=0)(load_pipeline(source))
    print({"added": complete_labels(source, options.work / "complete", examples)}, file=sys.stderr)


def finish_step(options: argparse.Namespace) -> None:
    """Train all labels; morphologiser and lemmatiser start afresh."""
    _train("finish.cfg", options.work / "finish", options, base=str(options.work / "complete"))


def polish_step(options: argparse.Namespace) -> None:
    """Go on with all components, the learning rate falling to nought."""
    _train("polish.cfg", options.work / "polish", options, base=str(options.work / "finish" / "model-best"))


def last_step(options: argparse.Namespace) -> None:
    """Go on once more, with less dropout."""
    _train("last.cfg", options.work / "last", options, base=str(options.work / "polish" / "model-best"))


def translate_step(options: argparse.Namespace) -> None:
    """Translate the bokmål training texts to nynorsk, trees and all; needs Debian's ``apertium-nno-nob``."""
    data = options.work / "data"
    docs = translated([data / "nb-train.spacy"], Norwegian().vocab)
    print({"words": write_silver(data / "translated.spacy", docs, words=sys.maxsize, seed=SEED)}, file=sys.stderr)


def vary_step(options: argparse.Namespace) -> None:
    """Write the nynorsk training texts in the other forms of nynorsk as well."""
    data = options.work / "data"
    docs = translated([data / "nn-train.spacy"], Norwegian().vocab, WITHIN_NYNORSK)
    print({"words": write_silver(data / "varied.spacy", docs, words=sys.maxsize, seed=SEED)}, file=sys.stderr)


def graph_step(options: argparse.Namespace) -> None:
    """Go on with the translated sentences, and with a graph-based parser behind the transition parser."""
    use_numpy_products()
    _train("graph.cfg", options.work / "graph", options, base=str(options.work / "last" / "model-best"))


def varied_step(options: argparse.Namespace) -> None:
    """Go on with more nynorsk, the learning rate falling to nought."""
    use_numpy_products()
    _train("varied.cfg", options.work / "varied", options, base=str(options.work / "graph" / "model-best"))


def probe_step(options: argparse.Namespace) -> None:
    """Measure steps of adaptation on small networks; nothing of it ships."""
    use_numpy_products()
    data, work = options.work / "data", options.work / "probe"
    law = load([options.lovdata])
    texts = statutory_texts(law, {mark.text for mark in read_marks(options.marks, law)}, most=sys.maxsize)
    print({"words": write_texts(work, texts, [data / "nb-train.spacy", data / "nn-train.spacy"])}, file=sys.stderr)
    print(json.dumps({design: probe(design, work, data) for design in DESIGNS}, indent=1))


def package_step(options: argparse.Namespace) -> None:
    """Shrink the model and put it where the package looks for it."""
    about = {
        "name": "norsk",
        "license": "MIT (annotation of the training data: CC0)",
        "description": "Norwegian, bokmål and nynorsk, for statutes",
        "sources": [{"name": "Norwegian Dependency Treebank with NorNE", "license": "CC0 (annotation)"}],
    }
    trained = options.work / "varied" / "model-best"
    print({"bytes": package(trained, options.target, options.work / "data", about, _VOTES)}, file=sys.stderr)


def evaluate_step(options: argparse.Namespace) -> None:
    """Print the figures of the packaged model as JSON."""
    nlp: Language = load_pipeline(options.target)
    data = options.work / "data"
    figures: dict[str, Any] = {name: treebank_scores(nlp, data / f"{name}.spacy") for name in ("nb-test", "nn-test")}
    law = load([options.lovdata])
    marks = read_marks(options.marks, law)
    for part in ("choose", "report"):
        for language in ("nb", "nn"):
            some = [mark for mark in marks if (mark.part, mark.language) == (part, language)]
            figures[f"statutes-{part}-{language}"] = statutory_scores(some, nlp)
    figures["statutes"] = statutory_scores(marks, nlp)
    print(json.dumps(figures, indent=1))


STEPS = {
    "convert": convert_step,
    "window": window_step,
    "recurrent": recurrent_step,
    "silver": silver_step,
    "adapt": adapt_step,
    "complete": complete_step,
    "finish": finish_step,
    "polish": polish_step,
    "last": last_step,
    "translate": translate_step,
    "graph": graph_step,
    "vary": vary_step,
    "varied": varied_step,
    "package": package_step,
    "evaluate": evaluate_step,
    "probe": probe_step,
}

if __name__ == "__main__":
    main()

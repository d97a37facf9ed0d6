"""The trained pipeline for Norwegian, bokmål and nynorsk: loaded once, applied to sentences.

The model lies in ``data/models/norsk`` and was trained by ``duties.training``; ``docs/parser.md`` tells how well it
does and explains its labels. What a caller wants to know of a sentence's syntax is in ``duties.syntax``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from duties import nlp_graph, nlp_layers, nlp_lemmas, nlp_tokens
from lovdata_ingest.errors import LovdataError

__all__ = ["ModelMissing", "load_pipeline", "parse_sentence", "parse_sentences"]

_BLANK = re.compile(r"\s")

# Loading the config looks these up by name; the modules must have been imported.
_REGISTERED = (
    nlp_graph.make_graph_parser,
    nlp_layers.affix_embed,
    nlp_lemmas.make_lemmatizer,
    nlp_tokens.make_tokenizer,
)


class ModelMissing(LovdataError):
    """The trained pipeline is not where the package keeps it."""


def model_path() -> Path:
    """Return the folder of the shipped model."""
    return Path(str(files("data"))) / "models" / "norsk"


@lru_cache(maxsize=2)
def load_pipeline(path: Path | None = None) -> Language:
    """Return the trained pipeline, loaded at the first call.

    Args:
        path: Folder of another model in the same form; None for the shipped one.

    Raises:
        ModelMissing: if there is no model.
    """
    folder = path or model_path()
    if not (folder / "config.cfg").is_file():
        raise ModelMissing(
            f"{folder}: no trained pipeline (expected config.cfg and the parts it names). "
            "Reinstall pliktgraf, train one with 'python -m duties.training', or use '--nlp rules'."
        )
    nlp = spacy.load(folder)
    widen_weights(nlp)
    return nlp


def widen_weights(nlp: Language) -> None:
    """Turn the weights, stored in half precision, into the single precision that the layers count in."""
    for _, component in nlp.pipeline:
        model = getattr(component, "model", None)
        for node in model.walk() if model is not None and not isinstance(model, bool) else ():
            for name in node.param_names:
                if node.has_param(name) and node.get_param(name).dtype != "float32":
                    node.set_param(name, node.get_param(name).astype("float32"))


def parse_sentences(texts: Iterable[str], *, nlp: Language | None = None, batch_size: int = 128) -> Iterator[Doc]:
    """Yield the parse of each text, in the same order; each text is taken as one sentence and never cut.

    Every document has one root then, and character positions are those of the text. An empty text gives an empty
    document.
    """
    nlp = nlp or load_pipeline()
    yield from nlp.pipe((_one_sentence(nlp, text) for text in texts), batch_size=batch_size)


def parse_sentence(text: str) -> Doc:
    """Return the parse of *text*, taken as one sentence."""
    return next(parse_sentences([text]))


def _one_sentence(nlp: Language, text: str) -> Doc:
    # Line breaks part a list's items; to the pipeline they are spaces, one for one, so that positions stay.
    doc = nlp.make_doc(_BLANK.sub(" ", text))
    for token in doc:
        token.is_sent_start = token.i == 0
    return doc

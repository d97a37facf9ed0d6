"""All labels of the treebank for a parser that was initialised with some.

With ``max_epochs = -1`` spaCy takes the corpus for a stream and reads the labels off its first hundred documents only;
the first two runs were started so, and their parsers knew 20 of 28 relations. Their training is kept: this adds the
rest, with weights of nought that the next stage trains.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from spacy.training import Example

from duties.nlp import load_pipeline

_LEAST = 30  # min_action_freq of the configs


def complete_labels(trained: Path, target: Path, examples: Iterable[Example]) -> list[str]:
    """Write the model in *trained* to *target*, its parser able to draw all arcs of *examples*; return the new labels."""
    nlp = load_pipeline(trained)
    parser: Any = nlp.get_pipe("parser")
    known = set(parser.move_names)
    actions = parser.moves.get_actions(examples=list(examples), min_freq=_LEAST, learn_tokens=False)
    added: list[str] = []
    for action, labels in actions.items():
        for label in labels:
            name = parser.moves.move_name(action, parser.vocab.strings.as_int(label))
            if label and name not in known and name[:2] in {"L-", "R-"}:
                parser.moves.add_action(action, label)
                added.append(name)
    parser._resize()
    nlp.to_disk(target)
    _settle(target)
    return added


def _settle(model: Path) -> None:
    """Store the model again until loading no longer changes the order of the parser's moves.

    spaCy orders added labels anew at each of the first loadings, and the weights do not follow. The added ones are still
    all alike here; once they are trained, it is too late.
    """
    names: list[str] = []
    while True:
        load_pipeline.cache_clear()
        nlp = load_pipeline(model)
        parser: Any = nlp.get_pipe("parser")
        if parser.move_names == names:
            return
        names = parser.move_names
        nlp.to_disk(model)

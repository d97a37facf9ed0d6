"""The graph-based parser: the best tree is the best, its gradients are right, and it keeps what it learnt."""

from __future__ import annotations

import itertools

import numpy
import pytest

pytest.importorskip("spacy")

from spacy.tokens import Doc
from spacy.training import Example

from duties.nlp_graph import best_tree
from duties.nlp_tokens import Norwegian

MODEL = {
    "@architectures": "pliktgraf.Graph.v1",
    "width": 12,
    "arc_width": 6,
    "label_width": 4,
    "recurrent": True,
    "tok2vec": {
        "@architectures": "pliktgraf.AffixEmbed.v1",
        "width": 12,
        "embed_width": 5,
        "rows": [50, 50, 50, 50, 50, 50, 50, 50],
    },
}
WORDS = ["Kommunen", "skal", "gi", "råd", ".", "Eieren", "betaler", "."]
HEADS = [1, 1, 1, 2, 1, 6, 6, 6]
LABELS = ["SUBJ", "ROOT", "INFV", "DOBJ", "IP", "SUBJ", "ROOT", "IP"]


def trees(size):
    for heads in itertools.product(range(size), repeat=size):
        roots = [i for i, head in enumerate(heads) if i == head]
        if len(roots) == 1 and all(_climbs(heads, i, roots[0]) for i in range(size)):
            yield heads


def _climbs(heads, i, root):
    for _ in heads:
        i = heads[i]
    return i == root


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5])
def test_the_best_tree_is_the_best_of_all_trees(size):
    chance = numpy.random.RandomState(size)
    for _ in range(25):
        scores = chance.randn(size, size).astype("f")
        best = max(sum(scores[i, h] for i, h in enumerate(tree)) for tree in trees(size))
        found = best_tree(scores)
        assert tuple(found) in set(trees(size))
        assert sum(scores[i, h] for i, h in enumerate(found)) == pytest.approx(best, abs=1e-4)


@pytest.fixture
def parser():
    numpy.random.seed(3)
    nlp = Norwegian()
    component = nlp.add_pipe("graph_parser", config={"model": MODEL, "least": 1})
    starts = [True, *[False] * 4, True, False, False]
    doc = Doc(nlp.vocab, words=WORDS, heads=HEADS, deps=LABELS, sent_starts=starts)
    example = Example(Doc(nlp.vocab, words=WORDS, sent_starts=starts), doc)
    nlp.initialize(lambda: [example])
    return nlp, component, example


def test_the_gradients_agree_with_differences(parser):
    _, component, example = parser
    chance = numpy.random.RandomState(1)
    for layer in component.model.layers[4:]:
        layer.set_param("W", chance.randn(*layer.get_param("W").shape).astype("f") * 0.3)

    def loss():
        return component.update([example])["graph_parser"]

    loss()
    nodes = [(node, name) for node in component.model.walk() for name in node.param_names if node.has_grad(name)]
    assert len(nodes) >= 8
    gradients = [node.get_grad(name).copy() for node, name in nodes]
    for (node, name), gradient in zip(nodes, gradients, strict=True):
        place = numpy.unravel_index(numpy.abs(gradient).argmax(), gradient.shape)
        weights, step = node.get_param(name), 3e-3
        kept = float(weights[place])
        weights[place] = kept + step
        above = loss()
        weights[place] = kept - step
        below = loss()
        weights[place] = kept
        assert (above - below) / (2 * step) == pytest.approx(float(gradient[place]), rel=0.05, abs=0.02), node.name


def test_it_learns_a_tree_and_keeps_it(parser, tmp_path):
    from thinc.api import Adam

    _, component, example = parser
    optimiser = Adam(0.02)
    for _ in range(60):
        component.update([example], sgd=optimiser)
    component.to_disk(tmp_path)
    again = Norwegian().add_pipe("graph_parser", config={"model": MODEL, "least": 1}).from_disk(tmp_path)
    for parsed in (component, again):
        doc = parsed(example.predicted.copy())
        assert [token.head.i for token in doc] == HEADS
        assert [token.dep_ for token in doc] == LABELS
        assert len(list(doc.sents)) == 2


def test_an_empty_document_stays_empty(parser):
    nlp, component, _ = parser
    assert len(component(Doc(nlp.vocab))) == 0

"""A graph-based reading of each sentence: every word chooses its head among all others, and the best tree wins.

The transition parser decides from left to right and cannot take a step back; this component scores all pairs of words
with two bilinear forms (Dozat and Manning 2017, "Deep biaffine attention for neural dependency parsing") and takes the
best tree with one root (Chu and Liu 1965, Edmonds 1967). It stands behind the transition parser, whose sentences it
keeps and whose arcs count as a vote.
"""

# ruff: noqa: N803, N806
# X, Y and dY are what thinc calls input, output and gradient everywhere.

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy
import srsly  # type: ignore[import-untyped]
from spacy.attrs import DEP, HEAD  # type: ignore[import-not-found]
from spacy.language import Language
from spacy.pipeline.trainable_pipe import TrainablePipe  # type: ignore[import-not-found]
from spacy.scorer import Scorer
from spacy.tokens import Doc
from spacy.training import Example, validate_examples
from spacy.util import registry
from spacy.vocab import Vocab
from thinc.api import Dropout, Maxout, Model, chain, residual, set_dropout_rate, with_array

from duties.nlp_layers import both_ways

_ROOT = "ROOT"


def _bilinear_init(model: Model[Any, Any], X: Any = None, Y: Any = None) -> None:
    if not model.has_param("W"):
        zeros: Any = numpy.zeros(model.attrs["shape"], dtype="f")
        model.set_param("W", zeros)


def _no_forward(model: Model[Any, Any], X: Any, is_train: bool) -> tuple[Any, Callable[[Any], Any]]:
    raise NotImplementedError("the component reads the parts of this model one by one")


def _as_is(model: Model[Any, Any], X: Any, is_train: bool) -> tuple[Any, Callable[[Any], Any]]:
    return X, lambda dX: dX


def _init_graph(model: Model[Any, Any], X: Any = None, Y: Any = None) -> None:
    tok2vec, encode, arcs, labels, arc_form, label_form = model.layers
    tok2vec.initialize(X=X)
    for layer in (encode, arcs, labels):
        for node in layer.walk():
            if node is not layer and node.name in {"maxout", "layernorm", "both_ways"}:
                node.initialize()
    width = arcs.attrs["width"]
    arc_form.attrs["shape"] = [width + 1, width]
    size = labels.attrs["width"] + 1
    if model.attrs["labels"]:
        label_form.attrs["shape"] = [size, model.attrs["labels"] * size]
        _bilinear_init(label_form)
    _bilinear_init(arc_form)


@registry.architectures("pliktgraf.Graph.v1")  # type: ignore[untyped-decorator]
def graph_model(
    tok2vec: Model[list[Doc], list[Any]], width: int, arc_width: int, label_width: int, recurrent: bool
) -> Model[Any, Any]:
    """Make the scorer of arcs and labels.

    Args:
        tok2vec: Gives each word its vector of *width*.
        width: Length of a word's vector.
        arc_width: Length of the vectors, as head and as dependent, that the arcs are scored by.
        label_width: The same for the labels.
        recurrent: Put one more layer that reads the whole document both ways on top of *tok2vec*.
    """
    encode: Model[Any, Any] = residual(chain(both_ways(width), Dropout(0.0))) if recurrent else Model("as_is", _as_is)
    arcs: Model[Any, Any] = with_array(Maxout(2 * arc_width, width, nP=2, normalize=True, dropout=0.0))
    labels: Model[Any, Any] = with_array(Maxout(2 * label_width, width, nP=2, normalize=True, dropout=0.0))
    arcs.attrs["width"], labels.attrs["width"] = arc_width, label_width
    forms: list[Model[Any, Any]] = [
        Model(name, _no_forward, init=_bilinear_init, params={"W": None}, attrs={"shape": [0, 0]})
        for name in ("arc_form", "label_form")
    ]
    return Model(
        "graph", _no_forward, init=_init_graph, layers=[tok2vec, encode, arcs, labels, *forms], attrs={"labels": 0}
    )


def _with_one(X: Any) -> Any:
    return numpy.hstack([X, numpy.ones((len(X), 1), dtype=X.dtype)])


def _scaled(X: Any) -> Any:
    """Return the vectors with a one added, so much shorter that a step of training does not throw the scores about."""
    return _with_one(X) * _scale(X)


def _scale(X: Any) -> Any:
    return numpy.float32(1 / numpy.sqrt(X.shape[1]))


def best_tree(scores: Any) -> list[int]:
    """Return the head of each word in the tree with the greatest sum and one root.

    Args:
        scores: A square array, ``scores[i, j]`` for word *j* as the head of word *i*; ``scores[i, i]`` for *i* as the root.

    Returns:
        Positions; the root is its own head.
    """
    size = len(scores)
    heads = [int(h) for h in scores.argmax(axis=1)]
    roots = [i for i, h in enumerate(heads) if i == h]
    if len(roots) == 1 and _reaches(heads, roots[0]):
        return heads
    # With a root given, its rivals may not be roots; only the best few roots can win.
    best: tuple[float, list[int]] | None = None
    for root in numpy.argsort(-numpy.diagonal(scores), kind="stable")[: max(5, len(roots))]:
        rest = scores.astype("float64").copy()
        numpy.fill_diagonal(rest, -1e9)
        tree = _edmonds(rest, int(root))
        total = float(scores[root, root]) + sum(float(scores[i, tree[i]]) for i in range(size) if i != root)
        if best is None or total > best[0]:
            best = (total, tree)
    assert best is not None
    return best[1]


def _reaches(heads: Sequence[int], root: int) -> bool:
    fine = {root}
    for i in range(len(heads)):
        path: list[int] = []
        while i not in fine:
            if i in path:
                return False
            path.append(i)
            i = heads[i]
        fine.update(path)
    return True


def _edmonds(scores: Any, root: int) -> list[int]:
    """Return the best heads with *root* as root; its own entry is itself."""
    size = len(scores)
    scores = scores.copy()
    scores[root] = -1e12
    scores[root, root] = 0.0
    heads = [int(h) for h in scores.argmax(axis=1)]
    cycle = _cycle(heads, root)
    if not cycle:
        return heads
    inside = set(cycle)
    outside = [i for i in range(size) if i not in inside]
    new = len(outside)
    small = numpy.full((new + 1, new + 1), -1e9)
    small[:new, :new] = scores[numpy.ix_(outside, outside)]
    numpy.fill_diagonal(small, -1e9)
    chosen = numpy.array([scores[i, heads[i]] for i in cycle])
    # Into the cycle: the gain of breaking it at one word; out of it: the best word of the cycle as head.
    entering = scores[numpy.ix_(cycle, outside)] - chosen[:, None]
    small[new, :new] = entering.max(axis=0)
    enter_at = entering.argmax(axis=0)
    leaving = scores[numpy.ix_(outside, cycle)]
    small[:new, new] = leaving.max(axis=1)
    leave_at = leaving.argmax(axis=1)
    tree = _edmonds(small, outside.index(root))
    result = list(heads)
    for k, i in enumerate(outside):
        if i != root:
            result[i] = cycle[int(leave_at[k])] if tree[k] == new else outside[tree[k]]
    source = tree[new]
    result[cycle[int(enter_at[source])]] = outside[source]
    result[root] = root
    return result


def _cycle(heads: Sequence[int], root: int) -> list[int]:
    fine = {root}
    for i in range(len(heads)):
        path: list[int] = []
        while i not in fine:
            if i in path:
                return path[path.index(i) :]
            path.append(i)
            i = heads[i]
        fine.update(path)
    return []


class GraphParser(TrainablePipe):  # type: ignore[misc]
    """Choose heads and labels anew in the sentences that stand in the document.

    ``arc_vote`` and ``label_vote`` are added to the log probability of an arc, and of its label, that the document
    already has.
    """

    def __init__(
        self, vocab: Vocab, model: Model[Any, Any], name: str, *, arc_vote: float, label_vote: float, least: int
    ) -> None:
        self.vocab = vocab
        self.model = model
        self.name = name
        self.cfg: dict[str, Any] = {"labels": [], "arc_vote": arc_vote, "label_vote": label_vote, "least": least}
        self.scorer = _score

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels, in the order of the scores."""
        return tuple(self.cfg["labels"])

    @property
    def label_data(self) -> list[str]:
        """What ``initialize`` may be given back."""
        return list(self.labels)

    def initialize(
        self,
        get_examples: Callable[[], Iterable[Example]],
        *,
        nlp: Language | None = None,
        labels: list[str] | None = None,
    ) -> None:
        """Read the labels off the examples and lay out the weights."""
        if labels is None:
            counts = Counter(t.dep_ for example in get_examples() for t in example.reference if t.dep_)
            labels = sorted(label for label, count in counts.items() if count >= self.cfg["least"] and label != "dep")
        self.cfg["labels"] = list(labels)
        self.model.attrs["labels"] = len(labels)
        self.model.initialize(X=[example.predicted for example, _ in zip(get_examples(), range(3), strict=False)])

    # What the network gives for documents, and how gradients go back through it.

    def _read(self, docs: Sequence[Doc], is_train: bool) -> tuple[Any, Any, Callable[[Any, Any], None]]:
        tok2vec, encode, arcs, labels = self.model.layers[:4]
        vectors, back_tok2vec = tok2vec(docs, is_train)
        read, back_encode = encode(vectors, is_train)
        A, back_arcs = arcs(read, is_train)
        L, back_labels = labels(read, is_train)
        ends = numpy.cumsum([len(doc) for doc in docs])[:-1]

        def backprop(dA: Any, dL: Any) -> None:
            one = back_arcs(numpy.split(dA, ends))
            other = back_labels(numpy.split(dL, ends))
            back_tok2vec(back_encode([a + b for a, b in zip(one, other, strict=True)]))

        return numpy.concatenate(A), numpy.concatenate(L), backprop

    def _form(self, number: int) -> Any:
        return self.model.layers[number].get_param("W")

    def _gemm(self, X: Any, Y: Any, *, trans1: bool = False, trans2: bool = False) -> Any:
        # thinc's product: numpy's own starts threads on products too small for them.
        return self.model.ops.gemm(X, Y, trans1=trans1, trans2=trans2)

    def _label_parts(self, L: Any, heads: Any) -> tuple[Any, Any, Any]:
        half = L.shape[1] // 2
        own = _scaled(L[:, :half])
        head = _with_one(L[heads, half:])
        mixed = self._gemm(own, self._form(5)).reshape((len(L), len(self.labels), half + 1))
        return own, head, mixed

    def predict(self, docs: Iterable[Doc]) -> list[tuple[Any, Any]]:
        """Return heads (positions in the document) and labels (positions in ``labels``) of each document."""
        docs = list(docs)
        if not any(len(doc) for doc in docs):
            return [(numpy.zeros(0, "i"), numpy.zeros(0, "i")) for _ in docs]
        A, L, _ = self._read(docs, False)
        half = A.shape[1] // 2
        D = self._gemm(_scaled(A[:, :half]), self._form(4))
        heads = numpy.zeros(len(A), dtype="i")
        voted = numpy.full(len(A), -1)
        place = {label: number for number, label in enumerate(self.labels)}
        base = 0
        for doc in docs:
            old = numpy.array([t.head.i for t in doc], dtype="i")
            for start, end in _sentences(doc):
                rows = slice(base + start, base + end)
                scores = _log_softmax(self._gemm(D[rows], numpy.ascontiguousarray(A[rows, half:]), trans2=True))
                if self.cfg["arc_vote"]:
                    scores[numpy.arange(end - start), old[start:end] - start] += self.cfg["arc_vote"]
                heads[rows] = numpy.array(best_tree(scores)) + base + start
            if self.cfg["label_vote"]:
                for token in doc:
                    if heads[base + token.i] == base + token.head.i:
                        voted[base + token.i] = place.get(token.dep_, -1)
            base += len(doc)
        _own, head, mixed = self._label_parts(L, heads)
        scores = _log_softmax(numpy.einsum("nlk,nk->nl", mixed, head))
        with_vote = numpy.nonzero(voted >= 0)[0]
        scores[with_vote, voted[with_vote]] += self.cfg["label_vote"]
        is_root = heads == numpy.arange(len(heads))
        if _ROOT in place:
            scores[:, place[_ROOT]] = numpy.where(is_root, 1e9, -1e9)
        chosen = scores.argmax(axis=1)
        result: list[tuple[Any, Any]] = []
        base = 0
        for doc in docs:
            result.append((heads[base : base + len(doc)] - base, chosen[base : base + len(doc)]))
            base += len(doc)
        return result

    def set_annotations(self, docs: Iterable[Doc], scores: Sequence[tuple[Any, Any]]) -> None:
        """Write heads and labels; sentences stay."""
        names = numpy.array([self.vocab.strings.add(label) for label in self.labels], dtype="uint64")
        for doc, (heads, labels) in zip(docs, scores, strict=True):
            if len(doc):
                offsets = (heads - numpy.arange(len(doc))).astype("int64").astype("uint64")
                both: Any = numpy.stack([offsets, names[labels]], axis=1)
                doc.from_array([HEAD, DEP], both)

    def update(
        self,
        examples: Iterable[Example],
        *,
        drop: float = 0.0,
        sgd: Any = None,
        losses: dict[str, float] | None = None,
    ) -> dict[str, float]:
        """Learn from the trees of the examples, in their own sentences."""
        losses = {} if losses is None else losses
        losses.setdefault(self.name, 0.0)
        examples = [example for example in examples if len(example.predicted)]
        validate_examples(examples, "GraphParser.update")
        if not examples:
            return losses
        set_dropout_rate(self.model, drop)
        A, L, backprop = self._read([example.predicted for example in examples], True)
        half = A.shape[1] // 2
        own = _scaled(A[:, :half])
        D = self._gemm(own, self._form(4))
        dA, dD = numpy.zeros_like(A), numpy.zeros_like(D)
        place = {label: number for number, label in enumerate(self.labels)}
        heads = numpy.arange(len(A))
        truths = numpy.full(len(A), -1)
        base = 0
        loss = 0.0
        for example in examples:
            reference = example.reference  # the corpus reader gives both the same words
            for start, end in _sentences(reference):
                gold = numpy.array([t.head.i - start for t in reference[start:end]])
                known = numpy.array([place.get(t.dep_, -1) for t in reference[start:end]])
                rows = slice(base + start, base + end)
                heads[rows] = gold + base + start
                truths[rows] = known
                H = numpy.ascontiguousarray(A[rows, half:])
                logp = _log_softmax(self._gemm(D[rows], H, trans2=True))
                which = numpy.arange(end - start)
                loss -= float(logp[which, gold].sum())
                d = numpy.exp(logp)
                d[which, gold] -= 1.0
                dD[rows] = self._gemm(d, H)
                dA[rows, half:] = self._gemm(d, D[rows], trans1=True)
            base += len(reference)
        self.model.layers[4].inc_grad("W", self._gemm(own, dD, trans1=True))
        dA[:, :half] = self._gemm(dD, self._form(4), trans2=True)[:, :-1] * _scale(dA[:, :half])
        dL, more = self._label_gradient(L, heads, truths)
        backprop(dA, dL)
        if sgd is not None:
            self.finish_update(sgd)
        losses[self.name] += loss + more
        return losses

    def _label_gradient(self, L: Any, heads: Any, truths: Any) -> tuple[Any, float]:
        form = self.model.layers[5]
        half = L.shape[1] // 2
        own, head, mixed = self._label_parts(L, heads)
        logp = _log_softmax(numpy.einsum("nlk,nk->nl", mixed, head))
        rows = numpy.nonzero(truths >= 0)[0]
        d = numpy.zeros_like(logp)
        d[rows] = numpy.exp(logp[rows])
        d[rows, truths[rows]] -= 1.0
        dhead = numpy.einsum("nl,nlk->nk", d, mixed)
        dmixed = (d[:, :, None] * head[:, None, :]).reshape((len(L), -1))
        form.inc_grad("W", self._gemm(own, dmixed, trans1=True))
        dL = numpy.zeros_like(L)
        dL[:, :half] = self._gemm(dmixed, self._form(5), trans2=True)[:, :-1] * _scale(dL[:, :half])
        numpy.add.at(dL[:, half:], heads, dhead[:, :-1])
        return dL, -float(logp[rows, truths[rows]].sum())

    # Storing and loading: the model knows its sizes only when it knows its labels.

    def to_bytes(self, *, exclude: Any = ()) -> bytes:
        """Return settings, labels and weights."""
        data: bytes = srsly.msgpack_dumps({"cfg": self.cfg, "model": self.model.to_bytes()})
        return data

    def from_bytes(self, bytes_data: bytes, *, exclude: Any = ()) -> GraphParser:
        """Load what ``to_bytes`` gave."""
        data = srsly.msgpack_loads(bytes_data)
        self._take(data["cfg"])
        self.model.from_bytes(data["model"])
        return self

    def to_disk(self, path: Any, *, exclude: Any = ()) -> None:
        """Write ``cfg`` and ``model`` into the folder *path*."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        srsly.write_json(folder / "cfg", self.cfg)
        (folder / "model").write_bytes(self.model.to_bytes())

    def from_disk(self, path: Any, *, exclude: Any = ()) -> GraphParser:
        """Load what ``to_disk`` wrote."""
        folder = Path(path)
        self._take(srsly.read_json(folder / "cfg"))
        self.model.from_bytes((folder / "model").read_bytes())
        return self

    def _take(self, cfg: dict[str, Any]) -> None:
        self.cfg.update(cfg)
        self.model.attrs["labels"] = len(self.cfg["labels"])


def _sentences(doc: Doc) -> Iterator[tuple[int, int]]:
    for sentence in doc.sents:
        yield sentence.start, sentence.end


def _log_softmax(X: Any) -> Any:
    X = X - X.max(axis=1, keepdims=True)
    return X - numpy.log(numpy.exp(X).sum(axis=1, keepdims=True))


def _score(examples: Iterable[Example], **_: Any) -> dict[str, Any]:
    return dict(Scorer.score_deps(examples, "dep", head_attr="head", ignore_labels=()))


@Language.factory(
    "graph_parser",
    assigns=["token.dep", "token.head"],
    default_config={"arc_vote": 0.0, "label_vote": 0.0, "least": 30},
    default_score_weights={"dep_uas": 0.5, "dep_las": 0.5},
)
def make_graph_parser(
    nlp: Language, name: str, model: Model[Any, Any], arc_vote: float, label_vote: float, least: int
) -> GraphParser:
    """Return the component.

    Args:
        nlp: The pipeline.
        name: Its name there.
        model: ``pliktgraf.Graph.v1``.
        arc_vote: Added to the log probability of an arc that the document already has.
        label_vote: The same for its label.
        least: Labels rarer than this in the training are never given.
    """
    return GraphParser(nlp.vocab, model, name, arc_vote=arc_vote, label_vote=label_vote, least=least)

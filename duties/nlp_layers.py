"""The network layers of the Norwegian pipeline that spaCy does not bring along.

``pliktgraf.AffixEmbed.v1`` turns a word into vectors of its form, its prefixes and its suffixes, so that a compound
that the treebank never saw (*individualplankoordinator*) shares what its tail shares with other words.
``pliktgraf.DilatedEncoder.v1`` reads a word in its surroundings like spaCy's own window encoder, with gaps that
widen from layer to layer: a statute puts twenty words between *skal* and its infinitive.

Both are plain thinc models over numpy; importing this module registers them with spaCy.
"""

# ruff: noqa: N803, N806
# X, Y and dY are what thinc calls input, output and gradient everywhere.

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy
from spacy.strings import hash_string  # type: ignore[attr-defined]
from spacy.tokens import Doc
from spacy.util import registry
from thinc.api import Dropout, HashEmbed, Maxout, Model, chain, concatenate, residual, with_array
from thinc.types import Floats2d, Ints2d

_DIGIT = re.compile(r"\d")
_FORMS = 8  # the columns of _word_features
_TELLS_THE_WORD = numpy.array([True, False, True, False, False, True, True, False])  # form, long prefix and suffixes
_HIDDEN = numpy.uint64(hash_string("a word that the training hides"))


@lru_cache(maxsize=200_000)
def _word_features(word: str) -> tuple[int, ...]:
    """Return the hashes of form, prefixes, suffixes and shape; digits count as 0, case only in the shape."""
    form = _DIGIT.sub("0", word.lower())
    kind = "A" if word.isupper() else "Aa" if word[:1].isupper() else "a"
    shape = f"{kind}{'0' if form[:1] == '0' else ''}{'-' if '-' in word[1:-1] else ''}{min(len(word), 8)}"
    if not form[:1].isalnum():
        shape = form
    parts = (
        form,
        f"<{form[:2]}",
        f"<{form[:4]}",
        f"{form[-2:]}>",
        f"{form[-3:]}>",
        f"{form[-5:]}>",
        f"{form[-8:]}>",
        shape,
    )
    return tuple(hash_string(f"{number}{part}") for number, part in enumerate(parts))


def _extract(
    model: Model[list[Doc], list[Ints2d]], docs: list[Doc], is_train: bool
) -> tuple[list[Ints2d], Callable[[Any], list[Doc]]]:
    features: list[Any] = [
        numpy.asarray([_word_features(token.text) for token in doc], dtype="uint64").reshape((len(doc), _FORMS))
        for doc in docs
    ]
    rate: float = model.attrs["form_dropout"]
    if is_train and rate:
        for columns in features:
            hidden = numpy.random.uniform(size=len(columns)) < rate
            columns[hidden] = numpy.where(_TELLS_THE_WORD, _HIDDEN, columns[hidden])
    return features, lambda _: []


@registry.architectures("pliktgraf.AffixEmbed.v1")  # type: ignore[untyped-decorator]
def affix_embed(width: int, embed_width: int, rows: list[int]) -> Model[list[Doc], list[Floats2d]]:
    """Embed each word by its form, prefixes (2, 4), suffixes (2, 3, 5, 8 characters) and shape, in this order.

    Args:
        width: Length of the vector of a word.
        embed_width: Length of the vector of each of the eight features, before they are mixed.
        rows: Size of the hash table of each feature.
    """
    tables: list[Any] = [
        HashEmbed(embed_width, size, seed=number + 7, column=number, dropout=0.0) for number, size in enumerate(rows)
    ]
    embed: Model[Any, Any] = concatenate(*tables)
    mix: Model[Any, Any] = Maxout(width, embed_width * len(rows), nP=3, normalize=True, dropout=0.0)
    extract: Model[list[Doc], list[Ints2d]] = Model("affixes", _extract, attrs={"form_dropout": 0.0})
    model: Model[list[Doc], list[Floats2d]] = chain(extract, with_array(chain(embed, mix)))
    model.set_dim("nO", width)
    return model


def _masks(lengths: list[int], gap: int) -> tuple[Any, Any]:
    """Return which rows have a neighbour *gap* rows before and after within the same document."""
    position = numpy.concatenate([numpy.arange(length) for length in lengths])
    size = numpy.repeat(lengths, lengths)
    return position >= gap, position + gap < size


def _widen(X: Any, before: Any, after: Any, gap: int) -> Any:
    width = X.shape[1]
    Y = numpy.zeros((X.shape[0], width * 3), dtype=X.dtype)
    Y[gap:, :width] = X[:-gap]
    Y[~before, :width] = 0
    Y[:, width : 2 * width] = X
    Y[:-gap, 2 * width :] = X[gap:]
    Y[~after, 2 * width :] = 0
    return Y


def _narrow(dY: Any, before: Any, after: Any, gap: int) -> Any:
    width = dY.shape[1] // 3
    dX = dY[:, width : 2 * width].copy()
    left = dY[:, :width] * before[:, None]
    right = dY[:, 2 * width :] * after[:, None]
    dX[:-gap] += left[gap:]
    dX[gap:] += right[:-gap]
    return dX


def _encode(
    model: Model[Any, Any], Xs: list[Any], is_train: bool
) -> tuple[list[Any], Callable[[list[Any]], list[Any]]]:
    gaps: list[int] = model.attrs["gaps"]
    lengths = [len(X) for X in Xs]
    X = numpy.concatenate(Xs) if Xs else numpy.zeros((0, model.get_dim("nO")), dtype="f")
    if not len(X):
        return Xs, lambda dYs: dYs
    steps: list[tuple[Any, Any, Any, int]] = []
    for layer, gap in zip(model.layers, gaps, strict=True):
        before, after = _masks(lengths, gap)
        gap = min(gap, len(X))
        Y, backprop = layer(_widen(X, before, after, gap), is_train)
        X = X + Y
        steps.append((backprop, before, after, gap))

    ends = numpy.cumsum(lengths)[:-1]

    def backprop_all(dYs: list[Any]) -> list[Any]:
        dX = numpy.concatenate(dYs)
        for backprop, before, after, gap in reversed(steps):
            dX = dX + _narrow(backprop(dX), before, after, gap)
        return numpy.split(dX, ends)

    return numpy.split(X, ends), backprop_all


def _init_encoder(model: Model[Any, Any], X: Any = None, Y: Any = None) -> None:
    for layer in model.layers:
        layer.initialize()


@registry.architectures("pliktgraf.DilatedEncoder.v1")  # type: ignore[untyped-decorator]
def dilated_encoder(width: int, gaps: list[int], maxout_pieces: int) -> Model[list[Floats2d], list[Floats2d]]:
    """Mix each word's vector with two neighbours per layer, *gaps* words before and after it, and add up the layers."""
    layers: list[Model[Any, Any]] = [
        Maxout(width, width * 3, nP=maxout_pieces, normalize=True, dropout=0.0) for _ in gaps
    ]
    model: Model[list[Floats2d], list[Floats2d]] = Model(
        "dilated_encoder",
        _encode,
        init=_init_encoder,
        layers=layers,
        dims={"nO": width, "nI": width},
        attrs={"gaps": gaps},
    )
    return model


_AT_ONCE = 48  # documents


def _steps(lengths: list[int]) -> tuple[Any, Any, Any]:
    """Lay documents side by side, the longest first.

    Returns:
        How many documents still have a word at each step; the row of each word when they are read forwards and when
        they are read backwards, both by step and document, -1 where a document has ended.
    """
    size = numpy.asarray(lengths)
    order = numpy.argsort(-size, kind="stable")
    start = (numpy.cumsum(size) - size)[order]
    size = size[order]
    step = numpy.arange(size[0])[:, None]
    live = step < size[None, :]
    return live.sum(axis=1), numpy.where(live, start + step, -1), numpy.where(live, start + size - 1 - step, -1)


def _read_both_ways(model: Any, Xs: list[Any], is_train: bool) -> tuple[list[Any], Callable[[list[Any]], list[Any]]]:
    W, U, b = (model.get_param(name) for name in ("W", "U", "b"))
    half = U.shape[1]
    # One thread: numpy's own product starts threads that cost more than these small products are worth.
    gemm = model.ops.gemm
    lengths = [len(X) for X in Xs]
    if not sum(lengths):
        return Xs, lambda dYs: dYs
    if not is_train and len(Xs) > _AT_ONCE:
        # Side by side, documents take the room of the longest each; a few at a time stay in the processor's cache.
        halves = (Xs[: len(Xs) // 2], Xs[len(Xs) // 2 :])
        return [Y for some in halves for Y in _read_both_ways(model, some, is_train)[0]], lambda dYs: dYs
    X: Any = numpy.concatenate(Xs)
    live, *rows = _steps(lengths)
    steps, docs = rows[0].shape
    masks = [row.ravel() >= 0 for row in rows]
    gates: Any = numpy.zeros((steps * docs, 2, 4 * half), dtype="f")
    for way in (0, 1):
        gates[masks[way], way] = (gemm(X, W[way]) + b[way])[rows[way].ravel()[masks[way]]]
    gates = numpy.ascontiguousarray(gates.reshape((steps, docs, 2, 4 * half)).transpose((0, 2, 1, 3)))
    hidden = numpy.zeros((steps + 1, 2, docs, half), dtype="f")
    cell = numpy.zeros((steps + 1, 2, docs, half), dtype="f")
    squashed = numpy.zeros((steps, 2, docs, half), dtype="f")
    for t in range(steps):
        n = live[t]
        g = gates[t, :, :n]
        for way in (0, 1):
            g[way] += gemm(hidden[t, way, :n], U[way])
        g[..., : 3 * half] *= 0.5  # the logistic function by way of tanh: input, forget and output gate
        numpy.tanh(g, out=g)
        g[..., : 3 * half] *= 0.5
        g[..., : 3 * half] += 0.5
        i, f, o, new = (g[..., k * half : (k + 1) * half] for k in range(4))
        cell[t + 1, :, :n] = f * cell[t, :, :n] + i * new
        squashed[t, :, :n] = numpy.tanh(cell[t + 1, :, :n])
        hidden[t + 1, :, :n] = o * squashed[t, :, :n]
    Y = numpy.zeros((len(X), 2 * half), dtype="f")
    for way in (0, 1):
        Y[rows[way].ravel()[masks[way]], way * half : (way + 1) * half] = hidden[1:, way].reshape((-1, half))[
            masks[way]
        ]
    ends = numpy.cumsum(lengths)[:-1]

    def backprop(dYs: list[Any]) -> list[Any]:
        dY = numpy.concatenate(dYs)
        dHidden: Any = numpy.zeros((2, docs * steps, half), dtype="f")
        for way in (0, 1):
            dHidden[way, masks[way]] = dY[rows[way].ravel()[masks[way]], way * half : (way + 1) * half]
        dHidden = dHidden.reshape((2, steps, docs, half))
        dGates = numpy.zeros((2, steps, docs, 4 * half), dtype="f")
        dh = numpy.zeros((2, docs, half), dtype="f")
        dc = numpy.zeros((2, docs, half), dtype="f")
        for t in reversed(range(steps)):
            n = live[t]
            i, f, o, new = (gates[t, :, :n, k * half : (k + 1) * half] for k in range(4))
            tc = squashed[t, :, :n]
            up = dh[:, :n] + dHidden[:, t, :n]
            dcell = dc[:, :n] + up * o * (1 - tc * tc)
            d = dGates[:, t, :n]
            d[..., :half] = dcell * new * i * (1 - i)
            d[..., half : 2 * half] = dcell * cell[t, :, :n] * f * (1 - f)
            d[..., 2 * half : 3 * half] = up * tc * o * (1 - o)
            d[..., 3 * half :] = dcell * i * (1 - new * new)
            dc[:, :n] = dcell * f
            for way in (0, 1):
                dh[way, :n] = gemm(d[way], U[way], trans2=True)
        dX = numpy.zeros_like(X)
        dW, dU, db = numpy.zeros_like(W), numpy.zeros_like(U), numpy.zeros_like(b)
        for way in (0, 1):
            flat = dGates[way].reshape((-1, 4 * half))[masks[way]]
            dRows = numpy.empty((len(X), 4 * half), dtype="f")
            dRows[rows[way].ravel()[masks[way]]] = flat
            dX += gemm(dRows, W[way], trans2=True)
            dW[way] = gemm(X, dRows, trans1=True)
            dU[way] = gemm(hidden[:-1, way].reshape((-1, half))[masks[way]], flat, trans1=True)
            db[way] = dRows.sum(axis=0)
        for name, gradient in (("W", dW), ("U", dU), ("b", db)):
            model.inc_grad(name, gradient)
        return numpy.split(dX, ends)

    return numpy.split(Y, ends), backprop


def _init_both_ways(model: Any, X: Any = None, Y: Any = None) -> None:
    if model.has_param("W"):
        return
    width, half = model.get_dim("nI"), model.get_dim("nO") // 2
    chance = numpy.random.RandomState(11)
    reach_in, reach_back = (6.0 / (width + half)) ** 0.5, (6.0 / (2 * half)) ** 0.5
    model.set_param("W", chance.uniform(-reach_in, reach_in, (2, width, 4 * half)).astype("f"))
    model.set_param("U", chance.uniform(-reach_back, reach_back, (2, half, 4 * half)).astype("f"))
    b = numpy.zeros((2, 4 * half), dtype="f")
    b[:, half : 2 * half] = 1.0
    model.set_param("b", b)


def both_ways(width: int) -> Model[list[Floats2d], list[Floats2d]]:
    """Read each document forwards and backwards with a long short-term memory; each way gives half of the vector.

    thinc brings an LSTM along, but its gradients on the CPU (thinc 8.3.14) do not agree with differences taken by hand.
    """
    return Model(
        "both_ways",
        _read_both_ways,
        init=_init_both_ways,
        params={"W": None, "U": None, "b": None},
        dims={"nO": width, "nI": width},
    )


@registry.architectures("pliktgraf.RecurrentEncoder.v1")  # type: ignore[untyped-decorator]
def recurrent_encoder(
    width: int, gaps: list[int], maxout_pieces: int, depth: int
) -> Model[list[Floats2d], list[Floats2d]]:
    """Put *depth* layers that read the whole document both ways on top of ``pliktgraf.DilatedEncoder.v1``."""
    layers: list[Any] = [dilated_encoder(width, gaps, maxout_pieces)] if gaps else []
    layers += [residual(chain(both_ways(width), Dropout(0.0))) for _ in range(depth)]
    model: Model[list[Floats2d], list[Floats2d]] = chain(*layers) if len(layers) > 1 else layers[0]
    return model

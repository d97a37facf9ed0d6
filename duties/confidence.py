"""How sure a frame is: a logistic regression over what the rules saw, its weights in `data/confidence.json`.

The weights are a few dozen numbers with names that a reader understands (``rule=share/tell``,
``bearer=subject``): each frame's confidence can be added up by hand. They are fitted on the annotated acts by
`fit`, with borderline rows as half wrong, so that what two readers would disagree on comes out low.
"""

from __future__ import annotations

import itertools
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=1)
def weights() -> Mapping[str, float]:
    """The fitted weights by feature name; empty where the file is missing (then the rule's own figure stands)."""
    try:
        text = files("data").joinpath("confidence.json").read_text("utf-8")
    except FileNotFoundError:
        return {}
    table: dict[str, float] = json.loads(text)["weights"]
    return table


def probability(features: Iterable[str], table: Mapping[str, float] | None = None) -> float:
    """The confidence of a frame with these features, 0 to 1, two decimals; unknown features count nothing."""
    known = weights() if table is None else table
    score = known.get("bias", 0.0) + sum(known.get(feature, 0.0) for feature in features)
    return round(1 / (1 + math.exp(-score)), 2)


def fit(
    rows: Sequence[tuple[Sequence[str], float]], *, penalty: float = 1.0, steps: int = 400, rate: float = 0.5
) -> dict[str, float]:
    """Fit weights by gradient descent on the logistic loss with an L2 penalty; plain Python, some seconds.

    Args:
        rows: features of a frame, and how right it is (1 right, 0 wrong, between for borderline).
        penalty: strength of the penalty; the bias has none.
        steps: steps of descent.
        rate: length of a step, relative to the curvature's bound.
    """
    names = sorted({feature for features, _ in rows for feature in features})
    index = {name: i for i, name in enumerate(names)}
    data = [([index[f] for f in features], target) for features, target in rows]
    values = [0.0] * len(names)
    bias = 0.0
    counts = [1.0] * len(names)
    for features, _ in data:
        for i in features:
            counts[i] += 1
    for _ in range(steps):
        slopes = [penalty * value for value in values]
        slope = 0.0
        for features, target in data:
            error = 1 / (1 + math.exp(-(bias + sum(values[i] for i in features)))) - target
            slope += error
            for i in features:
                slopes[i] += error
        bias -= rate * slope / (0.25 * len(data) + 1)
        for i, value in enumerate(slopes):
            values[i] -= rate * value / (0.25 * counts[i] + penalty)
    return {"bias": round(bias, 3), **{name: round(values[i], 3) for name, i in index.items()}}


def calibration(
    pairs: Iterable[tuple[float, bool]], bounds: Sequence[float] = (0.5, 0.7, 0.8, 0.9)
) -> list[tuple[float, float, int, float]]:
    """Share of right frames by confidence: (from, to, number, share right) per band, lowest first."""
    edges = [0.0, *bounds, 1.0001]
    seen = list(pairs)
    table = []
    for low, high in itertools.pairwise(edges):
        inside = [right for confidence, right in seen if low <= confidence < high]
        table.append((low, min(high, 1.0), len(inside), sum(inside) / len(inside) if inside else math.nan))
    return table

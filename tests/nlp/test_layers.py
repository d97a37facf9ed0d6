"""The layers' gradients agree with differences taken by hand, and documents do not see one another."""

from __future__ import annotations

import numpy
import pytest

pytest.importorskip("thinc")

from thinc.api import Model

from duties.nlp_layers import both_ways, dilated_encoder, recurrent_encoder

LENGTHS = (5, 1, 7)
WIDTH = 8


def documents(seed: int = 0):
    chance = numpy.random.RandomState(seed)
    return [chance.randn(length, WIDTH).astype("f") for length in LENGTHS]


@pytest.fixture(params=["windows", "both ways", "together"])
def layer(request) -> Model:
    made = {
        "windows": lambda: dilated_encoder(WIDTH, [1, 2], 2),
        "both ways": lambda: both_ways(WIDTH),
        "together": lambda: recurrent_encoder(WIDTH, [1], 2, 2),
    }[request.param]()
    made.initialize()
    return made


def weighed(layer: Model, inputs, weights) -> float:
    outputs, _ = layer(inputs, is_train=True)
    return sum(float((output.astype("d") * weight).sum()) for output, weight in zip(outputs, weights, strict=True))


def test_gradients_of_the_input(layer):
    inputs, weights = documents(), documents(1)
    _, backprop = layer(inputs, is_train=True)
    gradient = backprop(weights)
    for number, row, column in ((0, 1, 2), (1, 0, 0), (2, 6, 7), (2, 3, 1)):
        moved = [[x.copy() for x in inputs] for _ in range(2)]
        moved[0][number][row, column] += 1e-3
        moved[1][number][row, column] -= 1e-3
        by_hand = (weighed(layer, moved[0], weights) - weighed(layer, moved[1], weights)) / 2e-3
        assert gradient[number][row, column] == pytest.approx(by_hand, rel=0.03, abs=0.03)


def test_gradients_of_the_weights():
    layer = both_ways(WIDTH)
    layer.initialize()
    inputs, weights = documents(), documents(1)
    _, backprop = layer(inputs, is_train=True)
    backprop(weights)
    for name in layer.param_names:
        value, gradient = layer.get_param(name).copy(), layer.get_grad(name)
        for place in (0, value.size // 2, value.size - 1):
            ends = []
            for step in (1e-2, -1e-2):
                changed = value.copy()
                changed.flat[place] += step
                layer.set_param(name, changed)
                ends.append(weighed(layer, inputs, weights))
            layer.set_param(name, value)
            assert gradient.flat[place] == pytest.approx((ends[0] - ends[1]) / 2e-2, rel=0.03, abs=0.01)


def test_documents_do_not_see_one_another(layer):
    inputs = documents()
    together = layer.predict(inputs)
    for one, output in zip(inputs, together, strict=True):
        assert numpy.allclose(layer.predict([one])[0], output, atol=1e-5)

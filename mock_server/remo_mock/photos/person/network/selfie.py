"""Runs the network for people in selfies: from pixels to a number for each that is above 0 on a person."""

# MediaPipe's selfie segmentation: a MobileNetV3 that halves the picture four times, and a decoder that joins what
# was seen at each size. fixtures/network/NOTICE says where the weights come from.

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from remo_mock.photos.person.network.arithmetic import (
    Array,
    Layer,
    depthwise,
    doubled,
    first,
    hard_swish,
    mean,
    pointwise,
    relu,
    sigmoid,
)
from remo_mock.photos.person.network.weights import layers


def person_scores(pixels: NDArray[np.uint8]) -> Array:
    """Return a score for each pixel of an RGB picture, rows x columns; above 0 a person is the likelier.

    Sides must be multiples of 16. The network was trained on pictures of 256 x 256. The scores are the same,
    bit by bit, on every processor.
    """
    following = iter(layers())
    large, middle, small, smallest = _encoded(pixels, following)
    values = relu(pointwise(smallest, next(following))) * sigmoid(pointwise(mean(smallest), next(following)))
    for skipped in (small, middle, large):
        # Enlarged after the convolution, a quarter of the work: both are linear, so their order is free.
        values = doubled(pointwise(values, next(following)))
        values += skipped * _gate(skipped + values, following)
        values = relu(pointwise(values, next(following)))
        values = values + relu(depthwise(values, next(following)))
    quarters = pointwise(values, next(following))
    height, width = pixels.shape[:2]
    return quarters.reshape(height // 2, width // 2, 2, 2).transpose(0, 2, 1, 3).reshape(height, width)


def _encoded(pixels: NDArray[np.uint8], following: Iterator[Layer]) -> tuple[Array, Array, Array, Array]:
    """Return what is seen at a half, a quarter, an eighth and a sixteenth of the size."""
    large = hard_swish(first(pixels, next(following)))
    values = relu(pointwise(large, next(following)))
    values = relu(depthwise(values, next(following), stride=2))
    middle = pointwise(values * _gate(values, following), next(following))
    values = relu(pointwise(middle, next(following)))
    values = relu(depthwise(values, next(following), stride=2))
    small = pointwise(values, next(following))
    values = relu(pointwise(small, next(following)))
    values = relu(depthwise(values, next(following)))
    small = small + pointwise(values, next(following))
    smallest = _squeezed(small, following, stride=2)
    for _ in range(4):
        smallest = smallest + _squeezed(smallest, following)
    return large, middle, small, smallest


def _squeezed(values: Array, following: Iterator[Layer], *, stride: int = 1) -> Array:
    values = hard_swish(pointwise(values, next(following)))
    values = hard_swish(depthwise(values, next(following), stride=stride))
    return pointwise(values * _gate(values, following), next(following))


def _gate(values: Array, following: Iterator[Layer]) -> Array:
    """Return for each channel how much of it counts, from 0 to 1, by its mean over the picture."""
    return sigmoid(pointwise(relu(pointwise(mean(values), next(following))), next(following)))

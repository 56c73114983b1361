"""Does the sums of a convolutional network in whole numbers, so that they are the same on every processor."""

# Libraries add the products of a matrix in an order that depends on the processor, and fractions lose another last
# bit in each order. Whole numbers lose none while every sum stays below 2**24, as far as float32 counts exactly. So
# inputs are rounded to at most `_STEPS` steps either way, and the weights of an output add up to at most
# `LARGEST_SUM`. All other operations here treat one number at a time, and IEEE 754 leaves them no choice.

from __future__ import annotations

from dataclasses import dataclass
from math import frexp
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.float32]
"""Rows x columns x channels."""

_STEPS = 2**10
LARGEST_SUM = 2**24 // _STEPS
"""The largest sum of the absolute weights of one output."""


@dataclass(frozen=True, slots=True)
class Layer:
    """Weights in whole numbers, inputs x outputs; the size of their unit and the bias, by output."""

    weights: Array
    units: Array
    bias: Array


def pointwise(values: Array, layer: Layer) -> Array:
    """Mix the channels of each pixel."""
    whole, step = _whole(values)
    # Row by row: numpy's library shares larger products out to threads, for which those of other requests would wait.
    return _scaled(whole @ layer.weights, layer, step)


def first(pixels: NDArray[np.uint8], layer: Layer) -> Array:
    """Mix the 3 x 3 neighbours of every second pixel, whose levels are whole already; 255 becomes 1."""
    height, width, channels = pixels.shape
    padded = np.zeros((height + 1, width + 1, channels), np.float32)
    padded[:height, :width] = pixels
    near = [padded[down : down + height : 2, across : across + width : 2] for down in range(3) for across in range(3)]
    return _scaled(np.concatenate(near, axis=2) @ layer.weights, layer, 1 / 255)


def depthwise(values: Array, layer: Layer, *, stride: int = 1) -> Array:
    """Mix the neighbours of each pixel, or of every second one, within each channel."""
    size = round(len(layer.weights) ** 0.5)
    whole, step = _whole(values)
    height, width, channels = values.shape
    rows, columns = height // stride, width // stride
    padded = np.zeros((height + size - 1, width + size - 1, channels), np.float32)
    margin = (size - stride) // 2
    padded[margin : margin + height, margin : margin + width] = whole
    sums = np.zeros((rows, columns, channels), np.float32)
    products = np.empty_like(sums)
    for number, weights in enumerate(layer.weights):
        down, across = divmod(number, size)
        part = padded[down : down + rows * stride : stride, across : across + columns * stride : stride]
        # A whole row of weights: numpy is slow at repeating few numbers many times.
        np.multiply(part, np.tile(weights, (columns, 1)), out=products)
        sums += products
    return _scaled(sums, layer, step)


def mean(values: Array) -> Array:
    """Return the mean of each channel, as a picture of one pixel."""
    height, width, channels = values.shape
    whole, step = _whole(values)
    # A column of whole numbers adds up exactly in float32, and all columns do in float64.
    sums: NDArray[np.float64] = whole.sum(axis=0).sum(axis=0, dtype=np.float64)
    means: Array = (sums * (step / (height * width))).astype(np.float32).reshape(1, 1, channels)
    return means


def doubled(values: Array) -> Array:
    """Return a picture twice as large, with values between those of its pixels."""
    return np.ascontiguousarray(_doubled_rows(_doubled_rows(values).transpose(1, 0, 2)).transpose(1, 0, 2))


def relu(values: Array) -> Array:
    """Set negative values to 0, in place."""
    return np.maximum(values, 0, out=values)


def hard_swish(values: Array) -> Array:
    """Multiply each value by a ramp from 0 at -3 to 1 at 3, in place."""
    ramp = values + np.float32(3)
    np.clip(ramp, 0, 6, out=ramp)
    ramp *= np.float32(1 / 6)
    values *= ramp
    return values


def sigmoid(values: Array) -> Array:
    """Return the logistic function of values rounded to 256ths, itself rounded to 4096ths: exponentials may differ."""
    inputs = np.clip(np.rint(values.astype(np.float64) * 256) / 256, -8, 8)
    return (np.rint(4096 / (1 + np.exp(-inputs))) / 4096).astype(np.float32)


def _whole(values: Array) -> tuple[Array, float]:
    """Return values in whole steps, and the size of a step: a power of two, so that scaling loses nothing."""
    largest = max(float(values.max()), -float(values.min()))
    step = 2.0 ** (frexp(largest)[1] - frexp(_STEPS - 1)[1])
    whole = values * np.float32(1 / step)
    return np.rint(whole, out=whole), step


def _scaled(sums: Array, layer: Layer, step: float) -> Array:
    sums *= layer.units * np.float32(step)
    sums += layer.bias
    return sums


def _doubled_rows(values: Array) -> Array:
    above, below = np.concatenate((values[:1], values[:-1])), np.concatenate((values[1:], values[-1:]))
    near = values * np.float32(0.75)
    result = np.empty((2 * len(values), *values.shape[1:]), np.float32)
    result[0::2] = near + above * np.float32(0.25)
    result[1::2] = near + below * np.float32(0.25)
    return result

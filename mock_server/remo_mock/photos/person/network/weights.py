"""Reads the weights of the network, and writes them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from io import BytesIO

import numpy as np

from remo_mock.contract.packaged import network_weights
from remo_mock.photos.person.network.arithmetic import Layer


@cache
def layers() -> tuple[Layer, ...]:
    """Return the layers in the order in which they are used."""
    return read(network_weights())


def read(data: bytes) -> tuple[Layer, ...]:
    """Read layers from the bytes of an .npz file."""
    with np.load(BytesIO(data), allow_pickle=False) as file:
        shapes, weights, units, bias = (file[name] for name in ("shapes", "weights", "units", "bias"))
    found = []
    weight = output = 0
    for inputs, outputs in shapes.tolist():
        matrix = weights[weight : weight + inputs * outputs].reshape(inputs, outputs).astype(np.float32)
        found.append(Layer(matrix, units[output : output + outputs], bias[output : output + outputs]))
        weight, output = weight + inputs * outputs, output + outputs
    return tuple(found)


def write(network: Sequence[Layer]) -> bytes:
    """Write layers as the bytes of an .npz file."""
    buffer = BytesIO()
    np.savez_compressed(
        buffer,
        shapes=np.array([layer.weights.shape for layer in network], np.int32),
        weights=np.concatenate([layer.weights.ravel() for layer in network]).astype(np.int16),
        units=np.concatenate([layer.units for layer in network]).astype(np.float32),
        bias=np.concatenate([layer.bias for layer in network]).astype(np.float32),
    )
    return buffer.getvalue()

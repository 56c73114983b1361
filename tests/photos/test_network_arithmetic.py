"""The network that finds people gives the same answer on every processor, and that of MediaPipe's own runtime."""

from __future__ import annotations

import os
import subprocess
import sys

import numpy as np
import pytest

from remo_mock.photos.person.network.arithmetic import LARGEST_SUM, Layer, depthwise, mean, pointwise, sigmoid
from remo_mock.photos.person.network.selfie import person_scores
from remo_mock.photos.person.network.weights import layers, read, write
from tests.support.checkout import ROOT

MASKS = ROOT / "tests" / "support" / "mediapipe_masks.npz"
SCORES = "515d34aa"
PRINT_SCORES = """
import numpy as np
from hashlib import sha256
from remo_mock.photos.person.network.selfie import person_scores

pixels = np.arange(64 * 48 * 3, dtype=np.uint32).reshape(64, 48, 3) * 2654435761 >> 24
print(sha256(person_scores(pixels.astype(np.uint8)).tobytes()).hexdigest()[:8])
"""


@pytest.mark.parametrize("kernel", ["", "Prescott", "Nehalem", "Sandybridge", "Haswell", "Zen"])
def test_every_kernel_of_the_library_gives_the_same_bits(kernel: str) -> None:
    # Other libraries than OpenBLAS do not know the variable, and give the same bits as well.
    environment = {**os.environ, "OPENBLAS_CORETYPE": kernel} if kernel else dict(os.environ)
    done = subprocess.run([sys.executable, "-c", PRINT_SCORES], env=environment, capture_output=True, text=True)
    assert done.stdout.strip() == SCORES, done.stderr


@pytest.mark.parametrize("view", ["front", "side"])
def test_the_mask_is_that_of_mediapipe_itself(view: str) -> None:
    # Stored: photos of 256 x 256, and where mediapipe 0.10.21 is surer than half that a pixel shows a person.
    with np.load(MASKS) as stored:
        expected = np.unpackbits(stored[f"{view}_mask"]).reshape(256, 256) > 0
        found = person_scores(stored[f"{view}_pixels"]) > 0
    assert (expected & found).sum() / (expected | found).sum() > 0.99


def test_products_of_matrices_are_exact() -> None:
    random = np.random.default_rng(5)
    whole = random.integers(-1023, 1024, (7, 9, 128))
    weights = random.integers(-127, 128, (128, 24))
    layer = Layer(weights.astype(np.float32), np.ones(24, np.float32), np.zeros(24, np.float32))
    whole[0, 0, 0] = 1023
    assert np.array_equal(pointwise(whole.astype(np.float32), layer), whole @ weights)


def test_sums_of_neighbours_are_exact() -> None:
    random = np.random.default_rng(6)
    whole = random.integers(-1023, 1024, (6, 8, 3))
    whole[0, 0, 0] = 1023
    weights = random.integers(-600, 601, (25, 3))
    layer = Layer(weights.astype(np.float32), np.ones(3, np.float32), np.zeros(3, np.float32))
    padded = np.pad(whole, ((2, 2), (2, 2), (0, 0)))
    expected = (padded[1:6, 2:7] * weights.reshape(5, 5, 3)).sum(axis=(0, 1))
    assert np.array_equal(depthwise(whole.astype(np.float32), layer)[1, 2], expected)


def test_a_mean_does_not_depend_on_the_order() -> None:
    values = np.random.default_rng(7).normal(0, 3, (16, 32, 4)).astype(np.float32)
    assert np.array_equal(mean(values), mean(values[::-1, ::-1]))


@pytest.mark.parametrize("number", range(55))
def test_no_sum_of_a_layer_exceeds_what_float32_counts(number: int) -> None:
    weights = layers()[number].weights
    assert np.array_equal(weights, np.rint(weights))
    assert np.abs(weights).sum(axis=0).max() <= LARGEST_SUM


def test_no_exponential_is_near_the_middle_between_two_steps() -> None:
    # All inputs that there are; libraries differ by about 1e-16 in their exponentials.
    inputs = np.arange(-2048, 2049) / 256
    exact = 4096 / (1 + np.exp(-inputs))
    assert np.abs(exact - np.floor(exact) - 0.5).min() > 1e-9
    assert np.array_equal(sigmoid(inputs.astype(np.float32)), (np.rint(exact) / 4096).astype(np.float32))


def test_what_is_written_is_read_again() -> None:
    again = read(write(layers()))
    assert [layer.weights.shape for layer in again] == [layer.weights.shape for layer in layers()]
    assert np.array_equal(again[-1].weights, layers()[-1].weights)
    assert np.array_equal(again[-1].units, layers()[-1].units)

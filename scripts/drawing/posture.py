"""Bends the upright body into a posture: says where its points move, and where a point of the bent body came from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from drawing.shapes import Array, Vector

# Rounds of the fixed-point iteration that undoes the movement, which is small and smooth.
ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Posture:
    """How a body departs from upright, about in degrees of the measures of these names; `sway` is that of the pelvis.

    `tall` is the body's height in that of the upright one, `slender` how far shoulders and waist are drawn in.
    """

    head_bal: float = 0.0
    shoulder_bal: float = 0.0
    pelvic_bal: float = 0.0
    knee_bal: float = 0.0
    tilt: float = 0.0
    left_qang: float = 0.0
    right_qang: float = 0.0
    sway: float = 0.0
    head_tilt: float = 0.0
    round_shoulder: float = 0.0
    turtle_neck: float = 0.0
    tall: float = 1.0
    slender: float = 0.0

    def bent(self, point: Vector) -> Vector:
        """Return where a point of the upright body is in this posture."""
        x, y, z = (np.array([value], np.float32) for value in point)
        across = x
        for _ in range(ROUNDS):
            dx, dy, dz = self._movement(x, y, z, across)
            across = x + dx
        return (float(across[0]) * self.tall, float((y + dy)[0]) * self.tall, float((z + dz)[0]) * self.tall)

    def upright(self, x: Array, y: Array, z: Array) -> tuple[Array, Array, Array]:
        """Return where points of the bent body are in the upright one."""
        if self == Posture():
            return x, y, z
        scale = np.float32(1 / self.tall)
        x, y, z = x * scale, y * scale, z * scale
        u, v, w = x, y, z
        for _ in range(ROUNDS):
            dx, dy, dz = self._movement(u, v, w, x)
            u, v, w = x - dx, y - dy, z - dz
        return u, v, w

    def _movement(self, x: Array, y: Array, z: Array, across: Array) -> tuple[Array, Array, Array]:
        """Return how points of the upright body move; `across` is the x that they come to."""
        table = _by_height(self)
        at = np.clip(y * np.float32(_STEPS), 0, table.shape[1] - 1).astype(np.int32)
        knees, aside, narrow, slope, shear, nod, sink, ahead, round_off, bust = (row[at] for row in table)
        # Legs are told apart where they come to: between bowed ones there is room, between straight ones nearly none.
        bow = np.where(across > 0, _tan(self.left_qang), _tan(self.right_qang)) * np.tanh(across / np.float32(2.5))
        dx = bow * knees + aside - np.tanh(x / 6) * narrow
        dy = x * slope + np.clip(x, -18, 18) * shear - (z + np.float32(0.6)) * nod - sink
        width = np.abs(x)
        dz = ahead + _rise(width, 5, 15) * round_off
        if self.slender:
            dz = dz + bust * np.exp(-(((width - 7.4) / 5.2) ** 2)) * _rise(z, 0, 7)
        return dx, dy, dz


# Places in a table for each centimetre of height.
_STEPS = 100
_HEIGHTS = (0.0, 30.0, 60.0, 86.0, 96.0, 108.0, 120.0, 134.0, 141.0, 146.0, 152.0, 158.0, 170.0)
# How far a slender body is drawn in at each of these heights, in centimetres.
_DRAWN_IN = (0.4, 0.7, 0.3, -0.9, -0.4, 2.1, 2.0, 2.6, 2.0, 0.9, 0.7, 0.3, 0.2)


@lru_cache(maxsize=8)
def _by_height(posture: Posture) -> Array:
    """Return how far each kind of movement reaches, a row for each kind, a column for each height."""
    y: Array = np.asarray(np.arange(180 * _STEPS) / _STEPS, np.float32)
    knees = _hill(y, 7.0, 47.5, 92.0)
    head_sideways, head = _rise(y, 143, 152), _rise(y, 141, 153)
    shoulders = _rise(y, 106, 130) * (1 - _rise(y, 141, 150))
    hips = np.clip(y - 8, 0, 86) * _rise(y, 4, 14)
    rows = [
        21.5 * knees,
        _tan(posture.tilt) * (np.clip(y, 94, 143.6) - 94) * _rise(y, 86, 104)
        - _tan(posture.head_bal) * (y - 152) * head_sideways,
        posture.slender * np.interp(y, _HEIGHTS, _DRAWN_IN),
        _tan(posture.knee_bal) * knees + _tan(posture.head_bal) * head_sideways,
        _tan(posture.pelvic_bal) * _hill(y, 66, 94, 122) + _tan(posture.shoulder_bal) * shoulders,
        _tan(posture.head_tilt) * head,
        _tan(posture.turtle_neck) * 2.5 * head,
        # The pelvis sways out of the line of the body; shoulders and head come half the way back.
        _tan(posture.sway) * (hips - 43 * _rise(y, 92, 140))
        + _tan(posture.turtle_neck) * 14 * _rise(y, 136, 153)
        + _tan(posture.head_tilt) * (y - 157.6) * head,
        _tan(posture.round_shoulder) * 19 * _rise(y, 104, 134) * (1 - _rise(y, 142, 150)),
        posture.slender * 3.2 * np.exp(-(((y - 122.5) / 5.0) ** 2)),
    ]
    return np.asarray(rows, np.float32)


def _tan(degrees: float) -> np.float32:
    return np.float32(np.tan(np.radians(degrees)))


def _rise(value: Array, low: float, high: float) -> Array:
    """Return 0 below `low`, 1 above `high`, and a smooth rise between."""
    share = np.clip((value - np.float32(low)) / np.float32(high - low), 0, 1)
    return np.asarray(share * share * (3 - 2 * share), np.float32)


def _hill(value: Array, low: float, top: float, high: float) -> Array:
    """Return a smooth hill that is 1 at `top`."""
    return _rise(value, low, top) * (1 - _rise(value, top, high))

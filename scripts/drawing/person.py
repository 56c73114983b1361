"""Assembles the dressed person: which point belongs to skin, top, shorts or hair."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from drawing.body import bare_shapes
from drawing.look import Look
from drawing.posture import Posture
from drawing.shapes import Array, Shape, carve, melt


@dataclass(frozen=True, slots=True)
class Person:
    """The shapes of an upright person, or of the part of it that is near one place; the posture, and the look."""

    trunk: tuple[Shape, ...]
    limbs: tuple[Shape, ...]
    hair: tuple[Shape, ...]
    posture: Posture
    look: Look

    def distances(self, x: Array, y: Array, z: Array) -> list[Array]:
        """Return the signed distance to each material, in the order SKIN, TOP, SHORTS, HAIR."""
        x, y, z = self.posture.upright(x, y, z)
        nothing = np.full_like(x, 60.0)
        trunk = _melted(nothing, self.trunk, x, y, z)
        skin = _melted(trunk, self.limbs, x, y, z)
        top = shorts = hair = nothing
        if self.trunk:
            loose = np.float32(0.45) + np.clip(114 - y, 0, 20) * np.float32(0.05)
            # Over the shoulder the cloth lies on the arm as well as on the trunk.
            under = trunk + (skin - trunk) * np.clip((y - 126) / 6, 0, 1)
            top = carve(under - loose, top_edge(x, y, z), 0.25)
        if float(y.min(initial=200)) < 105 and float(y.max(initial=0)) > 58:
            loose = np.float32(0.55) + np.maximum(97 - y, 0) * np.float32(0.03)
            shorts = carve(skin - loose, shorts_edge(x, y), 0.25)
        if self.hair:
            hair = carve(_melted(nothing, self.hair, x, y, z), hair_edge(self.look, x, y, z), 0.5)
        return [part * np.float32(self.posture.tall) for part in (skin, top, shorts, hair)]

    def distance(self, x: Array, y: Array, z: Array) -> Array:
        """Return the signed distance to the nearest material."""
        return np.asarray(np.minimum.reduce(self.distances(x, y, z)), np.float32)


def _melted(total: Array, shapes: tuple[Shape, ...], x: Array, y: Array, z: Array) -> Array:
    for shape in shapes:
        total = melt(total, shape.distance(x, y, z), shape.blend)
    return total


def top_edge(x: Array, y: Array, z: Array) -> Array:
    """Return how far a point is outside the cut of the sleeveless top (negative inside)."""
    neck_depth = np.where(z > -2, np.float32(10.5), np.float32(5.2))
    hole = np.sqrt((x / np.float32(8.2)) ** 2 + (np.minimum(y - 144.0, 0) / neck_depth) ** 2)
    neckline = (1 - hole) * np.float32(6.5)
    side = np.abs(x)
    armhole = 7.6 - np.sqrt(
        (side - 20.6) ** 2 + ((y - 133.0) * np.where(y > 133, np.float32(0.3), np.float32(0.72))) ** 2
    )
    return np.asarray(np.maximum.reduce([neckline, armhole, 94.0 - y, y - 147]), np.float32)


def shorts_edge(x: Array, y: Array) -> Array:
    """Return how far a point is outside the cut of the shorts (negative inside)."""
    hem = np.float32(66)
    return np.asarray(np.maximum.reduce([y - 98.5, hem - y, np.abs(x) - 25]), np.float32)


def hair_edge(look: Look, x: Array, y: Array, z: Array) -> Array:
    """Return how far a point is outside the hairline (negative inside): nape, ears, sideburns, temples, forehead."""
    line = np.interp(z, look.hairline_depths, look.hairline_heights).astype(np.float32)
    swept = 1.0 + 0.8 * np.exp(-(((x - 2.4) / 2.4) ** 2)) + 0.05 * np.sin(x * 5.3)
    line = line + swept * np.clip((z - 4.5) / 3, 0, 1)
    return np.asarray((line - y) * 0.4, np.float32)


def person(posture: Posture, look: Look) -> Person:
    """Return the whole person."""
    trunk, limbs, hair = bare_shapes(bob=look.bob)
    return Person(tuple(trunk), tuple(limbs), tuple(hair), posture, look)

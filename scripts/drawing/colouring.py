"""Colours the surface of the person: skin with its face, cloth with its folds, hair."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from drawing.look import Look, linear
from drawing.person import Person, hair_edge, shorts_edge, top_edge
from drawing.shapes import Array

SKIN, TOP, SHORTS, HAIR = range(4)


BACKDROP = tuple(float(value) for value in linear(233, 236, 240))
LIPS = linear(188, 104, 96)
LID, LIP_SEAM = linear(132, 84, 68), linear(110, 54, 52)
WHITE, IRIS, DARK = linear(240, 238, 234), linear(86, 62, 44), linear(34, 26, 24)


# Where the skin is warmer: x (either side), y, z, reach in centimetres, share of the blush.
WARM_PLACES = (
    (5.0, 155.6, 6.6, 2.4, 0.38),
    (0.0, 155.2, 11.2, 1.3, 0.35),
    (7.6, 158.0, -1.0, 2.6, 0.40),
    (9.7, 47.5, 5.0, 5.5, 0.18),
    (11.0, 1.0, 13.0, 6.0, 0.32),
    (10.4, 2.0, -6.0, 5.0, 0.30),
    (30.6, 108.5, -4.0, 4.5, 0.30),
    (46.0, 73.0, 6.0, 7.5, 0.32),
)


def colours(part: Person, points: Array) -> tuple[Array, Array, Array]:
    """Return albedo (n, 3), gloss (n,) and a small tilt of the normals (n, 3) at surface points."""
    x, y, z = points[:, 0], points[:, 1], points[:, 2]
    material = np.argmin(np.stack(part.distances(x, y, z)), axis=0)
    x, y, z = part.posture.upright(x, y, z)
    albedo = np.empty_like(points)
    gloss = np.zeros(len(points), np.float32)
    bump = np.zeros_like(points)
    for kind, painter in ((SKIN, _skin), (TOP, _top), (SHORTS, _shorts), (HAIR, _hair)):
        chosen = np.flatnonzero(material == kind)
        if len(chosen):
            albedo[chosen], gloss[chosen], bump[chosen] = painter(part.look, x[chosen], y[chosen], z[chosen])
    return albedo, gloss, bump


def _mixed(base: Array, colour: Array, share: NDArray[np.floating]) -> Array:
    return np.asarray(base + (colour - base) * np.clip(share, 0, 1)[:, None], np.float32)


def _spot(value: NDArray[np.floating], softness: float) -> Array:
    """Return 1 where `value` is negative, 0 where it is over `softness`, and a ramp between."""
    return np.asarray(np.clip(0.5 - value / np.float32(softness), 0, 1), np.float32)


def _skin(look: Look, x: Array, y: Array, z: Array) -> tuple[Array, Array, Array]:
    side = np.abs(x)
    colour = np.broadcast_to(look.skin, (len(x), 3))
    for across, height, depth, reach, share in WARM_PLACES:
        far = ((side - across) ** 2 + (y - height) ** 2 + (z - depth) ** 2) / np.float32(reach * reach)
        colour = _mixed(colour, look.blush, np.exp(-far) * np.float32(share))
    gloss = np.full(len(x), 0.10, np.float32)
    face = np.flatnonzero((z > 2.5) & (y > 149))
    if len(face):
        colour[face] = _face(look, colour[face], x[face], side[face], y[face])
    return colour, gloss, np.zeros((len(x), 3), np.float32)


def _face(look: Look, colour: Array, x: Array, side: Array, y: Array) -> Array:
    """Return the colours of the face: brows, eyes, nostrils, lips, each a small curve across x and y."""
    hair_shade = np.clip((y - 162.6) / 3, 0, 1) * np.float32(0.12)
    colour = _mixed(colour, look.brow, hair_shade)
    along = (side - 3.3) / 2.15
    brow_line = 161.75 + 0.32 * along - 0.42 * along * along
    brow_height = 0.40 - 0.14 * along
    brow = np.maximum(np.abs(y - brow_line) - brow_height, (np.abs(along) - 1) * 1.2)
    colour = _mixed(colour, look.brow, _spot(brow, 0.5) * np.float32(0.85))
    dx = (side - 3.15) / 1.5
    lid = 159.15 + 0.12 * dx
    opening = np.where(y > lid, 0.66, 0.44) * (1 - dx * dx)
    eye = np.maximum(np.abs(y - lid) - opening, (np.abs(dx) - 1) * 1.5)
    crease = np.abs(y - lid - 1.0 * (1 - dx * dx) - 0.05) - 0.07 + np.maximum(np.abs(dx) - 0.9, 0)
    colour = _mixed(colour, LID, _spot(crease, 0.3) * np.float32(0.5))
    colour = _mixed(colour, WHITE, _spot(eye, 0.14))
    iris = np.sqrt((x - np.sign(x) * 3.1) ** 2 + (y - 159.27) ** 2)
    colour = _mixed(colour, IRIS, _spot(np.maximum(iris - 0.60, eye), 0.12))
    colour = _mixed(colour, DARK, _spot(np.maximum(iris - 0.28, eye), 0.12))
    colour = _mixed(colour, WHITE, _spot(np.sqrt((x + 0.2 - np.sign(x) * 3.1) ** 2 + (y - 159.47) ** 2) - 0.13, 0.1))
    lash = (
        np.abs(y - lid - 0.66 * (1 - dx * dx)) - 0.10 - 0.05 * np.clip(dx, -1, 1) + np.maximum(np.abs(dx) - 1.02, 0) * 2
    )
    colour = _mixed(colour, DARK, _spot(lash, 0.16) * (y > lid - 0.2))
    under = np.abs(y - lid + 0.44 * (1 - dx * dx)) - 0.03 + np.maximum(np.abs(dx) - 0.95, 0) * 2
    colour = _mixed(colour, LID, _spot(under, 0.16) * (y < lid + 0.1) * np.float32(0.6))
    nostril = np.sqrt(((side - 0.62) / 0.42) ** 2 + ((y - 154.35) / 0.2) ** 2) - 1
    colour = _mixed(colour, DARK, _spot(nostril, 0.8) * np.float32(0.4))
    share = side / 2.35
    seam = 152.25 - 0.10 * (1 - share) + 0.22 * share * share
    upper = seam + 0.72 * (1 - share**2) - 0.26 * np.exp(-((side / 0.42) ** 2))
    lower = seam - 0.98 * (1 - share**2)
    lips = np.maximum(np.maximum(y - upper, lower - y), (side - 2.35))
    colour = _mixed(colour, LIPS, _spot(lips, 0.3) * np.float32(0.75))
    return _mixed(colour, LIP_SEAM, _spot(np.maximum(np.abs(y - seam) - 0.09, side - 2.4), 0.16) * np.float32(0.85))


def _top(look: Look, x: Array, y: Array, z: Array) -> tuple[Array, Array, Array]:
    panel = 13.2 + 0.012 * (y - 106) ** 2 - np.abs(x)
    colour = _mixed(np.broadcast_to(look.cloth, (len(x), 3)), look.cloth_side, _spot(panel, 0.25) * (y < 124))
    colour = _mixed(colour, look.cloth_trim, _spot(-0.8 - top_edge(x, y, z), 0.2))
    # Soft folds where the cloth hangs from the chest to the waist.
    slack = np.exp(-(((y - 103) / 9) ** 2)) * np.float32(0.07)
    fold = np.sin(y * 1.15 + 0.10 * x + 1.3 * np.sin(x * 0.22 + z * 0.1)) * slack
    bump = np.stack([0.3 * fold, fold, np.zeros_like(fold)], axis=1)
    return colour, np.full(len(x), 0.06, np.float32), bump.astype(np.float32)


def _shorts(look: Look, x: Array, y: Array, z: Array) -> tuple[Array, Array, Array]:
    side = np.abs(x)
    base = np.broadcast_to(look.shorts, (len(x), 3))
    stripe = np.maximum(np.abs(z + 1.5) - 1.1, 12 - side)
    colour = _mixed(base, look.cloth_trim, _spot(stripe, 0.2))
    colour = _mixed(colour, look.shorts_trim, _spot(-0.9 - shorts_edge(x, y), 0.2))
    # Folds fan out from the crotch.
    angle = np.arctan2(y - 80, side + 1.5)
    fold = (
        np.sin(angle * 11 + side * 0.15) * np.exp(-(((y - 80) / 9) ** 2)) * np.clip(side / 4, 0, 1) * np.float32(0.08)
    )
    bump = np.stack([-np.sign(x) * np.sin(angle) * fold, np.cos(angle) * fold, np.zeros_like(fold)], axis=1)
    return colour, np.full(len(x), 0.06, np.float32), bump.astype(np.float32)


def _hair(look: Look, x: Array, y: Array, z: Array) -> tuple[Array, Array, Array]:
    # Strands run out from the crown: brightness and tilt vary with the angle around it.
    angle = np.arctan2(x - 1.0, z + 4.5 + (168 - y) * 0.1)
    strands = np.sin(angle * 61 + 1.3 * np.sin(y * 0.9)) + np.sin(angle * 29)
    strands = strands + np.sin(angle * 113 + 2.1 * np.sin(y * 0.5 + 1))
    colour = _mixed(np.broadcast_to(look.hair, (len(x), 3)), look.hair_sheen, 0.28 + 0.17 * strands)
    # Cropped short towards the hairline, so that skin shows through.
    thin = np.clip(1 + hair_edge(look, x, y, z) / np.float32(0.4), 0, 1) * (z < 0)
    colour = _mixed(colour, look.skin, thin * np.float32(0.4))
    bump = np.stack([np.cos(angle), np.zeros_like(angle), -np.sin(angle)], axis=1) * (0.07 * strands)[:, None]
    return colour, np.full(len(x), 0.22, np.float32), bump.astype(np.float32)

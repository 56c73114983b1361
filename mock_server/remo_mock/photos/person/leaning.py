"""Turns the body of somebody who leans, or whom a tilted camera took, upright, and joints back into the photo."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from PIL import Image

from remo_mock.photos.person.body import Body, Point, whole, widest
from remo_mock.photos.person.regions import connected_regions
from remo_mock.photos.person.silhouette import silhouette_of

Affine: TypeAlias = tuple[float, float, float, float, float, float]
"""a, b, c, d, e, f: the point (x, y) becomes (ax + by + c, dx + ey + f)."""

LEAST, MOST = 6.0, 30.0
"""Degrees from the vertical of bodies that are turned: arms and legs alone make an axis of less."""
HEAD, FEET = (0.88, 1.0, widest), (0.0, 0.2, whole)
"""From which height to which the head is, and the feet, and the part of a row that counts."""


@dataclass(frozen=True, slots=True)
class Upright:
    """A body turned upright, a small copy of the photo turned with it, and the way from the copy to the photo."""

    body: Body
    image: Image.Image
    way: Affine

    def in_photo(self, place: Point) -> Point:
        """Return where a point of the copy is in the photo."""
        x, y = _moved(self.way, (place[0] + 0.5, place[1] + 0.5))
        return x - 0.5, y - 0.5


def turned_upright(body: Body, image: Image.Image) -> Upright | None:
    """Return a body that leans as it would stand, or None for one that stands, or is cut off."""
    degrees = 0.0 if body.is_cut else _lean(body)
    if not LEAST <= abs(degrees) <= MOST:
        return None
    (left, top), (across, down) = body.silhouette.corner, body.silhouette.scale
    first, last = body.sides()
    count = len(body.silhouette.rows)
    # The copy is a square of cells as tall as those of the silhouette, with the body's middle in its middle.
    side = math.ceil(math.hypot((last - first) * across / down, count))
    cosine, sine = (turn(math.radians(degrees)) * down for turn in (math.cos, math.sin))
    x, y = left + (first + last) / 2 * across, top + (body.silhouette.top + count / 2) * down
    way = (cosine, -sine, x - (cosine - sine) * side / 2, sine, cosine, y - (sine + cosine) * side / 2)
    a, b, c, d, e, f = way
    into_cells = (a / across, b / across, (c - left) / across)
    into_rows = (d / down, e / down, (f - top) / down - body.silhouette.top)
    turned = _mask(body).transform((side, side), Image.Transform.AFFINE, into_cells + into_rows)
    silhouette = silhouette_of(connected_regions(np.asarray(turned) > 0), scale=(1.0, 1.0))
    copy = image.transform((side, side), Image.Transform.AFFINE, way)
    return Upright(Body(silhouette, len(silhouette.rows)), copy, way)


def _moved(way: Affine, place: Point) -> Point:
    a, b, c, d, e, f = way
    return a * place[0] + b * place[1] + c, d * place[0] + e * place[1] + f


def _mask(body: Body) -> Image.Image:
    """Draw a silhouette, a pixel per cell."""
    mask = np.zeros((len(body.silhouette.rows), body.sides()[1]), np.uint8)
    for number, row in enumerate(body.silhouette.rows):
        for start, end in row:
            mask[number, start:end] = 255
    return Image.fromarray(mask)


def _lean(body: Body) -> float:
    """Return the degrees by which a body leans to the right; 0 where its area and its head lean to different sides."""
    head, feet = (body.middle(low, high, choose) for low, high, choose in (HEAD, FEET))
    line = math.degrees(math.atan2((head - feet) / body.unit, (sum(HEAD[:2]) - sum(FEET[:2])) / 2))
    axis = _axis(body) if abs(line) >= LEAST else 0.0
    return (axis + line) / 2 if axis * line > 0 and abs(axis) >= LEAST else 0.0


def _axis(body: Body) -> float:
    """Return the degrees from the vertical, to the right, of the longer axis of a silhouette's area."""
    across, down = body.silhouette.scale
    runs = np.array([(row, *run) for row, runs in enumerate(body.silhouette.rows) for run in runs], np.float64)
    areas, y = (runs[:, 2] - runs[:, 1]) * across, runs[:, 0] * down
    x = (runs[:, 1] + runs[:, 2]) / 2 * across
    away, below = x - np.average(x, weights=areas), y - np.average(y, weights=areas)
    wide = np.average(away**2 + areas**2 / 12, weights=areas)
    tall, common = np.average(below**2, weights=areas), np.average(away * below, weights=areas)
    return -math.degrees(0.5 * math.atan2(2 * common, tall - wide))

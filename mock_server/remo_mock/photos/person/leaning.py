"""Turns the body of somebody who leans, or whom a tilted camera took, upright, and joints back into the photo."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from remo_mock.photos.person.body import Body, Point
from remo_mock.photos.person.regions import connected_regions
from remo_mock.photos.person.silhouette import silhouette_of

Affine: TypeAlias = tuple[float, float, float, float, float, float]
"""a, b, c, d, e, f: the point (x, y) becomes (ax + by + c, dx + ey + f)."""
Columns: TypeAlias = NDArray[np.float64]

LEAST, MOST = 7.0, 30.0
"""Degrees from the vertical of bodies that are turned: arms and legs alone make an axis of less."""
FEWEST_ROWS = 20
HEAD, FEET = 0.12, 0.8
"""The share of what is seen in which the head is, and that below which the feet are."""


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
    degrees = 0.0 if body.is_cut or len(body.silhouette.rows) < FEWEST_ROWS else _lean(body)
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
    across, down = body.silhouette.scale
    runs = np.array([(row, *run) for row, runs in enumerate(body.silhouette.rows) for run in runs], np.float64)
    breadths, y = (runs[:, 2] - runs[:, 1]) * across, runs[:, 0] * down
    x = (runs[:, 1] + runs[:, 2]) / 2 * across
    away, below = x - np.average(x, weights=breadths), y - np.average(y, weights=breadths)
    wide = np.average(away**2 + breadths**2 / 12, weights=breadths)
    tall, common = np.average(below**2, weights=breadths), np.average(away * below, weights=breadths)
    axis = -math.degrees(0.5 * math.atan2(2 * common, tall - wide))
    height = len(body.silhouette.rows) * down
    head, feet = (
        np.average([x[part], y[part]], axis=1, weights=breadths[part])
        for part in (y < HEAD * height, y >= FEET * height)
    )
    line = math.degrees(math.atan2(head[0] - feet[0], feet[1] - head[1]))
    if axis * line <= 0 or min(abs(axis), abs(line)) < LEAST:
        return 0.0
    return (axis + line) / 2

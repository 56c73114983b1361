"""Separates what stands before a plain background from that background."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PIL import Image

from remo_mock.photos.person.background import Levels, background_of
from remo_mock.photos.person.regions import Mask, area, connected_regions, main_regions
from remo_mock.photos.person.silhouette import NoSilhouette, Silhouette, silhouette_of

LONG_SIDE = 288
"""Pixels of the longer side to which a picture is shrunk: a body then has some 200 rows, and 5 % of it are 10."""
SMALLEST_SIDE = 8
FAINTEST = 10
"""Levels (of 255) by which a foreground differs at least; JPEG blocks and sensor noise stay below at this scale."""
RESTLESS = 36
"""Levels by which the border may differ from a smooth background; above, the picture counts as cluttered."""
CALM = 8
"""Levels by which the border of a plain background differs from a smooth one."""
CRUMBS = 0.02
"""What else may stand out from it, in sizes of the largest thing."""
GRAINY = 24
"""Mean levels between neighbouring pixels above which a picture without foreground is a texture, no empty wall."""
SHARP = 14
"""Levels between neighbouring cells at the outline of a foot; a soft shadow on the floor stays below."""


def find_silhouette(image: Image.Image) -> Silhouette | NoSilhouette:
    """Return the foreground of an RGB picture, or why there is none."""
    small, scale = thumbnail(image)
    if min(small.size) < SMALLEST_SIDE:
        return NoSilhouette.EMPTY
    levels = _levels(small)
    difference = np.abs(levels - background_of(small)).max(axis=0)
    stray = _border(difference)
    if stray > RESTLESS:
        return NoSilhouette.CLUTTERED
    mask = difference > max(FAINTEST, 3 * stray)
    found = connected_regions(_without_hairlines(mask))
    regions = main_regions(found, size=small.size)
    if not regions:
        grain = _steps(_levels(_picked(image, picks=1))).mean()
        return NoSilhouette.CLUTTERED if grain > GRAINY else NoSilhouette.EMPTY
    if _border(mask) or sum(map(area, regions)) > 0.6 * small.width * small.height:
        return NoSilhouette.CLUTTERED
    whole = silhouette_of(regions, scale=scale)
    last = _floor(levels, whole, sharp=max(SHARP, 4 * stray))
    largest = area(regions[0])
    is_alone = stray <= CALM and sum(map(area, found)) - largest <= CRUMBS * largest
    return replace(whole, rows=whole.rows[: last + 1 - whole.top], is_alone=is_alone)


def thumbnail(image: Image.Image) -> tuple[Image.Image, tuple[float, float]]:
    """Return a small copy of a picture, and how many pixels each of its cells has across and down."""
    picks = min(4, _shrinkage(image))
    picked = _picked(image, picks=picks)
    return picked.reduce(picks), (picks * image.width / picked.width, picks * image.height / picked.height)


def _picked(image: Image.Image, *, picks: int) -> Image.Image:
    """Pick `picks` pixels across and down for each cell; to read all of a large photo would take too long."""
    shrinkage = _shrinkage(image) / picks
    size = (max(1, round(image.width / shrinkage)), max(1, round(image.height / shrinkage)))
    return image.resize(size, Image.Resampling.NEAREST)


def _shrinkage(image: Image.Image) -> int:
    return max(1, round(max(image.size) / LONG_SIDE))


def _levels(image: Image.Image) -> Levels:
    return np.stack([np.asarray(channel, np.int16) for channel in image.split()])


def _border(values: Levels | Mask) -> int:
    """Return what three quarters of the outermost rows and columns do not exceed."""
    border = np.concatenate([values[0], values[-1], values[:, 0], values[:, -1]])
    return int(np.sort(border)[3 * (len(border) - 1) // 4])


def _without_hairlines(mask: Mask) -> Mask:
    """Remove what is one row high: the line where a wall meets its floor."""
    eroded: Mask = mask & np.roll(mask, 1, axis=0)
    return eroded | np.roll(eroded, -1, axis=0)


def _floor(levels: Levels, silhouette: Silhouette, *, sharp: int) -> int:
    """Return the lowest row that has a sharp outline: what is below is shadow.

    Searches the lowest quarter only, between the outer edges of what stands there.
    """
    top, tall = silhouette.top, len(silhouette.rows) - 1
    bottom = top + tall
    knees = bottom - tall // 4
    legs = [run for row in silhouette.rows[knees - tall // 20 - top : knees + 1 - top] for run in row]
    if not legs:
        return bottom
    margin = tall // 8
    left, right = max(0, min(run[0] for run in legs) - margin), max(run[1] for run in legs) + margin
    steps = _steps(levels[:, knees : bottom + 1, left:right])
    outlined = np.flatnonzero((steps >= sharp).any(axis=1))
    return knees + int(outlined[-1]) if outlined.size else bottom


def _steps(levels: Levels) -> Levels:
    """Return the difference of each cell to its right neighbour; 0 in the last column."""
    steps: Levels = np.abs(np.diff(levels, axis=2, append=levels[:, :, -1:])).max(axis=0)
    return steps

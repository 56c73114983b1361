"""Separates what stands before a plain background from that background."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from PIL import Image, ImageChops, ImageStat

from remo_mock.photos.person.background import background_of
from remo_mock.photos.person.regions import Run, area, connected_regions, main_regions, runs_of

LONG_SIDE = 288
"""Pixels of the longer side to which a picture is shrunk: a body then has some 200 rows, and 5 % of it are 10."""
SMALLEST_SIDE = 8
FAINTEST = 10
"""Levels (of 255) by which a foreground differs at least; JPEG blocks and sensor noise stay below at this scale."""
RESTLESS = 36
"""Levels by which the border may differ from a smooth background; above, the picture counts as cluttered."""
GRAINY = 24
"""Mean levels between neighbouring pixels above which a picture without foreground is a texture, no empty wall."""
SHARP = 14
"""Levels between neighbouring cells at the outline of a foot; a soft shadow on the floor stays below."""


class NoSilhouette(Enum):
    """Why a picture has no silhouette: nothing stands before the background, or the background is too cluttered."""

    EMPTY = "empty"
    CLUTTERED = "cluttered"


@dataclass(frozen=True, slots=True)
class Silhouette:
    """The foreground as runs of columns, row by row from `top` on, in cells of `scale` (x, y) pixels."""

    top: int
    rows: tuple[tuple[Run, ...], ...]
    scale: tuple[float, float]


def find_silhouette(image: Image.Image) -> Silhouette | NoSilhouette:
    """Return the foreground of an RGB picture, or why there is none."""
    small, scale = _thumbnail(image)
    if min(small.size) < SMALLEST_SIDE:
        return NoSilhouette.EMPTY
    difference = _brightest(ImageChops.difference(small, background_of(small)))
    stray = _percentile(_ring(difference), 0.75)
    if stray > RESTLESS:
        return NoSilhouette.CLUTTERED
    threshold = max(FAINTEST, 3 * stray)
    mask = difference.point([0] * (threshold + 1) + [255] * (255 - threshold))
    regions = main_regions(connected_regions(runs_of(_without_hairlines(mask))), size=small.size)
    if not regions:
        steps = _steps(_picked(image, picks=1))
        return NoSilhouette.CLUTTERED if ImageStat.Stat(steps).mean[0] > GRAINY else NoSilhouette.EMPTY
    if _percentile(_ring(mask), 0.75) or sum(map(area, regions)) > 0.6 * small.width * small.height:
        return NoSilhouette.CLUTTERED
    rows: dict[int, list[Run]] = {}
    for row, run in (found for region in regions for found in region):
        rows.setdefault(row, []).append(run)
    span = range(min(rows), _floor(small, rows, sharp=max(SHARP, 4 * stray)) + 1)
    return Silhouette(span.start, tuple(tuple(sorted(rows.get(row, ()))) for row in span), scale)


def _thumbnail(image: Image.Image) -> tuple[Image.Image, tuple[float, float]]:
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


def _without_hairlines(mask: Image.Image) -> Image.Image:
    """Remove what is one row high: the line where a wall meets its floor."""
    eroded = ImageChops.darker(mask, ImageChops.offset(mask, 0, 1))
    return ImageChops.lighter(eroded, ImageChops.offset(eroded, 0, -1))


def _floor(small: Image.Image, rows: Mapping[int, list[Run]], *, sharp: int) -> int:
    """Return the lowest row that has a sharp outline: what is below is shadow.

    Searches the lowest quarter only, between the outer edges of what stands there.
    """
    top, bottom = min(rows), max(rows)
    knees = bottom - (bottom - top) // 4
    legs = [run for row in range(knees - (bottom - top) // 20, knees + 1) for run in rows.get(row, ())]
    if not legs:
        return bottom
    margin = (bottom - top) // 8
    left, right = max(0, min(run[0] for run in legs) - margin), min(small.width, max(run[1] for run in legs) + margin)
    steps = _steps(small.crop((left, knees, right, bottom + 1)))
    outlined = [row for row, found in enumerate(runs_of(steps.point([0] * sharp + [255] * (256 - sharp)))) if found]
    return knees + max(outlined, default=bottom - knees)


def _steps(image: Image.Image) -> Image.Image:
    """Return the difference of each pixel to its right neighbour; 0 in the last column."""
    width, height = image.size
    right = image.crop((1, 0, width, height))
    steps = Image.new("L", image.size)
    steps.paste(_brightest(ImageChops.difference(right, image.crop((0, 0, width - 1, height)))))
    return steps


def _brightest(image: Image.Image) -> Image.Image:
    red, green, blue = image.split()
    return ImageChops.lighter(ImageChops.lighter(red, green), blue)


def _ring(image: Image.Image) -> bytes:
    """Return the pixels of the outermost rows and columns."""
    width, height = image.size
    boxes = [(0, 0, width, 1), (0, height - 1, width, height), (0, 0, 1, height), (width - 1, 0, width, height)]
    return b"".join(image.crop(box).tobytes() for box in boxes)


def _percentile(values: bytes, share: float) -> int:
    return sorted(values)[int(share * (len(values) - 1))]

"""Separates what stands before a plain background from that background."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from PIL import Image, ImageChops, ImageStat

from remo_mock.photos.person.background import background_of
from remo_mock.photos.person.regions import Region, Run, area, connected_regions, main_regions, runs_of

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


class NoSilhouette(Enum):
    """Why a picture has no silhouette: nothing stands before the background, or the background is too cluttered."""

    EMPTY = "empty"
    CLUTTERED = "cluttered"


@dataclass(frozen=True, slots=True)
class Silhouette:
    """The foreground as runs of columns, row by row from `top` on, in cells of `scale` (x, y) pixels.

    `corner` is the pixel (x, y) of the photo where the cells begin. `is_alone` says that it is one piece, and that
    nothing else stands out from a background that is plain indeed; `is_faint` that the network was hardly sure of it.
    """

    top: int
    rows: tuple[tuple[Run, ...], ...]
    scale: tuple[float, float]
    corner: tuple[float, float] = (0.0, 0.0)
    is_alone: bool = False
    is_faint: bool = False


def silhouette_of(
    regions: list[Region], *, scale: tuple[float, float], corner: tuple[float, float] = (0.0, 0.0)
) -> Silhouette:
    """Make the silhouette of some regions."""
    rows: dict[int, list[Run]] = {}
    for row, run in (found for region in regions for found in region):
        rows.setdefault(row, []).append(run)
    span = range(min(rows), max(rows) + 1)
    return Silhouette(span.start, tuple(tuple(sorted(rows.get(row, ()))) for row in span), scale, corner)


def find_silhouette(image: Image.Image) -> Silhouette | NoSilhouette:
    """Return the foreground of an RGB picture, or why there is none."""
    small, scale = thumbnail(image)
    if min(small.size) < SMALLEST_SIDE:
        return NoSilhouette.EMPTY
    difference = _brightest(ImageChops.difference(small, background_of(small)))
    stray = _percentile(_ring(difference), 0.75)
    if stray > RESTLESS:
        return NoSilhouette.CLUTTERED
    threshold = max(FAINTEST, 3 * stray)
    mask = difference.point([0] * (threshold + 1) + [255] * (255 - threshold))
    found = connected_regions(runs_of(_without_hairlines(mask)))
    regions = main_regions(found, size=small.size)
    if not regions:
        steps = _steps(_picked(image, picks=1))
        return NoSilhouette.CLUTTERED if ImageStat.Stat(steps).mean[0] > GRAINY else NoSilhouette.EMPTY
    if _percentile(_ring(mask), 0.75) or sum(map(area, regions)) > 0.6 * small.width * small.height:
        return NoSilhouette.CLUTTERED
    whole = silhouette_of(regions, scale=scale)
    last = _floor(small, whole, sharp=max(SHARP, 4 * stray))
    largest = area(regions[0])
    is_alone = stray <= CALM and sum(map(area, found)) - largest <= CRUMBS * largest
    return Silhouette(whole.top, whole.rows[: last + 1 - whole.top], scale, is_alone=is_alone)


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


def _without_hairlines(mask: Image.Image) -> Image.Image:
    """Remove what is one row high: the line where a wall meets its floor."""
    eroded = ImageChops.darker(mask, ImageChops.offset(mask, 0, 1))
    return ImageChops.lighter(eroded, ImageChops.offset(eroded, 0, -1))


def _floor(small: Image.Image, silhouette: Silhouette, *, sharp: int) -> int:
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

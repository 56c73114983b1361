"""Separate what stands before a plain background from that background; know nothing of bodies."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from PIL import Image, ImageChops, ImageStat

LONG_SIDE = 288
"""Pixels of the longer side at which a picture is looked at: a body has some 200 rows then, and 5 % of it are 10."""
SMALLEST_SIDE = 8
WINDOW = 10
"""Samples on each side over which the background's edge is smoothed."""

FAINTEST = 10
"""Levels (of 255) by which a foreground differs at least: JPEG blocks and sensor noise stay below it at this scale."""
RESTLESS = 36
"""Levels by which the border may stray from a smooth background before it counts as cluttered."""
GRAINY = 24
"""Levels between neighbouring pixels above which a picture that averages out is a texture, not an empty wall."""
SHARP = 14
"""Levels between neighbouring cells that the outline of a foot has, and a soft shadow on the floor has not."""

Run: TypeAlias = tuple[int, int]
Part: TypeAlias = list[tuple[int, Run]]
"""Runs that touch each other, each with its row."""
Colour: TypeAlias = tuple[int, ...]


class Backdrop(Enum):
    """What there is instead of one clear foreground."""

    PLAIN = "plain"
    CLUTTERED = "cluttered"


@dataclass(frozen=True, slots=True)
class Silhouette:
    """Hold the foreground as runs of columns (start, end), row by row from `top` on, in cells of `scale` pixels."""

    top: int
    rows: tuple[tuple[Run, ...], ...]
    scale: tuple[float, float]


def find_silhouette(image: Image.Image) -> Silhouette | Backdrop:
    """Return the foreground of an RGB picture, or say that there is none or no telling.

    The background is what the border says: one colour, a gradient, a vignette, a wall and its floor.
    """
    small, scale = _thumbnail(image)
    if min(small.size) < SMALLEST_SIDE:
        return Backdrop.PLAIN
    strangeness = _brightest(ImageChops.difference(small, _background(small)))
    stray = _percentile(_ring(strangeness), 0.75)
    if stray > RESTLESS:
        return Backdrop.CLUTTERED
    threshold = max(FAINTEST, 3 * stray)
    mask = strangeness.point([0] * (threshold + 1) + [255] * (255 - threshold))
    parts = _main_parts(_connected(_runs(_without_hairlines(mask))), size=small.size)
    if not parts:
        steps = _steps(_picked(image, picks=1))
        return Backdrop.CLUTTERED if ImageStat.Stat(steps).mean[0] > GRAINY else Backdrop.PLAIN
    if _percentile(_ring(mask), 0.75) or sum(map(_area, parts)) > 0.6 * small.width * small.height:
        return Backdrop.CLUTTERED
    rows: dict[int, list[Run]] = {}
    for row, run in (found for part in parts for found in part):
        rows.setdefault(row, []).append(run)
    span = range(min(rows), _floor(small, rows, sharp=max(SHARP, 4 * stray)) + 1)
    return Silhouette(span.start, tuple(tuple(sorted(rows.get(row, ()))) for row in span), scale)


def _thumbnail(image: Image.Image) -> tuple[Image.Image, tuple[float, float]]:
    """Shrink a picture, and return with it how many pixels a cell has each way."""
    picks = min(4, _shrinkage(image))
    picked = _picked(image, picks=picks)
    return picked.reduce(picks), (picks * image.width / picked.width, picks * image.height / picked.height)


def _picked(image: Image.Image, *, picks: int) -> Image.Image:
    """Pick `picks` pixels each way per cell: to read all of a large photo would cost more than the rest."""
    shrinkage = _shrinkage(image) / picks
    size = (max(1, round(image.width / shrinkage)), max(1, round(image.height / shrinkage)))
    return image.resize(size, Image.Resampling.NEAREST)


def _shrinkage(image: Image.Image) -> int:
    return max(1, round(max(image.size) / LONG_SIDE))


def _background(small: Image.Image) -> Image.Image:
    """Span a smooth surface between the edges: a Coons patch, exact for any sum of a row and a column profile."""
    size = width, height = small.size
    depth = max(1, min(size) // 40)
    top = _edge(small.crop((0, 0, width, depth)).resize((width, 1), Image.Resampling.BOX))
    bottom = _edge(small.crop((0, height - depth, width, height)).resize((width, 1), Image.Resampling.BOX))
    left = _edge(small.crop((0, 0, depth, height)).resize((1, height), Image.Resampling.BOX))
    right = _edge(small.crop((width - depth, 0, width, height)).resize((1, height), Image.Resampling.BOX))
    down = Image.linear_gradient("L").resize(size, Image.Resampling.BILINEAR)
    across = Image.linear_gradient("L").transpose(Image.Transpose.TRANSPOSE).resize(size, Image.Resampling.BILINEAR)

    def stretched(edge: Image.Image) -> Image.Image:
        return edge.resize(size, Image.Resampling.NEAREST)

    def corner(row: Image.Image, column: Image.Image, x: int, y: int) -> Image.Image:
        pairs = zip(_colour(row, (x, 0)), _colour(column, (0, y)), strict=True)
        return Image.new("RGB", size, tuple((a + b) // 2 for a, b in pairs))

    sides = Image.composite(stretched(right), stretched(left), across)
    ends = Image.composite(stretched(bottom), stretched(top), down)
    upper = Image.composite(corner(top, right, width - 1, 0), corner(top, left, 0, 0), across)
    lower = Image.composite(corner(bottom, right, width - 1, height - 1), corner(bottom, left, 0, height - 1), across)
    corners = Image.composite(lower, upper, down)
    return ImageChops.add(sides, ImageChops.subtract(ends, corners, offset=128), offset=-128)


def _colour(image: Image.Image, place: tuple[int, int]) -> Colour:
    colour = image.getpixel(place)
    return colour if isinstance(colour, tuple) else ()


def _edge(strip: Image.Image) -> Image.Image:
    """Smooth a strip one pixel thick by a running median: what covers less than a third of it leaves no trace.

    Steps, as between a wall and its floor, stay steps. Colours are ordered by their brightness.
    """
    pixels = strip.tobytes()
    keys = [77 * pixels[at] + 150 * pixels[at + 1] + 29 * pixels[at + 2] << 24 for at in range(0, len(pixels), 3)]
    colours = [key | int.from_bytes(pixels[3 * at : 3 * at + 3], "big") for at, key in enumerate(keys)]
    count = len(colours)
    stride = max(1, count // (3 * WINDOW))
    smooth = []
    for place in range(count):
        # Windows shrink towards the ends, which keeps a slope a slope there.
        reach = min(place, count - 1 - place, count // 3) // stride
        window = sorted(colours[place - reach * stride : place + reach * stride + 1 : stride])
        smooth.append((window[reach] & 0xFFFFFF).to_bytes(3, "big"))
    return Image.frombytes("RGB", strip.size, b"".join(smooth))


def _without_hairlines(mask: Image.Image) -> Image.Image:
    """Drop what is one row high: the line where a wall meets its floor."""
    eroded = ImageChops.darker(mask, ImageChops.offset(mask, 0, 1))
    return ImageChops.lighter(eroded, ImageChops.offset(eroded, 0, -1))


def _floor(small: Image.Image, rows: Mapping[int, list[Run]], *, sharp: int) -> int:
    """Return the lowest row that has a sharp outline: below it there is nothing but shadow.

    Looks at the lowest quarter only, between the outer edges of what stands there.
    """
    top, bottom = min(rows), max(rows)
    knees = bottom - (bottom - top) // 4
    legs = [run for row in range(knees - (bottom - top) // 20, knees + 1) for run in rows.get(row, ())]
    if not legs:
        return bottom
    margin = (bottom - top) // 8
    left, right = max(0, min(run[0] for run in legs) - margin), min(small.width, max(run[1] for run in legs) + margin)
    steps = _steps(small.crop((left, knees, right, bottom + 1)))
    outlined = [row for row, found in enumerate(_runs(steps.point([0] * sharp + [255] * (256 - sharp)))) if found]
    return knees + max(outlined, default=bottom - knees)


def _steps(image: Image.Image) -> Image.Image:
    """Return how much each pixel differs from its right neighbour; the last column's is 0."""
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


def _runs(mask: Image.Image) -> list[list[Run]]:
    """Return the runs of set pixels, row by row."""
    width, height = mask.size
    pixels = mask.tobytes()
    rows = (pixels[start : start + width] for start in range(0, width * height, width))
    return [[found.span() for found in re.finditer(rb"\xff+", row)] for row in rows]


def _connected(rows: list[list[Run]]) -> list[Part]:
    """Gather runs that touch from row to row (union by smaller number)."""
    runs: Part = [(row, run) for row, found in enumerate(rows) for run in found]
    heads = list(range(len(runs)))

    def head(index: int) -> int:
        while heads[index] != index:
            heads[index] = heads[heads[index]]
            index = heads[index]
        return index

    above: list[int] = []
    first = 0
    for found in rows:
        here = list(range(first, first + len(found)))
        for index in here:
            start, end = runs[index][1]
            for other in above:
                if runs[other][1][0] <= end and start <= runs[other][1][1]:
                    low, high = sorted((head(index), head(other)))
                    heads[high] = low
        above, first = here, first + len(found)
    parts: dict[int, Part] = {}
    for index, run in enumerate(runs):
        parts.setdefault(head(index), []).append(run)
    return list(parts.values())


def _main_parts(parts: list[Part], *, size: tuple[int, int]) -> list[Part]:
    """Return the largest part and what lies close to it and is no speck; nothing if even the largest is one."""
    areas = sorted(((_area(part), part) for part in parts), key=lambda found: -found[0])
    if not areas or areas[0][0] < 0.0012 * size[0] * size[1]:
        return []
    kept = [areas[0][1]]
    left, top, right, bottom = _box(areas[0][1])
    gap = max(1, round(0.03 * (bottom - top)))
    for area, part in areas[1:]:
        start, upper, end, lower = _box(part)
        near = start < right + gap and end > left - gap and upper < bottom + gap and lower > top - gap
        if near and area > 0.015 * areas[0][0]:
            kept.append(part)
    return kept


def _area(part: Part) -> int:
    return sum(end - start for _, (start, end) in part)


def _box(part: Part) -> tuple[int, int, int, int]:
    return (
        min(start for _, (start, _) in part),
        part[0][0],
        max(end for _, (_, end) in part),
        part[-1][0] + 1,
    )

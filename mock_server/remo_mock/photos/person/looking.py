"""Looks at a part of a picture with the network, then closely at who is seen there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from PIL import Image

from remo_mock.photos.person.network.arithmetic import Array
from remo_mock.photos.person.network.selfie import person_scores
from remo_mock.photos.person.regions import area, box_of, connected_regions, main_regions
from remo_mock.photos.person.silhouette import Region

Box: TypeAlias = tuple[float, float, float, float]
"""Left, top, right, bottom."""
Sides: TypeAlias = tuple[bool, bool, bool, bool]
"""Whether something holds at the left, the top, the right, the bottom."""

CELLS = 256
"""What the network looks at is stretched to a square of so many cells, as in its training: narrower, it loses legs."""
SMALLEST = 0.04
"""The least height of a person, in heights of what is looked at; less is a speck."""
CLOSE = 0.68
"""A person at least so tall, in heights of what is looked at, is seen closely enough."""
ROOM, FIRST_ROOM = 0.2, 0.5
"""Room around a person in a closer look, in heights; above and below in the first: legs are not seen from afar."""
BEYOND, BESIDE = 0.5, 0.2
"""How much more room there is above and below, and at the sides, where the person reached beyond the last look."""
MOST_LOOKS = 4
NONE_BEYOND: Sides = (False, False, False, False)
EDGE = 2
"""Cells from the edge of a look within which a person may reach beyond."""
EARLIER = 0.7
"""The weight of what an earlier look saw beside the closer one: each alone loses limbs that the other sees."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What was found in a part of a picture: its main regions, and the scores of its cells in all looks so far.

    `sureness` is the median score of the cells of the regions in the last look alone.
    """

    part: Box
    cells: int
    regions: list[Region]
    scores: Array
    sureness: float

    @property
    def scale(self) -> tuple[float, float]:
        """Return the width and the height of a cell in pixels."""
        left, top, right, bottom = self.part
        return (right - left) / self.cells, (bottom - top) / self.cells

    @property
    def box_in_cells(self) -> tuple[int, int, int, int]:
        """Return the box of the main regions in cells."""
        lefts, tops, rights, bottoms = zip(*(box_of(region) for region in self.regions), strict=True)
        return min(lefts), min(tops), max(rights), max(bottoms)

    @property
    def box(self) -> Box:
        """Return the box of the main regions in pixels of the picture."""
        (left, top, right, bottom), (across, down), (x, y) = self.box_in_cells, self.scale, self.part[:2]
        return x + left * across, y + top * down, x + right * across, y + bottom * down

    def beyond(self, size: tuple[int, int]) -> Sides:
        """Tell where the person may reach beyond the part that was looked at, in a picture of a size."""
        left, top, right, bottom = self.box_in_cells
        start, upper, end, lower = self.part
        return (
            start > 0 and left <= EDGE,
            upper > 0 and top <= EDGE,
            end < size[0] and right >= self.cells - EDGE,
            lower < size[1] and bottom >= self.cells - EDGE,
        )

    def ends_with(self, size: tuple[int, int]) -> bool:
        """Tell whether the person reaches the lower edge of a picture of a size."""
        return self.part[3] >= size[1] and self.box_in_cells[3] >= self.cells - EDGE


def look_closely(image: Image.Image, part: Box, *, cells: int = CELLS) -> Sight | None:
    """Return who is seen in a part of a picture, and is still there when looked at closely.

    Looks again with room around the person, until all of the person is in what is looked at, and fills much of it.
    """
    seen = _look(image, part, cells=cells)
    if seen is None or (_is_close(seen, image.size) and _contains(part, _around(seen.box, image.size))):
        return seen
    room = FIRST_ROOM
    for _ in range(MOST_LOOKS):
        closer = _look(image, _around(seen.box, image.size, room=room, beyond=seen.beyond(image.size)), before=seen)
        if closer is None or _is_close(closer, image.size):
            return closer
        seen, room = closer, ROOM
    return seen


def _is_close(found: Sight, size: tuple[int, int]) -> bool:
    """Tell whether a person fills enough of what was looked at, and does not reach beyond."""
    is_large = found.box[3] - found.box[1] >= CLOSE * (found.part[3] - found.part[1])
    return is_large and not any(found.beyond(size))


def _around(box: Box, size: tuple[int, int], *, room: float = ROOM, beyond: Sides = NONE_BEYOND) -> Box:
    """Return a box with room on all sides, at least half as wide as tall, inside the picture."""
    left, top, right, bottom = box
    tall = bottom - top
    margin = ROOM * tall
    beside = max(margin, (0.5 * tall + 2 * margin - (right - left)) / 2)
    return (
        max(left - beside - BESIDE * tall * beyond[0], 0.0),
        max(top - (room + BEYOND * beyond[1]) * tall, 0.0),
        min(right + beside + BESIDE * tall * beyond[2], float(size[0])),
        min(bottom + (room + BEYOND * beyond[3]) * tall, float(size[1])),
    )


def _look(image: Image.Image, part: Box, *, before: Sight | None = None, cells: int = CELLS) -> Sight | None:
    """Run the network on a part of a picture; of several people, return the one seen `before`."""
    pixels = np.asarray(image.resize((cells, cells), Image.Resampling.BILINEAR, box=part))
    scores = latest = person_scores(pixels)
    if before is not None:
        scores = latest + np.float32(EARLIER) * _seen_before(before, part, cells)
    regions = connected_regions(scores > 0)
    if before is not None:
        regions.sort(key=lambda region: -_shared(region, _in_cells(before.box, part, cells)))
        regions = [region for region in regions if area(region) <= area(regions[0])] if regions else []
    regions = main_regions(regions, size=(cells, cells))
    if not regions:
        return None
    inside = [latest[row, start:end] for region in regions for row, (start, end) in region]
    found = Sight(part, cells, regions, scores, float(np.median(np.concatenate(inside))))
    if found.box[3] - found.box[1] < SMALLEST * (part[3] - part[1]):
        return None
    return found


def _seen_before(before: Sight, part: Box, cells: int) -> Array:
    """Return the scores of an earlier look in the cells of another part; 0 where it did not look."""
    (across, down), (left, top) = before.scale, before.part[:2]
    place = (np.arange(cells) + 0.5) / cells
    columns = np.floor((part[0] + place * (part[2] - part[0]) - left) / across).astype(int) + 1
    rows = np.floor((part[1] + place * (part[3] - part[1]) - top) / down).astype(int) + 1
    last = before.cells + 1
    found: Array = np.pad(before.scores, 1)[np.clip(rows, 0, last)[:, None], np.clip(columns, 0, last)]
    return found


def _contains(outer: Box, inner: Box) -> bool:
    slack = 0.02 * (inner[3] - inner[1])
    return (
        outer[0] <= inner[0] + slack
        and outer[1] <= inner[1] + slack
        and outer[2] >= inner[2] - slack
        and outer[3] >= inner[3] - slack
    )


def _in_cells(box: Box, part: Box, cells: int) -> Box:
    across, down = cells / (part[2] - part[0]), cells / (part[3] - part[1])
    left, top = part[:2]
    return (box[0] - left) * across, (box[1] - top) * down, (box[2] - left) * across, (box[3] - top) * down


def _shared(region: Region, box: Box) -> float:
    """Return how many cells of a region lie in a box."""
    left, top, right, bottom = box
    return sum(max(0.0, min(end, right) - max(start, left)) for row, (start, end) in region if top <= row < bottom)

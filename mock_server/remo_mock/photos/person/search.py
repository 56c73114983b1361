"""Searches a photo for a person with the network: the whole photo first, then parts of it, then closely."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
from PIL import Image, ImageStat

from remo_mock.photos.person.absence import LONGEST
from remo_mock.photos.person.body import Body
from remo_mock.photos.person.network.arithmetic import Array
from remo_mock.photos.person.network.selfie import person_scores
from remo_mock.photos.person.plausibility import looks_standing
from remo_mock.photos.person.regions import area, box_of, connected_regions, main_regions
from remo_mock.photos.person.silhouette import Region, Silhouette, silhouette_of

Box: TypeAlias = tuple[float, float, float, float]
"""Left, top, right, bottom."""

CELLS = 256
"""What the network looks at is stretched to a square of so many cells, as in its training: narrower, it loses legs."""
FEW_CELLS = 192
"""Enough to tell whether somebody may be in a small part."""
FLAT = 5.0
"""Standard deviation of the levels in a part of the photo below which it is a bare wall."""
WORKING_SIDE = 1024
"""Pixels of the longer side of the copy from which parts are cut: a tenth of it is still seen."""
SMALLEST = 0.04
"""The least height of a person, in heights of what is looked at; less is a speck."""
CLOSE = 0.68
"""A person at least so tall, in heights of what is looked at, is seen closely enough."""
PART = 0.6
"""Height of the parts that are searched one by one, in heights of the photo."""
SMALL_PART = 0.3
EARLIER = 0.7
"""The weight of what an earlier look saw beside the closer one: each alone loses limbs that the other sees."""
FAINT = 30.0
"""Mean scores of people are above this, but for the palest; those of the moon or a cup below."""
LARGE = 0.02
"""Who fills more of the photo than this is taken in any posture."""


@dataclass(frozen=True, slots=True)
class _Sight:
    """What was found in a part of the photo: the scores of its cells, its main regions, their box in pixels."""

    part: Box
    cells: int
    regions: list[Region]
    scores: Array

    @property
    def scale(self) -> tuple[float, float]:
        left, top, right, bottom = self.part
        return (right - left) / self.cells, (bottom - top) / self.cells

    @property
    def mean_score(self) -> float:
        cells = [self.scores[row, start:end] for region in self.regions for row, (start, end) in region]
        # In float64, and rounded long before it ends: the order of a sum depends on the processor.
        return round(float(np.concatenate(cells).mean(dtype=np.float64)), 3)

    @property
    def box(self) -> Box:
        boxes = [box_of(region) for region in self.regions]
        left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
        right, bottom = max(box[2] for box in boxes), max(box[3] for box in boxes)
        (across, down), (x, y) = self.scale, self.part[:2]
        return x + left * across, y + top * down, x + right * across, y + bottom * down


def search_person(image: Image.Image) -> Silhouette | None:
    """Return the silhouette of a person in an RGB photo, or None where the network sees nobody.

    The first one that is large or looks like a standing person, else the largest.
    """
    copy = _working_copy(image)
    whole = (0.0, 0.0, float(copy.width), float(copy.height))
    largest: Silhouette | None = None
    for part in (whole, *_parts(copy.size, share=PART)):
        found = _sight(copy, part) if part == whole or _is_varied(copy, part) else None
        if found is None:
            continue
        silhouette = _silhouette(found, image.width / copy.width, image.height / copy.height)
        body = Body(silhouette, len(silhouette.rows))
        if _size(silhouette) > LARGE * image.width * image.height or looks_standing(body):
            return silhouette
        if largest is None or _size(silhouette) > _size(largest):
            largest = silhouette
    return largest


def search_minutely(image: Image.Image) -> Silhouette | None:
    """Return the first person that the network sees in small parts of a photo, which takes ten times as long."""
    copy = _working_copy(image)
    for part in _parts(copy.size, share=SMALL_PART):
        found = _sight(copy, part, cells=FEW_CELLS) if _is_varied(copy, part) else None
        if found is not None:
            return _silhouette(found, image.width / copy.width, image.height / copy.height)
    return None


def _silhouette(found: _Sight, across: float, down: float) -> Silhouette:
    """Return what was found in the working copy as a silhouette in the photo, so many times as large."""
    (wide, tall), (left, top) = found.scale, found.part[:2]
    silhouette = silhouette_of(found.regions, scale=(wide * across, tall * down), corner=(left * across, top * down))
    return replace(silhouette, is_faint=found.mean_score < FAINT)


def _size(silhouette: Silhouette) -> float:
    across, down = silhouette.scale
    return across * down * sum(end - start for row in silhouette.rows for start, end in row)


def _working_copy(image: Image.Image) -> Image.Image:
    share = WORKING_SIDE / max(image.size)
    if share >= 1:
        return image
    size = (max(1, round(image.width * share)), max(1, round(image.height * share)))
    return image.resize(size, Image.Resampling.NEAREST)


def _sight(image: Image.Image, part: Box, *, cells: int = CELLS) -> _Sight | None:
    """Return who is seen in a part of a picture, and is still there when looked at closely."""
    found = _look(image, part, cells=cells)
    return None if found is None else _closely(image, found)


def _closely(image: Image.Image, found: _Sight) -> _Sight | None:
    """Look again at where a person was found, with room around it, until the person no longer reaches beyond."""
    part, seen = found.part, found
    if not _is_close(seen) or not _contains(part, _around(seen.box, image.size)):
        # Legs are the first that is not seen from afar.
        for room in (0.5, 0.2):
            closer = _look(image, _around(seen.box, image.size, room=room), before=seen)
            if closer is None:
                return None
            seen = closer
            if _is_close(seen):
                break
    return seen


def _is_close(found: _Sight) -> bool:
    return found.box[3] - found.box[1] >= CLOSE * (found.part[3] - found.part[1])


def _parts(size: tuple[int, int], *, share: float) -> Iterator[Box]:
    """Yield overlapping parts of a picture, each `share` of its height: the lower ones first, from the middle.

    People stand on the ground. A picture much longer than wide is not searched.
    """
    width, height = size
    if max(size) > LONGEST * min(size):
        return
    tall = share * height
    wide = min(0.8 * tall, float(width))
    lefts, tops = _spread(width - wide, step=0.7 * wide), _spread(height - tall, step=0.6 * tall)
    for top in reversed(tops):
        for left in sorted(lefts, key=lambda place: abs(place + (wide - width) / 2)):
            yield left, top, left + wide, top + tall


def _spread(end: float, *, step: float) -> list[float]:
    """Return places from 0 to `end`, not much more than a step apart."""
    count = max(1, round(end / step)) if end > 0 else 0
    return [end * number / count for number in range(count + 1)] if count else [0.0]


def _around(box: Box, size: tuple[int, int], *, room: float = 0.2) -> Box:
    """Return a box with room on all sides, at least half as wide as tall, inside the picture."""
    left, top, right, bottom = box
    tall = bottom - top
    margin = 0.2 * tall
    beside = max(margin, (0.5 * tall + 2 * margin - (right - left)) / 2)
    return (
        max(left - beside, 0.0),
        max(top - room * tall, 0.0),
        min(right + beside, float(size[0])),
        min(bottom + room * tall, float(size[1])),
    )


def _look(image: Image.Image, part: Box, *, before: _Sight | None = None, cells: int = CELLS) -> _Sight | None:
    """Run the network on a part of a picture; of several people, return the one seen `before`."""
    pixels = np.asarray(image.resize((cells, cells), Image.Resampling.BILINEAR, box=part))
    scores = person_scores(pixels)
    if before is not None:
        scores = scores + np.float32(EARLIER) * _seen_before(before, part, cells)
    regions = connected_regions(scores > 0)
    if before is not None:
        regions.sort(key=lambda region: -_shared(region, _in_cells(before.box, part, cells)))
        regions = [region for region in regions if area(region) <= area(regions[0])] if regions else []
    found = _Sight(part, cells, main_regions(regions, size=(cells, cells)), scores)
    if not found.regions or (found.box[3] - found.box[1]) < SMALLEST * (part[3] - part[1]):
        return None
    return found


def _seen_before(before: _Sight, part: Box, cells: int) -> Array:
    """Return the scores of an earlier look in the cells of another part; 0 where it did not look."""
    (across, down), (left, top) = before.scale, before.part[:2]
    place = (np.arange(cells) + 0.5) / cells
    columns = np.floor((part[0] + place * (part[2] - part[0]) - left) / across).astype(int) + 1
    rows = np.floor((part[1] + place * (part[3] - part[1]) - top) / down).astype(int) + 1
    last = before.cells + 1
    found: Array = np.pad(before.scores, 1)[np.clip(rows, 0, last)[:, None], np.clip(columns, 0, last)]
    return found


def _is_varied(image: Image.Image, part: Box) -> bool:
    few = image.resize((32, 32), Image.Resampling.NEAREST, box=part).convert("L")
    return ImageStat.Stat(few).stddev[0] > FLAT


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

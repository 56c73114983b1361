"""Searches a photo for a person with the network: the whole photo first, then parts of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from PIL import Image, ImageStat

from remo_mock.photos.person.absence import LONGEST
from remo_mock.photos.person.body import Body
from remo_mock.photos.person.looking import Box, Sight, look_closely
from remo_mock.photos.person.plausibility import looks_standing
from remo_mock.photos.person.silhouette import Silhouette, silhouette_of
from remo_mock.photos.person.touching import largest_person

FEW_CELLS = 192
"""Enough to tell whether somebody may be in a small part."""
FLAT = 5.0
"""Standard deviation of the levels in a part of the photo below which it is a bare wall."""
WORKING_SIDE = 1024
"""Pixels of the longer side of the copy from which parts are cut: a tenth of it is still seen."""
PART = 0.6
"""Height of the parts that are searched one by one, in heights of the photo."""
SMALL_PART = 0.3
FAINT = 8.0
"""Median scores of people are above this, but for the palest; those of the moon or a cup below."""
FAINTEST = 4.0
"""Whoever scores less than this is a guess in any posture."""
BLUR = 2
"""Cells by which an outline is above a head, and below the feet."""
MARGIN = 0.02
"""What is closer than this share of the photo to its left, upper and right edge is no person in front of something."""
LARGE = 0.02
"""Who fills more of the photo than this, and is no faint sight, is taken in any posture."""


def search_person(image: Image.Image) -> Silhouette | None:
    """Return the silhouette of a person in an RGB photo, or None where the network sees nobody.

    The first one that is large and clear or looks like a standing person, else the largest, clear ones first.
    """
    copy = _working_copy(image)
    whole = (0.0, 0.0, float(copy.width), float(copy.height))
    seen: list[tuple[bool, float, Silhouette]] = []
    for part in (whole, *_parts(copy.size, share=PART)):
        found = look_closely(copy, part) if part == whole or _is_varied(copy, part) else None
        if found is None:
            continue
        silhouette, is_clear = _silhouette(found, copy.size, image.size), _is_clear(found, copy.size)
        share = _size(silhouette) / (image.width * image.height)
        is_standing = looks_standing(Body(silhouette, len(silhouette.rows)))
        # Somebody small beside something large that is no person for certain may be a part of that.
        is_certain = found.sureness >= FAINTEST and not any(other > LARGE for _, other, _ in seen)
        if is_standing or (is_clear and share > LARGE):
            return replace(silhouette, is_faint=not (is_certain and (is_standing or part == whole)))
        seen.append((is_clear, share, replace(silhouette, is_faint=True)))
    return max(seen, key=lambda sight: sight[:2])[2] if seen else None


def search_minutely(image: Image.Image) -> Silhouette | None:
    """Return the first person that the network sees in small parts of a photo, which takes ten times as long."""
    copy = _working_copy(image)
    for part in _parts(copy.size, share=SMALL_PART):
        found = look_closely(copy, part, cells=FEW_CELLS) if _is_varied(copy, part) else None
        if found is not None:
            silhouette = _silhouette(found, copy.size, image.size)
            return replace(silhouette, is_faint=not looks_standing(Body(silhouette, len(silhouette.rows))))
    return None


def _silhouette(found: Sight, copied: tuple[int, int], size: tuple[int, int]) -> Silhouette:
    """Return what was found in the working copy, whose size is `copied`, as a silhouette in the photo of `size`."""
    (wide, tall), (left, top) = found.scale, found.part[:2]
    across, down = size[0] / copied[0], size[1] / copied[1]
    scale, corner = (wide * across, tall * down), (left * across, top * down)
    silhouette = largest_person(silhouette_of(found.regions, scale=scale, corner=corner))
    if found.ends_with(copied):
        return silhouette
    # The network works at half the size of its cells, and what is in part a person is one: the outline is wide.
    rows = silhouette.rows[BLUR:-BLUR]
    return replace(silhouette, top=silhouette.top + BLUR, rows=rows) if any(rows) else silhouette


def _is_clear(found: Sight, size: tuple[int, int]) -> bool:
    """Tell whether the network was sure of somebody whose outline has an end, in a picture of a size."""
    left, top, right, _ = found.box
    is_everywhere = left <= MARGIN * size[0] and top <= MARGIN * size[1] and right >= (1 - MARGIN) * size[0]
    return found.sureness >= FAINT and not is_everywhere and not any(found.beyond(size))


def _size(silhouette: Silhouette) -> float:
    across, down = silhouette.scale
    return across * down * sum(end - start for row in silhouette.rows for start, end in row)


def _working_copy(image: Image.Image) -> Image.Image:
    share = WORKING_SIDE / max(image.size)
    if share >= 1:
        return image
    size = (max(1, round(image.width * share)), max(1, round(image.height * share)))
    return image.resize(size, Image.Resampling.NEAREST)


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


def _is_varied(image: Image.Image, part: Box) -> bool:
    few = image.resize((32, 32), Image.Resampling.NEAREST, box=part).convert("L")
    return ImageStat.Stat(few).stddev[0] > FLAT

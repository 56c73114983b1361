"""Tells how much of a body lies beyond the upper and the lower edge of a photo, by what is seen of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from statistics import median

from PIL import Image

from remo_mock.photos.person.body import Body, nearest, widest
from remo_mock.photos.person.crown import is_wall_above
from remo_mock.photos.person.silhouette import Silhouette

BREADTHS = {"front": (0.31, 0.2, 0.1), "side": (0.18, 0.22, 0.12), "back": (0.31, 0.2, 0.1)}
"""In heights, by view: the breadth of the trunk, how far below the crown it begins, the breadth of the head."""
CUT = 1.15
"""A body that must be so many times as tall as what is seen of it is cut off by the picture's lower edge."""
CUT_AT_SHINS = {"front": 1.08, "side": 0.0, "back": 1.08}
"""The same by view where no feet are seen. Seen from the side they are so long that they are missed for certain."""
SHINS = 1.12
"""A body without feet is so many times as tall as what is seen of it, at least."""
FEET, ANKLES = 0.05, 0.16
"""Where feet end and where the legs above them are narrowest, in what is seen."""
FLARE, CLEAR_FLARE = 1.1, 1.5
"""How many times as broad as these the feet are, at least and where they are seen for certain."""
GOES_ON, ENDS = 0.1, 0.01
"""How far a body goes on below the edge (`goes_on`) that is cut off for certain; and one that is not, at most."""
ANKLES_CUT = 1.05
"""A body whose feet alone are not seen is so many times as tall as what is seen of it, at least."""
CUT_ALL_THE_SAME = 1.4
"""What seems to be feet at the end of so short a body is something else; a broad coat alone makes less of it."""
TALLEST = 8.0
"""The largest such number that is believed."""
SHORT_HEAD = 0.09
"""Where less is seen above the trunk than this, in heights, the head is out of the frame."""
BROAD_TOP = {"front": 0.6, "side": 0.9, "back": 0.6}
"""Where the top is broader than this, by view, in breadths of the trunk, it is no crown."""
HEAD = 0.13
"""What lies above the trunk at least, in heights."""
CHEST = 0.3
"""The share of what is seen in which a trunk is looked for where feet are seen: hands may be broader farther down."""
NECK = 0.19
"""How far below the crown a neck may be, in heights."""
NARROW = 0.8
"""A neck is at most so broad, in breadths of the head; and a trunk begins at this share of its breadth."""


@dataclass(frozen=True, slots=True)
class _Outline:
    """In rows: what is seen, the breadths of trunk, head and the very top, and how far below that the trunk begins.

    `below_neck` is where it begins below a neck, if there is one.
    """

    seen: int
    trunk: float
    head: float
    top: float
    begins: int
    below_neck: int

    def has_crown(self, view: str) -> bool:
        """Tell whether the top is as narrow as a head or a neck."""
        return self.top <= BROAD_TOP[view] * self.trunk

    def lacks_head(self, view: str) -> bool:
        """Tell whether there is too little above the trunk."""
        return self.below_neck < SHORT_HEAD * self.trunk / BREADTHS[view][0] or not self.has_crown(view)


def body_of(silhouette: Silhouette, image: Image.Image, *, view: str) -> Body:
    """Return the body of a silhouette in an RGB photo.

    Where a silhouette reaches the lower edge, its head and shoulders tell how tall the whole body is. Where it reaches
    the upper edge and has no head, empty rows are put above it.
    """
    down, bottom = silhouette.scale[1], image.height
    slack = max(1.5 * down, 0.01 * bottom)
    top = silhouette.corner[1] + silhouette.top * down
    is_cut_below = top + len(silhouette.rows) * down >= bottom - slack
    if top > slack and not is_cut_below:
        return Body(silhouette, len(silhouette.rows))
    if top <= slack:
        outline = _outline(silhouette, view=view, share=1.0 if is_cut_below else CHEST)
        if outline.lacks_head(view) and not (view == "side" and is_wall_above(silhouette, image)):
            return _without_head(silhouette, outline, view=view, is_cut_below=is_cut_below)
    outline = _outline(silhouette, view=view)
    seen = len(silhouette.rows)
    found = (outline.trunk, outline.begins, outline.head)
    height = min(median(length / usual for length, usual in zip(found, BREADTHS[view], strict=True)), TALLEST * seen)
    if not is_cut_below:
        return Body(silhouette, seen)
    flare = _flare(silhouette)
    if height > _least(flare, view=view) * seen:
        # Who stands whole close to the edge has feet that end above it.
        is_whole = flare >= FLARE and _below()(silhouette, image) <= ENDS
        return Body(silhouette, seen if is_whole else max(height, SHINS * seen))
    if flare < CLEAR_FLARE and _below()(silhouette, image) >= GOES_ON:
        return Body(silhouette, max(height, ANKLES_CUT * seen))
    return Body(silhouette, seen)


def _least(flare: float, *, view: str) -> float:
    """Return how many times as tall as what is seen a body must be to be cut off, by what looks like its feet."""
    if flare < FLARE:
        return CUT_AT_SHINS[view]
    return CUT if flare < CLEAR_FLARE else CUT_ALL_THE_SAME


def _flare(silhouette: Silhouette) -> float:
    """Return the breadth of what looks like feet in that of the legs above them."""
    breadths = [sum(end - start for start, end in row) for row in silhouette.rows]
    count = len(breadths)
    feet, ankles = (count - max(1, int(share * count)) for share in (FEET, ANKLES))
    return max(breadths[feet:]) / max(1, min(breadths[ankles:feet] or breadths))


@cache
def _below() -> Callable[[Silhouette, Image.Image], float]:
    """Import `goes_on`, which needs numpy: why so late, `figure` says."""
    from remo_mock.photos.person.below import goes_on

    return goes_on


def _without_head(silhouette: Silhouette, outline: _Outline, *, view: str, is_cut_below: bool) -> Body:
    """Return the body of a silhouette that begins below the head, with as many empty rows as are missing above it."""
    breadth, begins, _ = BREADTHS[view]
    seen = outline.seen
    usual = min(outline.trunk / breadth, TALLEST * seen)
    if is_cut_below:
        above = HEAD * usual
    elif outline.has_crown(view) and outline.begins > 0:  # the neck is seen, and where the shoulders begin
        above = (seen - outline.begins) / (1 - begins) - seen
    else:
        above = max(seen / (1 - begins), min(usual, 3 * seen)) - seen
    rows = ((),) * max(round(above), 1) + silhouette.rows
    body = replace(silhouette, top=silhouette.top + seen - len(rows), rows=rows)
    return Body(body, max(len(rows), usual) if is_cut_below else len(rows))


def _outline(silhouette: Silhouette, *, view: str, share: float = 1.0) -> _Outline:
    """Measure head and shoulders, which are alike in all people, in the upper `share` of what is seen."""
    rows = [row for row in silhouette.rows if row]
    count = len(rows)
    head = median(sum(widest(row)) / 2 for row in rows[count // 50 : max(3, count // 12)])
    near = [nearest(row, head) for row in rows[: max(3, round(share * count))]]
    breadths = _smoothed([end - start for start, end in near], reach=max(1, count // 60))
    trunk = max(breadths)
    stretch = silhouette.scale[0] / silhouette.scale[1]
    shoulders = _trunk_from(breadths, 0, trunk)
    upper = breadths[: max(2, shoulders)]
    neck = min(range(len(upper) // 3, len(upper)), key=upper.__getitem__)
    # Seen from the side a head is nearly as deep as the trunk, and a neck lies between them.
    below = range(shoulders, min(len(breadths), round(NECK * trunk * stretch / BREADTHS[view][0])))
    narrowest = min(below, key=breadths.__getitem__, default=shoulders)
    is_neck = breadths[narrowest] <= NARROW * max(breadths[: narrowest + 1])
    return _Outline(
        seen=count,
        trunk=trunk * stretch,
        head=max(upper[: neck + 1]) * stretch,
        top=median(breadths[: max(1, count // 40)]) * stretch,
        begins=shoulders,
        below_neck=_trunk_from(breadths, narrowest, trunk, default=shoulders) if is_neck else shoulders,
    )


def _trunk_from(breadths: Sequence[float], first: int, trunk: float, *, default: int = 0) -> int:
    """Return the first row from `first` on that is nearly as broad as the trunk."""
    return next((row for row in range(first, len(breadths)) if breadths[row] >= NARROW * trunk), default)


def _smoothed(values: Sequence[int], *, reach: int) -> list[float]:
    return [median(values[max(0, at - reach) : at + reach + 1]) for at in range(len(values))]

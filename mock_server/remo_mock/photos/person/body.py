"""Measures a silhouette by the height of the body."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TypeAlias

from remo_mock.photos.person.silhouette import Run, Silhouette

Point: TypeAlias = tuple[float, float]

BREADTHS = {"front": (0.31, 0.2, 0.1), "side": (0.18, 0.22, 0.12), "back": (0.31, 0.2, 0.1)}
"""In heights, by view: the breadth of the trunk, how far below the crown it begins, the breadth of the head."""
CUT = 1.15
"""A body that must be so many times as tall as what is seen of it is cut off by the picture's lower edge."""
LEG = 0.4
"""The breadth of one leg in that of the other, at least, however they are turned."""
TALLEST = 8.0
"""The largest such number that is believed."""


@dataclass(frozen=True, slots=True)
class Body:
    """A silhouette read by height: `up` is a fraction of the body's height above the floor, x is in cells.

    `height` is in rows. It is more than there are where the picture ends above the floor.
    """

    silhouette: Silhouette
    height: float

    @property
    def unit(self) -> float:
        """The body's height in the width of a cell, for distances across."""
        return self.height * self.silhouette.scale[1] / self.silhouette.scale[0]

    @property
    def breadth(self) -> int:
        """The distance of the outermost columns."""
        left, right = self.sides()
        return right - left

    @property
    def is_cut(self) -> bool:
        """Whether the picture ends above the floor."""
        return self.height > len(self.silhouette.rows)

    def row(self, up: float) -> int:
        """Return the number of the row at a height; below the silhouette there may be none of it."""
        return min(max(round((1 - up) * self.height - 0.5), 0), round(self.height) - 1)

    def runs(self, up: float) -> tuple[Run, ...]:
        """Return the runs at a height."""
        rows = self.silhouette.rows[self.row(up) :]
        return rows[0] if rows else ()

    def middle(
        self, low: float, high: float, choose: Callable[[tuple[Run, ...]], Run], *, default: float | None = None
    ) -> float:
        """Return the median x of the middle of the chosen run, over the rows between two heights.

        Where all of these are empty, return `default`, or the middle of the silhouette.
        """
        rows = self.silhouette.rows[self.row(high) : self.row(low) + 1]
        middles = sorted(sum(choose(row)) / 2 for row in rows if row)
        if middles:
            return middles[len(middles) // 2]
        return sum(self.sides()) / 2 if default is None else default

    def sides(self) -> Run:
        """Return the leftmost and the rightmost x."""
        rows = [row for row in self.silhouette.rows if row]
        return min(row[0][0] for row in rows), max(row[-1][1] for row in rows)

    def pixels(self, x: float, up: float) -> Point:
        """Convert x and height to the pixels of the photo."""
        (across, down), (left, top) = self.silhouette.scale, self.silhouette.corner
        return left + x * across - 0.5, top + (self.silhouette.top + (1 - up) * self.height) * down - 0.5


def body_of(silhouette: Silhouette, *, view: str, bottom: int) -> Body:
    """Return the body of a silhouette in a photo that ends at the row of pixels `bottom`.

    Where a silhouette reaches that, its head and shoulders tell how tall the whole body is.
    """
    seen = len(silhouette.rows)
    down = silhouette.scale[1]
    reach = silhouette.corner[1] + (silhouette.top + seen) * down
    if reach < bottom - max(1.5 * down, 0.01 * bottom):
        return Body(silhouette, seen)
    height = min(_estimated_height(silhouette, view=view), TALLEST * seen)
    return Body(silhouette, height if height > CUT * seen else seen)


def _estimated_height(silhouette: Silhouette, *, view: str) -> float:
    """Return how many rows a body has by its head and shoulders, which are alike in all people."""
    rows = [row for row in silhouette.rows if row]
    count = len(rows)
    head = median(sum(widest(row)) / 2 for row in rows[count // 50 : max(3, count // 12)])
    near = [nearest(row, head) for row in rows]
    breadths = _smoothed([end - start for start, end in near], reach=max(1, count // 60))
    trunk = max(breadths)
    shoulders = next(number for number, breadth in enumerate(breadths) if breadth >= 0.8 * trunk)
    upper = breadths[: max(2, shoulders)]
    neck = min(range(len(upper) // 3, len(upper)), key=upper.__getitem__)
    share = silhouette.scale[0] / silhouette.scale[1]
    found = (trunk * share, shoulders, max(upper[: neck + 1]) * share)
    return median(length / usual for length, usual in zip(found, BREADTHS[view], strict=True))


def _smoothed(values: Sequence[int], *, reach: int) -> list[float]:
    return [median(values[max(0, at - reach) : at + reach + 1]) for at in range(len(values))]


def widest(row: tuple[Run, ...]) -> Run:
    """Return the widest run of a row."""
    return max(row, key=lambda run: run[1] - run[0])


def whole(row: tuple[Run, ...]) -> Run:
    """Return a row from its first column to its last, gaps included."""
    return row[0][0], row[-1][1]


def around(row: tuple[Run, ...], x: float) -> Run:
    """Return the run that covers x; the whole row if there is none, where clothes have the background's colour."""
    return next((run for run in row if run[0] <= x <= run[1]), whole(row))


def nearest(row: tuple[Run, ...], x: float) -> Run:
    """Return the run closest to x."""
    return min(row, key=lambda run: max(run[0] - x, x - run[1], 0))


def legs(row: tuple[Run, ...]) -> tuple[Run, Run]:
    """Return the leftmost and the rightmost run of a row that are as broad as legs beside the widest one."""
    broad = (widest(row)[1] - widest(row)[0]) * LEG
    runs = [run for run in row if run[1] - run[0] >= broad]
    return runs[0], runs[-1]

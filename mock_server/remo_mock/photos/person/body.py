"""Measures a silhouette by the height of the body."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from remo_mock.photos.person.silhouette import Run, Silhouette

Point: TypeAlias = tuple[float, float]

LEG = 0.4
"""The breadth of one leg in that of the other, at least, however they are turned."""


@dataclass(frozen=True, slots=True)
class Body:
    """A silhouette read by height: `up` is a fraction of the body's height above the floor, x is in cells.

    `height` is in rows. It is more than there are where the picture ends above the floor; the first rows are empty
    where it begins below the crown.
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
        """Whether the picture ends above the floor, or begins below the crown."""
        return self.height > len(self.silhouette.rows) or self.lacks_head

    @property
    def lacks_head(self) -> bool:
        """Whether the picture begins below the crown."""
        return not self.silhouette.rows[0]

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

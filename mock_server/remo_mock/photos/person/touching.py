"""Parts people who stand so close that their silhouettes are one."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from remo_mock.photos.person.silhouette import Silhouette

Columns: TypeAlias = NDArray[np.int64]

BREADTH = 0.45
"""What is broader than this, in heights, may be several people, or one with the arms out."""
TALL, GAP = 0.5, 0.5
"""How tall each of two people is at least, in heights of both, and how tall what joins them is at most beside them."""
DIP = 0.1
"""How far what joins two people begins below the lower one of their heads at least, in heights."""
SMOOTH = 0.03
"""The breadth over which columns are levelled, in heights: hair and fingers are finer."""


def largest_person(silhouette: Silhouette) -> Silhouette:
    """Return the largest one of people whose silhouettes touch side by side; one person unchanged."""
    while True:
        tall, tops, left = _columns(silhouette)
        gap = _gap(tall, tops, height=len(silhouette.rows), unit=_unit(silhouette))
        if gap is None:
            return silhouette
        if tall[:gap].sum() >= tall[gap:].sum():
            silhouette = _between(silhouette, left, left + gap)
        else:
            silhouette = _between(silhouette, left + gap, left + len(tall))


def _unit(silhouette: Silhouette) -> float:
    """Return the height in the width of a cell."""
    return len(silhouette.rows) * silhouette.scale[1] / silhouette.scale[0]


def _columns(silhouette: Silhouette) -> tuple[Columns, Columns, int]:
    """Return for each column how many cells are set, and the row of the first one; and the first column."""
    runs = np.array([(row, *run) for row, runs in enumerate(silhouette.rows) for run in runs], np.int64)
    left, right = int(runs[:, 1].min()), int(runs[:, 2].max())
    steps = np.zeros(right - left + 1, np.int64)
    np.add.at(steps, runs[:, 1] - left, 1)
    np.subtract.at(steps, runs[:, 2] - left, 1)
    tops = np.full(right - left, len(silhouette.rows), np.int64)
    for row, start, end in reversed(runs.tolist()):
        tops[start - left : end - left] = row
    return steps.cumsum()[:-1], tops, left


def _gap(tall: Columns, tops: Columns, *, height: int, unit: float) -> int | None:
    """Return the column between two people, or None if there is only one."""
    if len(tall) < BREADTH * unit:
        return None
    reach = max(1, round(SMOOTH * unit / 2))
    padded = np.pad(tall, reach, mode="edge")
    level = np.median(np.lib.stride_tricks.sliding_window_view(padded, 2 * reach + 1), axis=1)
    lower = np.minimum(np.maximum.accumulate(level), np.maximum.accumulate(level[::-1])[::-1])
    depth = np.where(lower >= TALL * level.max(), level / np.maximum(lower, 1), 1.0)
    # Between the legs of one person a column is short as well, but begins no lower than those beside it.
    heads = np.maximum(np.minimum.accumulate(tops), np.minimum.accumulate(tops[::-1])[::-1])
    depth[tops - heads < DIP * height] = 1.0
    gap = int(depth.argmin())
    return gap if depth[gap] <= GAP else None


def _between(silhouette: Silhouette, left: int, right: int) -> Silhouette:
    """Return what is between two columns, without empty rows above and below."""
    rows = [
        tuple((max(start, left), min(end, right)) for start, end in row if start < right and end > left)
        for row in silhouette.rows
    ]
    filled = [number for number, row in enumerate(rows) if row]
    first, last = filled[0], filled[-1]
    return replace(silhouette, top=silhouette.top + first, rows=tuple(rows[first : last + 1]))

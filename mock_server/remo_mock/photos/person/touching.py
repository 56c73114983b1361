"""Parts people who stand so close that their silhouettes are one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from remo_mock.photos.person.silhouette import Silhouette

BREADTH = 0.45
"""What is broader than this, in heights, may be several people, or one with the arms out."""
TALL, GAP = 0.5, 0.5
"""How tall each of two people is at least, in heights of both, and how tall what joins them is at most beside them."""
SMOOTH = 0.03
"""The breadth over which columns are levelled, in heights: hair and fingers are finer."""


def largest_person(silhouette: Silhouette) -> Silhouette:
    """Return the largest one of people whose silhouettes touch side by side; one person unchanged."""
    while True:
        columns, left = _columns(silhouette)
        gap = _gap(columns, _height(silhouette))
        if gap is None:
            return silhouette
        if columns[:gap].sum() >= columns[gap:].sum():
            silhouette = _between(silhouette, left, left + gap)
        else:
            silhouette = _between(silhouette, left + gap, left + len(columns))


def _height(silhouette: Silhouette) -> float:
    """Return the height in the width of a cell."""
    return len(silhouette.rows) * silhouette.scale[1] / silhouette.scale[0]


def _columns(silhouette: Silhouette) -> tuple[np.ndarray[tuple[int], np.dtype[np.int64]], int]:
    """Return how many cells of each column are set, as shares of the rows; and the first column."""
    runs = np.array([run for row in silhouette.rows for run in row], np.int64)
    left, right = int(runs[:, 0].min()), int(runs[:, 1].max())
    steps = np.zeros(right - left + 1, np.int64)
    np.add.at(steps, runs[:, 0] - left, 1)
    np.subtract.at(steps, runs[:, 1] - left, 1)
    return steps.cumsum()[:-1], left


def _gap(columns: np.ndarray[tuple[int], np.dtype[np.int64]], height: float) -> int | None:
    """Return the column between two people, or None if there is only one."""
    if len(columns) < BREADTH * height:
        return None
    reach = max(1, round(SMOOTH * height / 2))
    padded = np.pad(columns, reach, mode="edge")
    level = np.median(np.lib.stride_tricks.sliding_window_view(padded, 2 * reach + 1), axis=1)
    before, after = np.maximum.accumulate(level), np.maximum.accumulate(level[::-1])[::-1]
    lower = np.minimum(before, after)
    depth = np.where(lower >= TALL * level.max(), level / np.maximum(lower, 1), 1.0)
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

"""Finds the connected regions of a mask, as runs of set pixels, and chooses those that make up one foreground."""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from remo_mock.photos.person.silhouette import Region

Mask: TypeAlias = NDArray[np.bool_]
"""Rows x columns."""


def connected_regions(mask: Mask) -> list[Region]:
    """Return the regions of set pixels, joining runs that touch from row to row (union-find, by the smaller number)."""
    rows, columns = np.nonzero(np.diff(mask, axis=1, prepend=False, append=False))
    rows, starts, ends = rows[::2], columns[::2], columns[1::2]
    # Counted through all rows, those above that end no sooner than a run starts, and start no later than it ends.
    length = mask.shape[1] + 1
    firsts = np.searchsorted(rows * length + ends, (rows - 1) * length + starts)
    lasts = np.searchsorted(rows * length + starts, (rows - 1) * length + ends, side="right")
    heads = list(range(len(rows)))

    def head(index: int) -> int:
        while heads[index] != index:
            heads[index] = heads[heads[index]]
            index = heads[index]
        return index

    for index, (first, last) in enumerate(zip(firsts.tolist(), lasts.tolist(), strict=True)):
        for above in range(first, last):
            low, high = sorted((head(index), head(above)))
            heads[high] = low
    regions: dict[int, Region] = {}
    runs = zip(starts.tolist(), ends.tolist(), strict=True)
    for index, run in enumerate(zip(rows.tolist(), runs, strict=True)):
        regions.setdefault(head(index), []).append(run)
    return list(regions.values())


def main_regions(regions: list[Region], *, size: tuple[int, int]) -> list[Region]:
    """Return the largest region and those close to it, without specks; nothing if the largest is a speck itself."""
    by_size = sorted(((area(region), region) for region in regions), key=lambda sized: -sized[0])
    if not by_size or by_size[0][0] < 0.0012 * size[0] * size[1]:
        return []
    kept = [by_size[0][1]]
    left, top, right, bottom = box_of(by_size[0][1])
    gap = max(1, round(0.03 * (bottom - top)))
    for size_in_pixels, region in by_size[1:]:
        start, upper, end, lower = box_of(region)
        near = start < right + gap and end > left - gap and upper < bottom + gap and lower > top - gap
        if near and size_in_pixels > 0.015 * by_size[0][0]:
            kept.append(region)
    return kept


def area(region: Region) -> int:
    """Return the number of pixels of a region."""
    return sum(end - start for _, (start, end) in region)


def box_of(region: Region) -> tuple[int, int, int, int]:
    """Return left, top, right and bottom of a region."""
    return (
        min(start for _, (start, _) in region),
        region[0][0],
        max(end for _, (_, end) in region),
        region[-1][0] + 1,
    )

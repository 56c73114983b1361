"""Finds the connected regions of a mask, as runs of set pixels, and chooses those that make up one foreground."""

import re
from typing import TypeAlias

from PIL import Image

Run: TypeAlias = tuple[int, int]
"""The columns of one run of set pixels in a row: start and end."""
Region: TypeAlias = list[tuple[int, Run]]
"""Runs that touch each other, each with its row."""


def runs_of(mask: Image.Image) -> list[list[Run]]:
    """Return the runs of set pixels, row by row."""
    width, height = mask.size
    pixels = mask.tobytes()
    rows = (pixels[start : start + width] for start in range(0, width * height, width))
    return [[found.span() for found in re.finditer(rb"\xff+", row)] for row in rows]


def connected_regions(rows: list[list[Run]]) -> list[Region]:
    """Join runs that touch from row to row (union-find, by the smaller number)."""
    runs: Region = [(row, run) for row, found in enumerate(rows) for run in found]
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
    regions: dict[int, Region] = {}
    for index, run in enumerate(runs):
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

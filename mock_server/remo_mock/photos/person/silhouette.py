"""Holds what stands before the background of a picture, row by row."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

Run: TypeAlias = tuple[int, int]
"""The columns of one run of set pixels in a row: start and end."""
Region: TypeAlias = list[tuple[int, Run]]
"""Runs that touch each other, each with its row."""


class NoSilhouette(Enum):
    """Why a picture has no silhouette: nothing stands before the background, or the background is too cluttered."""

    EMPTY = "empty"
    CLUTTERED = "cluttered"


@dataclass(frozen=True, slots=True)
class Silhouette:
    """The foreground as runs of columns, row by row from `top` on, in cells of `scale` (x, y) pixels.

    `corner` is the pixel (x, y) of the photo where the cells begin. `is_alone` says that it is one piece, and that
    nothing else stands out from a background that is plain indeed; `is_faint` that it may be
    something else than a person.
    """

    top: int
    rows: tuple[tuple[Run, ...], ...]
    scale: tuple[float, float]
    corner: tuple[float, float] = (0.0, 0.0)
    is_alone: bool = False
    is_faint: bool = False


def silhouette_of(
    regions: list[Region], *, scale: tuple[float, float], corner: tuple[float, float] = (0.0, 0.0)
) -> Silhouette:
    """Make the silhouette of some regions."""
    rows: dict[int, list[Run]] = {}
    for row, run in (found for region in regions for found in region):
        rows.setdefault(row, []).append(run)
    span = range(min(rows), max(rows) + 1)
    return Silhouette(span.start, tuple(tuple(sorted(rows.get(row, ()))) for row in span), scale, corner)

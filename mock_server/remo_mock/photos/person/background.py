"""Estimates the background of a picture from its border: one colour, a gradient, a vignette, a wall and its floor."""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Levels: TypeAlias = NDArray[np.int16]
"""Levels from 0 to 255, the first axis red, green and blue: each channel is one plane."""

WINDOW = 10
"""Samples on each side over which the edge of the background is smoothed."""
BRIGHTNESS, PACKED = (77, 150, 29), (1 << 16, 1 << 8, 1)
"""The weights of red, green and blue in a brightness, and in one number for the whole colour."""
ABOVE_ALL = 1 << 62


def background_of(small: Image.Image) -> Levels:
    """Return the background of a small RGB picture: a Coons patch between its smoothed edges.

    Exact for any sum of a profile by row and a profile by column.
    """
    width, height = small.size
    depth = max(1, min(small.size) // 40)
    top = _edge(small, (0, 0, width, depth), (width, 1))
    bottom = _edge(small, (0, height - depth, width, height), (width, 1))
    left = _edge(small, (0, 0, depth, height), (1, height))
    right = _edge(small, (width - depth, 0, width, height), (1, height))
    across, down = _ramp(width), _ramp(height)[:, None]
    upper = _mixed(_corner(top, 0, left, 0), _corner(top, -1, right, 0), across)
    lower = _mixed(_corner(bottom, 0, left, -1), _corner(bottom, -1, right, -1), across)
    rise = _mixed(top[:, None], bottom[:, None], down) - _mixed(upper, lower, down)
    sides = _mixed(left[:, :, None], right[:, :, None], across)
    background: Levels = np.clip(sides + np.clip(rise, -128, 127), 0, 255)
    return background


def _corner(row: Levels, x: int, column: Levels, y: int) -> Levels:
    """Return the mean of two edges at their ends."""
    return ((row[:, x] + column[:, y]) // 2)[:, None, None]


def _ramp(length: int) -> NDArray[np.uint16]:
    """Return numbers from 0 to 255, evenly spaced."""
    ramp = Image.linear_gradient("L").resize((1, length), Image.Resampling.BILINEAR)
    return np.asarray(ramp, np.uint16)[:, 0]


def _mixed(start: Levels, end: Levels, share: NDArray[np.uint16]) -> Levels:
    """Mix levels, of `end` so many 255ths, rounded."""
    mixed = start.astype(np.uint16) * (255 - share) + end.astype(np.uint16) * share + np.uint16(128)
    return ((mixed + (mixed >> 8)) >> 8).astype(np.int16)


def _edge(small: Image.Image, box: tuple[int, int, int, int], size: tuple[int, int]) -> Levels:
    """Return the colours along one side of a picture, without what covers less than a third of it: a running median.

    Steps, as between a wall and its floor, stay steps. Colours are ordered by brightness.
    """
    strip = small.crop(box).resize(size, Image.Resampling.BOX)
    pixels = np.asarray(strip, np.int64).reshape(-1, 3)
    colours = pixels @ BRIGHTNESS << 24 | pixels @ PACKED
    count = len(colours)
    stride = max(1, count // (3 * WINDOW))
    places = np.arange(count)
    # Windows shrink towards the ends, which preserves slopes there.
    reaches = np.minimum(np.minimum(places, places[::-1]), count // 3) // stride
    steps = np.arange(-reaches.max(), reaches.max() + 1)
    windows = colours[np.clip(places[:, None] + stride * steps, 0, count - 1)]
    windows[np.abs(steps) > reaches[:, None]] = ABOVE_ALL
    windows.sort(axis=1)
    medians = windows[places, reaches]
    return np.stack([medians >> shift & 0xFF for shift in (16, 8, 0)]).astype(np.int16)

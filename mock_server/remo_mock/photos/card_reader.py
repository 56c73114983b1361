"""Owns finding and reading the mark of a photo card in a picture; knows no file, no contract and no drawing.

Every new photo passes here, so the search runs on a small grey copy and leaves the pixels to Pillow and to regular
expressions over rows of bytes.
"""

import re
from collections.abc import Iterator
from itertools import islice

from PIL import Image

from remo_mock.photos.card_mark import BITS, CELL_HEIGHT, COLUMNS, LIGHT, START, STOP, Card, from_bits

__all__ = ["Card", "read_card"]

# The long side that the search works at is this to twice this, in pixels.
_LONG_SIDE = 640
_SMALLEST = 64
# Rows of pixels averaged into one line of the search: a cell of a card 480 pixels long is about 12 high.
_LINE = 4
# Stripes and noise can begin and end like a mark on thousands of lines; this many are followed up, which bounds the
# time for a picture that is made to be slow.
_TRIES = 1000

# The start of a mark in a row of dark (0) and light (1) pixels, and its end in the same row reversed. It begins with
# plain bytes, since those are what the search runs fastest on.
_START = re.compile(rb"\x01\x00\x00\x00\x00\x00\x00(\x00{0,200}+)(?=(\x01{1,80}+)(\x00{1,80}+)\x01)")
_DARK_OR_LIGHT = bytes(int(level >= 128) for level in range(256))

_FINDER = 5  # cells of a start pattern between its outermost edges: dark, dark, dark, light, dark
_DATA = range(len(START), len(START) + BITS)

Span = tuple[float, float, float, float]
"""Left, top, right and bottom of a mark in pixels."""


def read_card(image: Image.Image) -> Card | None:
    """Return what the photo card in an upright picture says, or None for a picture without a mark.

    Any mode and size; no larger copy than needed is made. The mark is found where it is whole, level and at least
    some 100 pixels wide in a picture 640 pixels long; mirrored and upside down too, but not on its side.
    """
    if min(image.size) < _SMALLEST:
        return None
    grey = _thumbnail(image)
    for left, right, y in islice(_widths(grey), _TRIES):
        span = _span(grey, left, right, y)
        card = _read(grey, span) if span else None
        if card is not None:
            return card
    return None


def _thumbnail(image: Image.Image) -> Image.Image:
    """Reduce to a grey picture; of large ones only four pixels of each block are looked at, which is plenty."""
    block = max(image.size) // _LONG_SIDE
    if block < 2:
        return image.convert("L")
    if block == 2:
        return image.convert("L").reduce(2)
    size = (image.width * 2 // block, image.height * 2 // block)
    return image.resize(size, Image.Resampling.NEAREST).convert("L").reduce(2)


def _widths(grey: Image.Image) -> Iterator[tuple[int, int, int]]:
    """Yield left, right and y of what may be a mark: its start and, one mark's width on, its end at the same scale."""
    lines = grey.reduce((1, _LINE))
    pixels, width = lines.tobytes().translate(_DARK_OR_LIGHT), lines.width
    for line in range(lines.height):
        row = pixels[line * width : (line + 1) * width]
        starts = _starts(row)
        if not starts:
            continue
        stops = [(width - end, cell) for end, cell in _starts(row[::-1])]
        for left, cell in starts:
            for right, other in stops:
                scale = (right - left) / COLUMNS
                if 0.85 < scale / cell < 1.18 and 0.85 < scale / other < 1.18:
                    yield left, right, min(line * _LINE + _LINE // 2, grey.height - 1)


def _starts(row: bytes) -> list[tuple[int, float]]:
    """List where dark, light and dark measure three, one and one cells: the left edge, and the width of a cell."""
    found = []
    for match in _START.finditer(row):
        left = match.start() + 1
        wide, gap, narrow = match.end() - left, len(match[2]), len(match[3])
        cell = (wide + gap + narrow) / _FINDER
        # A pixel more or less is what a blurred edge costs.
        slack = 0.35 * cell + 0.8
        fits = abs(wide - 3 * cell) < slack and abs(gap - cell) < slack and abs(narrow - cell) < slack
        if fits and 0 not in row[max(left - round(cell), 0) : left]:
            found.append((left, cell))
    return found


def _span(grey: Image.Image, left: int, right: int, y: int) -> Span | None:
    """Follow both wide bars up and down from `y`; they end at the same heights, in a mark's proportion."""
    cell = (right - left) / COLUMNS
    reach = round(4 * CELL_HEIGHT * cell)
    top, bottom = max(y - reach, 0), min(y + reach, grey.height)
    tops, bottoms = [], []
    for middle in (left + 1.5 * cell, right - 1.5 * cell):
        strip = grey.crop((round(middle - 0.75 * cell), top, round(middle + 0.75 * cell), bottom))
        bar = strip.resize((1, bottom - top), Image.Resampling.BOX).tobytes().translate(_DARK_OR_LIGHT)
        start, end = bar.rfind(1, 0, y - top) + 1, bar.find(1, y - top)
        if end <= start:
            return None
        tops.append(top + start)
        bottoms.append(top + end)
    height = (sum(bottoms) - sum(tops)) / 2
    askew = max(abs(tops[0] - tops[1]), abs(bottoms[0] - bottoms[1]))
    if askew > cell or not 0.6 < height / (2 * CELL_HEIGHT * cell) < 1.6:
        return None
    return left, sum(tops) / 2, right, sum(bottoms) / 2


def _read(grey: Image.Image, span: Span) -> Card | None:
    """Look at the middle of every cell: the fixed ones must be what they are, the others say the word."""
    # Three by three samples to a cell; the outer ones are blurred by the neighbours.
    samples = grey.resize((COLUMNS * 3, 6), Image.Resampling.BOX, box=span).tobytes()
    upper, lower = (samples[row * COLUMNS * 3 :][1 : COLUMNS * 3 : 3] for row in (1, 4))
    dark: list[int] = []
    light: list[int] = []
    for row in (upper, lower):
        for level, kind in zip(row[: len(START)] + row[-len(STOP) :], START + STOP, strict=True):
            (light if kind == LIGHT else dark).append(level)
    contrast = sum(light) / len(light) - sum(dark) / len(dark)
    apart = [upper[column] - lower[column] for column in _DATA]
    if min(light) - max(dark) < 0.3 * contrast or contrast < 50 or min(map(abs, apart)) < 0.4 * contrast:
        return None
    return from_bits([int(difference > 0) for difference in apart])

"""Finds and reads the mark of a photo card in a picture.

Every new photo is searched, so the search runs on a small grey copy and leaves the pixels to Pillow and to regular
expressions over rows of bytes.
"""

import re
from collections.abc import Iterator
from itertools import islice

from PIL import Image

from remo_mock.photos.cards.mark import BITS, CELL_HEIGHT, COLUMNS, LIGHT, START, STOP, Card, from_bits

__all__ = ["Card", "read_card"]

# The long side of the copy that is searched is between this and twice this, in pixels.
_LONG_SIDE = 640
_SMALLEST = 64
# Rows of pixels that are averaged into one line of the search; a cell of a card 480 pixels long is about 12 high.
_LINE = 4
# Stripes and noise can begin and end like a mark on thousands of lines; this many candidates are examined, which
# bounds the time for a picture that was made to be slow.
_TRIES = 1000

# The start of a mark in a row of dark (0) and light (1) pixels; its end matches in the reversed row. The pattern
# begins with literal bytes, which the regular expression engine finds fastest.
_START = re.compile(rb"\x01\x00\x00\x00\x00\x00\x00(\x00{0,200}+)(?=(\x01{1,80}+)(\x00{1,80}+)\x01)")
_DARK_OR_LIGHT = bytes(int(level >= 128) for level in range(256))

_FINDER = 5  # cells between the outermost edges of the start pattern: dark, dark, dark, light, dark
_DATA = range(len(START), len(START) + BITS)

Span = tuple[float, float, float, float]
"""Left, top, right and bottom of a mark, in pixels."""


def read_card(image: Image.Image) -> Card | None:
    """Return what the photo card in an upright picture says, or None for a picture without a mark.

    Takes any mode and size. The mark is found if it is whole, level and at least some 100 pixels wide in a picture
    640 pixels long; also mirrored or upside down, but not lying on its side.
    """
    if min(image.size) < _SMALLEST:
        return None
    grey = _thumbnail(image)
    for left, right, y in islice(_candidates(grey), _TRIES):
        span = _follow_bars(grey, left, right, y)
        card = _decode(grey, span) if span else None
        if card is not None:
            return card
    return None


def _thumbnail(image: Image.Image) -> Image.Image:
    """Shrink to a small grey picture; of a large one only four pixels of each block are read, which is enough."""
    block = max(image.size) // _LONG_SIDE
    if block < 2:
        return image.convert("L")
    if block == 2:
        return image.convert("L").reduce(2)
    size = (image.width * 2 // block, image.height * 2 // block)
    return image.resize(size, Image.Resampling.NEAREST).convert("L").reduce(2)


def _candidates(grey: Image.Image) -> Iterator[tuple[int, int, int]]:
    """Yield left, right and y of each candidate: a start and, one mark's width further, an end of the same scale."""
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
    """List where dark, light and dark runs of 3, 1 and 1 cells begin: the left edge, and the width of a cell."""
    found = []
    for match in _START.finditer(row):
        left = match.start() + 1
        wide, gap, narrow = match.end() - left, len(match[2]), len(match[3])
        cell = (wide + gap + narrow) / _FINDER
        # A blurred edge may move by a pixel.
        slack = 0.35 * cell + 0.8
        fits = abs(wide - 3 * cell) < slack and abs(gap - cell) < slack and abs(narrow - cell) < slack
        if fits and 0 not in row[max(left - round(cell), 0) : left]:
            found.append((left, cell))
    return found


def _follow_bars(grey: Image.Image, left: int, right: int, y: int) -> Span | None:
    """Follow both wide bars up and down from `y`; return None unless they end level, at the height of a mark."""
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


def _decode(grey: Image.Image, span: Span) -> Card | None:
    """Decode the cells inside `span`; return None if the frame does not match or the contrast is too low."""
    # Three by three samples for each cell; only the middle one is free of the neighbours' blur.
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

"""Finds in a photo's header what makes it too large, or too slow, to decode (L22)."""

import re
from collections.abc import Iterator

from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.WebPImagePlugin import WebPImageFile

from remo_mock.hints.hint import Hint

# The longest side that libjpeg writes: the reply is a JPEG of the photo's own size.
_LONGEST_SIDE = 65_500
# Encoders write about ten passes; each costs as much time as the whole photo, and may be a few bytes long.
_MOST_PASSES = 50
# Pixels times passes: with more a photo takes more than a second beside what its pixels take anyway.
_MOST_WORK = 1_000_000_000
# A pixel of WebP may take twice the time of others: 64 megapixels of noise took more than two seconds.
_WEBP_SHARE = 0.5
# Pixels and bytes; up to here Pillow undoes BMP's run lengths, in Python, within about a second.
_LARGEST_RUN_LENGTH_BMP = 2_000_000

_START_OF_PASS, _END_OF_JPEG = b"\xff\xda", b"\xd9"
# Any JPEG marker that has a length, and the end of the image; encoded pixels contain none of them. There are some for
# each pass; who writes thousands hides something.
_JPEG_MARKER = re.compile(rb"\xff([\x02-\xcf\xd9-\xfe])")
_MOST_MARKERS = 5000
# Fill is legal before each marker. libjpeg begins a run of it anew with each 64 kilobytes that it gets: 44 MB of it in
# one run took 16 seconds.
_MOST_FILL = 10_000
_LONG_FILL = b"\xff" * (_MOST_FILL + 1)


def excess(photo: ImageFile, data: bytes, *, max_pixels: int) -> Hint | None:
    """Say which limit a photo, opened but not yet decoded from `data`, exceeds, or return None."""
    pixels = photo.width * photo.height
    if pixels > max_pixels:
        return too_many_pixels(max_pixels)
    if isinstance(photo, WebPImageFile) and pixels > max_pixels * _WEBP_SHARE:
        return Hint("too_many_webp_pixels", {"megapixels": max_pixels * _WEBP_SHARE / 1e6})
    if max(photo.size) > _LONGEST_SIDE:
        return Hint("side_too_long", {"pixels": _LONGEST_SIDE})
    if [tile[0] for tile in photo.tile] == ["bmp_rle"] and max(pixels, len(data)) > _LARGEST_RUN_LENGTH_BMP:
        return Hint("run_length_bmp", {"millions": _LARGEST_RUN_LENGTH_BMP / 1e6})
    if isinstance(photo, JpegImageFile):
        most = min(_MOST_PASSES, _MOST_WORK // max(pixels, 1))
        if _has_too_many_passes(data, most):
            return Hint("jpeg_passes", {"most": most})
        if _has_long_fill(data):
            return Hint("jpeg_fill", {"most": _MOST_FILL})
    return None


def too_many_pixels(max_pixels: int) -> Hint:
    """Say that a photo has more than `max_pixels` pixels, and what to do."""
    return Hint("too_many_pixels", {"megapixels": max_pixels / 1e6})


def _has_too_many_passes(data: bytes, most: int) -> bool:
    """Count the passes of a JPEG."""
    if data.count(_START_OF_PASS) <= most:
        return False
    passes = 0
    for number, (_, marker) in enumerate(_gaps(data)):
        passes += data.startswith(_START_OF_PASS, marker)
        if max(passes, number + 1 - _MOST_MARKERS) > most:
            return True
    return False


def _has_long_fill(data: bytes) -> bool:
    """Find a long run of fill between the segments or among the pixels of a JPEG."""
    fill = data.find(_LONG_FILL)
    for number, (begin, marker) in enumerate(_gaps(data)):
        if fill < begin:
            fill = data.find(_LONG_FILL, begin)
        if fill < 0:
            return False
        if fill < marker or number > _MOST_MARKERS:
            return True
    return False


def _gaps(data: bytes) -> Iterator[tuple[int, int]]:
    """Yield where each segment of a JPEG ends and where the next marker begins, up to the picture's end.

    Behind that phones append whole films.
    """
    begin = 0
    while (found := _JPEG_MARKER.search(data, begin)) and found[1] != _END_OF_JPEG:
        yield begin, found.start()
        begin = found.end() + int.from_bytes(data[found.end() : found.end() + 2], "big")
    yield begin, found.start() if found else len(data)

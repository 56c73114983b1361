"""Finds in a photo's header what makes it too large, or too slow, to decode (L22)."""

import re

from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile

# The longest side that libjpeg writes: the reply is a JPEG of the photo's own size.
_LONGEST_SIDE = 65_500
# Encoders write about ten passes; each costs as much time as the whole photo, and may be a few bytes long.
_MOST_PASSES = 50
# Pixels and bytes; up to here Pillow undoes BMP's run lengths, in Python, within about a second.
_LARGEST_RUN_LENGTH_BMP = 2_000_000

_START_OF_PASS, _END_OF_JPEG = b"\xff\xda", b"\xd9"
# Any JPEG marker that has a length, and the end of the image; encoded pixels contain none of them.
_JPEG_MARKER = re.compile(rb"\xff+([\x02-\xcf\xd9-\xfe])")


def excess(photo: ImageFile, data: bytes, *, max_pixels: int) -> str | None:
    """Say which limit a photo, opened but not yet decoded from `data`, exceeds, or return None."""
    pixels = photo.width * photo.height
    if pixels > max_pixels:
        return too_many_pixels(max_pixels)
    if max(photo.size) > _LONGEST_SIDE:
        return f"has a side of more than {_LONGEST_SIDE} pixels"
    if [tile[0] for tile in photo.tile] == ["bmp_rle"] and max(pixels, len(data)) > _LARGEST_RUN_LENGTH_BMP:
        return f"is a run-length coded BMP of more than {_LARGEST_RUN_LENGTH_BMP / 1e6:g} million pixels or bytes"
    if isinstance(photo, JpegImageFile) and _has_too_many_passes(data):
        return f"is a JPEG of more than {_MOST_PASSES} passes"
    return None


def too_many_pixels(max_pixels: int) -> str:
    """Say that a photo has more than `max_pixels` pixels."""
    return f"has more than {max_pixels / 1e6:g} megapixels"


def _has_too_many_passes(data: bytes) -> bool:
    """Count the passes of a JPEG up to its end, behind which phones append whole films."""
    if data.count(_START_OF_PASS) <= _MOST_PASSES:
        return False
    at = passes = 0
    while passes <= _MOST_PASSES and (found := _JPEG_MARKER.search(data, at)) and found[1] != _END_OF_JPEG:
        passes += found[0].endswith(_START_OF_PASS)
        at = found.end() + int.from_bytes(data[found.end() : found.end() + 2], "big")
    return passes > _MOST_PASSES

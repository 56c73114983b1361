"""Finds what stands among and behind the pixels of a JPEG: its passes over the picture, and fill."""

import re
from collections.abc import Iterator

START_OF_PASS = b"\xff\xda"
_END_OF_JPEG = b"\xd9"
# Any JPEG marker that has a length, and the end of the image; encoded pixels contain none of them. There are some for
# each pass; who writes thousands hides something.
_MARKER = re.compile(rb"\xff([\x02-\xcf\xd9-\xfe])")
_MOST_MARKERS = 5000


def read_passes(data: bytes, *, most: int) -> list[bytes] | None:
    """Return the numbers of the components in each pass of a JPEG; None if it has more than `most` passes."""
    passes: list[bytes] = []
    for number, (_, marker) in enumerate(_gaps(data)):
        if data.startswith(START_OF_PASS, marker):
            # Behind the marker and the length: how many components there are, and two bytes for each.
            passes.append(data[marker + 5 : marker + 5 + 2 * data[marker + 4] : 2] if marker + 4 < len(data) else b"")
        if len(passes) > most or number >= _MOST_MARKERS:
            return None
    return passes


def has_long_fill(data: bytes, *, most: int) -> bool:
    """Find more than `most` bytes of fill in one run, between the segments or among the pixels of a JPEG."""
    run = b"\xff" * (most + 1)
    fill = data.find(run)
    for number, (begin, marker) in enumerate(_gaps(data)):
        if fill < begin:
            fill = data.find(run, begin)
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
    while (found := _MARKER.search(data, begin)) and found[1] != _END_OF_JPEG:
        yield begin, found.start()
        begin = found.end() + int.from_bytes(data[found.end() : found.end() + 2], "big")
    yield begin, found.start() if found else len(data)

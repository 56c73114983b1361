"""Reads what stands before the pixels of a JPEG, within bounds, and leaves out what the pixels do not need."""

import re
from dataclasses import dataclass

from remo_mock.hints.hint import Hint

# Cameras and editors write some dozens; a picture with a depth map has hundreds. Pillow takes a microsecond or more for
# each, and as long for each byte between two of them, of which there may be tens of millions.
_MOST_SEGMENTS = 1000
_MOST_FILL = 10_000
_MOST_TABLES = 1_000_000

_FILL = re.compile(rb"\xff*")
_START_OF_SCAN = 0xDA
# No length follows these: restarts, the begin and the end of an image, extensions that nobody decodes.
_ALONE = frozenset({0xC8, *range(0xD0, 0xDA), *range(0xF0, 0xFE)})
# Tables and frames of the pixels, by which it is decoded; beside them JFIF's and Adobe's segment tell the colours.
_JFIF, _EXIF, _PROFILE, _ADOBE = 0xE0, 0xE1, 0xE2, 0xEE
_KEPT = frozenset({*range(0xC0, 0xD0), *range(0xDB, 0xE0), _JFIF, _ADOBE}) - _ALONE
# Frames that are neither baseline nor progressive; whether Pillow reads them depends on how it was built.
_UNUSUAL = frozenset({0xC3, *range(0xC5, 0xC8), *range(0xC9, 0xCC), *range(0xCD, 0xD0)})
_KNOWN = frozenset(range(0xC0, 0xFF)) - _ALONE
_EXIF_BEGIN, _PROFILE_BEGIN = b"Exif\x00\x00", b"ICC_PROFILE\x00"


@dataclass(frozen=True, slots=True)
class BoundedFile:
    """A photo's file as it may be handed to Pillow, or the limit that it exceeds; its EXIF block and colour profile.

    Of a JPEG, `data` lacks comments and metadata.
    """

    data: bytes
    exif: bytes | None = None
    profile: bytes | None = None
    excess: Hint | None = None


def read_jpeg_header(data: bytes) -> BoundedFile:
    """Read the segments up to the first pixels; a file without pixels, or with damage before them, stays as it is."""
    at, fill = 2, 0
    kept, exif = [data[:2]], None
    profile: list[bytes] = []
    tables = 0
    for _ in range(_MOST_SEGMENTS):
        marker = data.find(b"\xff", at)
        code_at = _FILL.match(data, marker).end() if marker >= 0 else len(data)  # type: ignore[union-attr]
        # The fill counts up to here; a marker takes one byte of it.
        fill += code_at - at - 1
        if fill > _MOST_FILL:
            return BoundedFile(data, excess=Hint("jpeg_fill", {"most": _MOST_FILL}))
        code = data[code_at] if code_at < len(data) else None
        if code in _UNUSUAL:
            return BoundedFile(data, excess=Hint("jpeg_coding"))
        if code == _START_OF_SCAN:
            kept.append(data[code_at - 1 :])
            return BoundedFile(b"".join(kept), exif, b"".join(part[2:] for part in sorted(profile)) or None)
        if code is None or (code and code not in _KNOWN and code not in _ALONE):
            break
        at = code_at + 1
        if code == 0 or code in _ALONE:
            kept.append(data[code_at - 1 : at] if code else b"")
            continue
        start, at = at, at + max(int.from_bytes(data[at : at + 2], "big"), 2)
        content = data[start + 2 : at]
        if code in _KEPT:
            kept.append(data[code_at - 1 : at])
            tables += at - start
            if tables > _MOST_TABLES:
                return BoundedFile(data, excess=Hint("jpeg_tables", {"megabytes": _MOST_TABLES / 1e6}))
        elif code == _EXIF and content.startswith(_EXIF_BEGIN):
            exif = exif or content
        elif code == _PROFILE and content.startswith(_PROFILE_BEGIN):
            profile.append(content.removeprefix(_PROFILE_BEGIN))
    else:
        return BoundedFile(data, excess=Hint("jpeg_segments", {"most": _MOST_SEGMENTS}))
    return BoundedFile(data)

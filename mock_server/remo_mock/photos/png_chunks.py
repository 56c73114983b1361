"""Counts the chunks of a PNG: each takes Pillow some microseconds, and a file may hold millions of empty ones."""

from remo_mock.hints.hint import Hint

_SIGNATURE = 8
# Length, kind and checksum.
_FRAME = 12
# Encoders write pixels in pieces of 8 kilobytes, or a piece for each row.
_MOST_OF_PIXELS = 20_000
# Some editors write a hundred texts. A colour profile or a text may unpack to a megabyte.
_MOST_OTHERS = 300
# One is allowed. Each may unpack to a megabyte.
_MOST_PROFILES = 10
_PIXELS = frozenset((b"IDAT", b"fcTL", b"fdAT"))


def chunk_excess(data: bytes) -> Hint | None:
    """Say that a PNG has too many chunks, or return None; a damaged one counts up to the damage."""
    at, pixels, others, profiles = _SIGNATURE, 0, 0, 0
    while at + _FRAME <= len(data):
        kind = data[at + 4 : at + 8]
        if kind in _PIXELS:
            pixels += 1
        else:
            others += 1
            profiles += kind == b"iCCP"
        if pixels > _MOST_OF_PIXELS:
            return Hint("png_pixel_chunks", {"most": _MOST_OF_PIXELS})
        if others > _MOST_OTHERS:
            return Hint("png_chunks", {"most": _MOST_OTHERS})
        if profiles > _MOST_PROFILES:
            return Hint("png_profiles", {"most": _MOST_PROFILES})
        if kind == b"IEND":
            return None
        at += _FRAME + int.from_bytes(data[at : at + 4], "big")
    return None

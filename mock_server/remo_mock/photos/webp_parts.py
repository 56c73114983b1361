"""Reads how a WebP holds its first picture: as lossy or lossless pixels, with transparency, in an animation."""

from dataclasses import dataclass

from remo_mock.hints.hint import Hint

_BEGIN = 12
# Name and size of a chunk; of a frame also place, size, time and flags.
_CHUNK, _FRAME = 8, 24
# Each frame of an animation is one. libwebp takes the tenth of a microsecond for each, and a file may hold millions.
_MOST_CHUNKS = 10_000


@dataclass(frozen=True, slots=True)
class WebPParts:
    """The bytes of the first picture's lossy pixels, lossless pixels and transparency; whether it is one of several."""

    lossy: int = 0
    lossless: int = 0
    alpha: int = 0
    is_frame: bool = False


def read_webp_parts(data: bytes) -> WebPParts | Hint:
    """Return the parts of the first picture, or say that there are too many chunks; what is damaged counts nothing."""
    found: dict[bytes, int] = {}
    at = _BEGIN
    for _ in range(_MOST_CHUNKS):
        if at >= len(data):
            return WebPParts(
                lossy=found.get(b"VP8 ", 0),
                lossless=found.get(b"VP8L", 0),
                alpha=found.get(b"ALPH", 0),
                is_frame=b"ANMF" in found,
            )
        kind, size = data[at : at + 4], int.from_bytes(data[at + 4 : at + _CHUNK], "little")
        has_pixels = not found.keys().isdisjoint((b"VP8 ", b"VP8L"))
        if not has_pixels:
            found[kind] = min(size, len(data))
        # Into the first frame, and over the others.
        at += _FRAME if kind == b"ANMF" and not has_pixels else _CHUNK + size + size % 2
    return Hint("webp_chunks", {"most": _MOST_CHUNKS})

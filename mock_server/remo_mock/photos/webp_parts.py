"""Reads how a WebP holds its first picture: as lossy or lossless pixels, with transparency, in an animation."""

from dataclasses import dataclass

from remo_mock.hints.hint import Hint
from remo_mock.photos.webp_codes import MOST_GROUPS, has_too_many_codes

_BEGIN = 12
# Name and size of a chunk; of a frame also place, size, time and flags.
_CHUNK, _FRAME = 8, 24
# Each frame of an animation is one. libwebp takes the tenth of a microsecond for each, and a file may hold millions.
_MOST_CHUNKS = 10_000
# More than as many symbols take as are looked at.
_LOOKED_AT = 2_000_000
_SIDE = 0x3FFF


@dataclass(frozen=True, slots=True)
class WebPParts:
    """The bytes of the first picture's lossy pixels, lossless pixels and transparency; whether it is one of several."""

    lossy: int = 0
    lossless: int = 0
    alpha: int = 0
    is_frame: bool = False


def read_webp_parts(data: bytes) -> WebPParts | Hint:
    """Return the parts of the first picture, or the limit that they exceed; what is damaged counts nothing."""
    found: dict[bytes, tuple[int, int]] = {}
    at = _BEGIN
    for _ in range(_MOST_CHUNKS):
        if at >= len(data):
            if _has_too_many_codes(data, found):
                return Hint("webp_codes", {"most": MOST_GROUPS})
            sizes = {kind: size for kind, (_, size) in found.items()}
            return WebPParts(
                lossy=sizes.get(b"VP8 ", 0),
                lossless=sizes.get(b"VP8L", 0),
                alpha=sizes.get(b"ALPH", 0),
                is_frame=b"ANMF" in found,
            )
        kind, size = data[at : at + 4], int.from_bytes(data[at + 4 : at + _CHUNK], "little")
        has_pixels = not found.keys().isdisjoint((b"VP8 ", b"VP8L"))
        if not has_pixels:
            found.setdefault(kind, (at + _CHUNK, min(size, len(data))))
        # Into the first frame, and over the others.
        at += _FRAME if kind == b"ANMF" and not has_pixels else _CHUNK + size + size % 2
    return Hint("webp_chunks", {"most": _MOST_CHUNKS})


def _has_too_many_codes(data: bytes, found: dict[bytes, tuple[int, int]]) -> bool:
    """Tell so of lossless pixels, or of a transparency that is written like those beside lossy pixels."""
    if b"VP8L" in found:
        start, _ = found[b"VP8L"]
        stated = int.from_bytes(data[start + 1 : start + 5], "little")
        return has_too_many_codes(
            data[start + 5 : start + 5 + _LOOKED_AT], (stated & _SIDE) + 1, (stated >> 14 & _SIDE) + 1
        )
    if b"ALPH" in found and b"VP8 " in found:
        (alpha, _), (start, _) = found[b"ALPH"], found[b"VP8 "]
        width, height = (int.from_bytes(data[start + at : start + at + 2], "little") & _SIDE for at in (6, 8))
        is_coded = data[alpha : alpha + 1] != b"" and data[alpha] & 3 == 1
        return is_coded and has_too_many_codes(data[alpha + 1 : alpha + 1 + _LOOKED_AT], width, height)
    return False

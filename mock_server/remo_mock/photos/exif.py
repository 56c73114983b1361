"""Turns a photo upright by the orientation that its EXIF block states."""

import struct

from PIL import Image

_UPRIGHT = 1
_TAG = 0x0112
_SHORT = 3
_BYTE_ORDERS = {b"II*\x00": "<", b"MM\x00*": ">"}
# What brings a photo of each orientation upright.
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def turn_upright(image: Image.Image, exif: object) -> Image.Image:
    """Return a decoded photo upright; `exif` is what Pillow found under that name in the file."""
    # A text of a PNG may be named "exif" and is no EXIF block.
    turn = _TURNS.get(_orientation(exif)) if isinstance(exif, bytes) else None
    return image if turn is None else image.transpose(turn)


def _orientation(exif: bytes) -> int:
    """Return the orientation, 1 to 8, that an EXIF block states; upright if none is found before any damage.

    Pillow would parse the whole block, and warn of damage anywhere in it.
    """
    block = exif.removeprefix(b"Exif\x00\x00")
    order = _BYTE_ORDERS.get(block[:4])
    if order is None:
        return _UPRIGHT
    try:
        (start,) = struct.unpack_from(f"{order}I", block, 4)
        (count,) = struct.unpack_from(f"{order}H", block, start)
        for at in range(start + 2, start + 2 + 12 * count, 12):
            tag, kind, number, value = struct.unpack_from(f"{order}HHIH", block, at)
            if tag == _TAG:
                return value if (kind, number) == (_SHORT, 1) and 1 <= value <= 8 else _UPRIGHT
    except struct.error:
        pass  # cut short
    return _UPRIGHT

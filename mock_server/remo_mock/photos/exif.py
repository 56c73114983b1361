"""Owns which way up a photo is, by its EXIF block; knows no picture."""

import struct

UPRIGHT = 1

_TAG = 0x0112
_SHORT = 3
_BYTE_ORDERS = {b"II*\x00": "<", b"MM\x00*": ">"}


def read_orientation(exif: bytes) -> int:
    """Return the orientation, 1 to 8, that an EXIF block states; upright if it states none, or is damaged before that.

    Pillow would read the whole block, and warn of damage anywhere in it.
    """
    block = exif.removeprefix(b"Exif\x00\x00")
    order = _BYTE_ORDERS.get(block[:4])
    if order is None:
        return UPRIGHT
    try:
        (start,) = struct.unpack_from(f"{order}I", block, 4)
        (count,) = struct.unpack_from(f"{order}H", block, start)
        for at in range(start + 2, start + 2 + 12 * count, 12):
            tag, kind, number, value = struct.unpack_from(f"{order}HHIH", block, at)
            if tag == _TAG:
                return value if (kind, number) == (_SHORT, 1) and 1 <= value <= 8 else UPRIGHT
    except struct.error:
        pass  # cut short
    return UPRIGHT

"""Opens the drawn images of replies and measures them against photos; knows no promise."""

import base64
import binascii
import re
import struct
import zlib
from collections import OrderedDict
from dataclasses import dataclass, field
from hashlib import blake2b
from io import BytesIO
from threading import Lock

from PIL import Image, ImageChops, ImageOps, ImageStat

from ..model.photos import Photo, reduced, thumbnail

PREFIX = "data:image/jpeg;base64,"
_ANY_PREFIX = re.compile(r"^\s*(?:data:[^,]{0,80},)?")
# How much a colour must change to count as drawn upon: compression changes less, if both are shrunk alike.
_MARKED = 40
_KEPT = 64
# Dots are looked for in squares of this part of a picture's height, which they fill to this share at least.
_DOT = 320
_FILLED = 0.4
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, struct.error, zlib.error)


@dataclass(frozen=True, slots=True)
class Drawn:
    """An image field as far as it can be opened; `picture` is reduced for looking at, None where there is none."""

    prefix: str
    not_base64: str = ""
    format: str | None = None
    broken: str = ""
    size: tuple[int, int] | None = None
    picture: Image.Image | None = field(default=None, repr=False)
    thumbnail: Image.Image | None = field(default=None, repr=False)


_seen: OrderedDict[bytes, Drawn] = OrderedDict()
_lock = Lock()


def open_drawn(text: str) -> Drawn:
    """Open an image field; the last ones are remembered, since every check of a reply looks at the same."""
    key = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
    with _lock:
        if key in _seen:
            _seen.move_to_end(key)
            return _seen[key]
    drawn = _open(text)
    with _lock:
        _seen[key] = drawn
        while len(_seen) > _KEPT:
            _seen.popitem(last=False)
    return drawn


def _open(text: str) -> Drawn:
    found = _ANY_PREFIX.match(text)
    prefix = found[0] if found else ""
    try:
        data = base64.b64decode(text[len(prefix) :], validate=True)
    except (binascii.Error, ValueError) as error:
        return Drawn(prefix, not_base64=str(error))
    try:
        with Image.open(BytesIO(data)) as image:
            kind, size = image.format, image.size
            picture = reduced(image)
    except _BROKEN as error:
        kind = "JPEG" if data.startswith(b"\xff\xd8\xff") else None
        return Drawn(prefix, format=kind, broken=f"{type(error).__name__}: {error}")
    if kind == "JPEG" and not data.rstrip(b"\x00\r\n").endswith(b"\xff\xd9"):
        return Drawn(prefix, format=kind, broken="no end-of-image marker", size=size)
    return Drawn(prefix, format=kind, size=size, picture=picture, thumbnail=thumbnail(picture))


def distance(one: Image.Image, other: Image.Image) -> float:
    """Return how far two thumbnails are apart: the mean difference of a colour, 0 to 255."""
    return float(sum(ImageStat.Stat(ImageChops.difference(one, other)).mean) / 3)


def turned(picture: Image.Image) -> dict[str, Image.Image]:
    """Return the ways in which a thumbnail may stand wrong, each in the same shape."""
    shape = picture.size
    return {
        "mirrored": ImageOps.mirror(picture),
        "upside down": picture.transpose(Image.Transpose.ROTATE_180),
        "turned left": picture.transpose(Image.Transpose.ROTATE_90).resize(shape),
        "turned right": picture.transpose(Image.Transpose.ROTATE_270).resize(shape),
    }


def marks(photo: Photo, picture: Image.Image) -> Image.Image:
    """Return where the picture differs clearly from the photo, as white on black in the photo's reduced shape."""
    before = photo.picture
    after = picture if picture.size == before.size else picture.resize(before.size)
    red, green, blue = ImageChops.difference(before, after).split()
    return ImageChops.lighter(ImageChops.lighter(red, green), blue).point([255 * (v > _MARKED) for v in range(256)])


def share(mask: Image.Image) -> float:
    """Return the share of white in a mask."""
    return float(ImageStat.Stat(mask).mean[0] / 255)


def hits(mask: Image.Image, points: list[tuple[float, float]], size: tuple[int, int]) -> float:
    """Return the share of points, in the pixels of a picture of `size`, that lie on a dot: on more than a line."""
    across, down = mask.width / size[0], mask.height / size[1]
    radius = max(1.0, mask.height / _DOT)
    found = 0
    for x, y in points:
        if 0 <= x <= size[0] and 0 <= y <= size[1]:
            left, top = round(x * across - radius), round(y * down - radius)
            side = round(2 * radius) + 1
            found += share(mask.crop((left, top, left + side, top + side))) >= _FILLED
    return found / len(points) if points else 0.0

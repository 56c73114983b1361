"""Opens the drawn images of replies, and compares them with photos."""

import base64
import binascii
import re
from dataclasses import dataclass, field
from hashlib import blake2b
from io import BytesIO
from threading import Lock

from cachetools import LRUCache, cached
from PIL import Image, ImageChops, ImageOps, ImageStat

from ..model.photos import BROKEN_PICTURE, Photo, reduced, thumbnail

_ANY_PREFIX = re.compile(r"^\s*(?:data:[^,]{0,80},)?")
# Change of a colour, 0 to 255, that counts as drawn upon: compression changes less, if both are shrunk alike.
_MARKED = 40
_MOST_CACHED = 64
# Pixels of a reply's picture that is no JPEG, as it should be: a few bytes may hold as many as one likes.
_MOST_WHOLE = 10_000_000
# Dots are searched in squares of this part of a picture's height, and fill at least this share of them.
_DOT = 320
FILLED = 0.4


@dataclass(frozen=True, slots=True)
class DrawnImage:
    """An image field as far as it can be opened; `picture` is upright and reduced, None if there is none."""

    prefix: str
    not_base64: str = ""
    format: str | None = None
    broken: str = ""
    size: tuple[int, int] | None = None
    picture: Image.Image | None = field(default=None, repr=False)
    thumbnail: Image.Image | None = field(default=None, repr=False)


def _digest(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


@cached(LRUCache(_MOST_CACHED), key=_digest, lock=Lock())
def open_drawn(text: str) -> DrawnImage:
    """Open an image field; the last ones are cached, since every check of a reply opens the same ones."""
    found = _ANY_PREFIX.match(text)
    prefix = found[0] if found else ""
    try:
        data = base64.b64decode(text[len(prefix) :], validate=True)
    except (binascii.Error, ValueError) as error:
        return DrawnImage(prefix, not_base64=str(error))
    try:
        with Image.open(BytesIO(data)) as image:
            kind, size = image.format, image.size
            picture = reduced(image, most_whole=_MOST_WHOLE)
    except BROKEN_PICTURE as error:
        kind = "JPEG" if data.startswith(b"\xff\xd8\xff") else None
        return DrawnImage(prefix, format=kind, broken=f"{type(error).__name__}: {error}")
    if kind == "JPEG" and not data.rstrip(b"\x00\r\n").endswith(b"\xff\xd9"):
        return DrawnImage(prefix, format=kind, broken="no end-of-image marker", size=size)
    return DrawnImage(prefix, format=kind, size=size, picture=picture, thumbnail=thumbnail(picture))


def distance(one: Image.Image, other: Image.Image) -> float:
    """Return the mean difference of a colour between two thumbnails, 0 to 255."""
    return float(sum(ImageStat.Stat(ImageChops.difference(one, other)).mean) / 3)


def turned(picture: Image.Image) -> dict[str, Image.Image]:
    """Return a thumbnail mirrored and turned, each at the same size, by name."""
    size = picture.size
    return {
        "mirrored": ImageOps.mirror(picture),
        "upside down": picture.transpose(Image.Transpose.ROTATE_180),
        "turned left": picture.transpose(Image.Transpose.ROTATE_90).resize(size),
        "turned right": picture.transpose(Image.Transpose.ROTATE_270).resize(size),
    }


def marks(photo: Photo, picture: Image.Image) -> Image.Image:
    """Return a mask, white where the picture differs clearly from the photo, at the photo's reduced size."""
    before = photo.picture
    after = picture if picture.size == before.size else picture.resize(before.size)
    red, green, blue = ImageChops.difference(before, after).split()
    return ImageChops.lighter(ImageChops.lighter(red, green), blue).point([255 * (v > _MARKED) for v in range(256)])


def share(mask: Image.Image) -> float:
    """Return the share of white in a mask."""
    return mask.histogram()[255] / (mask.width * mask.height)


def hits(
    mask: Image.Image, points: list[tuple[float, float]], size: tuple[int, int], *, filled: float = FILLED
) -> float:
    """Return the share of points, in pixels of a picture of `size`, that lie on a dot or a broad line of the mask.

    `filled` is the share of white that it takes around a point: less of it counts thin lines as well.
    """
    across, down = mask.width / size[0], mask.height / size[1]
    radius = max(1.0, mask.height / _DOT)
    side = round(2 * radius) + 1
    # Bytes of rows are counted far sooner than pictures are cut out, and places are tried by the hundred.
    pixels = mask.tobytes()
    found = 0
    for x, y in points:
        if 0 <= x <= size[0] and 0 <= y <= size[1]:
            left, top = round(x * across - radius), round(y * down - radius)
            white = _white(pixels, mask.width, range(max(0, top), top + side), max(0, left), left + side)
            found += white / side**2 >= filled
    return found / len(points) if points else 0.0


def _white(pixels: bytes, width: int, rows: range, left: int, right: int) -> int:
    """Count the white pixels of some rows between two columns; what lies outside of the mask is black."""
    return sum(pixels.count(255, row * width + left, row * width + min(right, width)) for row in rows)

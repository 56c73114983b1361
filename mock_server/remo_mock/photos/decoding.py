"""From a field's text to an upright RGB picture, or the verdict why not; knows no view and no endpoint."""

import re
import struct
import zlib
from binascii import Error as NotBase64
from dataclasses import dataclass
from io import BytesIO

import pybase64
from PIL import Image
from PIL.BmpImagePlugin import BmpImageFile
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

from remo_mock.photos.exif import read_orientation
from remo_mock.photos.signatures import advice_on


class _JpegWithoutDensity(JpegImageFile):
    """Pillow's reader, but for the one thing for which it looks into EXIF at once, and warns if that is damaged."""

    def _read_dpi_from_exif(self) -> None:
        pass


# What photos may be, by their first bytes (contract.md section 2 and L22: stated on neither page). Pillow's readers
# are called past `Image.open`, which warns, and a warning would change the answer where warnings are errors.
_READERS = {
    "JPEG": (re.compile(rb"\xff\xd8\xff"), _JpegWithoutDensity),
    "PNG": (re.compile(rb"\x89PNG\r\n\x1a\n"), PngImageFile),
    "WEBP": (re.compile(rb"RIFF....WEBP", re.DOTALL), WebPImageFile),
    "BMP": (re.compile(rb"BM"), BmpImageFile),
}
FORMATS = tuple(_READERS)

# The longest side that libjpeg writes: the reply is a JPEG of the photo's own size.
_LONGEST_SIDE = 65_500
# Encoders write about ten passes; each costs as much time as the whole photo, and may be a few bytes long.
_MOST_PASSES = 50
# Pixels, and bytes, up to which Pillow undoes BMP's run lengths, in Python, in about a second.
_LARGEST_RUN_LENGTH_BMP = 2_000_000

_WHITE_SPACE = dict.fromkeys(map(ord, " \t\n\r\v\f"))
_DATA_PREFIX = re.compile(r"[ \t\n\r\v\f]*data:", re.IGNORECASE)
# What brings a photo of each EXIF orientation upright.
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_START_OF_PASS, _END_OF_JPEG = b"\xff\xda", b"\xd9"
# Any JPEG marker that has a length, and the end; pixels hold none of them.
_JPEG_MARKER = re.compile(rb"\xff+([\x02-\xcf\xd9-\xfe])")

# Everything that Pillow's decoders are known to raise on bytes that only look like a picture; warnings are
# here because a test run may turn them into errors.
_BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    IndexError,
    KeyError,
    TypeError,
    OverflowError,
    NotImplementedError,
    struct.error,
    zlib.error,
    Warning,
)


@dataclass(frozen=True, slots=True)
class Unusable:
    """A photo that cannot be looked at: the verdict, and a line that says why and quotes nothing of it."""

    verdict: str
    reason: str


def decode_base64(text: str) -> bytes | Unusable:
    """Decode a photo field: base64 without a data-URI prefix, ASCII white space ignored (contract.md section 1)."""
    try:
        return pybase64.b64decode(text, validate=True)
    except (NotBase64, ValueError):
        pass
    if _DATA_PREFIX.match(text):
        return Unusable("undecodable", "begins with a data: prefix; send the base64 text alone (L13)")
    try:
        return pybase64.b64decode(text.translate(_WHITE_SPACE), validate=True)
    except (NotBase64, ValueError):
        return Unusable("undecodable", "is not base64: it has foreign characters, or its end is missing")


def open_photo(data: bytes, *, max_pixels: int) -> Image.Image | Unusable:
    """Decode a photo to RGB, turned upright by its EXIF orientation; of an animation, the first frame.

    What is too large, or made to take long, is told by its header and not decoded. Nothing but pixels comes back:
    comments and profiles would travel on into the drawn image.
    """
    reader = next((reader for begins, reader in _READERS.values() if begins.match(data)), None)
    if reader is None:
        told, advice = f"decodes, but is none of {', '.join(FORMATS)}", advice_on(data)
        return Unusable("not_image", f"{told}: {advice}" if advice else told)
    try:
        photo = reader(BytesIO(data))
        excess = _excess(photo, data, max_pixels)
        if excess is not None:
            return Unusable("not_image", f"{excess} (L22)")
        photo.load()
        upright = _turned(_to_rgb(photo), photo.info.get("exif"))
    except Image.DecompressionBombError:  # WebP's reader asks for itself
        return Unusable("not_image", f"{_too_many(max_pixels)} (L22)")
    except _BROKEN:
        return Unusable("not_image", "is a broken or truncated picture")
    upright.info.clear()
    return upright


def _excess(photo: ImageFile, data: bytes, max_pixels: int) -> str | None:
    """Say what of a photo is too much, by its header."""
    pixels = photo.width * photo.height
    if pixels > max_pixels:
        return _too_many(max_pixels)
    if max(photo.size) > _LONGEST_SIDE:
        return f"has a side of more than {_LONGEST_SIDE} pixels"
    if [tile[0] for tile in photo.tile] == ["bmp_rle"] and max(pixels, len(data)) > _LARGEST_RUN_LENGTH_BMP:
        return f"is a run-length coded BMP of more than {_LARGEST_RUN_LENGTH_BMP / 1e6:g} million pixels or bytes"
    if isinstance(photo, JpegImageFile) and _has_too_many_passes(data):
        return f"is a JPEG of more than {_MOST_PASSES} passes"
    return None


def _too_many(max_pixels: int) -> str:
    return f"has more than {max_pixels / 1e6:g} megapixels"


def _has_too_many_passes(data: bytes) -> bool:
    """Count the passes of a JPEG's pixels up to its end, past which phones put whole films."""
    if data.count(_START_OF_PASS) <= _MOST_PASSES:
        return False
    at = passes = 0
    while passes <= _MOST_PASSES and (found := _JPEG_MARKER.search(data, at)) and found[1] != _END_OF_JPEG:
        passes += found[0].endswith(_START_OF_PASS)
        at = found.end() + int.from_bytes(data[found.end() : found.end() + 2], "big")
    return passes > _MOST_PASSES


def _turned(image: Image.Image, exif: object) -> Image.Image:
    # A text of a PNG that is named "exif" is no EXIF block.
    turn = _TURNS.get(read_orientation(exif)) if isinstance(exif, bytes) else None
    return image if turn is None else image.transpose(turn)


def _to_rgb(image: Image.Image) -> Image.Image:
    """Convert any mode; transparency shows white, and 16-bit grey keeps its range instead of being cut to white."""
    if image.mode.startswith(("I", "F")):
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L").convert("RGB")
    if "A" in image.getbands() or "transparency" in image.info:
        on_white = Image.new("RGBA", image.size, "white")
        on_white.alpha_composite(image.convert("RGBA"))
        return on_white.convert("RGB")
    return image if image.mode == "RGB" else image.convert("RGB")

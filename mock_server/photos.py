"""From a field's text to an upright RGB picture, or the verdict why not; knows no view and no endpoint."""

import struct
import zlib
from binascii import Error as NotBase64
from dataclasses import dataclass
from io import BytesIO

import pybase64
from PIL import Image, ImageOps, UnidentifiedImageError

# What photos may be (contract.md section 2 and L22: stated on neither page).
FORMATS = ("JPEG", "PNG", "WEBP", "BMP")

_WHITE_SPACE = dict.fromkeys(map(ord, " \t\n\r\v\f"))
_ORIENTATION = 0x0112
_UPRIGHT = 1

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
    Image.DecompressionBombError,
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
    if text[:16].lstrip().lower().startswith("data:"):
        return Unusable("undecodable", "begins with a data: prefix; send the base64 text alone (L13)")
    try:
        return pybase64.b64decode(text.translate(_WHITE_SPACE), validate=True)
    except (NotBase64, ValueError):
        return Unusable("undecodable", "is not base64: it has foreign characters, or its end is missing")


def open_photo(data: bytes, *, max_pixels: int) -> Image.Image | Unusable:
    """Decode a photo to RGB, turned upright by its EXIF orientation; of an animation, the first frame."""
    try:
        image = Image.open(BytesIO(data), formats=FORMATS)
        if image.width * image.height > max_pixels:
            return _too_large(max_pixels)
        image.load()
        upright = _upright(image)
        return upright if upright.mode == "RGB" else _to_rgb(upright)
    except UnidentifiedImageError:
        return Unusable("not_image", f"decodes, but is none of {', '.join(FORMATS)}")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return _too_large(max_pixels)
    except _BROKEN:
        return Unusable("not_image", "is a broken or truncated picture")


def _too_large(max_pixels: int) -> Unusable:
    return Unusable("not_image", f"has more than {max_pixels / 1e6:g} megapixels (L22)")


def _upright(image: Image.Image) -> Image.Image:
    try:
        orientation = image.getexif().get(_ORIENTATION, _UPRIGHT)
    except _BROKEN:
        return image  # a corrupt EXIF block is no reason to refuse a good picture
    return image if orientation == _UPRIGHT else ImageOps.exif_transpose(image)


def _to_rgb(image: Image.Image) -> Image.Image:
    """Convert any mode; transparency shows white, and 16-bit grey keeps its range instead of being cut to white."""
    if image.mode.startswith(("I", "F")):
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L").convert("RGB")
    if "A" in image.getbands() or "transparency" in image.info:
        on_white = Image.new("RGBA", image.size, "white")
        on_white.alpha_composite(image.convert("RGBA"))
        return on_white.convert("RGB")
    return image.convert("RGB")

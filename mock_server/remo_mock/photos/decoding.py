"""Decodes a photo: from its bytes to an upright RGB picture."""

import re
import struct
import zlib
from io import BytesIO

from PIL import Image
from PIL.BmpImagePlugin import BmpImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

from remo_mock.hints.hint import Hint
from remo_mock.photos.base64_text import Unusable
from remo_mock.photos.colour_profile import kept_profile
from remo_mock.photos.exif import turn_upright
from remo_mock.photos.jpeg_header import BoundedFile, read_jpeg_header
from remo_mock.photos.limits import excess, too_many_pixels
from remo_mock.photos.png_chunks import chunk_excess
from remo_mock.photos.signatures import advice_on

# The formats of photos by their first bytes (L22: stated on neither page). Pillow's readers are called directly:
# `Image.open` warns, and where warnings are errors that would change the answer.
_READERS = {
    "JPEG": (re.compile(rb"\xff\xd8\xff"), JpegImageFile),
    "PNG": (re.compile(rb"\x89PNG\r\n\x1a\n"), PngImageFile),
    "WEBP": (re.compile(rb"RIFF....WEBP", re.DOTALL), WebPImageFile),
    "BMP": (re.compile(rb"BM"), BmpImageFile),
}
FORMATS = tuple(_READERS)

# Of a picture that is laid on white.
_ROWS = 64

# All that Pillow's decoders are known to raise on bytes that only look like a picture; warnings are among them
# because a test run may turn them into errors.
_DECODING_ERRORS = (
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


def open_photo(data: bytes, *, max_pixels: int) -> Image.Image | Unusable:
    """Decode a photo to RGB, turned upright by its EXIF orientation; of an animation, the first frame.

    A photo that exceeds a limit is refused before it is decoded. The picture carries no metadata, which would end up in
    the drawn image, but `icc_profile` in its `info` if its colours need that.
    """
    reader = next((reader for begins, reader in _READERS.values() if begins.match(data)), None)
    if reader is None:
        advice = advice_on(data)
        if advice is None:
            return Unusable("not_image", Hint("foreign_format", {"formats": FORMATS}))
        return Unusable("not_image", Hint("foreign_format_because", {"formats": FORMATS, "advice": advice}))
    try:
        source = _bounded(data, reader)
        if isinstance(source, Unusable):
            return source
        photo = reader(BytesIO(source.data))
        too_much = excess(photo, source.data, max_pixels=max_pixels)
        if too_much is not None:
            return Unusable("not_image", too_much)
        photo.load()
        # Of WebP: the frames that it would need for the next one of an animation, which is not asked for.
        vars(photo).pop("_decoder", None)
        photo.fp = None
        exif, profile = source.exif or photo.info.get("exif"), source.profile or photo.info.get("icc_profile")
        upright = turn_upright(_to_rgb(photo), exif)
    except Image.DecompressionBombError:  # the reader of WebP has a limit of its own
        return Unusable("not_image", too_many_pixels(max_pixels))
    except _DECODING_ERRORS:
        return Unusable("not_image", Hint("broken_picture"))
    upright.info.clear()
    kept = kept_profile(profile, mode=photo.mode)
    if kept is not None:
        upright.info["icc_profile"] = kept
    return upright


def _bounded(data: bytes, reader: object) -> BoundedFile | Unusable:
    """Return a photo in a form whose parts Pillow reads in a bounded time, or say that there are too many of them."""
    if reader is JpegImageFile:
        header = read_jpeg_header(data)
    else:
        header = BoundedFile(data, excess=chunk_excess(data) if reader is PngImageFile else None)
    return Unusable("not_image", header.excess) if header.excess else header


def _to_rgb(image: Image.Image) -> Image.Image:
    """Convert any mode to RGB: transparency becomes white, and 16-bit grey is scaled instead of clipped to white."""
    if image.mode.startswith(("I", "F")):
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L").convert("RGB")
    if image.mode == "RGBA" and image.getchannel("A").getextrema() == (255, 255):
        return image.convert("RGB")  # to lay 64 megapixels on white would take a second
    if "A" in image.getbands() or "transparency" in image.info:
        return _on_white(image)
    return image if image.mode == "RGB" else image.convert("RGB")


def _on_white(image: Image.Image) -> Image.Image:
    """Lay a picture on white, some rows at a time: at once, 64 megapixels take 1.3 gigabytes more."""
    whole = Image.new("RGB", image.size)
    for top in range(0, image.height, _ROWS):
        rows = image.crop((0, top, image.width, min(top + _ROWS, image.height))).convert("RGBA")
        white = Image.new("RGBA", rows.size, "white")
        whole.paste(Image.alpha_composite(white, rows).convert("RGB"), (0, top))
    return whole

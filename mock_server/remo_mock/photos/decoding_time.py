"""Estimates how much CPU time a photo takes, by what its file says before its pixels are decoded."""

# Nothing is timed: the same photo has to get the same answer on every machine, however busy that is. The figures are
# milliseconds for each million pixels, samples or bytes, of the dearest pictures of each kind that were found, noise in
# most of them, on one machine with two cores (docs/photos.md).

from dataclasses import dataclass

from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

from remo_mock.photos.webp_parts import WebPParts

_MILLION = 1e6
# To look at a picture and to write it as a JPEG; to undo base64, to tell a photo from others.
_PIXEL, _BYTE = 9, 5
# To lay a picture on white.
_CLEAR_PIXEL = 12

_JPEG_SAMPLE, _JPEG_BYTE, _INK_PIXEL = 1.2, 12, 7
# Each pass goes through all samples of its components; a byte that refines what others said is dearer.
_PASSED_SAMPLE, _PROGRESSIVE_BYTE = 1.2, 26
_INKS = 4

# A byte of a row is dearest where it is told by its neighbours in three directions (Paeth).
_PNG_BYTE, _ROW_BYTE, _INTERLACED_BYTE, _DEEP_GREY_PIXEL = 10, 8, 9.5, 8
_BITS = {
    "1": 1,
    "P;1": 1,
    "L;2": 2,
    "P;2": 2,
    "L;4": 4,
    "P;4": 4,
    "L": 8,
    "P": 8,
    "LA": 16,
    "I;16B": 16,
    "RGB": 24,
    "RGBA": 32,
    "LA;16B": 32,
    "RGB;16B": 48,
}
_MOST_BITS = 64

_LOSSY_PIXEL, _LOSSY_BYTE = 17, 52
_LOSSLESS_PIXEL, _LOSSLESS_BYTE = 20, 12
_ALPHA_PIXEL, _ALPHA_BYTE, _FRAME_PIXEL = 8, 8, 8

_NO_PARTS = WebPParts()


@dataclass(frozen=True, slots=True)
class Inside:
    """What is inside a file: the components of each pass of a JPEG, unless one shows them all; the parts of a WebP."""

    passes: tuple[bytes, ...] = ()
    parts: WebPParts = _NO_PARTS


def milliseconds(photo: ImageFile, size: int, *, inside: Inside) -> float:
    """Return the CPU time of a request that shows a photo, opened and not yet decoded from `size` bytes."""
    pixels, octets = photo.width * photo.height / _MILLION, size / _MILLION
    match photo:
        case JpegImageFile():
            own = _of_jpeg(photo, pixels, octets, inside.passes)
        case PngImageFile():
            own = _of_png(photo, pixels, octets)
        case WebPImageFile():
            own = _of_webp(photo, pixels, inside.parts)
        case _:
            own = 0
    return own + _PIXEL * pixels + _BYTE * octets


def _of_jpeg(photo: JpegImageFile, pixels: float, octets: float, passes: tuple[bytes, ...]) -> float:
    # A component may have fewer samples than there are pixels: one for each two or four of them. Two components may
    # have one number.
    shares: dict[int, int] = {}
    for number, across, down, _ in photo.layer:
        shares[number] = max(shares.get(number, 0), across * down)
    whole = max(*(row[1] for row in photo.layer), 1) * max(*(row[2] for row in photo.layer), 1)
    per_share = pixels / whole
    time = _JPEG_SAMPLE * per_share * sum(across * down for _, across, down, _ in photo.layer)
    time += _PASSED_SAMPLE * per_share * sum(shares.get(number, whole) for one in passes for number in one)
    time += (_PROGRESSIVE_BYTE if "progressive" in photo.info else _JPEG_BYTE) * octets
    return time + (_INK_PIXEL * pixels if len(photo.layer) == _INKS else 0)


def _of_png(photo: PngImageFile, pixels: float, octets: float) -> float:
    raw = str(photo.tile[0][3]) if photo.tile else ""
    rows = pixels * _BITS.get(raw, _MOST_BITS) / 8
    time = (_INTERLACED_BYTE if photo.info.get("interlace") else _ROW_BYTE) * rows + _PNG_BYTE * octets
    if raw == "I;16B":
        time += _DEEP_GREY_PIXEL * pixels
    is_clear = "A" in photo.getbands() or "transparency" in photo.info
    return time + (_CLEAR_PIXEL * pixels if is_clear else 0)


def _of_webp(photo: WebPImageFile, pixels: float, parts: WebPParts) -> float:
    if parts.lossless:
        time = _LOSSLESS_PIXEL * pixels + _LOSSLESS_BYTE * parts.lossless / _MILLION
    else:
        time = _LOSSY_PIXEL * pixels + _LOSSY_BYTE * parts.lossy / _MILLION
    if parts.alpha:
        time += _ALPHA_PIXEL * pixels + _ALPHA_BYTE * parts.alpha / _MILLION
    time += _FRAME_PIXEL * pixels if parts.is_frame else 0
    return time + (_CLEAR_PIXEL * pixels if photo.mode == "RGBA" else 0)

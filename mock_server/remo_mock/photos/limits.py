"""Finds in a photo's header what makes it too large, or too slow, to decode (L22)."""

from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.WebPImagePlugin import WebPImageFile

from remo_mock.contract import MAX_PIXELS
from remo_mock.hints.hint import Hint, Value
from remo_mock.photos.decoding_time import Inside, milliseconds
from remo_mock.photos.jpeg_passes import START_OF_PASS, has_long_fill, read_passes
from remo_mock.photos.webp_parts import read_webp_parts

# The longest side that libjpeg writes: the reply is a JPEG of the photo's own size.
_LONGEST_SIDE = 65_500
# Encoders write about ten passes; each may be a few bytes long.
_MOST_PASSES = 50
# By the estimate: real photos of 50 megapixels take up to about 1000, and nothing that was found takes 2000.
_MOST_MILLISECONDS = 1300
# Pixels and bytes; up to here Pillow undoes BMP's run lengths, in Python, within about a second.
_LARGEST_RUN_LENGTH_BMP = 2_000_000
# Fill is legal before each marker. libjpeg begins a run of it anew with each 64 kilobytes that it gets: 44 MB of it in
# one run took 16 seconds.
_MOST_FILL = 10_000


def excess(photo: ImageFile, data: bytes, *, max_pixels: int) -> Hint | None:
    """Say which limit a photo, opened but not yet decoded from `data`, exceeds, or return None."""
    pixels = photo.width * photo.height
    if pixels > max_pixels:
        return too_many_pixels(max_pixels)
    if max(photo.size) > _LONGEST_SIDE:
        return Hint("side_too_long", {"pixels": _LONGEST_SIDE})
    if [tile[0] for tile in photo.tile] == ["bmp_rle"] and max(pixels, len(data)) > _LARGEST_RUN_LENGTH_BMP:
        return Hint("run_length_bmp", {"millions": _LARGEST_RUN_LENGTH_BMP / 1e6})
    inside = _inside(photo, data)
    if isinstance(inside, Hint):
        return inside
    took = milliseconds(photo, len(data), inside=inside)
    # Who allows more pixels allows more time.
    most = _MOST_MILLISECONDS * max(1, max_pixels / MAX_PIXELS)
    return _too_slow(photo, len(data), share=most / took) if took > most else None


def too_many_pixels(max_pixels: int) -> Hint:
    """Say that a photo has more than `max_pixels` pixels, and what to do."""
    return Hint("too_many_pixels", {"megapixels": max_pixels / 1e6})


def _inside(photo: ImageFile, data: bytes) -> Inside | Hint:
    """Return what a photo's time depends on beside its header, or the limit that it exceeds."""
    match photo:
        case JpegImageFile():
            several = "progressive" in photo.info or data.count(START_OF_PASS) > 1
            passes = read_passes(data, most=_MOST_PASSES) if several else []
            if passes is None:
                return Hint("jpeg_passes", {"most": _MOST_PASSES})
            if has_long_fill(data, most=_MOST_FILL):
                return Hint("jpeg_fill", {"most": _MOST_FILL})
            return Inside(passes=tuple(passes))
        case WebPImageFile():
            parts = read_webp_parts(data)
            return parts if isinstance(parts, Hint) else Inside(parts=parts)
        case _:
            return Inside()


def _too_slow(photo: ImageFile, size: int, *, share: float) -> Hint:
    """Say up to what size a photo of this kind is decoded, where `share` of it is."""
    megapixels = photo.width * photo.height / 1e6
    values: dict[str, Value] = {
        "kind": photo.format or "",
        "has": round(megapixels, 1),
        "megabytes": round(size / 1e6, 1),
        "most": int(megapixels * share * 10) / 10,
    }
    return Hint("too_slow_jpeg" if isinstance(photo, JpegImageFile) else "too_slow", values)

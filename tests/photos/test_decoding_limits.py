"""A photo that would take more than two seconds of CPU time is refused by its header; what cameras make is not."""

from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image
from PIL.ImageFile import ImageFile

from remo_mock.contract import MAX_PIXELS
from remo_mock.hints.texts import english
from remo_mock.photos.base64_text import Unusable
from remo_mock.photos.decoding import open_photo
from remo_mock.photos.limits import excess
from remo_mock.photos.webp_codes import has_too_many_codes
from remo_mock.photos.webp_parts import WebPParts, read_webp_parts
from tests.support.hostile import encoded, person, small_photo
from tests.support.hostile_files import (
    bmp,
    chunk,
    groups_of_codes,
    jpeg_of_passes,
    jpeg_of_size,
    png_header,
    webp_of_length,
    webp_of_size,
    with_webp_chunks,
)
from tests.support.hostile_files import lossless_webp as square_webp

MEGABYTE = 1_000_000
INKS = encoded(person().convert("CMYK"), "JPEG")
CLEAR = Image.new("RGBA", (64, 96), (200, 30, 30, 128))


def told(data: bytes, *, max_pixels: int = MAX_PIXELS) -> str | None:
    """Return the hint for a picture that is too large or too slow, None for one that is decoded."""
    photo = Image.open(BytesIO(data))
    assert isinstance(photo, ImageFile)
    hint = excess(photo, data, max_pixels=max_pixels)
    return None if hint is None else english(hint)


def png(width: int, height: int, *, depth: int = 8, colour: int = 2, more: bytes = b"", size: int = 0) -> bytes:
    """Return the header of a PNG of a size in pixels and one in bytes."""
    begin = png_header(width, height, depth=depth, colour=colour) + more + chunk(b"IDAT", b"")
    return begin.ljust(size, b"\x00")


def jpeg(width: int, height: int, *, size: int = 0, **options: object) -> bytes:
    """Return a JPEG that states a size in pixels, with as many bytes."""
    return jpeg_of_size(width, height, encoded(person(), "JPEG", **options)).ljust(size, b"\x00")


def clear_webp(width: int, height: int) -> bytes:
    """Return a lossy WebP with transparency that states a size in pixels."""
    photo = bytearray(encoded(CLEAR, "WEBP"))
    photo[24:30] = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    at = photo.index(b"\x9d\x01\x2a") + 3
    photo[at : at + 4] = width.to_bytes(2, "little") + height.to_bytes(2, "little")
    return bytes(photo)


def lossless_webp(width: int, height: int, *, size: int = 0) -> bytes:
    """Return a lossless WebP that states a size in pixels, with as many bytes, all of them zero."""
    stated = (width - 1) | (height - 1) << 14
    pixels = (b"\x2f" + stated.to_bytes(4, "little")).ljust(size or 100, b"\x00")
    body = b"WEBPVP8L" + len(pixels).to_bytes(4, "little") + pixels
    return b"RIFF" + len(body).to_bytes(4, "little") + body


PALETTE = chunk(b"PLTE", bytes(768))
# Made when they are needed: some have 48 MB.
TOO_SLOW: dict[str, tuple[Callable[[], bytes], str, float]] = {
    "PNG, 16 bits and clear": (lambda: png(5000, 4000, depth=16, colour=6), "20 megapixels of PNG in 0 MB", 15.2),
    "PNG, 16 bits": (lambda: png(6000, 5000, depth=16), "30 megapixels of PNG in 0 MB", 22.8),
    "PNG, 16 bits of grey": (lambda: png(8000, 6000, depth=16, colour=0), "48 megapixels of PNG in 0 MB", 39.3),
    "PNG, clear": (lambda: png(7000, 5000, colour=6), "35 megapixels of PNG in 0 MB", 24.5),
    "PNG, clear grey": (lambda: png(8000, 6000, colour=4), "48 megapixels of PNG in 0 MB", 35.1),
    "PNG, RGB": (lambda: png(8000, 6000), "48 megapixels of PNG in 0 MB", 39.3),
    "PNG, RGB, many bytes": (lambda: png(6000, 5000, size=40 * MEGABYTE), "30 megapixels of PNG in 40 MB", 24.5),
    "PNG, a clear palette": (
        lambda: png(8000, 8000, colour=3, more=PALETTE + chunk(b"tRNS", b"\x00\x80")),
        "64 megapixels of PNG in 0 MB",
        44.8,
    ),
    "JPEG, noise": (lambda: jpeg(8000, 8000, size=48 * MEGABYTE), "64 megapixels of JPEG in 48 MB", 55.2),
    "JPEG, 4:4:4 noise": (
        lambda: jpeg(8000, 8000, size=45 * MEGABYTE, subsampling=0),
        "64 megapixels of JPEG in 45 MB",
        52.9,
    ),
    "JPEG, passes": (lambda: jpeg_of_size(8000, 8000, jpeg_of_passes(12)), "64 megapixels of JPEG in 0 MB", 40.8),
    "JPEG, four inks": (
        lambda: jpeg_of_size(8000, 8000, INKS).ljust(20 * MEGABYTE, b"\x00"),
        "64 megapixels of JPEG in 20 MB",
        49.7,
    ),
    "WebP, noise": (
        lambda: webp_of_length(webp_of_size(6500, 5000), 16 * MEGABYTE),
        "32.5 megapixels of WEBP in 16 MB",
        24.0,
    ),
    "WebP, clear": (lambda: clear_webp(8000, 4000), "32 megapixels of WEBP in 0 MB", 28.2),
    "WebP, lossless noise": (
        lambda: lossless_webp(6000, 4000, size=46 * MEGABYTE),
        "24 megapixels of WEBP in 46 MB",
        21.1,
    ),
}


@pytest.mark.parametrize(("data", "shown", "most"), TOO_SLOW.values(), ids=TOO_SLOW)
def test_what_would_take_seconds_is_refused_with_the_size_that_is_fine(
    data: Callable[[], bytes], shown: str, most: float
) -> None:
    hint = told(data()) or ""
    assert hint.startswith(f"takes too long to decode, as {shown}: send it with up to {most:g} megapixels, or as ")
    assert hint.endswith(", or allow more with --max-pixels (L22)")


FAST_ENOUGH: dict[str, Callable[[], bytes]] = {
    # These are the examples of docs/photos.md.
    "65 megapixels of JPEG in 34 MB": lambda: jpeg(8062, 8062, size=34 * MEGABYTE),
    "50 megapixels of JPEG in 44 MB": lambda: jpeg(8160, 6120, size=44 * MEGABYTE),
    "50 megapixels of CMYK in 15 MB": lambda: jpeg_of_size(8333, 6000, INKS).ljust(15 * MEGABYTE),
    "50 megapixels of progressive JPEG in 8 MB": lambda: jpeg(8160, 6120, size=8 * MEGABYTE, progressive=True),
    "24 megapixels of progressive JPEG in 20 MB": lambda: jpeg(6000, 4000, size=20 * MEGABYTE, progressive=True),
    "39 megapixels of PNG": lambda: png(6500, 6000),
    "24 megapixels of PNG in 33 MB": lambda: png(6000, 4000, size=33 * MEGABYTE),
    "24 megapixels of clear PNG": lambda: png(6000, 4000, colour=6),
    "12 megapixels of clear PNG in 40 MB": lambda: png(4000, 3000, colour=6, size=40 * MEGABYTE),
    "22 megapixels of 16 bits": lambda: png(5500, 4000, depth=16),
    "12 megapixels of 16 bits in 40 MB": lambda: png(4000, 3000, depth=16, size=40 * MEGABYTE),
    "8 clear megapixels of 16 bits in 38 MB": lambda: png(4000, 2000, depth=16, colour=6, size=38 * MEGABYTE),
    "65 megapixels of grey PNG in 12 MB": lambda: png(8062, 8062, colour=0, size=12 * MEGABYTE),
    "45 megapixels of WebP": lambda: webp_of_size(9000, 5000),
    "24 megapixels of WebP in 11 MB": lambda: webp_of_length(webp_of_size(6000, 4000), 11 * MEGABYTE),
    "24 megapixels of lossless WebP in 35 MB": lambda: lossless_webp(6000, 4000, size=35 * MEGABYTE),
    # And these are what people send.
    "a phone's JPEG of 50 megapixels": lambda: jpeg(8160, 6120, size=25 * MEGABYTE),
    "a phone's JPEG of 64 megapixels": lambda: jpeg(9248, 6936, size=25 * MEGABYTE),
    "a camera's JPEG of 45 megapixels": lambda: jpeg(8256, 5504, size=40 * MEGABYTE, subsampling=0),
    "a JPEG for print": lambda: jpeg_of_size(6000, 4000, encoded(person().convert("CMYK"), "JPEG")).ljust(
        20 * MEGABYTE
    ),
    "a screenshot": lambda: png(3840, 2160, colour=6, size=20 * MEGABYTE),
    "a photo of 12 megapixels as PNG": lambda: png(4000, 3000, size=30 * MEGABYTE),
    "a scan in grey": lambda: png(7000, 9000, colour=0, size=8 * MEGABYTE),
    "a scan in black and white": lambda: png(8000, 8000, depth=1, colour=0),
    "a WebP of 12 megapixels, quality 95": lambda: webp_of_length(webp_of_size(4000, 3000), 8 * MEGABYTE),
    "a screenshot as lossless WebP": lambda: lossless_webp(3840, 2160, size=10 * MEGABYTE),
    "a BMP of 16 megapixels": lambda: bmp(4000, 4000, b"").ljust(48 * MEGABYTE),
}


@pytest.mark.parametrize("data", FAST_ENOUGH.values(), ids=FAST_ENOUGH)
def test_what_cameras_phones_and_browsers_make_is_not_refused(data: Callable[[], bytes]) -> None:
    assert told(data()) is None


def test_who_allows_more_pixels_allows_more_time() -> None:
    deep = png(5000, 4000, depth=16, colour=6)
    assert told(deep, max_pixels=2 * MAX_PIXELS) is None
    assert told(deep, max_pixels=20_000_000) == told(deep)


PARTS = {
    "lossy": (small_photo(kind="WEBP"), (True, False, False, False)),
    "lossless": (encoded(person(), "WEBP", lossless=True), (False, True, False, False)),
    "clear": (encoded(CLEAR, "WEBP"), (True, False, True, False)),
    "an animation": (
        encoded(person(), "WEBP", save_all=True, append_images=[person("front")], duration=9),
        (True, False, False, True),
    ),
    "an animation, clear": (
        encoded(CLEAR, "WEBP", save_all=True, append_images=[person().convert("RGBA")], duration=9),
        (True, False, True, True),
    ),
    "no pixels": (b"RIFF\x04\x00\x00\x00WEBP", (False, False, False, False)),
    "a size beyond the end": (small_photo(kind="WEBP")[:40], (True, False, False, False)),
}


@pytest.mark.parametrize(("data", "has"), PARTS.values(), ids=PARTS)
def test_the_parts_of_a_webp_are_told(data: bytes, has: tuple[bool, bool, bool, bool]) -> None:
    parts = read_webp_parts(data)
    assert isinstance(parts, WebPParts)
    assert (parts.lossy > 0, parts.lossless > 0, parts.alpha > 0, parts.is_frame) == has
    assert max(parts.lossy, parts.lossless, parts.alpha) <= len(data)


def test_chunks_behind_a_webp_do_no_harm() -> None:
    photo = open_photo(with_webp_chunks(small_photo(kind="WEBP"), b"more\x00\x00\x00\x00" * 900), max_pixels=10_000)
    assert isinstance(photo, Image.Image)


TOO_MANY_CODES = "is a WebP with more than 5000 groups of prefix codes; save it anew (L22)"


def test_codes_that_would_take_seconds_are_refused() -> None:
    assert told(square_webp(groups_of_codes(5001, side=300), side=300)) == TOO_MANY_CODES
    fine = open_photo(square_webp(groups_of_codes(5000, side=300), side=300), max_pixels=90_000)
    assert isinstance(fine, Image.Image)


def test_codes_of_a_transparency_count_as_well() -> None:
    photo = encoded(CLEAR.resize((300, 300)), "WEBP")
    at, pixels = photo.index(b"ALPH"), photo.index(b"VP8 ")
    alpha = b"\x01" + groups_of_codes(5001, side=300)
    alpha += bytes(len(alpha) % 2)
    body = photo[8:at] + b"ALPH" + len(alpha).to_bytes(4, "little") + alpha + photo[pixels:]
    assert told(b"RIFF" + len(body).to_bytes(4, "little") + body) == TOO_MANY_CODES


@pytest.mark.parametrize("method", [0, 3, 6])
@pytest.mark.parametrize("colours", [2, 4, 16, 200, None])
def test_codes_of_an_encoder_are_read(method: int, colours: int | None) -> None:
    photo = person(size=(213, 320))
    photo = photo if colours is None else photo.quantize(colours).convert("RGB")
    data = encoded(photo, "WEBP", lossless=True, quality=100, method=method)
    start = data.index(b"VP8L") + 13
    # Were a single bit read wrong, the next picture would not end within a few symbols of noise.
    assert not has_too_many_codes(data[start:], 213, 320)
    assert told(data) is None


UNUSUAL = {"lossless": b"\xff\xc3", "hierarchical": b"\xff\xc5", "arithmetic": b"\xff\xc9"}


@pytest.mark.parametrize("frame", UNUSUAL.values(), ids=UNUSUAL)
def test_a_jpeg_of_an_unusual_coding_is_named_whatever_this_pillow_reads(frame: bytes) -> None:
    refused = open_photo(small_photo().replace(b"\xff\xc0", frame, 1), max_pixels=10_000)
    assert isinstance(refused, Unusable)
    assert english(refused.reason) == (
        "is a JPEG of lossless, hierarchical or arithmetic coding, which few programs read; save it anew as an"
        " ordinary one (L22)"
    )

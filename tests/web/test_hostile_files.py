"""Files that are no photo, a broken one, or too much of one are image errors; what only looks odd is none."""

import re
import zlib
from base64 import b64encode

import pytest
from PIL import Image

from remo_mock.hints.texts import english
from remo_mock.photos.base64_text import Unusable
from remo_mock.photos.decoding import open_photo
from tests.support.calls import V2
from tests.support.hostile import Door, encoded, person, small_photo
from tests.support.hostile_files import (
    bmp,
    chunk,
    empty_png,
    jpeg_filled_with,
    jpeg_of_passes,
    jpeg_of_segments,
    jpeg_of_size,
    jpeg_with,
    png_header,
    run_length_bmp,
    text_bomb,
    webp_of_size,
    with_chunks,
    with_webp_chunks,
)

BROKEN = "borigimg is a broken or truncated picture"
FOREIGN = "borigimg decodes, but is none of JPEG, PNG, WEBP, BMP"
TOO_LARGE = "borigimg has more than 65 megapixels: send smaller, or allow more with --max-pixels (L22)"


FOREIGN_FILES = {
    "one byte": b"\xff",
    "zero bytes": bytes(10_000),
    "half of JPEG's signature": b"\xff\xd8",
    "half of PNG's signature": b"\x89PNG\r\n",
    "a line before the photo": b"\n" + small_photo(),
    "base64 of base64": b64encode(small_photo()),
    "GIF": encoded(person(), "GIF"),
    "TIFF": encoded(person(), "TIFF"),
    "JPEG 2000": encoded(person(), "JPEG2000"),
    # Pillow writes it since 11.3.
    "AVIF": b"\x00\x00\x00\x1cftypavif\x00\x00\x00\x00avifmif1miafMA1B" + bytes(400),
    "ICO": encoded(person(), "ICO"),
    "PPM": encoded(person(), "PPM"),
    "TGA": encoded(person(), "TGA"),
    "HEIC": b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic\x00\x00\x00\x08mdat",
    "MP4": b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom",
    "SVG": b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>',
    "PDF": b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n",
    "EPS": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\nshowpage\n",
    "HTML": b"<!doctype html><title>413 Request Entity Too Large</title>",
    "JSON": b'{"borigimg": "/9j/4AAQ"}',
    "ZIP": b"PK\x03\x04\x14\x00\x00\x00\x00\x00",
    "RIFF, but sound": b"RIFF\x24\x00\x00\x00WAVEfmt ",
    "ELF": b"\x7fELF\x02\x01\x01\x00",
}


@pytest.mark.parametrize("data", FOREIGN_FILES.values(), ids=FOREIGN_FILES)
def test_a_file_of_another_format_is_an_image_error(door: Door, data: bytes) -> None:
    code, hint = door.show(data).code_and_hint
    assert (code, hint[: len(FOREIGN)]) == (412, FOREIGN)


ADVICE = {
    "HEIC": "it is HEIC, an iPhone's own format; send the photo as JPEG",
    "AVIF": "it is AVIF; send the photo as JPEG",
    "MP4": "it is an MP4 video; send the photo as JPEG",
    "PDF": "it is a PDF; send the photo as JPEG",
    "GIF": "it is GIF; send the photo as JPEG",
    "TIFF": "it is TIFF; send the photo as JPEG",
    "JPEG 2000": "it is JPEG 2000; send the photo as JPEG",
    "SVG": "it is SVG; send the photo as JPEG",
    "HTML": "it is an HTML page; send the photo as JPEG",
    "base64 of base64": "it looks like base64 once more; encode the photo once",
}


@pytest.mark.parametrize(("name", "advice"), ADVICE.items(), ids=ADVICE)
def test_a_file_of_another_format_is_named(door: Door, name: str, advice: str) -> None:
    assert door.show(FOREIGN_FILES[name]).hint == f"{FOREIGN}: {advice}"


OTHER_FILES = {
    "HEIC by its second brand": b"\x00\x00\x00\x1cftypmif1\x00\x00\x00\x00mif1heic\x00\x00",
    "AVIF by its second brand": b"\x00\x00\x00\x1cftypmif1\x00\x00\x00\x00mif1avifmiaf",
    "a data: URI, encoded once more": b"data:image/jpeg;base64," + b64encode(small_photo()),
    "SVG": b'<?xml version="1.0"?>\n<!-- drawn -->\n<svg width="1">',
    "a WebM or Matroska video": b"\x1a\x45\xdf\xa3\x01\x00",
}


@pytest.mark.parametrize(("name", "data"), OTHER_FILES.items(), ids=OTHER_FILES)
def test_it_is_named_by_its_first_bytes(door: Door, name: str, data: bytes) -> None:
    assert f"it is {name.partition(' by ')[0]}" in door.show(data).hint


UNKNOWN_FILES = (b"\x00\x00\x00\x18ftypzzzz", b"\xff\xff\xff\xffftyp", b"<" + b"<!---->" * 200_000, b"A" * 63)


@pytest.mark.parametrize("data", UNKNOWN_FILES, ids=["brand", "length", "comments", "letters"])
def test_what_is_no_known_file_gets_no_advice(door: Door, data: bytes) -> None:
    assert door.show(data).code_and_hint == (412, FOREIGN)


BROKEN_FILES = {
    "JPEG, signature only": b"\xff\xd8\xff",
    "JPEG, signature and text": b"\xff\xd8\xffhello",
    "JPEG without pixels": small_photo()[: small_photo().index(b"\xff\xda")] + b"\xff\xd9",
    "JPEG without tables": re.sub(rb"\xff\xdb\x00\x43.{65}", b"", small_photo(), flags=re.DOTALL),
    "JPEG of no height": jpeg_of_size(64, 0),
    "JPEG with a broken Adobe segment": jpeg_with(b"Adobe", marker=0xEE),
    "PNG, signature only": b"\x89PNG\r\n\x1a\n",
    "PNG in the skin of a JPEG": b"\xff\xd8\xff" + small_photo(kind="PNG"),
    "PNG of no width": png_header(0, 96) + chunk(b"IDAT", b""),
    "PNG without pixels": png_header(64, 96) + chunk(b"IEND", b""),
    "PNG of a wrong header checksum": small_photo(kind="PNG").replace(b"\x00\x00\x00\x40", b"\x00\x00\x00\x41", 1),
    "PNG of a wrong text checksum": with_chunks(small_photo(kind="PNG"), chunk(b"tEXt", b"a\x00b", checksum_off_by=1)),
    "PNG whose pixels are no zlib": png_header(64, 96) + chunk(b"IDAT", b"hello") + chunk(b"IEND", b""),
    "PNG of too few pixels": png_header(64, 96) + chunk(b"IDAT", zlib.compress(b"\x00")) + chunk(b"IEND", b""),
    "PNG of an unknown colour type": png_header(64, 96, colour=5) + chunk(b"IDAT", b""),
    "PNG, a chunk of 4 GB": png_header(64, 96) + b"\xff\xff\xff\xffIDAT",
    "WebP, signature only": b"RIFF\x04\x00\x00\x00WEBP",
    "WebP of another size": webp_of_size(640, 960),
    "BMP, signature only": b"BM",
    "BMP and a text": b"BMW is a car",
    "BMP of no size": bmp(0, 0, b""),
    "BMP of too few pixels": bmp(64, 96, b"hello"),
    "BMP of an unknown compression": bmp(64, 96, bytes(64 * 96), compression=77),
    "BMP of 7 bits": bmp(64, 96, bytes(64 * 96), bits=7),
}


@pytest.mark.parametrize("data", BROKEN_FILES.values(), ids=BROKEN_FILES)
def test_a_broken_file_is_an_image_error(door: Door, data: bytes) -> None:
    assert door.show(data).code_and_hint == (412, BROKEN)


LENGTH = len(small_photo())


@pytest.mark.parametrize("cut", [3, 4, 10, 20, 100, 158, 400, 600, 700, LENGTH // 2, LENGTH - 100, LENGTH - 3])
def test_a_truncated_jpeg_is_an_image_error(door: Door, cut: int) -> None:
    assert door.show(small_photo()[:cut]).code_and_hint == (412, BROKEN)


@pytest.mark.parametrize("share", [0.1, 0.25, 0.5, 0.75, 0.9, 0.99])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "BMP"])
def test_a_truncated_photo_is_an_image_error(door: Door, kind: str, share: float) -> None:
    photo = encoded(person(size=(213, 320)), kind)
    assert door.show(photo[: int(len(photo) * share)]).code_and_hint == (412, BROKEN)


TOO_MANY_PIXELS = {
    "PNG, whole": empty_png(9000, 8000),
    "PNG, a bomb": empty_png(30_000, 30_000),
    "PNG, header only": png_header(9000, 8000) + b"\x00\x00\xff\xffIDAT",
    "PNG, one row": png_header(65_000_001, 1) + b"\x00\x00\xff\xffIDAT",
    "PNG, all that fits the header": png_header(2**31 - 1, 2**31 - 1) + b"\x00\x00\xff\xffIDAT",
    "JPEG, header only": jpeg_of_size(9000, 8000),
    "JPEG, all that fits the header": jpeg_of_size(65_535, 65_535),
    "WebP, header only": webp_of_size(9000, 8000),
    "WebP, all that fits the header": webp_of_size(16_383, 16_383),
    "BMP, header only": bmp(9000, 8000, b""),
    "BMP, top row first": bmp(9000, -8000, b""),
    "BMP, all that fits the header": bmp(2**31 - 1, 2**31 - 1, b""),
    "BMP, negative width": bmp(-64, 96, bytes(64 * 96)),
}


@pytest.mark.parametrize("data", TOO_MANY_PIXELS.values(), ids=TOO_MANY_PIXELS)
def test_more_than_65_megapixels_are_refused_by_the_header_alone(door: Door, data: bytes) -> None:
    assert door.show(data).code_and_hint == (412, TOO_LARGE)


@pytest.mark.parametrize("name", ["forigimg", "sorigimg", "borigimg"])
def test_too_many_pixels_in_any_view_are_an_image_error(door: Door, name: str) -> None:
    answer = door.show(png_header(9000, 8000) + b"\x00\x00\xff\xffIDAT", name, path=V2)
    assert answer.code_and_hint == (412, TOO_LARGE.replace("borigimg", name))


def test_65_megapixels_are_not_too_many(door: Door) -> None:
    grey = png_header(10_000, 6_500, colour=0)
    assert door.show(grey + b"\x00\x00\xff\xffIDAT").code_and_hint == (412, BROKEN)


def test_a_photo_of_a_50_megapixel_phone_comes_back_at_its_size(door: Door) -> None:
    answer = door.show(encoded(person().resize((6144, 8160), Image.Resampling.NEAREST), "JPEG"))
    assert (answer.code, answer.image().size) == (200, (6144, 8160))


def test_who_allows_fewer_pixels_is_told_so() -> None:
    refused = open_photo(small_photo(), max_pixels=6000)
    assert isinstance(refused, Unusable)
    assert (refused.verdict, english(refused.reason)) == (
        "not_image",
        "has more than 0.006 megapixels: send smaller, or allow more with --max-pixels (L22)",
    )
    assert not isinstance(open_photo(small_photo(), max_pixels=64 * 96), Unusable)


@pytest.mark.parametrize("size", [(65_501, 10), (10, 65_501)])
def test_a_photo_longer_than_a_jpeg_can_be_is_refused(door: Door, size: tuple[int, int]) -> None:
    hint = "borigimg has a side of more than 65500 pixels (L22)"
    assert door.show(empty_png(*size)).code_and_hint == (412, hint)


def test_a_jpeg_of_endless_passes_is_refused_before_it_takes_hours(door: Door) -> None:
    assert door.show(jpeg_of_passes(1000)).code_and_hint == (412, "borigimg is a JPEG of more than 50 passes (L22)")


def test_a_jpeg_of_some_passes_more_than_usual_is_fine(door: Door) -> None:
    assert door.show(jpeg_of_passes(20)).code == 200


FILL_IN_A_SEGMENT = b"\xff\xe1\x75\x30" + b"\xff" * 29_998


def jpeg_ending_with(more: bytes) -> bytes:
    """Return a JPEG of the person with bytes between its pixels and its end."""
    return small_photo()[:-2] + more + small_photo()[-2:]


TOO_MANY_PARTS = {
    "fill bytes": (jpeg_filled_with(b"\xff" * 20_000), "JPEG with more than 10000 bytes between its segments"),
    "junk": (
        jpeg_filled_with(b"\xff\xfe\x00\x02" + b"\x00" * 20_000),
        "JPEG with more than 10000 bytes between its segments",
    ),
    "fill and nothing else": (b"\xff\xd8" + b"\xff" * 20_000, "JPEG with more than 10000 bytes between its segments"),
    "fill behind the pixels": (
        jpeg_ending_with(b"\xff" * 20_000),
        "JPEG with more than 10000 bytes between its segments",
    ),
    "fill among the pixels": (
        jpeg_ending_with(b"\x00" + b"\xff" * 20_000 + b"\x00"),
        "JPEG with more than 10000 bytes between its segments",
    ),
    "fill behind a segment of fill": (
        jpeg_ending_with(FILL_IN_A_SEGMENT + b"\xff" * 20_000),
        "JPEG with more than 10000 bytes between its segments",
    ),
    "fill without an end": (
        small_photo()[:-2] + b"\xff" * 20_000,
        "JPEG with more than 10000 bytes between its segments",
    ),
    "huge tables": (jpeg_of_segments(0xDB, bytes(65) * 1000, 20), "JPEG with more than 1 MB of tables"),
    "junk that looks like markers": (
        jpeg_filled_with(b"\xff\x00" * 2000),
        "JPEG with more than 1000 segments before its pixels",
    ),
    "restarts": (jpeg_filled_with(b"\xff\xd0" * 2000), "JPEG with more than 1000 segments before its pixels"),
    "extensions": (jpeg_filled_with(b"\xff\xf0" * 2000), "JPEG with more than 1000 segments before its pixels"),
    "empty application segments": (
        jpeg_of_segments(0xE1, b"", 1000),
        "JPEG with more than 1000 segments before its pixels",
    ),
    "comments": (jpeg_of_segments(0xFE, b"", 1000), "JPEG with more than 1000 segments before its pixels"),
    "tables": (jpeg_of_segments(0xC4, b"", 1000), "JPEG with more than 1000 segments before its pixels"),
    "texts": (with_chunks(small_photo(kind="PNG"), chunk(b"tEXt", b"a\x00b") * 301), "PNG with more than 300 chunks"),
    "texts behind the pixels": (
        with_chunks(small_photo(kind="PNG"), chunk(b"tEXt", b"a\x00b") * 301, behind=True),
        "PNG with more than 300 chunks",
    ),
    "profiles": (
        with_chunks(small_photo(kind="PNG"), chunk(b"iCCP", b"x") * 11),
        "PNG with more than 10 colour profiles",
    ),
    "WebP's chunks": (
        with_webp_chunks(small_photo(kind="WEBP"), b"more\x00\x00\x00\x00" * 10_000),
        "WebP with more than 10000 chunks",
    ),
    "empty pixels": (
        with_chunks(small_photo(kind="PNG"), chunk(b"IDAT", b"") * 20_001),
        "PNG with its pixels in more than 20000 chunks",
    ),
}


@pytest.mark.parametrize(("data", "reason"), TOO_MANY_PARTS.values(), ids=TOO_MANY_PARTS)
def test_a_photo_of_parts_that_would_take_minutes_is_refused(door: Door, data: bytes, reason: str) -> None:
    code, hint = door.show(data).code_and_hint
    assert (code, hint[: len(reason) + 14]) == (412, f"borigimg is a {reason}")
    assert hint.endswith("save it anew (L22)")


def test_fill_between_the_passes_takes_no_time(door: Door) -> None:
    # A search that began anew at each byte of the fill would take an hour.
    data = jpeg_of_passes(20)[:-2] + b"\xff" * 2_000_000 + b"\x00" + b"\xff\xda\x00\x02" * 60
    assert door.show(data).code == 412


def test_a_film_behind_a_photo_is_not_taken_for_passes(door: Door) -> None:
    assert door.show(small_photo() + b"\x00\x00\x00\x18ftypmp42" + b"\xff\xda\x00\x00" * 1000).code == 200


@pytest.mark.parametrize(
    "data", [bmp(2000, 1500, b"\x01\x80", compression=1), bmp(64, 96, bytes(2_000_000), compression=1)]
)
def test_run_lengths_that_would_take_minutes_are_refused(door: Door, data: bytes) -> None:
    hint = "borigimg is a run-length coded BMP of more than 2 million pixels or bytes (L22)"
    assert door.show(data).code_and_hint == (412, hint)


SMALL_PNG = small_photo(kind="PNG")
BOMBS = {
    "text": with_chunks(SMALL_PNG, text_bomb(10**8)),
    "text behind the pixels": with_chunks(SMALL_PNG, text_bomb(10**8), behind=True),
    "a hundred texts": with_chunks(SMALL_PNG, text_bomb(10**6) * 100),
    "colour profile": with_chunks(SMALL_PNG, chunk(b"iCCP", b"x\x00\x00" + zlib.compress(bytes(10**8)))),
}


@pytest.mark.parametrize("data", BOMBS.values(), ids=BOMBS)
def test_a_bomb_beside_the_pixels_is_an_image_error(door: Door, data: bytes) -> None:
    assert door.show(data).code_and_hint == (412, BROKEN)


HARMLESS = {
    "a long text": with_chunks(SMALL_PNG, chunk(b"tEXt", b"Title\x00" + b"x" * 1_000_000)),
    "a long comment, which a JPEG could not hold": with_chunks(
        SMALL_PNG, chunk(b"tEXt", b"comment\x00" + b"x" * 10**5)
    ),
    "a text that is named exif": with_chunks(SMALL_PNG, chunk(b"tEXt", b"exif\x00\x00II*\x00")),
    "a wrong checksum behind the pixels": with_chunks(
        SMALL_PNG, chunk(b"tEXt", b"a\x00b", checksum_off_by=1), behind=True
    ),
    "PNG without its end": SMALL_PNG[:-12],
    "PNG and a text behind": SMALL_PNG + b"hello",
    "JPEG and a text behind": small_photo() + b"hello",
    "JPEG and fill behind": small_photo() + b"\xff" * 20_000 + b"\xff\xd9",
    "JPEG with some fill behind the pixels": jpeg_ending_with(b"\xff" * 9_000),
    "JPEG with a segment of fill": jpeg_with(b"\xff" * 65_000),
    "JPEG with a segment of fill behind the pixels": jpeg_ending_with(FILL_IN_A_SEGMENT),
    "JPEG with a long comment": jpeg_with(b"x" * 65_000, marker=0xFE),
    "JPEG with a broken colour profile": jpeg_with(b"ICC_PROFILE\x00\x05\x02garbage", marker=0xE2),
    "JPEG with broken Photoshop data": jpeg_with(b"Photoshop 3.0\x008BIM\x03\xed\x00\x00\xff\xff", marker=0xED),
    "several photos in one JPEG": encoded(person(), "MPO", save_all=True, append_images=[person("front")]),
    "JPEG that claims to hold several": jpeg_with(b"MPF\x00garbage", marker=0xE2),
    "JPEG with a broken index of several": jpeg_with(
        b"MPF\x00II*\x00\x08\x00\x00\x00\x01\x00\x01\xb0\x04\x00\x01\x00\x00\x00\x05\x00\x00\x00", marker=0xE2
    ),
    "JPEG of many segments": jpeg_of_segments(0xE1, b"http://ns.adobe.com/xmp/extension/" + bytes(1000), 900),
    "JPEG with some fill": jpeg_filled_with(b"\xff" * 1000),
    "PNG of many texts": with_chunks(SMALL_PNG, chunk(b"tEXt", b"Title\x00x") * 250),
    "PNG of many pieces": with_chunks(SMALL_PNG, chunk(b"IDAT", b"") * 6000),
    "progressive JPEG": encoded(person(), "JPEG", progressive=True),
    "JPEG of restarts": encoded(person(), "JPEG", restart_marker_rows=1),
    "BMP of run lengths": run_length_bmp(),
    "BMP, top row first": bmp(64, -96, person().convert("L").tobytes()),
}


@pytest.mark.parametrize("data", HARMLESS.values(), ids=HARMLESS)
def test_what_does_not_touch_the_pixels_does_no_harm(door: Door, data: bytes) -> None:
    answer = door.show(data)
    assert answer.code_and_hint == (200, "")
    assert answer.image().size == (64, 96)


def test_a_clear_picture_is_laid_on_white_some_rows_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    # At once, 64 megapixels took 1.3 gigabytes more, and 1.5 seconds instead of one.
    clear = Image.effect_noise((40, 300), 80).convert("RGBA")
    clear.putalpha(Image.effect_noise((40, 300), 80))
    wanted = Image.alpha_composite(Image.new("RGBA", (40, 300), "white"), clear).convert("RGB")
    compose, rows = Image.alpha_composite, list[int]()

    def counted(below: Image.Image, above: Image.Image) -> Image.Image:
        rows.append(above.height)
        return compose(below, above)

    monkeypatch.setattr(Image, "alpha_composite", counted)
    photo = open_photo(encoded(clear, "PNG"), max_pixels=12_000)
    assert isinstance(photo, Image.Image)
    assert photo.tobytes() == wanted.tobytes()
    assert rows == [64, 64, 64, 64, 44]


def test_nothing_but_pixels_comes_back(door: Door) -> None:
    image = door.show(jpeg_with(b"taken at home", marker=0xFE)).image()
    assert sorted(image.info) == ["comment", "jfif", "jfif_density", "jfif_unit", "jfif_version"]
    assert image.info["comment"] == b"remo-mock: invented values, not a measurement"

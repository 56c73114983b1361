"""A photo of any mode, frame or orientation comes back upright, in RGB, at its own size, the skeleton on the person."""

from base64 import b64encode
from io import BytesIO

import pytest
from PIL import Image, ImageChops, ImageCms, ImageStat

from tests.support.calls import V2
from tests.support.hostile import Answer, Door, encoded, good_request, misplacement, person
from tests.support.hostile_files import deep_colour_png, deep_grey_png, display_p3, exif_entry, jpeg_with


def strangeness(answer: Answer, photo: Image.Image) -> float:
    """Return how far the reply's image is from a photo: the mean of all levels of all pixels, 0 to 255."""
    return max(ImageStat.Stat(ImageChops.difference(answer.image(), photo)).mean)


GREY = person(size=(213, 320)).convert("L")
CLEAR = Image.new("RGBA", (213, 320), (0, 0, 0, 0))
CLEAR.paste(person(size=(213, 320)), (0, 0), Image.new("L", (213, 320), 255))
KINDS = {
    "L": encoded(GREY, "PNG"),
    "LA": encoded(GREY.convert("LA"), "PNG"),
    "P": encoded(person(size=(213, 320)).quantize(64), "PNG"),
    "P, 16 colours": encoded(person(size=(213, 320)).quantize(16), "PNG"),
    "P, one colour clear": encoded(person(size=(213, 320)).quantize(64), "PNG", transparency=63),
    "P, half clear": encoded(person(size=(213, 320)).quantize(4), "PNG", transparency=b"\xff\xff\xff\xfe"),
    "RGB, one colour clear": encoded(person(size=(213, 320)), "PNG", transparency=(1, 2, 3)),
    "L, one grey clear": encoded(GREY, "PNG", transparency=1),
    "RGBA": encoded(CLEAR, "PNG"),
    "interlaced": encoded(person(size=(213, 320)), "PNG", interlace=1),
    "JPEG, L": encoded(GREY, "JPEG"),
    "JPEG, CMYK": encoded(person(size=(213, 320)).convert("CMYK"), "JPEG", quality=95),
    "JPEG, 4:4:4": encoded(person(size=(213, 320)), "JPEG", subsampling=0),
    "WebP": encoded(person(size=(213, 320)), "WEBP"),
    "WebP, lossless": encoded(person(size=(213, 320)), "WEBP", lossless=True),
    "WebP, RGBA": encoded(CLEAR, "WEBP"),
    "BMP": encoded(person(size=(213, 320)), "BMP"),
    "BMP, L": encoded(GREY, "BMP"),
    "BMP, P": encoded(person(size=(213, 320)).quantize(64), "BMP"),
    "BMP, RGBA": encoded(CLEAR, "BMP"),
}


@pytest.mark.parametrize("data", KINDS.values(), ids=KINDS)
def test_a_photo_of_any_kind_comes_back_in_rgb_with_the_skeleton_on_the_person(door: Door, data: bytes) -> None:
    answer = door.show(data)
    assert answer.code_and_hint == (200, "")
    image = answer.image()
    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (213, 320))
    assert misplacement(answer.coords(), "back", (213, 320)) < 0.08


@pytest.mark.parametrize("kind", ["PNG", "BMP"])
def test_a_photo_of_one_bit_is_a_photo(door: Door, kind: str) -> None:
    # Where the person stands in it is not promised, and may be told to be a guess: its dots are a texture.
    answer = door.show(encoded(person(size=(213, 320)).convert("1"), kind))
    assert answer.code == 200
    assert (answer.image().mode, answer.image().size) == ("RGB", (213, 320))


@pytest.mark.parametrize("data", [deep_grey_png(), deep_colour_png()], ids=["grey", "colour"])
def test_16_bits_are_scaled_and_not_cut(door: Door, data: bytes) -> None:
    answer = door.show(data)
    assert answer.code_and_hint == (200, "")
    assert strangeness(answer, person().convert("L").convert("RGB")) < 15


KEEPS_ITS_COLOURS = ["JPEG, CMYK", "JPEG, 4:4:4", "P", "RGBA", "RGB, one colour clear", "WebP", "WebP, RGBA", "BMP"]


@pytest.mark.parametrize("kind", KEEPS_ITS_COLOURS)
def test_colours_are_kept(door: Door, kind: str) -> None:
    assert strangeness(door.show(KINDS[kind]), person(size=(213, 320))) < 9


def test_what_is_transparent_shows_white(door: Door) -> None:
    clear = person(size=(213, 320)).convert("RGBA")
    clear.paste((200, 0, 0, 0), (0, 0, 213, 20))
    top = ImageStat.Stat(door.show(encoded(clear, "PNG")).image().crop((0, 0, 213, 12)))
    assert min(top.mean) > 250


WALL = Image.new("RGB", (64, 96), (200, 205, 210))


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
@pytest.mark.parametrize(("first", "then", "code"), [(person(), WALL, 200), (WALL, person(), 518)])
def test_of_an_animation_the_first_frame_is_looked_at(
    door: Door, kind: str, first: Image.Image, then: Image.Image, code: int
) -> None:
    data = encoded(first, kind, save_all=True, append_images=[then, then], duration=100)
    assert door.show(data).code == code


@pytest.mark.parametrize("size", [(1, 1), (2, 2), (7, 7), (1, 300), (300, 1), (10_000, 1), (1, 10_000), (65_500, 3)])
@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_a_sliver_shows_no_person(door: Door, mode: str, size: tuple[int, int]) -> None:
    answer = door.show(encoded(Image.new(mode, size, "grey"), "PNG"))
    assert answer.code_and_hint == (
        518,
        "borigimg shows no person; stand before a plain wall, the whole body in the frame",
    )


SLIVERS = {
    "front": (["forigimg"], 511),
    "side": (["sorigimg"], 512),
    "front, side": (["forigimg", "sorigimg"], 513),
    "back": (["borigimg"], 518),
    "front, back": (["forigimg", "borigimg"], 519),
    "side, back": (["sorigimg", "borigimg"], 520),
    "front, side, back": (["forigimg", "sorigimg", "borigimg"], 521),
}


@pytest.mark.parametrize(("names", "code"), SLIVERS.values(), ids=SLIVERS)
def test_slivers_in_several_views_come_to_one_code(door: Door, names: list[str], code: int) -> None:
    sliver = b64encode(encoded(Image.new("RGB", (10_000, 1)), "PNG")).decode()
    answer = door.post(good_request(V2) | dict.fromkeys(names, sliver), path=V2)
    assert (answer.code, answer.credit) == (code, 100)


MARKED = person(size=(213, 320)).copy()
MARKED.paste((250, 30, 30), (0, 0, 8, 8))
AS_STORED = {
    1: MARKED,
    2: MARKED.transpose(Image.Transpose.FLIP_LEFT_RIGHT),
    3: MARKED.transpose(Image.Transpose.ROTATE_180),
    4: MARKED.transpose(Image.Transpose.FLIP_TOP_BOTTOM),
    5: MARKED.transpose(Image.Transpose.TRANSPOSE),
    6: MARKED.transpose(Image.Transpose.ROTATE_90),
    7: MARKED.transpose(Image.Transpose.TRANSVERSE),
    8: MARKED.transpose(Image.Transpose.ROTATE_270),
}


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize(("orientation", "stored"), AS_STORED.items(), ids=map(str, AS_STORED))
def test_a_photo_comes_back_upright(door: Door, kind: str, orientation: int, stored: Image.Image) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    answer = door.show(encoded(stored, kind, exif=exif))
    assert answer.code_and_hint == (200, "")
    image = answer.image()
    assert image.size == (213, 320)
    assert 0x0112 not in image.getexif()
    assert misplacement(answer.coords(), "back", (213, 320)) < 0.08
    red, green, _ = ImageStat.Stat(image.crop((1, 1, 6, 6))).mean
    assert red - green > 100


EXIF = {
    "orientation 6": (exif_entry(6), (96, 64)),
    "orientation 6, big end first": (exif_entry(6, order=">"), (96, 64)),
    "orientation 6, then an endless chain": (exif_entry(6)[:-4] + b"\x08\x00\x00\x00", (96, 64)),
    "orientation 6, then damage": (exif_entry(6, count=9), (96, 64)),
    "orientation 0": (exif_entry(0), (64, 96)),
    "orientation 9": (exif_entry(9), (64, 96)),
    "orientation 65535": (exif_entry(65535), (64, 96)),
    "orientation as a text": (exif_entry(6, kind=2), (64, 96)),
    "orientation as a fraction": (exif_entry(8, kind=5), (64, 96)),
    "two orientations": (exif_entry(6, number=2), (64, 96)),
    "no orientation": (exif_entry(6, number=0), (64, 96)),
    "four thousand million orientations": (exif_entry(6, number=2**32 - 1), (64, 96)),
    "cut before the entry": (exif_entry(6)[:-8], (64, 96)),
    "cut before the count": (exif_entry(6)[:14], (64, 96)),
    "no entries": (exif_entry(6, count=0), (64, 96)),
    "beyond the end": (b"Exif\x00\x00II*\x00\xff\xff\xff\xff", (64, 96)),
    "garbage": (b"Exif\x00\x00garbage", (64, 96)),
    "nothing": (b"Exif\x00\x00", (64, 96)),
    "half a name": (b"Exif", (64, 96)),
}


@pytest.mark.parametrize(("exif", "size"), EXIF.values(), ids=EXIF)
def test_a_corrupt_exif_block_is_no_reason_to_refuse_a_photo(door: Door, exif: bytes, size: tuple[int, int]) -> None:
    # A person who is turned to lie is found with no certainty, which a hint says.
    answer = door.show(jpeg_with(exif))
    assert answer.code == 200
    assert answer.image().size == size


RED = Image.new("RGB", (213, 320), (200, 30, 30))
SHOWN_RED = (218, 0, 6)
"""The red that Display P3 means by (200, 30, 30), in sRGB."""


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_colours_of_a_phone_keep_their_meaning(door: Door, kind: str) -> None:
    photo = RED.copy()
    photo.paste(person(size=(107, 160)), (53, 160))
    image = door.show(encoded(photo, kind, icc_profile=display_p3())).image()
    profile = ImageCms.ImageCmsProfile(BytesIO(image.info["icc_profile"]))
    shown = ImageCms.profileToProfile(image, profile, ImageCms.createProfile("sRGB"))
    assert isinstance(shown, Image.Image)
    means = ImageStat.Stat(shown.crop((2, 2, 40, 30))).mean
    assert max(abs(mean - wanted) for mean, wanted in zip(means, SHOWN_RED, strict=True)) < 8


def test_a_profile_in_several_segments_is_put_together(door: Door) -> None:
    profile = display_p3()
    parts = (b"ICC_PROFILE\x00\x02\x02" + profile[200:], b"ICC_PROFILE\x00\x01\x02" + profile[:200])
    photo = encoded(person(), "JPEG")
    segments = b"".join(b"\xff\xe2" + (len(part) + 2).to_bytes(2, "big") + part for part in parts)
    assert door.show(photo[:2] + segments + photo[2:]).image().info["icc_profile"] == profile


BROKEN_PROFILES = {
    "empty": b"",
    "a text": b"no profile at all" * 20,
    "cut": display_p3()[:300],
    "another size": display_p3() + b"\0\0\0\0",
    "without curves": display_p3().replace(b"TRC", b"???"),
    "of inks": display_p3().replace(b"RGB ", b"CMYK"),
}


@pytest.mark.parametrize("profile", BROKEN_PROFILES.values(), ids=BROKEN_PROFILES)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_broken_profile_is_no_error(door: Door, kind: str, profile: bytes) -> None:
    answer = door.show(encoded(person(), kind, icc_profile=profile))
    assert answer.code_and_hint == (200, "")
    assert "icc_profile" not in answer.image().info


def test_a_profile_of_other_colours_than_the_photos_is_left_out(door: Door) -> None:
    answer = door.show(encoded(person().convert("CMYK"), "JPEG", icc_profile=display_p3()))
    assert (answer.code, "icc_profile" in answer.image().info) == (200, False)

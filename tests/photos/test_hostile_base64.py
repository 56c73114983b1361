"""A photo's text that is no base64 comes to the code of its view, with a hint that says what is wrong with it."""

from base64 import b64encode, encodebytes

import pytest

from tests.support.calls import BACK, V2
from tests.support.hostile import Door, good_request, small_photo

GOOD = b64encode(small_photo()).decode()


UNDECODABLE = {
    "one letter": "A",
    "three letters": "AAA",
    "padding alone": "====",
    "end missing": GOOD[:-1],
    "padding missing": b64encode(small_photo() + b"\0").decode().rstrip("="),
    "padding too much": GOOD + "=",
    "padding inside": GOOD[:100] + "=" + GOOD[101:],
    "two texts": "AA==" + GOOD,
    "URL-safe alphabet": b64encode(b"\xff\xd8\xff\xe0").decode().replace("/", "_"),
    "URL-safe alphabet, minus": b64encode(b"\xfb\xef\xbe").decode().replace("+", "-"),
    "percent-encoded": GOOD.replace("/", "%2F"),
    "HTML entity": GOOD.replace("/", "&#47;"),
    "foreign character at the end": GOOD + "!",
    "zero character": GOOD + "\0",
    "byte order mark": "\ufeff" + GOOD,
    "white space beyond ASCII": GOOD[:40] + "\u00a0" + GOOD[40:],
    "ideographic space": GOOD[:40] + "\u3000" + GOOD[40:],
    "letters that only look alike": GOOD.replace("A", "Ａ"),
    "Python bytes": f"b'{GOOD}'",
    "quotes": f'"{GOOD}"',
    "PEM": f"-----BEGIN PHOTO-----\n{GOOD}\n-----END PHOTO-----",
    "hexadecimal with prefix": "0x" + small_photo().hex() + "!",
    "a path": "path/to/your/back/image.jpg",
    "as shortened on page B": "/9j/4AAQSkZJRgABAQAAAQABAAD ... (생략)",
    "emoji": "\U0001f9cd" * 100,
    "5 MB of anything but base64": "?" * 5_000_000,
}


@pytest.mark.parametrize("text", UNDECODABLE.values(), ids=UNDECODABLE)
def test_what_is_not_base64_is_an_image_error(door: Door, text: str) -> None:
    answer = door.post(good_request() | {"borigimg": text})
    assert answer.code_and_hint == (412, "borigimg is not base64: it has foreign characters, or its end is missing")
    assert answer.credit == 100


DATA_PREFIXES = {
    "JPEG": "data:image/jpeg;base64,",
    "PNG": "data:image/png;base64,",
    "other case": "DATA:image/jpeg;BASE64,",
    "no type": "data:;base64,",
    "white space before": " \r\n\t data:image/jpeg;base64,",
    "much white space before": " " * 1000 + "data:image/jpeg;base64,",
    "nothing else": "data:",
}


@pytest.mark.parametrize("prefix", DATA_PREFIXES.values(), ids=DATA_PREFIXES)
def test_a_data_prefix_is_an_image_error_that_says_so(door: Door, prefix: str) -> None:
    answer = door.post(good_request() | {"borigimg": prefix + GOOD})
    assert answer.code_and_hint == (412, "borigimg begins with a data: prefix; send the base64 text alone (L13)")


PREFIXED = "data:image/jpeg;base64," + GOOD
TEXT = b64encode(b"a text and no picture").decode()
BY_VIEW = {
    "front not base64": (V2, {"forigimg": "?"}, 413, "forigimg is not base64"),
    "side not base64": (V2, {"sorigimg": "?"}, 414, "sorigimg is not base64"),
    "back not base64": (V2, {"borigimg": "?"}, 412, "borigimg is not base64"),
    "back alone not base64": (BACK, {"borigimg": "?"}, 412, "borigimg is not base64"),
    "front with prefix": (V2, {"forigimg": PREFIXED}, 413, "forigimg begins with a data: prefix"),
    "side with prefix": (V2, {"sorigimg": PREFIXED}, 414, "sorigimg begins with a data: prefix"),
    "back with prefix": (V2, {"borigimg": PREFIXED}, 412, "borigimg begins with a data: prefix"),
    "back alone with prefix": (BACK, {"borigimg": PREFIXED}, 412, "borigimg begins with a data: prefix"),
    "front no picture": (V2, {"forigimg": TEXT}, 412, "forigimg decodes, but is none of"),
    "side no picture": (V2, {"sorigimg": TEXT}, 412, "sorigimg decodes, but is none of"),
    "back no picture": (V2, {"borigimg": TEXT}, 412, "borigimg decodes, but is none of"),
    "back alone no picture": (BACK, {"borigimg": TEXT}, 412, "borigimg decodes, but is none of"),
    "all not base64": (V2, {"forigimg": "?", "sorigimg": "?", "borigimg": "?"}, 413, "borigimg is not base64"),
    "side and back not base64": (V2, {"sorigimg": "?", "borigimg": "?"}, 414, "borigimg is not base64"),
    "front no picture, side not base64": (V2, {"forigimg": TEXT, "sorigimg": "?"}, 412, "sorigimg is not base64"),
}


@pytest.mark.parametrize(("path", "photos", "code", "hint"), BY_VIEW.values(), ids=BY_VIEW)
def test_the_code_of_an_image_error_tells_the_view(
    door: Door, path: str, photos: dict[str, str], code: int, hint: str
) -> None:
    answer = door.post(good_request(path) | photos, path=path)
    assert (answer.code, answer.credit) == (code, 100)
    assert hint in answer.hint


SPACED = {
    "lines as of MIME": encodebytes(small_photo()).decode(),
    "lines as of Windows": encodebytes(small_photo()).decode().replace("\n", "\r\n"),
    "space around": f" \t{GOOD}\n",
    "space between all letters": " ".join(GOOD),
    "vertical tab and form feed": f"{GOOD[:50]}\v\f{GOOD[50:]}",
}


@pytest.mark.parametrize("text", SPACED.values(), ids=SPACED)
def test_ascii_white_space_in_base64_is_ignored(door: Door, text: str) -> None:
    plain, spaced = door.post(good_request()), door.post(good_request() | {"borigimg": text})
    assert spaced.code == 200
    assert spaced.fields["borigimg"] == plain.fields["borigimg"]
    assert spaced.fields["bar_tilt_m_"] == plain.fields["bar_tilt_m_"]


def test_white_space_alone_is_no_picture(door: Door) -> None:
    assert door.post(good_request() | {"borigimg": " \n "}).code_and_hint == (
        412,
        "borigimg decodes, but is none of JPEG, PNG, WEBP, BMP: it is empty; send the bytes of a photo",
    )

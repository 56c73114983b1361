"""Whatever Hypothesis comes up with, answers keep the contract; only successes cost, and they cost what they say.

`Door.send` asserts all of that of every answer; the tests say what is sent, and which codes can come of it.
"""

import json
import os
import random
from base64 import b64encode
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from tests.support.calls import BACK, V2, VIEWING, credentials
from tests.support.hostile import Door, encoded, good_request, small_photo

generated = settings(max_examples=80, deadline=None, derandomize="CI" in os.environ)

GOOD = json.dumps(good_request()).encode()
# What a request can come to on page B's endpoint without being asked for.
BACK_CODES = {200, 400, 411, 412, 420, 421, 518}
V2_CODES = {200, 400, 411, 412, 413, 414, 420, 421, 511, 512, 513, 518, 519, 520, 521}

any_text = st.text(st.characters(exclude_categories=()), max_size=40)
any_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | any_text,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(any_text, inner, max_size=4),
    max_leaves=12,
)
names = st.sampled_from(["Email", "UserKey", "APIKey", "forigimg", "sorigimg", "borigimg", "uuid"])


@st.composite
def damaged(draw: st.DrawFn, good: bytes) -> bytes:
    """Flip bits, overwrite, cut out, insert or cut off, one to five times; something is always left."""
    data = bytearray(good)
    for _ in range(draw(st.integers(1, 5))):
        at = draw(st.integers(0, len(data)))
        match draw(st.sampled_from(["flip", "flip", "overwrite", "cut", "insert", "end"])):
            case "flip":
                data[at : at + 1] = bytes(byte ^ 1 << draw(st.integers(0, 7)) for byte in data[at : at + 1])
            case "overwrite":
                data[at : at + 4] = draw(st.binary(min_size=4, max_size=4))
            case "cut":
                del data[at : at + draw(st.integers(1, 64))]
            case "insert":
                data[at:at] = draw(st.binary(min_size=1, max_size=16))
            case _:
                del data[max(at, 16) :]
    return bytes(data) or b"\0"


@st.composite
def pictures(draw: st.DrawFn) -> bytes:
    """Draw boxes and discs over each other, or noise: what a person is looked for in."""
    width, height = draw(st.integers(1, 90)), draw(st.integers(1, 90))
    if draw(st.integers(0, 4)) == 0:
        noise = random.Random(draw(st.integers(0, 1000))).randbytes(width * height * 3)
        return encoded(Image.frombytes("RGB", (width, height), noise), "PNG")
    colours = st.tuples(*[st.sampled_from([0, 60, 120, 128, 200, 255])] * 3)
    image = Image.new("RGB", (width, height), draw(colours))
    pen = ImageDraw.Draw(image)
    for _ in range(draw(st.integers(0, 6))):
        left, right = sorted((draw(st.integers(0, width)), draw(st.integers(0, width))))
        top, bottom = sorted((draw(st.integers(0, height)), draw(st.integers(0, height))))
        shape = draw(st.sampled_from([pen.rectangle, pen.ellipse]))
        shape((left, top, right, bottom), fill=draw(colours))
    return encoded(image, "PNG")


@generated
@given(body=st.binary(max_size=200), path=st.sampled_from([V2, BACK, VIEWING]))
def test_any_bytes_are_refused(door: Door, body: bytes, path: str) -> None:
    answer = door.send(body, path=path)
    assert answer.code in (400, 411)
    assert answer.credit == 0


@generated
@given(value=any_json, path=st.sampled_from([V2, BACK, VIEWING]))
def test_any_json_is_refused(door: Door, value: Any, path: str) -> None:
    assert door.send(json.dumps(value).encode(), path=path).code in (400, 411)


@generated
@given(name=names, value=any_json)
def test_any_value_in_any_field_of_v2(door: Door, name: str, value: Any) -> None:
    assert door.post(good_request(V2) | {name: value}, path=V2).code in V2_CODES


@generated
@given(fields=st.dictionaries(names, any_json, max_size=7), path=st.sampled_from([V2, BACK, VIEWING]))
def test_any_values_in_some_fields(door: Door, fields: dict[str, Any], path: str) -> None:
    assert door.post(credentials() | fields, path=path).code in V2_CODES


@generated
@given(fields=st.dictionaries(any_text, any_json, max_size=5))
@example(fields={"\ud800": 1})
@example(fields={"Email": "nobody", "email": 1})
def test_any_other_fields(door: Door, fields: dict[str, Any]) -> None:
    assert door.post(fields | good_request()).code in (200, 400)


@generated
@given(uuid=st.text(min_size=1, max_size=40))
def test_any_uuid_comes_back(door: Door, uuid: str) -> None:
    answer = door.post(good_request() | {"uuid": uuid})
    assert (answer.code, answer.fields["uuid"]) == (200, uuid)


@generated
@given(text=st.text("ABCDabcd0123+/=-_ \n\t\0:,é", max_size=200) | any_text)
def test_any_text_as_a_photo(door: Door, text: str) -> None:
    assert door.post(good_request() | {"borigimg": text}).code in (400, 411, 412)


@generated
@given(data=st.binary(max_size=200))
@example(data=b"BM" + bytes(60))
def test_any_bytes_as_a_photo(door: Door, data: bytes) -> None:
    assert door.show(data or b"\0").code in (412, 518)


@generated
@given(content_type=st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=60))
def test_any_content_type(door: Door, content_type: str) -> None:
    assert door.send(GOOD, content_type=content_type).code in (200, 400)


@generated
@given(method=st.from_regex(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,12}", fullmatch=True).filter(lambda it: it != "HEAD"))
def test_any_method(door: Door, method: str) -> None:
    assert door.send(GOOD, method=method).code in (200, 400)


@generated
@given(body=damaged(GOOD))
def test_a_damaged_body(door: Door, body: bytes) -> None:
    assert door.send(body).code in BACK_CODES


@generated
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "BMP"])
@given(data=st.data())
def test_a_damaged_photo(door: Door, kind: str, data: st.DataObject) -> None:
    assert door.show(data.draw(damaged(small_photo(kind=kind)))).code in (200, 412, 518)


@generated
@pytest.mark.parametrize(("kind", "length"), [("JPEG", 200), ("BMP", 54)])
@given(data=st.data())
def test_a_photo_with_a_damaged_header(door: Door, kind: str, length: int, data: st.DataObject) -> None:
    photo = small_photo(kind=kind)
    assert door.show(data.draw(damaged(photo[:length])) + photo[length:]).code in (200, 412, 518)


@generated
@given(photo=pictures(), name=st.sampled_from(["forigimg", "sorigimg", "borigimg"]))
def test_any_picture_shows_a_person_or_none(door: Door, photo: bytes, name: str) -> None:
    assert door.show(photo, name, path=V2).code in (200, 511, 512, 518)


@generated
@given(front=damaged(small_photo("front")), side=damaged(small_photo("side")), back=damaged(small_photo("back")))
def test_three_damaged_photos(door: Door, front: bytes, side: bytes, back: bytes) -> None:
    photos = {"forigimg": front, "sorigimg": side, "borigimg": back}
    fields = {name: b64encode(photo).decode() for name, photo in photos.items()}
    assert door.post(good_request(V2) | fields, path=V2).code in V2_CODES

"""Drawn pictures say that they are a mock's: in their comment always, in a corner where it was asked for."""

import base64
from io import BytesIO

import pytest
from PIL import Image, ImageChops

from remo_mock import Settings, create_app
from remo_mock.photos.mark import mark
from tests.support.calls import BACK, credentials, photo_text


def drawn(**options: bool) -> Image.Image:
    client = create_app(Settings(**options)).test_client()  # type: ignore[arg-type]
    reply = client.post(BACK, json=credentials() | {"borigimg": photo_text("back")}).get_json()
    return Image.open(BytesIO(base64.b64decode(reply["borigimg"].partition(",")[2])))


def test_the_comment_says_that_the_values_are_invented() -> None:
    assert drawn().info["comment"] == b"remo-mock: invented values, not a measurement"


def test_the_mark_is_in_the_corner_and_nowhere_else() -> None:
    plain, marked = drawn(), drawn(mark=True)
    left, top, right, bottom = ImageChops.difference(plain, marked).getbbox() or (0, 0, 0, 0)
    assert (left, bottom) == (0, plain.height)
    assert plain.height - top < 0.06 * plain.height
    assert right < 0.6 * plain.width


@pytest.mark.parametrize("size", [(1, 1), (5, 900), (900, 5), (40, 30), (4000, 3000)])
def test_a_picture_of_any_size_is_marked(size: tuple[int, int]) -> None:
    image = Image.new("RGB", size, (120, 120, 120))
    mark(image)
    assert image.getextrema() != ((120, 120),) * 3

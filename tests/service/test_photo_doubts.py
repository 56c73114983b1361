"""A success says where the skeleton is a guess, or legs are out of the frame: in a hint, and in the journal."""

from __future__ import annotations

import base64
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from PIL import Image, ImageFilter

from tests.support.calls import BACK
from tests.support.figures import fixture
from tests.support.people_in_rooms import scene_in_room

GUESS = (
    "borigimg shows no person with certainty, so the skeleton's place is a guess; "
    "stand before a plain wall, the whole body in the frame"
)
CUT = (
    "borigimg shows a person cut off by the lower edge, where the joints that are not seen lie: no page has a code "
    "for that; step back until the feet are in the frame"
)


def blurred() -> Image.Image:
    room = scene_in_room(12, "front").image
    return room.filter(ImageFilter.GaussianBlur(room.height / 40))


def legless() -> Image.Image:
    image = fixture("back").image
    return image.crop((0, 0, image.width, image.height // 2))


def as_base64(image: Image.Image) -> str:
    buffer = BytesIO()
    image.save(buffer, "PNG")
    return base64.b64encode(buffer.getvalue()).decode()


@pytest.mark.parametrize(("image", "hint"), [(blurred(), GUESS), (legless(), CUT)], ids=["guessed", "cut"])
def test_a_doubt_is_in_the_hint_and_in_the_journal(
    client: FlaskClient, back_request: dict[str, Any], image: Image.Image, hint: str
) -> None:
    reply = client.post(BACK, json=back_request | {"borigimg": as_base64(image)})
    assert (reply.status_code, reply.headers["X-Remo-Mock-Hint"]) == (200, hint)
    journal = client.get("/__admin/requests").get_json()
    assert journal["requests"][0]["reason"] == hint


def test_a_whole_person_before_a_wall_needs_no_hint(client: FlaskClient, back_request: dict[str, Any]) -> None:
    reply = client.post(BACK, json=back_request | {"borigimg": as_base64(fixture("back").image)})
    assert reply.status_code == 200
    assert "X-Remo-Mock-Hint" not in reply.headers

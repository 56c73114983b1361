"""A comment changes no pixel of a photo, and a variant of a photo still shows a person."""

from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from PIL import Image, ImageChops

from contract_tests.model.own_photos import fixture_photos
from contract_tests.model.photos import moved, small, with_comment
from tests.support.calls import BACK, PHOTOS, credentials


@pytest.mark.parametrize("view", ["front", "side", "back"])
def test_a_comment_changes_no_pixel(view: str) -> None:
    before = (PHOTOS / f"{view}.jpg").read_bytes()
    after = with_comment(before, "a comment")
    with Image.open(BytesIO(before)) as one, Image.open(BytesIO(after)) as two:
        assert two.info["comment"] == b"a comment"
        assert ImageChops.difference(one.convert("RGB"), two.convert("RGB")).getbbox() is None


@pytest.mark.parametrize("change", [small, moved])
def test_a_variant_still_shows_a_person(client: FlaskClient, change: Any) -> None:
    body = credentials() | {"borigimg": change(fixture_photos()["back"]).text}
    assert client.post(BACK, json=body).get_json()["state"] is True

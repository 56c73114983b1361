"""The photos that the suite sends have angles that the pages grade differently; a comment changes no pixel."""

from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from PIL import Image, ImageChops

from contract_tests.model.photos import fixture_photos, moved, small, with_comment
from tests.support.calls import BACK, PHOTOS, SIDE, V2, credentials

FIELDS = {"front": "forigimg", "side": "sorigimg", "back": "borigimg"}
# How page B's bands grade page A's angles, and page A's bands page B's (both tables, Response).
BETWEEN = {"balance": ((1, 1.5), (4, 5)), "legs": ((5, 6), (10, 12))}
OF_BACK = ["bar_head_bal", "bar_shoulder_bal", "bar_pelvic_bal", "bar_knee_bal", "bar_tilt"]
LEGS = ["bar_left_qang", "bar_right_qang"]


@pytest.fixture
def reply(client: FlaskClient) -> dict[str, Any]:
    photos = {FIELDS[view]: photo.text for view, photo in fixture_photos().items()}
    answer: dict[str, Any] = client.post(V2, json=credentials() | photos).get_json()
    return answer


def differs(value: float, kind: str) -> bool:
    return any(low <= abs(value) <= high for low, high in BETWEEN[kind])


@pytest.mark.parametrize("name", [*OF_BACK, *(name.replace("bar", "far") for name in OF_BACK)])
def test_a_line_is_graded_differently_by_the_two_pages(reply: dict[str, Any], name: str) -> None:
    assert differs(reply[f"{name}_m_"], "balance"), "photos or generator changed: run scripts/choose_comments.py"


@pytest.mark.parametrize("name", [*LEGS, *(name.replace("bar", "far") for name in LEGS)])
def test_a_leg_is_graded_differently_by_the_two_pages(reply: dict[str, Any], name: str) -> None:
    assert differs(reply[f"{name}_m_"], "legs"), "photos or generator changed: run scripts/choose_comments.py"


@pytest.mark.parametrize("name", ["sar_tilt", "sar_head_tilt", "round_shoulder", "turtle_neck"])
def test_a_side_is_graded_differently_by_pages_a_and_d(client: FlaskClient, reply: dict[str, Any], name: str) -> None:
    alone = client.post(SIDE, json=credentials() | {"sorigimg": fixture_photos()["side"].text}).get_json()
    assert alone[f"{name}_m_"] == reply[f"{name}_m_"]
    assert alone[f"{name}_grade"] != reply[f"{name}_grade"], (
        "photos or generator changed: run scripts/choose_comments.py"
    )


def test_sar_tilt_is_graded_differently_by_symmetric_bands(reply: dict[str, Any]) -> None:
    value = reply["sar_tilt_m_"]
    assert 1.5 <= value < 3 or 5 <= value < 10, "photos or generator changed: run scripts/choose_comments.py"


@pytest.mark.parametrize("view", FIELDS)
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

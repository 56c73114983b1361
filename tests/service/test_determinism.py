"""The same photo gives the same answer in every process and worker, whatever came before; another photo another one."""

from typing import Any

import pytest
import requests
from PIL import Image, ImageOps

from remo_mock import Settings, create_app
from tests.support.calls import BACK, PHOTOS, V2, as_text, credentials, photo_text
from tests.support.servers import serving
from tests.support.waiting import TIMEOUT

OF_THE_REQUEST = {"credit", "credit_change", "uuid"}


def three() -> dict[str, Any]:
    photos = {"forigimg": photo_text("front"), "sorigimg": photo_text("side"), "borigimg": photo_text("back")}
    return credentials() | photos


def of_the_photos(told: dict[str, Any]) -> dict[str, Any]:
    assert told["state"] is True
    return {name: value for name, value in told.items() if name not in OF_THE_REQUEST}


def answered(path: str, body: dict[str, Any], **settings: Any) -> dict[str, Any]:
    return of_the_photos(create_app(Settings(**settings)).test_client().post(path, json=body).get_json())


@pytest.mark.parametrize("workers", ["1", "4"])
def test_another_process_answers_alike(workers: str) -> None:
    expected = answered(V2, three())
    with serving("--workers", workers) as server:
        replies = [requests.post(server.url + V2, json=three(), timeout=TIMEOUT).json() for _ in range(8)]
    assert [of_the_photos(reply) for reply in replies] == [expected] * 8


def test_what_came_before_does_not_matter() -> None:
    client = create_app(Settings()).test_client()
    client.post(BACK, json=three())
    assert of_the_photos(client.post(V2, json=three()).get_json()) == answered(V2, three())


def test_line_breaks_in_the_base64_do_not_matter() -> None:
    folded = three() | {"borigimg": photo_text("back")[:1000] + "\n" + photo_text("back")[1000:]}
    assert answered(BACK, folded) == answered(BACK, three())


def test_another_photo_gives_other_metrics() -> None:
    with Image.open(PHOTOS / "back.jpg") as picture:
        other = three() | {"borigimg": as_text(ImageOps.mirror(picture), "JPEG")}
    first, second = answered(BACK, three()), answered(BACK, other)
    assert first["bar_tilt_m_"] != second["bar_tilt_m_"]
    assert first["bar_coords"] != second["bar_coords"]


def test_another_seed_gives_other_metrics() -> None:
    first, second = answered(BACK, three()), answered(BACK, three(), seed=1)
    assert first["bar_tilt_m_"] != second["bar_tilt_m_"]

"""`assert_contract` judges a user's own replies in one line: recorded ones, stubs written by hand, wrong ones."""

import json
from typing import Any

import pytest
import requests

from remo_mock import RemoMock, assert_contract
from tests.support.calls import BACK, photo_text
from tests.support.checkout import ROOT
from tests.support.contract_data import BACK as NAME
from tests.support.waiting import TIMEOUT

STUB = {"state": False, "credit": 12, "message": "no person in the back image", "status": 518}


def recorded() -> dict[str, Any]:
    reply: dict[str, Any] = json.loads((ROOT / "fixtures" / "examples" / f"{NAME}.success.json").read_text("utf-8"))
    return reply


def test_a_recorded_reply_keeps_the_contract() -> None:
    assert_contract(NAME, None, recorded())


def test_a_reply_of_the_mock_keeps_it_with_its_request() -> None:
    with RemoMock() as remo:
        body = remo.account().fields | {"borigimg": photo_text("back")}
        assert_contract(NAME, body, requests.post(remo.url + BACK, json=body, timeout=TIMEOUT), strict=True)


@pytest.mark.parametrize("request_", [[1], "{}", b"{}", 3], ids=repr)
def test_a_request_that_is_no_object_is_a_mistake(request_: Any) -> None:
    with pytest.raises(TypeError, match=r"^request: expected the JSON object that was sent, or None$"):
        assert_contract(NAME, request_, STUB)


def test_a_stub_written_by_hand_keeps_it() -> None:
    assert_contract(NAME, None, STUB)


@pytest.mark.parametrize(
    ("reply", "message"),
    [
        (STUB | {"status": 418}, "418"),
        (STUB | {"state": True}, "state"),
        (STUB | {"credit": "12"}, "credit"),
        (recorded() | {"bar_tilt_m_": 6.0, "bar_tilt_grade": 0}, "bar_tilt"),
        (recorded() | {"bar_coords": "[[1, 2]]"}, "bar_coords"),
        ({"ok": True}, "state"),
    ],
)
def test_the_error_names_what_is_wrong(reply: dict[str, Any], message: str) -> None:
    with pytest.raises(AssertionError, match=message):
        assert_contract(NAME, None, reply)

"""A saved reply is judged by the endpoint whose fields it has; an error alone by what all endpoints promise."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support import live_replies as live
from tests.support.saving import judge, save

FRONT, SIDE, BACK = "analysis-skeleton-v2-front", "analysis-skeleton-v2-side", "analysis-skeleton-v2-back"
V1, V2 = "analysis-skeleton", "analysis-skeleton-v2"
SUCCESSES: dict[str, Callable[[], live.Fields]] = {
    FRONT: live.front,
    SIDE: live.side,
    BACK: live.back,
    V1: live.v1,
    V2: live.three_photos,
}


def without(reply: live.Fields, *names: str) -> live.Fields:
    return {name: value for name, value in reply.items() if name not in names}


@pytest.mark.parametrize("endpoint", SUCCESSES)
def test_a_success_is_judged_by_its_own_endpoint(tmp_path: Path, endpoint: str) -> None:
    reply = SUCCESSES[endpoint]() | {"credit": "many"}
    verdict = judge(save(tmp_path, "reply.json", reply))
    assert (verdict.code, f"REMO-TYPE-credit ({endpoint})" in verdict.text) == (1, True), verdict.text
    assert verdict.text.count("VIOLATION") == 1


@pytest.mark.parametrize("endpoint", SUCCESSES)
def test_a_success_as_it_came_keeps_the_contract(tmp_path: Path, endpoint: str) -> None:
    verdict = judge(save(tmp_path, "reply.json", SUCCESSES[endpoint]()), strict=True)
    assert verdict.code == 0, verdict.text


@pytest.mark.parametrize(
    ("endpoint", "gone"),
    [
        (V2, "far_coords"),
        (V2, "bar_coords"),
        (V2, "sar_coords"),
        (V2, "forigimg"),
        (V2, "APIName"),
        (V1, "sar_coords"),
        (V1, "far_coords"),
        (V1, "far_tilt_m_"),
        (SIDE, "sar_coords"),
        (SIDE, "turtle_neck_m_"),
        (FRONT, "far_coords"),
        (BACK, "bar_coords"),
    ],
)
def test_a_missing_field_does_not_make_it_another_endpoints_reply(tmp_path: Path, endpoint: str, gone: str) -> None:
    file = save(tmp_path, "reply.json", without(SUCCESSES[endpoint](), gone))
    verdict = judge(file)
    expected = 0 if gone == "APIName" else 1
    assert (verdict.code, f"REMO-FIELD-{gone} ({endpoint})" in verdict.text) == (expected, expected == 1), verdict.text
    assert all(f"({endpoint})" in line for line in verdict.text.splitlines() if line.startswith("VIOLATION"))


@pytest.mark.parametrize("view", ["far", "bar"])
def test_a_view_that_is_missing_whole_is_missing(tmp_path: Path, view: str) -> None:
    reply = live.three_photos()
    names = [name for name in reply if name.startswith(view)]
    verdict = judge(save(tmp_path, "reply.json", without(reply, *names)))
    assert (verdict.code, f"REMO-FIELD-{view}_coords ({V2})" in verdict.text) == (1, True), verdict.text


def test_a_grade_named_as_of_the_back_is_no_back_reply(tmp_path: Path) -> None:
    reply = live.side() | {"APIName": "Analysis-skeleton-v2", "bar_left_qang_grade": 2}
    verdict = judge(save(tmp_path, "reply.json", reply))
    assert (verdict.code, f"REMO-GRADE-sar_tilt ({SIDE})" in verdict.text) == (1, True), verdict.text


def test_the_name_of_the_file_tells_the_endpoint(tmp_path: Path) -> None:
    verdict = judge(save(tmp_path, f"{FRONT}.monday.json", live.error(512)))
    assert (verdict.code, f"REMO-ERROR-DOCUMENTED ({FRONT})" in verdict.text) == (1, True), verdict.text


def test_the_option_tells_the_endpoint(tmp_path: Path) -> None:
    verdict = judge(save(tmp_path, "error.json", live.error(512)), endpoint=FRONT)
    assert (verdict.code, f"REMO-ERROR-DOCUMENTED ({FRONT})" in verdict.text) == (1, True), verdict.text


def test_an_unknown_endpoint_is_a_mistake(tmp_path: Path) -> None:
    verdict = judge(save(tmp_path, "error.json", live.error(512)), endpoint="v3")
    assert (verdict.code, FRONT in verdict.text) == (2, True), verdict.text


def test_its_api_name_tells_the_endpoint_of_an_error(tmp_path: Path) -> None:
    verdict = judge(save(tmp_path, "error.json", live.error(512, APIName="Analysis-skeleton-v2-front")))
    assert (verdict.code, f"REMO-ERROR-DOCUMENTED ({FRONT})" in verdict.text) == (1, True), verdict.text


@pytest.mark.parametrize("code", [400, 413, 415, 418, 511, 512, 515, 518, 525, 559])
def test_an_error_alone_may_be_of_each_endpoint_that_has_its_code(tmp_path: Path, code: int) -> None:
    verdict = judge(save(tmp_path, "error.json", live.error(code)), strict=True)
    assert verdict.code == 0, verdict.text


@pytest.mark.parametrize(
    ("reply", "check"),
    [
        (live.error(500), "REMO-ERROR-DOCUMENTED"),
        (live.error(99999), "REMO-ERROR-DOCUMENTED"),
        (live.error(413, credit="4"), "REMO-ERROR-TYPE-credit"),
        (live.error(413, status=414), "REMO-ERROR-BOTH-KEYS"),
        ({"state": False, "credit": 4, "message": "failed", "status": 518.5}, "REMO-ERROR-TYPE-status"),
        ({"state": False, "credit": 4, "status": 518}, "REMO-ERROR-FIELD-message"),
    ],
)
def test_what_no_endpoint_promises_is_named(tmp_path: Path, reply: live.Fields, check: str) -> None:
    verdict = judge(save(tmp_path, "error.json", reply))
    assert (verdict.code, f"VIOLATION  {check} (any endpoint)" in verdict.text) == (1, True), verdict.text


@pytest.mark.parametrize(
    "reply",
    [
        {"state": False},
        {"state": True, "status_code": 200, "credit": 4},
        {"state": True, "status_code": 200, "credit": 4, "APIName": "Analysis-skeleton-v2"},
        {"hello": "world"},
        {},
    ],
)
def test_what_shows_no_endpoint_asks_for_one(tmp_path: Path, reply: dict[str, Any]) -> None:
    verdict = judge(save(tmp_path, "reply.json", reply))
    assert (verdict.code, len(verdict.not_judged), "--endpoint" in verdict.text) == (2, 1, True), verdict.text


def test_a_request_in_a_har_file_tells_the_endpoint_by_its_photos(tmp_path: Path) -> None:
    reply = live.back() | {"bar_tilt_grade": 2}
    entry = {
        "request": {
            "method": "POST",
            "url": "https://api.example.com/api/analysis-skeleton",
            "postData": {"text": json.dumps({"borigimg": "AAAA"})},
        },
        "response": {
            "status": 200,
            "headers": [{"name": "Content-Type", "value": "application/json"}],
            "content": {"text": json.dumps(reply)},
        },
    }
    verdict = judge(save(tmp_path, "viewing.har", {"log": {"entries": [entry]}}))
    assert (verdict.code, f"REMO-GRADE-bar_tilt ({BACK})" in verdict.text) == (1, True), verdict.text

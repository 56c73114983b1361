"""Replies as the live service sends them keep the contract, and those that are nearly like them do not."""

import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from contract_tests.run.assertion import assert_contract
from contract_tests.run.saved_judgement import judge_saved
from tests.support import live_replies as live

FRONT, SIDE, BACK = "analysis-skeleton-v2-front", "analysis-skeleton-v2-side", "analysis-skeleton-v2-back"
V1, V2 = "analysis-skeleton", "analysis-skeleton-v2"
MAKERS: dict[str, Callable[[], live.Fields]] = {
    FRONT: live.front,
    SIDE: live.side,
    BACK: live.back,
    V1: live.v1,
    V2: live.three_photos,
}
SAME_UUID = {"uuid": "3e1c7f7e-77a4-4f9c-8d56-5a0d6e6c6b01"}


def over_http(status: int, body: object) -> SimpleNamespace:
    """Return a reply as an HTTP library has it."""
    headers = {"Content-Type": "application/json"}
    return SimpleNamespace(status_code=status, headers=headers, content=json.dumps(body).encode())


@pytest.mark.parametrize("endpoint", MAKERS)
def test_a_success_keeps_the_contract(endpoint: str) -> None:
    assert_contract(endpoint, None, MAKERS[endpoint](), strict=True)


@pytest.mark.parametrize("endpoint", MAKERS)
def test_a_success_over_http_keeps_the_contract(endpoint: str) -> None:
    assert_contract(endpoint, None, over_http(200, MAKERS[endpoint]()), strict=True)


@pytest.mark.parametrize(
    ("endpoint", "changes"),
    [
        (SIDE, {"APIName": "Analysis-skeleton-v2"}),
        (BACK, {"APIName": "Analysis-skeleton-v2"}),
        (SIDE, {"sar_tilt_grade": 1}),
        (SIDE, {"sar_tilt_m_": -1.5, "bar_left_qang_grade": -1}),
        (SIDE, {"sar_tilt_m_": 2.999, "bar_left_qang_grade": 0}),
        (SIDE, {"sar_tilt_m_": 10, "bar_left_qang_grade": 2}),
        (SIDE, {"credit_change": 0}),
        (FRONT, {"credit_change": 0}),
        (V1, {"status_code": 200}),
        (V1, {"credit": 0}),
        (FRONT, {"far_coords": live.coords().replace(" ", "")}),
    ],
)
def test_another_reading_keeps_it_too(endpoint: str, changes: live.Fields) -> None:
    assert_contract(endpoint, None, MAKERS[endpoint]() | changes)


@pytest.mark.parametrize(
    ("endpoint", "changes", "check"),
    [
        (SIDE, {"bar_left_qang_grade": 2}, "REMO-GRADE-sar_tilt"),
        (SIDE, {"bar_left_qang_grade": 0}, "REMO-GRADE-sar_tilt"),
        (SIDE, {"bar_left_qang_grade": "1"}, "REMO-TYPE-bar_left_qang_grade"),
        (SIDE, {"sar_tilt_grade": 2}, "REMO-GRADE-sar_tilt"),
        (SIDE, {"sar_tilt_m_": 2.0}, "REMO-GRADE-sar_tilt"),
        (SIDE, {"turtle_neck_m_": 28.0}, "REMO-GRADE-turtle_neck"),
        (SIDE, {"round_shoulder_m_": 4.2}, "REMO-GRADE-round_shoulder"),
        (SIDE, {"APIName": "Analysis-skeleton-v2-front"}, "REMO-APINAME"),
        (SIDE, {"credit_change": -3}, "REMO-CREDIT-PRICE"),
        (FRONT, {"credit_change": -2}, "REMO-CREDIT-PRICE"),
        (FRONT, {"far_head_bal_grade": 1}, "REMO-GRADE-far_head_bal"),
        (V1, {"status_code": 201}, "REMO-CODE-SUCCESS"),
        (V1, {"status_code": "200"}, "REMO-TYPE-status_code"),
        (V1, {"APIName": "Analysis-skeleton-v2"}, "REMO-APINAME"),
        (V1, {"credit_change": 0}, "REMO-CREDIT-PRICE"),
        (V1, {"sar_tilt_grade": 2}, "REMO-GRADE-sar_tilt"),
        (V2, {"bar_head_bal_grade": 0}, "REMO-GRADE-bar_head_bal"),
    ],
)
def test_what_is_nearly_like_it_is_named(endpoint: str, changes: live.Fields, check: str) -> None:
    with pytest.raises(AssertionError, match=check):
        assert_contract(endpoint, None, MAKERS[endpoint]() | changes)


def test_two_credits_for_a_side_are_a_note() -> None:
    reply = live.side() | {"credit_change": -2}
    assert_contract(SIDE, None, reply)
    with pytest.raises(AssertionError, match="REMO-CREDIT-PRICE"):
        assert_contract(SIDE, None, reply, strict=True)


def test_a_side_without_either_grade_is_named() -> None:
    reply = live.side()
    del reply["bar_left_qang_grade"]
    with pytest.raises(AssertionError, match="REMO-FIELD-sar_tilt_grade"):
        assert_contract(SIDE, None, reply)


def test_v1_has_no_other_name_for_a_grade() -> None:
    reply = live.v1()
    reply["bar_left_qang_grade"] = reply.pop("sar_tilt_grade")
    with pytest.raises(AssertionError, match="REMO-FIELD-sar_tilt_grade"):
        assert_contract(V1, None, reply)


@pytest.mark.parametrize(
    ("endpoint", "code"),
    [(SIDE, 413), (SIDE, 515), (FRONT, 515), (FRONT, 514), (BACK, 415), (BACK, 413), (V1, 516), (V2, 525), (V1, 400)],
)
@pytest.mark.parametrize("status", [200, 520, None])
def test_an_error_keeps_the_contract(endpoint: str, code: int, status: int | None) -> None:
    assert_contract(endpoint, None, over_http(status or code, live.error(code)))


@pytest.mark.parametrize(
    ("endpoint", "reply", "check"),
    [
        (FRONT, live.error(512), "REMO-ERROR-DOCUMENTED"),
        (SIDE, live.error(511), "REMO-ERROR-DOCUMENTED"),
        (V1, live.error(518), "REMO-ERROR-DOCUMENTED"),
        (BACK, live.error(418), "REMO-ERROR-DOCUMENTED"),
        (SIDE, live.error(414, status=413), "REMO-ERROR-BOTH-KEYS"),
        (SIDE, live.error(414, bar_left_qang_grade=0), "REMO-ERROR-RESULTS"),
        (V1, live.error(511, state=True), "REMO-ERROR-STATE"),
        (FRONT, live.error(511, credit="4211"), "REMO-ERROR-TYPE-credit"),
    ],
)
def test_an_error_that_is_nearly_like_one_is_named(endpoint: str, reply: live.Fields, check: str) -> None:
    with pytest.raises(AssertionError, match=check):
        assert_contract(endpoint, None, over_http(200, reply))


def test_a_charge_that_an_error_tells_is_forbidden_by_no_page_and_a_note() -> None:
    charged = over_http(200, live.error(512, credit_change=-1))
    assert_contract(SIDE, None, charged)
    with pytest.raises(AssertionError, match="REMO-CREDIT-FAILURE-TOLD"):
        assert_contract(SIDE, None, charged, strict=True)


def saved(folder: Path, replies: dict[str, live.Fields]) -> list[str]:
    """Write each reply into a file, and return the files' names."""
    for name, reply in replies.items():
        (folder / name).write_text(json.dumps(reply), encoding="utf-8")
    return [str(folder / name) for name in replies]


def violations(names: list[str]) -> set[str]:
    return {one.check.id for one in judge_saved(names).results if one.verdict == "violation"}


def test_saved_replies_of_one_person_keep_the_contract(tmp_path: Path) -> None:
    replies: dict[str, Any] = {
        f"{FRONT}.json": live.front() | SAME_UUID,
        f"{SIDE}.1.json": live.side() | SAME_UUID | {"credit_change": 0},
        f"{SIDE}.2.json": live.side() | SAME_UUID,
        f"{BACK}.json": live.back() | SAME_UUID | {"credit_change": 0},
        f"{V1}.json": live.v1() | SAME_UUID,
    }
    assert violations(saved(tmp_path, replies)) == set()


def test_a_saved_lie_is_named(tmp_path: Path) -> None:
    reply = live.side() | {"bar_left_qang_grade": -1}
    assert violations(saved(tmp_path, {f"{SIDE}.json": reply})) == {"REMO-GRADE-sar_tilt"}

"""Recorded replies and users' own tests are judged by the same checks, with nothing sent."""

import base64
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from contract_tests.run.assertion import assert_contract
from tests.support.calls import BACK
from tests.support.checkout import ROOT
from tests.support.waiting import TIMEOUT

EXAMPLES = ROOT / "fixtures" / "examples"
NAMES = sorted(path.name for path in EXAMPLES.glob("*.json"))


def example(name: str) -> dict[str, Any]:
    """Return one of the pages' example replies."""
    reply: dict[str, Any] = json.loads((EXAMPLES / name).read_text(encoding="utf-8"))
    return reply


def saved(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "remo_mock", "verify", "--saved", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT, check=False)


@pytest.mark.parametrize("name", NAMES)
def test_the_pages_own_examples_keep_the_contract(name: str) -> None:
    assert_contract(name.partition(".")[0], None, example(name))


@pytest.mark.parametrize(
    ("changes", "check"),
    [
        ({"bar_tilt_grade": 2}, "REMO-GRADE-bar_tilt"),
        ({"bar_tilt_m_": "0.1"}, "REMO-TYPE-bar_tilt_m_"),
        ({"credit": None}, "REMO-TYPE-credit"),
        ({"bar_coords": "[]"}, "REMO-COORDS-COUNT"),
        ({"credit_change": 1}, "REMO-CREDIT-SIGN"),
        ({"borigimg": "data:image/jpeg;base64,AAAA"}, "REMO-IMAGE-JPEG"),
    ],
)
def test_a_broken_promise_is_named(changes: dict[str, Any], check: str) -> None:
    with pytest.raises(AssertionError, match=check):
        assert_contract("analysis-skeleton-v2-back", None, example("analysis-skeleton-v2-back.success.json") | changes)


def test_a_note_fails_only_when_told() -> None:
    reply = example("analysis-skeleton-v2-back.success.json") | {"extra": 1}
    assert_contract("analysis-skeleton-v2-back", None, reply)
    with pytest.raises(AssertionError, match="REMO-FIELD-EXTRA"):
        assert_contract("analysis-skeleton-v2-back", None, reply, strict=True)


def test_a_response_object_is_judged_with_its_request(client: FlaskClient, back_request: dict[str, Any]) -> None:
    assert_contract(BACK, back_request, client.post(BACK, json=back_request))


def test_a_reply_to_another_request_is_noticed(client: FlaskClient, back_request: dict[str, Any]) -> None:
    reply = client.post(BACK, json=back_request | {"uuid": "one"})
    with pytest.raises(AssertionError, match="REMO-UUID-ECHO"):
        assert_contract(BACK, back_request | {"uuid": "two"}, reply)


def test_no_secret_is_in_the_assertion(back_request: dict[str, Any]) -> None:
    with pytest.raises(AssertionError) as caught:
        assert_contract(BACK, back_request, {"state": "demo-api-key", "credit": 1, "message": "x", "status": 411})
    assert "demo-api-key" not in str(caught.value)


def test_a_reply_without_any_field_is_no_reply() -> None:
    with pytest.raises(AssertionError):
        assert_contract(BACK, None, b"<html>504</html>")


def test_an_unknown_endpoint_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="analysis-skeleton-v2-back"):
        assert_contract("v3", None, {})


def test_saved_examples_end_with_0() -> None:
    ended = saved(*(str(EXAMPLES / name) for name in NAMES))
    assert ended.returncode == 0, ended.stdout
    assert "0 violation" in ended.stdout


def test_a_saved_lie_ends_with_1(tmp_path: Path) -> None:
    file = tmp_path / "analysis-skeleton-v2-back.today.json"
    file.write_text(json.dumps(example("analysis-skeleton-v2-back.success.json") | {"bar_tilt_grade": 2}))
    ended = saved(str(file))
    assert ended.returncode == 1
    assert "REMO-GRADE-bar_tilt" in ended.stdout


def test_a_file_of_no_known_endpoint_asks_for_one(tmp_path: Path) -> None:
    file = tmp_path / "reply.json"
    file.write_text('{"state": false}')
    ended = saved(str(file))
    assert ended.returncode == 2
    assert "--endpoint" in ended.stdout


def test_a_har_file_is_judged_with_headers(tmp_path: Path) -> None:
    body = (EXAMPLES / "analysis-skeleton-v2-back.error-413.json").read_bytes()
    entry = {
        "request": {"method": "POST", "url": f"https://api.example.com{BACK}", "postData": {"text": "{}"}},
        "response": {
            "status": 413,
            "headers": [{"name": "Content-Type", "value": "text/html"}],
            "content": {"text": base64.b64encode(body).decode(), "encoding": "base64"},
        },
    }
    file = tmp_path / "browser.har"
    file.write_text(json.dumps({"log": {"entries": [entry]}}))
    ended = saved(str(file))
    assert ended.returncode == 1
    assert "REMO-BYTES-CONTENT-TYPE" in ended.stdout

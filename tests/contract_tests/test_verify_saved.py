"""Recorded replies and users' own tests are judged by the same checks, with nothing sent."""

import base64
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient

from contract_tests.reports.saved import print_saved
from contract_tests.run.assertion import assert_contract
from contract_tests.run.saved_judgement import judge_saved
from tests.support.calls import BACK, V2, blank_text, credentials
from tests.support.checkout import ROOT
from tests.support.upstreams import Change, Recording, Reply, fields, recording, unchanged, upstream
from tests.support.waiting import TIMEOUT

EXAMPLES = ROOT / "fixtures" / "examples"
# The pages' own examples of these successes have grades of older bands (L37).
OLDER_BANDS = {
    "analysis-skeleton-v2-front.success.json": {"REMO-GRADE-far_head_bal", "REMO-GRADE-far_pelvic_bal"},
    "analysis-skeleton-v2-side.success.json": {"REMO-GRADE-sar_tilt"},
    "analysis-skeleton.success.json": {
        "REMO-GRADE-far_head_bal",
        "REMO-GRADE-far_pelvic_bal",
        "REMO-GRADE-sar_head_tilt",
    },
}
NAMES = sorted({path.name for path in EXAMPLES.glob("*.json")} - OLDER_BANDS.keys())


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


@pytest.mark.parametrize("name", OLDER_BANDS)
def test_an_example_by_older_bands_breaks_its_own_table(name: str) -> None:
    results = judge_saved([str(EXAMPLES / name)]).results
    assert {one.check.id for one in results if one.verdict == "violation"} == OLDER_BANDS[name]


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


def test_a_key_in_the_request_is_not_in_the_traceback(tmp_path: Path) -> None:
    lines = (
        "from remo_mock import assert_contract",
        "SENT = {'Email': 'ann@clinic.example', 'UserKey': 'key-7aa9-of-user', 'APIKey': 'key-31bb02', 'borigimg': ''}",
        f"def test(): assert_contract('{BACK}', SENT, {{'state': False, 'status': 999, 'credit': 'key-31bb02'}})",
    )
    (tmp_path / "test_it.py").write_text("\n".join(lines))
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--tb=long", "test_it.py"]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT, cwd=tmp_path, check=False)
    assert "got       '$REMO_API_KEY'" in ended.stdout
    assert ended.stdout.count("key-31bb02") == 1  # in the user's own line
    assert "key-7aa9" not in ended.stdout


SENT = {"Email": "ann@clinic.example", "UserKey": "key-7aa9-of-user", "APIKey": "key-31bb02-of-api"}
LEAKING = {"state": False, "status": 999, "message": "no", "credit": "key-7aa9-of-user"}


def har(posted: dict[str, Any]) -> dict[str, Any]:
    response = {"status": 421, "headers": [{"name": "content-type", "value": "text/key-31bb02-of-api"}]}
    response["content"] = {"text": json.dumps(LEAKING)}
    request = {"method": "POST", "url": f"http://a.test{BACK}", "postData": posted}
    return {"log": {"entries": [{"request": request, "response": response}]}}


WITH_KEYS = {
    "envelope": {"path": BACK, "request": SENT, "reply": LEAKING},
    "HAR": har({"text": json.dumps(SENT)}),
    "HAR, cut off": har({"text": json.dumps(SENT)[:-2]}),
    "HAR of a form": har({"text": urlencode(SENT)}),
    "HAR of parameters": har({"params": [{"name": name, "value": value} for name, value in SENT.items()]}),
}


@pytest.mark.parametrize("document", WITH_KEYS.values(), ids=WITH_KEYS)
def test_a_key_in_a_file_is_not_in_the_report(
    document: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "one.json").write_text(json.dumps(document))
    assert print_saved([str(tmp_path / "one.json")], [], strict=False, echo=print) == 1
    said = capsys.readouterr().out
    assert "got       '$REMO_API_USER_KEY'" in said
    assert "key-7aa9" not in said
    assert "key-31bb" not in said


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


def record(cassette: Path, send: Callable[[Recording], object], change: Change = unchanged, **options: Any) -> None:
    """Record what `send` sends to a mock whose replies `change` changes."""
    with upstream(change) as real, recording(real.url, cassette, **options) as recorder:
        send(recorder)


@pytest.mark.parametrize("keep_images", [False, True], ids=["images dropped", "images kept"])
def test_a_cassette_of_a_conforming_mock_ends_with_0(
    tmp_path: Path, back_request: dict[str, Any], three_request: dict[str, Any], keep_images: bool
) -> None:
    def send(recorder: Recording) -> None:
        post = recorder.client.post
        post(V2, json=three_request)
        post(BACK, json=back_request)
        post(BACK, json=back_request | {"uuid": "a set"})
        post(BACK, json=back_request | {"uuid": "a set"})
        post(BACK, json=back_request | {"uuid": "a set"})
        post(BACK, json=credentials())
        post(BACK, json=back_request | {"borigimg": "%%"})
        post(BACK, json=back_request | {"borigimg": blank_text()})
        post(BACK, json=back_request | {"APIKey": "wrong"})
        post(BACK, json=back_request | {"UserKey": "wrong"})
        post(BACK, json=back_request | credentials("broke"))
        post(BACK, data=b"{", content_type="application/json")
        recorder.client.get(BACK)

    record(tmp_path, send, keep_images=keep_images)
    ended = saved(str(tmp_path))
    assert (ended.returncode, len(list(tmp_path.glob("*.json")))) == (0, 13), ended.stdout
    assert ", 0 violation, 0 note, " in ended.stdout


@pytest.mark.parametrize(
    ("change", "check"),
    [
        (fields(bar_tilt_grade=2), "REMO-GRADE-bar_tilt"),
        (fields(credit="5"), "REMO-TYPE-credit"),
        (fields(bar_coords="[[1, 2]]"), "REMO-COORDS-COUNT"),
        (fields(uuid=""), "REMO-UUID-MADE"),
        (fields(borigimg="data:image/png;base64,%%"), "REMO-IMAGE-PREFIX"),
        (fields(borigimg="data:image/jpeg;base64,%%"), "REMO-IMAGE-BASE64"),
        (fields(borigimg="data:image/jpeg;base64,bm8gcGljdHVyZQ=="), "REMO-IMAGE-JPEG"),
        (lambda reply: replace(reply, status=203), "REMO-HTTP-STATUS-SUCCESS"),
        (lambda reply: replace(reply, body=b"<html>"), "REMO-BYTES-JSON"),
        (lambda reply: replace(reply, headers={"Content-Type": "text/html"}), "REMO-BYTES-CONTENT-TYPE"),
    ],
)
def test_a_recorded_lie_ends_with_1(tmp_path: Path, back_request: dict[str, Any], change: Change, check: str) -> None:
    record(tmp_path, lambda recorder: recorder.client.post(BACK, json=back_request), change)
    ended = saved(str(tmp_path))
    assert (ended.returncode, check in ended.stdout) == (1, True), ended.stdout


def test_an_image_of_another_size_is_noted_although_it_was_not_kept(
    tmp_path: Path, back_request: dict[str, Any]
) -> None:
    other = example("analysis-skeleton-v2-back.success.json")["borigimg"]
    record(tmp_path, lambda recorder: recorder.client.post(BACK, json=back_request), fields(borigimg=other))
    assert "NOTE  REMO-IMAGE-SIZE" in saved(str(tmp_path)).stdout


@pytest.mark.parametrize(
    ("secret", "told"),
    [
        ({"UserKey": 821055501234}, {"credit": 821055501234}),
        ({"APIKey": "skeleton"}, {"APIName": "Analysis-skeleton-v2"}),
        ({"APIKey": "uuid-of-mine", "uuid": "uuid-of-mine"}, {"uuid": "uuid-of-mine"}),
        ({"APIKey": "made-by-them"}, {"uuid": "made-by-them"}),
    ],
    ids=["a number", "the name of the API", "the uuid that was sent", "the uuid that was made"],
)
def test_what_the_recorder_took_out_is_no_violation(
    tmp_path: Path, back_request: dict[str, Any], secret: dict[str, Any], told: dict[str, Any]
) -> None:
    def reply(reply: Reply) -> Reply:
        success = example("analysis-skeleton-v2-back.success.json") | told
        return replace(reply, status=200, fields=success)

    record(tmp_path, lambda recorder: recorder.client.post(BACK, json=back_request | secret), reply)
    ended = saved(str(tmp_path))
    assert ended.returncode == 0, ended.stdout


def test_bytes_that_were_not_kept_are_not_judged(tmp_path: Path, back_request: dict[str, Any]) -> None:
    def as_utf16(reply: Reply) -> Reply:
        return replace(reply, body=json.dumps(reply.fields).encode("utf-16"))

    record(tmp_path, lambda recorder: recorder.client.post(BACK, json=back_request), as_utf16)
    ended = saved(str(tmp_path))
    assert (ended.returncode, "REMO-BYTES" in ended.stdout) == (0, False), ended.stdout


def test_a_cassette_of_another_version_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "later.json"
    file.write_text('{"version": 2, "endpoint": "x", "request": {}, "reply": {}}')
    ended = saved(str(file))
    assert (ended.returncode, "has version 2, not 1" in ended.stdout) == (2, True)

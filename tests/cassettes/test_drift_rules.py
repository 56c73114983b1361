"""Each way in which a vendor moves away from the contract or the mock is found by one rule; readings are no drift."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from remo_mock import Settings
from remo_mock.cassettes.drift.report import DriftReport
from tests.support.calls import BACK, PHOTOS, V2, as_text, credentials, photo_text
from tests.support.upstreams import Change, Reply, drift, fields, recording, unchanged, upstream


def small(view: str) -> str:
    """Return a fixture photo at a quarter of its size, which is quick to draw on."""
    with Image.open(PHOTOS / f"{view}.jpg") as image:
        return as_text(image.resize((214, 320)), "JPEG")


BACK_REQUEST = credentials() | {"borigimg": small("back")}
THREE_REQUEST = credentials() | {f"{view[0]}origimg": small(view) for view in ("front", "side", "back")}
REQUESTS: list[tuple[str, dict[str, Any], str]] = [
    (BACK, BACK_REQUEST, ""),
    (V2, THREE_REQUEST, ""),
    (BACK, BACK_REQUEST | {"uuid": "set-1"}, ""),
    (BACK, credentials(), ""),
    (BACK, BACK_REQUEST | {"borigimg": "%%"}, ""),
    (BACK, BACK_REQUEST | {"APIKey": "wrong"}, ""),
    (BACK, BACK_REQUEST | {"UserKey": "wrong"}, ""),
    (BACK, BACK_REQUEST | credentials("broke"), ""),
    (BACK, BACK_REQUEST | {"Email": 5}, ""),
    (V2, THREE_REQUEST, "code=523"),
    (BACK, BACK_REQUEST, "code=518"),
    (BACK, BACK_REQUEST, "code=550"),
]


def report(cassette: Path, change: Change = unchanged, settings: Settings | None = None) -> DriftReport:
    """Record every kind of request at an endpoint, and compare."""
    with upstream(change, settings) as real, recording(real.url, cassette) as recorder:
        for path, body, prefer in REQUESTS:
            recorder.client.post(path, json=body, headers={"Prefer": prefer} if prefer else {})
        recorder.client.post(BACK, data=b"{", content_type="application/json")
        recorder.client.get(BACK)
    return drift(cassette)


def found(result: DriftReport) -> dict[str, tuple[int, str, str]]:
    """Return rule to the number of files and the first example."""
    return {one.rule.name: (len(one.drifted), one.first.real, one.first.ours) for one in result.drifted if one.first}


def test_a_plain_mock_does_not_drift(tmp_path: Path) -> None:
    result = report(tmp_path)
    assert (found(result), result.exchanges) == ({}, 14)
    assert {one.rule.name: one.seen for one in result.rules} == {
        "body": 14,
        "outcome": 14,
        "codes": 11,
        "messages": 11,
        "http-status": 13,
        "headers": 14,
        "error-shape": 10,
        "keys": 13,
        "order": 14,
        "types": 13,
        "api-name": 3,
        "uuid": 3,
        "price": 3,
        "bands": 3,
        "decimals": 3,
        "coords": 3,
        "images": 3,
        "contract": 14,
    }


@pytest.mark.parametrize(
    ("settings", "entry", "readings"),
    [
        (Settings(http_status="200"), "L19", {"200": 10}),
        (Settings(error_shape="both"), "L01", {"both": 10}),
        (Settings(error_shape="status_code"), "L01", {"status_code": 10}),
        (Settings(seed=5), "L05", {"credit_change -1 in a set": 1}),
    ],
)
def test_a_switched_mock_shows_readings_and_no_drift(
    tmp_path: Path, settings: Settings, entry: str, readings: dict[str, int]
) -> None:
    result = report(tmp_path, settings=settings)
    assert (found(result), result.readings[entry]) == ({}, readings)


def of_code(code: int, **new: Any) -> Change:
    """Set fields of the errors of one code."""
    return lambda reply: fields(**new)(reply) if reply.fields.get("status") == code else reply


def when_success(change: Callable[[dict[str, Any]], dict[str, Any]]) -> Change:
    """Change the fields of successes."""
    return lambda reply: replace(reply, fields=change(reply.fields)) if reply.fields["state"] else reply


def with_bands_of_the_other_page(reply: Reply) -> Reply:
    return when_success(lambda success: success | {"bar_tilt_m_": 1.2, "bar_tilt_grade": 1})(reply)


def without(name: str) -> Change:
    return lambda reply: replace(reply, fields={key: value for key, value in reply.fields.items() if key != name})


def in_other_order(reply: Reply) -> Reply:
    return when_success(lambda success: {"credit": success["credit"]} | success)(reply)


def in_text(old: str, new: str) -> Change:
    return lambda reply: replace(reply, body=json.dumps(reply.fields).replace(old, new).encode())


def without_the_last_joint(reply: Reply) -> Reply:
    def shortened(success: dict[str, Any]) -> dict[str, Any]:
        return success | {"bar_coords": json.dumps(json.loads(success["bar_coords"])[:-1])}

    return when_success(shortened)(reply)


def as_teapot(reply: Reply) -> Reply:
    return replace(reply, status=418) if reply.status == 421 else reply


def with_header(name: str, value: str) -> Change:
    return lambda reply: replace(reply, headers=reply.headers | {name: value})


def forgiving(reply: Reply) -> Reply:
    return fields(state=True, status=200)(reply) if reply.fields.get("status") == 411 else reply


@pytest.mark.parametrize(
    ("change", "rule", "expected"),
    [
        (
            with_bands_of_the_other_page,
            "bands",
            (2, "bar_tilt_m_ 1.2, bar_tilt_grade 1", "grade 0: -1.5 < value < 1.5 (REMO-GRADE-bar_tilt)"),
        ),
        (of_code(421, message="bad key"), "messages", (1, "'bad key'", "'invalid APIKey'")),
        (of_code(421, status=420), "codes", (1, "420", "421")),
        (of_code(420, status=499), "codes", (1, "499", "420")),
        (of_code(518, status=499), "codes", (1, "499", "559")),
        (of_code(412, status=411), "codes", (1, "411", "412")),
        (in_other_order, "order", (3, "credit follows the beginning", "state follows the beginning")),
        (fields(APIName="Analysis-v3"), "api-name", None),
        (
            when_success(lambda success: success | {"bmi": 21}),
            "keys",
            (3, "bmi: 21", "no field that the page does not list (REMO-FIELD-EXTRA)"),
        ),
        (without("bar_coords"), "keys", (3, "it is missing", "the field bar_coords (REMO-FIELD-bar_coords)")),
        (without("credit"), "keys", (13, "it is missing", "the field credit (REMO-ERROR-FIELD-credit)")),
        (as_teapot, "http-status", (1, "HTTP 418, code 421", "the code, or 200 (REMO-HTTP-STATUS-ERROR)")),
        (
            with_header("Content-Type", "text/html"),
            "headers",
            (14, "content-type: text/html", "content-type: application/json"),
        ),
        (with_header("Retry-After", "3"), "headers", (14, "retry-after: 3", "no retry-after")),
        (when_success(lambda success: success | {"bar_tilt_grade": "0"}), "types", None),
        (
            of_code(421, credit="5"),
            "types",
            (1, "'5'", "credit: an int, without point or exponent (REMO-ERROR-TYPE-credit)"),
        ),
        (
            when_success(lambda success: {k: round(v, 1) if k.endswith("_m_") else v for k, v in success.items()}),
            "decimals",
            None,
        ),
        (without_the_last_joint, "coords", (3, "bar_coords has 21", "22 joints (REMO-COORDS-COUNT)")),
        (
            when_success(lambda success: success | {"bar_coords": success["bar_coords"].replace("], [", ".5], [")}),
            "coords",
            (3, "bar_coords has fractions", "whole numbers, as in the examples (REMO-COORDS-INTEGER)"),
        ),
        (
            when_success(lambda success: success | {"borigimg": f"data:image/jpeg;base64,{photo_text('side')}"}),
            "images",
            (3, "borigimg: 853 x 1280", "214 x 320 pixels (REMO-IMAGE-SIZE)"),
        ),
        (
            in_text("data:image/jpeg;base64,", "data:image/jpg;base64,"),
            "images",
            (3, "borigimg begins with 'data:image/jpg;base64,'", "data:image/jpeg;base64, (REMO-IMAGE-PREFIX)"),
        ),
        (fields(credit_change=-2), "price", (3, "credit_change -2", "credit_change -1 or 0 (REMO-CREDIT-PRICE)")),
        (fields(uuid="theirs"), "uuid", (1, "uuid 'made-text-of-6'", "uuid 'uuid-1' (REMO-UUID-ECHO)")),
        (forgiving, "outcome", (1, "a success", "error 411")),
        (fields(credit=-5), "contract", (14, "credit -5", "credit >= 0 (REMO-CREDIT-NEGATIVE)")),
        (
            lambda reply: replace(reply, body=b"<html>Bad Gateway</html>", status=502),
            "body",
            (14, "no JSON object, HTTP 502", "a JSON object"),
        ),
        (
            lambda reply: replace(reply, fields=reply.fields | {"status_code": 499}) if reply.status == 421 else reply,
            "error-shape",
            (1, "status 421, status_code 499", "the same code under both keys (REMO-ERROR-BOTH-KEYS)"),
        ),
    ],
)
def test_drift_is_found_by_its_rule(
    tmp_path: Path, change: Change, rule: str, expected: tuple[int, str, str] | None
) -> None:
    drifted = found(report(tmp_path, change))
    assert rule in drifted
    assert expected in (None, drifted[rule])


@pytest.mark.parametrize(
    ("change", "rules"),
    [
        (with_bands_of_the_other_page, {"bands"}),
        (of_code(421, message="bad key"), {"messages"}),
        (of_code(421, status=420), {"codes", "http-status"}),
        (in_other_order, {"order"}),
        (fields(APIName="Analysis-v3"), {"api-name"}),
        (when_success(lambda success: success | {"bmi": 21}), {"keys"}),
        (as_teapot, {"http-status"}),
        (without_the_last_joint, {"coords"}),
        (fields(credit_change=-2), {"price"}),
    ],
)
def test_drift_is_found_by_no_other_rule(tmp_path: Path, change: Change, rules: set[str]) -> None:
    assert set(found(report(tmp_path, change))) == rules


@pytest.mark.parametrize(
    ("change", "entry", "reading"),
    [
        (of_code(412, status=413, message="error from back image decoding b64"), "L08", "413"),
        (fields(APIName="Analysis-skeleton-v2-back"), "L07", "APIName Analysis-skeleton-v2-back"),
        (when_success(lambda success: {k: v for k, v in success.items() if k != "APIName"}), "L07", "no APIName"),
        (fields(bar_tilt_m_=1.5, bar_tilt_grade=0), "L21", "graded before rounding"),
    ],
)
def test_what_the_ledger_disputes_is_a_reading(tmp_path: Path, change: Change, entry: str, reading: str) -> None:
    with upstream(change, Settings(http_status="200")) as real, recording(real.url, tmp_path) as recorder:
        recorder.client.post(BACK, json=BACK_REQUEST)
        recorder.client.post(BACK, json=BACK_REQUEST | {"borigimg": "%%"})
    result = drift(tmp_path)
    assert (set(found(result)) - {"messages"}, reading in result.readings[entry]) == (set(), True)


def test_kept_images_do_not_drift(tmp_path: Path) -> None:
    with upstream() as real, recording(real.url, tmp_path, keep_images=True) as recorder:
        recorder.client.post(V2, json=THREE_REQUEST)
    assert found(drift(tmp_path)) == {}


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8"])
def test_a_reply_that_could_not_be_kept_drifts_by_its_body(tmp_path: Path, encoding: str) -> None:
    unreadable = upstream(lambda reply: replace(reply, body=f"\0{reply.fields}".encode(encoding)))
    with unreadable as real, recording(real.url, tmp_path) as recorder:
        recorder.client.post(BACK, json=BACK_REQUEST)
    assert found(drift(tmp_path)) == {"body": (1, "no JSON object, HTTP 200", "a JSON object")}


def test_a_request_without_a_reply_is_reported_and_not_compared(tmp_path: Path) -> None:
    with recording("http://127.0.0.1:9", tmp_path) as recorder:
        recorder.client.post(BACK, json=BACK_REQUEST)
    result = drift(tmp_path)
    assert (found(result), result.unanswered) == ({}, (recorder.files[0],))

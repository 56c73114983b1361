"""The doors of the mock answer alike: the Flask app and the in-process adapter go through one mapping."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from remo_mock import RemoMock, Settings, create_app
from remo_mock.assembly import Mock, make_mock
from remo_mock.exceptions import CrowdedError
from remo_mock.service.exchange import exchange
from remo_mock.service.messages.call_and_reply import Call
from remo_mock.service.outcomes.delay import AT_ONCE, Delay
from tests.support.calls import BACK, credentials, photo_text

VENDOR = "https://api.remo.re.kr"
OURS = (
    *("Content-Type", "X-Remo-Mock", "X-Remo-Mock-Hint", "X-Remo-Mock-Request", "X-Remo-Mock-Source"),
    "Preference-Applied",
)
GOOD = credentials() | {"borigimg": photo_text("back"), "uuid": "one"}

CALLS: dict[str, tuple[dict[str, Any], dict[str, str]]] = {
    "a success": (GOOD, {}),
    "an error": (GOOD | {"borigimg": "***"}, {}),
    "a code": (GOOD, {"Prefer": "code=518"}),
    "a gateway's page": (GOOD, {"Prefer": "fault=html-503"}),
    "no such code": (GOOD, {"Prefer": "code=999"}),
    "an empty preference": (GOOD, {"Prefer": ""}),
    "an address with words": (GOOD | {"Email": "demo+danger@example.com"}, {}),
    "an address with a slip": (GOOD | {"Email": "demo+dangr@example.com"}, {}),
    "a body without fields": ({}, {}),
}


@pytest.mark.parametrize("case", CALLS)
def test_the_doors_answer_alike(case: str) -> None:
    body, headers = CALLS[case]
    with RemoMock() as remo:
        inside = requests.post(VENDOR + BACK, json=body, headers=headers, timeout=9)
    with RemoMock().opened() as remo:
        outside = remo.app.test_client().post(BACK, json=body, headers=headers)
    assert (inside.status_code, inside.content) == (outside.status_code, outside.data)
    assert {name: inside.headers.get(name) for name in OURS} == {name: outside.headers.get(name) for name in OURS}


@pytest.fixture
def mock() -> Iterator[Mock]:
    mock = make_mock(Settings())
    yield mock
    mock.close()


def crowded() -> None:
    raise CrowdedError(2)


def test_a_call_that_finds_no_place_to_wait_is_a_problem(mock: Mock) -> None:
    call = Call(BACK, "POST", "application/json", b"{}", hold=crowded)
    sent = exchange(mock.responder, call, http_status="mirror", delay=Delay(1, 1))
    assert (sent.status, sent.content_type) == (503, "application/problem+json")
    assert sent.headers == {"X-Remo-Mock": "0.2.0", "Connection": "close"}


@pytest.mark.parametrize(("ended", "status"), [("photos", 200), ("store", 503)])
def test_a_request_that_outlasts_the_mock_is_a_problem_and_free(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, ended: str, status: int
) -> None:
    mock = make_mock(Settings(db=str(tmp_path / "mock.sqlite")))
    {"photos": mock.responder.close, "store": mock.store.database.close}[ended]()
    call = Call(BACK, "POST", "application/json", json.dumps(GOOD).encode())
    sent = exchange(mock.responder, call, http_status="mirror", delay=AT_ONCE)
    admin = create_app(mock=mock).test_client().get("/__admin/accounts")
    mock.close()
    assert (sent.status, sent.content_type, admin.status_code) == (503, "application/problem+json", status)
    assert b"This mock was closed before the request was answered. Nothing was charged." in sent.body
    assert make_mock(Settings(db=str(tmp_path / "mock.sqlite"))).accounts.account("demo@example.com").credit == 100
    assert caplog.records == []


def test_a_path_of_nobody_is_a_problem(mock: Mock) -> None:
    sent = exchange(mock.responder, Call("/else", "POST", "", b""), http_status="mirror", delay=AT_ONCE)
    assert (sent.status, sent.content_type) == (404, "application/problem+json")
    assert b"This mock answers at /api/analysis-skeleton, " in sent.body


@pytest.mark.parametrize("path", [BACK, "/__admin/accounts"])
def test_a_body_that_another_server_cuts_short_is_told_so(path: str) -> None:
    client = create_app(Settings()).test_client()
    sent = {"data": b"{}", "content_type": "application/json", "environ_overrides": {"CONTENT_LENGTH": "50"}}
    reply = client.post(path, **sent)
    told = f"{reply.headers.get('X-Remo-Mock-Hint')} {reply.text}"
    assert (reply.status_code, "the body ended before the 50 bytes" in told) == (400, True)

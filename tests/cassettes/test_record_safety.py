"""A recorder sends nothing that was not allowed: no credit beyond the budget, no redirect, no second attempt."""

import errno
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from click.testing import CliRunner

from campaign.hostile_servers import Send, hostile_server
from remo_mock.cassettes.budget import Budget
from remo_mock.cassettes.recorder import ForwardedExchange, Recorder, RecordingResult
from remo_mock.cli.group import commands
from tests.support import foreign_server
from tests.support.calls import BACK, V2, credentials, photo_text
from tests.support.upstreams import Change, Reply, drift, fields, recording, upstream
from tests.support.waiting import TIMEOUT, wait_until


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--upstream", "https://api.example.com"], "Add --live"),
        (["--upstream", "https://127.0.0.1.example.com"], "Add --live"),
        (["--upstream", "http://api.example.com", "--live"], "add --allow-http"),
        (["--upstream", "http://me:word@127.0.0.1:1"], "The URL holds a password"),
        (["--upstream", "ftp://127.0.0.1"], "This is no URL of a server"),
        (["--upstream", "http://127.0.0.1:1", "--budget", "-1"], "The budget is negative"),
    ],
)
def test_an_unsafe_upstream_is_refused(tmp_path: Path, options: list[str], said: str) -> None:
    done = CliRunner().invoke(commands, ["record", "--cassette", str(tmp_path / "kept"), *options])
    assert (done.exit_code, said in done.output, (tmp_path / "kept").exists()) == (2, True, False)


def test_nothing_that_costs_is_sent_without_a_budget(tmp_path: Path, back_request: dict[str, Any]) -> None:
    with upstream() as real, recording(real.url, tmp_path, budget=0) as recorder:
        reply = recorder.client.post(BACK, json=back_request)
    assert (reply.status_code, reply.mimetype, real.bodies) == (402, "application/problem+json", [])
    assert recorder.lines == [
        "/api/analysis-skeleton-v2-back: not sent, 0 of 0 credits spent; start again with a larger --budget"
    ]
    assert recorder.files == []


@pytest.mark.parametrize(
    "body",
    [credentials(), credentials() | {"borigimg": ""}, credentials() | {"borigimg": "%%"}, {"Email": None}],
)
def test_what_cannot_cost_needs_no_budget(tmp_path: Path, body: dict[str, Any]) -> None:
    with upstream() as real, recording(real.url, tmp_path, budget=0) as recorder:
        recorder.client.post(BACK, json=body)
    assert len(real.bodies) == 1


@pytest.mark.parametrize(("budget", "expected"), [(3, [200, 402, 402]), (4, [200, 200, 402])])
def test_the_budget_counts_what_was_charged(
    tmp_path: Path, three_request: dict[str, Any], budget: int, expected: list[int]
) -> None:
    """An upstream that took two credits once may do so again: with one left, nothing more is sent."""
    with upstream(fields(credit_change=-2)) as real, recording(real.url, tmp_path, budget=budget) as recorder:
        codes = [recorder.client.post(V2, json=three_request).status_code for _ in range(3)]
    assert codes == expected


def test_an_error_costs_nothing(tmp_path: Path, back_request: dict[str, Any]) -> None:
    with upstream() as real, recording(real.url, tmp_path, budget=1) as recorder:
        wrong = [recorder.client.post(BACK, json=back_request | {"APIKey": "wrong"}).status_code for _ in range(3)]
        right = recorder.client.post(BACK, json=back_request).status_code
    assert (wrong, right) == ([421, 421, 421], 200)


def garbage(reply: Reply) -> Reply:
    return replace(reply, body=b"<html>", status=502, headers={"Content-Type": "text/html"})


def test_a_time_out_counts_as_spent_and_is_not_repeated(tmp_path: Path, back_request: dict[str, Any]) -> None:
    given_up = Event()

    def wait(reply: Reply) -> Reply:
        given_up.wait(TIMEOUT)
        return reply

    with upstream(wait) as real, recording(real.url, tmp_path, budget=1, timeout=0.3) as recorder:
        first = recorder.client.post(BACK, json=back_request)
        second = recorder.client.post(BACK, json=back_request)
        wait_until(lambda: real.bodies, what="the first request has arrived")
        given_up.set()
    assert (first.status_code, second.status_code, len(real.bodies)) == (504, 402, 1)
    assert recorder.only()["reply"] == {"failure": "no reply within 0.3 s"}


def test_a_reply_that_nobody_can_read_counts_as_spent(tmp_path: Path, back_request: dict[str, Any]) -> None:
    with upstream(garbage) as real, recording(real.url, tmp_path, budget=1) as recorder:
        codes = [recorder.client.post(BACK, json=back_request).status_code for _ in range(2)]
    assert codes == [502, 402]
    assert recorder.only()["reply"]["text"] == "<html>"


def test_an_upstream_that_is_not_there_costs_nothing(tmp_path: Path, back_request: dict[str, Any]) -> None:
    with recording("http://127.0.0.1:9", tmp_path, budget=1) as recorder:
        codes = [recorder.client.post(BACK, json=back_request).status_code for _ in range(2)]
    assert codes == [502, 502]


def test_requests_side_by_side_cannot_overspend() -> None:
    budget = Budget(2)
    assert [budget.reserve(1), budget.reserve(1), budget.reserve(1)] == [True, True, False]
    budget.settle(1, 0)
    assert (budget.reserve(1), budget.spent) == (True, 0)


def moved_to(url: str) -> Change:
    return lambda reply: replace(reply, status=308, headers={"Location": url + BACK})


def test_a_redirect_is_handed_on_and_not_followed(tmp_path: Path, back_request: dict[str, Any]) -> None:
    with (
        upstream() as elsewhere,
        upstream(moved_to(elsewhere.url)) as real,
        recording(real.url, tmp_path) as recorder,
    ):
        reply = recorder.client.post(BACK, json=back_request)
    assert (reply.status_code, reply.headers["Location"]) == (308, elsewhere.url + BACK)
    assert (len(real.bodies), elsewhere.bodies) == (1, [])


def raw(status: str, headers: str = "") -> Callable[[Send], object]:
    """Return a reply without a body, its headers as they are written here."""
    return lambda send: send(f"HTTP/1.1 {status}\r\n{headers}\r\n".encode())


@pytest.mark.parametrize("location", ["http://[", "//[::1", "/한글", "not a URL at all"])
def test_a_redirect_to_no_url_is_handed_on_as_it_came(
    tmp_path: Path, back_request: dict[str, Any], location: str
) -> None:
    moved = raw("307 Moved", f"Location: {location}\r\nContent-Length: 0\r\n")
    with hostile_server(moved) as url, recording(url, tmp_path) as recorder:
        reply = recorder.client.post(BACK, json=back_request)
    assert (reply.status_code, reply.headers["Location"].encode("latin-1").decode()) == (307, location)
    assert len(recorder.files) == 1


@pytest.mark.parametrize("status", ["204 No Content", "304 Not Modified"])
def test_a_reply_that_has_no_body_has_no_length(tmp_path: Path, back_request: dict[str, Any], status: str) -> None:
    with hostile_server(raw(status)) as url, recording(url, tmp_path) as recorder:
        reply = recorder.client.post(BACK, json=back_request)
    assert (reply.status, "Content-Length" in reply.headers, reply.data) == (status.upper(), False, b"")


def test_cookies_and_authorization_stay_here(tmp_path: Path, back_request: dict[str, Any]) -> None:
    with upstream() as real, recording(real.url, tmp_path) as recorder:
        recorder.client.post(BACK, json=back_request, headers={"Authorization": "Bearer x", "Cookie": "a=b"})
        sent = real.requests[0].headers
    assert ("Authorization" in sent, "Cookie" in sent, sent["Content-Type"]) == (False, False, "application/json")


def test_a_slow_upstream_is_reported(tmp_path: Path, back_request: dict[str, Any]) -> None:
    def wait(reply: Reply) -> Reply:
        wait_until(lambda: recorder.lines, what="the recorder says that it waits")
        return reply

    with upstream(wait) as real, recording(real.url, tmp_path, slow_seconds=0.3) as recorder:
        recorder.client.post(BACK, json=back_request)
    assert re.fullmatch(r"/api/analysis-skeleton-v2-back: waiting for \d+ s", recorder.lines[0])


def test_other_paths_are_not_passed_on(tmp_path: Path) -> None:
    with upstream() as real, recording(real.url, tmp_path) as recorder:
        reply = recorder.client.get("/__admin/accounts")
    assert (reply.status_code, real.bodies) == (404, [])


def test_a_server_of_another_make_is_recorded_and_compared(tmp_path: Path) -> None:
    request = foreign_server.CREDENTIALS | {"borigimg": photo_text("back")}
    with foreign_server.ForeignServer() as real, recording(real.url, tmp_path, budget=2) as recorder:
        codes = [
            recorder.client.post(BACK, json=body).get_json()["state"]
            for body in (request, request | {"borigimg": "%%"}, request | {"APIKey": "wrong"})
        ]
    assert codes == [True, False, False]
    # It has its own words, its own order and a field more: nothing of what the pages promise.
    assert {one.rule.name for one in drift(tmp_path).drifted} == {"messages", "order", "keys"}


def test_a_reply_that_was_paid_for_survives_a_defect_of_ours(
    tmp_path: Path, back_request: dict[str, Any], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def fail(_self: Recorder, forwarded: ForwardedExchange) -> RecordingResult:
        raise KeyError(forwarded.body.decode())

    monkeypatch.setattr(Recorder, "record", fail)
    with upstream() as real, recording(real.url, tmp_path) as recorder:
        reply = recorder.client.post(BACK, json=back_request)
    said = recorder.lines[0]
    assert (reply.status_code, reply.get_json()["credit"]) == (200, 99)
    assert (said.splitlines()[0], said.splitlines()[-1]) == (
        "a defect of remo-mock: the exchange is not kept",
        "KeyError",
    )
    assert "demo-api-key" not in said + "".join(capfd.readouterr())


@pytest.mark.parametrize("step", ["writer.shape_of", "recorder._request_of"])
def test_what_cannot_be_described_is_not_sent(
    tmp_path: Path, back_request: dict[str, Any], monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def fail(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(f"remo_mock.cassettes.{step}", fail)
    with upstream() as real, recording(real.url, tmp_path) as recorder:
        reply = recorder.client.post(BACK, json=back_request)
        budget: Budget = recorder.client.application.extensions["remo_mock_recorder"].budget
    assert (reply.status_code, real.bodies, budget.spent) == (500, [], 0)


def test_a_reply_that_was_paid_for_survives_a_full_disk(
    tmp_path: Path, back_request: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill_the_disk(path: Path, data: bytes) -> None:
        path.write_bytes(data[:9])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("remo_mock.cassettes.files.write_private", fill_the_disk)
    with upstream() as real, recording(real.url, tmp_path) as recorder:
        reply = recorder.client.post(BACK, json=back_request)
    assert (reply.status_code, reply.get_json()["credit"]) == (200, 99)
    assert recorder.lines == [
        f"{BACK}: passed on and not kept, No space left on device; make room, or name another --cassette"
    ]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("method", ["POST", "GET", "OPTIONS"])
@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://page.example"},
        {"Origin": "null"},
        {"Origin": "http://["},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Host": "page.example"},
        {"Host": "127.0.0.1.page.example:4421"},
    ],
    ids=str,
)
def test_a_foreign_page_fills_no_folder_and_spends_nothing(
    tmp_path: Path, back_request: dict[str, Any], method: str, headers: dict[str, str]
) -> None:
    with upstream() as real, recording(real.url, tmp_path) as recorder:
        reply = recorder.client.open(BACK, method=method, json=back_request, headers=headers)
    assert (reply.status_code, reply.mimetype) == (403, "application/problem+json")
    assert (real.bodies, recorder.files) == ([], [])


@pytest.mark.parametrize("host", ["127.0.0.1:4421", "localhost:4421", "[::1]:4421"])
def test_programs_of_this_machine_are_recorded(tmp_path: Path, back_request: dict[str, Any], host: str) -> None:
    with upstream() as real, recording(real.url, tmp_path) as recorder:
        assert recorder.client.post(BACK, json=back_request, headers={"Host": host}).status_code == 200


def test_a_recorder_for_other_machines_is_called_by_any_name(tmp_path: Path, back_request: dict[str, Any]) -> None:
    with upstream() as real, recording(real.url, tmp_path, host="0.0.0.0") as recorder:  # noqa: S104 - nothing listens
        assert recorder.client.post(BACK, json=back_request, headers={"Host": "build.test:4421"}).status_code == 200

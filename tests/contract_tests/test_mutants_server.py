"""The mutating server changes the responses of the five endpoints, and nothing else."""

from collections.abc import Iterator

import pytest
import requests

from contract_tests.selftest.changes import dropping, on_error, on_response, on_success, setting
from contract_tests.selftest.mutation import Response
from contract_tests.selftest.server import MutatingServer
from tests.support.broken_server import broken_server
from tests.support.calls import BACK, credentials, photo_text
from tests.support.waiting import TIMEOUT

PROPER = credentials() | {"borigimg": photo_text("back")}


@pytest.fixture(scope="module")
def shared() -> Iterator[MutatingServer]:
    with broken_server() as server:
        yield server


@pytest.fixture
def server(shared: MutatingServer) -> MutatingServer:
    shared.become(None)
    return shared


def test_without_a_change_the_reply_is_good(server: MutatingServer) -> None:
    reply = requests.post(server.url + BACK, json=PROPER, timeout=TIMEOUT)
    assert (reply.status_code, reply.json()["credit"]) == (200, 499)


def test_a_success_is_changed(server: MutatingServer) -> None:
    server.become(on_success(setting("credit_change", 3)))
    assert requests.post(server.url + BACK, json=PROPER, timeout=TIMEOUT).json()["credit_change"] == 3


def test_an_error_is_changed(server: MutatingServer) -> None:
    server.become(on_error(dropping("message")))
    assert requests.post(server.url + BACK, json={}, timeout=TIMEOUT).json().keys() == {"state", "credit", "status"}


def test_our_own_paths_are_left_alone(server: MutatingServer) -> None:
    server.become(lambda _request, response, _memory: response.with_fields({"state": "broken"}))
    assert requests.get(server.url + "/__admin/health", timeout=TIMEOUT).json()["status"] == "ok"


def test_becoming_another_restores_the_balance(server: MutatingServer) -> None:
    requests.post(server.url + BACK, json=PROPER, timeout=TIMEOUT)
    server.become(None)
    assert requests.post(server.url + BACK, json=PROPER, timeout=TIMEOUT).json()["credit"] == 499


def test_a_length_may_be_wrong(server: MutatingServer) -> None:
    server.become(on_response(lambda response: response.with_header("Content-Length", str(len(response.body) + 9))))
    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        requests.post(server.url + BACK, json={}, timeout=TIMEOUT)


def test_a_connection_may_close_without_a_reply(server: MutatingServer) -> None:
    server.become(on_response(lambda _: Response(0, (), b"")))
    with pytest.raises(requests.exceptions.ConnectionError):
        requests.post(server.url + BACK, json={}, timeout=TIMEOUT)


def test_headers_may_be_changed(server: MutatingServer) -> None:
    server.become(on_response(lambda response: response.with_header("Content-Type", None)))
    assert "Content-Type" not in requests.post(server.url + BACK, json={}, timeout=TIMEOUT).headers

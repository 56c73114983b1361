"""However many clients are slow or silent, others are answered; whoever sends too slowly is told, or cut off."""

import json
import select
import socket
import sys
from collections.abc import Iterator
from functools import partial

import pytest

import remo_mock.web.front.application
import remo_mock.web.front.bodies
from remo_mock import RemoMock
from remo_mock.web.front.bodies import SlownessWatch
from remo_mock.web.front.memory import TOTAL, Memory
from remo_mock.web.front.silent import close_silent
from tests.support.hostile import good_request
from tests.support.hostile_wire import Line, Server, chunked, head, measured
from tests.support.servers import serving
from tests.support.waiting import TIMEOUT, wait_until

GOOD = json.dumps(good_request()).encode()
HEALTH = head(method="GET", path="/__admin/health").replace(b"Host: mock", b"Host: localhost")
MANY = 400
"""More than the threads of a worker."""


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving() as process:
        yield Server(process.url)


SLOW = {
    "with their length": measured(GOOD)[:-9],
    "in chunks": chunked(GOOD)[:-9],
    "at another path": head("Content-Length: 100", path="/__admin/outcomes") + b"{",
    "before the first byte": head("Content-Length: 100"),
    "silent": b"",
}


@pytest.mark.parametrize("request_", SLOW.values(), ids=SLOW)
def test_slow_bodies_and_silent_connections_keep_nobody_waiting(server: Server, request_: bytes) -> None:
    server.fund(100)
    with server.lines(MANY) as lines:
        for line in lines:
            line.send(request_)
        assert server.exchange(HEALTH).status == 200
        assert server.exchange(measured(GOOD)).judged().code == 200


def test_nine_hundred_silent_connections_keep_nobody_waiting(server: Server) -> None:
    with server.lines(900):
        assert server.exchange(HEALTH).status == 200


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A server that waits for a body for no longer than a moment."""
    monkeypatch.setattr(remo_mock.web.front.application, "SlownessWatch", partial(SlownessWatch, patience=0.2))
    with RemoMock().serving() as remo:
        yield Server(remo.url)


STOPPED = {
    "a small body": measured(GOOD)[:-9],
    "a large body": head("Content-Length: 5000000") + b"x" * 2_000_000,
    "in chunks": chunked(GOOD)[:-9],
    "at another path": head("Content-Length: 100", path="/__admin/outcomes") + b"{",
}


@pytest.mark.parametrize("request_", STOPPED.values(), ids=STOPPED)
def test_a_body_that_stops_is_refused_and_the_connection_ends(impatient: Server, request_: bytes) -> None:
    with impatient.line() as line:
        line.send(request_)
        answer = line.answer()
        assert (answer.status, json.loads(answer.body)["title"]) == (408, "Request Timeout")
        assert line.interim() == b""
    assert impatient.exchange(measured(GOOD)).judged().code == 200
    assert impatient.balance == 99


def test_a_body_that_trickles_is_refused(impatient: Server) -> None:
    with impatient.line() as line:
        line.send(head("Transfer-Encoding: chunked"))
        while not select.select([line], [], [], 0.02)[0]:
            line.send(b"1\r\n \r\n")
        assert line.answer().status == 408


@pytest.mark.parametrize("begun", [1000, 200_000])
def test_slow_bodies_do_not_keep_the_memory_that_others_wait_for(begun: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remo_mock.web.front.application, "SlownessWatch", partial(SlownessWatch, patience=15))
    monkeypatch.setattr(Memory, "of_worker", lambda _workers: Memory(TOTAL, patience=10))
    monkeypatch.setattr(remo_mock.web.front.bodies, "TIMES_AS_FAST", 200)
    large = head("Content-Length: 60000000") + b"x" * begun
    waiting = good_request() | {"x": "x" * 70_000}
    with RemoMock().serving() as remo, Server(remo.url).lines(3) as lines:
        for line in lines:
            line.send(large)
        assert Server(remo.url).exchange(measured(json.dumps(waiting).encode())).judged().code == 200


def test_a_body_whose_request_waited_for_memory_is_not_called_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    memory = Memory(1, patience=1)
    assert memory.grow(1)
    monkeypatch.setattr(remo_mock.web.front.application, "SlownessWatch", partial(SlownessWatch, patience=0.2))
    monkeypatch.setattr(Memory, "of_worker", lambda _workers: memory)
    large = json.dumps(good_request() | {"x": "x" * 5_000_000}).encode()
    with RemoMock().serving() as remo:
        assert Server(remo.url).exchange(measured(large)).status == 503


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(TIMEOUT)
        yield listener


@pytest.mark.skipif(sys.platform != "linux", reason="Linux alone tells what came over a connection")
def test_a_silent_connection_is_closed_and_one_that_spoke_is_not(listener: socket.socket) -> None:
    port = listener.getsockname()[1]
    silent, speaking = Line(("127.0.0.1", port)), Line(("127.0.0.1", port))
    with listener.accept()[0], listener.accept()[0] as accepted:
        speaking.send(b"G")
        accepted.recv(1)
        assert close_silent(port, patience=60) == 0
        wait_until(lambda: close_silent(port, patience=0) == 1, what="the silent connection is closed")
        assert silent.interim() == b""
        speaking.send(b"E")
        assert accepted.recv(1) == b"E"
    silent.close()
    speaking.close()

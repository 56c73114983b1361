"""A small request is answered in the thread that brought it, unless its answer would have to wait for anything."""

import json
import threading
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

import pytest
from flask import Flask

from remo_mock.assembly import Mock
from remo_mock.web.app import create_app
from remo_mock.web.front.application import Front
from remo_mock.web.front.memory import SMALL
from remo_mock.web.front.protocol import Headers
from remo_mock.web.front.steps import Steps
from tests.support.calls import BACK, credentials, photo_text
from tests.support.waiting import TIMEOUT, wait_until

HERE = threading.current_thread().name


class There:
    """Something to wait for that is there already."""

    def __init__(self, value: bytes) -> None:
        self._value = value

    def __await__(self) -> Generator["There", None, bytes]:
        yield self
        return self._value

    def result(self) -> bytes:
        return self._value

    def add_done_callback(self, callback: Callable[[Any], object], /, *, context: object) -> None:  # noqa: ARG002
        callback(self)


@dataclass
class Sending:
    """A request as granian hands it in, and the status of its answer with the thread that sent it."""

    body: bytes
    extra: dict[str, str] = field(default_factory=dict)
    http_version = "1.1"
    server = "127.0.0.1:80"
    client = "127.0.0.1:9"
    scheme = "http"
    method = "POST"
    path = BACK
    query_string = ""
    authority = "127.0.0.1"

    def __post_init__(self) -> None:
        self.answered: Future[tuple[int, str]] = Future()

    @property
    def headers(self) -> "Fields":
        return Fields(
            {"content-type": "application/json", "content-length": str(len(self.body)), "host": "mock", **self.extra}
        )

    def __call__(self) -> There:
        return There(self.body)

    def response_bytes(self, status: int, _headers: Headers, _body: bytes) -> None:
        self.answered.set_result((status, threading.current_thread().name))

    def response_stream(self, status: int, _headers: Headers) -> "Sending":
        self.response_bytes(status, [], b"")
        return self

    def send_bytes(self, data: bytes) -> There:
        return There(data)


class Fields(dict[str, str]):
    """Headers of a request."""

    def get_all(self, name: str) -> list[str]:
        return [self[name.lower()]] if name.lower() in self else []


@pytest.fixture
def app() -> Iterator[Flask]:
    app = create_app()
    yield app
    mock_of(app).close()


@pytest.fixture
def front(app: Flask) -> Iterator[Front]:
    front = Front.of(app)
    yield front
    front.__rsgi_del__(None)


def mock_of(app: Flask) -> Mock:
    mock: Mock = app.extensions["remo_mock"]
    return mock


def a_body(**fields: str) -> bytes:
    return json.dumps(credentials() | {"borigimg": photo_text("back")} | fields).encode()


def send(front: Front, body: bytes, **headers: str) -> tuple[int, str]:
    """Send a request, and return the status of its answer and the thread that sent it."""
    sending = Sending(body, headers)
    Steps(front.__rsgi__(sending, sending)).go_on()  # type: ignore[arg-type]
    return sending.answered.result(TIMEOUT)


def credits_left(app: Flask) -> int:
    return mock_of(app).accounts.account("demo@example.com").credit


def test_a_photo_is_seen_in_a_thread_of_its_own_and_then_answered_at_once(front: Front, app: Flask) -> None:
    assert send(front, a_body()) == (200, "vendor-1")
    assert send(front, a_body()) == (200, HERE)
    assert credits_left(app) == 98


def test_errors_are_answered_at_once(front: Front) -> None:
    assert send(front, b"{") == (400, HERE)


@pytest.mark.parametrize("asked", ["delay=1", "fault=drop", "fault=slow"])
def test_what_is_held_back_or_cut_leaves_the_thread(front: Front, app: Flask, asked: str) -> None:
    send(front, a_body())
    front._stop()  # nothing is held back any longer
    status, thread = send(front, a_body(), prefer=asked)
    assert (status, thread.rpartition("-")[0]) == (200, "vendor")
    assert credits_left(app) == 98


def test_a_large_body_leaves_the_thread(front: Front) -> None:
    send(front, a_body())
    assert send(front, a_body() + b" " * SMALL)[1] != HERE


def test_a_store_in_use_leaves_the_thread_and_charges_once(front: Front, app: Flask) -> None:
    send(front, a_body())
    answers = list[tuple[int, str]]()
    sending = threading.Thread(target=lambda: answers.append(send(front, a_body())), name=HERE)
    with mock_of(app).store.database.read():
        sending.start()
        wait_until(lambda: front._under_way, what="it has left its thread")
    sending.join(TIMEOUT)
    assert answers == [(200, "vendor-1")]
    assert credits_left(app) == 98


def test_a_defect_is_answered_by_one_attempt(
    front: Front, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    attempts = []

    def fail(*_: object, **__: object) -> None:
        attempts.append(threading.current_thread().name)
        raise ZeroDivisionError

    monkeypatch.setattr("remo_mock.web.vendor.exchange", fail)
    status, thread = send(front, a_body())
    assert (status, thread) == (559, "vendor-1")
    assert attempts == [HERE]
    assert "ZeroDivisionError" in caplog.text


def test_a_server_s_store_is_not_waited_for(front: Front, monkeypatch: pytest.MonkeyPatch) -> None:
    send(front, a_body())
    monkeypatch.setattr(front._door, "answers_at_once", False)
    assert send(front, a_body()) == (200, "vendor-1")

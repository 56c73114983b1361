"""A small request is answered in the thread that brought it, unless its answer would have to wait for anything."""

import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from remo_mock import Settings
from remo_mock.assembly import Mock
from remo_mock.web.app import create_app
from remo_mock.web.front.application import Front
from remo_mock.web.front.memory import SMALL
from remo_mock.web.served import Served
from tests.support.calls import credentials, photo_text
from tests.support.front_requests import send
from tests.support.waiting import TIMEOUT, wait_until

HERE = threading.current_thread().name


@pytest.fixture
def app() -> Iterator[Flask]:
    app = create_app()
    yield app
    mock_of(app).close()


@pytest.fixture
def front(app: Flask) -> Iterator[Front]:
    front = Front(Served.of(app))
    yield front
    front.__rsgi_del__(None)


def mock_of(app: Flask) -> Mock:
    mock: Mock = app.extensions["remo_mock"]
    return mock


def a_body(**fields: str) -> bytes:
    return json.dumps(credentials() | {"borigimg": photo_text("back")} | fields).encode()


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

    monkeypatch.setattr("remo_mock.web.vendor_door.exchange_in_steps", fail)
    status, thread = send(front, a_body())
    assert (status, thread) == (559, "vendor-1")
    assert attempts == [HERE]
    assert "ZeroDivisionError" in caplog.text


def test_a_server_s_store_is_not_waited_for(front: Front, monkeypatch: pytest.MonkeyPatch) -> None:
    send(front, a_body())
    monkeypatch.setattr(front._door, "answers_at_once", False)
    assert send(front, a_body()) == (200, "vendor-1")


def test_a_mock_that_replays_opens_and_draws_photos_in_other_threads(tmp_path: Path) -> None:
    app = create_app(Settings(replay=tmp_path))
    front = Front(Served.of(app))
    assert [send(front, a_body()) for _ in range(2)] == [(200, "vendor-1")] * 2
    front.__rsgi_del__(None)
    mock_of(app).close()

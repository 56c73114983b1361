"""Small requests that come together share a transaction, and nobody waits long for one that does not come."""

import json
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from remo_mock.assembly import Mock
from remo_mock.web.app import create_app
from remo_mock.web.front.application import Front
from remo_mock.web.front.group import MOST
from remo_mock.web.front.protocol import Headers
from remo_mock.web.served import Served
from tests.support.calls import credentials, photo_text
from tests.support.front_requests import Sending, SendingLate, begin, send
from tests.support.waiting import TIMEOUT, wait_until

HERE = threading.current_thread().name
BODY = json.dumps(credentials() | {"borigimg": photo_text("back")}).encode()


@pytest.fixture
def app() -> Iterator[Flask]:
    app = create_app()
    yield app
    app.extensions["remo_mock"].close()


@pytest.fixture
def mock(app: Flask) -> Mock:
    mock: Mock = app.extensions["remo_mock"]
    return mock


@pytest.fixture
def front(app: Flask) -> Iterator[Front]:
    """A front that has seen the photo, for one credit."""
    front = Front(Served.of(app))
    assert send(front, BODY)[0] == 200
    yield front
    front.__rsgi_del__(None)


@pytest.fixture
def late() -> SendingLate:
    """A request whose body is on its way."""
    return SendingLate(BODY)


@pytest.fixture
def transactions(mock: Mock, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The threads of the transactions that write, from now on."""
    threads, write = list[str](), mock.store.database.write_prepared

    def write_prepared(*arguments: Any, **options: Any) -> Any:
        threads.append(threading.current_thread().name)
        return write(*arguments, **options)

    monkeypatch.setattr(mock.store.database, "write_prepared", write_prepared)
    return threads


def credits_left(mock: Mock) -> int:
    return mock.accounts.account("demo@example.com").credit


def test_who_is_decided_while_another_is_on_its_way_is_settled_with_it(
    front: Front, mock: Mock, late: SendingLate, transactions: list[str]
) -> None:
    begin(front, late)
    other = begin(front, Sending(BODY))
    assert (other.answered.done(), credits_left(mock)) == (False, 99)
    late.coming.come()
    assert [one.answered.result(0) for one in (late, other)] == [(200, HERE)] * 2
    assert (transactions, credits_left(mock), mock.journal.count()) == ([HERE], 97, 3)


def test_who_is_alone_is_settled_at_once(front: Front, transactions: list[str]) -> None:
    assert [send(front, BODY) for _ in range(2)] == [(200, HERE)] * 2
    assert transactions == [HERE] * 2


def test_nobody_waits_long_for_a_body_that_does_not_come_and_only_once(
    front: Front, mock: Mock, late: SendingLate, transactions: list[str]
) -> None:
    front.__rsgi_init__(None)
    begin(front, late)
    other = begin(front, Sending(BODY))
    assert other.answered.result(TIMEOUT) == (200, "groups")
    assert send(front, BODY) == (200, HERE)
    late.coming.come()
    assert late.answered.result(0) == (200, HERE)
    assert (transactions, credits_left(mock)) == (["groups", HERE, HERE], 96)


def test_a_body_that_is_given_up_holds_nobody_up(front: Front, mock: Mock, late: SendingLate) -> None:
    begin(front, late)
    other = begin(front, Sending(BODY))
    late.coming.give_up()
    assert [one.answered.result(0) for one in (late, other)] == [(408, HERE), (200, HERE)]
    assert credits_left(mock) == 98


def test_a_photo_that_was_not_seen_before_holds_nobody_up(front: Front) -> None:
    late = SendingLate(json.dumps(credentials() | {"borigimg": photo_text("front")}).encode())
    begin(front, late)
    other = begin(front, Sending(BODY))
    late.coming.come()
    assert other.answered.result(0) == (200, HERE)
    assert late.answered.result(TIMEOUT)[1].startswith("vendor-")


def test_a_full_group_waits_for_nobody(front: Front, late: SendingLate, transactions: list[str]) -> None:
    begin(front, late)
    others = [begin(front, Sending(BODY)) for _ in range(MOST)]
    assert [one.answered.result(0) for one in others] == [(200, HERE)] * MOST
    assert transactions == [HERE]


def test_a_group_that_would_have_to_wait_leaves_the_thread_and_is_charged_once_each(
    front: Front, mock: Mock, late: SendingLate
) -> None:
    begin(front, late)
    other = begin(front, Sending(BODY))
    coming = threading.Thread(target=late.coming.come, name=HERE)
    with mock.store.database.read():
        coming.start()
        wait_until(lambda: len(front._under_way) == 2, what="both have left their thread")
    coming.join(TIMEOUT)
    found = {one.answered.result(TIMEOUT)[1].rpartition("-")[0] for one in (late, other)}
    assert (found, credits_left(mock)) == ({"vendor"}, 97)


def test_one_whose_answer_cannot_be_sent_holds_nobody_up(front: Front, late: SendingLate) -> None:
    class Gone(Sending):
        def response_bytes(self, _status: int, _headers: Headers, _body: bytes) -> None:
            raise ZeroDivisionError

    begin(front, late)
    gone = begin(front, Gone(BODY))
    other = begin(front, Sending(BODY))
    late.coming.come()
    assert [one.answered.result(0) for one in (late, other)] == [(200, HERE)] * 2
    assert isinstance(gone.answered.exception(0), ZeroDivisionError)

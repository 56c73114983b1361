"""An admin token cannot be guessed fast: wrong ones are answered one by one, the right one at once."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from types import SimpleNamespace

import pytest
import requests

import remo_mock.web.front.application
from remo_mock import RemoMock
from remo_mock.web.front import refusals
from remo_mock.web.front.refusals import SECONDS, Refusals
from tests.support.waiting import TIMEOUT, wait_until

GUESSES = 15


@pytest.fixture
def let_go(monkeypatch: pytest.MonkeyPatch) -> Event:
    """The first answer to a wrong token waits for this, and all of them as long as they do anyway."""
    event = Event()

    def sleep(seconds: float) -> None:
        assert event.wait(TIMEOUT)
        time.sleep(seconds)

    monkeypatch.setattr(refusals, "time", SimpleNamespace(sleep=sleep))
    return event


@pytest.fixture
def url() -> Iterator[str]:
    with RemoMock(admin_token="let-me-in").serving() as remo:
        yield f"{remo.url}/__admin/accounts"


def status_with(url: str, token: str) -> int:
    return requests.get(url, headers={"Authorization": f"Bearer {token}"}, timeout=TIMEOUT).status_code


def test_guesses_wait_for_each_other_and_the_right_token_for_none(url: str, let_go: Event) -> None:
    with ThreadPoolExecutor(GUESSES) as crowd:
        guesses = [crowd.submit(status_with, url, f"guess-{number}") for number in range(GUESSES)]
        assert status_with(url, "let-me-in") == 200
        assert not any(guess.done() for guess in guesses)
        began = time.monotonic()
        let_go.set()
        assert {guess.result(TIMEOUT) for guess in guesses} == {401}
        assert time.monotonic() - began >= GUESSES * SECONDS
    assert requests.get(url.replace("accounts", "health"), timeout=TIMEOUT).status_code == 200


def test_who_does_not_wait_for_the_answers_is_not_listened_to(monkeypatch: pytest.MonkeyPatch, let_go: Event) -> None:
    monkeypatch.setattr(remo_mock.web.front.application, "Refusals", lambda: Refusals(most=3))
    with RemoMock(admin_token="let-me-in").serving() as remo, ThreadPoolExecutor(3) as crowd:
        url = f"{remo.url}/__admin/accounts"
        guesses = [crowd.submit(status_with, url, f"guess-{number}") for number in range(3)]
        wait_until(lambda: status_with(url, "let-me-in") == 429, what="three answers wait")
        assert requests.get(url, timeout=TIMEOUT).status_code == 401
        let_go.set()
        assert [guess.result(TIMEOUT) for guess in guesses] == [401] * 3
        wait_until(lambda: status_with(url, "let-me-in") == 200, what="the right token is looked at again")


def test_another_address_is_listened_to_all_the_same() -> None:
    full = Refusals(most=1, seconds=0)
    full._waiting["10.0.0.1"] = 1
    assert full.come_too_fast_from("10.0.0.1")
    assert not full.come_too_fast_from("10.0.0.2")
    full.close()

"""An admin token cannot be guessed fast: wrong ones are answered one by one, the right one at once."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

import remo_mock.web.front.application
from remo_mock import RemoMock
from remo_mock.web.front.refusals import SECONDS, Refusals
from tests.support.waiting import TIMEOUT, wait_until

GUESSES = 15


@pytest.fixture
def url() -> Iterator[str]:
    with RemoMock(admin_token="let-me-in").serving() as remo:
        yield f"{remo.url}/__admin/accounts"


def status_with(url: str, token: str) -> int:
    return requests.get(url, headers={"Authorization": f"Bearer {token}"}, timeout=TIMEOUT).status_code


def test_guesses_wait_for_each_other_and_the_right_token_for_none(url: str) -> None:
    with ThreadPoolExecutor(GUESSES) as crowd:
        began = time.monotonic()
        guesses = [crowd.submit(status_with, url, f"guess-{number}") for number in range(GUESSES)]
        assert status_with(url, "let-me-in") == 200
        assert not all(guess.done() for guess in guesses)
        assert {guess.result(TIMEOUT) for guess in guesses} == {401}
        assert time.monotonic() - began >= GUESSES * SECONDS
    assert requests.get(url.replace("accounts", "health"), timeout=TIMEOUT).status_code == 200


def test_who_does_not_wait_for_the_answers_is_not_listened_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remo_mock.web.front.application, "Refusals", lambda: Refusals(most=3, seconds=1.0))
    with RemoMock(admin_token="let-me-in").serving() as remo, ThreadPoolExecutor(3) as crowd:
        url = f"{remo.url}/__admin/accounts"
        guesses = [crowd.submit(status_with, url, f"guess-{number}") for number in range(3)]
        wait_until(lambda: status_with(url, "let-me-in") == 429, what="three answers wait")
        assert requests.get(url, timeout=TIMEOUT).status_code == 401
        assert [guess.result(TIMEOUT) for guess in guesses] == [401] * 3
        wait_until(lambda: status_with(url, "let-me-in") == 200, what="the right token is looked at again")


def test_another_address_is_listened_to_all_the_same() -> None:
    refusals = Refusals(most=1, seconds=0)
    refusals._waiting["10.0.0.1"] = 1
    assert refusals.come_too_fast_from("10.0.0.1")
    assert not refusals.come_too_fast_from("10.0.0.2")
    refusals.close()

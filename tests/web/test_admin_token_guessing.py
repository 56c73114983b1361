"""An admin token cannot be guessed fast: wrong ones are answered one by one, the right one at once."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from remo_mock import RemoMock
from remo_mock.web.front.application import REFUSAL_SECONDS
from tests.support.waiting import TIMEOUT

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
        assert time.monotonic() - began >= GUESSES * REFUSAL_SECONDS
    assert requests.get(url.replace("accounts", "health"), timeout=TIMEOUT).status_code == 200

"""Mocks may be nested, run side by side, and beside mocks of `responses`; it is always defined which one answers."""

import asyncio
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from threading import Barrier

import pytest
import requests
import responses

from remo_mock import RemoMock
from remo_mock.exceptions import NotRunningError
from tests.support.calls import BACK, credentials, photo_text
from tests.support.waiting import TIMEOUT

URL = "http://api.remo.re.kr" + BACK
PHOTO = {"borigimg": photo_text("back")}
ELSEWHERE = "http://elsewhere.test/"


def call() -> requests.Response:
    return requests.post(URL, json=credentials() | PHOTO, timeout=5)


def test_the_inner_mock_answers_and_then_the_outer_again() -> None:
    with RemoMock() as outer:
        with RemoMock() as inner:
            call()
        call()
    assert (len(inner.requests), len(outer.requests)) == (1, 1)


def test_one_mock_may_be_started_twice_and_keeps_its_state() -> None:
    with RemoMock() as remo:
        call()
        with remo:
            call()
        call()
        assert remo.credits_spent == 3


def test_each_start_begins_with_a_fresh_state() -> None:
    remo = RemoMock()
    with remo:
        call()
    with remo:
        call()
        assert len(remo.requests) == 1


def test_mocks_that_end_in_the_order_of_their_start_do_not_disturb_each_other() -> None:
    first, second = RemoMock().start(), RemoMock().start()
    first.stop()
    call()
    second.stop()
    assert (len(first.requests), len(second.requests)) == (0, 1)


def test_stopping_a_mock_that_does_not_run_is_said() -> None:
    with pytest.raises(NotRunningError, match=r"stop\(\)"):
        RemoMock().stop()


def test_threads_that_start_their_own_mock_are_answered_by_it() -> None:
    together = Barrier(2)

    def one_client(calls: int) -> int:
        with RemoMock() as remo:
            together.wait(TIMEOUT)
            for _ in range(calls):
                call()
            together.wait(TIMEOUT)
            return len(remo.requests)

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(one_client, [1, 3])) == [1, 3]


def test_threads_of_the_code_under_test_are_answered_too() -> None:
    with RemoMock() as remo, ThreadPoolExecutor(4) as pool:
        statuses = list(pool.map(lambda _: call().status_code, range(8)))
        assert (statuses, remo.credits_spent) == ([200] * 8, 8)


def test_tasks_that_start_their_own_mock_are_answered_by_it() -> None:
    async def one_client(calls: int) -> int:
        with RemoMock() as remo:
            for _ in range(calls):
                await asyncio.sleep(0)
                call()
            return len(remo.requests)

    async def both() -> list[int]:
        return list(await asyncio.gather(one_client(1), one_client(3)))

    assert asyncio.run(both()) == [1, 3]


# beside `responses`


def test_a_responses_mock_inside_answers_its_hosts_alone() -> None:
    with RemoMock() as remo, responses.RequestsMock() as others:
        others.get(ELSEWHERE, body="theirs")
        assert requests.get(ELSEWHERE, timeout=5).text == "theirs"
        assert call().status_code == 200
        assert len(remo.requests) == len(others.calls) == 1


def test_a_responses_mock_outside_answers_its_hosts_alone() -> None:
    with responses.RequestsMock() as others:
        others.get(ELSEWHERE, body="theirs")
        with RemoMock() as remo:
            assert requests.get(ELSEWHERE, timeout=5).text == "theirs"
            assert call().status_code == 200
        with pytest.raises(requests.ConnectionError):
            call()
    assert len(remo.requests) == 1


@responses.activate
def test_the_default_mock_of_responses_may_be_on() -> None:
    responses.get(ELSEWHERE, body="theirs")
    with RemoMock():
        assert (call().status_code, requests.get(ELSEWHERE, timeout=5).text) == (200, "theirs")


def test_a_responses_mock_that_is_imported_later_answers_its_hosts_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "responses")
    finders = list(sys.meta_path)
    with RemoMock() as remo:
        later = import_module("responses")
        with later.RequestsMock() as others:
            others.get(ELSEWHERE, body="theirs")
            assert requests.get(ELSEWHERE, timeout=5).text == "theirs"
            assert call().status_code == 200
    assert (len(remo.requests), sys.meta_path) == (1, finders)
    assert later.__spec__ is not None
    assert later.__loader__ is later.__spec__.loader
    assert type(later.__loader__).__module__ != "remo_mock.testing.import_hook"


def test_nobody_waits_for_responses_when_the_last_mock_has_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "responses")
    finders = list(sys.meta_path)
    with RemoMock():
        assert sys.meta_path != finders
    assert sys.meta_path == finders


def test_a_mock_that_outlives_ours_still_ends_well() -> None:
    before = requests.adapters.HTTPAdapter.send
    others = responses.RequestsMock(assert_all_requests_are_fired=False)
    with RemoMock():
        others.start()
    others.stop()
    with RemoMock() as remo:
        call()
    with responses.RequestsMock() as later:
        later.post(URL, json={"state": "theirs"})
        assert call().json() == {"state": "theirs"}
    assert len(remo.requests) == 1
    requests.adapters.HTTPAdapter.send = before  # type: ignore[method-assign]


def test_a_mock_goes_on_after_a_test_that_patched_the_imported_modules() -> None:
    """`patch.dict(sys.modules)` forgets what was imported meanwhile, and much of that cannot be imported again."""
    program = """
import sys
from unittest.mock import patch
import requests
from remo_mock import RemoMock
from tests.support.calls import BACK, credentials, photo_text

for _ in range(2):
    with patch.dict(sys.modules), RemoMock() as remo:
        for photo in (photo_text("back"), ""):
            print(requests.post(remo.url + BACK, json=credentials() | {"borigimg": photo}).status_code)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=TIMEOUT, check=False)
    assert done.stdout.split() == ["200", "411", "200", "411"], done.stderr

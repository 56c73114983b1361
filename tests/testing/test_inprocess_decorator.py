"""`@remo_mock` runs functions, coroutines, generators and test classes, each call with a fresh mock."""

import asyncio
import inspect
import unittest
from collections.abc import AsyncIterator, Iterator
from typing import get_overloads

import pytest
import requests

from remo_mock import RemoMock, Settings, remo_mock
from tests.support.calls import BACK, credentials, photo_text

URL = "https://api.remo.re.kr" + BACK
BODY = credentials() | {"borigimg": photo_text("back")}


def balance() -> int:
    return int(requests.post(URL, json=BODY, timeout=5).json()["credit"])


def test_it_and_each_overload_have_a_docstring() -> None:
    text = inspect.getdoc(remo_mock) or ""
    for part in ("@remo_mock\n", "remo.next(code=518)", "@remo_mock(settings=Settings(...))", "`ContractError`"):
        assert part in text
    assert all(overload.__doc__ for overload in get_overloads(inspect.unwrap(remo_mock)))


def test_a_function_has_a_fresh_mock_for_each_call() -> None:
    decorated = remo_mock(balance)
    assert (decorated(), decorated()) == (99, 99)


def test_settings_may_be_given() -> None:
    @remo_mock(settings=Settings(http_status="200"))
    def status() -> int:
        return requests.post(URL, json={}, timeout=5).status_code

    assert status() == 200


def test_a_parameter_named_remo_is_the_mock_and_hidden_from_pytest() -> None:
    @remo_mock
    def spend(times: int, remo: RemoMock) -> int:
        _ = [balance() for _ in range(times)]
        return remo.credits_spent

    assert spend(2) == 2  # type: ignore[call-arg]
    assert list(inspect.signature(spend).parameters) == ["times"]


def test_a_coroutine_is_awaited_inside() -> None:
    @remo_mock
    async def spend(remo: RemoMock) -> int:
        await asyncio.sleep(0)
        balance()
        return remo.credits_spent

    assert inspect.iscoroutinefunction(spend)
    assert asyncio.run(spend()) == 1  # type: ignore[call-arg]


def test_a_generator_runs_inside_until_its_end() -> None:
    @remo_mock
    def balances() -> Iterator[int]:
        yield balance()
        yield balance()

    assert list(balances()) == [99, 98]


def test_an_asynchronous_generator_runs_inside_until_its_end() -> None:
    @remo_mock
    async def balances(remo: RemoMock) -> AsyncIterator[int]:
        yield balance()
        yield remo.credits_spent

    async def collect() -> list[int]:
        return [value async for value in balances()]  # type: ignore[call-arg]

    assert asyncio.run(collect()) == [99, 1]


def test_an_asynchronous_generator_that_is_left_early_ends_inside() -> None:
    spent: list[int] = []

    @remo_mock
    async def balances(remo: RemoMock) -> AsyncIterator[int]:
        try:
            yield balance()
        finally:
            balance()
            spent.append(remo.credits_spent)

    async def leave() -> None:
        generator = balances()  # type: ignore[call-arg]
        await anext(generator)
        await generator.aclose()  # type: ignore[attr-defined]
        assert spent == [2]

    asyncio.run(leave())


def test_a_class_has_its_test_methods_decorated() -> None:
    @remo_mock
    class Checks:
        test_marks = ("not", "callable")

        def test_one(self, remo: RemoMock) -> int:
            return balance() and remo.credits_spent

        def helper(self) -> str:
            return "as it was"

    assert (Checks().test_one(), Checks().helper()) == (1, "as it was")  # type: ignore[call-arg]


def test_static_and_class_methods_of_a_class_stay_such() -> None:
    @remo_mock
    class Checks:
        @staticmethod
        def test_one(remo: RemoMock) -> int:
            return balance() and remo.credits_spent

        @classmethod
        def test_two(cls, remo: RemoMock) -> tuple[str, int]:
            return cls.__name__, balance() and remo.credits_spent

    assert (Checks().test_one(), Checks().test_two()) == (1, ("Checks", 1))  # type: ignore[call-arg]


def test_a_testcase_has_the_mock_from_setup_to_teardown() -> None:
    seen: list[object] = []

    @remo_mock
    class Checks(unittest.TestCase):
        remo: RemoMock

        def setUp(self) -> None:
            seen.append(balance())

        def test_one(self) -> None:
            seen.append(balance())

        def tearDown(self) -> None:
            seen.append(self.remo.credits_spent)

    result = unittest.TestResult()
    Checks("test_one").run(result)
    assert (result.wasSuccessful(), seen) == (True, [99, 98, 2])


def test_an_error_passes_through_and_ends_the_mock() -> None:
    @remo_mock
    def fail() -> None:
        raise LookupError("the test's own")

    before = requests.adapters.HTTPAdapter.send
    with pytest.raises(LookupError, match="the test's own"):
        fail()
    assert requests.adapters.HTTPAdapter.send is before

"""A mock publishes each exchange and charge once, whatever a test resets or deletes meanwhile."""

from collections.abc import Iterator

import pytest
import requests

from remo_mock import RemoMock
from remo_mock.testing.usage import Usage
from remo_mock.testing.usage_listeners import listeners
from tests.support.calls import BACK, credentials, photo_text


@pytest.fixture
def published() -> Iterator[list[Usage]]:
    usages: list[Usage] = []
    listeners.append(usages.append)
    yield usages
    listeners.remove(usages.append)


def pay(remo: RemoMock, fields: dict[str, str] | None = None, *, times: int = 1) -> None:
    body = credentials() | {"borigimg": photo_text("back")} | (fields or {})
    for _ in range(times):
        requests.post(remo.url + BACK, json=body, timeout=5)


def bills(usages: list[Usage]) -> list[int]:
    return [usage.credits for usage in usages]


def test_what_was_published_is_not_published_again(published: list[Usage]) -> None:
    with RemoMock() as remo:
        pay(remo, times=2)
        remo.publish_usage()
        remo.publish_usage()
        pay(remo)
    assert bills(published) == [2, 1]


def test_a_deleted_account_bills_nobody_again(published: list[Usage]) -> None:
    with RemoMock() as remo:
        pay(remo)
        leaving = remo.account()
        pay(remo, leaving.fields)
        remo.publish_usage()
        remo.app.test_client().delete(f"/__admin/accounts/{leaving.email}")
        pay(remo)
    assert bills(published) == [2, 1]


@pytest.mark.parametrize("times", [1, 2, 3])
def test_what_comes_after_a_reset_is_published_whole(published: list[Usage], times: int) -> None:
    with RemoMock() as remo:
        pay(remo, times=2)
        remo.publish_usage()
        remo.app.test_client().post("/__admin/reset")
        pay(remo, times=times)
    assert bills(published) == [2, times]
    assert published[1].received == {"analysis-skeleton-v2-back": ()}


def test_charges_are_published_though_their_exchanges_were_deleted(published: list[Usage]) -> None:
    with RemoMock() as remo:
        pay(remo)
        remo.app.test_client().post("/__admin/reset?only=requests")
    assert bills(published) == [1]
    assert published[0].received == {"analysis-skeleton-v2-back": ()}


def test_exchanges_after_some_were_deleted_count_once(published: list[Usage]) -> None:
    with RemoMock() as remo:
        pay(remo, {"UserKey": "wrong"})
        pay(remo, remo.account().fields)
        remo.publish_usage()
        remo.app.test_client().delete("/__admin/requests")
        pay(remo, {"UserKey": "wrong"}, times=3)
    assert [usage.received["analysis-skeleton-v2-back"] for usage in published] == [(420,), (420,)]
    assert bills(published) == [1, 0]

"""A client that tries again comes in process to the same end as on a real server, charges included."""

from collections.abc import Iterator
from typing import Any

import pytest
import requests
from requests.adapters import HTTPAdapter
from urllib3 import Retry

from remo_mock import RemoMock
from tests.support.calls import BACK, credentials, photo_text
from tests.support.waiting import TIMEOUT, wait_until

PHOTO = {"borigimg": photo_text("back")}
READS = Retry(total=5, read=1, allowed_methods=["POST"], backoff_factor=0)
STATUSES = Retry(total=2, status_forcelist=[518, 502], allowed_methods=["POST"], backoff_factor=0)


@pytest.fixture(params=["in process", "over a socket"])
def remo(request: pytest.FixtureRequest) -> Iterator[RemoMock]:
    mock = RemoMock()
    with mock if request.param == "in process" else mock.serving() as remo:
        yield remo


def post(remo: RemoMock, retries: Retry, *, timeout: float = TIMEOUT) -> requests.Response:
    body = credentials() | PHOTO
    with requests.Session() as session:
        for scheme in ("http://", "https://"):
            session.mount(scheme, HTTPAdapter(max_retries=retries))
        return session.post(remo.url + BACK, json=body, timeout=timeout)


def test_a_read_that_timed_out_is_tried_again_and_charged_twice(remo: RemoMock) -> None:
    remo.next(fault="hang")
    assert post(remo, READS, timeout=2).json()["credit"] == 98
    assert remo.credits_spent == 2


def test_reads_that_time_out_too_often_end_the_clients_way(remo: RemoMock) -> None:
    remo.next(fault="hang", times=2)
    with pytest.raises(requests.ConnectionError, match="Max retries exceeded"):
        post(remo, READS, timeout=0.7)
    # The client gave up, maybe before its requests were charged.
    wait_until(lambda: remo.credits_spent == 2, what="both requests are charged")


@pytest.mark.parametrize(
    ("asked", "spent"), [({"code": 518, "times": 2}, 1), ({"fault": "html", "times": 2}, 3)], ids=["518", "502"]
)
def test_a_status_that_the_client_retries_is_asked_again(remo: RemoMock, asked: dict[str, Any], spent: int) -> None:
    remo.next(**asked)
    assert post(remo, STATUSES).status_code == 200
    assert (remo.credits_spent, len(remo.requests)) == (spent, 3)


def test_a_status_that_stays_ends_the_clients_way(remo: RemoMock) -> None:
    remo.next(code=518, times=3)
    with pytest.raises(requests.exceptions.RetryError, match="too many 518 error responses"):
        post(remo, STATUSES)
    assert (remo.credits_spent, len(remo.requests)) == (0, 3)


def test_a_body_that_breaks_off_is_not_tried_again(remo: RemoMock) -> None:
    remo.next(fault="drop")
    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        post(remo, READS)
    assert remo.credits_spent == 1

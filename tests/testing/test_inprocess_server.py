"""Other clients than `requests` reach the same mock: as a WSGI application, or as a real server in a thread."""

import http.client
import json
import logging
import sys
import threading
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
import requests

from remo_mock import RemoMock, create_app
from tests.support.calls import BACK, credentials, photo_text
from tests.support.waiting import TIMEOUT, wait_until

BODY = credentials() | {"borigimg": photo_text("back")}


def test_httpx_reaches_the_application_without_a_socket() -> None:
    app = create_app()
    with httpx.Client(transport=httpx.WSGITransport(app), base_url="http://api.remo.re.kr") as client:
        assert client.post(BACK, json=BODY).json()["credit"] == 99
    app.extensions["remo_mock"].close()


def test_the_mocks_own_application_shares_its_accounts_and_history() -> None:
    with RemoMock() as remo:
        ann = remo.account(credit=3)
        with httpx.Client(transport=httpx.WSGITransport(remo.app), base_url=remo.url) as client:
            assert client.post(BACK, json=BODY | ann.fields).json()["credit"] == 2
        assert requests.post(remo.url + BACK, json=BODY | ann.fields, timeout=TIMEOUT).json()["credit"] == 1
        assert remo.credits_spent == 2


def test_threads_that_ask_together_get_one_application() -> None:
    meeting = threading.Barrier(4)
    with RemoMock().opened() as remo, ThreadPoolExecutor(4) as pool:

        def ask(_number: int) -> object:
            meeting.wait(TIMEOUT)
            return remo.app

        assert set(pool.map(ask, range(4))) == {remo.app}


def test_a_mock_that_is_only_opened_leaves_requests_alone() -> None:
    before = requests.adapters.HTTPAdapter.send
    with RemoMock().opened() as remo:
        assert remo.url == "https://api.remo.re.kr"
        assert requests.adapters.HTTPAdapter.send is before


def test_a_server_in_a_thread_answers_any_client() -> None:
    with RemoMock().serving() as remo:
        with urllib.request.urlopen(f"{remo.url}/__admin/health", timeout=TIMEOUT) as health:  # noqa: S310 - our own
            assert health.status == 200
        assert httpx.post(remo.url + BACK, json=BODY).json()["credit"] == 99
        assert requests.post(remo.url + BACK, json=BODY, timeout=TIMEOUT).json()["credit"] == 98
        assert remo.credits_spent == 2
    with pytest.raises(OSError, match="refused"):
        urllib.request.urlopen(f"{remo_url_of(remo)}/__admin/health", timeout=TIMEOUT)  # noqa: S310 - our own


def test_the_url_is_that_of_the_outer_server_again_after_an_inner_one() -> None:
    with RemoMock().serving() as remo:
        outer = remo.url
        with remo.serving():
            assert remo.url != outer
        assert remo.url == outer


def remo_url_of(remo: RemoMock) -> str:
    """Return the address of a server that has ended."""
    with remo.serving():
        return remo.url


def test_a_dropped_answer_ends_the_connection_in_the_middle() -> None:
    with RemoMock().serving() as remo:
        remo.next(fault="drop")
        with sent(remo.url) as reply, pytest.raises(http.client.IncompleteRead) as caught:
            reply.read()
    assert len(caught.value.partial) == int(reply.headers["Content-Length"]) // 2


def test_a_lost_answer_is_charged_and_nothing_of_it_arrives() -> None:
    with RemoMock().serving() as remo:
        remo.next(fault="charged-then-lost")
        with sent(remo.url) as reply, pytest.raises(http.client.IncompleteRead) as caught:
            reply.read()
        assert remo.credits_spent == 1
    assert caught.value.partial == b""


@pytest.mark.parametrize("fault", ["drop", "charged-then-lost", "truncate", "garbage", "html", "no-image"])
def test_a_fault_is_the_same_in_process_and_over_a_socket(fault: str) -> None:
    with RemoMock().serving() as server, RemoMock() as remo:
        assert received(server, fault) == received(remo, fault)


def test_a_server_with_a_hanging_answer_ends_at_once() -> None:
    with RemoMock().serving() as remo:
        remo.next(fault="hang")
        with pytest.raises(requests.ReadTimeout):
            requests.post(remo.url + BACK, json=BODY, timeout=0.5)


def test_a_server_in_a_thread_leaves_the_projects_logging_alone(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    handler, logger = logging.FileHandler(tmp_path / "log", mode="w"), logging.getLogger("project")
    logger.addHandler(handler)
    with closing(handler), caplog.at_level(logging.INFO):
        remo_url_of(RemoMock())
        logger.warning("after the server")
        logger.removeHandler(handler)
    assert (tmp_path / "log").read_text() == "after the server\n"
    assert [record.name for record in caplog.records] == ["project"]


@pytest.mark.skipif(sys.platform != "linux", reason="Linux alone lists the files of a process")
def test_a_server_that_has_ended_leaves_no_file_open() -> None:
    remo_url_of(RemoMock())
    before = open_files()
    for _ in range(5):
        remo_url_of(RemoMock())
    wait_until(lambda: open_files() <= before, what="the files of the servers are closed")


def open_files() -> int:
    """Count the open files of this process."""
    return len(list(Path("/proc/self/fd").iterdir()))


def received(remo: RemoMock, fault: str) -> tuple[object, ...]:
    """Return what a `requests` client gets when the fault happens to a success."""
    remo.next(fault=fault)
    try:
        reply = requests.post(remo.url + BACK, json=BODY | {"uuid": "one"}, timeout=TIMEOUT)
    except requests.RequestException as error:
        return type(error), str(error)
    return reply.status_code, reply.headers["Content-Type"], reply.content


@contextmanager
def sent(url: str) -> Iterator[http.client.HTTPResponse]:
    """Send the request by hand, lend the response with its body unread, and close the connection."""
    with closing(http.client.HTTPConnection(urlsplit(url).netloc, timeout=TIMEOUT)) as connection:
        connection.request("POST", BACK, json.dumps(BODY), {"Content-Type": "application/json"})
        yield connection.getresponse()

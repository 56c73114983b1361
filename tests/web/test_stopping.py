"""A signal to stop sends what is held back at once: who was charged is answered, and the server ends soon."""

import signal
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
import requests

from remo_mock.web.waiting import WaitingRoom
from tests.support.calls import BACK
from tests.support.control import new_person
from tests.support.servers import serving
from tests.support.waiting import TIMEOUT, wait_until


@pytest.mark.parametrize(("preference", "workers"), [("delay=60000", "2"), ("fault=hang", "1")])
def test_who_was_charged_is_answered_when_the_server_stops(preference: str, workers: str) -> None:
    with serving("--workers", workers) as server, ThreadPoolExecutor(40) as pool:
        person = new_person(server.url, credit=1000)

        def send() -> requests.Response:
            headers = {"Prefer": preference}
            return requests.post(server.url + BACK, json=person.body(), headers=headers, timeout=TIMEOUT)

        sending = [pool.submit(send) for _ in range(40)]
        wait_until(lambda: person.credit() <= 960, what="all are charged")
        server.process.send_signal(signal.SIGTERM)
        replies = [one.result().json() for one in sending]
        said = server.process.communicate(timeout=TIMEOUT)[0]
    assert Counter(reply["credit_change"] for reply in replies) == {-1: 40}
    assert server.process.returncode == 0
    assert "requests are under way, and get 5 seconds; no answer is held back any longer." in said


def test_a_closed_room_holds_nobody_back() -> None:
    room, over = WaitingRoom(), Event()

    def wait() -> None:
        room.hold_back(3600)
        over.set()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(wait)
        room.close()
        assert over.wait(TIMEOUT)

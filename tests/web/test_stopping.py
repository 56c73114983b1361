"""A signal to stop sends what is held back at once: who was charged is answered, and the server ends soon."""

import signal
from collections import Counter, deque
from concurrent.futures import ThreadPoolExecutor
from itertools import repeat
from operator import methodcaller
from threading import Event

import pytest
import requests

from remo_mock.web.interrupt import Interrupt
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


def test_signals_may_come_while_others_are_handled() -> None:
    interrupt = Interrupt()  # handlers of a `threading.Event` wait here for its lock, which is not reentrant
    before = signal.signal(signal.SIGALRM, lambda *_: interrupt.set())
    try:
        signal.setitimer(signal.ITIMER_REAL, 1e-4, 1e-4)
        deque(map(methodcaller("set"), repeat(interrupt, 20_000)), maxlen=0)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    interrupt.wait()


def test_two_signals_end_the_server_like_one() -> None:
    with serving() as server:
        server.process.send_signal(signal.SIGTERM)
        server.process.send_signal(signal.SIGTERM)
        server.process.communicate(timeout=TIMEOUT)
    assert server.process.returncode == 0


def test_an_interrupt_that_was_cleared_waits_for_the_next() -> None:
    interrupt, over = Interrupt(), Event()
    interrupt.set()
    interrupt.wait()
    interrupt.clear()

    def wait() -> None:
        interrupt.wait()
        over.set()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(wait)
        assert not over.wait(0.05)
        interrupt.set()
        assert over.wait(TIMEOUT)

"""Photos of one client never hold back all of another's: clients take turns, and a thread is left for a second one."""

from collections.abc import Iterator
from concurrent.futures import CancelledError, Future
from threading import Event

import pytest

from remo_mock.service.analysis.fair_pool import FairPool

# For what hangs: nothing here takes time.
LONG = 60


@pytest.fixture
def gate() -> Iterator[Event]:
    """Yield what work waits for; it is open at the end, whatever became of the test."""
    opened = Event()
    yield opened
    opened.set()


class Clients:
    """Submits work that waits for a gate, and notes in which order it is done."""

    def __init__(self, gate: Event, *, threads: int, share: int) -> None:
        self.pool: FairPool[str] = FairPool(threads=threads, share=share)
        self.done: list[str] = []
        self._gate = gate

    def send(self, client: str, name: str) -> Future[str]:
        def work() -> str:
            assert self._gate.wait(LONG)
            self.done.append(name)
            return name

        return self.pool.submit(client, work)


def test_a_client_that_holds_its_threads_leaves_one_to_others(gate: Event) -> None:
    clients = Clients(gate, threads=3, share=2)
    slow = [clients.send("greedy", f"slow {number}") for number in range(20)]
    assert clients.pool.submit("other", lambda: "quick").result(LONG) == "quick"
    gate.set()
    assert [one.result(LONG) for one in slow] == [f"slow {number}" for number in range(20)]
    clients.pool.close()


def test_a_newcomer_does_not_wait_for_all_that_was_sent_before(gate: Event) -> None:
    clients = Clients(gate, threads=1, share=1)
    first = [clients.send("first", f"first {number}") for number in range(4)]
    second = [clients.send("second", f"second {number}") for number in range(2)]
    gate.set()
    for one in (*first, *second):
        one.result(LONG)
    assert clients.done == ["first 0", "first 1", "second 0", "first 2", "second 1", "first 3"]
    clients.pool.close()


def test_what_goes_wrong_is_raised_where_the_result_is_expected(gate: Event) -> None:
    clients = Clients(gate, threads=1, share=1)
    failing = clients.pool.submit("one", lambda: str(1 // 0))
    gate.set()
    with pytest.raises(ZeroDivisionError):
        failing.result(LONG)
    assert clients.send("one", "next").result(LONG) == "next"
    clients.pool.close()


def test_what_waits_at_the_end_is_cancelled(gate: Event) -> None:
    clients = Clients(gate, threads=1, share=1)
    running, waiting = clients.send("one", "running"), clients.send("one", "waiting")
    waiting.add_done_callback(lambda _: gate.set())  # else the end would wait for the gate
    clients.pool.close()
    assert running.result(LONG) == "running"
    with pytest.raises(CancelledError):
        waiting.result(LONG)


def test_what_comes_after_the_end_is_cancelled() -> None:
    pool: FairPool[str] = FairPool(threads=1, share=1)
    pool.close()
    assert pool.submit("one", lambda: "late").cancelled()


def test_work_that_was_given_up_is_left_out(gate: Event) -> None:
    clients = Clients(gate, threads=1, share=1)
    running, given_up, last = (clients.send("one", name) for name in ("running", "given up", "last"))
    assert given_up.cancel()
    gate.set()
    assert (running.result(LONG), last.result(LONG), clients.done) == ("running", "last", ["running", "last"])
    clients.pool.close()

"""A lane has as many threads as it needs, up to its number; a coroutine goes on in the thread that has its turn."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from threading import Barrier, Event

import pytest

from remo_mock.web.front.lanes import Lane
from remo_mock.web.front.steps import Awaited, Steps
from tests.support.waiting import TIMEOUT, wait_until


def names_after(lane: Lane, turns: int) -> list[str]:
    """Run turns one after the other, and return the names of their threads."""
    names = []
    for _ in range(turns):
        done: Future[str] = Future()
        lane.run(partial(_tell_name, done))
        names.append(done.result(TIMEOUT))
        wait_until(lambda: bool(lane._idle), what="the thread is idle again")
    return names


def _tell_name(done: "Future[str]") -> None:
    done.set_result(threading.current_thread().name)


def test_turns_one_after_the_other_need_one_thread() -> None:
    lane = Lane("test", 5)
    assert set(names_after(lane, 10)) == {"test-1"}
    lane.close()


def test_turns_at_once_have_a_thread_each_up_to_the_number() -> None:
    lane, meeting, late = Lane("test", 3), Barrier(4), Event()
    for _ in range(3):
        lane.run(lambda: meeting.wait(TIMEOUT))
    lane.run(late.set)
    assert not late.is_set()
    meeting.wait(TIMEOUT)
    assert late.wait(TIMEOUT)
    lane.close()


def test_a_closed_lane_has_no_threads() -> None:
    lane = Lane("closing", 3)
    names_after(lane, 1)
    lane.close()
    wait_until(
        lambda: "closing-1" not in [thread.name for thread in threading.enumerate()], what="the thread has ended"
    )


def test_a_coroutine_goes_on_in_the_lane_that_it_waits_for() -> None:
    first, second, names = Lane("first", 1), Lane("second", 1), list[str]()
    over = Event()

    async def request() -> None:
        names.append(threading.current_thread().name)
        await first
        names.append(threading.current_thread().name)
        await second
        names.append(threading.current_thread().name)
        over.set()

    Steps(request()).go_on()
    assert over.wait(TIMEOUT)
    assert names == [threading.current_thread().name, "first-1", "second-1"]
    first.close()
    second.close()


class GivenUp:
    """Something to wait for that never comes."""

    def __init__(self) -> None:
        self.callbacks: list[Callable[[Awaited], object]] = []

    def __await__(self) -> "object":
        yield self

    def add_done_callback(self, callback: Callable[[Awaited], object], /, *, context: object) -> None:  # noqa: ARG002
        self.callbacks.append(callback)

    def result(self) -> object:
        raise asyncio.CancelledError


def test_what_was_given_up_is_raised_in_the_coroutine() -> None:
    awaited, ends = GivenUp(), list[str]()

    async def request() -> None:
        with pytest.raises(asyncio.CancelledError):
            await awaited  # type: ignore[misc]
        ends.append("over")

    Steps(request()).go_on()
    assert ends == []
    awaited.callbacks[0](awaited)
    assert ends == ["over"]

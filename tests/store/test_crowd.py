"""Works of threads that come together are done together, each once, and what goes wrong is told to all of them."""

import threading
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from remo_mock.store.crowd import MOST, Crowd
from tests.support.waiting import TIMEOUT, wait_until


class Doubling:
    """Doubles numbers; the first turn lasts until it is let go, or is interrupted."""

    def __init__(self, interrupt: BaseException | None = None) -> None:
        self.turns: list[list[int]] = []
        self.under_way, self.go = threading.Event(), threading.Event()
        self._interrupt = interrupt

    def __call__(self, works: Sequence[int]) -> list[int]:
        self.turns.append([*works])
        if len(self.turns) == 1:
            self.under_way.set()
            self.go.wait(TIMEOUT)
        elif self._interrupt is not None:
            raise self._interrupt
        return [2 * work for work in works]


def run(doubling: Doubling, works: Sequence[int]) -> list[Future[int]]:
    """Do the first work, and the others while that is under way."""
    crowd = Crowd(doubling)
    with ThreadPoolExecutor(len(works)) as pool:
        first = pool.submit(crowd.do, works[0])
        assert doubling.under_way.wait(TIMEOUT)
        others = [pool.submit(crowd.do, work) for work in works[1:]]
        wait_until(lambda: len(crowd._waiting) == len(others), what="all of them wait")
        doubling.go.set()
    return [first, *others]


def test_who_waits_is_served_by_one_turn() -> None:
    doubling = Doubling()
    assert [one.result(TIMEOUT) for one in run(doubling, range(5))] == [0, 2, 4, 6, 8]
    assert [sorted(turn) for turn in doubling.turns] == [[0], [1, 2, 3, 4]]


def test_a_turn_takes_no_more_than_others_can_wait_for() -> None:
    doubling = Doubling()
    works = range(2 * MOST + 2)
    assert [one.result(TIMEOUT) for one in run(doubling, works)] == [2 * work for work in works]
    assert [len(turn) for turn in doubling.turns] == [1, MOST, MOST, 1]


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (ZeroDivisionError("no"), {"no"}),
        (SystemExit("end"), {"end", "The thread that wrote this with its own was interrupted."}),
    ],
    ids=["an error", "an interrupt"],
)
def test_what_ends_a_turn_is_told_to_all_that_it_was_for(error: BaseException, told: set[str]) -> None:
    first, *others = run(Doubling(error), range(4))
    assert first.result(TIMEOUT) == 0
    assert {str(one.exception(TIMEOUT)) for one in others} == told

"""Lets threads that come together have their work done together, by whichever of them has the turn."""

import threading
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

Work = TypeVar("Work")
Result = TypeVar("Result")

MOST = 16
"""Works that are done together: others wait as long as they take."""


class Crowd(Generic[Work, Result]):
    """Threads that wait for their turn, each with its work; who has the turn does the work of those that wait, too."""

    def __init__(self, do_all: Callable[[Sequence[Work]], Sequence[Result]]) -> None:
        self._do_all = do_all
        self._waiting: list[_Place[Work, Result]] = []
        self._lock = threading.Lock()
        self._turn = threading.Lock()

    def do(self, work: Work) -> Result:
        """Return what comes of a work, after a turn. Raises what `do_all` raises."""
        own: _Place[Work, Result] = _Place(work)
        with self._lock:
            self._waiting.append(own)
        with self._turn:
            while not own.is_done:  # else another thread did it; more may wait than one turn takes
                self._do_those_that_wait()
        if own.error is not None:
            raise own.error
        return own.results[0]

    def _do_those_that_wait(self) -> None:
        with self._lock:
            places, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
        try:
            results = self._do_all([place.work for place in places])
        except BaseException as error:  # also an interrupt: whether it is done must not be asked for ever
            for place in places:
                place.error = error if isinstance(error, Exception) else _InterruptedError()
            raise
        for place, result in zip(places, results, strict=True):
            place.results.append(result)


class _InterruptedError(Exception):
    def __str__(self) -> str:
        return "The thread that wrote this with its own was interrupted."


class _Place(Generic[Work, Result]):
    def __init__(self, work: Work) -> None:
        self.work = work
        self.results: list[Result] = []
        self.error: Exception | None = None

    @property
    def is_done(self) -> bool:
        return bool(self.results) or self.error is not None

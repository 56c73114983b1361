"""Threads that run requests, in lanes: a crowd in one lane takes no thread from another."""

import threading
from collections import deque
from collections.abc import Callable, Generator
from queue import SimpleQueue
from typing import Any


class Lane:
    """Up to `most` threads, started as they are needed; further turns wait.

    `await lane` in a request's coroutine goes on in one of them.
    """

    def __init__(self, name: str, most: int) -> None:
        self._name = name
        self._most = most
        self._count = 0
        self._growing = threading.Lock()
        self._turns: SimpleQueue[Callable[[], object] | None] = SimpleQueue()
        # One entry for each thread without a turn: appending and popping are safe in any thread, and cheap.
        self._idle: deque[None] = deque()

    def __await__(self) -> Generator["Lane", None, None]:
        yield self

    def result(self) -> None:
        """Return nothing: a turn is all that was waited for."""

    def add_done_callback(self, callback: Callable[[Any], object], /, *, context: Any = None) -> None:  # noqa: ARG002
        """Call `callback` in a thread of the lane."""
        self.run(lambda: callback(self))

    def run(self, turn: Callable[[], object]) -> None:
        """Call `turn` in a thread of the lane; what it raises is its own affair."""
        self._turns.put(turn)
        try:
            self._idle.pop()
        except IndexError:
            self._grow()

    def close(self) -> None:
        """End the threads once they have nothing to do."""
        with self._growing:
            for _ in range(self._count):
                self._turns.put(None)
            self._count = self._most

    def _grow(self) -> None:
        with self._growing:
            if self._count >= self._most:
                return
            self._count += 1
        name = f"{self._name}-{self._count}"
        threading.Thread(target=self._work, name=name, daemon=True).start()

    def _work(self) -> None:
        while True:
            turn = self._turns.get()
            if turn is None:
                return
            turn()
            del turn  # it holds a request, which may be megabytes, until the next one comes
            self._idle.append(None)

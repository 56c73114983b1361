"""Bounds the memory that requests take together: whoever is over it waits for a while, without a thread."""

import threading
import time
from collections import deque
from collections.abc import Callable, Generator
from typing import Any

from remo_mock.settings import MEGABYTE

TOTAL = 192 * MEGABYTE
"""Bytes that the requests of a server may take together, divided among its workers."""

LEAST = 96 * MEGABYTE
"""Bytes that the requests of a worker have at least; a single one may take more when no other is there."""

AT_WORK = 8
"""Large requests of a server that are read or answered at once: more of them take memory, and are not faster."""

AT_WORK_LEAST = 4
"""The same of a worker, at least."""

SOON = 1.0
"""Seconds after which a request is not kept waiting by the number of others, which may be slow, but by memory alone."""

PATIENCE = 30.0
"""Seconds that a request waits for memory."""

TIMES_THE_BODY = 3
"""A request takes about this many times its body: the bytes in pieces and as one, then the reply, and new photos."""

SMALL = 64 * 1024
"""Bodies up to this size are not counted."""


BESIDE = 4
"""This part of the memory is there once more, for requests that need no more than half of it, as with a photo."""


class NoMemoryError(Exception):
    """The memory for a request was not free in time."""


class Memory:
    """The memory of one process for requests; first come, first served, and up to `at_work` of them at once."""

    def __init__(self, total: int, *, at_work: int = AT_WORK, patience: float = PATIENCE, soon: float = SOON) -> None:
        self.total = total
        self.at_work = at_work
        self._patience = patience
        self._soon = soon
        self._taken = 0
        self._number = 0
        self._waiting: deque[_Turn] = deque()
        self._lock = threading.Lock()
        self._beside: Memory | None = None

    @classmethod
    def of_worker(cls, workers: int) -> "Memory":
        """Return the memory of each of so many workers."""
        memory = cls(max(TOTAL // workers, LEAST), at_work=max(AT_WORK // workers, AT_WORK_LEAST))
        memory._beside = cls(memory.total // BESIDE, at_work=memory.at_work // 2)
        return memory

    def for_request(self, size: int) -> "Memory":
        """Return the memory in which a request of this size waits: not behind large ones that wait for much, if it can.

        A few bodies of 60 MB, from a single client, would otherwise hold everybody's photos up.
        """
        beside = self._beside
        if beside is None or size > beside.total // 2:
            return self
        with self._lock:
            is_full = not self._fits(size) or (bool(self._waiting) and not self._fits(self._waiting[0].size))
        return beside if is_full else self

    @property
    def taken(self) -> int:
        """How many bytes are taken."""
        return self._taken

    def take_at_once(self, size: int) -> bool:
        """Begin with so many bytes if half of all is free all the same, and nobody waits."""
        with self._lock:
            plenty = not self._waiting and self._number < self.at_work and self._taken + size <= self.total // 2
            if plenty:
                self._begin(size)
        return plenty

    async def take(self, size: int) -> None:
        """Wait until so many bytes are free, and begin with them. Raises `NoMemoryError`."""
        with self._lock:
            if not self._waiting and self._number < self.at_work and self._fits(size):
                self._begin(size)
                return
            turn = _Turn(size, since=time.monotonic())
            self._waiting.append(turn)
        await turn

    def grow(self, size: int, *, begins: bool = False) -> bool:
        """Take so many more bytes, unless they are not free: who holds some must not wait for more."""
        with self._lock:
            fits = self._fits(size)
            self._taken += size if fits else 0
            self._number += fits and begins
        return fits

    def give_back(self, size: int, *, ends: bool) -> None:
        """Free so many bytes, and let those go on that they are enough for; `ends` says that the work is done."""
        self._settle(freed=size, ended=ends)

    def expire(self) -> bool:
        """Let those go on without memory who have waited for too long, and tell whether anybody still waits for it.

        Somebody has to call this several times a second.
        """
        if self._beside is not None:
            self._beside.expire()
        if self._waiting:
            self._settle(freed=0, ended=False)
        with self._lock:
            return bool(self._waiting) and self._has_waited(self._waiting[0], self._soon)

    def _begin(self, size: int) -> None:
        self._taken += size
        self._number += 1

    def _fits(self, size: int) -> bool:
        return self._taken == 0 or self._taken + size <= self.total

    def _may_begin(self, turn: "_Turn") -> bool:
        return self._fits(turn.size) and (self._number < self.at_work or self._has_waited(turn, self._soon))

    def _has_waited(self, turn: "_Turn", seconds: float) -> bool:
        return time.monotonic() >= turn.since + seconds

    def _settle(self, *, freed: int, ended: bool) -> None:
        over: list[_Turn] = []
        with self._lock:
            self._taken -= freed
            self._number -= ended
            while self._waiting:
                turn = self._waiting[0]
                turn.granted = self._may_begin(turn)
                if turn.granted:
                    self._begin(turn.size)
                elif not self._has_waited(turn, self._patience):
                    break
                over.append(self._waiting.popleft())
        for turn in over:
            turn.go_on()


class Share:
    """The memory of one request; it has none until it takes some, and `end` gives all of it back."""

    __slots__ = ("_is_at_work", "_memory", "_size")

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._size = 0
        self._is_at_work = False

    def take_at_once(self, body: int) -> bool:
        """Have enough for a request with so large a body, if there is plenty: it may still come slowly, or never."""
        size = body * TIMES_THE_BODY
        if body > SMALL:
            if not self._memory.take_at_once(size):
                return False
            self._size, self._is_at_work = size, True
        return True

    async def take_for(self, body: int) -> None:
        """Wait until there is memory for a request with so large a body. Raises `NoMemoryError`."""
        if body > SMALL:
            size = body * TIMES_THE_BODY
            self._memory = self._memory.for_request(size)
            await self._memory.take(size)
            self._size, self._is_at_work = size, True

    def grow_for(self, body: int) -> None:
        """Have enough for a body that turns out to be so large. Raises `NoMemoryError` if it is not free."""
        wanted = body * TIMES_THE_BODY
        if body > SMALL and wanted > self._size:
            if not self._is_at_work:
                self._memory = self._memory.for_request(wanted)
            if not self._memory.grow(wanted - self._size, begins=not self._is_at_work):
                raise NoMemoryError
            self._size, self._is_at_work = wanted, True

    def keep(self, size: int) -> None:
        """Give back what is more than `size` bytes, those of an answer that is held back or sent: the work is done."""
        freed, ends = max(self._size - size, 0), self._is_at_work
        if freed or ends:
            self._size, self._is_at_work = self._size - freed, False
            self._memory.give_back(freed, ends=ends)

    def end(self) -> None:
        """Give everything back."""
        self.keep(0)


class _Turn:
    """A request that waits; its coroutine goes on in the thread that frees memory, up to what it waits for next."""

    def __init__(self, size: int, *, since: float) -> None:
        self.size = size
        self.since = since
        self.granted = False
        self._callback: Callable[[Any], object] | None = None
        self._over = False
        self._lock = threading.Lock()

    def __await__(self) -> Generator["_Turn", None, None]:
        yield self

    def result(self) -> None:
        """Return once there is memory. Raises `NoMemoryError`, if that was not in time."""
        if not self.granted:
            raise NoMemoryError

    def add_done_callback(self, callback: Callable[[Any], object], /, *, context: Any = None) -> None:  # noqa: ARG002
        """Call `callback` once the turn has come."""
        with self._lock:
            self._callback = callback
            over = self._over
        if over:
            callback(self)

    def go_on(self) -> None:
        """Let the turn come."""
        with self._lock:
            self._over = True
            callback = self._callback
        if callback is not None:
            callback(self)

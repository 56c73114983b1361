"""Bounds the memory that requests take together: whoever is over it waits for a while, without a thread."""

import threading
import time
from collections import deque
from collections.abc import Callable, Generator
from typing import Any

MEGABYTE = 1024 * 1024

TOTAL = 192 * MEGABYTE
"""Bytes that the requests of a server may take together, divided among its workers."""

LEAST = 96 * MEGABYTE
"""Bytes that the requests of a worker have at least; a single one may take more when no other is there."""

PATIENCE = 30.0
"""Seconds that a request waits for memory."""

TIMES_THE_BODY = 3
"""A request takes about this many times its body: the bytes in pieces and as one, then the reply, and new photos."""

SMALL = 64 * 1024
"""Bodies up to this size are not counted."""


class NoMemoryError(Exception):
    """The memory for a request was not free in time."""


class Memory:
    """The memory of one process for requests; first come, first served."""

    def __init__(self, total: int, *, patience: float = PATIENCE) -> None:
        self.total = total
        self._patience = patience
        self._taken = 0
        self._waiting: deque[_Turn] = deque()
        self._lock = threading.Lock()

    @classmethod
    def of_worker(cls, workers: int) -> "Memory":
        """Return the memory of each of so many workers."""
        return cls(max(TOTAL // workers, LEAST))

    @property
    def taken(self) -> int:
        """How many bytes are taken."""
        return self._taken

    def take_at_once(self, size: int) -> bool:
        """Take so many bytes if half of all is free all the same, and nobody waits."""
        with self._lock:
            plenty = not self._waiting and self._taken + size <= self.total // 2
            self._taken += size if plenty else 0
        return plenty

    async def take(self, size: int) -> None:
        """Wait until so many bytes are free, and take them. Raises `NoMemoryError`."""
        with self._lock:
            if not self._waiting and self._fits(size):
                self._taken += size
                return
            turn = _Turn(size, until=time.monotonic() + self._patience)
            self._waiting.append(turn)
        await turn

    def grow(self, size: int) -> bool:
        """Take so many more bytes, unless they are not free: who holds some must not wait for more."""
        with self._lock:
            fits = self._fits(size)
            self._taken += size if fits else 0
        return fits

    def give_back(self, size: int) -> None:
        """Free so many bytes, and let those go on that they are enough for."""
        self._settle(freed=size)

    def expire(self) -> bool:
        """Let those go on without memory who have waited for too long, and tell whether anybody still waits.

        Somebody has to call this every now and then.
        """
        if self._waiting:
            self._settle(freed=0)
        return bool(self._waiting)

    def _fits(self, size: int) -> bool:
        return self._taken == 0 or self._taken + size <= self.total

    def _settle(self, *, freed: int) -> None:
        over: list[_Turn] = []
        with self._lock:
            self._taken -= freed
            now = time.monotonic()
            while self._waiting and (self._waiting[0].until <= now or self._fits(self._waiting[0].size)):
                turn = self._waiting.popleft()
                turn.granted = self._fits(turn.size)
                self._taken += turn.size if turn.granted else 0
                over.append(turn)
        for turn in over:
            turn.go_on()


class Share:
    """The memory of one request; it has none until it takes some, and `end` gives all of it back."""

    __slots__ = ("_memory", "_size")

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._size = 0

    def take_at_once(self, body: int) -> bool:
        """Have enough for a request with so large a body, if there is plenty: it may still come slowly, or never."""
        size = body * TIMES_THE_BODY
        if body > SMALL and not self._memory.take_at_once(size):
            return False
        self._size = size if body > SMALL else 0
        return True

    async def take_for(self, body: int) -> None:
        """Wait until there is memory for a request with so large a body. Raises `NoMemoryError`."""
        if body > SMALL:
            await self._memory.take(body * TIMES_THE_BODY)
            self._size = body * TIMES_THE_BODY

    def grow_for(self, body: int) -> None:
        """Have enough for a body that turns out to be so large. Raises `NoMemoryError` if it is not free."""
        wanted = body * TIMES_THE_BODY
        if body > SMALL and wanted > self._size:
            if not self._memory.grow(wanted - self._size):
                raise NoMemoryError
            self._size = wanted

    def keep(self, size: int) -> None:
        """Give back what is more than `size` bytes, those of an answer that is held back."""
        if size < self._size:
            freed, self._size = self._size - size, size
            self._memory.give_back(freed)

    def end(self) -> None:
        """Give everything back."""
        self.keep(0)


class _Turn:
    """A request that waits; its coroutine goes on in the thread that frees memory, up to what it waits for next."""

    def __init__(self, size: int, *, until: float) -> None:
        self.size = size
        self.until = until
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

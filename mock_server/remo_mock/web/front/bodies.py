"""Reads requests' bodies without holding a thread: up to a size, and no slower than a rate."""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from remo_mock.service.messages.json_body import Malformed, cut_short
from remo_mock.web.front.memory import SMALL, NoMemoryError, Share
from remo_mock.web.front.protocol import Exchange, RequestHeaders

PATIENCE = 30.0
"""Seconds that a client may send nothing of a body that it began, or send it more slowly than `RATE`."""

RATE = 32 * 1024
"""Bytes a second that a body has to come with on the average, once `PATIENCE` is over."""

TIMES_AS_FAST = 8
"""A body has to come this many times as fast while others wait for the memory that it may hold."""

TIMES_THE_LIMIT = 4
"""A body is read up to this many times the limit, so that its client sees the answer; whoever sends more is cut off."""

# A body up to this size is taken whole from granian, a larger one in pieces: each of them costs a change of threads.
_IN_ONE_PIECE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Body:
    """A body as it came: `data` is None if it is larger than the limit, and says so if the body did not come whole.

    `size` counts what was announced, or read; 0 where nothing of it is left.
    """

    data: bytes | Malformed | None
    size: int


class TooSlowError(Exception):
    """A client sends its body too slowly."""


class Reading:
    """One body that is being read."""

    __slots__ = ("awaited", "began", "heard", "received")

    def __init__(self) -> None:
        self.received = 0
        self.awaited: Any = None
        self.begin()

    def begin(self) -> None:
        """Count the time from now on: the client did not have to send before."""
        self.began = self.heard = time.monotonic()

    def took(self, size: int) -> None:
        """Note that so many bytes came."""
        self.received += size
        self.heard = time.monotonic()

    def gives(self, size: int) -> None:
        """Note that the client is to take so many bytes from now on, and is not heard of meanwhile."""
        self.received = size
        self.heard = time.monotonic() + size / (RATE * TIMES_AS_FAST)


class SlownessWatch:
    """Gives up bodies that come too slowly.

    `crowded` is called every now and then, and tells whether others wait for memory that these bodies hold.
    """

    def __init__(
        self, *, patience: float = PATIENCE, rate: int = RATE, crowded: Callable[[], bool] = lambda: False
    ) -> None:
        self._crowded = crowded
        self._patience = patience
        self._rate = rate
        self._readings: dict[int, Reading] = {}
        self._over = threading.Event()

    def start(self) -> None:
        """Begin to look at the bodies every now and then."""
        threading.Thread(target=self._look, name="slow-bodies", daemon=True).start()

    def stop(self) -> None:
        """End the thread."""
        self._over.set()

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """Watch one body while the context lasts. Raises `TooSlowError` from what is awaited in it."""
        reading = Reading()
        self._readings[id(reading)] = reading
        try:
            yield reading
        except asyncio.CancelledError as error:
            raise TooSlowError from error
        finally:
            del self._readings[id(reading)]

    def _look(self) -> None:
        while not self._over.wait(self._patience / 120):
            patience, rate = self._patience, self._rate
            if self._crowded():
                patience, rate = patience / TIMES_AS_FAST, rate * TIMES_AS_FAST
            now = time.monotonic()
            for reading in list(self._readings.values()):
                longest = patience + reading.received / rate
                slow = now - reading.heard > patience or now - reading.began > longest
                if slow and reading.awaited is not None:
                    reading.awaited.cancel()


class BodyReader:
    """Reads bodies of up to `limit` bytes."""

    def __init__(self, limit: int, watch: SlownessWatch) -> None:
        self._limit = limit
        self._watch = watch

    async def read(self, headers: RequestHeaders, exchange: Exchange, share: Share, *, framed: bool) -> Body:
        """Read a body; it is empty if it is not there.

        `framed` says that the protocol itself marks where a body ends (HTTP/2). Raises `TooSlowError`, and, once the
        body is over all the same, `NoMemoryError`.
        """
        announced = headers.get("content-length")
        if announced is None and not framed and "transfer-encoding" not in headers:
            return _EMPTY
        size = None if announced is None else int(announced)
        if size == 0:
            return _EMPTY
        counted = size is not None and SMALL < size <= self._limit
        promised = counted and not share.take_at_once(size or 0)
        with self._watch.reading() as reading:
            if size is not None and not promised and size <= min(self._limit, _IN_ONE_PIECE):
                return await _whole(exchange, size, reading)
            return await self._in_pieces(exchange, size, reading, share, promised=promised)

    async def _in_pieces(
        self, exchange: Exchange, announced: int | None, reading: Reading, share: Share, *, promised: bool
    ) -> Body:
        """Read piece by piece; a body that is only `promised` has no memory until its beginning is there.

        Of one that is too large, or gets no memory, nothing is kept.
        """
        pieces: list[bytes] = []
        kept = announced is None or announced <= self._limit
        refused: NoMemoryError | None = None
        stream = exchange.__aiter__()
        while reading.received <= self._limit * TIMES_THE_LIMIT:
            try:
                reading.awaited = stream.__anext__()
            except StopAsyncIteration:
                break
            piece: bytes = await reading.awaited
            reading.took(len(piece))
            kept = kept and reading.received <= self._limit
            if not kept:
                pieces.clear()
                continue
            pieces.append(piece)
            try:
                if announced is None:
                    share.grow_for(reading.received)
                elif promised and reading.received >= SMALL:
                    promised = False
                    try:
                        await share.take_for(announced)
                    finally:
                        reading.begin()
            except NoMemoryError as error:
                kept, refused = False, error
        if refused is not None:
            raise refused
        size = reading.received if announced is None else announced
        if size > self._limit:
            return Body(None, size)
        return Body(b"".join(pieces), size) if reading.received == size else Body(cut_short(size), 0)


async def _whole(exchange: Exchange, size: int, reading: Reading) -> Body:
    reading.awaited = exchange()
    try:
        return Body(await reading.awaited, size)
    except RuntimeError:  # the client went away, or miscounted
        return Body(cut_short(size), 0)


_EMPTY = Body(b"", 0)

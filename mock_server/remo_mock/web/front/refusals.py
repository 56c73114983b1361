"""Answers wrong admin tokens one by one, so that none can be guessed; whoever has the right one is answered at once."""

import threading
import time
from collections import Counter

from remo_mock.web.front.lanes import Lane

SECONDS = 0.1
"""Seconds between two answers of one worker to wrong tokens."""

MOST = 1000
"""Answers that may wait; an address that has some of them is not listened to meanwhile."""


class Refusals:
    """The answers to wrong tokens that wait for their turn, by the address of the client.

    Clients that do not wait for them, and ask again, would fill the memory, and could guess as fast as they connect.
    """

    def __init__(self, *, most: int = MOST, seconds: float = SECONDS) -> None:
        self._most = most
        self._seconds = seconds
        self._lane = Lane("refusals", 1)
        self._waiting = Counter[str]()
        self._lock = threading.Lock()

    def come_too_fast_from(self, address: str) -> bool:
        """Tell whether as many wait as may, some of them for this address: its tokens must not be looked at now."""
        with self._lock:
            return self._waiting.total() >= self._most and self._waiting[address] > 0

    async def turn(self, address: str) -> None:
        """Wait for the turn of an answer to this address."""
        with self._lock:
            self._waiting[address] += 1
        await self._lane
        time.sleep(self._seconds)
        with self._lock:
            self._waiting[address] -= 1
            if not self._waiting[address]:
                del self._waiting[address]

    def close(self) -> None:
        """End the thread."""
        self._lane.close()

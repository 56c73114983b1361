"""Limits how many answers of one process wait at the same time."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Event

from remo_mock.exceptions import CrowdedError

PLACES = 256
"""How many answers may wait at once; each keeps a thread, and its request and reply in memory."""

LAST_ANSWERS = 5
"""Seconds that a worker gets to finish its answers after the signal to stop."""


class Place:
    """One request's permission to wait, taken before anything is charged: a request that gets none is refused.

    `kept` says that it is still needed when the view returns, as for a response that is streamed.
    """

    def __init__(self, free: BoundedSemaphore, places: int) -> None:
        self._free = free
        self._places = places
        self._taken = False
        self.kept = False

    def take(self) -> None:
        """Take the place, unless it is taken already. Raises `CrowdedError` if none is free."""
        if not self._taken:
            if not self._free.acquire(blocking=False):
                raise CrowdedError(self._places)
            self._taken = True

    def leave(self) -> None:
        """Give the place back, if it was taken."""
        if self._taken:
            self._taken = False
            self._free.release()


class WaitingRoom:
    """The places of one process: fewer than its threads, so that some are free for requests that need not wait."""

    def __init__(self, places: int = PLACES) -> None:
        self._places = places
        self._free = BoundedSemaphore(places)
        self._closed = Event()

    def hold_back(self, seconds: float) -> None:
        """Wait so long, or until the room is closed."""
        self._closed.wait(seconds)

    def close(self) -> None:
        """Let everybody go on, and nobody wait any more."""
        self._closed.set()

    @contextmanager
    def place(self) -> Iterator[Place]:
        """Lend a place. It is given back at the end unless it is `kept`: then its holder has to call `leave`."""
        place = Place(self._free, self._places)
        try:
            yield place
        finally:
            if not place.kept:
                place.leave()

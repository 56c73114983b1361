"""Owns how many answers of one process may wait at once; knows not what for."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from remo_mock.exceptions import CrowdedError

PLACES = 256
"""How many answers wait at once; each keeps a thread, and the request and the reply in memory."""


class Place:
    """One request's right to wait: taken before anything is charged, since who finds none is refused."""

    def __init__(self, free: BoundedSemaphore, places: int) -> None:
        self._free = free
        self._places = places
        self._taken = False
        self.kept = False

    def take(self) -> None:
        """Take it, if that was not done. Raises `CrowdedError`."""
        if not self._taken:
            if not self._free.acquire(blocking=False):
                raise CrowdedError(self._places)
            self._taken = True

    def leave(self) -> None:
        """Give it back, if it was taken."""
        if self._taken:
            self._taken = False
            self._free.release()


class WaitingRoom:
    """The places of one process, fewer than its threads: for whoever need not wait, some are always free."""

    def __init__(self, places: int = PLACES) -> None:
        self._places = places
        self._free = BoundedSemaphore(places)

    @contextmanager
    def place(self) -> Iterator[Place]:
        """Lend a place, given back at the end unless it is `kept`: then whoever keeps it has to `leave`."""
        place = Place(self._free, self._places)
        try:
            yield place
        finally:
            if not place.kept:
                place.leave()

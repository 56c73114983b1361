"""Decides whether a lost worker process is replaced."""

from collections.abc import Callable


class Replacing:
    """Whether a lost worker is replaced, which granian asks each time: one that could not start is not, at first.

    All others could not either, and their replacements would try for ten seconds.
    """

    def __init__(self, wanted: bool, has_failed: Callable[[], bool]) -> None:
        self._wanted = wanted
        self._has_failed = has_failed
        self._is_announced = False

    def __bool__(self) -> bool:
        return self._wanted and not self.is_hopeless

    @property
    def is_hopeless(self) -> bool:
        """Whether a worker could not start before the server was there."""
        return not self._is_announced and self._has_failed()

    def announcing(self, announce: Callable[[], None]) -> Callable[[], None]:
        """Return `announce`, after which the server is there."""

        def announced() -> None:
            self._is_announced = True
            announce()

        return announced

"""Logs when the database begins to fail and when it works again, with the number of failures between."""

import logging
import sys
import time
from contextlib import suppress
from threading import Lock

from remo_mock.exceptions import EndUnknownError

_LOGGER = logging.getLogger("remo_mock")


class Outage:
    """The failures of one process's database, which may last for thousands of requests: two lines tell of all.

    A database that cannot be written can still be read, as on a full disk: what failed to write has to write again.
    """

    def __init__(self) -> None:
        self._failures = 0
        self._wants_write = False
        self._began = 0.0
        self._lock = Lock()

    def failed(self, error: Exception, *, writing: bool) -> None:
        """Count a failure; the first one is logged, and each one after which a charge is unknown."""
        with self._lock:
            self._failures += 1
            self._wants_write |= writing
            if self._failures == 1:
                self._began = time.monotonic()
            elif not isinstance(error, EndUnknownError):
                return
        _log(logging.ERROR, "%s Further failures are counted, and their number is logged when it works again.", error)

    def worked(self, *, writing: bool) -> None:
        """Log the end of an outage, if there was one."""
        if not self._failures or (self._wants_write and not writing):
            return
        with self._lock:
            failures, self._failures = self._failures, 0
            self._wants_write = False
        if failures:
            lasted = time.monotonic() - self._began
            _log(logging.WARNING, "The account store works again, after %d failures in %.1f s.", failures, lasted)


def _log(level: int, text: str, *values: object) -> None:
    """Log, whatever handlers and filters of the user's do with it.

    What one of them raises would stand in the place of an answer that is committed, and have a group of them written
    once more.
    """
    try:
        _LOGGER.log(level, text, *values)
    except Exception as error:  # noqa: BLE001 - said where `logging` itself says what its handlers cannot do
        with suppress(Exception):
            sys.stderr.write(f"remo-mock: {text % values} This cannot be logged: {error!r}.\n")

"""Lets a thread that serves everybody do only what needs no waiting: what would wait raises instead."""

import threading
from contextlib import AbstractContextManager
from types import TracebackType


class WouldWaitError(Exception):
    """Something would have to wait in a thread that must not; it changed nothing, and another thread may try."""


_this_thread = threading.local()


class _WithoutWaiting:
    """A class, since each request enters it more than once, and a generator takes three times as long."""

    def __enter__(self) -> None:
        _this_thread.hurries = True

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        _this_thread.hurries = False


_WITHOUT_WAITING = _WithoutWaiting()


def without_waiting() -> AbstractContextManager[None]:
    """Have this thread raise `WouldWaitError` where it would have to wait, as long as the context lasts."""
    return _WITHOUT_WAITING


def may_wait() -> bool:
    """Tell whether this thread may wait."""
    return not getattr(_this_thread, "hurries", False)


class PatientLock:
    """A lock for which a thread waits only if it may. Entering it raises `WouldWaitError`."""

    def __init__(self) -> None:
        self._lock = threading.Lock()

    def __enter__(self) -> None:
        if not self._lock.acquire(blocking=may_wait()):
            raise WouldWaitError

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._lock.release()

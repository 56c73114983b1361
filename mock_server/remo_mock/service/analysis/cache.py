"""A cache of results, bounded by their bytes, that makes each result once even if several threads ask for it."""

from collections.abc import Callable, Hashable
from concurrent.futures import Future
from threading import Lock
from typing import Generic, TypeVar

from cachetools import LRUCache

Value = TypeVar("Value")


class BoundedCache(Generic[Value]):
    """Keeps the most recently used values, up to `capacity` bytes as `size_of` counts them."""

    def __init__(self, *, capacity: int, size_of: Callable[[Value], int]) -> None:
        self._size_of = size_of
        self._lock = Lock()
        self._kept: LRUCache[Hashable, Value] = LRUCache(capacity, getsizeof=size_of)
        self._running: dict[Hashable, Future[Value]] = {}

    @property
    def size(self) -> int:
        """The bytes of the values that are kept."""
        return int(self._kept.currsize)

    def find(self, key: Hashable) -> Value | None:
        """Return the value kept for `key`, or None."""
        with self._lock:
            return self._kept.get(key)

    def make(self, key: Hashable, start: Callable[[], Future[Value]]) -> Future[Value]:
        """Return the future of `key`'s value; `start` is called only if the value is neither kept nor being made."""
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None:  # another thread made it after this one's call of `find`
                finished: Future[Value] = Future()
                finished.set_result(kept)
                return finished
            running = self._running.get(key)
            if running is not None:
                return running
            future = self._running[key] = start()
        future.add_done_callback(lambda done: self._keep(key, done))
        return future

    def _keep(self, key: Hashable, done: Future[Value]) -> None:
        with self._lock:
            self._running.pop(key, None)
            if done.cancelled() or done.exception() is not None:
                return
            value = done.result()
            if self._size_of(value) <= self._kept.maxsize:
                self._kept[key] = value

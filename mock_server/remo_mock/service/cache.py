"""A memory of results bounded by bytes, in which each key is made once even if many ask at the same time."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from threading import Lock
from typing import Generic, TypeVar

Value = TypeVar("Value")


class BoundedCache(Generic[Value]):
    """Keeps the values used last, up to `capacity` bytes as `size_of` counts them."""

    def __init__(self, *, capacity: int, size_of: Callable[[Value], int]) -> None:
        self._capacity = capacity
        self._size_of = size_of
        self._lock = Lock()
        self._kept: OrderedDict[Hashable, Value] = OrderedDict()
        self._in_making: dict[Hashable, Future[Value]] = {}
        self.size = 0

    def find(self, key: Hashable) -> Value | None:
        """Return the value kept for `key`, or None."""
        with self._lock:
            value = self._kept.get(key)
            if value is not None:
                self._kept.move_to_end(key)
            return value

    def make(self, key: Hashable, start: Callable[[], Future[Value]]) -> Future[Value]:
        """Return the future of `key`'s value; `start` is called only if it is neither kept nor being made."""
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None:  # made by another thread after this one had asked `find`
                ready: Future[Value] = Future()
                ready.set_result(kept)
                return ready
            running = self._in_making.get(key)
            if running is not None:
                return running
            future = self._in_making[key] = start()
        future.add_done_callback(lambda done: self._keep(key, done))
        return future

    def _keep(self, key: Hashable, done: Future[Value]) -> None:
        with self._lock:
            self._in_making.pop(key, None)
            if done.cancelled() or done.exception() is not None:
                return
            value = done.result()
            size = self._size_of(value)
            if size > self._capacity:
                return
            self._kept[key] = value
            self.size += size
            while self.size > self._capacity:
                self.size -= self._size_of(self._kept.popitem(last=False)[1])

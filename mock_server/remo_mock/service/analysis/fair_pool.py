"""Runs work on a bounded number of threads, so that one client's work never holds back all of another's."""

from collections import Counter, deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from threading import Lock
from typing import Generic, TypeVar

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class _Job(Generic[Value]):
    """What is to be done, and where its result is expected."""

    work: Callable[[], Value]
    promised: Future[Value]


class FairPool(Generic[Value]):
    """Gives each client its turn: of those that wait, the one served longest ago is next.

    One client has at most `share` of the `threads`; with one thread more than that, somebody else's work begins at
    once, however much of the first client's waits or runs.
    """

    def __init__(self, *, threads: int, share: int) -> None:
        self._threads = threads
        self._share = share
        # Takes no more work than it has threads: who waits, waits here.
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="photo")
        self._lock = Lock()
        self._waiting: dict[str, deque[_Job[Value]]] = {}
        self._running: Counter[str] = Counter()
        self._is_closed = False

    def submit(self, client: str, work: Callable[[], Value]) -> Future[Value]:
        """Have work done for a client, at once or when its turn comes."""
        job = _Job(work, Future[Value]())
        with self._lock:
            if self._is_closed:
                job.promised.cancel()
                return job.promised
            self._waiting.setdefault(client, deque()).append(job)
            self._start()
        return job.promised

    def close(self) -> None:
        """End the threads; what waits is cancelled, and what still comes."""
        with self._lock:
            self._is_closed = True
            jobs = [job for waiting in self._waiting.values() for job in waiting]
            self._waiting.clear()
        for job in jobs:
            job.promised.cancel()
        self._pool.shutdown()

    def _start(self) -> None:
        """Start what waits, as long as there are threads for it; the lock is held."""
        while self._running.total() < self._threads:
            client = next((one for one in self._waiting if self._running[one] < self._share), None)
            if client is None:
                return
            waiting = self._waiting.pop(client)
            job = waiting.popleft()
            if waiting:
                self._waiting[client] = waiting  # behind all others
            self._running[client] += 1
            self._pool.submit(self._run, client, job)

    def _run(self, client: str, job: _Job[Value]) -> None:
        if not job.promised.set_running_or_notify_cancel():
            self._leave(client)
            return
        try:
            value = job.work()
        except BaseException as error:  # noqa: BLE001 - it belongs to who waits for the result, and is raised there
            self._leave(client)
            job.promised.set_exception(error)
        else:
            self._leave(client)
            job.promised.set_result(value)

    def _leave(self, client: str) -> None:
        with self._lock:
            self._running[client] -= 1
            if not self._running[client]:
                del self._running[client]
            self._start()

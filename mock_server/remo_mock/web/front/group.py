"""Settles small requests in groups: one transaction for all that are decided while others are on their way."""

import threading
import time
from collections.abc import Callable, Generator, Sequence
from typing import Any

from remo_mock.store.patience import without_waiting
from remo_mock.store.store import Settled, Settlement

MOST = 16
"""Requests of one group: other processes wait as long as it is written."""

PATIENCE = 0.005
"""Seconds that a group waits for a request whose body does not come; that request is waited for once."""


class Group:
    """The requests of one process that wait for their transaction, which costs as much as three requests without one.

    A request is expected as soon as its head is there, and its body is on the way; who is decided joins the group, and
    whoever comes last settles for all. `settle_all` is the store's.
    """

    def __init__(self, settle_all: Callable[[Sequence[Settlement]], list[Settled | Exception | None]]) -> None:
        self._settle_all = settle_all
        self._expected: set[object] = set()
        self._members: list[_Member] = []
        self._lock = threading.Lock()
        self._incomplete = threading.Event()
        self._is_over = False

    def start(self) -> None:
        """Begin to look for groups that wait in vain."""
        threading.Thread(target=self._look, name="groups", daemon=True).start()

    def stop(self) -> None:
        """End the thread."""
        self._is_over = True
        self._incomplete.set()

    def expect(self, request: object) -> None:
        """Wait for a request with settling others."""
        self._expected.add(request)

    def leave(self, request: object) -> None:
        """Wait for a request no more, whether it joined or not."""
        self._expected.discard(request)
        if self._members and not self._expected:
            self._settle()

    async def settle(self, request: object, wanted: Settlement) -> Settled | None:
        """Do as `Store.settle` does, together with others. Raises what that raises."""
        return await _Member(self, request, wanted)

    def join(self, member: "_Member") -> None:
        """Add a request that waits; settle, if it is the last one or the group is full."""
        with self._lock:
            self._members.append(member)
        self._expected.discard(member.request)
        if not self._expected or len(self._members) >= MOST:
            self._settle()
        elif not self._incomplete.is_set():
            self._incomplete.set()

    def _settle(self) -> None:
        """Settle for all members, in this thread, which must not wait; each of them goes on in it."""
        with self._lock:
            members, self._members = self._members, []
        if not members:
            return
        with without_waiting():
            done = self._settle_all([member.wanted for member in members])
        for member, settled in zip(members, done, strict=True):
            member.go_on(settled)

    def _look(self) -> None:
        """Settle a group that is there twice in a row, and expect nobody any more who kept it waiting."""
        while self._incomplete.wait() and not self._is_over:
            self._incomplete.clear()
            first = self._members[:1]
            time.sleep(PATIENCE)
            if first and self._members[:1] == first:
                self._expected.clear()
                self._settle()


class _Member:
    """A request that waits for its transaction; its coroutine goes on in the thread that settles."""

    __slots__ = ("_callback", "_done", "_group", "request", "wanted")

    def __init__(self, group: Group, request: object, wanted: Settlement) -> None:
        self._group = group
        self._done: Settled | Exception | None = None
        self._callback: Callable[[Any], object] = lambda _member: None
        self.request = request
        self.wanted = wanted

    def __await__(self) -> Generator["_Member", None, Settled | None]:
        yield self
        return self.result()

    def result(self) -> Settled | None:
        """Return what was settled. Raises what came in its place."""
        if isinstance(self._done, Exception):
            raise self._done
        return self._done

    def add_done_callback(self, callback: Callable[[Any], object], /, *, context: Any = None) -> None:  # noqa: ARG002
        """Join the group; `callback` is called once it is settled."""
        self._callback = callback
        self._group.join(self)

    def go_on(self, done: Settled | Exception | None) -> None:
        """Go on with what was settled."""
        self._done = done
        self._callback(self)

"""Runs each request's coroutine in the threads that report what it waits for, in place of one event loop's thread."""

import asyncio
import os
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager, suppress
from contextvars import Context
from typing import Any, Protocol, TypeVarTuple, Unpack

_Arguments = TypeVarTuple("_Arguments")

_JEMALLOC = "_RJEM_MALLOC_CONF"

LOOP = "remo-mock"
"""The name of the loop among those of granian."""


class Awaited(Protocol):
    """What a request's coroutine waits for: one of granian's futures, or a turn in a lane."""

    def result(self) -> object:
        """Return what was waited for, or raise what came in its place."""

    def add_done_callback(self, callback: "Callable[[Awaited], object]", /, *, context: Any) -> object:
        """Call `callback` once it is there."""


class Steps:
    """A coroutine, run step by step: each goes as far as the next thing to wait for.

    It raises nothing: granian hands over coroutines that log what a request raises, and answer it with 500.
    """

    __slots__ = ("_coroutine",)

    def __init__(self, coroutine: Coroutine[Awaited, None, object]) -> None:
        self._coroutine = coroutine

    def go_on(self, awaited: Awaited | None = None) -> None:
        """Run one step, in this thread."""
        try:
            following = self._step(awaited)
        except StopIteration:
            return
        following.add_done_callback(self.go_on, context=self)

    def _step(self, awaited: Awaited | None) -> Awaited:
        try:
            if awaited is not None:
                awaited.result()
        except BaseException as error:  # noqa: BLE001 - as a task of asyncio does, the coroutine gets it
            return self._coroutine.throw(error)
        return self._coroutine.send(None)


class StepLoop(asyncio.SelectorEventLoop):
    """The event loop that granian gets: requests never wait for its thread, which serves start and stop alone.

    granian reports a request, and each piece of its body, by a call with a `context` from a thread of its own. Run
    there at once, the way of a request has one change of threads, to its lane, where asyncio's own loop needs four: a
    third of the CPU time of a small request (benchmarks/README.md).
    `at_stop` is called at a signal to stop, before granian takes no more connections.
    """

    def __init__(self) -> None:
        super().__init__()
        self._thread = threading.get_ident()
        self._done = asyncio.Handle(lambda: None, (), self)
        self.at_stop: Callable[[], object] = lambda: None

    def add_signal_handler(
        self, sig: int, callback: Callable[[Unpack[_Arguments]], object], *args: *_Arguments
    ) -> None:
        """Call `at_stop`, then `callback`: granian handles no signals but those to stop."""

        def stop() -> None:
            self.at_stop()
            callback(*args)

        super().add_signal_handler(sig, stop)

    def call_soon_threadsafe(
        self,
        callback: Callable[[Unpack[_Arguments]], object],
        *args: *_Arguments,
        context: Context | None = None,
    ) -> asyncio.Handle:
        """Run a request's step at once; leave all other calls to the loop's thread."""
        if context is None or threading.get_ident() == self._thread:
            return super().call_soon_threadsafe(callback, *args, context=context)
        callback(*args)
        return self._done

    def call_soon(
        self,
        callback: Callable[[Unpack[_Arguments]], object],
        *args: *_Arguments,
        context: Context | None = None,
    ) -> asyncio.Handle:
        """Run a request's step at once, if another thread calls: granian does where a result is there already."""
        if threading.get_ident() == self._thread:
            return super().call_soon(callback, *args, context=context)
        callback(*args)
        return self._done

    def create_task(self, coro: Any, **options: Any) -> Any:
        """Begin a request, if another thread calls; else make a task of the loop's own."""
        if threading.get_ident() == self._thread:
            return super().create_task(coro, **options)
        steps = Steps(coro)
        steps.go_on()
        return steps


def make_loop() -> StepLoop:
    """Make the loop for this thread, which will run it."""
    loop = StepLoop()
    asyncio.set_event_loop(loop)
    return loop


@contextmanager
def _one_heap() -> Iterator[None]:
    """Have jemalloc, which granian brings along on Linux, take all memory from one heap: it looks when it is loaded.

    Why: see `use_one_heap` in web/worker.py. Others that bring their own are left as they are.
    """
    if _JEMALLOC in os.environ:
        yield
        return
    os.environ[_JEMALLOC] = "narenas:1"
    try:
        yield
    finally:
        del os.environ[_JEMALLOC]


with suppress(ImportError), _one_heap():  # where granian has no wheel, waitress serves, and there is no such loop
    from granian import loops

    loops.register(LOOP)(make_loop)

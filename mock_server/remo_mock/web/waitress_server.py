"""Runs an application on waitress, in one process, on machines for which granian has no wheel (Windows on ARM)."""

import logging
import select
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

from remo_mock.addresses import base_url
from remo_mock.exceptions import ServerMissingError
from remo_mock.web.report import report
from remo_mock.web.served import Served
from remo_mock.web.waiting import LAST_ANSWERS, PLACES

if TYPE_CHECKING:
    from flask import Flask

# As many as granian's front has: those whose answers may be held back, and some for all other requests.
_THREADS = PLACES + 64
_TEST_THREADS = 16
# Seconds between two looks whether to stop.
_POLL = 0.1
_LAST_ROUNDS = 20
_LAST_TEST_ANSWERS = 1.0


def listen_with_waitress(
    load: Callable[[], Served], *, host: str, port: int, workers: int, announce: Callable[[], object]
) -> None:
    """Serve what `load` returns until SIGINT, SIGTERM or SIGHUP; `announce` once it is reached.

    Raises `ServerMissingError` where waitress is missing, too.
    """
    stop = Event()
    served = load()

    def end(*_: object) -> None:
        if served.door is not None:  # what is held back is charged, and is sent at once
            served.door.room.close()
        stop.set()

    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, end)

    # It tells of each answer that a fault cut short.
    logging.getLogger("waitress").setLevel(logging.CRITICAL)

    def ready() -> None:
        announce()
        if workers > 1:
            report("one process instead of several: granian, which runs them, is not here.")

    _serve(served.app(), stop, host=host, port=port, threads=_THREADS, ready=ready)


@contextmanager
def waitress_in_thread(app: "Flask", *, host: str, port: int) -> Iterator[str]:
    """Serve an application while the context lasts; yield the base URL. Raises `ServerMissingError`."""
    stop, ready = Event(), Event()
    _import_waitress()  # raises here, and not in the thread
    options = {"host": host, "port": port, "threads": _TEST_THREADS, "ready": ready.set, "seconds": _LAST_TEST_ANSWERS}
    thread = Thread(target=_serve, args=(app, stop), kwargs=options, name="remo-mock", daemon=True)
    thread.start()
    try:
        while not ready.wait(_POLL):
            if not thread.is_alive():
                raise ServerMissingError
        yield base_url(host, port)
    finally:
        stop.set()
        thread.join()


def _serve(
    app: "Flask",
    stop: Event,
    *,
    host: str,
    port: int,
    threads: int,
    ready: Callable[[], object],
    seconds: float = LAST_ANSWERS,
) -> None:
    create_server, loop, close_all = _import_waitress()
    sockets: dict[int, Any] = {}
    server = create_server(
        app, map=sockets, host=host, port=port, threads=threads, ident=None, clear_untrusted_proxy_headers=True
    )

    def step(timeout: float) -> None:
        loop(timeout=timeout, map=sockets, count=1, use_poll=hasattr(select, "poll"))

    try:
        ready()
        while not stop.is_set():
            step(_POLL)
        server.task_dispatcher.shutdown(timeout=seconds)
        for _ in range(_LAST_ROUNDS):  # what the last answers left in buffers
            step(0)
    finally:
        close_all(sockets)


def _import_waitress() -> tuple[Any, Any, Any]:
    try:
        from waitress import wasyncore
        from waitress.server import create_server
    except ImportError as error:
        raise ServerMissingError from error
    return create_server, wasyncore.loop, wasyncore.close_all

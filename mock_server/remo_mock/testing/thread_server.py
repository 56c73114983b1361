"""Serves the mock over HTTP from a thread of this process, for tests: by the server that `remo-mock serve` has."""

import asyncio
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

from remo_mock.addresses import base_url
from remo_mock.exceptions import AddressError
from remo_mock.web.front.application import Front
from remo_mock.web.front.own_sockets import close_left_over
from remo_mock.web.front.steps import make_loop
from remo_mock.web.served import Served
from remo_mock.web.server import READ_AT_ONCE, free_address

if TYPE_CHECKING:
    from granian.server.embed import Server

# Seconds that answers still have at the end.
_LAST_ANSWERS = 0.05
# Seconds between two checks that a server which has not started yet still may.
_POLL = 0.1


@contextmanager
def serving_in_thread(served: Served, *, host: str = "127.0.0.1", port: int = 0) -> Iterator[str]:
    """Serve a mock while the context lasts; yield the base URL.

    Port 0 takes a free one. Requests that are still being answered at the end are abandoned.
    Raises `PortInUseError`, `AddressError`.
    """
    try:
        from granian.http import HTTP1Settings
        from granian.server.embed import Server
    except ImportError:
        from remo_mock.web.waitress_server import waitress_in_thread

        address, free = free_address(host, port)
        with waitress_in_thread(served.app(), host=address, port=free) as url:
            yield url
        return
    started = Event()
    front = Front(served, at_start=started.set)
    with _reserved(host, port) as (address, free):
        server = Server(
            front,
            address=address,
            port=free,
            http1_settings=HTTP1Settings(max_buffer_size=READ_AT_ONCE),
            websockets=False,
            log_enabled=False,
            log_dictconfig=_untouched_logging(),
        )
        server.workers_kill_timeout = _LAST_ANSWERS  # type: ignore[assignment] # typed as whole seconds
        thread = _ServerThread(server)
        thread.start()
        try:
            while not started.wait(_POLL):
                if not thread.is_alive():
                    raise AddressError(host, free, "the server did not start")
            yield base_url(host, free)
        finally:
            thread.stop()


def _untouched_logging() -> dict[str, Any]:
    """Return a configuration that changes nothing: granian's own would close every handler of the process."""
    return {"incremental": True, "formatters": {}, "handlers": {}, "loggers": {}}


class _ServerThread(Thread):
    """A thread with an event loop, in which the server starts and stops."""

    def __init__(self, server: "Server") -> None:
        super().__init__(name="remo-mock", daemon=True)
        self._server = server
        self._loop: asyncio.AbstractEventLoop | None = None

    def run(self) -> None:
        """Serve until `stop`."""
        self._loop = make_loop()
        try:
            with suppress(TimeoutError):  # an answer that is held back
                self._loop.run_until_complete(self._server.serve())
        finally:
            asyncio.set_event_loop(None)
            self._loop.close()

    def stop(self) -> None:
        """End serving, and wait for it."""
        if self._loop is not None and self.is_alive():
            self._loop.call_soon_threadsafe(self._server.stop)
        self.join()


@contextmanager
def _reserved(host: str, port: int) -> Iterator[tuple[str, int]]:
    """Find the address to listen on, and keep its port from other programs that look for a free one.

    granian would share it with another mock of the same user, whose requests then went here and there.
    """
    address, free = free_address(host, port)
    if sys.platform != "linux":
        yield address, free
        return
    with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as reservation:
        reservation.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        reservation.bind((address, free))
        try:
            yield address, free
        finally:
            # granian tries the address with a socket that it never closes (since 2.8).
            close_left_over(free, besides=reservation.fileno())

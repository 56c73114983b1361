"""The production server: granian's workers over the Flask application; knows nothing of what is served."""

import codecs
import ctypes
import errno
import os
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from mock_server.exceptions import AddressError, PortInUseError
from mock_server.settings import MEGABYTE, Settings
from mock_server.waiting import PLACES

if TYPE_CHECKING:
    from flask import Flask

# Threads of one worker: as many as may wait, and some for all the others. They cost little until they are used.
_THREADS = PLACES + 64
# Connections that one worker serves; further ones have to wait.
_CONNECTIONS = 768
# Seconds until a worker that is still answering is ended, once the server was told to stop.
_LAST_ANSWERS = 1
# Seconds between two looks at whether the parent process is still there.
_LOOK_AFTER_PARENT = 0.5
# Parameters of mallopt(3).
_TRIM_THRESHOLD = -1
_MMAP_THRESHOLD = -3
# Seconds between two looks at whether the workers are up.
_POLL = 0.01


def free_port(host: str, port: int) -> int:
    """Return `port`, or for 0 one that is free. Raises `PortInUseError`, `AddressError`.

    granian shares its port between workers, and would share it with another program of the same user as well:
    asking for it alone, first, tells.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        if (
            sys.platform != "win32"
        ):  # there it would allow to steal a port; elsewhere it only skips the wait after a stop
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise PortInUseError(host, port) from error
            raise AddressError(host, port, error.strerror or str(error)) from error
        return int(probe.getsockname()[1])


def serve(settings: Settings, *, announce: Callable[[Settings], None]) -> None:
    """Serve until SIGINT or SIGTERM; `announce` is called with the settings in force once the port is known.

    Several workers share a SQLite file, a temporary one unless `settings.db` names one.
    Raises `PortInUseError`, `AddressError`, `StoreError`, `ContractError` before anything is served.
    """
    # Whoever connects by a host's name loads this codec. If that is the thread below while a worker is forked, the
    # worker has half of it for ever, and answers every request with an empty 500.
    codecs.lookup("idna")
    settings = replace(settings, port=free_port(settings.host, settings.port))
    with tempfile.TemporaryDirectory(prefix="remo-mock-", ignore_cleanup_errors=True) as directory:
        if settings.db is None and settings.workers > 1:
            settings = replace(settings, db=str(Path(directory) / "accounts.sqlite"))
        if settings.db is not None or settings.contract_dir is not None or settings.replay is not None:
            # Once, alone: workers that start together find the tables made, and errors show here. Closed again, since
            # workers are forked, and must not share what is open.
            _load(settings).extensions["remo_mock"].close()
        listen(
            partial(_load, settings),
            host=settings.host,
            port=settings.port,
            workers=settings.workers,
            announce=partial(announce, settings),
        )


def listen(
    load: "Callable[[], Flask]", *, host: str, port: int, workers: int = 1, announce: Callable[[], None]
) -> None:
    """Serve the application that `load` makes in each worker, until SIGINT or SIGTERM.

    `port` is one that is free; `announce` is called once connections are taken.
    """
    from granian.constants import Interfaces
    from granian.server import Server

    server = Server(
        "mock_server",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=_THREADS,
        backpressure=_CONNECTIONS,
        websockets=False,
        log_enabled=False,
        workers_kill_timeout=_LAST_ANSWERS,
    )
    ready = partial(_announce_when_ready, host, port, announce)
    server.on_startup(Thread(target=ready, name="announcement", daemon=True).start)
    server.serve(target_loader=partial(_load_in_worker, load), wrap_loader=False)


def _announce_when_ready(host: str, port: int, announce: Callable[[], None]) -> None:
    """Announce the server once it takes connections: who reads the line may call at once."""
    here = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared, not bound
    while True:
        time.sleep(_POLL)
        try:
            socket.create_connection((here, port), timeout=1).close()
        except OSError:
            continue
        announce()
        return


def _load_in_worker(load: "Callable[[], Flask]") -> "Flask":
    # A forked worker inherits its parent's handlers, which would swallow a stop that comes while it still loads.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    Thread(target=_end_with, args=(os.getppid(),), name="parent", daemon=True).start()
    _keep_memory()
    return load()


def _end_with(parent: int) -> None:
    """End this worker when its parent is gone, killed without notice: it would serve on, and hold the port."""
    while os.getppid() == parent:
        time.sleep(_LOOK_AFTER_PARENT)
    os._exit(1)


def _keep_memory() -> None:
    """Have glibc keep the megabytes that one request frees for the next: fetched anew, each 4 kB costs a page fault.

    Other C libraries have no `mallopt`, and do without.
    """
    adjust = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    if adjust is not None:
        adjust(_MMAP_THRESHOLD, 32 * MEGABYTE)
        adjust(_TRIM_THRESHOLD, 1024 * MEGABYTE)


def _load(settings: Settings) -> "Flask":
    from mock_server.app import create_app

    return create_app(settings)

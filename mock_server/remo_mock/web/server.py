"""Runs applications on granian, with worker processes, until a signal stops them; where it is missing, on waitress."""

import codecs
import errno
import signal
import socket
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import replace
from functools import partial
from importlib import import_module
from threading import Event, Thread
from typing import TYPE_CHECKING, cast

from remo_mock.addresses import is_every_interface, reachable
from remo_mock.exceptions import AddressError, FolderError, PortInUseError, RemoMockError, StoreError, WorkerLostError
from remo_mock.settings import Settings
from remo_mock.store.schemes import TEMPORARY
from remo_mock.web.front.capacity import connections
from remo_mock.web.front.steps import LOOP
from remo_mock.web.interrupt import Interrupt
from remo_mock.web.own_folder import own_folder
from remo_mock.web.replacing import Replacing
from remo_mock.web.report import report
from remo_mock.web.waiting import LAST_ANSWERS
from remo_mock.web.worker import FAILED, load_and_report, load_in_worker, use_one_heap

if TYPE_CHECKING:
    from remo_mock.web.front.application import Front
    from remo_mock.web.served import Served

READ_AT_ONCE = 96 * 1024
"""Bytes that each HTTP/1 connection reads at once: 64 of them took 60 MB more with granian's own 408 kB."""

# Milliseconds between two questions whether the client of an HTTP/2 connection is still there.
_HTTP2_PING = 20_000
# Seconds between two checks that the workers take connections.
_POLL = 0.002

_NO_ROOM = "Free space on the disk that it is on, or name a folder on another one in TMPDIR."
_LOST_MEMORY = "Its accounts were kept in memory and are gone. Start it again; with --db FILE they are kept."
_LOST_AGAIN = (
    "The one that took its place ended at once. Start it again: with fewer --workers if memory is short, with another "
    "TMPDIR or --db if the disk is full."
)


def free_address(host: str, port: int) -> tuple[str, int]:
    """Return the IP address of `host`, and `port`, or a free one for 0. Raises `PortInUseError`, `AddressError`.

    granian takes no host names. Its workers share their port, and would also share it with another program of the same
    user: binding it exclusively, first, shows whether it is free.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:  # the second for a name that DNS cannot encode
        raise AddressError(host, port, getattr(error, "strerror", None) or str(error)) from error
    family, _kind, _protocol, _name, at = min(found, key=lambda one: one[0] != socket.AF_INET)  # IPv4 where both are
    if any(at[3:]):
        raise AddressError(host, port, "the server does not understand an address with a zone")
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        # On Windows this option would take over a port in use; elsewhere it only skips the wait after a stop.
        if sys.platform != "win32":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(at)
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise PortInUseError(host, port) from error
            reason = error.strerror or str(error)
            if error.errno == errno.EACCES:
                raise AddressError(host, port, reason, f"Try another port (--port {port % 1000 + 8000}).") from error
            raise AddressError(host, port, reason) from error
        return str(at[0]), int(probe.getsockname()[1])


def serve(settings: Settings, *, announce: Callable[[Settings], None]) -> None:
    """Serve the mock until SIGINT, SIGTERM or SIGHUP; `announce` is called with the final settings, port included.

    Several workers share a SQLite file, a temporary one unless `settings.db` names one. A lost worker is replaced if
    its accounts are in a file or on a database server.
    Raises `PortInUseError`, `AddressError`, `FolderError`, `StoreError`, `ContractError` before anything is served, and
    `WorkerLostError` if a worker ended without a signal to stop.
    """
    # Connecting by host name loads this codec. If the announcing thread loaded it while a worker is forked, the worker
    # would keep a half-loaded module, and answer every request with an empty 500.
    codecs.lookup("idna")
    address, port = free_address(settings.host, settings.port)
    settings = replace(settings, host=address if is_every_interface(address) else settings.host, port=port)
    may_fail = settings.db is not None or settings.contract_dir is not None or settings.replay is not None
    kept = _is_kept(settings.db)
    with ExitStack() as stack:
        folder = None
        if kept:
            with suppress(FolderError):  # without one, nobody is told that a worker was replaced
                folder = stack.enter_context(own_folder())
        elif settings.workers > 1:
            folder = stack.enter_context(own_folder())
            settings, kept = replace(settings, db=f"{TEMPORARY}:///{folder / 'accounts.sqlite'}"), True
        if may_fail:
            # Load once in this process, so that errors appear here. Close it again: workers are forked, and must not
            # share open connections. Otherwise this process stays small, and workers load at the same time.
            _load_and_close(settings)
        load = partial(_load, settings)
        if folder is not None:
            load = partial(load_and_report, load, births=folder / "births", workers=settings.workers)
        listen(
            load,
            host=address,
            port=port,
            workers=settings.workers,
            replace_lost=kept,
            has_failed=(folder / FAILED).exists if folder else lambda: False,
            remedy=_LOST_AGAIN if kept else _LOST_MEMORY,
            announce=partial(announce, settings),
        )


def _is_kept(db: str | None) -> bool:
    """Return whether another worker can read what one writes."""
    if db is None:
        return False
    from remo_mock.store.engine import is_in_memory  # slow to import, and not always needed

    return not is_in_memory(db)


def listen(
    load: "Callable[[], Served]",
    *,
    host: str,
    port: int,
    workers: int = 1,
    replace_lost: bool = False,
    has_failed: Callable[[], bool] = lambda: False,
    remedy: str = "Start it again.",
    announce: Callable[[], None],
) -> None:
    """Serve in each worker what `load` returns there, until SIGINT, SIGTERM or SIGHUP.

    `host` is an IP address and `port` a free one; `announce` is called once connections are accepted.
    Raises `WorkerLostError` with `remedy` when a worker is lost; with `replace_lost`, when its replacement is lost too;
    `SystemExit` if a worker has reported why it could not start, as `has_failed` tells.
    """
    try:
        from granian.constants import Interfaces, Loops
        from granian.http import HTTP1Settings, HTTP2Settings
        from granian.server import Server
    except ImportError:
        from remo_mock.web.waitress_server import listen_with_waitress

        listen_with_waitress(load, host=host, port=port, workers=workers, announce=announce)
        return
    use_one_heap()  # before there are threads: workers would inherit the heaps of those that this process starts
    server = Server(
        "remo_mock",
        address=host,
        port=port,
        interface=Interfaces.RSGI,
        workers=workers,
        backpressure=connections(),
        http1_settings=HTTP1Settings(max_buffer_size=READ_AT_ONCE),
        http2_settings=HTTP2Settings(keep_alive_interval=_HTTP2_PING),
        websockets=False,
        loop=cast(Loops, LOOP),
        log_enabled=False,
        workers_kill_timeout=LAST_ANSWERS,
    )
    replacing = Replacing(replace_lost, has_failed)
    server.respawn_failed_workers = cast(bool, replacing)
    server.main_loop_interrupt = cast(Event, Interrupt())
    ready = partial(_announce_when_ready, host, port, replacing.announcing(announce))
    server.on_startup(_at_hangup(server.signal_handler_interrupt))
    server.on_startup(Thread(target=ready, name="announcement", daemon=True).start)
    try:
        server.serve(
            target_loader=cast("Callable[..., Callable[..., object]]", partial(_load_front, load, port, workers)),
            wrap_loader=False,
        )
    except SystemExit as error:
        # Ctrl-C also reaches the workers, and one may end before its parent has handled the signal.
        if not server.interrupt_signal:
            if replacing.is_hopeless:
                raise SystemExit(RemoMockError.exit_code) from None
            raise WorkerLostError(remedy) from error


def _at_hangup(stop: Callable[..., None]) -> Callable[[], object]:
    """Return a startup hook that makes SIGHUP call `stop`, or ignores it as `nohup` asks.

    granian would start new workers at this signal, and silently lose the accounts that the old ones kept in memory.
    """
    if sys.platform == "win32":
        return lambda: None
    ignored = signal.getsignal(signal.SIGHUP) == signal.SIG_IGN
    return partial(signal.signal, signal.SIGHUP, signal.SIG_IGN if ignored else stop)


def _announce_when_ready(host: str, port: int, announce: Callable[[], None]) -> None:
    """Call `announce` once the server accepts connections, so that requests may be sent as soon as it is read."""
    while True:
        time.sleep(_POLL)
        try:
            socket.create_connection((reachable(host), port), timeout=1).close()
        except OSError:
            continue
        announce()
        return


def _load_front(load: "Callable[[], Served]", port: int, workers: int) -> "Front":
    def front() -> "Front":
        served = load()  # which notes first that this worker is there
        from remo_mock.web.front.application import Front
        from remo_mock.web.front.silent import SilenceWatch

        SilenceWatch(port).start()
        later = Thread(target=_load_later, args=(served,), name="imports", daemon=True)
        return Front(served, workers=workers, at_start=later.start)

    return load_in_worker(front)


def _load_later(served: "Served") -> None:
    """Load what the first photos and the first requests to /__admin need, and a start need not wait for."""
    try:
        served.app()
    except Exception as error:  # noqa: BLE001 - whatever keeps it from being made, the vendor's paths answer all the same
        report(f"/ and /__admin cannot be served: {type(error).__name__}: {error}. Install remo-mock again.")
    if served.door is not None:  # a recorder looks at no photo
        for name in ("remo_mock.service.analysis.examiner", "jsonschema"):
            import_module(name)


def _load_and_close(settings: Settings) -> None:
    from remo_mock.assembly import make_mock

    make_mock(settings).close()


def _load(settings: Settings) -> "Served":
    from remo_mock.web.served import load_mock

    try:
        return load_mock(settings)
    except StoreError as error:
        is_own = settings.db is not None and settings.db.startswith(TEMPORARY)
        raise replace(error, remedy=_NO_ROOM) if is_own else error from None

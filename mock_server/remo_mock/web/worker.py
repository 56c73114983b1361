"""Starts a worker process of the server: its signals, the watch on its parent and on its memory, its application."""

import ctypes
import gc
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import TypeVar

from remo_mock.exceptions import RemoMockError
from remo_mock.settings import MEGABYTE
from remo_mock.web.report import report

FAILED = "failed"
"""The file in a server's folder that says that a worker could not load."""

Loaded = TypeVar("Loaded")

# Seconds between two checks that the parent process still exists.
_PARENT_POLL = 0.5
# Seconds of CPU time after which there may be memory to give back, and what is enough once the work is over.
_SOME_WORK = 0.1
_LITTLE_WORK = 0.005
# Parameters of malloc.h, and their values: M_ARENA_MAX, M_TRIM_THRESHOLD, M_MMAP_THRESHOLD.
_HEAP = {-8: 1, -1: 128 * MEGABYTE, -3: 32 * MEGABYTE}


def load_in_worker(load: "Callable[[], Loaded]") -> Loaded:
    """Prepare this worker process and return what it serves, which `load` makes.

    Raises `SystemExit`, once the reason is reported, if that cannot be made.
    """
    # A forked worker inherits its parent's handlers, which would ignore a signal to stop while it still loads.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    use_one_heap()
    # The parent may have been killed by now: then `getppid` names another process.
    parent = multiprocessing.parent_process()
    pid = os.getppid() if parent is None or parent.pid is None else parent.pid
    Thread(target=_watch, args=(pid,), name="parent", daemon=True).start()
    # All that is made now stays: looking through it for garbage takes an eighth of the start, and later of each search.
    gc.disable()
    try:
        loaded = load()
    except RemoMockError as error:
        report(str(error))
        raise SystemExit(error.exit_code) from None
    gc.freeze()
    gc.enable()
    return loaded


def use_one_heap() -> None:
    """Have all threads take their memory from one heap, large pictures too, where the C library is glibc.

    It gives each thread one of its own, up to eight for each processor, and every heap keeps what its largest requests
    took: a third more memory in use, and two thirds more left behind (benchmarks/README.md). Pictures would get memory
    from the system that is new each time: to turn one of twelve megapixels would take a quarter longer. The heap keeps
    up to 128 MB for the next; what it keeps is given back after the work (`_watch`).
    """
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # other C libraries have no such option
            mallopt = ctypes.CDLL(None).mallopt
            for parameter, value in _HEAP.items():
                mallopt(parameter, value)


def load_and_report(load: "Callable[[], Loaded]", *, births: Path, workers: int) -> Loaded:
    """Return what `load` returns, and report on stderr if this worker replaces a lost one.

    The file `births` gets one byte from each worker that starts; the first `workers` replace nobody. If it cannot be
    written, as when its folder was cleaned away after days, nothing is reported.
    Raises `SystemExit` if nothing can be loaded; the first worker to which that happens reports why, and leaves the
    file `FAILED` beside `births`.
    """
    is_replacement = False
    with suppress(OSError), births.open("ab") as file:  # before loading: another worker may be lost meanwhile
        file.write(b".")
        file.flush()
        is_replacement = file.tell() > workers
    try:
        loaded = load()
    except RemoMockError as error:
        if _is_first(births.with_name(FAILED)):
            report(str(error))
        raise SystemExit(error.exit_code) from None
    if is_replacement:
        reason = "a worker process was killed, or had no memory left; another took its place, with the same accounts."
        report(reason)
    return loaded


def _is_first(mark: Path) -> bool:
    """Leave a file, and tell whether no other worker has done so."""
    try:
        mark.touch(exist_ok=False)
    except FileExistsError:
        return False
    except OSError:  # the disk is full, or the folder is gone
        pass
    return True


def _watch(parent: int) -> None:
    """End this worker once its parent was killed: it would go on to serve, and keep the port.

    As long as it lives, give back what its work took: glibc would keep it.
    """
    trim = _trim()
    trimmed = looked = 0.0
    while os.getppid() == parent:
        time.sleep(_PARENT_POLL)
        worked = time.process_time()
        enough = _LITTLE_WORK if worked < looked + _LITTLE_WORK else _SOME_WORK
        if trim is not None and worked >= trimmed + enough:
            trim(0)
            trimmed = worked = time.process_time()
        looked = worked
    os._exit(1)


def _trim() -> "Callable[[int], int] | None":
    """Return glibc's `malloc_trim`, or None where the C library is another."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            trim: Callable[[int], int] = ctypes.CDLL(None).malloc_trim
            return trim
    return None

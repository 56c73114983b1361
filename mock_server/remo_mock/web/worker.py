"""What a worker process of the server does beside serving: it ends with its parent, and keeps memory."""

import ctypes
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import click

from remo_mock.settings import MEGABYTE

if TYPE_CHECKING:
    from flask import Flask

# Seconds between two looks at whether the parent process is still there.
_LOOK_AFTER_PARENT = 0.5
# Parameters of mallopt(3).
_TRIM_THRESHOLD = -1
_MMAP_THRESHOLD = -3


def load_in_worker(load: "Callable[[], Flask]") -> "Flask":
    """Prepare this process, and make its application by `load`."""
    # A forked worker inherits its parent's handlers, which would swallow a stop that comes while it still loads.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    Thread(target=_end_with, args=(os.getppid(),), name="parent", daemon=True).start()
    _keep_memory()
    return load()


def load_and_tell(load: "Callable[[], Flask]", *, births: Path, workers: int) -> "Flask":
    """Make the application by `load`; say so on stderr if it takes the place of one of the first `workers`.

    The file `births` gets a byte for each process: it is all that workers know of each other.
    """
    with births.open("ab") as file:  # before loading, which may take until after somebody was lost
        file.write(b".")
        file.flush()
        late = file.tell() > workers
    app = load()
    if late:
        told = "a worker process was killed, or had no memory left; another took its place, with the same accounts."
        click.echo(f"remo-mock: {told}", err=True)
    return app


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

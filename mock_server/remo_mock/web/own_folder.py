"""Makes a server's temporary folder, and removes those whose servers were killed."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from remo_mock.exceptions import FolderError

_PREFIX = "remo-mock-"
_LOCK = "owner"


@contextmanager
def own_folder() -> Iterator[Path]:
    """Lend a folder that is removed at the end; workers that are forked meanwhile own it too.

    Folders of servers that were killed, and of which no worker is left, are removed first. Raises `FolderError`.
    """
    try:
        remove_abandoned(Path(tempfile.gettempdir()))
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
    except OSError as error:
        raise FolderError(error.strerror or str(error)) from error
    lock = _locked(folder)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if lock is not None:
            os.close(lock)


def remove_abandoned(parent: Path) -> None:
    """Remove the folders below `parent` that servers of this user made, and that no process owns any more."""
    if sys.platform == "win32":
        return
    for folder in parent.glob(f"{_PREFIX}*"):
        with suppress(OSError):  # another user's, in use, or removed meanwhile by another server that starts
            _remove_if_abandoned(folder)


def _remove_if_abandoned(folder: Path) -> None:
    import fcntl  # there is none on Windows

    found = folder.lstat()
    if found.st_uid != os.getuid():
        return
    lock = os.open(folder / _LOCK, os.O_RDWR | os.O_NOFOLLOW)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(folder, ignore_errors=True)
    finally:
        os.close(lock)


def _locked(folder: Path) -> int | None:
    """Lock a folder for this process and those that it forks, and return the handle that holds the lock."""
    if sys.platform == "win32":
        return None
    import fcntl

    # Locked before it has its name: a lock that others find is a lock that is held.
    making = folder / "making"
    lock = os.open(making, os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(lock, fcntl.LOCK_EX)
    making.rename(folder / _LOCK)
    return lock

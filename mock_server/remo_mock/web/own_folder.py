"""Makes a server's temporary folder, and removes those whose servers were killed."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from remo_mock.exceptions import FolderError

_PREFIX = "remo-mock-"
_LOCK = "owner"


@contextmanager
def own_folder() -> Iterator[Path]:
    """Lend a folder that is removed at the end; workers that are forked meanwhile own it too.

    Folders of servers that were killed, and of which no worker is left, are removed first. Raises `FolderError`.
    """
    with ExitStack() as stack:
        try:
            remove_abandoned(Path(tempfile.gettempdir()))
            folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
            stack.callback(shutil.rmtree, folder, ignore_errors=True)
            if sys.platform != "win32":
                _lock(folder, stack)
        except OSError as error:
            raise FolderError(error.strerror or str(error)) from error
        yield folder


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


def _lock(folder: Path, stack: ExitStack) -> None:
    """Lock a folder for this process and those that it forks, as long as the stack lasts. Raises `OSError`."""
    import fcntl

    # Locked before it has its name: a lock that others find is a lock that is held.
    making = folder / "making"
    lock = os.open(making, os.O_RDWR | os.O_CREAT, 0o600)
    stack.callback(os.close, lock)
    fcntl.flock(lock, fcntl.LOCK_EX)
    making.rename(folder / _LOCK)

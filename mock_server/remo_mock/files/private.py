"""Writes files that their owner alone may read: what they hold is other people's."""

import os
from contextlib import suppress
from pathlib import Path

_OWNER = 0o600
_OWNER_FOLDER = 0o700


def write_private(path: Path, data: bytes) -> None:
    """Write a file that its owner alone may read; one that is there keeps its permissions. Raises `OSError`.

    Windows has no such permissions: there the folder's decide.
    """
    with open(path, "wb", opener=_open) as file:
        file.write(data)


def prepare_private(path: Path) -> None:
    """Make an empty file that its owner alone may read, unless it is there; whoever opens it reports what is wrong."""
    with suppress(OSError):
        if not path.exists():  # to close a handle of a file drops the locks that this process has on it (POSIX)
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT, _OWNER))


def make_private_folder(path: Path) -> None:
    """Make a folder that its owner alone may enter, and folders around it; one that is there stays as it is.

    Raises `OSError`.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    path.mkdir(mode=_OWNER_FOLDER, exist_ok=True)


def _open(name: str, flags: int) -> int:
    return os.open(name, flags, _OWNER)

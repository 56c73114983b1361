"""Notices that the file of an SQLite database was deleted, replaced or overwritten while it is in use."""

import os
import sys
from contextlib import suppress
from pathlib import Path
from threading import Lock
from weakref import WeakValueDictionary, finalize

from sqlalchemy import URL

from remo_mock.exceptions import StoreFailedError
from remo_mock.store.failures import shown

_HEADER = b"SQLite format 3\0"
# Bytes of the smallest database.
_SMALLEST = 512
_REMEDY = "Bring the files back, or stop the mock and start it again: what others wrote there is not this mock's."


class _Handle:
    """A handle of a file, closed when nobody refers to this any more."""

    def __init__(self, path: Path) -> None:
        self.number = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        self.identity = _identity(os.fstat(self.number))
        finalize(self, os.close, self.number).atexit = False


# One handle for all mocks of this process that share a file: to close any handle of a file drops the locks that SQLite
# has on it (POSIX), also those of another mock.
_HANDLES: WeakValueDictionary[tuple[int, int], _Handle] = WeakValueDictionary()
_LOCK = Lock()


class DatabaseFile:
    """A file that SQLite keeps open: SQLite itself would go on with a deleted file, or with pages that it remembers."""

    def __init__(self, url: URL) -> None:
        self._path = Path(url.database or "").absolute()
        self._shown = shown(url)
        self._handle: _Handle | None = None
        self._log = f"{self._path}-wal"
        self._identity_of_log: tuple[int, int] | None = None
        self._changed = 0

    def open(self) -> None:
        """Remember which files these are: the database, and its log of writes, which is there while it is open."""
        if sys.platform == "win32" or not self._path.is_file():  # Windows keeps open files from being deleted
            return
        with _LOCK:
            handle = _HANDLES.get(_identity(self._path.stat())) or _Handle(self._path)
            self._handle = _HANDLES[handle.identity] = handle
        with suppress(OSError):  # there is none where the file system has no shared memory
            self._identity_of_log = _identity(os.stat(self._log))  # noqa: PTH116

    def close(self) -> None:
        """Give the handle back, after SQLite closed its own."""
        self._handle = None

    def check(self) -> None:
        """Raise `StoreFailedError` if a file is not there any more, or is no database any more."""
        handle = self._handle
        if handle is None:
            return
        found = self._same(str(self._path), handle.identity)
        if found.st_mtime_ns != self._changed:
            if found.st_size < _SMALLEST or os.pread(handle.number, len(_HEADER), 0) != _HEADER:
                raise StoreFailedError(self._shown, "its file was overwritten and is no database any more", _REMEDY)
            self._changed = found.st_mtime_ns
        if self._identity_of_log is not None:
            self._same(self._log, self._identity_of_log)

    def _same(self, path: str, identity: tuple[int, int]) -> os.stat_result:
        try:
            found = os.stat(path)  # noqa: PTH116 - in every request; pathlib's own takes twice as long
        except OSError as error:
            reason = f"{Path(path).name} is gone ({error.strerror})"
            raise StoreFailedError(self._shown, reason, _REMEDY) from error
        if _identity(found) != identity:
            raise StoreFailedError(self._shown, f"{Path(path).name} was replaced by another file", _REMEDY)
        return found


def _identity(found: os.stat_result) -> tuple[int, int]:
    return found.st_dev, found.st_ino

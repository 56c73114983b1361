"""The ready file of `serve`: says in JSON where the mock answers, for programs that started it."""

import json
import os
import stat
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from remo_mock.exceptions import RemoMockError
from remo_mock.files.given import read_given
from remo_mock.files.private import write_private

_KEYS = {"url", "token", "pid"}
_MOST_BYTES = 1_000_000


@dataclass
class ReadyFileError(RemoMockError):
    """A ready file cannot be written, or cannot be read."""

    path: Path
    problem: str
    remedy: str = "Name another file"

    def __str__(self) -> str:
        return f"--ready-file {self.path}: {self.problem}. {self.remedy}."


@dataclass(frozen=True, slots=True)
class Ready:
    """What a ready file says: base URL, admin token (None where none is wanted) and process of a mock that answers."""

    url: str
    token: str | None
    pid: int


class ReadyFile:
    """The ready file of one server: there while it answers, and no longer.

    Nothing else is overwritten: what is at the path must be such a file, of a server that was killed, or empty.
    """

    def __init__(self, path: Path) -> None:
        """Remove what an earlier server left, so that nobody takes it for this one's. Raises `ReadyFileError`."""
        self._path = path
        self._lock = Lock()
        self._ended = False
        self._written: bytes | None = None
        if not path.parent.is_dir():
            raise ReadyFileError(path, f"there is no directory {path.parent}")
        if not os.access(path.parent, os.W_OK):
            raise ReadyFileError(path, f"the directory {path.parent} may not be written")
        try:
            if not stat.S_ISREG(path.lstat().st_mode):
                raise ReadyFileError(path, "is there already, and no plain file")
            if path.stat().st_size:
                read_ready_file(path)
            path.unlink()
        except FileNotFoundError:
            pass
        except OSError as error:
            raise ReadyFileError(path, error.strerror or str(error)) from error

    def write(self, ready: Ready) -> None:
        """Write the file, which its owner alone may read; a reader never sees half of it. Raises `ReadyFileError`."""
        document = {"url": ready.url, "token": ready.token, "pid": ready.pid}
        data = json.dumps(document).encode() + b"\n"
        unfinished = self._path.with_name(f".{self._path.name}.{ready.pid}.part")
        with self._lock:
            if self._ended:  # the signal to stop came while the server started
                return
            try:
                write_private(unfinished, data)
                unfinished.replace(self._path)
            except OSError as error:
                with suppress(OSError):
                    unfinished.unlink(missing_ok=True)
                raise ReadyFileError(self._path, error.strerror or str(error)) from error
            self._written = data

    def remove(self) -> None:
        """Remove the file at the end, unless another server has written its own in its place."""
        with self._lock, suppress(OSError):
            self._ended = True
            if self._written is not None and read_given(self._path) == self._written:
                self._path.unlink()


def read_ready_file(path: Path) -> Ready:
    """Read a ready file. Raises `FileNotFoundError`, and `ReadyFileError` for a file that is none."""
    try:
        document = json.loads(read_given(path, _MOST_BYTES))
    except FileNotFoundError:
        raise
    except OSError as error:
        raise ReadyFileError(path, error.strerror or str(error)) from error
    except (ValueError, RecursionError) as error:
        raise ReadyFileError(path, "holds something else than what `serve` writes") from error
    if not isinstance(document, dict) or not document.keys() >= _KEYS or not isinstance(document["url"], str):
        raise ReadyFileError(path, "holds something else than what `serve` writes")
    return Ready(document["url"], document["token"], document["pid"])

"""Reads files that a user named, and refuses those that have no end: devices, pipes without a writer, huge files."""

import errno
import os
import select
import stat
import sys
import time
from io import FileIO
from pathlib import Path

MOST_BYTES = 256_000_000
"""The largest file that is read, if a caller sets no other limit: recordings of a browser hold many photos."""

_PIECE = 1_000_000
# Seconds in which somebody has to begin to write to a pipe, and in which a pipe has to end.
_BEGIN, _END = 1.0, 30.0


def read_given(path: Path, most: int = MOST_BYTES) -> bytes:
    """Read a file of at most `most` bytes.

    A pipe is read if somebody writes to it, such as `<(...)` of a shell, and so is a terminal. Raises `OSError`; where
    the file has no end, its `strerror` says what it is and what to give instead.
    """
    with open(path, "rb", buffering=0, opener=_open) as file:
        found = os.fstat(file.fileno())
        if _is_endless(file, found):
            raise _refusal(path, "it is a device", most)
        if stat.S_ISREG(found.st_mode) and found.st_size > most:
            raise _refusal(path, f"it is larger than {_megabytes(most)}", most, errno.EFBIG)
        return _content(file, path, most)


def _open(name: str, flags: int) -> int:
    """Open without waiting for a writer, which a pipe may never get."""
    return os.open(name, flags | getattr(os, "O_NONBLOCK", 0))


def _is_endless(file: FileIO, found: os.stat_result) -> bool:
    """Tell whether it is a device that neither somebody types into nor is empty."""
    if stat.S_ISBLK(found.st_mode):
        return True
    return stat.S_ISCHR(found.st_mode) and not file.isatty() and not os.path.samestat(found, os.stat(os.devnull))  # noqa: PTH116


def _content(file: FileIO, path: Path, most: int) -> bytes:
    content = bytearray()
    end, patience = time.monotonic() + _END, _BEGIN
    while len(content) <= most:
        is_awaited = _wait(file, patience)
        piece = file.read(_PIECE)
        if piece == b"":
            if is_awaited and not content:
                raise _refusal(path, "it is a pipe to which nobody writes", most)
            return bytes(content)
        # None: nothing is there, but it may come.
        content += piece or b""
        patience = end - time.monotonic()
        if patience <= 0:
            raise _refusal(path, f"it has not ended after {_END:g} s", most, errno.ETIMEDOUT)
    raise _refusal(path, f"it is larger than {_megabytes(most)}", most, errno.EFBIG)


def _wait(file: FileIO, seconds: float) -> bool:
    """Wait until something can be read; return whether nothing came, not even the end of what somebody wrote."""
    if sys.platform == "win32":
        return False
    waiting = select.poll()
    waiting.register(file, select.POLLIN)
    return not waiting.poll(seconds * 1000)


def _refusal(path: Path, what: str, most: int, number: int = errno.EINVAL) -> OSError:
    return OSError(number, f"{what}; give a regular file of at most {_megabytes(most)}", str(path))


def _megabytes(number: int) -> str:
    return f"{number / 1_000_000:g} MB"

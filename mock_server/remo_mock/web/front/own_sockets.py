"""Finds the sockets of this process that belong to one port, also those that granian made (Linux)."""

import os
import socket
import stat
from collections.abc import Iterator
from pathlib import Path

_OWN_FILES = Path("/proc/self/fd")


def own_sockets(port: int) -> Iterator[tuple[int, socket.socket]]:
    """Yield the number of each TCP socket whose own port this is, with a copy that is closed afterwards.

    The number may stand for another file at any moment, the copy for this socket alone.
    """
    for name in os.listdir(_OWN_FILES) if _OWN_FILES.is_dir() else ():  # noqa: PTH208 - numbers, not paths
        try:
            if not stat.S_ISSOCK(os.fstat(int(name)).st_mode):
                continue
            copy = socket.socket(fileno=os.dup(int(name)))
        except OSError:  # closed meanwhile
            continue
        with copy:
            if copy.family in (socket.AF_INET, socket.AF_INET6) and copy.getsockname()[1] == port:
                yield int(name), copy


def close_left_over(port: int, *, besides: int) -> None:
    """Close the sockets of a port that neither listen nor are connected, all but number `besides`."""
    for number, copy in own_sockets(port):
        if number != besides and not copy.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN) and not _connected(copy):
            os.close(number)


def _connected(connection: socket.socket) -> bool:
    try:
        connection.getpeername()
    except OSError:
        return False
    return True

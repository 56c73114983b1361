"""Closes connections over which nothing came, as granian has no time limit for the first byte (Linux)."""

import socket
import struct
import sys
import threading

from remo_mock.web.front.own_sockets import own_sockets

PATIENCE = 10.0
"""Seconds after which a connection is closed over which no byte came."""

# struct tcp_info of linux/tcp.h: where the milliseconds since data last came stand, and the number of bytes that came.
_INFO_SIZE, _LAST_DATA_AT, _BYTES_AT = 136, 44, 128


class SilenceWatch:
    """Closes silent connections of one port, every now and then, in a thread.

    Whoever sends a byte and then no complete head is closed by granian itself, after 30 seconds.
    """

    def __init__(self, port: int, *, patience: float = PATIENCE) -> None:
        self._port = port
        self._patience = patience
        self._over = threading.Event()

    def start(self) -> None:
        """Begin, on systems that tell what came over a connection."""
        if sys.platform == "linux":
            threading.Thread(target=self._look, name="silent-connections", daemon=True).start()

    def stop(self) -> None:
        """End the thread."""
        self._over.set()

    def _look(self) -> None:
        while not self._over.wait(self._patience / 2):
            close_silent(self._port, patience=self._patience)


def close_silent(port: int, *, patience: float) -> int:
    """Close this process's connections to `port` over which nothing came for `patience` seconds; return how many."""
    return sum(_closed(connection, patience) for _, connection in own_sockets(port))


def _closed(connection: socket.socket, patience: float) -> bool:
    try:
        info = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _INFO_SIZE)
        listens = connection.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN)
        if listens or len(info) < _INFO_SIZE or not _is_silent(info, patience):
            return False
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:  # closed meanwhile, or not connected
        return False
    return True


def _is_silent(info: bytes, patience: float) -> bool:
    (idle,), (received,) = struct.unpack_from("=I", info, _LAST_DATA_AT), struct.unpack_from("=Q", info, _BYTES_AT)
    return bool(received == 0 and idle > patience * 1000)

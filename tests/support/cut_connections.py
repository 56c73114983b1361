"""A way to a database server that loses the connection in a commit: before the server has it, or before it confirms."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from threading import Thread
from typing import Literal

from tests.support.waiting import TIMEOUT

Cut = Literal["before the server has it", "before it confirms"]
_COMMIT = b"COMMIT\0"


class Way:
    """Forwards connections to a server; `cut` is what happens to the next commit, then it is None."""

    def __init__(self, port: int) -> None:
        self._server_port = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.cut: Cut | None = None
        self.cuts = 0

    def run(self) -> None:
        """Accept connections until the listener is closed."""
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            server = socket.create_connection(("127.0.0.1", self._server_port), timeout=TIMEOUT)
            Thread(target=self._to_server, args=(client, server), daemon=True).start()
            Thread(target=_copy, args=(server, client), daemon=True).start()

    def close(self) -> None:
        """Accept no more."""
        _end(self._listener)

    def _to_server(self, client: socket.socket, server: socket.socket) -> None:
        while data := _receive(client):
            if self.cut is not None and _COMMIT in data:
                cut, self.cut = self.cut, None
                self.cuts += 1
                _end(client)
                if cut == "before it confirms":
                    server.sendall(data)
                    server.shutdown(socket.SHUT_WR)  # the server commits, then sees the end
                    return
                break
            server.sendall(data)
        _end(server)
        _end(client)


@contextmanager
def way_to(port: int) -> Iterator[Way]:
    """Run a way to the server on a port of 127.0.0.1."""
    with ExitStack() as stack:
        way = Way(port)
        stack.callback(way.close)
        Thread(target=way.run, daemon=True).start()
        yield way


def _copy(source: socket.socket, target: socket.socket) -> None:
    while data := _receive(source):
        try:
            target.sendall(data)
        except OSError:
            continue  # what the client does not get is read all the same
    _end(source)
    _end(target)


def _receive(one: socket.socket) -> bytes:
    try:
        return one.recv(65536)
    except OSError:
        return b""


def _end(one: socket.socket) -> None:
    try:
        one.shutdown(socket.SHUT_RDWR)
    except OSError:
        return
    finally:
        one.close()

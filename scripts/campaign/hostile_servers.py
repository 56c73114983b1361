"""Serves endpoints that mean harm to whoever calls them: without end, in drops, with millions of keys, or no HTTP."""

import json
import random
import socket
import sys
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import repeat
from threading import Thread

Send = Callable[[bytes], object]
Reply = Callable[[Send], object]
"""Sends the whole reply to one request, and may never end."""

_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
_MEGABYTE = 1024 * 1024


def _without_length(pieces: Callable[[], Iterator[bytes]], more: bytes = b"") -> Reply:
    def reply(send: Send) -> None:
        send(_HEAD + more + b"Connection: close\r\n\r\n")
        for piece in pieces():
            send(piece)

    return reply


def _whole(body: Callable[[], bytes], more: bytes = b"") -> Reply:
    def reply(send: Send) -> None:
        data = body()
        send(_HEAD + more + f"Content-Length: {len(data)}\r\n\r\n".encode() + data)

    return reply


def _drops() -> Iterator[bytes]:
    while True:
        yield b" "
        time.sleep(0.1)


def _trailers_without_end(send: Send) -> None:
    send(_HEAD + b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n")
    for _ in repeat(None):
        send(b"X-More: and more\r\n")
        time.sleep(0.001)


def _continues_without_end(send: Send) -> None:
    for _ in repeat(None):
        send(b"HTTP/1.1 100 Continue\r\n\r\n")
        time.sleep(0.001)


def _early_hints_without_end(send: Send) -> None:
    for _ in repeat(None):
        send(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n")
        time.sleep(0.001)


def _long_headers(send: Send) -> None:
    send(
        _HEAD + b"".join(b"X-%d: " % at + b"y" * 60_000 + b"\r\n" for at in range(99)) + b"Content-Length: 2\r\n\r\n{}"
    )


def _silent(_send: Send) -> None:
    time.sleep(60)


def _bomb() -> Iterator[bytes]:
    """Yield a gigabyte of zeros, a thousandth of that when it is compressed."""
    squeeze = zlib.compressobj(9, zlib.DEFLATED, 31)
    for _ in range(1024):
        yield squeeze.compress(bytes(_MEGABYTE))
    yield squeeze.flush()


def _keys(number: int) -> bytes:
    return b'{"state": true, ' + b", ".join(b'"k%d": 0' % at for at in range(number)) + b"}"


def _success(**changed: object) -> bytes:
    fields = {"state": True, "status_code": 200, "credit": 1, "credit_change": -1, "uuid": "u"}
    return json.dumps(fields | changed).encode()


HOSTILE: Mapping[str, Reply] = {
    "endless": _without_length(lambda: repeat(b"x" * 65536)),
    "endless string": _without_length(lambda: iter([b'{"message": "', *repeat(b"x" * 65536, 10_000_000)])),
    "drops": _without_length(_drops),
    "silent": _silent,
    "trailers without end": _trailers_without_end,
    "100 Continue without end": _continues_without_end,
    "103 Early Hints without end": _early_hints_without_end,
    "101 Switching Protocols": lambda send: send(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n"),
    "long headers": _long_headers,
    "a gigabyte in a megabyte": _without_length(_bomb, b"Content-Encoding: gzip\r\n"),
    "2,000,000 keys": _whole(lambda: _keys(2_000_000)),
    "200,000 keys": _whole(lambda: _keys(200_000)),
    "one key 300,000 times": _whole(lambda: b"{" + b",".join(repeat(b'"k":0', 300_000)) + b"}"),
    "lists 500,000 deep": _whole(lambda: b"[" * 500_000),
    "coordinates 500,000 deep": _whole(lambda: _success(bar_coords="[" * 500_000)),
    "coordinates 900 deep": _whole(lambda: _success(bar_coords="[" * 900 + "]" * 900)),
    "a name of a megabyte": _whole(lambda: b'{"' + b"k" * 1_000_000 + b'": 1}'),
    "a Location that is no URL": lambda send: send(
        b"HTTP/1.1 307 Moved\r\nLocation: http://[\r\nContent-Length: 0\r\n\r\n"
    ),
    "half of a character": _whole(lambda: b'{"state": false, "message": "\\ud800"}'),
    "lists 400 deep": _whole(lambda: b'{"state": true, "x": ' + b"[" * 400 + b"]" * 400 + b"}"),
    "message of 3 MB": _whole(lambda: json.dumps({"state": False, "message": "%" * 3 * _MEGABYTE}).encode()),
    "no HTTP": lambda send: send(random.Random(1).randbytes(100_000)),
    "nothing": lambda send: send(b""),
}
"""Replies by name."""


@contextmanager
def hostile_server(reply: Reply) -> Iterator[str]:
    """Serve `reply` to each request, each connection in a thread of its own, and yield the base URL."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as listening:

        def accept() -> None:
            with suppress(OSError):
                while True:
                    connection, _ = listening.accept()
                    Thread(target=_converse, args=(connection, reply), daemon=True).start()

        Thread(target=accept, daemon=True).start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        with suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)


def _converse(connection: socket.socket, reply: Reply) -> None:
    with connection, suppress(OSError, ValueError):
        received = connection.makefile("rb")
        while line := received.readline():
            length = 0
            while line.strip():
                if line.lower().startswith(b"content-length:"):
                    length = int(line.partition(b":")[2])
                line = received.readline()
            received.read(length)
            reply(connection.sendall)
            if reply in (HOSTILE["no HTTP"], HOSTILE["nothing"]):
                return


if __name__ == "__main__":
    with hostile_server(HOSTILE[sys.argv[1]]) as own_url:
        print(own_url, flush=True)
        sys.stdin.read()

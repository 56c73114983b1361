"""A connection of urllib3 whose other end is a function of this process instead of a socket."""

import re
from collections.abc import Callable, Iterator
from http.client import responses as reasons
from io import BufferedReader, RawIOBase
from typing import Any
from urllib.parse import urlsplit

from urllib3 import HTTPConnectionPool
from urllib3.connection import HTTPConnection

from remo_mock.exceptions import EndlessWaitError
from remo_mock.service.messages.call_and_reply import HANG_SECONDS, Transmission
from remo_mock.service.outcomes.faults import PIECES

Answer = Callable[[bytes], Transmission]
"""Answers a request with this body; what else belongs to the request its maker knows."""

_END_OF_HEAD = b"\r\n\r\n"
_IN_CHUNKS = re.compile(rb"\r\ntransfer-encoding:[^\r]*chunked", re.IGNORECASE)


class _Socket:
    """Takes a request as the bytes of HTTP/1.1, and reads as the answer to it: all that an HTTP client does with one.

    Where a real one would wait longer than its timeout, it raises `TimeoutError` at once; without a timeout, an answer
    that hangs raises `EndlessWaitError`.
    """

    def __init__(self, answer: Answer, sleep: Callable[[float], object], timeout: Any) -> None:
        self._answer = answer
        self._sleep = sleep
        self._sent: list[bytes] = []
        self.settimeout(timeout)

    def settimeout(self, seconds: Any) -> None:
        self._timeout: float | None = seconds if isinstance(seconds, int | float) else None

    def sendall(self, data: bytes | bytearray | memoryview) -> None:
        self._sent.append(bytes(data))

    def makefile(self, _mode: str) -> BufferedReader:
        return BufferedReader(_Incoming(self._incoming()))

    def close(self) -> None:
        """Close nothing: what was sent goes with this value."""

    def _incoming(self) -> Iterator[bytes]:
        """Have the request answered, and yield the answer in the pieces in which it arrives."""
        sent = self._answer(_body_of(b"".join(self._sent)))
        if self._timeout is None and sent.wait >= HANG_SECONDS:
            raise EndlessWaitError(sent.wait)
        self._wait(sent.wait)
        # Announcing the whole and sending less is what a client meets when the connection ends.
        headers = {"Content-Type": sent.content_type, "Content-Length": str(sent.size), **sent.headers}
        lines = [f"HTTP/1.1 {sent.status} {reasons.get(sent.status, '')}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        yield "\r\n".join(lines).encode("latin-1") + _END_OF_HEAD
        body = sent.body[: sent.cut_at]
        size = max(1, -(-sent.size // PIECES) if sent.pause else len(body))
        for at in range(0, len(body), size):
            yield body[at : at + size]
            self._wait(sent.pause)

    def _wait(self, seconds: float) -> None:
        if self._timeout is not None and seconds >= self._timeout:
            raise TimeoutError("timed out")
        if seconds:
            self._sleep(seconds)


class _Incoming(RawIOBase):
    """Reads what arrives in pieces."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._rest = self._rest or memoryview(next(self._pieces, b""))
        space = memoryview(buffer)
        count = min(len(space), len(self._rest))
        space[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count


class _Connection(HTTPConnection):
    def __init__(self, *arguments: Any, make_socket: Callable[[Any], _Socket], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._make_socket = make_socket

    def _new_conn(self) -> Any:
        return self._make_socket(self.timeout)


class InProcessPool(HTTPConnectionPool):
    """Connections to one host, none of which is used twice."""

    ConnectionCls = _Connection

    @classmethod
    def to(cls, url: str, answer: Answer, sleep: Callable[[float], object]) -> "InProcessPool":
        """Make the pool for the host of `url`; `sleep` is called with the seconds that an answer is delayed."""
        parts = urlsplit(url)
        return cls(parts.hostname or "", parts.port, make_socket=lambda timeout: _Socket(answer, sleep, timeout))

    def _put_conn(self, conn: Any) -> None:
        if conn is not None:
            conn.close()


def _body_of(request: bytes) -> bytes:
    """Return the body of a request in HTTP/1.1."""
    head, _, body = request.partition(_END_OF_HEAD)
    if not _IN_CHUNKS.search(head):
        return body
    whole, at = bytearray(), 0
    while at < len(body):
        end = body.index(b"\r\n", at)
        size = int(body[at:end].partition(b";")[0], 16)
        whole += body[end + 2 : end + 2 + size]
        at = end + 2 + size + 2
    return bytes(whole)

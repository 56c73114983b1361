"""Speaks HTTP to a real server byte by byte, as no client library would let one."""

import re
import socket
import struct
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import parse_headers
from pathlib import Path

import requests

from tests.support.calls import BACK
from tests.support.hostile import Answer, judged
from tests.support.servers import COMMAND, announced_url
from tests.support.waiting import TIMEOUT

_ACCOUNT = "/__admin/accounts/demo@example.com"


@dataclass(frozen=True, slots=True)
class Raw:
    """A response as it came over the connection, whether it keeps the contract or not."""

    status: int
    body: bytes
    hint: str | None = None

    def judged(self) -> Answer:
        """Return the answer, having asserted that it keeps the contract."""
        return judged(BACK, status=self.status, body=self.body, hint=self.hint)


class Line:
    """One connection to a server."""

    def __init__(self, address: tuple[str, int]) -> None:
        self._socket = socket.create_connection(address, TIMEOUT)
        self._file = self._socket.makefile("rb")

    def fileno(self) -> int:
        """Let `select` wait for it."""
        return self._socket.fileno()

    def send(self, data: bytes) -> None:
        self._socket.sendall(data)

    def send_all_that_is_taken(self, data: bytes) -> None:
        """Send until the server closes: it need not read all that a client sends."""
        try:
            self._socket.sendall(data)
        except (BrokenPipeError, ConnectionResetError):
            return

    def end_sending(self) -> None:
        """Tell the server that nothing more comes, and go on listening."""
        self._socket.shutdown(socket.SHUT_WR)

    def interim(self) -> bytes:
        """Return the status line of an interim answer."""
        line = self._file.readline()
        parse_headers(self._file)
        return line.rstrip()

    def answer(self) -> Raw:
        """Read one answer, up to its announced length."""
        _, status, _ = self._file.readline().split(b" ", 2)
        headers = parse_headers(self._file)
        body = self._file.read(int(headers["Content-Length"]))
        return Raw(int(status), body, headers["X-Remo-Mock-Hint"])

    def close(self) -> None:
        self._file.close()
        self._socket.close()

    def break_off(self) -> None:
        """Close with a reset, without ending the connection in order."""
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close()


class Server:
    """A mock in a process of its own."""

    def __init__(self, url: str) -> None:
        self.url = url
        found = re.fullmatch(r"http://([\d.]+):(\d+)", url)
        assert found is not None, url
        self._address = found[1], int(found[2])

    @contextmanager
    def line(self) -> Iterator[Line]:
        """Connect."""
        line = Line(self._address)
        try:
            yield line
        finally:
            line.close()

    @contextmanager
    def lines(self, count: int) -> Iterator[list[Line]]:
        """Connect several times."""
        lines = [Line(self._address) for _ in range(count)]
        try:
            yield lines
        finally:
            for line in lines:
                line.close()

    def exchange(self, request: bytes) -> Raw:
        """Send one request and read one answer."""
        with self.line() as line:
            line.send_all_that_is_taken(request)
            return line.answer()

    @property
    def balance(self) -> int:
        """Ask for the demo account's balance."""
        return int(requests.get(self.url + _ACCOUNT, timeout=TIMEOUT).json()["credit"])

    def fund(self, credit: int) -> None:
        """Set the demo account's balance."""
        requests.patch(self.url + _ACCOUNT, json={"credit": credit}, timeout=TIMEOUT).raise_for_status()


@contextmanager
def server_without_tracebacks(log: Path, *options: str) -> Iterator[Server]:
    """Serve until the end, and assert that the server wrote of no failure."""
    with (
        log.open("wb") as stderr,
        subprocess.Popen([*COMMAND, *options], stdout=subprocess.PIPE, stderr=stderr, text=True) as process,
    ):
        try:
            yield Server(announced_url(process))
            assert process.poll() is None
        finally:
            process.terminate()
            process.communicate(timeout=TIMEOUT)
    assert "Traceback" not in log.read_text(encoding="utf-8")
    assert "panicked" not in log.read_text(encoding="utf-8")


def head(*headers: str, method: str = "POST", path: str = BACK, version: str = "1.1") -> bytes:
    """Return the head of a request, with the empty line."""
    lines = [f"{method} {path} HTTP/{version}", "Host: mock", "Content-Type: application/json", *headers]
    return "\r\n".join([*lines, "", ""]).encode("latin-1")


def measured(body: bytes, *headers: str, announced: int | str | None = None, version: str = "1.1") -> bytes:
    """Return a request whose Content-Length is the body's, unless another is `announced`."""
    length = len(body) if announced is None else announced
    return head(f"Content-Length: {length}", *headers, version=version) + body


def in_chunks(body: bytes, size: int, *, extension: bytes = b"", trailer: bytes = b"") -> bytes:
    """Return the body in chunks of `size` bytes."""
    parts = [body[at : at + size] for at in range(0, len(body), size)]
    chunks = b"".join(b"%X%b\r\n%b\r\n" % (len(part), extension, part) for part in parts)
    return chunks + b"0\r\n" + trailer + b"\r\n"


def chunked(body: bytes, size: int = 1000) -> bytes:
    """Return a request whose body comes in chunks."""
    return head("Transfer-Encoding: chunked") + in_chunks(body, size)

"""Reads the body of an HTTP response whole: its length, and the encodings that HTTP libraries undo by themselves."""

import time
import zlib
from dataclasses import dataclass, field
from threading import Lock

import requests

_MEGABYTE = 1024 * 1024
# What a reply may have beside its images, and how much longer than the request's photos these may be: what draws on
# photos writes them again, often in a better quality.
_BESIDE_IMAGES, _OF_PHOTOS = 4 * _MEGABYTE, 8
# The same for all replies of a run together.
_BESIDE_ALL_IMAGES, _OF_ALL_PHOTOS = 32 * _MEGABYTE, 4
_PIECE = 256 * 1024
# Window sizes of zlib for gzip; and for deflate with its header or, as some servers send it, without.
_GZIP = (16 + zlib.MAX_WBITS,)
_DEFLATE = (zlib.MAX_WBITS, -zlib.MAX_WBITS)
_WINDOWS = {"gzip": _GZIP, "x-gzip": _GZIP, "deflate": _DEFLATE}


class TooLongError(Exception):
    """A reply is longer than any that belongs to its request; the text says so."""


@dataclass(slots=True)
class Received:
    """Counts the bytes of a run in both directions: what a server sends without end must not fill the memory."""

    sent: int = 0
    received: int = 0
    _lock: Lock = field(default_factory=Lock, repr=False)

    def add(self, *, sent: int = 0, received: int = 0) -> None:
        """Count bytes of one request, or of the reply to it."""
        with self._lock:
            self.sent += sent
            self.received += received

    @property
    def too_many(self) -> str:
        """That the replies together are longer than any that belong to what was sent, in words; or nothing."""
        most = _BESIDE_ALL_IMAGES + _OF_ALL_PHOTOS * self.sent
        return f"its replies are longer than {most // _MEGABYTE} MB together" if self.received > most else ""


def longest_reply(request: int) -> int:
    """Return how many bytes the reply to a request of so many bytes may have."""
    return _BESIDE_IMAGES + _OF_PHOTOS * request


def read_raw(response: requests.Response, *, timeout: float, longest: int) -> bytes:
    """Read the bytes to their end.

    Raises `ReadTimeout` after `timeout` seconds, even if bytes trickle in, and `TooLongError` for more than `longest`.
    """
    pieces, size, until = list[bytes](), 0, time.perf_counter() + timeout
    while piece := response.raw.read1(_PIECE, decode_content=False):
        pieces.append(piece)
        size += len(piece)
        if size > longest:
            raise TooLongError(f"the reply is longer than {longest // _MEGABYTE} MB, and was not read to its end")
        if time.perf_counter() > until:
            raise requests.exceptions.ReadTimeout
    return b"".join(pieces)


def length_error(content_length: str, received: int) -> str:
    """Return what is wrong with a Content-Length, if anything; RFC 9110, 8.6, allows a list of equal values."""
    values = {value.strip() for value in content_length.split(",") if value.strip()}
    if not values:
        return ""
    if len(values) > 1 or not all(value.isascii() and value.isdigit() for value in values):
        return "the reply's Content-Length is no length"
    missing = int(values.pop()) - received
    return f"the reply ends {missing} bytes too early" if missing > 0 else ""


def decompress(body: bytes, content_encoding: str, *, longest: int) -> bytes | None:
    """Return the body without its encoding; None if it is not encoded so. Raises `TooLongError` as `read_raw` does."""
    for window in _WINDOWS.get(content_encoding.strip().lower(), ()):
        decompressor = zlib.decompressobj(window)
        try:
            plain = decompressor.decompress(body, longest)
        except zlib.error:
            continue
        if decompressor.unconsumed_tail:
            raise TooLongError(f"the reply is longer than {longest // _MEGABYTE} MB when it is decompressed")
        if decompressor.eof and not decompressor.unused_data:
            return plain
    return None

"""Reads the body of an HTTP response whole: its length, and the encodings that HTTP libraries undo by themselves."""

import time
import zlib

import requests

# Longer bodies are no reply of these endpoints: three images of 50 megapixels stay below.
_LARGEST = 256 * 1024 * 1024
_PIECE = 256 * 1024
# Window sizes of zlib for gzip; and for deflate with its header or, as some servers send it, without.
_GZIP = (16 + zlib.MAX_WBITS,)
_DEFLATE = (zlib.MAX_WBITS, -zlib.MAX_WBITS)
_WINDOWS = {"gzip": _GZIP, "x-gzip": _GZIP, "deflate": _DEFLATE}


def read_raw(response: requests.Response, *, timeout: float) -> bytes:
    """Read the bytes to their end. Raises `ReadTimeout` after `timeout` seconds, even if bytes trickle in."""
    pieces, size, until = list[bytes](), 0, time.perf_counter() + timeout
    while size < _LARGEST and (piece := response.raw.read1(_PIECE, decode_content=False)):
        pieces.append(piece)
        size += len(piece)
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


def decompress(body: bytes, content_encoding: str, *, largest: int = _LARGEST) -> bytes | None:
    """Return the body without its encoding; None if it is not encoded so, or would have more than `largest` bytes."""
    for window in _WINDOWS.get(content_encoding.strip().lower(), ()):
        decompressor = zlib.decompressobj(window)
        try:
            plain = decompressor.decompress(body, largest)
        except zlib.error:
            continue
        if decompressor.eof and not decompressor.unused_data:
            return plain
    return None

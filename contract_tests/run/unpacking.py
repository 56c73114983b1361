"""Unpacks compressed bodies, those that HTTP's libraries unpack by themselves; knows no check."""

import zlib

# zlib's way to say gzip; and "deflate", with its header or, as some servers send it, without.
_GZIP = (16 + zlib.MAX_WBITS,)
_DEFLATE = (zlib.MAX_WBITS, -zlib.MAX_WBITS)
_WINDOWS = {"gzip": _GZIP, "x-gzip": _GZIP, "deflate": _DEFLATE}


def unpack(body: bytes, coding: str, *, largest: int) -> bytes | None:
    """Return the body that `coding` packed, or None if it is nothing of the kind, or longer than `largest` bytes."""
    for window in _WINDOWS.get(coding.strip().lower(), ()):
        unpacker = zlib.decompressobj(window)
        try:
            plain = unpacker.decompress(body, largest)
        except zlib.error:
            continue
        if unpacker.eof and not unpacker.unused_data:
            return plain
    return None

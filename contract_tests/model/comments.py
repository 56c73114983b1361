"""Puts a comment into a JPEG: another file of the same picture; knows no endpoint."""

_COMMENT = b"\xff\xfe"
_JFIF = b"\xff\xe0"


def with_comment(jpeg: bytes, text: str) -> bytes:
    """Return the JPEG with a comment segment behind its JFIF header (or behind the first marker, without one)."""
    data = text.encode("ascii")
    segment = _COMMENT + (len(data) + 2).to_bytes(2, "big") + data
    start = 2
    if jpeg[2:4] == _JFIF:
        start += 2 + int.from_bytes(jpeg[4:6], "big")
    return jpeg[:start] + segment + jpeg[start:]

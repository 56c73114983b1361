"""Reads JSON objects without their long texts, which stay where they are: photos are nearly all of a request."""

import secrets
from collections.abc import Sequence, Set

import numpy as np
import orjson

from remo_mock.contract import Json
from remo_mock.photos.long_text import LongText

# Stands for a long text while the rest is read. Nobody can have sent it: each process makes its own, and tells nobody.
_INSTEAD = secrets.token_hex(16)


def read_without(body: bytes, long: Sequence[tuple[int, int]], fields: Set[str]) -> dict[str, Json] | None:
    """Read an object whose long strings, from begin to end, are the values of some of the `fields`, as `LongText`.

    Returns None for all other texts, among them those that are no JSON: whoever reads them whole has the reason.
    """
    texts: dict[str, LongText] = {}
    short: list[bytes] = []
    at, whole = 0, memoryview(body)
    for begin, end in long:
        if not _is_plain(body, begin, end):
            return None
        name = f"{_INSTEAD}{begin}"
        texts[name] = LongText(whole[begin:end])
        short += body[at:begin], name.encode()
        at = end
    try:
        value = orjson.loads(b"".join((*short, body[at:])))
    except orjson.JSONDecodeError:
        return None
    if not isinstance(value, dict):
        return None
    found = {name: texts[text] for name, text in value.items() if isinstance(text, str) and text in texts}
    return value | found if len(found) == len(texts) and found.keys() <= fields else None


def _is_plain(body: bytes, begin: int, end: int) -> bool:
    """Tell whether a string of JSON stands for its own bytes: ASCII without escapes and control characters."""
    octets = np.frombuffer(body, np.uint8, end - begin, begin)
    return bool(octets.min() >= ord(" ") and octets.max() < 0x80) and body.find(b"\\", begin, end) < 0

"""Reads JSON objects without their long texts, which stay where they are: photos are nearly all of a request."""

import secrets
from collections.abc import Sequence, Set
from threading import Lock

import orjson
from blake3 import blake3
from cachetools import LRUCache

from remo_mock.contract import Json
from remo_mock.photos.long_text import LongText, unescaped

# Texts whose digests are remembered.
_KNOWN = 10_000
# Stands for a long text while the rest is read. Nobody can have sent it: each process makes its own, and tells nobody.
_INSTEAD = secrets.token_hex(16)


class LongTexts:
    """Leaves the long texts of some `fields` where they are, and remembers which bytes are strings of JSON."""

    def __init__(self, fields: Set[str]) -> None:
        self._fields = fields
        self._lengths: LRUCache[bytes, int] = LRUCache(_KNOWN)
        self._lock = Lock()

    def read_without(self, body: bytes, long: Sequence[tuple[int, int]]) -> dict[str, Json] | None:
        """Read an object whose long strings, from begin to end, are the values of fields, as `LongText`.

        Returns None for all other texts, among them those that are no JSON: whoever reads them whole has the reason.
        """
        texts: dict[str, LongText] = {}
        short: list[bytes] = []
        at = 0
        try:
            for begin, end in long:
                name = f"{_INSTEAD}{begin}"
                texts[name] = self._text(memoryview(body)[begin:end])
                short += body[at:begin], name.encode()
                at = end
            value = orjson.loads(b"".join((*short, body[at:])))
        except orjson.JSONDecodeError:
            return None
        if not isinstance(value, dict):
            return None
        found = {name: texts[text] for name, text in value.items() if isinstance(text, str) and text in texts}
        return value | found if len(found) == len(texts) and found.keys() <= self._fields else None

    def _text(self, spelled: memoryview) -> LongText:
        """Make a text of the bytes between two quotes. Raises `JSONDecodeError` if JSON has no such string."""
        digest = blake3(spelled).digest()
        with self._lock:
            length = self._lengths.get(digest)
        if length is None:
            length = len(unescaped(spelled))
            with self._lock:
                self._lengths[digest] = length
        return LongText(spelled, digest, length)

"""Holds a long text of a request where it stands in the body, so that photos seen before are never copied."""

from typing import TypeAlias

import orjson
from blake3 import blake3


class LongText:
    """A text as a string of JSON spells it; `spelled` are its bytes there, `digest` is theirs."""

    __slots__ = ("_length", "digest", "spelled")

    def __init__(self, spelled: memoryview, digest: bytes, length: int) -> None:
        self.spelled = spelled
        self.digest = digest
        self._length = length

    def __len__(self) -> int:
        return self._length

    def __str__(self) -> str:
        return unescaped(self.spelled)


Text: TypeAlias = str | LongText


def unescaped(spelled: memoryview) -> str:
    """Return the text that bytes between two quotes spell. Raises `JSONDecodeError` if JSON has no such string."""
    text: str = orjson.loads(b"".join((b'"', spelled, b'"')))
    return text


def digest_of(text: Text) -> bytes:
    """Return the BLAKE3 digest of a text as it was sent."""
    return text.digest if isinstance(text, LongText) else blake3(text.encode()).digest()

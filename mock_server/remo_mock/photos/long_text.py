"""Holds a long text of a request where it stands in the body, so that photos seen before are never copied."""

from typing import TypeAlias


class LongText:
    """A text of ASCII characters; `octets` are its bytes."""

    __slots__ = ("octets",)

    def __init__(self, octets: memoryview) -> None:
        self.octets = octets

    def __len__(self) -> int:
        return len(self.octets)

    def __str__(self) -> str:
        return str(self.octets, "ascii")


Text: TypeAlias = str | LongText


def octets_of(text: Text) -> bytes | memoryview:
    """Return the bytes of a text in UTF-8."""
    return text.octets if isinstance(text, LongText) else text.encode()

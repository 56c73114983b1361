"""Looks at a JSON text before it is read: counts quotes, finds long strings, sees whether it holds too many values."""

from collections.abc import Sequence
from dataclasses import dataclass

MOST_QUOTES = 10_000
"""Quotes that a body may have: each key and each string has two."""

MOST_MARKS = 50_000
"""Bytes that a body may have outside its strings, white space not counted: each value but strings has one or more."""

LONG = 64 * 1024
"""Bytes from which on a string is long."""

_BACKSLASH = ord("\\")


@dataclass(frozen=True, slots=True)
class Marks:
    """The number of a text's quotes, whether it holds too many values, and where its long strings begin and end."""

    quotes: int
    too_many: bool
    long: Sequence[tuple[int, int]] = ()


def look(body: bytes) -> Marks:
    """Count quotes and bytes outside of strings, in one pass over the text that stops where they are too many.

    Of what is no JSON the figures mean nothing, but they are found as fast.
    """
    quotes = marks = 0
    last, inside = -1, False  # the place of the last quote, and whether it began a string
    long: list[tuple[int, int]] = []  # a string with an escaped quote is never among them
    opened = -1
    while (at := body.find(b'"', last + 1)) >= 0:
        quotes += 1
        if not inside:
            marks += _marks(body, last + 1, at)
            inside, opened = True, at
        elif not _is_escaped(body, last + 1, at):
            inside = False
            if at - last > LONG and last == opened:
                long.append((last + 1, at))
        if quotes > MOST_QUOTES or marks > MOST_MARKS:
            return Marks(quotes, too_many=True)
        last = at
    marks += 0 if inside else _marks(body, last + 1, len(body))
    return Marks(quotes, too_many=marks > MOST_MARKS, long=long)


def _marks(body: bytes, begin: int, end: int) -> int:
    """Count the bytes of a part that are no white space; the count of a short one is its length."""
    if end - begin <= MOST_MARKS // 100:
        return end - begin
    return len(body[begin:end].translate(None, b" \t\r\n"))


def _is_escaped(body: bytes, begin: int, quote: int) -> bool:
    """Tell whether a quote belongs to its string, by the backslashes before it, back to `begin`."""
    if body[quote - 1] != _BACKSLASH:
        return False
    part = body[begin:quote]
    return (len(part) - len(part.rstrip(b"\\"))) % 2 == 1

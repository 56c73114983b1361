"""Finds where a text holds a secret that was encoded: as base64, base32, or the numbers of its bytes."""

import re
from base64 import b32encode, b64encode
from collections.abc import Iterator, Sequence
from functools import lru_cache

from .cut_secrets import Beginnings, beginnings_of, lower_letters

# Fewer letters of base64 are part of any picture, and fewer digits part of any number.
_LEAST = 8
_LEAST_DIGITS = 16

# What stands between the letters of an encoded secret is left out, and so are the signs of base64: line breaks, spaces,
# colons, 0x, backslashes and whatever else.
_NO_LETTERS = re.compile(r"[\W_]+")
_NO_HEX = re.compile(r"[^0-9a-f]+")
_NO_DIGITS = re.compile(r"[^0-9]+")


def without_traces(secret: str, text: str, mark: str) -> str:
    """Return a text with a mark in place of each place where it holds an encoded secret."""
    for left_out, needles in _needles(secret):
        lower = lower_letters(text)
        bare = left_out.sub("", lower)
        if needles and len(bare) >= len(needles[-1]) and any(needle in bare for needle in needles):
            text = _marked(text, lower, left_out, needles, mark)
    return text


def encoded_beginnings(secret: str) -> tuple[Beginnings, ...]:
    """Return the beginnings of a secret that was encoded."""
    least = (_LEAST, _LEAST_DIGITS, _LEAST_DIGITS)
    return tuple(
        (left_out, beginnings_of(needles, least=length))
        for (left_out, needles), length in zip(_needles(secret), least, strict=False)
    )


def _marked(text: str, lower: str, left_out: re.Pattern[str], needles: Sequence[str], mark: str) -> str:
    places = [at for at, letter in enumerate(lower) if not left_out.fullmatch(letter)]
    bare = "".join(lower[at] for at in places)
    kept, done = [], 0
    for start, end in sorted(_found(bare, needles)):
        begin = places[start]
        if begin >= done:
            kept += [text[done:begin], mark]
        done = max(done, places[end - 1] + 1)
    return "".join([*kept, text[done:]])


def _found(bare: str, needles: Sequence[str]) -> Iterator[tuple[int, int]]:
    for needle in needles:
        at = bare.find(needle)
        while at >= 0:
            yield at, at + len(needle)
            at = bare.find(needle, at + len(needle))


@lru_cache(maxsize=64)
def _needles(secret: str) -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    """Return what is left out of a text, and what is looked for in the rest; nothing for a short secret."""
    if len(secret) < _LEAST:
        return ()
    data = [
        text.encode(encoding, "surrogatepass")
        for text in (secret, secret[::-1])
        for encoding in ("utf-8", "utf-16-le", "utf-16-be")
    ]
    letters = [_NO_LETTERS.sub("", text).lower() for one in data for text in _in_letters(one)]
    return (
        (_NO_LETTERS, _long(letters, _LEAST)),
        (_NO_HEX, _long([text for one in data for text in _in_hex(one)], _LEAST_DIGITS)),
        (_NO_DIGITS, _long([text for one in data[::3] for text in _in_numbers(one)], _LEAST_DIGITS)),
    )


def _long(needles: Sequence[str], least: int) -> tuple[str, ...]:
    return tuple(sorted({one for one in needles if len(one) >= least}, key=len, reverse=True))


def _in_letters(data: bytes) -> Iterator[str]:
    """Yield bytes in base32 and base64, at each place where they may begin in a longer text; base64 also twice."""
    for before in range(5):
        yield _middle(b32encode(bytes(before) + data), before * 8, 5, len(data))
    for once in _in_base64(data):
        yield once
        yield once[::-1]
        yield from _in_base64(once.encode())


def _in_base64(data: bytes) -> Iterator[str]:
    for before in range(3):
        yield _middle(b64encode(bytes(before) + data), before * 8, 6, len(data))


def _middle(encoded: bytes, before: int, bits: int, length: int) -> str:
    """Return the letters that hold nothing but bits of the data, which begin `before` bits into what was encoded."""
    return encoded[-(-before // bits) : (before + 8 * length) // bits].decode()


def _in_hex(data: bytes) -> Iterator[str]:
    """Yield bytes in hex: plain, backwards, as 0x6b, and as %256b, which is %6b in a URL once more."""
    yield data.hex()
    yield data.hex()[::-1]
    yield "".join(f"0{byte:02x}" for byte in data)
    yield "".join(f"25{byte:02x}" for byte in data)


def _in_numbers(data: bytes) -> Iterator[str]:
    for how in ("d", "03d", "o", "03o", "08b"):
        yield "".join(format(byte, how) for byte in data)

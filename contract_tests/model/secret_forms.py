"""Lists the ways in which a server may write a secret that it was sent, as patterns."""

import re
from base64 import b32encode, b64encode, urlsafe_b64encode
from collections.abc import Iterator
from functools import lru_cache
from json import dumps
from urllib.parse import quote, quote_plus

# A shorter secret is a common word when it is reversed or its letters are set apart; and as few letters of base64 are
# part of any picture.
_LEAST = 8
# What may stand between the letters of a secret that are set apart.
_APART = r"[\s.,:;|/_\-\u200b\u00ad]{0,3}"
_NO_LETTERS = re.compile(r"[\W_]+|0x")
_ESCAPES = ("\\", "%", "&")
# What a report puts behind a text that it cuts off.
_CUT_OFF = "..."
# As many letters of a secret, cut off by a report, tell something of it.
_LEAST_BEGINNING = 6


def written_forms(text: str) -> set[str]:
    """Return the ways in which JSON and URLs write a text."""
    data = text.encode("utf-8", "surrogatepass")
    json_forms = {dumps(text)[1:-1], dumps(text, ensure_ascii=False)[1:-1]}
    return {text, *json_forms, quote(data), quote(data, safe=""), quote_plus(data)}


def without(secret: str, text: str, mark: str) -> str:
    """Return a text with a mark in place of each way in which it holds a secret; `mark` has no backslash."""
    return secret_pattern(secret).sub(mark, text) if _may_hold(text, secret) else text


def _may_hold(text: str, secret: str) -> bool:
    """Tell whether a text is worth the pattern, which takes long to make: few texts hold a secret."""
    if _CUT_OFF in text or any(mark in text for mark in _ESCAPES):
        return True
    letters = _letters(text)
    return any(needle in letters for needle in _needles(secret))


@lru_cache(maxsize=64)
def _needles(secret: str) -> tuple[str, ...]:
    data = secret.encode("utf-8", "surrogatepass")
    return tuple(map(_letters, (secret, secret[::-1], data.hex(), *_encoded(secret))))


def _letters(text: str) -> str:
    return _NO_LETTERS.sub("", text.casefold())


@lru_cache(maxsize=64)
def secret_pattern(secret: str) -> re.Pattern[str]:
    """Return the pattern that finds a secret as text of JSON, URLs, HTML or Python, encoded, reversed or set apart.

    A secret of a few letters is found as a whole word only: else every such letter of a report would go.
    """
    forms = sorted(_spellings(secret), key=len, reverse=True)
    patterns = [re.escape(form) for form in forms]
    if len(secret) < _LEAST // 2:
        return re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)", re.IGNORECASE)
    if len(secret) >= _LEAST:
        patterns += [*_set_apart(secret), *map(re.escape, _encoded(secret)), _hex(secret)]
    # A report cuts long texts off, and may cut a secret in two.
    beginnings = [re.escape(secret[:end]) for end in range(len(secret) - 1, _LEAST_BEGINNING - 1, -1)]
    if beginnings:
        patterns.append(rf"(?:{'|'.join(beginnings)})(?=\.\.\.)")
    return re.compile("|".join(patterns), re.IGNORECASE)


def _spellings(secret: str) -> set[str]:
    """Return the ways in which JSON, URLs and Python's repr write a secret, and how reprs write those, twice."""
    forms = written_forms(secret)
    shown = (repr, ascii, dumps, lambda text: repr(text.encode("utf-8", "surrogatepass"))[1:])
    for _ in range(2):
        forms |= {show(text)[1:-1] for text in forms for show in shown}
    return forms


def _set_apart(secret: str) -> Iterator[str]:
    """Yield patterns of the secret forwards and backwards, its letters set apart or written as escapes."""
    for letters in (secret, secret[::-1]):
        yield _APART.join(_letter(letter) for letter in letters)


def _letter(letter: str) -> str:
    number = ord(letter)
    hexadecimal = f"{number:x}"
    ways = [re.escape(letter), rf"&\#0*{number};?", rf"&\#x0*{hexadecimal};?", rf"\\+u0*{hexadecimal}"]
    if number < 256:
        ways += [rf"%{number:02x}", rf"\\+x{number:02x}"]
    if letter in _NAMED:
        ways.append(_NAMED[letter])
    return f"(?:{'|'.join(ways)})"


_NAMED = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;", "@": "&commat;", ".": "&period;"}


def _hex(secret: str) -> str:
    return _APART.join(rf"(?:0x|\\x)?{byte:02x}" for byte in secret.encode("utf-8", "surrogatepass"))


def _encoded(secret: str) -> Iterator[str]:
    """Yield the secret in base32, and in base64 at each of the three places where it may begin in a longer text."""
    for text in (secret, secret[::-1]):
        data = text.encode("utf-8", "surrogatepass")
        yield b32encode(data).decode().rstrip("=")
        for encode in (b64encode, urlsafe_b64encode):
            for before in range(3):
                whole = encode(bytes(before) + data).decode().rstrip("=")
                # The letters at either end hold bits of what stands beside the secret.
                first = (0, 2, 3)[before]
                last = len(whole) - (1 if (before + len(data)) % 3 else 0)
                yield whole[first:last]

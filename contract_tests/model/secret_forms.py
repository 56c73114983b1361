"""Lists the ways in which a server may write a secret that it was sent, as patterns."""

import re
from collections.abc import Iterator
from functools import lru_cache
from html import escape
from itertools import pairwise
from json import dumps
from urllib.parse import quote, quote_plus

from .cut_secrets import CUT_OFF, Beginnings, beginnings_of, lower_letters, without_beginnings
from .secret_traces import encoded_beginnings, without_traces

# A shorter secret is a common word when it is reversed or its letters are set apart.
_LEAST = 8
# What may stand between the letters of a secret that are set apart: signs and HTML's tags.
_TAG, _MOST_SIGNS = r"<[^<>]{1,20}>", 16
_SIGN = rf"(?:{_TAG}|[\W_])"
_NO_LETTERS = re.compile(r"[\W_]+|0x")
_ESCAPES = ("\\", "%", "&")
# As many letters of a secret, cut off by a report, tell something of it.
_LEAST_BEGINNING = 6
_NOTHING, _SIGNS = re.compile("(?!)"), re.compile(r"[\W_]+")


def written_forms(text: str) -> set[str]:
    """Return the ways in which JSON and URLs write a text."""
    data = text.encode("utf-8", "surrogatepass")
    json_forms = {dumps(text)[1:-1], dumps(text, ensure_ascii=False)[1:-1]}
    return {text, *json_forms, quote(data), quote(data, safe=""), quote_plus(data)}


def _written_twice(text: str) -> set[str]:
    """Return the ways in which HTML and URLs write a text that they have written already."""
    in_url = quote(text.encode("utf-8", "surrogatepass"), safe="")
    return {escape(escape(text)), quote(in_url), escape(in_url)}


def without(secret: str, text: str, mark: str) -> str:
    """Return a text with a mark in place of each way in which it holds a secret; `mark` has no backslash."""
    spelled = secret_pattern(secret).sub(mark, text) if _may_hold(text, secret) else text
    whole = without_traces(secret, spelled, mark)
    return without_beginnings(whole, _beginnings(secret), mark) if CUT_OFF in whole else whole


def _may_hold(text: str, secret: str) -> bool:
    """Tell whether a text is worth the pattern, which takes long to make: few texts hold a secret."""
    if any(mark in text for mark in _ESCAPES):
        return True
    written = [text, re.sub(_TAG, "", text)] if "<" in text else [text]
    return any(needle in letters for letters in map(_letters, written) for needle in _needles(secret))


@lru_cache(maxsize=64)
def _needles(secret: str) -> tuple[str, ...]:
    return _letters(secret), _letters(secret[::-1])


def _letters(text: str) -> str:
    return _NO_LETTERS.sub("", text.casefold())


@lru_cache(maxsize=64)
def secret_pattern(secret: str) -> re.Pattern[str]:
    """Return the pattern that finds a secret as text of JSON, URLs, HTML or Python, reversed or set apart.

    A secret of a few letters is found as a whole word only: else every such letter of a report would go.
    """
    forms = sorted(_spellings(secret), key=len, reverse=True)
    patterns = [re.escape(form) for form in forms]
    if len(secret) < _LEAST // 2:
        return re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)", re.IGNORECASE)
    if len(secret) >= _LEAST:
        patterns += _set_apart(secret)
    return re.compile("|".join(patterns), re.IGNORECASE)


@lru_cache(maxsize=64)
def _beginnings(secret: str) -> tuple[Beginnings, ...]:
    """Return the beginnings of a secret that a report may show which cuts it in two."""
    both = (secret, secret[::-1])
    spellings = {form for one in both for form in (*_spellings(one), escape(one))}
    return (
        (_NOTHING, beginnings_of(map(lower_letters, spellings), least=_LEAST_BEGINNING)),
        (_SIGNS, beginnings_of((_SIGNS.sub("", one).lower() for one in both), least=_LEAST_BEGINNING)),
        *encoded_beginnings(secret),
    )


def _spellings(secret: str) -> set[str]:
    """Return the ways in which JSON, URLs and Python's repr write a secret, and how reprs write those, twice."""
    forms = written_forms(secret) | _written_twice(secret)
    shown = (repr, ascii, dumps, lambda text: repr(text.encode("utf-8", "surrogatepass"))[1:])
    for _ in range(2):
        forms |= {show(text)[1:-1] for text in forms for show in shown}
    return forms


def _set_apart(secret: str) -> Iterator[str]:
    """Yield patterns of the secret forwards and backwards, its letters set apart or written as escapes."""
    for letters in (secret, secret[::-1]):
        ways = [_letter(letter) for letter in letters]
        # Nothing is tried twice (`(?>`): a server that knows the secret could make a text that takes hours. The `+` of
        # a repetition would say the same, but finds nothing before Python 3.11.5.
        yield ways[0] + "".join(rf"(?>(?:(?!{way}){_SIGN}){{0,{_MOST_SIGNS}}}){way}" for _, way in pairwise(ways))


def _letter(letter: str) -> str:
    number = ord(letter)
    hexadecimal = f"{number:x}"
    ways = [rf"&\#0*{number};?", rf"&\#x0*{hexadecimal};?", rf"\\+u0*{hexadecimal}"]
    if number < 256:
        ways += [rf"%{number:02x}", rf"\\+x{number:02x}"]
    if letter in _NAMED:
        ways.append(_NAMED[letter])
    # The letter itself last: it may be what an escape begins with.
    return f"(?>{'|'.join([*ways, re.escape(letter)])})"


_NAMED = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;", "@": "&commat;", ".": "&period;"}

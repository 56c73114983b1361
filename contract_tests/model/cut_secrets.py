"""Finds the beginning of a secret, however it is encoded, where a report has cut a text off."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

Beginnings: TypeAlias = tuple[re.Pattern[str], frozenset[str]]
"""What is left out of a text, and the beginnings of a secret that the rest may end with."""

CUT_OFF = "..."
"""What a report puts behind a text that it cuts off."""

# A report cuts few of its texts; a server may write as many dots as it likes.
_MOST_CUTS = 50
# Characters before a cut in which a beginning is looked for.
_MOST_BEFORE = 1000


def beginnings_of(forms: Iterable[str], *, least: int) -> frozenset[str]:
    """Return every beginning of forms in lower case that tells something: of `least` letters or more."""
    return frozenset(form[:end] for form in forms for end in range(least, len(form)))


def without_beginnings(text: str, wanted: Sequence[Beginnings], mark: str) -> str:
    """Return a text with a mark in place of each beginning that was cut off."""
    if CUT_OFF not in text:
        return text
    for left_out, beginnings in wanted:
        text = _marked(text, left_out, beginnings, mark)
    return text


def lower_letters(text: str) -> str:
    """Return a text in lower case, letter for letter, so that places stay what they are."""
    return text.lower() if text.isascii() else "".join(map(_lower, text))


def _lower(letter: str) -> str:
    # What is longer in lower case is of no encoding.
    lower = letter.lower()
    return lower if len(lower) == 1 else letter


def _marked(text: str, left_out: re.Pattern[str], beginnings: frozenset[str], mark: str) -> str:
    # From the last one on, so that the places before it stay what they are.
    for cut in _cuts(text):
        start = max(0, cut - _MOST_BEFORE)
        lower = lower_letters(text[start:cut])
        bare = left_out.sub("", lower)
        length = max((end for end in range(1, len(bare) + 1) if bare[-end:] in beginnings), default=0)
        if length:
            places = [at for at, letter in enumerate(lower, start) if not left_out.fullmatch(letter)]
            text = f"{text[: places[-length]]}{mark}{text[cut:]}"
    return text


def _cuts(text: str) -> Iterator[int]:
    at = len(text)
    for _ in range(_MOST_CUTS):
        at = text.rfind(CUT_OFF, 0, at)
        if at < 0:
            return
        yield at

"""Takes a condition apart into numbers, signs, words of limits and the rest."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_UNITS = r"(?:°|º|˚|degrees?|deg\b|도(?=$|[\s,)<>=~이초미])|cm\b|mm\b|px\b|%|점)"
_NUMBER = r"[-+±]?\s*(?:\d+(?:\.\d+)?|\.\d+|inf\b)"
_TOKENS = re.compile(
    rf"""(?P<number>{_NUMBER})\s*{_UNITS}?
    |(?P<sign><\s*=|>\s*=|=\s*<|=\s*>|<|>|==?)
    |(?P<range>~|\bto\b|\.\.\.?|부터|에서)
    |(?P<bar>\|)
    |(?P<joint>&&?|,|;|\band\b|그리고|이고|이며|및|∧)
    |(?P<either>\bor\b(?!\s+(?:more|less|greater|equal|above|below|higher|lower|over|under))|또는|혹은|이거나)
    |(?P<at_least>이상|\bor\s+(?:more|greater|above|higher|over)\b|\bat\s+least\b|\bnot\s+less\s+than\b|\bfrom\b|\bminimum\b)
    |(?P<at_most>이하|까지|\bor\s+(?:less|below|lower|under)\b|\bat\s+most\b|\bup\s+to\b|\bnot\s+more\s+than\b|\bmaximum\b)
    |(?P<above>초과|넘|\b(?:(?:more|greater|larger|higher)\s+than(?P<above_equal>\s+or\s+equal(?:\s+to)?)?|over|above|exceeds?|exceeding)\b)
    |(?P<below>미만|\b(?:(?:less|lower|smaller|fewer)\s+than(?P<below_equal>\s+or\s+equal(?:\s+to)?)?|under|below)\b)
    |(?P<between>\bbetween\b|사이)
    |(?P<name>[^\W\d]\w*)
    |(?P<space>\s+)
    |(?P<other>.)""",
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Token:
    """One part of a condition: its kind, its text, its number if it is one."""

    kind: str
    text: str
    number: float = 0.0


def tokens_of(text: str) -> Iterator[Token]:
    """Yield the parts of a condition; behind a number a minus is the sign of a range."""
    at, last = 0, ""
    while at < len(text):
        if last == "number" and text[at] == "-":
            yield Token("range", "-")
            at, last = at + 1, "range"
            continue
        found = _TOKENS.match(text, at)
        if found is None:  # pragma: no cover - the last alternative takes any letter
            return
        kind = str(found.lastgroup)
        kind = {"above_equal": "above", "below_equal": "below"}.get(kind, kind)
        at = found.end()
        if kind == "space":
            continue
        last = kind
        word = found[0].strip()
        if kind == "number":
            digits = re.sub(r"\s", "", found["number"])
            yield Token(kind, digits, _number(digits.lstrip("±")))
        elif kind in {"above", "below"} and found[f"{kind}_equal"]:
            yield Token({"above": "at_least", "below": "at_most"}[kind], word)
        elif kind == "sign":
            yield Token(kind, {"=<": "<=", "=>": ">=", "==": "="}.get(*[re.sub(r"\s", "", word)] * 2))
        else:
            yield Token(kind, word)


def _number(digits: str) -> float:
    """Return a number, a whole one as an integer: it is printed so."""
    value = float(digits)
    return int(value) if value.is_integer() else value

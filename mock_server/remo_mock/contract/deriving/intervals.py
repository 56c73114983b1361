"""Reads one condition into an interval: `-5<value<=-1.5`, `5>value>=3`, `5 이상 10 미만`, `less than 3`, `1.5 ~ 5`."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass


class IntervalError(ValueError):
    """A condition is no interval; the text says why."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Two limits, and whether each belongs to it: None is without limit, or a side that is not printed."""

    low: float | None = None
    has_low: bool | None = None
    high: float | None = None
    has_high: bool | None = None


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
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "="}
_ENGLISH_BEFORE = {"at_least": "at_least", "at_most": "at_most", "above": "above", "below": "below"}
_FILLERS = {
    "value",
    "val",
    "v",
    "x",
    "degree",
    "degrees",
    "deg",
    "the",
    "is",
    "than",
    "값",
    "값이",
    "각도",
    "각도가",
    "angle",
    "인",
    "경우",
    "일",
    "때",
    "도",
}


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    number: float = 0.0


def read_interval(text: str) -> Interval:
    """Read a condition. Raises `IntervalError` if it is not one interval of numbers."""
    tokens = list(_tokens(text))
    if not any(token.kind == "number" for token in tokens):
        raise IntervalError(f"no number in {text.strip()[:60]!r}")
    if any(token.kind == "either" for token in tokens):
        raise IntervalError(f"{text.strip()[:60]!r} is more than one interval")
    absolute = sum(token.kind == "bar" for token in tokens) >= 2
    tokens = [token for token in tokens if token.kind != "bar"]
    limits: list[tuple[str, float]] = []
    if any(token.kind == "sign" for token in tokens):
        for part in _split(tokens):
            limits += _chain(part, text)
    else:
        limits += _words(tokens, text)
    if absolute or any(token.text.startswith("±") for token in tokens if token.kind == "number"):
        limits = _both_sides(limits, text)
    return _interval(limits, text)


def _tokens(text: str) -> Iterator[_Token]:
    """Yield the parts of a condition; behind a number a minus is the sign of a range."""
    at, last = 0, ""
    while at < len(text):
        if last == "number" and text[at] == "-":
            yield _Token("range", "-")
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
            yield _Token(kind, digits, _number(digits.lstrip("±")))
        elif kind in {"above", "below"} and found[f"{kind}_equal"]:
            yield _Token({"above": "at_least", "below": "at_most"}[kind], word)
        elif kind == "sign":
            yield _Token(kind, {"=<": "<=", "=>": ">=", "==": "="}.get(*[re.sub(r"\s", "", word)] * 2))
        else:
            yield _Token(kind, word)


def _number(digits: str) -> float:
    """Return a number, a whole one as an integer: it is printed so."""
    value = float(digits)
    return int(value) if value.is_integer() else value


def _split(tokens: Sequence[_Token]) -> Iterator[list[_Token]]:
    part: list[_Token] = []
    for token in tokens:
        if token.kind == "joint":
            yield part
            part = []
        else:
            part.append(token)
    yield part


def _chain(tokens: Sequence[_Token], text: str) -> Iterator[tuple[str, float]]:
    """Yield the limits of a chain such as `-5 < value <= -1.5`, whichever way it is written."""
    items = [token for token in tokens if token.kind in {"number", "sign", "name"}]
    if not any(item.kind in {"number", "sign"} for item in items):
        return
    if [token for token in tokens if token.kind in {"range", "at_least", "at_most", "above", "below"}]:
        raise IntervalError(f"{text.strip()[:60]!r} mixes signs and words")
    merged: list[_Token] = []
    for item in items:
        if item.kind == "name" and merged and merged[-1].kind == "name":
            continue
        merged.append(item)
    if not merged:
        return
    signs = [at for at, item in enumerate(merged) if item.kind == "sign"]
    if not signs:
        raise IntervalError(f"{text.strip()[:60]!r} has a part without a sign")
    for at in signs:
        left = merged[at - 1] if at and merged[at - 1].kind != "sign" else None
        right = merged[at + 1] if at + 1 < len(merged) and merged[at + 1].kind != "sign" else None
        sign = merged[at].text
        if left is not None and left.kind == "number" and (right is None or right.kind == "name"):
            yield _TURNED[sign], left.number
        elif right is not None and right.kind == "number" and (left is None or left.kind == "name"):
            yield sign, right.number
        else:
            raise IntervalError(f"{text.strip()[:60]!r} is no chain of numbers and one value")


def _words(tokens: Sequence[_Token], text: str) -> Iterator[tuple[str, float]]:
    """Yield the limits of a condition in words or with a range; `?` marks a side that is not printed."""
    kinds = [token.kind for token in tokens]
    korean = any(token.text in {"이상", "이하", "초과", "미만", "넘", "까지"} for token in tokens)
    signs = {"at_least": ">=", "at_most": "<=", "above": ">", "below": "<"}
    numbers = [at for at, kind in enumerate(kinds) if kind == "number"]
    named: dict[int, str] = {}
    for at, token in enumerate(tokens):
        if token.kind not in signs:
            continue
        behind = korean or token.text.lower().startswith("or ")
        near = (
            [one for one in numbers if one < at and one not in named]
            if behind
            else [one for one in numbers if one > at]
        )
        if near:
            named[near[-1] if behind else near[0]] = signs[token.kind]
    ranged = "range" in kinds or "between" in kinds
    for order, at in enumerate(numbers):
        if at in named:
            yield named[at], tokens[at].number
        elif ranged and len(numbers) == 2:
            yield (">?" if order == 0 else "<?"), tokens[at].number
        elif ranged and len(numbers) == 1:
            yield (">?" if kinds.index("range") > at else "<?"), tokens[at].number
        else:
            raise IntervalError(f"{text.strip()[:60]!r} does not say on which side of {tokens[at].number:g}")


def _both_sides(limits: Sequence[tuple[str, float]], text: str) -> list[tuple[str, float]]:
    """Return the limits of a magnitude, such as `|value| < 1.5`, as those of the value."""
    if [sign for sign, _number in limits if sign in {"<", "<=", "<?"}] and len(limits) == 1:
        (sign, number), *_ = limits
        return [(_TURNED.get(sign, ">?"), -number), (sign, number)]
    raise IntervalError(f"{text.strip()[:60]!r} is a magnitude on both sides of 0")


def _interval(limits: Sequence[tuple[str, float]], text: str) -> Interval:
    lows = [(number, sign) for sign, number in limits if sign[0] == ">"]
    highs = [(number, sign) for sign, number in limits if sign[0] == "<"]
    if any(sign == "=" for sign, _number in limits) or len(lows) > 1 or len(highs) > 1:
        raise IntervalError(f"{text.strip()[:60]!r} is not one interval")
    sides = {">": False, ">=": True, ">?": None, "<": False, "<=": True, "<?": None}
    low, high = (side[0] if side else (None, "") for side in (lows, highs))
    if low[0] is not None and abs(low[0]) == float("inf"):
        low = (None, "")
    if high[0] is not None and abs(high[0]) == float("inf"):
        high = (None, "")
    if low[0] is not None and high[0] is not None and low[0] > high[0]:
        raise IntervalError(f"the limits in {text.strip()[:60]!r} exclude each other")
    return Interval(low[0], sides.get(low[1]), high[0], sides.get(high[1]))

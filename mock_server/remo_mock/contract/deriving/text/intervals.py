"""Reads one condition into an interval: `-5<value<=-1.5`, `5>value>=3`, `5 이상 10 미만`, `less than 3`, `1.5 ~ 5`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from remo_mock.contract.deriving.text.tokens import Token, tokens_of


class IntervalError(ValueError):
    """A condition is no interval; the text says why."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Two limits, and whether each belongs to it: None is without limit, or a side that is not printed."""

    low: float | None = None
    has_low: bool | None = None
    high: float | None = None
    has_high: bool | None = None


_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "="}


def read_interval(text: str) -> Interval:
    """Read a condition. Raises `IntervalError` if it is not one interval of numbers."""
    tokens = list(tokens_of(text))
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


def _split(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    part: list[Token] = []
    for token in tokens:
        if token.kind == "joint":
            yield part
            part = []
        else:
            part.append(token)
    yield part


def _chain(tokens: Sequence[Token], text: str) -> Iterator[tuple[str, float]]:
    """Yield the limits of a chain such as `-5 < value <= -1.5`, whichever way it is written."""
    items = [token for token in tokens if token.kind in {"number", "sign", "name"}]
    if not any(item.kind in {"number", "sign"} for item in items):
        return
    if [token for token in tokens if token.kind in {"range", "at_least", "at_most", "above", "below"}]:
        raise IntervalError(f"{text.strip()[:60]!r} mixes signs and words")
    merged: list[Token] = []
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


def _words(tokens: Sequence[Token], text: str) -> Iterator[tuple[str, float]]:
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

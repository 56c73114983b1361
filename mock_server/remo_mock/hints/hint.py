"""Defines a hint: the key of a text and what is filled in; written down as JSON and read again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import reduce
from typing import Any, TypeAlias, Union

import orjson

Value: TypeAlias = Union[str, int, float, "Hint", tuple["Value", ...]]
"""What fills a place of a text: a word, a number, another hint, or several of them, which are listed."""


@dataclass(frozen=True, slots=True)
class Hint:
    """One remark on an answer: the `key` of its text in `texts.json`, and the `values` of the places in that text.

    No value is a key, a photo or another part of a body.
    """

    key: str
    values: Mapping[str, Value] = field(default_factory=dict)


Hints: TypeAlias = tuple[Hint, ...]
"""All remarks on an answer, in the order in which they are read; none is the rule."""


def chained(key: str, parts: Iterable[Value]) -> Value:
    """Join parts by a text with the places `first` and `next`, such as "{first} or {next}"; there is at least one."""
    return reduce(lambda first, following: Hint(key, {"first": first, "next": following}), parts)


def to_json(hints: Hints) -> str | None:
    """Write hints as JSON, or return None for none."""
    return orjson.dumps(hints).decode() if hints else None


def from_json(text: str) -> Hints:
    """Read hints that `to_json` wrote. Raises `ValueError`, `KeyError` or `TypeError` for another text."""
    return tuple(Hint(one["key"], {name: _value(item) for name, item in one["values"].items()}) for one in _list(text))


def _list(text: str) -> list[Any]:
    parsed = orjson.loads(text)
    if not isinstance(parsed, list):
        raise ValueError("no list of hints")
    return parsed


def _value(item: Any) -> Value:
    if isinstance(item, dict):
        return Hint(item["key"], {name: _value(part) for name, part in item["values"].items()})
    return tuple(map(_value, item)) if isinstance(item, list) else item

"""Reads and writes recorded JSON: key order and numbers stay as they were sent."""

import json
from typing import NoReturn

import orjson

from remo_mock.contract import Json

# orjson writes whole numbers of up to 64 bits; longer ones, and -0, keep their spelling as `Number`.
_DIGITS = 18


class Number(float):
    """A number that remembers how it was written, such as 1.50."""

    text: str

    @classmethod
    def read(cls, text: str) -> "Number":
        """Make a number of its spelling."""
        number = cls(text)
        number.text = text
        return number

    @property
    def decimals(self) -> int:
        """How many digits stand after the point, as written."""
        return len(self.text.lower().partition("e")[0].partition(".")[2])


def parse(text: str) -> Json:
    """Parse strict JSON. Raises `ValueError` for anything else, and for a key that comes twice in one object."""
    return json.loads(
        text, parse_float=Number.read, parse_int=_whole, parse_constant=_refuse, object_pairs_hook=_unique
    )


def pretty(value: Json) -> bytes:
    """Write JSON for a file: indented by two spaces, keys in their order, a line feed at the end."""
    return orjson.dumps(value, default=as_written, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def can_be_written(value: Json) -> bool:
    """Tell whether a parsed value can be written again: half a character cannot, nor hundreds of nested lists."""
    try:
        pretty(value)
    except TypeError:  # `orjson.JSONEncodeError` is one
        return False
    return True


def as_written(value: object) -> orjson.Fragment:
    """Return a `Number` as it was spelled: the `default` of `orjson.dumps`."""
    if isinstance(value, Number):
        return orjson.Fragment(value.text.encode())
    raise TypeError(f"{type(value).__name__} is no JSON")


def verbatim(value: Json) -> Json:
    """Replace every `Number` by a fragment, which `orjson.dumps` writes as the number was spelled."""
    if isinstance(value, dict):
        return {name: verbatim(item) for name, item in value.items()}
    if isinstance(value, list):
        return [verbatim(item) for item in value]
    return as_written(value) if isinstance(value, Number) else value


def _whole(text: str) -> int | Number:
    return Number.read(text) if len(text) > _DIGITS or text == "-0" else int(text)


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


def _unique(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key comes twice in one object")
    return found

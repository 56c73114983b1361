"""Parses the bytes of a reply as JSON, strictly, and lists what is wrong with them."""

import json
import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from remo_mock.contract import Json

_BOM = b"\xef\xbb\xbf"
_EXCERPT = 60
# Half of a surrogate pair, written as an escape; whether the other half follows, the parsed text shows.
_HALF = re.compile(r"\\u[dD][89a-fA-F]")
# More values than any reply of these endpoints has, a hundred times over: what reads them need not be quick.
_MOST_VALUES = 10_000


@dataclass(frozen=True, slots=True)
class Defect:
    """Something wrong with the bytes: the last part of the check's id, and what was found."""

    kind: str
    got: str


@dataclass(frozen=True, slots=True)
class Body:
    """The parsed JSON (None where there is none), as far as it can be read, with every defect found on the way.

    `wrapped` names the field that holds the fields of the reply, if they are not at the top.
    """

    value: Json
    defects: tuple[Defect, ...] = ()
    wrapped: str | None = None
    readable: bool = True
    fields: dict[str, Json] = field(default_factory=dict, repr=False)


class WrittenFloat(float):
    """A number that was written with a point or an exponent."""


def read_body(data: bytes) -> Body:
    """Parse `data`; a defect that can be read past is, so that it hides no other."""
    defects: list[Defect] = []
    if not data.strip():
        return Body(None, (Defect("EMPTY", "no bytes" if not data else "nothing but white space"),), readable=False)
    if data.startswith(_BOM):
        defects.append(Defect("BOM", "EF BB BF before the JSON"))
        data = data[len(_BOM) :]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        defects.append(Defect("UTF8", f"byte {data[error.start]:#04x} at offset {error.start}"))
        text = _other_encoding(data)
    if has_too_many_values(text):
        defects.append(Defect("JSON", f"more than {_MOST_VALUES} values; no reply of this API has a hundred"))
        return Body(None, tuple(defects), readable=False)
    try:
        value = _parse(text.strip(" \t\r\n"), defects)
    except (ValueError, RecursionError) as error:
        defects.append(Defect("JSON", f"{_reason(error)}; the body begins {_excerpt(text)}"))
        return Body(None, tuple(defects), readable=False)
    if _HALF.search(text):
        defects += _halves(value)
    top, wrapped = _fields(value)
    return Body(value, tuple(dict.fromkeys(defects)), wrapped, fields=top)


def _halves(value: Json) -> Iterator[Defect]:
    """Yield that an escape is half of a character, which no strict reader takes."""
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        yield Defect("UTF8", f"the escape \\u{ord(error.object[error.start]):04x}, half of a character")


def has_too_many_values(text: str) -> bool:
    """Tell whether a text of JSON has far more values than any reply of these endpoints, in its strings, too."""
    return text.count(",") + text.count("[") + text.count("{") > _MOST_VALUES


def _parse(text: str, defects: list[Defect]) -> Json:
    def unique(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
        found = dict(pairs)
        if len(found) != len(pairs):
            twice = sorted(name for name, times in Counter(name for name, _ in pairs).items() if times > 1)
            defects.append(Defect("DUPLICATE", f"{', '.join(twice)} twice in one object"))
        return found

    def constant(name: str) -> float:
        defects.append(Defect("NAN", name))
        return float(name.replace("Infinity", "inf"))

    def number(text: str) -> float:
        value = WrittenFloat(text)
        if math.isinf(value):
            defects.append(Defect("NAN", f"{text[:20]}, which no double holds"))
        return value

    decoder = json.JSONDecoder(object_pairs_hook=unique, parse_constant=constant, parse_float=number)
    value, end = decoder.raw_decode(text)
    rest = text[end:].strip(" \t\r\n")
    if rest:
        defects.append(Defect("TRAILING", f"{len(rest)} characters after the value: {_excerpt(rest)}"))
    return value


def _fields(value: Json) -> tuple[dict[str, Json], str | None]:
    """Return the reply's fields, from the top, the only element of an array, a string or one key; and that key."""
    inner = _inner_object(value)
    if inner is not None:
        return inner, None
    if not isinstance(value, dict):
        return {}, None
    # No field of the pages holds an object: one with some of a reply's fields is an envelope.
    for name, part in value.items():
        inner = part if isinstance(part, dict) else _inner_object(part)
        if inner is not None and {"state", "credit", "uuid"} & inner.keys():
            return {key: kept for key, kept in value.items() if key != name} | inner, name
    return value, None


def _inner_object(value: Json) -> dict[str, Json] | None:
    """Return the object inside a JSON string, or the only one of an array."""
    if isinstance(value, str) and value.lstrip().startswith("{"):
        try:
            value = [json.loads(value, parse_float=WrittenFloat)]
        except (ValueError, RecursionError):
            return None
    if isinstance(value, list) and len(value) == 1 and isinstance(value[0], dict):
        return value[0]
    return None


def _other_encoding(data: bytes) -> str:
    for encoding in ("utf-16", "cp949", "latin-1"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if text.lstrip().startswith(("{", "[", '"')):
            return text
    return data.decode("latin-1")


def _reason(error: Exception) -> str:
    return str(error) if isinstance(error, json.JSONDecodeError) else "no JSON that can be read"


def _excerpt(text: str) -> str:
    return ascii(text[:_EXCERPT] + ("..." if len(text) > _EXCERPT else ""))

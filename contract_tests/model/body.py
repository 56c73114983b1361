"""Reads a reply's bytes as JSON, strictly, and says what was wrong with them; knows no field."""

import json
import math
from dataclasses import dataclass, field

from remo_mock.contract import Json

_BOM = b"\xef\xbb\xbf"
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with the bytes: the last part of the check's id, and what was found."""

    kind: str
    got: str


@dataclass(frozen=True, slots=True)
class Body:
    """The parsed JSON (None where there is none), as far as it can be read, and every fault met on the way.

    `wrapped` names the field under which the fields of the reply were found, if they are not at the top.
    """

    value: Json
    faults: tuple[Fault, ...] = ()
    wrapped: str | None = None
    readable: bool = True
    fields: dict[str, Json] = field(default_factory=dict, repr=False)


class WrittenFloat(float):
    """A number that was written with a point or an exponent."""


def read_body(data: bytes) -> Body:
    """Parse `data`; what can be read in spite of a fault is read, so that one fault hides no other."""
    faults: list[Fault] = []
    if not data.strip():
        return Body(None, (Fault("EMPTY", "no bytes" if not data else "nothing but white space"),), readable=False)
    if data.startswith(_BOM):
        faults.append(Fault("BOM", "EF BB BF before the JSON"))
        data = data[len(_BOM) :]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        faults.append(Fault("UTF8", f"byte {data[error.start]:#04x} at offset {error.start}"))
        text = _other_encoding(data)
    try:
        value = _parse(text.strip(" \t\r\n"), faults)
    except (ValueError, RecursionError) as error:
        faults.append(Fault("JSON", f"{_why(error)}; the body begins {_shown(text)}"))
        return Body(None, tuple(faults), readable=False)
    top, wrapped = _fields(value)
    return Body(value, tuple(dict.fromkeys(faults)), wrapped, fields=top)


def _parse(text: str, faults: list[Fault]) -> Json:
    def unique(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
        found = dict(pairs)
        if len(found) != len(pairs):
            names = [name for name, _ in pairs]
            twice = sorted({name for name in names if names.count(name) > 1})
            faults.append(Fault("DUPLICATE", f"{', '.join(twice)} twice in one object"))
        return found

    def constant(name: str) -> float:
        faults.append(Fault("NAN", name))
        return float(name.replace("Infinity", "inf"))

    def number(text: str) -> float:
        value = WrittenFloat(text)
        if math.isinf(value):
            faults.append(Fault("NAN", f"{text[:20]}, which no double holds"))
        return value

    decoder = json.JSONDecoder(object_pairs_hook=unique, parse_constant=constant, parse_float=number)
    value, end = decoder.raw_decode(text)
    rest = text[end:].strip(" \t\r\n")
    if rest:
        faults.append(Fault("TRAILING", f"{len(rest)} characters after the value: {_shown(rest)}"))
    return value


def _fields(value: Json) -> tuple[dict[str, Json], str | None]:
    """Find the reply's fields: at the top, in the only element of an array, in a string, or under one key."""
    inner = _unpacked(value)
    if inner is not None:
        return inner, None
    if not isinstance(value, dict):
        return {}, None
    # No field of the pages holds an object: one that holds some of a reply's fields is an envelope.
    for name, part in value.items():
        inner = part if isinstance(part, dict) else _unpacked(part)
        if inner is not None and {"state", "credit", "uuid"} & inner.keys():
            return {key: kept for key, kept in value.items() if key != name} | inner, name
    return value, None


def _unpacked(value: Json) -> dict[str, Json] | None:
    """Return the object in a string of JSON, or the only one of an array."""
    if isinstance(value, str) and value.lstrip().startswith("{"):
        try:
            value = [json.loads(value, parse_float=WrittenFloat)]
        except ValueError:
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


def _why(error: Exception) -> str:
    return str(error) if isinstance(error, json.JSONDecodeError) else "no JSON that can be read"


def _shown(text: str) -> str:
    return ascii(text[:_SHOWN] + ("..." if len(text) > _SHOWN else ""))

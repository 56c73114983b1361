"""Lays out the contract's JSON files as text."""

import json
from collections.abc import Mapping, Sequence

from remo_mock.contract.file_layouts import SOURCE_KEY
from remo_mock.contract.model import Json

JsonObject = dict[str, Json]

LINE_WIDTH = 120


def dump(document: Json) -> str:
    """Return `document` as indented JSON text: short containers on one line but for the whole, a newline at the end."""
    return _lay_out(document, indent="", lead=LINE_WIDTH) + "\n"


def _one_line(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False)


def _width(value: Json) -> int:
    """Measure a value's one-line text without its sources: these stand at the end and may overhang."""
    return len(_one_line(_without_sources(value)))


def _without_sources(value: Json) -> Json:
    if isinstance(value, Mapping):
        return {key: _without_sources(part) for key, part in value.items() if key != SOURCE_KEY}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_without_sources(part) for part in value]
    return value


def _lay_out(value: Json, *, indent: str, lead: int) -> str:
    fits = len(indent) + lead + _width(value) <= LINE_WIDTH
    deeper = indent + "  "
    if isinstance(value, Mapping) and value and not (fits and _sources(value) <= 1):
        rows = [f"{deeper}{_one_line(key)}: {_member(key, part, deeper)}" for key, part in value.items()]
        return "{\n" + ",\n".join(rows) + f"\n{indent}}}"
    if isinstance(value, list | tuple) and value and not (fits and _sources(value) <= 1):
        rows = [deeper + _lay_out(part, indent=deeper, lead=0) for part in value]
        return "[\n" + ",\n".join(rows) + f"\n{indent}]"
    return _one_line(value)


def _member(key: str, value: Json, indent: str) -> str:
    if key == SOURCE_KEY:
        return _one_line(value)
    return _lay_out(value, indent=indent, lead=len(key) + 4)


def _sources(value: Json) -> int:
    """Count the sources inside: a line that would hold several is broken up."""
    if isinstance(value, Mapping):
        return sum(_sources(part) for part in value.values()) + (SOURCE_KEY in value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return sum(_sources(part) for part in value)
    return 0

"""Writes facts as JSON and reads them back, by the fields of their classes."""

import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from remo_mock.contract.deriving.facts import PageFacts
from remo_mock.contract.model import Json
from remo_mock.exceptions import ContractError


def facts_document(pages: tuple[PageFacts, ...]) -> Json:
    """Return the facts of an endpoint's pages as a JSON document."""
    return {"pages": [_to_json(page) for page in pages]}


def read_facts(name: str, document: Json) -> tuple[PageFacts, ...]:
    """Read what `facts_document` returned. Raises `ContractError` for any other document."""
    try:
        if not document["pages"]:
            raise ValueError("it has no page")
        return tuple(_from_json(page, PageFacts) for page in document["pages"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        remedy = "`remo-mock contract derive` writes such files; derive it from the page again"
        raise ContractError(name, f"is no file of facts: {type(error).__name__} {error}", remedy) from error


def is_facts(document: Json) -> bool:
    """Tell whether a parsed file claims to be one of facts."""
    return isinstance(document, dict) and isinstance(document.get("pages"), list)


def _to_json(value: Any) -> Json:
    if is_dataclass(value):
        return {
            one.name: _to_json(getattr(value, one.name))
            for one in fields(value)
            if not one.metadata.get("rest") and (_is_needed(one) or getattr(value, one.name) != one.default)
        }
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, tuple):
        return [_to_json(part) for part in value]
    return value


def _is_needed(one: Any) -> bool:
    return one.default is MISSING


def _from_json(value: Json, kind: Any) -> Any:
    origin = get_origin(kind)
    if origin in {Union, types.UnionType}:
        return (
            None if value is None else _from_json(value, next(one for one in get_args(kind) if one is not type(None)))
        )
    if origin is tuple:
        return tuple(_from_json(part, get_args(kind)[0]) for part in value)
    if origin is Literal:
        if value not in get_args(kind):
            raise ValueError(f"{value!r} is none of {', '.join(get_args(kind))}")
        return value
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        return kind(**{name: _from_json(part, hints[name]) for name, part in value.items()})  # type: ignore[operator]
    if kind in {str, int, bool, float} and not isinstance(value, (int, float) if kind is float else kind):
        raise TypeError(f"{value!r} is no {kind.__name__}")
    return value

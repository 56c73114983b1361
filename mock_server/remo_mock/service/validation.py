"""Validates request bodies against an endpoint's request schema."""

from bisect import bisect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from threading import Lock
from typing import TYPE_CHECKING

from cachetools import LRUCache, cached

from remo_mock.contract import Json
from remo_mock.hints.hint import Hint, Value, chained
from remo_mock.photos.long_text import LongText

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator, ValidationError

Shape = tuple[object, ...]

# The keywords that constrain nothing, or nothing but what a shape holds.
_SHAPE_KEYWORDS = {
    *("type", "required", "properties", "minLength", "maxLength"),
    *("title", "description", "contentEncoding", "contentMediaType", "x-remo-condition", "x-remo-source"),
}
_SHAPES = 1000
_ABSENT = object()
_TEXTS = (str, LongText)


@dataclass(frozen=True, slots=True)
class Breach:
    """The condition that a body breaks first, and a hint at where; the hint quotes nothing of the body."""

    condition: str
    hint: Hint


@cache
def validator_class() -> "type[Draft202012Validator]":
    """Import jsonschema, a quarter of a mock's start, for those that get a request.

    It is kept: its parts in Rust cannot be imported again, should a test that patches `sys.modules` have them
    forgotten.
    """
    from jsonschema import Draft202012Validator

    return Draft202012Validator


class RequestValidator:
    """Validates bodies against a request schema whose `allOf` layers each name the condition of a breach.

    The layers stand in the order in which errors are reported (L23): the first one that fails decides. If the schema
    constrains nothing but types, presence and lengths, bodies of one shape have one result, which is cached.
    """

    def __init__(self, schema: Json) -> None:
        self._schema = schema
        self._results: LRUCache[Shape, Breach | None] = LRUCache(_SHAPES)
        shape_of = _shape_function(schema["allOf"])
        self._judge = self._validate
        if shape_of is not None:
            self._judge = cached(self._results, key=shape_of, lock=Lock())(self._validate)

    def first_breach(self, body: Mapping[str, Json]) -> Breach | None:
        """Return the first condition that `body` breaks, or None if it is valid."""
        return self._judge(body)

    @cached_property
    def _layers(self) -> "list[tuple[str, Draft202012Validator]]":
        validator = validator_class()
        return [(layer["x-remo-condition"], validator(layer)) for layer in self._schema["allOf"]]

    def _validate(self, body: Mapping[str, Json]) -> Breach | None:
        body = {name: str(value) if isinstance(value, LongText) else value for name, value in body.items()}
        for condition, validator in self._layers:
            error = next(validator.iter_errors(body), None)
            if error is not None:
                return Breach(condition, _hint(error))
        return None


def _shape_function(layers: Json) -> Callable[[Mapping[str, Json]], Shape] | None:
    """Return the function that computes the shape of a body, or None if the schema constrains more than shapes.

    A shape holds, for each field that the schema names, its type, or for a text the range between two of the schema's
    limits of length in which its length lies.
    """
    fields: set[str] = set()
    limits: set[int] = set()
    for layer in layers:
        fields |= {*layer.get("required", ()), *layer.get("properties", ())}
        for part in (layer, *layer.get("properties", {}).values()):
            nested = part is not layer and "properties" in part
            # JSON Schema takes 1.0 for an integer and 1.5 not, though both have one type here.
            if nested or not set(part) <= _SHAPE_KEYWORDS or "integer" in part.get("type", ()):
                return None
            limits |= {part["minLength"]} if "minLength" in part else set()
            limits |= {part["maxLength"] + 1} if "maxLength" in part else set()
    names, bounds = sorted(fields), sorted(limits)

    def shape_of(body: Mapping[str, Json]) -> Shape:
        values = [body.get(name, _ABSENT) for name in names]
        return tuple(bisect(bounds, len(value)) if type(value) in _TEXTS else type(value) for value in values)

    return shape_of


def _hint(error: "ValidationError") -> Hint:
    """Say what a field should have been, without its value: bodies hold keys and photos."""
    way = "".join(f".{part}" for part in error.absolute_path).lstrip(".")
    where: Value = way or Hint("whole_body")
    limit: Json = error.validator_value
    sent: Json = error.instance
    match error.validator:
        case "required":
            names = tuple(name for name in limit if name not in sent)
            return Hint("field_missing" if len(names) == 1 else "fields_missing", {"fields": names})
        case "type" if sent is None:
            return Hint("field_null", {"field": where})
        case "type":
            types = limit if isinstance(limit, str) else chained("either", limit)
            return Hint("field_type", {"field": where, "types": types})
        case "minLength":
            return Hint("field_empty", {"field": where})
        case "maxLength":
            return Hint("field_too_long", {"field": where, "most": limit})
        case keyword:
            return Hint("field_breaks", {"field": where, "keyword": str(keyword)})

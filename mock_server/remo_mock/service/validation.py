"""Judges request bodies by the endpoint's request schema, layer by layer; knows neither accounts nor pictures."""

from bisect import bisect
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from jsonschema import Draft202012Validator, ValidationError

from remo_mock.contract import Json

Shape = tuple[object, ...]

# Every keyword that says nothing, or whose verdict follows from the shape of a body.
_OF_SHAPE = {
    *("type", "required", "properties", "minLength", "maxLength"),
    *("title", "description", "contentEncoding", "contentMediaType", "x-remo-condition", "x-remo-source"),
}
_SHAPES = 1000
_ABSENT = object()


@dataclass(frozen=True, slots=True)
class Breach:
    """The condition that a body breaks first, and a line that says where; it quotes nothing of the body."""

    condition: str
    hint: str


class RequestValidator:
    """Checks bodies against a request schema whose `allOf` layers each name the condition of a breach.

    The layers stand in the order in which errors are told (L23): the first one that fails decides. As long as the
    schema asks for types, presence and lengths alone, bodies of one shape come to one result, which is remembered.
    """

    def __init__(self, schema: Json) -> None:
        self._layers = [(layer["x-remo-condition"], Draft202012Validator(layer)) for layer in schema["allOf"]]
        self._shape_of = _shape_reader(schema["allOf"])
        self._known: dict[Shape, Breach | None] = {}

    def first_breach(self, body: Mapping[str, Json]) -> Breach | None:
        """Return the first condition that `body` breaks, or None if it keeps all of the schema."""
        if self._shape_of is None:
            return self._judge(body)
        shape = self._shape_of(body)
        if shape not in self._known:
            if len(self._known) >= _SHAPES:
                self._known.clear()
            self._known[shape] = self._judge(body)
        return self._known[shape]

    def _judge(self, body: Mapping[str, Json]) -> Breach | None:
        for condition, validator in self._layers:
            error = next(validator.iter_errors(body), None)
            if error is not None:
                return Breach(condition, _describe(error))
        return None


def _shape_reader(layers: Json) -> Callable[[Mapping[str, Json]], Shape] | None:
    """Return what reads the shape of a body: of each field that the schema names, its type, and between which of the
    schema's limits its length lies. None if the schema asks for more than that.
    """
    fields: set[str] = set()
    limits: set[int] = set()
    for layer in layers:
        fields |= {*layer.get("required", ()), *layer.get("properties", ())}
        for part in (layer, *layer.get("properties", {}).values()):
            nested = part is not layer and "properties" in part
            if nested or not set(part) <= _OF_SHAPE or "integer" in part.get("type", ()):  # 1.0 is an integer, 1.5 none
                return None
            limits |= {part["minLength"]} if "minLength" in part else set()
            limits |= {part["maxLength"] + 1} if "maxLength" in part else set()
    names, bounds = sorted(fields), sorted(limits)

    def shape_of(body: Mapping[str, Json]) -> Shape:
        values = [body.get(name, _ABSENT) for name in names]
        return tuple(bisect(bounds, len(value)) if type(value) is str else type(value) for value in values)

    return shape_of


def _describe(error: ValidationError) -> str:
    where = "".join(f".{part}" for part in error.absolute_path).lstrip(".") or "the body"
    return _say(where, str(error.validator), error.validator_value, error.instance)


def _say(where: str, keyword: str, limit: Json, sent: Json) -> str:
    """Say what a field should have been, without its value: bodies hold keys and photos."""
    match keyword:
        case "required":
            names = [name for name in limit if name not in sent]
            return f"{', '.join(names)} {'is' if len(names) == 1 else 'are'} missing"
        case "type" if sent is None:
            return f"{where} is null"
        case "type":
            return f"{where} should be {limit if isinstance(limit, str) else ' or '.join(limit)}"
        case "minLength":
            return f"{where} is empty"
        case "maxLength":
            return f"{where} is longer than {limit} characters"
        case _:
            return f"{where} breaks {keyword!r} of the request schema"

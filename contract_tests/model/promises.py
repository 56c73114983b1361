"""Reads from the schemas what each field of a reply promises: name, type, source."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from remo_mock.contract import Documents, Endpoint, Json

from .body import WrittenFloat
from .check import Evidence, Source

FieldType: TypeAlias = Literal["bool", "int", "float", "string"]

_OF_SCHEMA: Mapping[str, FieldType] = {"integer": "int", "number": "float", "string": "string", "boolean": "bool"}
_WORDS: Mapping[FieldType, str] = {
    "bool": "a bool",
    "int": "an int, without point or exponent",
    "float": "a float: a JSON number",
    "string": "a string",
}


# How nothing looks where it was turned into a text.
_NOTHING = ("", "none", "null", "nil", "nan", "undefined", "[object object]")


@dataclass(frozen=True, slots=True)
class Origin:
    """The section that makes a promise, its evidence, and its ledger entries."""

    source: Source
    evidence: Evidence
    ledger: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Promise:
    """A field of a reply as the tables and examples promise it."""

    name: str
    type: FieldType
    required: bool
    origin: Origin

    @property
    def words(self) -> str:
        """The type in words."""
        return _WORDS[self.type]

    def has_type(self, value: Json) -> bool:
        """Tell whether a parsed value has the type; a number written `1.0` is no int to strict readers."""
        match self.type:
            case "bool":
                return isinstance(value, bool)
            case "string":
                return isinstance(value, str)
            case "int":
                return isinstance(value, int) and not isinstance(value, bool)
            case "float":
                return isinstance(value, int | float) and not isinstance(value, bool)


def origin(data: Json) -> Origin:
    """Read the `x-remo-source` that a part of the contract data carries."""
    source = data["x-remo-source"]
    entry = source.get("ledger")
    return Origin(Source(source["page"], source["section"]), source["evidence"], (entry,) if entry else ())


def success_promises(documents: Documents, endpoint: Endpoint) -> dict[str, Promise]:
    """Return the fields of a success by name, in the page's order."""
    schema = documents[f"{endpoint.name}/response.schema.json"]
    return {
        name: Promise(name, _type(schema, rule), name in schema["required"], origin(rule))
        for name, rule in schema["properties"].items()
    }


def error_promises(documents: Documents, endpoint: Endpoint) -> dict[str, Promise]:
    """Return the fields of an error by name; its code's two keys (L01) are both optional."""
    schema = documents[f"{endpoint.name}/error.schema.json"]
    body = schema["$defs"]["error_body"]
    return {
        name: Promise(name, _type(schema, rule), name in body["required"], origin(rule))
        for name, rule in body["properties"].items()
    }


def other_names(endpoint: Endpoint) -> dict[str, tuple[str, ...]]:
    """Return the names that fields of a success have instead of the page's, in another reading of the endpoint."""
    found: dict[str, tuple[str, ...]] = {}
    for variant in endpoint.variants:
        for name, other in variant.fields.items():
            found[name] = (*found.get(name, ()), other)
    return found


def origin_of(documents: Documents, endpoint: Endpoint, part: str) -> Origin:
    """Return the origin of a part of the page: `request`, `response`, `codes` or `error`."""
    return origin(documents[f"{endpoint.name}/endpoint.json"]["sources"][part])


def _type(schema: Json, rule: Json) -> FieldType:
    if "type" in rule:
        return _OF_SCHEMA[rule["type"]]
    values = [rule["const"]] if "const" in rule else rule.get("enum", [])
    if "$ref" in rule:
        return _type(schema, schema["$defs"][rule["$ref"].removeprefix("#/$defs/")])
    if isinstance(values[0], bool):
        return "bool"
    return "string" if isinstance(values[0], str) else "int"


def says_something(text: str) -> bool:
    """Tell whether a text is more than space, and more than what languages print for nothing."""
    return text.strip().casefold() not in _NOTHING


def show(value: Json) -> str:
    """Return a parsed value as a report shows it, shortened."""
    try:
        text = ascii(float(value)) if isinstance(value, WrittenFloat) else ascii(value)
    except RecursionError:
        return "a value that is nested too deeply"
    except ValueError:
        return "an integer of thousands of digits"
    if isinstance(value, bool) or value is None:
        text = {True: "true", False: "false", None: "null"}[value]
    return text if len(text) <= 100 else f"{text[:80]}... ({len(text)} characters)"


def page_of(documents: Documents, endpoint: Endpoint) -> str:
    """Return the letter of the page that documents an endpoint."""
    page: str = documents[f"{endpoint.name}/endpoint.json"]["page"]
    return page

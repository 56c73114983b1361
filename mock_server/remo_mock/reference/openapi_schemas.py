"""Rewrites the contract's schemas as components of an OpenAPI document; knows neither paths nor examples."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from remo_mock.contract import Documents, ErrorShape, Json

Kind = Literal["request", "response", "error"]

CODE_KEYS: Mapping[ErrorShape, tuple[str, ...]] = {
    "status": ("status",),
    "status_code": ("status_code",),
    "both": ("status", "status_code"),
    "detailed": ("status_code",),
}
"""Under which keys an error tells its code, by the switch (L01)."""

_KINDS: Mapping[Kind, str] = {"request": "Request", "response": "Success", "error": "Error"}
_DEFS = "#/$defs/"
# Components have names instead of addresses: many tools mistake an `$id` inside a document, and generators would name
# their classes by the title.
_OF_A_FILE = ("$schema", "$id", "$defs", "$comment", "title")
_TYPES = {bool: "boolean", int: "integer", str: "string"}


def component_name(endpoint: str, kind: Kind) -> str:
    """Name the component of an endpoint's schema: `AnalysisSkeletonV2Request`."""
    return pascal(endpoint) + _KINDS[kind]


def schema_components(documents: Documents, endpoints: Iterable[str], *, error_shape: ErrorShape) -> dict[str, Json]:
    """Return every schema of `endpoints` by component name, sorted; what is equal everywhere stands once."""
    homes = [(endpoint, kind, documents[f"{endpoint}/{kind}.schema.json"]) for endpoint in endpoints for kind in _KINDS]
    shared = _shared([schema.get("$defs", {}) for _, _, schema in homes])
    found: dict[str, Json] = {}
    for endpoint, kind, schema in homes:
        own = component_name(endpoint, kind)
        names = {name: pascal(name) if name in shared else own + pascal(name) for name in schema.get("$defs", {})}
        shaped = _shaped(schema, kind, error_shape)
        found[own] = _renamed(_described(shaped), names)
        waiting = [*_references(shaped)]
        while waiting:
            name = waiting.pop()
            if names[name] not in found:
                found[names[name]] = _renamed(schema["$defs"][name], names)
                waiting += _references(schema["$defs"][name])
    return dict(sorted(found.items()))


def pascal(name: str) -> str:
    """Write `drawn_image` or `v2-back` as `DrawnImage` and `V2Back`."""
    return "".join(word[:1].upper() + word[1:] for word in name.replace("_", "-").split("-"))


def _shaped(schema: Json, kind: Kind, error_shape: ErrorShape) -> dict[str, Json]:
    match kind:
        case "request":
            return _flat(schema)
        case "response":
            return _dependent(schema)
        case "error":
            return _dependent(_error(schema, error_shape))


def _described(schema: Mapping[str, Json]) -> dict[str, Json]:
    rest = {key: value for key, value in schema.items() if key not in _OF_A_FILE}
    return {"description": schema["title"], **rest}


def _flat(schema: Json) -> dict[str, Json]:
    """Join the layers of a request schema: who builds a request needs what a good one looks like, not which code
    answers a bad one. A later layer narrows an earlier one, so its words win."""
    joined = {key: value for key, value in schema.items() if key != "allOf"} | {"type": "object", "required": []}
    properties: dict[str, Json] = {}
    for layer in schema["allOf"]:
        joined["required"] = [*joined["required"], *layer.get("required", [])]
        for name, rule in layer.get("properties", {}).items():
            properties[name] = properties.get(name, {}) | rule
    return joined | {"properties": properties}


def _error(schema: Json, shape: ErrorShape) -> dict[str, Json]:
    """Narrow an error schema, which takes either key of the code, to the keys that this mock sends (L01)."""
    body = schema["$defs"][schema["$ref"].removeprefix(_DEFS)]
    others = set(CODE_KEYS["both"]) - set(CODE_KEYS[shape])
    detail = ["credit_change"] if shape == "detailed" else []
    others |= {"credit_change"} - set(detail)
    properties = {
        name: rule for name, rule in (body["properties"] | schema["properties"]).items() if name not in others
    }
    narrowed = {key: value for key, value in schema.items() if key not in ("$ref", "allOf")}
    narrowed |= {
        "type": "object",
        "required": [*body["required"], *CODE_KEYS[shape], *detail],
        "properties": properties,
    }
    return narrowed | ({"allOf": schema["allOf"]} if shape == "both" else {})


def _dependent(schema: Json) -> dict[str, Json]:
    """Move each condition on a field from `allOf` to `dependentSchemas` of that field.

    It says the same, and client generators leave it alone; of an `allOf` they would make a type for each grade.
    """
    kept: list[Json] = []
    moved: dict[str, Json] = {}
    for rule in schema.get("allOf", []):
        match rule:
            case {"if": {"required": [str(field)]}}:
                moved.setdefault(field, {"allOf": []})["allOf"].append(rule)
            case _:
                kept.append(rule)
    rest = {key: value for key, value in schema.items() if key != "allOf"}
    return rest | ({"allOf": kept} if kept else {}) | ({"dependentSchemas": moved} if moved else {})


def _shared(homes: Iterable[Mapping[str, Json]]) -> set[str]:
    """Name the definitions that are equal wherever they stand, along with all that they refer to."""
    contents: dict[str, list[Json]] = {}
    for definitions in homes:
        for name, content in definitions.items():
            contents.setdefault(name, []).append(content)
    shared = {name for name, found in contents.items() if all(content == found[0] for content in found)}
    while apart := {name for name in shared if not shared.issuperset(_references(contents[name][0]))}:
        shared -= apart
    return shared


def _references(node: Json) -> Iterator[str]:
    """Yield the names of the definitions that a schema refers to."""
    if isinstance(node, list):
        for item in node:
            yield from _references(item)
    elif isinstance(node, dict):
        for key, value in node.items():
            if key == "$ref":
                yield value.removeprefix(_DEFS)
            else:
                yield from _references(value)


def _renamed(node: Json, names: Mapping[str, str]) -> Json:
    """Return a schema whose references lead to components, and whose constants have types, which generators want."""
    if isinstance(node, list):
        return [_renamed(item, names) for item in node]
    if not isinstance(node, dict):
        return node
    told = {
        key: f"#/components/schemas/{names[value.removeprefix(_DEFS)]}" if key == "$ref" else _renamed(value, names)
        for key, value in node.items()
    }
    values = [told["const"]] if "const" in told else told.get("enum", [])
    types = {_TYPES.get(type(value)) for value in values} if isinstance(values, list) else set()
    if len(types) == 1 and None not in types and not {"type", "$ref"} & told.keys():
        told = {"type": types.pop(), **told}
    return told

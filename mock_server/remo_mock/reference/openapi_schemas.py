"""Rewrites the contract's schemas as components of an OpenAPI document."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from remo_mock.contract import Documents, Endpoint, ErrorShape, Json
from remo_mock.service.messages.call_and_reply import CODE_KEYS

Kind = Literal["request", "response", "error"]

_KINDS: Mapping[Kind, str] = {"request": "Request", "response": "Success", "error": "Error"}
_DEFS = "#/$defs/"
_GRADE = "grade"
# Dropped, since components have names: many tools misread an `$id` inside a document, and generators would name their
# classes by the title.
_FILE_KEYWORDS = ("$schema", "$id", "$defs", "$comment", "title")
_TYPES = {bool: "boolean", int: "integer", str: "string"}


def component_name(endpoint: str, kind: Kind) -> str:
    """Return the name of an endpoint's schema among the components: `AnalysisSkeletonV2Request`."""
    return pascal(endpoint) + _KINDS[kind]


def schema_components(
    documents: Documents, endpoints: Iterable[Endpoint], *, error_shape: ErrorShape
) -> dict[str, Json]:
    """Return the schemas of `endpoints` by component name, sorted; definitions that are equal everywhere stand once."""
    endpoints = tuple(endpoints)
    grades = sorted({band.grade for endpoint in endpoints for metric in endpoint.metrics for band in metric.bands})
    sources = [
        (endpoint, kind, documents[f"{endpoint.name}/{kind}.schema.json"]) for endpoint in endpoints for kind in _KINDS
    ]
    shared = _shared([schema.get("$defs", {}) for _, _, schema in sources])
    found: dict[str, Json] = {}
    for endpoint, kind, schema in sources:
        own = component_name(endpoint.name, kind)
        names = {name: pascal(name) if name in shared else own + pascal(name) for name in schema.get("$defs", {})}
        shaped = _shaped(schema, kind, endpoint, error_shape)
        found[own] = _renamed(_described(shaped), names)
        waiting = [*_references(shaped)]
        while waiting:
            name = waiting.pop()
            if names[name] not in found:
                found[names[name]] = _renamed(schema["$defs"][name], names)
                if name == _GRADE:  # generators make a type of the values, and not any number
                    found[names[name]]["enum"] = grades
                waiting += _references(schema["$defs"][name])
    return dict(sorted(found.items()))


def pascal(name: str) -> str:
    """Convert `drawn_image` or `v2-back` to `DrawnImage` or `V2Back`."""
    return "".join(word[:1].upper() + word[1:] for word in name.replace("_", "-").split("-"))


def _shaped(schema: Json, kind: Kind, endpoint: Endpoint, error_shape: ErrorShape) -> dict[str, Json]:
    match kind:
        case "request":
            return _flat(schema)
        case "response":
            return _dependent(_success(schema, endpoint))
        case "error":
            return _dependent(_error(schema, error_shape))


def _described(schema: Mapping[str, Json]) -> dict[str, Json]:
    rest = {key: value for key, value in schema.items() if key not in _FILE_KEYWORDS}
    return {"description": schema["title"], **rest}


def _flat(schema: Json) -> dict[str, Json]:
    """Join the layers of a request schema, since a client needs the shape of a valid request, and no order of errors.

    A later layer narrows an earlier one, so its keywords win.
    """
    joined = {key: value for key, value in schema.items() if key != "allOf"} | {"type": "object", "required": []}
    properties: dict[str, Json] = {}
    for layer in schema["allOf"]:
        joined["required"] = [*joined["required"], *layer.get("required", [])]
        for name, rule in layer.get("properties", {}).items():
            properties[name] = properties.get(name, {}) | rule
    return joined | {"properties": properties}


def _success(schema: Json, endpoint: Endpoint) -> dict[str, Json]:
    """Narrow the schema of a success, which accepts every reading of the page, to the fields that this mock sends."""
    sent = endpoint.reply_order
    renamed = {name for variant in endpoint.variants for pair in variant.fields.items() for name in pair}
    rules = [_only(rule, set(sent)) for rule in schema["allOf"] if "anyOf" not in rule]
    return {
        **schema,
        "required": [name for name in sent if name in schema["required"] or name in renamed],
        "properties": {name: schema["properties"][name] for name in sent} | _sent_values(schema, endpoint),
        "allOf": [rule for rule in rules if rule["if"]["required"][0] in sent],
    }


def _sent_values(schema: Json, endpoint: Endpoint) -> dict[str, Json]:
    """Return the rules of the fields whose values the switches decide: the name of the API, and what is charged."""
    rules: dict[str, Json] = {}
    if "APIName" in endpoint.reply_order:
        rules["APIName"] = _without(schema["properties"]["APIName"], "enum") | {"const": endpoint.api_name}
    if endpoint.price.family is None:
        price = {"const": -endpoint.price.of(0)}
        rules["credit_change"] = _without(schema["properties"]["credit_change"], "minimum") | price
    return rules


def _without(rule: Json, keyword: str) -> dict[str, Json]:
    return {key: value for key, value in rule.items() if key != keyword}


def _only(rule: Json, sent: set[str]) -> dict[str, Json]:
    """Leave out of a rule on a grade the fields that are not sent."""
    then = {name: limits for name, limits in rule["then"]["properties"].items() if name in sent}
    narrowed: dict[str, Json] = rule | {"then": {"properties": then}}
    return narrowed


def _error(schema: Json, shape: ErrorShape) -> dict[str, Json]:
    """Narrow an error schema, which accepts either key of the code, to the keys that this mock sends (L01)."""
    body = schema["$defs"][schema["$ref"].removeprefix(_DEFS)]
    detail = ["credit_change"] if shape == "detailed" else []
    others = {*CODE_KEYS["both"], "credit_change"} - {*CODE_KEYS[shape], *detail}
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

    Both mean the same, but client generators turn an `allOf` into a type for each grade.
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


def _shared(sources: Iterable[Mapping[str, Json]]) -> set[str]:
    """Return the names of the definitions that are equal in all schemas, as is all that they refer to."""
    contents: dict[str, list[Json]] = {}
    for definitions in sources:
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
    """Return a schema that refers to components, and whose constants have types, which client generators need."""
    if isinstance(node, list):
        return [_renamed(item, names) for item in node]
    if not isinstance(node, dict):
        return node
    renamed = {
        key: f"#/components/schemas/{names[value.removeprefix(_DEFS)]}" if key == "$ref" else _renamed(value, names)
        for key, value in node.items()
    }
    values = [renamed["const"]] if "const" in renamed else renamed.get("enum", [])
    types = {_TYPES.get(type(value)) for value in values} if isinstance(values, list) else set()
    if len(types) == 1 and None not in types and not {"type", "$ref"} & renamed.keys():
        renamed = {"type": types.pop(), **renamed}
    return renamed

"""Builds the schema of an endpoint's successful reply, bands included."""

import math
from collections.abc import Iterator

from remo_mock.contract.building.json_text import JsonObject
from remo_mock.contract.building.parts import copied_definitions, head, metric_fields, reference, source_of
from remo_mock.contract.file_layouts import SOURCE_KEY

LIMITS = ("minimum", "exclusiveMinimum", "exclusiveMaximum", "maximum")


def response_schema(endpoint: JsonObject, common: JsonObject) -> JsonObject:
    """Build the schema of a success: fields in the order of the page's example, then one `if` per metric and grade.

    A field that the endpoint lists under `absent` is described and not required. Where a variant sends a field under
    another name, either name is accepted. Source: sections Response(json) and Response Example of each page.
    """
    fields = _in_order(endpoint, _fields(endpoint, common))
    renamed = dict(_renamed_fields(endpoint))
    optional = {"APIName", *renamed, *(row["field"] for row in endpoint.get("absent", []))}
    others = {new: fields[old] | {SOURCE_KEY: source} for old, (new, source) in renamed.items()}
    schema: JsonObject = {
        **head(endpoint, kind="response", title="Successful reply of {}"),
        SOURCE_KEY: source_of(endpoint, "response"),
        "type": "object",
        "required": [name for name in fields if name not in optional],
        "properties": fields | others,
        "allOf": [*_bands(endpoint, renamed), *_either_name(fields, renamed)],
    }
    return schema | {"$defs": copied_definitions(common, schema)}


def _fields(endpoint: JsonObject, common: JsonObject) -> JsonObject:
    """Return the fields in the order that most examples have: images behind the envelope, the rest by the alphabet."""
    images = {view["image"]: _plain(endpoint, common, "drawn_image") for view in endpoint["views"]}
    coordinates = {view["coords"]: _plain(endpoint, common, "coords") for view in endpoint["views"]}
    results = coordinates | dict(_metrics(endpoint))
    return dict(_envelope(endpoint, common)) | images | dict(sorted(results.items()))


def _in_order(endpoint: JsonObject, fields: JsonObject) -> JsonObject:
    """Return the fields in the endpoint's own `order`, if it has one, and behind them those that it leaves out."""
    named = [name for name in endpoint.get("order", {}).get("fields", []) if name in fields]
    return {name: fields[name] for name in dict.fromkeys((*named, *fields))}


def _envelope(endpoint: JsonObject, common: JsonObject) -> Iterator[tuple[str, JsonObject]]:
    api_name, price = endpoint["api_name"], endpoint["price"]
    most = price["credits"] * math.ceil(len(endpoint["views"]) / price.get("per_views", len(endpoint["views"])))
    # L05: within a set a request may cost less than it would alone.
    change = {"minimum": -most} if "set" in price else {"const": -most}
    yield "state", _plain(endpoint, common, "success_state")
    yield "status_code", _plain(endpoint, common, "success_code")
    yield "APIName", {"enum": api_name["accepted"], SOURCE_KEY: api_name[SOURCE_KEY]}
    yield "credit_change", reference("credit_change", source=price[SOURCE_KEY], **change)
    yield "credit", _plain(endpoint, common, "balance")
    yield "uuid", _plain(endpoint, common, "uuid")


def _metrics(endpoint: JsonObject) -> Iterator[tuple[str, JsonObject]]:
    for metric in endpoint["metrics"]:
        value, grade = metric_fields(endpoint, metric)
        grades = [band["grade"] for band in endpoint["bands"][metric["bands"]]["grades"]]
        yield value, reference("degrees", source=metric[SOURCE_KEY])
        yield grade, reference("grade", source=metric[SOURCE_KEY], enum=grades)


def _bands(endpoint: JsonObject, renamed: dict[str, tuple[str, JsonObject]]) -> Iterator[JsonObject]:
    for metric in endpoint["metrics"]:
        value, grade = metric_fields(endpoint, metric)
        values, grades = ([name, renamed[name][0]] if name in renamed else [name] for name in (value, grade))
        bands = endpoint["bands"][metric["bands"]]
        for name in values:
            for band in bands["grades"]:
                limits = {keyword: band[keyword] for keyword in LIMITS if keyword in band}
                graded = {"const": band["grade"], "description": band["meaning"]["en"]}
                yield {
                    "if": {"required": [name], "properties": {name: {"type": "number", **limits}}},
                    "then": {"properties": dict.fromkeys(grades, graded)},
                    SOURCE_KEY: bands[SOURCE_KEY],
                }


def _renamed_fields(endpoint: JsonObject) -> Iterator[tuple[str, tuple[str, JsonObject]]]:
    """Yield each field that some variant sends under another name, with that name and the variant's source."""
    for values in endpoint.get("variants", {}).values():
        for variant in values.values():
            for old, new in variant["fields"].items():
                yield old, (new, variant[SOURCE_KEY])


def _either_name(fields: JsonObject, renamed: dict[str, tuple[str, JsonObject]]) -> Iterator[JsonObject]:
    for old, (new, source) in renamed.items():
        yield {
            "anyOf": [
                {"title": "as the page", "required": [old], SOURCE_KEY: fields[old][SOURCE_KEY]},
                {"title": "as a variant", "required": [new], SOURCE_KEY: source},
            ],
            SOURCE_KEY: source,
        }


def _plain(endpoint: JsonObject, common: JsonObject, name: str) -> JsonObject:
    return reference(name, source=source_of(endpoint, "response", like=common["$defs"][name]))

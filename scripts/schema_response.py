"""Owns the schema of an endpoint's successful reply, bands included; knows neither requests nor errors."""

from __future__ import annotations

import math
from collections.abc import Iterator

from schema_format import SOURCE_KEY, JsonObject
from schema_parts import copied_definitions, head, reference, source_of

LIMITS = ("minimum", "exclusiveMinimum", "exclusiveMaximum", "maximum")


def response_schema(endpoint: JsonObject, common: JsonObject) -> JsonObject:
    """Build the schema of a success: fields in the order of the page's example, then one `if` per metric and grade.

    Source: sections Response(json) and Response Example of each page.
    """
    images = {view["image"]: _plain(endpoint, common, "drawn_image") for view in endpoint["views"]}
    coordinates = {view["coords"]: _plain(endpoint, common, "coords") for view in endpoint["views"]}
    results = coordinates | dict(_metrics(endpoint))
    fields = dict(_envelope(endpoint, common)) | images | dict(sorted(results.items()))
    schema: JsonObject = {
        **head(endpoint, kind="response", title="Successful reply of {}"),
        SOURCE_KEY: source_of(endpoint, "response"),
        "type": "object",
        "required": [name for name in fields if name != "APIName"],
        "properties": fields,
        "allOf": list(_bands(endpoint)),
    }
    return schema | {"$defs": copied_definitions(common, schema)}


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
        value, grade = _metric_fields(endpoint, metric)
        grades = [band["grade"] for band in endpoint["bands"][metric["bands"]]["grades"]]
        yield value, reference("degrees", source=metric[SOURCE_KEY])
        yield grade, reference("grade", source=metric[SOURCE_KEY], enum=grades)


def _bands(endpoint: JsonObject) -> Iterator[JsonObject]:
    for metric in endpoint["metrics"]:
        value, grade = _metric_fields(endpoint, metric)
        bands = endpoint["bands"][metric["bands"]]
        for band in bands["grades"]:
            limits = {keyword: band[keyword] for keyword in LIMITS if keyword in band}
            yield {
                "if": {"required": [value], "properties": {value: {"type": "number", **limits}}},
                "then": {"properties": {grade: {"const": band["grade"], "description": band["meaning"]["en"]}}},
                SOURCE_KEY: bands[SOURCE_KEY],
            }


def _plain(endpoint: JsonObject, common: JsonObject, name: str) -> JsonObject:
    return reference(name, source=source_of(endpoint, "response", like=common["$defs"][name]))


def _metric_fields(endpoint: JsonObject, metric: JsonObject) -> tuple[str, str]:
    fields = endpoint["metric_fields"]
    return fields["value"].format(metric["name"]), fields["grade"].format(metric["name"])

"""Builds the request schema of an endpoint, layered by the condition that a breach means."""

from remo_mock.contract.building.json_text import JsonObject
from remo_mock.contract.building.parts import head, source_of
from remo_mock.contract.file_layouts import SOURCE_KEY


def request_schema(endpoint: JsonObject, common: JsonObject) -> JsonObject:
    """Build the request schema: flat and without references, since a server applies it to every request.

    The layers stand in the order in which they are judged: the first that fails names the condition. A null is a
    missing value, not a wrong type, so only the second layer refuses it. Source: section Parameters(json) of each page.
    """
    definitions = common["$defs"]
    credentials: JsonObject = definitions["credentials"]["properties"]
    options: JsonObject = definitions["request_options"]["properties"]
    photo: JsonObject = definitions["photo"]
    photos = {view["photo"]: photo | _about(view["view"]) for view in endpoint["views"]}
    required: dict[str, JsonObject] = {
        name: field | {SOURCE_KEY: source_of(endpoint, "request", like=field)}
        for name, field in (credentials | photos).items()
    }
    source = source_of(endpoint, "request")
    types = {name: _nullable(field) for name, field in required.items()} | options
    return {
        **head(endpoint, kind="request", title="Request to {}"),
        SOURCE_KEY: source,
        "allOf": [
            {"x-remo-condition": "protocol", "type": "object", "properties": types, SOURCE_KEY: source},
            {
                "x-remo-condition": "missing_input",
                "required": list(required),
                "properties": required,
                SOURCE_KEY: source,
            },
        ],
    }


def _about(view: str) -> JsonObject:
    return {"description": f"The {view} photo in base64, without a data-URI prefix."}


def _nullable(field: JsonObject) -> JsonObject:
    return {"type": [field["type"], "null"], SOURCE_KEY: field[SOURCE_KEY]}

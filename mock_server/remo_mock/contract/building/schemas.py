"""Builds the generated schemas of every endpoint, and finds those that are missing or stale."""

from collections.abc import Iterator

from remo_mock.contract.building.error import error_schema
from remo_mock.contract.building.json_text import JsonObject, dump
from remo_mock.contract.building.parts import head, identifier, source_of
from remo_mock.contract.building.request import request_schema
from remo_mock.contract.building.response import response_schema
from remo_mock.contract.consistency import COMMON, ERRORS_FILE, endpoint_folders
from remo_mock.contract.file_layouts import SOURCE_KEY
from remo_mock.contract.model import Documents


def generated_files(documents: Documents) -> Iterator[tuple[str, str]]:
    """Yield the relative path and the text of every generated schema, endpoint by endpoint in the order of their names.

    The files that are written by hand must be without `problems_before_building`.
    """
    common, errors = documents[COMMON], documents[ERRORS_FILE]
    for folder in endpoint_folders(documents):
        schemas = endpoint_schemas(documents[f"{folder}/endpoint.json"], common, errors)
        for kind, document in schemas.items():
            yield f"{folder}/{kind}.schema.json", dump(document)


def stale_files(documents: Documents) -> Iterator[tuple[str, str]]:
    """Yield those generated files that are missing, or have other contents than the data gives; with their text."""
    for name, text in generated_files(documents):
        if name not in documents or dump(documents[name]) != text:
            yield name, text


def endpoint_schemas(endpoint: JsonObject, common: JsonObject, errors: JsonObject) -> dict[str, JsonObject]:
    """Build the schemas of one endpoint, by kind: `request`, `response`, `response.strict`, `error`, `error.strict`."""
    return {
        "request": request_schema(endpoint, common),
        "response": response_schema(endpoint, common),
        "response.strict": _strict(endpoint, kind="response", title="Successful reply of {}, no unknown fields"),
        "error": error_schema(endpoint, common, errors),
        "error.strict": _strict(endpoint, kind="error", title="Error reply of {}, no unknown fields"),
    }


def _strict(endpoint: JsonObject, *, kind: str, title: str) -> JsonObject:
    """Return the schema that also forbids unknown fields: our own replies have none, a foreign endpoint may."""
    return {
        **head(endpoint, kind=f"{kind}.strict", title=title),
        SOURCE_KEY: source_of(endpoint, kind),
        "$ref": identifier(endpoint, kind=kind),
        "unevaluatedProperties": False,
    }

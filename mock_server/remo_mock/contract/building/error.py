"""Builds the schema of an endpoint's error replies."""

from remo_mock.contract.building.json_text import JsonObject
from remo_mock.contract.building.parts import copied_definitions, head, reference, source_of
from remo_mock.contract.file_layouts import SOURCE_KEY


def error_schema(endpoint: JsonObject, common: JsonObject, errors: JsonObject) -> JsonObject:
    """Build the schema of an error: the common body, with the codes that the endpoint's page documents.

    The code stands under `status`, `status_code`, or both and then equal (L01). No keyword compares two fields, so
    one `if` for each code does. Source: sections Error Code Guide and Response Example of each page.
    """
    meanings = {row["code"]: row["meaning"] for row in errors["codes"]}
    codes = [row["code"] for row in endpoint["codes"]]
    schema: JsonObject = {
        **head(endpoint, kind="error", title="Error reply of {}"),
        SOURCE_KEY: source_of(endpoint, "error"),
        **reference("error_body", source=source_of(endpoint, "error")),
        "properties": {
            "status": reference("documented_code", source=source_of(endpoint, "error")),
            "status_code": reference("documented_code", source=source_of(endpoint, "response") | {"ledger": "L01"}),
        },
        "allOf": [
            {
                "if": {"required": ["status"], "properties": {"status": {"const": row["code"]}}},
                "then": {"properties": {"status_code": {"const": row["code"]}}},
                "description": row.get("meaning", meanings[row["code"]])["en"],
                SOURCE_KEY: row[SOURCE_KEY],
            }
            for row in endpoint["codes"]
        ],
    }
    documented: JsonObject = {"enum": codes, SOURCE_KEY: source_of(endpoint, "codes")}
    return schema | {"$defs": copied_definitions(common, schema) | {"documented_code": documented}}

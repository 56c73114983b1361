"""OpenAPI documents as tests use them: made for some settings, and asked whether a schema of theirs takes a value."""

from functools import cache
from typing import Any

from jsonschema import Draft202012Validator

from remo_mock import Settings
from remo_mock.reference.openapi import make_openapi

SERVER = "http://127.0.0.1:4420"


@cache
def document(**settings: Any) -> dict[str, Any]:
    """Return the document of a mock with these settings; it is shared, so leave it as it is."""
    made = Settings(**settings)
    return make_openapi(made.contract_dir, switches=made.switches, servers=[SERVER])


def accepts(document: dict[str, Any], schema: dict[str, Any], value: Any) -> bool:
    """Tell whether `schema`, whose references lead into `document`, takes a value."""
    return Draft202012Validator({"components": document["components"]} | schema).is_valid(value)


def component(name: str) -> dict[str, Any]:
    """Return a schema that is nothing but a component."""
    return {"$ref": f"#/components/schemas/{name}"}


def example(document: dict[str, Any], name: str) -> Any:
    """Return the value of one of the document's shared examples."""
    return document["components"]["examples"][name]["value"]


def operation(document: dict[str, Any], path: str) -> Any:
    """Return what the document says of POST at a path."""
    return document["paths"][path]["post"]


def error_examples(document: dict[str, Any], path: str) -> dict[str, Any]:
    """Return every example of an error, by its name, with the schema of the response that it stands in."""
    contents = [
        response["content"]["application/json"]
        for response in operation(document, path)["responses"].values()
        if "application/json" in response["content"]
    ]
    return {
        name: (content["schema"], shown["value"])
        for content in contents
        for name, shown in content["examples"].items()
        if name.startswith("error-")
    }

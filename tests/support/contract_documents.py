"""The contract as parsed documents that a test may change, and a further endpoint among them."""

from copy import deepcopy
from functools import cache
from typing import Any

from remo_mock.contract.building.schemas import endpoint_schemas
from remo_mock.contract.packaged import contract_documents
from tests.support.contract_data import schema_file

SOURCE = {"page": None, "section": "made up by a test", "evidence": "assumed"}
ENDPOINT = "analysis-skeleton-v2-back/endpoint.json"


@cache
def _packaged() -> Any:
    return contract_documents()


def documents() -> Any:
    """Return the packaged contract's documents, for a test to change."""
    return dict(deepcopy(_packaged()))


def endpoint_documents(data: Any) -> dict[str, Any]:
    """Return the documents of one endpoint: its data, and the schemas that are built of it."""
    common, errors = schema_file("common.schema.json"), schema_file("errors.json")
    name = data["name"]
    built = endpoint_schemas(data, common, errors)
    return {f"{name}/endpoint.json": data} | {f"{name}/{kind}.schema.json": schema for kind, schema in built.items()}

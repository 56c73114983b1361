"""Puts the OpenAPI document together out of packaged data, for the command line and for /__admin alike."""

from collections.abc import Sequence

from mock_server.contract import Json
from mock_server.contract_reading import read_contract
from mock_server.openapi import openapi_document
from mock_server.resources import contract_documents, example_replies, fixture
from mock_server.settings import Settings


def make_openapi(settings: Settings, *, servers: Sequence[str]) -> dict[str, Json]:
    """Describe a mock with these settings, at the base URLs `servers`. Raises `ContractError`."""
    documents = contract_documents(settings.contract_dir)
    first = fixture("accounts.json")["accounts"][0]
    return openapi_document(
        read_contract(documents),
        documents,
        successes=example_replies(),
        photos=fixture("photos/small.json"),
        account={"Email": first["email"], "UserKey": first["user_key"], "APIKey": first["api_key"]},
        http_status=settings.http_status,
        error_shape=settings.error_shape,
        servers=servers,
    )

"""Puts the OpenAPI document together out of packaged data, for the command line and for /__admin alike."""

from collections.abc import Sequence
from pathlib import Path

from remo_mock.contract import ErrorShape, HttpStatus, Json, Switches, read_contract, switched_replies
from remo_mock.contract.packaged import contract_documents, example_replies, fixture
from remo_mock.reference.openapi import openapi_document


def make_openapi(
    contract_dir: Path | None, *, http_status: HttpStatus, error_shape: ErrorShape, servers: Sequence[str]
) -> dict[str, Json]:
    """Describe a mock of the packaged contract (None) or of another, at the base URLs `servers`.

    Raises `ContractError`.
    """
    documents = contract_documents(contract_dir)
    contract = read_contract(documents)
    first = fixture("accounts.json")["accounts"][0]
    return openapi_document(
        contract,
        documents,
        successes=switched_replies(contract, example_replies(), Switches()),
        photos=fixture("photos/small.json"),
        account={"Email": first["email"], "UserKey": first["user_key"], "APIKey": first["api_key"]},
        http_status=http_status,
        error_shape=error_shape,
        servers=servers,
    )

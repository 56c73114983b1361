"""Makes the OpenAPI 3.1 document of the vendor's API from the contract."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from remo_mock._version import __version__
from remo_mock.contract import (
    Contract,
    Documents,
    Endpoint,
    Json,
    Switches,
    read_contract,
    switched,
    switched_replies,
)
from remo_mock.contract.additions import examples_of
from remo_mock.contract.names import Names
from remo_mock.contract.packaged import contract_documents, fixture
from remo_mock.reference.descriptions import about, rules, summary
from remo_mock.reference.openapi_prefer import PROBLEM_SCHEMA, REPLY_HEADERS, prefer_parameter
from remo_mock.reference.openapi_responses import JSON_TYPE, responses, schema_reference
from remo_mock.reference.openapi_schemas import component_name, pascal, schema_components

PAGES = Switches()
"""The readings of the pages, which a mock has by default."""


def make_openapi(contract_dir: Path | None, *, servers: Sequence[str], switches: Switches = PAGES) -> dict[str, Json]:
    """Describe a mock of the packaged contract (None), or of the one in `contract_dir`, at the base URLs `servers`.

    Raises `ContractError`.
    """
    documents = contract_documents(contract_dir)
    contract = read_contract(documents)
    first = fixture("accounts.json")["accounts"][0]
    return openapi_document(
        contract,
        documents,
        successes=examples_of(contract, contract_dir),
        photos=fixture("photos/small.json"),
        account={"Email": first["email"], "UserKey": first["user_key"], "APIKey": first["api_key"]},
        switches=switches,
        servers=servers,
    )


def openapi_document(
    pages: Contract,
    documents: Documents,
    *,
    successes: Mapping[str, Json],
    photos: Mapping[str, str],
    account: Mapping[str, str],
    switches: Switches = PAGES,
    servers: Sequence[str] = (),
) -> dict[str, Json]:
    """Describe every endpoint of the pages' contract as a mock with these switches answers it.

    `documents` are the files under `schemas/`. The examples are made of `successes`, the pages' replies by endpoint,
    of `photos`, small ones in base64 by view, and of the credentials of `account`. `servers` must not name the real
    service: tools that load the document may send many requests, which cost credits there.
    """
    contract = switched(pages, switches)
    replies = switched_replies(pages, successes, switches)
    examples = _shared_examples(contract.endpoints, replies, photos, account)
    schemas = schema_components(documents, contract.endpoints, error_shape=switches.error_shape)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "REMO skeleton analysis",
            "version": __version__,
            "description": "\n\n".join(about(contract, switches)),
            **{f"x-remo-{name.replace('_', '-')}": value for name, value in asdict(switches).items()},
        },
        "servers": [{"url": url, "description": "remo-mock"} for url in servers],
        "security": [],  # no scheme of HTTP: credentials are fields of the request
        "tags": [{"name": "skeleton", "description": "Photos of a person in, posture out."}],
        "paths": {
            endpoint.path: {
                endpoint.method.lower(): _operation(endpoint, contract.names, documents, examples, switches)
            }
            for endpoint in contract.endpoints
        },
        "components": {
            "schemas": schemas | {"Problem": PROBLEM_SCHEMA},
            "examples": examples,
            "headers": REPLY_HEADERS,
        },
    }


def _operation(
    endpoint: Endpoint, names: Names, documents: Documents, examples: Mapping[str, Json], switches: Switches
) -> dict[str, Json]:
    data = documents[f"{endpoint.name}/endpoint.json"]
    name = pascal(endpoint.name)
    body: dict[str, Json] = {"schema": schema_reference(component_name(endpoint.name, "request"))}
    if f"{name}Request" in examples:
        body["examples"] = {"good": _example_reference(f"{name}Request")}
    success = {"success": _example_reference(f"{name}Success")} if f"{name}Success" in examples else {}
    return {
        "operationId": name[:1].lower() + name[1:],
        "summary": summary(endpoint, names),
        "description": rules(endpoint),
        "tags": ["skeleton"],
        "parameters": [prefer_parameter(endpoint)],
        "requestBody": {"required": True, "content": {JSON_TYPE: body}},
        "responses": responses(
            endpoint, success=success, http_status=switches.http_status, error_shape=switches.error_shape
        ),
        "x-remo-source": data["x-remo-source"],
    }


def _shared_examples(
    endpoints: Iterable[Endpoint], successes: Mapping[str, Json], photos: Mapping[str, str], account: Mapping[str, str]
) -> dict[str, Json]:
    """Return an example success and request for each endpoint that has a reply and photos for them."""
    examples: dict[str, Json] = {}
    for endpoint in endpoints:
        name = pascal(endpoint.name)
        if endpoint.name in successes:
            examples[f"{name}Success"] = {"value": successes[endpoint.name]}
        if all(view.name in photos for view in endpoint.views):
            request = {**account, **{view.photo_field: photos[view.name] for view in endpoint.views}}
            examples[f"{name}Request"] = {"value": request}
    return examples


def _example_reference(name: str) -> dict[str, Json]:
    return {"$ref": f"#/components/examples/{name}"}

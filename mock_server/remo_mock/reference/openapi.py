"""Makes the OpenAPI 3.1 document of the vendor's API from the contract."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from remo_mock._version import __version__
from remo_mock.contract import (
    Contract,
    Documents,
    Endpoint,
    Json,
    Switches,
    code_for_condition,
    read_contract,
    switched,
    switched_replies,
)
from remo_mock.contract.additions import examples_of
from remo_mock.contract.packaged import contract_documents, fixture
from remo_mock.reference.openapi_prefer import PROBLEM_SCHEMA, REPLY_HEADERS, prefer_parameter
from remo_mock.reference.openapi_responses import JSON_TYPE, responses, schema_reference
from remo_mock.reference.openapi_schemas import component_name, pascal, schema_components
from remo_mock.reference.switches import switch_rows
from remo_mock.service.messages.call_and_reply import CODE_KEYS

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
            "description": _about(contract, switches),
            **{f"x-remo-{name.replace('_', '-')}": value for name, value in asdict(switches).items()},
        },
        "servers": [{"url": url, "description": "remo-mock"} for url in servers],
        "security": [],  # no scheme of HTTP: credentials are fields of the request
        "tags": [{"name": "skeleton", "description": "Photos of a person in, posture out."}],
        "paths": {
            endpoint.path: {endpoint.method.lower(): _operation(endpoint, documents, examples, switches)}
            for endpoint in contract.endpoints
        },
        "components": {
            "schemas": schemas | {"Problem": PROBLEM_SCHEMA},
            "examples": examples,
            "headers": REPLY_HEADERS,
        },
    }


def _about(contract: Contract, switches: Switches) -> str:
    """Describe where the document comes from, and how the mock reads the pages where they contradict themselves."""
    keys = " and ".join(f"`{key}`" for key in CODE_KEYS[switches.error_shape])
    if switches.http_status == "mirror":
        status = "The HTTP status of an error is its code (L19, `--http-status mirror`)"
    else:
        status = "Errors have the HTTP status 200; `state` distinguishes them from successes (L19, `--http-status 200`)"
    return (
        "Made by remo-mock from the vendor's public pages; this is not the vendor's own document. `x-remo-source` "
        "states the source of each rule, and its `ledger` the contradiction of the pages that it settles (`remo-mock "
        f"ledger`).\n\n{status}; the body carries the code under {keys} (L01, `--error-shape {switches.error_shape}`). "
        f"The other switches: {_listed(_others(contract, switches))}."
    )


def _others(contract: Contract, switches: Switches) -> Iterator[str]:
    for row in switch_rows(contract, switches):
        if row.option not in ("http-status", "error-shape"):
            yield f"`--{row.option} {row.value}`" + f" ({row.ledger})" * bool(row.ledger)


def _operation(
    endpoint: Endpoint, documents: Documents, examples: Mapping[str, Json], switches: Switches
) -> dict[str, Json]:
    data = documents[f"{endpoint.name}/endpoint.json"]
    views = [view.name for view in endpoint.views]
    name = pascal(endpoint.name)
    body: dict[str, Json] = {"schema": schema_reference(component_name(endpoint.name, "request"))}
    if f"{name}Request" in examples:
        body["examples"] = {"good": _example_reference(f"{name}Request")}
    success = {"success": _example_reference(f"{name}Success")} if f"{name}Success" in examples else {}
    return {
        "operationId": name[:1].lower() + name[1:],
        "summary": f"Analyse {'a' if len(views) == 1 else 'the'} {_listed(views)} photo{'s' * (len(views) > 1)}",
        "description": _rules(endpoint),
        "tags": ["skeleton"],
        "parameters": [prefer_parameter(endpoint)],
        "requestBody": {"required": True, "content": {JSON_TYPE: body}},
        "responses": responses(
            endpoint, success=success, http_status=switches.http_status, error_shape=switches.error_shape
        ),
        "x-remo-source": data["x-remo-source"],
    }


def _rules(endpoint: Endpoint) -> str:
    """Describe the price, the codes of an incomplete request, and further paths."""
    price = endpoint.price
    cost = f"{price.credits} credit{'s' * (price.credits != 1)}"
    if price.family is None:
        rules = [f"A success costs {cost}; an error costs nothing (L20)."]
    else:
        rules = [
            f"Successes with the same `uuid` are one set, in which {price.per_views} photos cost {cost} together "
            "(L05); an error costs nothing (L20)."
        ]
    wrong, missing = (code_for_condition(endpoint, name).code for name in ("protocol", "missing_input"))
    rules.append(f"A field of the wrong type is answered with {wrong}, a missing, null or empty one with {missing}.")
    rules += [f"Also answered at `{path}` ({entry})." for path, entry in endpoint.aliases.items()]
    return " ".join(rules)


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


def _listed(words: Iterable[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last

"""The OpenAPI 3.1 document of the vendor's API, made from the contract; knows no settings, no file and no server."""

from collections.abc import Iterable, Mapping, Sequence

from remo_mock._version import __version__
from remo_mock.contract import Code, Contract, Documents, Endpoint, ErrorShape, HttpStatus, Json, code_for_condition
from remo_mock.reference.openapi_prefer import PROBLEM_SCHEMA, REPLY_HEADERS, prefer_parameter
from remo_mock.reference.openapi_schemas import CODE_KEYS, component_name, pascal, schema_components
from remo_mock.service.messages import SUCCESS, error_body

# The balance in the pages' examples of errors (both pages, Response Example).
_BALANCE = 100
_JSON = "application/json"
_PROBLEM = "application/problem+json"


def openapi_document(
    contract: Contract,
    documents: Documents,
    *,
    successes: Mapping[str, Json],
    photos: Mapping[str, str],
    account: Mapping[str, str],
    http_status: HttpStatus = "mirror",
    error_shape: ErrorShape = "status",
    servers: Sequence[str] = (),
) -> dict[str, Json]:
    """Describe every endpoint of the contract as a mock with these switches answers it (L01, L19).

    `documents` are the files under `schemas/`; `successes` are the pages' replies by endpoint, and `photos` small
    photos in base64 by view: examples are made of them, with the credentials of `account`. The real service is no
    server of the document, since tools that load it may send many requests, which cost credits there.
    """
    names = [endpoint.name for endpoint in contract.endpoints]
    examples = _shared_examples(contract.endpoints, successes, photos, account)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "REMO skeleton analysis",
            "version": __version__,
            "description": _about(http_status, error_shape),
            "x-remo-http-status": http_status,
            "x-remo-error-shape": error_shape,
        },
        "servers": [{"url": url, "description": "remo-mock"} for url in servers],
        "tags": [{"name": "skeleton", "description": "Photos of a person in, posture out."}],
        "paths": {
            endpoint.path: {
                endpoint.method.lower(): _operation(endpoint, documents, examples, http_status, error_shape)
            }
            for endpoint in contract.endpoints
        },
        "components": {
            "schemas": schema_components(documents, names, error_shape=error_shape) | {"Problem": PROBLEM_SCHEMA},
            "examples": examples,
            "headers": REPLY_HEADERS,
        },
    }


def _about(http_status: HttpStatus, error_shape: ErrorShape) -> str:
    mirrored = http_status == "mirror"
    keys = " and ".join(f"`{key}`" for key in CODE_KEYS[error_shape])
    return (
        "Made by remo-mock out of the vendor's public pages; this is not the vendor's own document. `x-remo-source` "
        "tells where each rule stands, and `ledger` which contradiction of the pages it settles (`remo-mock ledger`)."
        "\n\n"
        + (
            "The HTTP status of an error is its code (L19, `--http-status mirror`)"
            if mirrored
            else "Errors come with HTTP status 200: `state` tells them from successes (L19, `--http-status 200`)"
        )
        + f"; its body tells the code under {keys} (L01, `--error-shape {error_shape}`)."
    )


def _operation(
    endpoint: Endpoint, documents: Documents, examples: Mapping[str, Json], http_status: HttpStatus, shape: ErrorShape
) -> dict[str, Json]:
    data = documents[f"{endpoint.name}/endpoint.json"]
    views = [view.name for view in endpoint.views]
    name = pascal(endpoint.name)
    body: dict[str, Json] = {"schema": _schema(component_name(endpoint.name, "request"))}
    if f"{name}Request" in examples:
        body["examples"] = {"good": _example(f"{name}Request")}
    success = {"success": _example(f"{name}Success")} if f"{name}Success" in examples else {}
    return {
        "operationId": name[:1].lower() + name[1:],
        "summary": f"Analyse {'a' if len(views) == 1 else 'the'} {_listed(views)} photo{'s' * (len(views) > 1)}",
        "description": _what_it_costs(endpoint),
        "tags": ["skeleton"],
        "parameters": [prefer_parameter(endpoint)],
        "requestBody": {"required": True, "content": {_JSON: body}},
        "responses": _responses(endpoint, success, http_status, shape),
        "x-remo-source": data["x-remo-source"],
    }


def _what_it_costs(endpoint: Endpoint) -> str:
    price = endpoint.price
    credits_word = f"{price.credits} credit{'s' * (price.credits != 1)}"
    told = [f"A success costs {credits_word}; an error costs nothing (L20)."]
    if price.family is not None:
        told[0] = (
            f"Successes with the same `uuid` are one set, in which {price.per_views} photos cost {credits_word} "
            "together (L05); an error costs nothing (L20)."
        )
    wrong, missing = (code_for_condition(endpoint, name).code for name in ("protocol", "missing_input"))
    told.append(f"A field of the wrong type answers {wrong}, one that is missing, null or empty {missing}.")
    told += [f"Also answered at `{path}` ({entry})." for path, entry in endpoint.aliases.items()]
    return " ".join(told)


def _responses(
    endpoint: Endpoint, success: Mapping[str, Json], http_status: HttpStatus, shape: ErrorShape
) -> dict[str, Json]:
    errors = {f"error-{code.code}": _error_example(code, shape) for code in endpoint.codes.values()}
    good, bad = (_schema(component_name(endpoint.name, kind)) for kind in ("response", "error"))
    refused = {"schema": _schema("Problem")}
    wrong = code_for_condition(endpoint, "protocol")
    if http_status == "200":
        listed = "\n".join(f"- {code.code}: {_meaning(code)}" for code in endpoint.codes.values())
        told = _content(f"A success, or an error whose body tells its code:\n{listed}", {"oneOf": [good, bad]})
        told["content"][_JSON]["examples"] = {**success, **errors}
        problem = {"description": "Not the vendor's: the Prefer header asks for what cannot be.", "content": {}}
        problem["content"] = {_PROBLEM: refused}
        return {str(SUCCESS): told, str(wrong.code): problem}
    responses: dict[str, Json] = {str(SUCCESS): _content("The photos with the result drawn on them, and angles.", good)}
    if success:
        responses[str(SUCCESS)]["content"][_JSON]["examples"] = success
    for code in endpoint.codes.values():
        only = {"properties": {key: {"const": code.code} for key in CODE_KEYS[shape]}}
        told = _content(_meaning(code), bad | only)
        told["content"][_JSON]["examples"] = {f"error-{code.code}": errors[f"error-{code.code}"]}
        responses[str(code.code)] = told | {"x-remo-meaning": code.meaning, "x-remo-source": code.source}
    responses[str(wrong.code)]["content"][_PROBLEM] = refused
    responses[str(wrong.code)]["description"] += "; as problem+json: the Prefer header asks for what cannot be"
    return responses


def _content(description: str, schema: Json) -> dict[str, Json]:
    headers = {name: {"$ref": f"#/components/headers/{name}"} for name in REPLY_HEADERS}
    return {"description": description, "headers": headers, "content": {_JSON: {"schema": schema}}}


def _meaning(code: Code) -> str:
    return code.meaning["en"] + " (sent only when asked for)" * code.only_when_asked


def _error_example(code: Code, shape: ErrorShape) -> Json:
    return {"summary": f"{code.code}: {code.meaning['en']}", "value": error_body(code, _BALANCE, shape)}


def _shared_examples(
    endpoints: Iterable[Endpoint], successes: Mapping[str, Json], photos: Mapping[str, str], account: Mapping[str, str]
) -> dict[str, Json]:
    """Return a success and a request of each endpoint, where there is what they are made of."""
    found: dict[str, Json] = {}
    for endpoint in endpoints:
        name = pascal(endpoint.name)
        if endpoint.name in successes:
            found[f"{name}Success"] = {"value": successes[endpoint.name]}
        if all(view.name in photos for view in endpoint.views):
            request = {**account, **{view.photo_field: photos[view.name] for view in endpoint.views}}
            found[f"{name}Request"] = {"value": request}
    return found


def _schema(name: str) -> dict[str, Json]:
    return {"$ref": f"#/components/schemas/{name}"}


def _example(name: str) -> dict[str, Json]:
    return {"$ref": f"#/components/examples/{name}"}


def _listed(words: Iterable[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last

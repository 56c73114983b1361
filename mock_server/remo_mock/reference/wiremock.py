"""Makes WireMock's mappings for the vendor's API from the contract."""

from collections.abc import Iterator, Mapping
from uuid import NAMESPACE_URL, uuid5

import orjson

from remo_mock.contract import (
    SUCCESS_CODE,
    Code,
    Contract,
    Endpoint,
    ErrorShape,
    HttpStatus,
    Json,
    code_for_condition,
)
from remo_mock.reference.codes import EXAMPLE_BALANCE
from remo_mock.service.messages.call_and_reply import error_body
from remo_mock.service.messages.headers import PREFER, PREFERENCE_APPLIED

# Priorities: WireMock takes the smallest number among the mappings that match. The mock decides in the same order.
_BY_HEADER, _BY_ADDRESS, _SUCCESS, _BY_CONDITION = 1, 2, 3, 4

_IS_JSON = {"Content-Type": {"matches": r"(?i)application/([^;]+\+)?json\s*(;.*)?"}}


def wiremock_files(
    contract: Contract, *, successes: Mapping[str, Json], http_status: HttpStatus, error_shape: ErrorShape
) -> dict[str, bytes]:
    """Return the files of WireMock's root folder, contents by relative path: `mappings/` and `__files/`.

    Each endpoint answers with the page's example from `successes`, with any code that `Prefer: code=N` or a
    plus-address asks for, and with the code of the layer of the request schema that a request breaks.
    """
    files: dict[str, bytes] = {}
    for endpoint in contract.endpoints:
        if endpoint.name in successes:
            files[f"__files/{endpoint.name}.success.json"] = _text(successes[endpoint.name])
        for name, mapping in _mappings(endpoint, endpoint.name in successes, http_status, error_shape):
            named: dict[str, Json] = {"id": str(uuid5(NAMESPACE_URL, f"remo-mock:{endpoint.name}:{name}"))}
            named |= {"name": f"{endpoint.name}: {name.replace('-', ' ')}"}
            files[f"mappings/{endpoint.name}.{name}.json"] = _text(named | mapping)
    return files


def _mappings(
    endpoint: Endpoint, has_example: bool, http_status: HttpStatus, shape: ErrorShape
) -> Iterator[tuple[str, Json]]:
    """Yield the name and the content of each mapping; the name becomes part of a file name."""
    if has_example:
        body: dict[str, Json] = {"bodyFileName": f"{endpoint.name}.success.json"}
        valid = _valid_layers(endpoint, len(endpoint.request_schema["allOf"]))
        yield "success", _mapping(_SUCCESS, valid, SUCCESS_CODE, body)
    for code in endpoint.codes.values():
        status = code.code if http_status == "mirror" else SUCCESS_CODE
        body = {"jsonBody": error_body(code, EXAMPLE_BALANCE, shape)}
        source = {"metadata": {"meaning": code.meaning, "x-remo-source": code.source}}
        headers = {PREFER: {"matches": _prefer_pattern(code)}}
        preferring = {"method": endpoint.method, "urlPath": endpoint.path, "headers": headers}
        applied = {PREFERENCE_APPLIED: f"code={code.code}"}
        yield f"{code.code}-by-header", source | _mapping(_BY_HEADER, preferring, status, body, **applied)
        email = {"matchesJsonPath": {"expression": "$.Email", "matches": _plus_address_pattern(code)}}
        addressed = {"method": endpoint.method, "urlPath": endpoint.path, "headers": _IS_JSON, "bodyPatterns": [email]}
        yield f"{code.code}-by-address", source | _mapping(_BY_ADDRESS, addressed, status, body)
    # A body that satisfies more layers matches a mapping of higher priority: these answer for the next layer.
    layers = [layer["x-remo-condition"] for layer in endpoint.request_schema["allOf"]]
    for satisfied, condition in enumerate(layers):
        code = code_for_condition(endpoint, condition)
        status = code.code if http_status == "mirror" else SUCCESS_CODE
        matching = _valid_layers(endpoint, satisfied) if satisfied else {"method": "ANY", "urlPath": endpoint.path}
        mapping = _mapping(
            _BY_CONDITION + len(layers) - satisfied, matching, status, {"jsonBody": error_body(code, 0, shape)}
        )
        yield condition.replace("_", "-"), mapping


def _valid_layers(endpoint: Endpoint, layers: int) -> dict[str, Json]:
    """Match requests whose body satisfies the first `layers` of the request schema."""
    schema = {"type": "object", "allOf": endpoint.request_schema["allOf"][:layers]}
    return {
        "method": endpoint.method,
        "urlPath": endpoint.path,
        "headers": _IS_JSON,
        "bodyPatterns": [{"matchesJsonSchema": schema, "schemaVersion": "V202012"}],
    }


def _mapping(priority: int, request: Json, status: int, body: Mapping[str, Json], **headers: str) -> dict[str, Json]:
    return {
        "priority": priority,
        "request": request,
        "response": {"status": status, "headers": {"Content-Type": "application/json"} | headers, **body},
    }


def _prefer_pattern(code: Code) -> str:
    return rf'(?:.*[,;])?\s*code="?{code.code}"?\s*(?:[,;].*)?'


def _plus_address_pattern(code: Code) -> str:
    return rf"[^@]*\+{code.code}(?:\+[^@]*)?(?:@.*)?"


def _text(value: Json) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)

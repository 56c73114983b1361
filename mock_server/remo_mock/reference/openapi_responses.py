"""Describes the responses of an endpoint for the OpenAPI document: the success, every error, a refused preference."""

from collections.abc import Mapping

from remo_mock.contract import SUCCESS_CODE, Code, Endpoint, ErrorShape, HttpStatus, Json, code_for_condition
from remo_mock.reference.codes import EXAMPLE_BALANCE
from remo_mock.reference.openapi_prefer import REPLY_HEADERS
from remo_mock.reference.openapi_schemas import component_name
from remo_mock.service.messages.call_and_reply import CODE_KEYS, error_body
from remo_mock.service.messages.problem import CONTENT_TYPE as PROBLEM_TYPE

JSON_TYPE = "application/json"
_REFUSED = "the Prefer header asks for something impossible"


def responses(
    endpoint: Endpoint, *, success: Mapping[str, Json], http_status: HttpStatus, error_shape: ErrorShape
) -> dict[str, Json]:
    """Return the responses by HTTP status; `success` holds the example of a success, if there is one."""
    errors = {f"error-{code.code}": _error_example(code, error_shape) for code in endpoint.codes.values()}
    good, bad = (schema_reference(component_name(endpoint.name, kind)) for kind in ("response", "error"))
    refused = {"schema": schema_reference("Problem")}
    refusal = str(code_for_condition(endpoint, "protocol").code)
    if http_status == "200":
        listed = "\n".join(f"- {code.code}: {_meaning(code)}" for code in endpoint.codes.values())
        either = _content(f"A success, or an error whose body carries its code:\n{listed}", {"oneOf": [good, bad]})
        either["content"][JSON_TYPE]["examples"] = {**success, **errors}
        problem = {"description": f"Not the vendor's: {_REFUSED}.", "content": {PROBLEM_TYPE: refused}}
        return {str(SUCCESS_CODE): either, refusal: problem}
    found: dict[str, Json] = {
        str(SUCCESS_CODE): _content("The photos with the result drawn on them, and angles.", good)
    }
    if success:
        found[str(SUCCESS_CODE)]["content"][JSON_TYPE]["examples"] = success
    for code in endpoint.codes.values():
        only = {"properties": {key: {"const": code.code} for key in CODE_KEYS[error_shape]}}
        error = _content(_meaning(code), bad | only)
        error["content"][JSON_TYPE]["examples"] = {f"error-{code.code}": errors[f"error-{code.code}"]}
        found[str(code.code)] = error | {"x-remo-meaning": code.meaning, "x-remo-source": code.source}
    found[refusal]["content"][PROBLEM_TYPE] = refused
    found[refusal]["description"] += f"; as problem+json: {_REFUSED}"
    return found


def schema_reference(name: str) -> dict[str, Json]:
    """Refer to a schema among the components."""
    return {"$ref": f"#/components/schemas/{name}"}


def _content(description: str, schema: Json) -> dict[str, Json]:
    headers = {name: {"$ref": f"#/components/headers/{name}"} for name in REPLY_HEADERS}
    return {"description": description, "headers": headers, "content": {JSON_TYPE: {"schema": schema}}}


def _meaning(code: Code) -> str:
    return code.meaning["en"] + " (sent only when asked for)" * code.only_when_asked


def _error_example(code: Code, shape: ErrorShape) -> Json:
    return {"summary": f"{code.code}: {code.meaning['en']}", "value": error_body(code, EXAMPLE_BALANCE, shape)}

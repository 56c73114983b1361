"""The routes of /__admin that ask for outcomes, read the journal, and bring back the start state."""

from dataclasses import asdict
from typing import Any

from flask import Blueprint, Response, request
from jsonschema import Draft202012Validator

from mock_server.asking import fitting_endpoint, named_endpoints
from mock_server.journal import KEPT
from mock_server.making import Mock
from mock_server.problems import problem
from mock_server.queries import query_fields
from mock_server.wire import Malformed, dump, parse_object

_ABOUT = ("account", "endpoint", "times")
_ASKED = Draft202012Validator(
    {
        "type": "object",
        "properties": {
            "account": {"type": "string", "minLength": 1},
            "endpoint": {"type": ["string", "null"]},
            "times": {"type": "integer", "minimum": 1, "maximum": 10_000},
        },
        "required": ["account"],
        "additionalProperties": {
            "type": ["string", "number", "boolean", "array"],
            "items": {"type": ["string", "number"]},
            "minItems": 1,
        },
    }
)
_RESETS = ("requests", "outcomes", "accounts")
_EXAMPLE = 'An example: {"account": "...", "profile": "danger"}.'
_NOTHING_ASKED = "it asks for nothing: a code, a profile, a verdict, a metric, a delay or a fault is missing."


def add_control_routes(admin: Blueprint, mock: Mock) -> None:
    """Add outcomes, requests and reset to the admin routes."""
    contract = mock.responder.contract

    @admin.get("/outcomes")
    def list_outcomes() -> Response:
        query = query_fields("account")
        if isinstance(query, Response):
            return query
        return _json({"outcomes": [asdict(outcome) for outcome in mock.queue.waiting(query.get("account"))]})

    @admin.post("/outcomes")
    def ask() -> Response:
        body = parse_object(request.get_data())
        if isinstance(body, Malformed):
            return problem(400, "Not a JSON object", f"{body.reason}.")
        found = next(_ASKED.iter_errors(body), None)
        if found is not None:
            where = "".join(f"{part}: " for part in found.absolute_path)
            return problem(400, "Not an outcome", f"{where}{found.message}. {_EXAMPLE}")
        terms = {name: value for name, value in body.items() if name not in _ABOUT}
        if not terms:
            return problem(400, "Not an outcome", f"{_NOTHING_ASKED} {_EXAMPLE}")
        endpoint = fitting_endpoint(contract, body.get("endpoint"), terms)
        waiting = mock.queue.add(body["account"], endpoint=endpoint, terms=terms, times=body.get("times", 1))
        return _json(asdict(waiting), status=201)

    @admin.delete("/outcomes")
    def take_back() -> Response:
        query = query_fields("account")
        return query if isinstance(query, Response) else _json({"deleted": mock.queue.clear(query.get("account"))})

    @admin.get("/requests")
    def list_requests() -> Response:
        query = query_fields("account", "endpoint", "code", "limit")
        if isinstance(query, Response):
            return query
        code, endpoint, limit = query.get("code"), query.get("endpoint"), query.get("limit", str(KEPT))
        if code is not None and not (code.isascii() and code.isdigit()):
            return problem(400, "Not a code", "code wants a number: an error code, or that of a success.")
        if not (limit.isascii() and limit.isdigit() and 1 <= int(limit) <= KEPT):
            return problem(400, "Not a limit", f"limit={limit} cannot be; it is a number from 1 to {KEPT}.")
        if endpoint is not None:
            named_endpoints(contract, endpoint)
        entries = mock.journal.entries(
            account=query.get("account"), endpoint=endpoint, code=None if code is None else int(code)
        )
        return _json({"count": len(entries), "requests": entries[: int(limit)]})

    @admin.delete("/requests")
    def forget_requests() -> Response:
        query = query_fields("account")
        return query if isinstance(query, Response) else _json({"deleted": mock.journal.clear(query.get("account"))})

    @admin.get("/requests/<int:number>")
    def show_request(number: int) -> Response:
        return _json(mock.journal.entry(number))

    @admin.post("/reset")
    def reset() -> Response:
        query = query_fields("only")
        if isinstance(query, Response):
            return query
        only = query.get("only")
        if request.get_data().strip() not in (b"", b"{}"):
            return problem(
                400, "Nothing to read", "What to reset goes into the query, as in /__admin/reset?only=outcomes."
            )
        if only is not None and only not in _RESETS:
            return problem(400, "Nothing to reset", f"only={only} is unknown; expected one of {', '.join(_RESETS)}.")
        mock.reset(only)
        return _json({"reset": [only] if only else list(_RESETS)})


def _json(value: Any, *, status: int = 200) -> Response:
    return Response(dump(value), status=status, mimetype="application/json")

"""The routes of /__admin that ask for outcomes, read the journal, and bring back the start state."""

from dataclasses import asdict
from typing import Any

from flask import Blueprint, Response, request
from jsonschema import Draft202012Validator

from mock_server.asking import fitting_endpoint
from mock_server.making import Mock
from mock_server.problems import problem
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
        "additionalProperties": {"type": ["string", "number", "boolean", "null"]},
        "minProperties": 2,
    }
)
_RESETS = ("requests", "outcomes", "accounts")


def add_control_routes(admin: Blueprint, mock: Mock) -> None:
    """Add outcomes, requests and reset to the admin routes."""
    contract = mock.responder.contract

    @admin.get("/outcomes")
    def list_outcomes() -> Response:
        waiting = mock.queue.waiting(request.args.get("account"))
        return _json({"outcomes": [asdict(outcome) for outcome in waiting]})

    @admin.post("/outcomes")
    def ask() -> Response:
        body = parse_object(request.get_data())
        if isinstance(body, Malformed):
            return problem(400, "Not a JSON object", f"{body.reason}.")
        found = next(_ASKED.iter_errors(body), None)
        if found is not None:
            where = "".join(f"{part}: " for part in found.absolute_path)
            return problem(
                400, "Not an outcome", f'{where}{found.message}. An example: {{"account": "...", "code": 518}}'
            )
        terms = {name: value for name, value in body.items() if name not in _ABOUT}
        endpoint = fitting_endpoint(contract, body.get("endpoint"), terms)
        waiting = mock.queue.add(body["account"], endpoint=endpoint, terms=terms, times=body.get("times", 1))
        return _json(asdict(waiting), status=201)

    @admin.delete("/outcomes")
    def take_back() -> Response:
        return _json({"deleted": mock.queue.clear(request.args.get("account"))})

    @admin.get("/requests")
    def list_requests() -> Response:
        code = request.args.get("code", type=int)
        if "code" in request.args and code is None:
            return problem(400, "Not a code", "code wants a number, as in /__admin/requests?code=518.")
        entries = mock.journal.entries(
            account=request.args.get("account"), endpoint=request.args.get("endpoint"), code=code
        )
        return _json({"count": len(entries), "requests": entries})

    @admin.delete("/requests")
    def forget_requests() -> Response:
        mock.journal.clear()
        return Response(status=204)

    @admin.get("/requests/<int:number>")
    def show_request(number: int) -> Response:
        return _json(mock.journal.entry(number))

    @admin.post("/reset")
    def reset() -> Response:
        only = request.args.get("only")
        if only is not None and only not in _RESETS:
            return problem(400, "Nothing to reset", f"only={only} is unknown; expected one of {', '.join(_RESETS)}.")
        mock.reset(only)
        return _json({"reset": [only] if only else list(_RESETS)})


def _json(value: Any, *, status: int = 200) -> Response:
    return Response(dump(value), status=status, mimetype="application/json")

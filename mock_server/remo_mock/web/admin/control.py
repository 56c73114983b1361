"""The routes of /__admin that ask for outcomes, read the journal, and bring back the start state."""

import re
from dataclasses import asdict
from typing import Any

from flask import Blueprint, Response, request
from jsonschema import Draft202012Validator

from remo_mock.assembly import Mock
from remo_mock.exceptions import OutcomeError
from remo_mock.service.json_body import Malformed, dump, parse_object
from remo_mock.service.messages import SUCCESS
from remo_mock.service.outcome_syntax import fitting_endpoint, named_endpoints, turns
from remo_mock.store.journal import KEPT
from remo_mock.web.admin.queries import query_fields
from remo_mock.web.problems import breach, problem

_ABOUT = ("account", "endpoint", "times")
_ASKED = Draft202012Validator(
    {
        "type": "object",
        "properties": {"account": {"type": "string", "minLength": 1}, "endpoint": {"type": ["string", "null"]}},
        "required": ["account"],
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
        waiting = mock.queue.waiting(query.get("account"))
        if "account" in query and not waiting:
            mock.accounts.account(query["account"])  # a slip in an address must not look like an empty queue
        return _json({"outcomes": [asdict(outcome) for outcome in waiting]})

    @admin.post("/outcomes")
    def ask() -> Response:
        body = parse_object(request.get_data())
        if isinstance(body, Malformed):
            return problem(400, "Not a JSON object", f"{body.reason}.")
        found = next(_ASKED.iter_errors(body), None)
        if found is not None:
            return problem(400, "Not an outcome", f"{breach(found)}. {_EXAMPLE}")
        terms = {name: value for name, value in body.items() if name not in _ABOUT}
        if not terms:
            return problem(400, "Not an outcome", f"{_NOTHING_ASKED} {_EXAMPLE}")
        endpoint = fitting_endpoint(contract, body.get("endpoint"), terms)
        times = turns(body.get("times", 1))
        waiting = mock.queue.add(body["account"], endpoint=endpoint, terms=terms, times=times)
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
        account, endpoint, code = query.get("account"), query.get("endpoint"), query.get("code")
        limit = query.get("limit", str(KEPT))
        named_endpoints(contract, endpoint)
        if code is not None and not re.fullmatch("[1-9][0-9]{2}", code):
            return problem(400, "Not a code", "code wants a number of three digits: an error code, or a success's.")
        if not re.fullmatch("[1-9][0-9]{0,3}", limit) or int(limit) > KEPT:
            return problem(400, "Not a limit", f"limit={limit} cannot be asked for; it is a number from 1 to {KEPT}.")
        entries = mock.journal.entries(account=account, endpoint=endpoint, code=int(code) if code else None)
        if not entries:
            # A slip in a filter must not look like something that never happened.
            if account is not None and not mock.journal.entries(account=account):
                mock.accounts.account(account)
            known = {SUCCESS, *(known for one in contract.endpoints for known in one.codes)}
            if code is not None and int(code) not in known:
                raise OutcomeError(f"code={code}", f"one of {', '.join(map(str, sorted(known)))}")
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

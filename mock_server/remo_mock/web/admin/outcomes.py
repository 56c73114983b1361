"""The routes of /__admin that queue outcomes for an account's next requests, list them and delete them."""

from flask import Blueprint, Response, abort

from remo_mock.assembly import Mock
from remo_mock.service.outcomes.endpoints import fitting_endpoint
from remo_mock.service.outcomes.queued import parse_duration
from remo_mock.web.admin.request_fields import BodySchema, body_fields, query_fields
from remo_mock.web.json_reply import json_reply
from remo_mock.web.problems import problem

_NOT_TERMS = ("account", "endpoint", "times", "until")
_OUTCOME = BodySchema(
    {
        "type": "object",
        "properties": {"account": {"type": "string", "minLength": 1}, "endpoint": {"type": ["string", "null"]}},
        "required": ["account"],
    }
)
_EXAMPLE = 'An example: {"account": "...", "profile": "danger"}.'
_NO_TERMS = "it asks for nothing: a code, a profile, a verdict, a metric, a delay or a fault is missing."


def add_outcome_routes(admin: Blueprint, mock: Mock) -> None:
    """Add the queue of outcomes."""
    contract = mock.responder.contract

    @admin.get("/outcomes")
    def list_outcomes() -> Response:
        """List the queued outcomes that are not used up; `account=` filters."""
        account = query_fields("account").get("account")
        waiting = mock.queue.waiting(account)
        if account is not None and not waiting:
            mock.accounts.account(account)  # a misspelled address must not look like an empty queue
        return json_reply({"outcomes": [outcome.fields for outcome in waiting]})

    @admin.post("/outcomes")
    def queue_outcome() -> Response:
        """Queue an outcome for the next requests of an account."""
        query_fields()
        body = body_fields(_OUTCOME, title="Not an outcome", advice=_EXAMPLE)
        terms = {name: value for name, value in body.items() if name not in _NOT_TERMS}
        if not terms:
            abort(problem(400, "Not an outcome", f"{_NO_TERMS} {_EXAMPLE}"))
        endpoint = fitting_endpoint(contract, body.get("endpoint"), terms)
        times, until = parse_duration(body)
        waiting = mock.queue.add(body["account"], endpoint=endpoint, terms=terms, times=times, until=until)
        return json_reply(waiting.fields, status=201)

    @admin.delete("/outcomes")
    def clear_outcomes() -> Response:
        """Delete the queued outcomes, or with `account=` those of one account."""
        account = query_fields("account").get("account")
        return json_reply({"deleted": mock.queue.clear(account)})

"""The routes of /__admin that show and clear the journal of exchanges."""

import re

from flask import Blueprint, Response, abort

from remo_mock.assembly import Mock
from remo_mock.contract import SUCCESS_CODE
from remo_mock.exceptions import OutcomeError
from remo_mock.hints.hint import Hint
from remo_mock.service.outcomes.endpoints import named_endpoints
from remo_mock.web.admin.pages import before_of, limit_of, link
from remo_mock.web.admin.request_fields import query_fields
from remo_mock.web.json_reply import json_reply
from remo_mock.web.problems import problem


def add_journal_routes(admin: Blueprint, mock: Mock) -> None:
    """Add the journal."""

    @admin.get("/requests")
    def list_requests() -> Response:
        """List the latest exchanges first; `account=`, `endpoint=`, `code=`, `limit=`, `before=` filter."""
        query = query_fields("account", "endpoint", "code", "limit", "before")
        code, limit, before = query.get("code"), limit_of(query), before_of(query)
        named_endpoints(mock.responder.contract, query.get("endpoint"))
        if code is not None and not re.fullmatch("[1-9][0-9]{2}", code):
            abort(problem(400, "Not a code", f"code is a number of three digits: {SUCCESS_CODE}, or that of an error."))
        entries = mock.journal.entries(
            account=query.get("account"), endpoint=query.get("endpoint"), code=int(code) if code else None
        )
        if not entries:
            _refuse_misspelled(mock, query)
        listed = [entry for entry in entries if before is None or entry["id"] < before]
        last = listed[limit - 1]["id"] if len(listed) > limit else None
        return json_reply({"count": len(entries), "requests": listed[:limit], **link(query, before=last)})

    @admin.delete("/requests")
    def clear_requests() -> Response:
        """Clear the journal, or with `account=` the exchanges of one account."""
        account = query_fields("account").get("account")
        return json_reply({"deleted": mock.journal.clear(account)})

    @admin.get("/requests/<int:number>")
    def show_request(number: int) -> Response:
        """Show one exchange: the request without keys and photos, the reply, the reason, the charge."""
        query_fields()
        return json_reply(mock.journal.entry(number))


def _refuse_misspelled(mock: Mock, query: dict[str, str]) -> None:
    """Raise for an account or a code that does not exist: that must not look like an exchange that never happened."""
    account, code = query.get("account"), query.get("code")
    if account is not None and not mock.journal.entries(account=account):
        mock.accounts.account(account)
    known = {SUCCESS_CODE, *(known for endpoint in mock.responder.contract.endpoints for known in endpoint.codes)}
    if code is not None and int(code) not in known:
        raise OutcomeError(f"code={code}", Hint("one_of", {"values": tuple(sorted(known))}))

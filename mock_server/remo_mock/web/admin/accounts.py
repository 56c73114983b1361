"""The routes of /__admin that list, open, change and delete accounts."""

import secrets
from collections.abc import Iterable
from dataclasses import asdict

from flask import Blueprint, Response

from remo_mock.assembly import Mock
from remo_mock.contract import Json
from remo_mock.store.account import EMAIL_PATTERN, EMAIL_RULE, FIRST_CREDIT, LONGEST_FIELD, MOST_CREDIT, Account
from remo_mock.web.admin.pages import before_of, limit_of, link
from remo_mock.web.admin.request_fields import BodySchema, body_fields, query_fields
from remo_mock.web.json_reply import json_reply

_KEY = {"type": "string", "minLength": 1, "maxLength": LONGEST_FIELD}
_FIELDS = {
    "email": _KEY | {"pattern": EMAIL_PATTERN, "description": EMAIL_RULE},
    "user_key": _KEY,
    "api_key": _KEY,
    "credit": {"type": "integer", "minimum": 0, "maximum": MOST_CREDIT},
}
_CHANGED = {name: rule for name, rule in _FIELDS.items() if name != "email"} | {
    "add_credit": {"type": "integer", "minimum": 1, "maximum": MOST_CREDIT}
}
_NEW_ACCOUNT = BodySchema(
    {"type": "object", "properties": _FIELDS, "required": ["email"], "additionalProperties": False}
)
_CHANGES = BodySchema(
    {
        "type": "object",
        "properties": _CHANGED,
        "minProperties": 1,
        "additionalProperties": False,
    }
)


def add_account_routes(admin: Blueprint, mock: Mock) -> None:
    """Add the accounts, and each account's charges."""
    accounts = mock.accounts

    @admin.get("/accounts")
    def list_accounts() -> Response:
        """List the accounts with their keys and credits, by address; `limit=` and `after=` make pages."""
        query = query_fields("limit", "after")
        limit = limit_of(query)
        found = accounts.accounts(after=query.get("after", ""), limit=limit + 1)
        last = found[limit - 1].email if len(found) > limit else None
        return json_reply({"accounts": [_shown(one) for one in found[:limit]], **link(query, after=last)})

    @admin.post("/accounts")
    def open_account() -> Response:
        """Open an account; keys that are not given are made up."""
        query_fields()
        fields = _account_fields(_NEW_ACCOUNT, _FIELDS)
        account = Account(
            email=fields["email"],
            user_key=fields.get("user_key") or secrets.token_hex(8),
            api_key=fields.get("api_key") or secrets.token_hex(16),
            credit=fields.get("credit", FIRST_CREDIT),
        )
        return json_reply(_shown(accounts.add(account)), status=201)

    @admin.get("/accounts/<email>")
    def show_account(email: str) -> Response:
        """Show one account."""
        query_fields()
        return json_reply(_shown(accounts.account(email)))

    @admin.patch("/accounts/<email>")
    def change_account(email: str) -> Response:
        """Change an account's keys, set its credits (`credit`) or add to them (`add_credit`)."""
        query_fields()
        return json_reply(_shown(accounts.change(email, **_account_fields(_CHANGES, _CHANGED))))

    @admin.delete("/accounts/<email>")
    def delete_account(email: str) -> Response:
        """Delete an account, its charges and its queued outcomes."""
        query_fields()
        mock.close_account(email)
        return Response(status=204)

    @admin.get("/accounts/<email>/charges")
    def list_charges(email: str) -> Response:
        """List an account's last charges, oldest first; `uuid=` filters, `limit=` and `before=` make pages."""
        query = query_fields("uuid", "limit", "before")
        charges, earlier = accounts.last_charges(
            email, limit=limit_of(query), before=before_of(query), uuid=query.get("uuid")
        )
        return json_reply({"charges": [asdict(charge) for charge in charges], **link(query, before=earlier)})


def _shown(account: Account) -> dict[str, Json]:
    return {name: getattr(account, name) for name in _FIELDS}


def _account_fields(schema: BodySchema, known: Iterable[str]) -> dict[str, Json]:
    advice = f"Known fields: {', '.join(known)}."
    fields = body_fields(schema, title="Not an account", advice=advice, secret=("user_key", "api_key"))
    # In JSON, 5.0 is an integer, too.
    return fields | {name: int(fields[name]) for name in ("credit", "add_credit") if name in fields}

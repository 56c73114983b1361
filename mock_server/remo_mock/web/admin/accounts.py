"""/__admin: the state of the mock for testers, as JSON; its errors are problem+json and name a remedy."""

import hmac
import secrets
from dataclasses import asdict
from typing import Any

from flask import Blueprint, Response, request
from jsonschema import Draft202012Validator

from remo_mock._version import __version__
from remo_mock.addresses import is_loopback, is_of_a_foreign_page, names_this_machine
from remo_mock.assembly import Mock
from remo_mock.exceptions import AccountExistsError, AccountUnknownError, EntryUnknownError, OutcomeError
from remo_mock.service.json_body import Malformed, dump, parse_object
from remo_mock.settings import Settings
from remo_mock.store.accounts import Account
from remo_mock.web.admin.control import add_control_routes
from remo_mock.web.admin.docs import add_docs_routes
from remo_mock.web.admin.queries import query_fields
from remo_mock.web.admin.reference import add_reference_routes
from remo_mock.web.problems import breach, problem

OPEN = frozenset({"health", "show_docs", "show_openapi", "list_codes", "list_ledger"})
"""The routes that want no token, since a browser has none to send: they tell of the contract, and of nobody's state."""

CAPABILITIES = ("prefer", "queue", "plus-address", "card", "faults", "journal")
"""What this mock can do beyond the vendor's service, for tools that want to know before they ask."""

_FIRST_CREDIT = 100
_WITHOUT_QUERY = {
    f"admin.{view}"
    for view in (
        *("list_accounts", "open_account", "show_account", "change_account", "delete_account", "list_charges"),
        *("ask", "show_request"),
    )
}
_KEY = {"type": "string", "minLength": 1, "maxLength": 200}
_FIELDS = {
    "email": _KEY
    | {
        # It stands in paths, in lines and in headers.
        "pattern": r"^(?!\.\.?\Z)(?! )[^/\x00-\x1f\x7f]*(?<! )\Z",
        "description": "an address that can stand in a path: no slash, no control character, no space around it",
    },
    "user_key": _KEY,
    "api_key": _KEY,
    "credit": {"type": "integer", "minimum": 0, "maximum": 10**12},
}
_SECRET = ("user_key", "api_key")
_NEW_ACCOUNT = Draft202012Validator(
    {"type": "object", "properties": _FIELDS, "required": ["email"], "additionalProperties": False}
)
_CHANGES = Draft202012Validator(
    {
        "type": "object",
        "properties": {name: rule for name, rule in _FIELDS.items() if name != "email"},
        "minProperties": 1,
        "additionalProperties": False,
    }
)


def admin_blueprint(mock: Mock, settings: Settings) -> Blueprint:
    """Make the routes under /__admin; with an `admin_token`, each that is not `OPEN` wants it as a bearer token."""
    admin = Blueprint("admin", __name__, url_prefix="/__admin", template_folder="templates")
    accounts = mock.accounts

    @admin.before_request
    def guard() -> Response | None:
        # A web page that has its own name resolve to this machine must not reach our routes (DNS rebinding).
        if is_loopback(settings.host) and not names_this_machine(request.host):
            return problem(403, "Wrong Host header", "Call /__admin by 127.0.0.1 or localhost.")
        # Any page may post to any address without reading the reply; a reset needs no reading.
        site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
        changes = request.method not in ("GET", "HEAD", "OPTIONS")
        if changes and is_of_a_foreign_page(site=site, origin=origin, host=request.host):
            return problem(403, "Sent by another site's page", "Call /__admin from a program or from the console.")
        token = settings.admin_token
        scheme, _, given = request.headers.get("Authorization", "").partition(" ")
        closed = token is not None and (request.endpoint or "").removeprefix("admin.") not in OPEN
        known = scheme.lower() == "bearer" and hmac.compare_digest(given.strip().encode(), (token or "").encode())
        if closed and not known:
            refused = problem(401, "Admin token needed", "Send the header: Authorization: Bearer <the token of serve>.")
            refused.headers["WWW-Authenticate"] = "Bearer"
            return refused
        if request.method == "DELETE" and request.get_data().strip() not in (b"", b"{}"):
            told = "What to delete goes into path or query, as in /__admin/requests?account=...; leave the body out."
            return problem(400, "Nothing to read", told)
        query = query_fields() if request.endpoint in _WITHOUT_QUERY else None
        return query if isinstance(query, Response) else None

    @admin.get("/health")
    def health() -> Response:
        return _json({"status": "ok", "version": __version__, "capabilities": CAPABILITIES})

    @admin.get("/accounts")
    def list_accounts() -> Response:
        return _json({"accounts": [_shown(account) for account in accounts.accounts()]})

    @admin.post("/accounts")
    def open_account() -> Response:
        fields = _fields(_NEW_ACCOUNT)
        if isinstance(fields, Response):
            return fields
        account = Account(
            email=fields["email"],
            user_key=fields.get("user_key") or secrets.token_hex(8),
            api_key=fields.get("api_key") or secrets.token_hex(16),
            credit=fields.get("credit", _FIRST_CREDIT),
        )
        return _json(_shown(accounts.add(account)), status=201)

    @admin.get("/accounts/<email>")
    def show_account(email: str) -> Response:
        return _json(_shown(accounts.account(email)))

    @admin.patch("/accounts/<email>")
    def change_account(email: str) -> Response:
        fields = _fields(_CHANGES)
        return fields if isinstance(fields, Response) else _json(_shown(accounts.change(email, **fields)))

    @admin.delete("/accounts/<email>")
    def delete_account(email: str) -> Response:
        mock.close_account(email)
        return Response(status=204)

    @admin.get("/accounts/<email>/charges")
    def list_charges(email: str) -> Response:
        return _json({"charges": [asdict(charge) for charge in accounts.charges(email)]})

    add_control_routes(admin, mock)
    add_docs_routes(admin, mock, settings)
    add_reference_routes(admin, mock)
    admin.register_error_handler(EntryUnknownError, lambda error: problem(404, "No such exchange", str(error)))
    admin.register_error_handler(OutcomeError, lambda error: problem(400, "Cannot be asked for", str(error)))
    admin.register_error_handler(AccountUnknownError, lambda error: problem(404, "No such account", str(error)))
    admin.register_error_handler(AccountExistsError, lambda error: problem(409, "Account exists", str(error)))
    return admin


def _shown(account: Account) -> dict[str, Any]:
    return {name: getattr(account, name) for name in _FIELDS}


def _json(value: Any, *, status: int = 200) -> Response:
    return Response(dump(value), status=status, mimetype="application/json")


def _fields(validator: Draft202012Validator) -> dict[str, Any] | Response:
    """Read the body's fields, or make the error that says what is wrong with them."""
    body = parse_object(request.get_data())
    if isinstance(body, Malformed):
        return problem(400, "Not a JSON object", f"{body.reason}.")
    found = next(validator.iter_errors(body), None)
    if found is None:
        # In JSON 5.0 is an integer, too.
        return body | ({"credit": int(body["credit"])} if "credit" in body else {})
    told = breach(found, hidden=_SECRET)
    return problem(400, "Not an account", f"{told}. Known fields: {', '.join(_FIELDS)}.")

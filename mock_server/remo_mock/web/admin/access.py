"""Decides who may call /__admin: this machine's programs, pages of our own, and whoever has the admin token."""

import hmac

from flask import Response, request

from remo_mock.settings import Settings
from remo_mock.web.foreign_pages import has_foreign_host, is_from_a_foreign_page
from remo_mock.web.problems import problem

PUBLIC = frozenset(f"admin.{view}" for view in ("health", "show_docs", "show_openapi", "list_codes", "list_ledger"))
"""The routes that need no token, since a browser sends none: they show the contract, and no state of the mock."""


def refuse_stranger(settings: Settings) -> Response | None:
    """Return the error for a request that may not reach /__admin, or None."""
    if has_foreign_host(settings.host):
        return problem(403, "Wrong Host header", "Call /__admin by 127.0.0.1 or localhost.")
    changes = request.method not in ("GET", "HEAD", "OPTIONS")
    if changes and is_from_a_foreign_page():
        return problem(403, "Sent by another site's page", "Call /__admin from a program or from the console.")
    if settings.admin_token is None or request.endpoint in PUBLIC or _bears(settings.admin_token):
        return None
    refused = problem(401, "Admin token needed", "Send the header: Authorization: Bearer <the token of serve>.")
    refused.headers["WWW-Authenticate"] = "Bearer"
    return refused


def _bears(token: str) -> bool:
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    return scheme.lower() == "bearer" and hmac.compare_digest(given.strip().encode(), token.encode())

"""The routes of /__admin about the mock as a whole: is it running, and back to the start state."""

from flask import Blueprint, Response, abort

from remo_mock._version import __version__
from remo_mock.assembly import Mock
from remo_mock.web.admin.request_fields import query_fields, refuse_body
from remo_mock.web.json_reply import json_reply
from remo_mock.web.problems import problem

CAPABILITIES = ("prefer", "queue", "plus-address", "card", "faults", "journal")
"""What this mock can do beyond the vendor's service, for tools that need to know before they use it."""

_RESETS = ("requests", "outcomes", "accounts")


def add_lifecycle_routes(admin: Blueprint, mock: Mock) -> None:
    """Add health and reset."""

    @admin.get("/health")
    def health() -> Response:
        """Say that the mock is running, its version, and what it can do."""
        return json_reply({"status": "ok", "version": __version__, "capabilities": CAPABILITIES})

    @admin.post("/reset")
    def reset() -> Response:
        """Bring back the start state, or with `only=` that of requests, outcomes or accounts."""
        only = query_fields("only").get("only")
        refuse_body("What to reset goes into the query, as in /__admin/reset?only=outcomes.")
        if only is not None and only not in _RESETS:
            abort(problem(400, "Nothing to reset", f"only={only} is unknown; expected one of {', '.join(_RESETS)}."))
        mock.reset(only)
        return json_reply({"reset": [only] if only else list(_RESETS)})

"""Errors of our own surfaces as application/problem+json (RFC 9457); knows no route."""

import orjson
from flask import Response


def problem(status: int, title: str, detail: str) -> Response:
    """Make an error reply; `detail` says what was wrong and what to do."""
    body = orjson.dumps({"type": "about:blank", "title": title, "status": status, "detail": detail})
    return Response(body, status=status, mimetype="application/problem+json")

"""Errors of our own surfaces as application/problem+json (RFC 9457); knows no route."""

import json
from collections.abc import Collection, Mapping

import orjson
from flask import Response
from jsonschema import ValidationError

_LONGEST_VALUE = 60
_LONGEST_BREACH = 300


def problem(status: int, title: str, detail: str) -> Response:
    """Make an error reply; `detail` says what was wrong and what to do."""
    body = orjson.dumps({"type": "about:blank", "title": title, "status": status, "detail": detail})
    return Response(body, status=status, mimetype="application/problem+json")


def breach(error: ValidationError, *, hidden: Collection[str] = ()) -> str:
    """Say what a JSON body breaks, with what was sent as JSON spells it, cut short; not of fields that are `hidden`.

    A pattern is told by the description that stands beside it.
    """
    where = "".join(f"{part}: " for part in error.absolute_path)
    sent = json.dumps(error.instance, ensure_ascii=False)
    if len(sent) > _LONGEST_VALUE:
        sent = f"{sent[:_LONGEST_VALUE]}..."
    if set(hidden) & set(error.absolute_path):
        sent = "the value"
    if error.validator == "pattern" and isinstance(error.schema, Mapping):
        return f"{where}{sent} should be {error.schema['description']}"
    return where + error.message.replace(repr(error.instance), sent, 1)[:_LONGEST_BREACH]

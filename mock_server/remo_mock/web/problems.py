"""Renders problems (RFC 9457) as Flask responses, and describes what a JSON body breaks."""

import json
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from flask import Response

from remo_mock.hints.texts import english
from remo_mock.service.messages.headers import HINT
from remo_mock.service.messages.problem import CONTENT_TYPE, Problem

if TYPE_CHECKING:
    from jsonschema import ValidationError

_MAX_VALUE = 60
_MAX_BREACH = 300


def problem(status: int, title: str, detail: str) -> Response:
    """Make an error response; `detail` says what was wrong and what to do."""
    return render(Problem(status, title, detail))


def render(found: Problem) -> Response:
    """Make the response for a problem."""
    headers = {HINT: english(found.hint)} if found.hint else {}
    return Response(found.to_json(), status=found.status, content_type=CONTENT_TYPE, headers=headers)


def breach(error: "ValidationError", *, hidden: Collection[str] = ()) -> str:
    """Describe what a JSON body breaks, quoting the value as JSON, cut short, unless its field is one of `hidden`.

    Of a pattern that does not match, the description that stands beside it is given.
    """
    where = "".join(f"{part}: " for part in error.absolute_path)
    sent = json.dumps(error.instance, ensure_ascii=False)
    if len(sent) > _MAX_VALUE:
        sent = f"{sent[:_MAX_VALUE]}..."
    if set(hidden) & set(error.absolute_path):
        sent = "the value"
    if error.validator == "pattern" and isinstance(error.schema, Mapping):
        return f"{where}{sent} should be {error.schema['description']}"
    return where + error.message.replace(repr(error.instance), sent, 1)[:_MAX_BREACH]

"""Reads the query and the JSON body of an /__admin request, and refuses what the route does not take."""

from collections.abc import Collection
from functools import cached_property
from typing import TYPE_CHECKING

from flask import abort, request
from werkzeug.exceptions import ClientDisconnected

from remo_mock.contract import Json
from remo_mock.hints.texts import english
from remo_mock.service.messages.json_body import Malformed, cut_short, parse_object, refused_encoding
from remo_mock.service.validation import validator_class
from remo_mock.web.front.wsgi import MALFORMED_BODY
from remo_mock.web.problems import breach, problem

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator

# Characters of a value: addresses, the longest, have up to 200.
_LONGEST_VALUE = 300


class BodySchema:
    """A schema of JSON bodies, whose validator is made for the first of them: a tenth of a server's start."""

    def __init__(self, schema: Json) -> None:
        self._schema = schema

    @cached_property
    def validator(self) -> "Draft202012Validator":
        """What validates the bodies."""
        return validator_class()(self._schema)


def query_fields(*known: str) -> dict[str, str]:
    """Return the fields of the query; abort with 400 if one is unknown, empty, repeated, or longer than any can be."""
    fields = request.args.to_dict(flat=False)
    for name, values in fields.items():
        if name not in known or len(values) > 1 or not 0 < len(values[0]) <= _LONGEST_VALUE:
            expected = f"known: {', '.join(known) or 'nothing'}, each once"
            sent = f"{name}={','.join(values)}"
            sent = sent if len(sent) <= _LONGEST_VALUE else f"{sent[:_LONGEST_VALUE]}..."
            abort(problem(400, "Not in this query", f"{sent} cannot be asked for; {expected}."))
    return {name: values[0] for name, values in fields.items()}


def body_fields(schema: BodySchema, *, title: str, advice: str, secret: Collection[str] = ()) -> dict[str, Json]:
    """Return the fields of the JSON body; abort with 400 if it is no JSON object or breaks the schema.

    The error has the `title`, and `advice` behind what was wrong; the values of `secret` fields are not repeated.
    """
    body = _body()
    if isinstance(body, Malformed):
        abort(problem(400, "Not a JSON object", f"{english(body.reason)}."))
    broken = next(schema.validator.iter_errors(body), None)
    if broken is not None:
        abort(problem(400, title, f"{breach(broken, hidden=secret)}. {advice}"))
    return body


def _body() -> dict[str, Json] | Malformed:
    refused: Malformed | None = request.environ.get(MALFORMED_BODY)
    refused = refused or refused_encoding(request.headers.get("Content-Encoding", ""))
    try:
        return refused or parse_object(request.get_data())
    except ClientDisconnected:
        return cut_short(request.content_length or 0)


def refuse_body(detail: str) -> None:
    """Abort with 400 if the request has a body other than an empty object."""
    if request.get_data().strip() not in (b"", b"{}"):
        abort(problem(400, "No body expected", detail))

"""Makes the JSON replies of our own routes."""

from flask import Response

from remo_mock.contract import Json
from remo_mock.service.messages.json_body import dump


def json_reply(value: Json, *, status: int = 200) -> Response:
    """Make a reply of compact JSON, keys in the order given."""
    return Response(dump(value), status=status, mimetype="application/json")

"""Adds the vendor's routes, which are made from the contract, to a Flask application."""

from flask import Flask, Response, request
from werkzeug.routing import Rule

from remo_mock.service.messages.json_body import Malformed, cut_short
from remo_mock.service.settling import settle_alone
from remo_mock.web.http_response import http_response
from remo_mock.web.vendor_door import VendorDoor

_CHUNK = 1024 * 1024


def add_vendor_routes(app: Flask, door: VendorDoor, *, limit: int) -> None:
    """Add a route for each path of the contract; `door` answers there. Bodies have up to `limit` bytes."""

    def view() -> Response:
        with door.room.place() as place:
            steps = door.answer(
                path=request.path,
                method=request.method,
                header=request.headers.get,
                body=_read_body(limit),
                url=lambda: request.base_url,  # asked for by redirects alone
                hold=place.take,
            )
            sent = settle_alone(steps, door.store)
            response = http_response(sent, hold_back=door.room.hold_back)
            if response.is_streamed:
                place.kept = True
                response.call_on_close(place.leave)
        return response

    for path in door.paths:
        # methods=None: every method reaches the mock, since a wrong one has an error code of its own.
        app.url_map.add(Rule(path, endpoint=path, methods=None))
        app.view_functions[path] = view


def _read_body(limit: int) -> bytes | Malformed | None:
    """Read the request's body; return None if it is larger than `limit` bytes. The rest of it is for `draining`."""
    stream = request.environ["wsgi.input"]
    announced = request.content_length
    if announced is None and not request.environ.get("wsgi.input_terminated"):
        return b""
    if announced is not None and announced > limit:
        return None
    if announced is not None:
        body = bytes(stream.read(announced))
        return body if len(body) == announced else cut_short(announced)
    parts, size = [], 0
    while size <= limit and (part := stream.read(min(_CHUNK, limit + 1 - size))):
        size += len(part)
        parts.append(part)
    return b"".join(parts) if size <= limit else None

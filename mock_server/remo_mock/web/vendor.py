"""Serves the vendor's routes, which are made from the contract."""

from collections.abc import Callable

from flask import Flask, Response, request
from werkzeug.routing import Rule

from remo_mock.service.exchange import exchange
from remo_mock.service.messages.call_and_reply import Call
from remo_mock.service.messages.headers import PREFER
from remo_mock.service.responder import Responder
from remo_mock.settings import MEGABYTE, Settings
from remo_mock.web.cors import allow, preflight
from remo_mock.web.http_response import http_response
from remo_mock.web.waiting import WaitingRoom

_CHUNK = 1024 * 1024


def add_vendor_routes(app: Flask, responder: Responder, settings: Settings) -> None:
    """Add a route for each path of the contract."""
    view = _vendor_view(responder, settings)
    for path in responder.contract.paths:
        # methods=None: every method reaches the mock, since a wrong one has an error code of its own.
        app.url_map.add(Rule(path, endpoint=path, methods=None))
        app.view_functions[path] = view


def _vendor_view(responder: Responder, settings: Settings) -> Callable[[], Response]:
    limit = settings.max_body * MEGABYTE
    room = WaitingRoom()

    def view() -> Response:
        permission = preflight(settings)
        if permission is not None:
            return permission
        body = _read_body(limit)
        with room.place() as place:
            call = Call(
                path=request.path,
                method=request.method,
                content_type=request.content_type or "",
                body=body,
                prefer=request.headers.get(PREFER),
                url=lambda: request.base_url,  # asked for by redirects alone
                hold=place.take,
            )
            sent = exchange(responder, call, http_status=settings.http_status, delay=settings.delay)
            response = http_response(sent)
            if response.is_streamed:
                place.kept = True
                response.call_on_close(place.leave)
        return allow(response, settings)

    return view


def _read_body(limit: int) -> bytes | None:
    """Read the request's body; return None if it is larger than `limit` bytes. The rest of it is for `draining`."""
    stream = request.environ["wsgi.input"]
    announced = request.content_length
    if announced is None and not request.environ.get("wsgi.input_terminated"):
        return b""
    if announced is not None and announced > limit:
        return None
    if announced is not None:
        body = bytes(stream.read(announced))
        return body if len(body) == announced else b""  # the client went away, or miscounted
    # A body in chunks whose last chunk never comes looks whole here: granian's `read(size)` takes the connection's
    # error for an empty piece. `read()` would tell the two apart, but reads without a limit.
    parts, size = [], 0
    while size <= limit and (part := stream.read(min(_CHUNK, limit + 1 - size))):
        size += len(part)
        parts.append(part)
    return b"".join(parts) if size <= limit else None

"""Serves the vendor's routes, which are made from the contract."""

from collections.abc import Callable

from flask import Flask, Response, request
from werkzeug.routing import Rule

from remo_mock.service.exchange import exchange_in_steps
from remo_mock.service.messages.call_and_reply import Call, Transmission
from remo_mock.service.messages.headers import PREFER
from remo_mock.service.messages.json_body import Malformed, cut_short
from remo_mock.service.responder import Responder
from remo_mock.service.settling import InSteps, settle_alone
from remo_mock.settings import MEGABYTE, Settings
from remo_mock.web.cors import Header, is_preflight, permission
from remo_mock.web.http_response import http_response
from remo_mock.web.waiting import WaitingRoom

VENDOR_DOOR = "remo_mock_vendor_door"
"""The extension of the Flask application that is its `VendorDoor`."""

_CHUNK = 1024 * 1024
_NO_CONTENT = 204


class VendorDoor:
    """Answers requests at the vendor's paths, whichever way they came: by Flask, or straight from the server's front.

    `room` limits how many answers wait at once. `answers_at_once` says that most requests need not wait for anything.
    """

    def __init__(self, responder: Responder, settings: Settings) -> None:
        self._responder = responder
        self._settings = settings
        self.paths = frozenset(responder.contract.paths)
        self.room = WaitingRoom()
        self.store = responder.store
        # Replaying opens and draws photos each time, without asking whether the thread may.
        self.answers_at_once = responder.store.database.is_near and responder.recordings is None

    def answer(
        self,
        *,
        path: str,
        method: str,
        header: Header,
        body: bytes | Malformed | None,
        url: Callable[[], str],
        hold: Callable[[], None],
    ) -> InSteps[Transmission]:
        """Answer a request; `body`, `url` and `hold` are those of a `Call`. Raises what `Responder.respond` raises."""
        settings = self._settings
        if is_preflight(method, header, settings):
            return Transmission(_NO_CONTENT, (), content_type="text/plain", headers=self.permission(header))
        call = Call(
            path=path,
            method=method,
            content_type=header("Content-Type") or "",
            content_encoding=header("Content-Encoding") or "",
            body=body,
            prefer=header(PREFER),
            url=url,
            hold=hold,
        )
        steps = exchange_in_steps(self._responder, call, http_status=settings.http_status, delay=settings.delay)
        sent = yield from steps
        return sent.with_headers(self.permission(header)) if settings.cors else sent

    def permission(self, header: Header) -> dict[str, str]:
        """Return the headers that let a web page read an answer, if it may."""
        return permission(header, self._settings)


def add_vendor_routes(app: Flask, responder: Responder, settings: Settings) -> VendorDoor:
    """Add a route for each path of the contract, and return what answers there."""
    door = VendorDoor(responder, settings)
    limit = settings.max_body * MEGABYTE

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
    return door


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

"""The Flask application: the vendor's routes, made from the contract; a thin shell over `respond()`."""

import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, cast

from flask import Flask, Response, current_app, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.routing import Rule

from remo_mock._version import __version__
from remo_mock.assembly import Mock, make_mock
from remo_mock.exceptions import CrowdedError, OutcomeError, StoreError
from remo_mock.service.faults import PIECES, Transmission
from remo_mock.service.messages import Call, Reply
from remo_mock.service.responder import Responder
from remo_mock.service.transmission import SIGNATURE, own_headers, transmit
from remo_mock.settings import MEGABYTE, Settings
from remo_mock.web.admin.blueprint import admin_blueprint
from remo_mock.web.console.routes import console_blueprint, console_or
from remo_mock.web.problems import problem
from remo_mock.web.waiting import Place, WaitingRoom

_OURS = (
    "GET  /__admin/docs          the API as a page, with a form to try it",
    "GET  /__admin/openapi.json  the same for tools",
    "GET  /__admin/codes         every code, and how to get it",
    "GET  /__admin/ledger        where the vendor's pages contradict themselves",
    "GET  /__admin/accounts      who may call, with how many credits",
    "POST /__admin/outcomes      what the next requests come to",
    "GET  /__admin/requests      what was asked and answered",
    "POST /__admin/reset         back to the start state",
    "GET  /__admin/health",
)

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

# A body over the limit is read to its end, up to this many times the limit, and thrown away: a client that is
# still sending would not see the answer.
_PATIENCE = 4
_CHUNK = 1024 * 1024
# Seconds that a connection lives on behind the last byte of an answer that is cut short.
_FLUSH = 0.1


class WholeResponse(Response):
    """A response that hands a finished body to the server in one piece, so that it need not be streamed."""

    def get_app_iter(self, environ: "WSGIEnvironment") -> Iterable[bytes]:
        """Return the body's one part as it is; streams, and answers without a body, as ever."""
        whole = isinstance(self.response, list) and environ["REQUEST_METHOD"] != "HEAD" and self.status_code != 204
        return cast(list[bytes], self.response) if whole else super().get_app_iter(environ)


def create_app(settings: Settings | None = None, *, mock: Mock | None = None) -> Flask:
    """Make the mock as a WSGI application; `mock` is one that has other doors too, None makes a new one.

    Raises `ContractError` for contract data that does not hold together, `StoreError` if the database cannot be opened.
    """
    settings = settings or Settings()
    app = Flask("remo_mock", static_folder=None)
    mock = mock or make_mock(settings)
    responder = mock.responder
    app.config["MAX_CONTENT_LENGTH"] = settings.max_body * MEGABYTE  # for /__admin; the vendor's routes answer 400
    app.extensions["remo_mock"] = mock
    view = _vendor_view(responder, settings)
    for path in responder.contract.paths:
        # methods=None: every method reaches the mock, since a wrong one has an error code of its own.
        app.url_map.add(Rule(path, endpoint=path, methods=None))
        app.view_functions[path] = view
    app.register_blueprint(admin_blueprint(mock, settings))
    index = partial(_index, responder)
    if not settings.no_console:
        app.register_blueprint(console_blueprint(mock, settings))
        index = partial(console_or, index)
    app.add_url_rule("/", "index", index)
    app.register_error_handler(HTTPException, lambda error: _http_problem(error, responder, settings))
    app.register_error_handler(StoreError, lambda error: _store_problem(error, app, responder, settings))
    app.after_request(_sign)
    return app


def _vendor_view(responder: Responder, settings: Settings) -> Callable[[], Response]:
    limit = settings.max_body * MEGABYTE
    room = WaitingRoom()

    def view() -> Response:
        if request.method == "OPTIONS" and settings.cors and "Access-Control-Request-Method" in request.headers:
            return _allow(Response(status=204), settings.cors)
        body = _read_body(limit)
        with room.place() as place:
            response = answer(body, place)
        return _allow(response, settings.cors) if settings.cors else response

    def answer(body: bytes | None, place: Place) -> Response:
        call = Call(
            path=request.path,
            method=request.method,
            content_type=request.content_type or "",
            body=body,
            prefer=_prefer(),
            hold=place.take,
        )
        try:
            if settings.delay.longest:
                place.take()
            response = _to_http(responder.respond(call), settings)
        except OutcomeError as error:
            return problem(400, "Cannot be asked for", str(error))
        except CrowdedError as error:
            response = problem(503, "Too many answers wait", str(error))
            response.headers["Connection"] = "close"  # so that connections do not pile up, either
            return response
        if response.is_streamed:
            place.kept = True
            response.call_on_close(place.leave)
        return response

    return view


def _prefer() -> str:
    """Return the Prefer header. One that is no ASCII arrives empty, and must not pass as none: a comma is refused."""
    header = request.headers.get("Prefer")
    return "" if header is None else header or ","


def _read_body(limit: int) -> bytes | None:
    """Read the request's body, or return None, having thrown it away, if it is larger than `limit` bytes."""
    stream = request.environ["wsgi.input"]
    announced = request.content_length
    if announced is None and not request.environ.get("wsgi.input_terminated"):
        return b""
    if announced is not None and announced <= limit:
        body = bytes(stream.read(announced))
        return body if len(body) == announced else b""  # the client went away, or miscounted
    # A body in chunks whose last chunk never comes looks whole here: granian's `read(size)` takes the connection's
    # error for an empty piece. `read()` would tell the two apart, but reads without a limit.
    parts, size = [], 0
    wanted = min(announced or limit * _PATIENCE, limit * _PATIENCE)
    while size < wanted and (part := stream.read(min(_CHUNK, wanted - size))):
        size += len(part)
        if size <= limit:
            parts.append(part)
    return b"".join(parts) if size <= limit else None


def _to_http(reply: Reply, settings: Settings) -> Response:
    sent = transmit(reply, http_status=settings.http_status, delay=settings.delay)
    if sent.wait:
        time.sleep(sent.wait)
    if sent.cut_at is None and not sent.pause:
        response: Response = WholeResponse(sent.body, status=sent.status, content_type=sent.content_type)
    else:
        # Announcing the whole and sending less is what a client meets when the connection ends.
        response = Response(_pieces(sent), status=sent.status, content_type=sent.content_type)
        response.headers["Content-Length"] = str(len(sent.body))
    response.headers.update(own_headers(reply))
    return response


def _pieces(sent: Transmission) -> Iterator[bytes]:
    size = max(1, -(-len(sent.body) // PIECES)) if sent.pause else _CHUNK
    body = sent.body[: sent.cut_at]
    for at in range(0, len(body), size):
        yield body[at : at + size]
        time.sleep(sent.pause)
    if sent.cut_at is not None:
        # What was sent is still on its way to the socket, and would go down with the connection.
        time.sleep(_FLUSH)


def _allow(response: Response, origin: str) -> Response:
    """Let web pages of `origin` call the vendor's routes; never those under /__admin."""
    response.headers["Access-Control-Allow-Origin"] = origin
    response.headers["Access-Control-Allow-Methods"] = "POST"
    response.headers["Access-Control-Allow-Headers"] = "Content-Type, Prefer"
    ours = ("X-Remo-Mock", "X-Remo-Mock-Hint", "X-Remo-Mock-Source", "Preference-Applied")
    response.headers["Access-Control-Expose-Headers"] = ", ".join(ours)
    return response


def _sign(response: Response) -> Response:
    response.headers[SIGNATURE] = __version__
    return response


def _index(responder: Responder) -> Response:
    vendor = [f"  POST {path}" for path in responder.contract.paths]
    ours = [f"  {path}" for path in _OURS]
    lines = [f"remo-mock {__version__}", "", "The vendor's endpoints:", *vendor, "", "Ours:", *ours, ""]
    return Response("\n".join(lines), mimetype="text/plain", headers={"Vary": "Accept"})


def _store_problem(error: StoreError, app: Flask, responder: Responder, settings: Settings) -> Response:
    app.logger.error("%s", error)
    if request.path in responder.contract.paths:
        return _to_http(responder.failed(request.path), settings)
    return problem(503, "No account store", str(error))


def _admin_paths() -> list[str]:
    rules = (rule.rule.replace("<int:", "<") for rule in current_app.url_map.iter_rules())
    return sorted({rule for rule in rules if rule.startswith("/__admin/")})


def _http_problem(error: HTTPException, responder: Responder, settings: Settings) -> Response:
    code = error.code or 500
    if code == 500 and request.path in responder.contract.paths:
        return _to_http(responder.failed(request.path), settings)
    if isinstance(error, MethodNotAllowed):
        allowed = ", ".join(sorted(error.valid_methods or ()))
        response = problem(code, error.name, f"{request.method} is not allowed here; {request.path} takes {allowed}.")
        response.headers["Allow"] = allowed
        return response
    if code == 404:
        paths = _admin_paths() if f"{request.path}/".startswith("/__admin/") else responder.contract.paths
        return problem(code, "Nothing here", f"This mock answers at {', '.join(paths)}; GET / says more.")
    if code == 500:
        return problem(code, "A defect of remo-mock", "See its log, and report what stands there with this request.")
    return problem(code, error.name, error.description or "")

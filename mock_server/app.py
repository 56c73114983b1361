"""The Flask application: the vendor's routes, made from the contract; a thin shell over `respond()`."""

import random
import time
from collections.abc import Callable

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Rule

from mock_server import __version__
from mock_server.admin import admin_blueprint, problem
from mock_server.analysis import Analyser
from mock_server.contract_reading import read_contract
from mock_server.ledger import Account, Ledger
from mock_server.metrics import from_json as read_plausible
from mock_server.replies import Call, Reply, Responder
from mock_server.resources import contract_documents, fixture
from mock_server.settings import MEGABYTE, Settings
from mock_server.store import IN_MEMORY
from mock_server.wire import dump

# A body over the limit is read to its end, up to this many times the limit, and thrown away: a client that is
# still sending would not see the answer.
_PATIENCE = 4
_CHUNK = 1024 * 1024


def create_app(settings: Settings | None = None) -> Flask:
    """Make the mock as a WSGI application.

    Raises `ContractError` for contract data that does not hold together, `StoreError` if the database cannot be opened.
    """
    settings = settings or Settings()
    app = Flask("mock_server", static_folder=None)
    ledger = Ledger(settings.db or IN_MEMORY)
    ledger.prepare(Account(**row) for row in fixture("accounts.json")["accounts"])
    responder = Responder(
        contract=read_contract(contract_documents(settings.contract_dir)),
        ledger=ledger,
        analyser=Analyser(
            plausible=read_plausible(fixture("plausible.json")),
            seed=settings.seed,
            max_pixels=settings.max_pixels,
            cache_bytes=settings.cache_bytes,
        ),
        error_shape=settings.error_shape,
    )
    app.extensions["remo_mock"] = responder
    view = _vendor_view(responder, settings)
    for path in responder.contract.paths:
        # methods=None: every method reaches the mock, since a wrong one has an error code of its own.
        app.url_map.add(Rule(path, endpoint=path, methods=None))
        app.view_functions[path] = view
    app.register_blueprint(admin_blueprint(ledger, settings))
    app.add_url_rule("/", "index", lambda: Response(_index(responder), mimetype="text/plain"))
    app.register_error_handler(HTTPException, lambda error: _http_problem(error, responder))
    app.after_request(_sign)
    return app


def _vendor_view(responder: Responder, settings: Settings) -> Callable[[], Response]:
    limit = settings.max_body * MEGABYTE
    mirror = settings.http_status == "mirror"

    def view() -> Response:
        body = _read_body(limit)
        if settings.delay.longest:
            time.sleep(random.uniform(settings.delay.shortest, settings.delay.longest) / 1000)
        call = Call(path=request.path, method=request.method, content_type=request.content_type or "", body=body)
        return _to_http(responder.respond(call), mirror=mirror)

    return view


def _read_body(limit: int) -> bytes | None:
    """Read the request's body, or return None, having thrown it away, if it is larger than `limit` bytes."""
    stream = request.environ["wsgi.input"]
    announced = request.content_length
    if announced is None and not request.environ.get("wsgi.input_terminated"):
        return b""
    if announced is not None and announced <= limit:
        return bytes(stream.read(announced))
    parts, size = [], 0
    wanted = min(announced or limit * _PATIENCE, limit * _PATIENCE)
    while size < wanted and (part := stream.read(min(_CHUNK, wanted - size))):
        size += len(part)
        if size <= limit:
            parts.append(part)
    return b"".join(parts) if size <= limit else None


def _to_http(reply: Reply, *, mirror: bool) -> Response:
    response = Response(dump(reply.body), status=reply.code if mirror else 200, mimetype="application/json")
    if reply.hint is not None:
        response.headers["X-Remo-Mock-Hint"] = reply.hint.encode("ascii", "replace").decode()
    return response


def _sign(response: Response) -> Response:
    response.headers["X-Remo-Mock"] = __version__
    return response


def _index(responder: Responder) -> str:
    vendor = [f"  POST {path}" for path in responder.contract.paths]
    lines = [f"remo-mock {__version__}", "", "The vendor's endpoints:", *vendor, "", "Ours:"]
    return "\n".join([*lines, "  GET /__admin/health", "  GET /__admin/accounts", ""])


def _http_problem(error: HTTPException, responder: Responder) -> Response:
    code = error.code or 500
    if code == 500 and request.path in responder.contract.paths:
        return _to_http(responder.failed(request.path), mirror=True)
    if code == 404:
        return problem(code, "Nothing here", f"This mock answers at {', '.join(responder.contract.paths)}; see /.")
    return problem(code, error.name, error.description or "")

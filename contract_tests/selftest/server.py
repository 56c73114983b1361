"""Serves a mock on loopback and changes its responses: the broken servers and variations of the self-test."""

import json
import sys
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from threading import Lock, Thread
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import unquote_to_bytes

from werkzeug.test import run_wsgi_app

from remo_mock.contract import Contract

from .mutation import Change, Fields, Memory, Page, ReceivedRequest, Response

if TYPE_CHECKING:
    from flask import Flask

# Makes a new mock of a contract folder (None: the packaged one) as a Flask application; a function of a module, since
# other processes have to find it by its name.
MakeApp: TypeAlias = Callable[[Path | None], "Flask"]

_PAGES: dict[str, Page] = {
    "/api/analysis-skeleton-v2": "A",
    "/api/analysis-skeleton-v2-back": "B",
    "/api/analysis-skeleton-v2-front": "C",
    "/api/analysis-skeleton-v2-side": "D",
    "/api/analysis-skeleton": "E",
}
_FRONT, _SIDE, _BACK = {"forigimg": "front"}, {"sorigimg": "side"}, {"borigimg": "back"}
_PHOTOS: dict[Page, dict[str, str]] = {
    "A": _FRONT | _SIDE | _BACK,
    "B": _BACK,
    "C": _FRONT,
    "D": _SIDE,
    "E": _FRONT | _SIDE,
}
_ACCOUNT = "/__admin/accounts/demo@example.com"
OPENING_BALANCE = 500
_PROPER = {"Email": "demo@example.com", "UserKey": "demo-user-key", "APIKey": "demo-api-key"}
# `http.server` sends these itself.
_OWN_HEADERS = ("connection", "date", "server")


@dataclass(frozen=True, slots=True)
class Routes:
    """Which page a request is for, by its path and fields, and the photos of each page: field and view.

    `balance` is what the demo account has at first; `methods` are those of pages that are not called by POST.
    """

    page_of: Callable[[str, Fields], Page | None]
    photos: Mapping[Page, Mapping[str, str]]
    folder: Path | None = None
    balance: int = OPENING_BALANCE
    methods: Mapping[Page, str] = field(default_factory=dict)

    def method_of(self, page: Page) -> str:
        """Return the method of a page's endpoint."""
        return self.methods.get(page, "POST")


PACKAGED = Routes(lambda path, _fields: _PAGES.get(path), _PHOTOS)


def routes_of(contract: Contract, folder: Path) -> Routes:
    """Return the routes of a contract in a folder: the page of each endpoint is its name."""
    dearest = max(endpoint.price.credits for endpoint in contract.endpoints)
    return Routes(
        lambda path, fields: contract.endpoint_for(path, fields).name if contract.at(path) else None,
        {one.name: {view.photo_field: view.name for view in one.views} for one in contract.endpoints},
        folder,
        OPENING_BALANCE * max(1, dearest),
        {one.name: one.method for one in contract.endpoints},
    )


class MutatingServer:
    """A server on a free port of loopback, in threads of this process; use it in a `with` statement.

    A mock of its own answers every path; a change applies to the responses of the endpoints.
    """

    def __init__(self, make_app: MakeApp, change: Change | None = None, *, routes: Routes = PACKAGED) -> None:
        """Start with a new mock and the change to apply; None leaves the replies good."""
        self.routes = routes
        self._app = make_app(routes.folder)
        self._change = change
        self._memory = Memory()
        self._lock = Lock()
        self._server = _Server(self)

    @property
    def url(self) -> str:
        """The base URL, without a slash at its end."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def become(self, change: Change | None) -> None:
        """Apply another change from now on, and give the demo account its first balance again."""
        with self._lock:
            self._change = change
            self._memory = Memory()
            self._app.test_client().patch(_ACCOUNT, json={"credit": self.routes.balance})

    def respond(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Response:
        """Return the response of the good mock, changed."""
        response = _ask(self._app, method, path, headers, body)
        fields = _parse(body)
        page = self.routes.page_of(path.partition("?")[0], fields)
        with self._lock:
            if page is None or self._change is None or not response.body:  # HEAD has none
                return response
            request = ReceivedRequest(
                page=page,
                method=method,
                fields=fields,
                succeed=lambda: self._succeed(page, path, fields),
                is_proper=method == self.routes.method_of(page),
            )
            return self._change(request, response, self._memory)

    def _succeed(self, page: Page, path: str, fields: dict[str, Any]) -> Response:
        proper = _PROPER | {name: _photo(view) for name, view in self.routes.photos[page].items()}
        if isinstance(fields.get("uuid"), str):
            proper["uuid"] = fields["uuid"]
        headers = {"Content-Type": "application/json"}
        return _ask(self._app, self.routes.method_of(page), path, headers, json.dumps(proper).encode())

    def __enter__(self) -> "MutatingServer":
        Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._app.extensions["remo_mock"].close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False  # a client may keep its connection; nobody waits for it
    request_queue_size = 64

    def __init__(self, owner: MutatingServer) -> None:
        self.owner = owner
        super().__init__(("127.0.0.1", 0), _Handler)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # One packet a reply: without it, the kernel waits for an acknowledgement between headers and body.
    wbufsize = -1
    disable_nagle_algorithm = True
    server: _Server

    def reply(self) -> None:
        """Answer one request of any method."""
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        response = self.server.owner.respond(self.command, self.path, dict(self.headers.items()), body)
        if response.status == 0:
            self.close_connection = True
            return
        self.send_response(response.status)
        names = {name.lower() for name, _ in response.headers}
        for name, value in response.headers:
            self.send_header(name, value)
        if "transfer-encoding" in names:
            pass
        elif "content-length" not in names:
            self.send_header("Content-Length", str(len(response.body)))
        elif dict(response.headers).get("Content-Length") != str(len(response.body)):
            # A wrong length: the client notices once the connection ends.
            self.close_connection = True
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(response.body)

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = reply  # noqa: N815 - the names of http.server

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - as the class that it overrides
        """Log nothing: the self-test prints its own table."""


def _ask(app: "Flask", method: str, path: str, headers: dict[str, str], body: bytes) -> Response:
    """Call the application as a WSGI server does: its test client takes longer for a request than the mock."""
    where, _, query = path.partition("?")
    names = {name.upper().replace("-", "_"): value for name, value in headers.items()}
    typed = {"CONTENT_TYPE": names.pop("CONTENT_TYPE")} if "CONTENT_TYPE" in names else {}
    unsent = ("CONTENT_LENGTH", "HOST")
    environ = {
        **{f"HTTP_{name}": value for name, value in names.items() if name not in unsent},
        **typed,
        "CONTENT_LENGTH": str(len(body)),
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(where).decode("latin-1"),
        "QUERY_STRING": query,
        "REMOTE_ADDR": "127.0.0.1",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "localhost",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    chunks, status, sent = run_wsgi_app(app, environ, buffered=True)
    unkept = ("content-length", *_OWN_HEADERS)
    pairs = tuple((name, value) for name, value in sent.items() if name.lower() not in unkept)
    return Response(status=int(status.split()[0]), headers=pairs, body=b"".join(chunks))


@cache
def _photo(view: str) -> str:
    from remo_mock.contract.packaged import directory

    return b64encode((directory("fixtures") / "photos" / f"{view}.jpg").read_bytes()).decode()


def _parse(body: bytes) -> dict[str, Any]:
    try:
        parsed = json.loads(body)
    except ValueError:
        return {}
    return parsed if isinstance(parsed, dict) else {}

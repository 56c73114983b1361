"""Serves a mock whose replies are changed on their way out: the broken servers of the self-test, on loopback."""

import json
from base64 import b64encode
from collections.abc import Callable
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeAlias

from .mutation import Answer, Asked, Change, Memory, Page

if TYPE_CHECKING:
    from flask import Flask

# Makes a new mock as a Flask application; a function of a module, since other processes have to find it by its name.
MakeApp: TypeAlias = Callable[[], "Flask"]

_PAGES: dict[str, Page] = {"/api/analysis-skeleton-v2": "A", "/api/analysis-skeleton-v2-back": "B"}
_ACCOUNT = "/__admin/accounts/demo@example.com"
_OPENING_BALANCE = 100
_PROPER = {"Email": "demo@example.com", "UserKey": "demo-user-key", "APIKey": "demo-api-key"}
_PHOTOS = {"forigimg": "front", "sorigimg": "side", "borigimg": "back"}
# The server below says these itself.
_OWN_HEADERS = ("connection", "date", "server")


class MutatingServer:
    """A server on a free port of loopback, in threads of this process; use it in a `with` statement.

    Every path is answered by a mock of its own; a change is applied to what the two endpoints of the pages answer.
    """

    def __init__(self, make_app: MakeApp, change: Change | None = None) -> None:
        """Start with a new mock and the change to apply; None leaves the replies good."""
        self._app = make_app()
        self._change = change
        self._memory = Memory()
        self._lock = Lock()
        self._server = _Server(self)

    @property
    def url(self) -> str:
        """The base URL, without a slash at its end."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def become(self, change: Change | None) -> None:
        """Break another promise from now on; the demo account has its first balance again."""
        with self._lock:
            self._change = change
            self._memory = Memory()
            self._app.test_client().patch(_ACCOUNT, json={"credit": _OPENING_BALANCE})

    def answer(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Answer:
        """Ask the good mock, and change its answer."""
        answer = _ask(self._app, method, path, headers, body)
        page = _PAGES.get(path.partition("?")[0])
        with self._lock:
            if page is None or self._change is None or not answer.body:  # HEAD has none
                return answer
            sent = _parse(body)
            asked = Asked(page=page, method=method, sent=sent, succeed=lambda: self._succeed(page, path, sent))
            return self._change(asked, answer, self._memory)

    def _succeed(self, page: Page, path: str, sent: dict[str, Any]) -> Answer:
        proper = _PROPER | {name: _photo(view) for name, view in _PHOTOS.items() if page == "A" or view == "back"}
        if isinstance(sent.get("uuid"), str):
            proper["uuid"] = sent["uuid"]
        return _ask(self._app, "POST", path, {"Content-Type": "application/json"}, json.dumps(proper).encode())

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
        """Answer one request, whatever its method."""
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        answer = self.server.owner.answer(self.command, self.path, dict(self.headers.items()), body)
        if answer.status == 0:
            self.close_connection = True
            return
        self.send_response(answer.status)
        names = {name.lower() for name, _ in answer.headers}
        for name, value in answer.headers:
            self.send_header(name, value)
        if "transfer-encoding" in names:
            pass
        elif "content-length" not in names:
            self.send_header("Content-Length", str(len(answer.body)))
        elif dict(answer.headers).get("Content-Length") != str(len(answer.body)):
            # A promise of another length: the client sees that it is broken once nothing more comes.
            self.close_connection = True
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = reply  # noqa: N815 - the names of http.server

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - as the class that it overrides
        """Say nothing: the self-test has its own table."""


def _ask(app: "Flask", method: str, path: str, headers: dict[str, str], body: bytes) -> Answer:
    kept = {name: value for name, value in headers.items() if name.lower() not in ("content-length", "host")}
    response = app.test_client().open(path, method=method, headers=kept, data=body)
    pairs = [(name, value) for name, value in response.headers.items() if name.lower() != "content-length"]
    kept_pairs = tuple(pair for pair in pairs if pair[0].lower() not in _OWN_HEADERS)
    return Answer(status=response.status_code, headers=kept_pairs, body=response.get_data())


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

"""Calls a WSGI application for a request that came by RSGI and whose body was read."""

import sys
from collections.abc import Callable
from io import BytesIO
from typing import TYPE_CHECKING, Any

from remo_mock.service.messages.json_body import Malformed
from remo_mock.web.front.bodies import Body
from remo_mock.web.front.protocol import Headers, Scope

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication


MALFORMED_BODY = "remo_mock.malformed_body"
"""The key of the environment that says why a body is unusable which did not come whole."""


def environ_of(scope: Scope, body: Body) -> dict[str, Any]:
    """Make the environment (PEP 3333) of a request; a body that was too large is announced, and cannot be read."""
    server, _, port = scope.server.rpartition(":")
    environ = {
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "SERVER_NAME": server.strip("[]"),
        "SERVER_PORT": port,
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode().decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "HTTP_HOST": scope.authority or "",
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": BytesIO(body.data if isinstance(body.data, bytes) else b""),
        "wsgi.errors": sys.stderr,
        "wsgi.multiprocess": False,
        "wsgi.multithread": True,
        "wsgi.run_once": False,
        "wsgi.version": (1, 0),
    }
    for name in scope.headers:
        environ[_key(name)] = ", ".join(scope.headers.get_all(name))  # empty if it is not ASCII
    content_type = environ.pop("HTTP_CONTENT_TYPE", None)
    if content_type is not None:
        environ["CONTENT_TYPE"] = content_type
    environ.pop("HTTP_TRANSFER_ENCODING", None)  # the body stands there as it was meant
    environ.pop("HTTP_CONTENT_LENGTH", None)
    environ["CONTENT_LENGTH"] = str(body.size)
    if isinstance(body.data, Malformed):
        environ[MALFORMED_BODY] = body.data
    return environ


def _key(name: str) -> str:
    return f"HTTP_{name.upper().replace('-', '_')}"


def called(app: "WSGIApplication", environ: dict[str, Any]) -> tuple[int, Headers, bytes]:
    """Call an application whose answers are finite, and return status, headers and body."""
    status, headers = "", Headers()

    def start(given: str, fields: Headers, _error: object = None, /) -> Callable[[bytes], object]:
        nonlocal status, headers
        status, headers = given, fields
        return lambda _data: None

    parts = app(environ, start)
    try:
        body = b"".join(parts)
    finally:
        close = getattr(parts, "close", None)
        if close is not None:
            close()
    return int(status[:3]), headers, body

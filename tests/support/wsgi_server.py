"""Serves any WSGI application from a thread; one that raises breaks the connection, as upstreams do."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import TYPE_CHECKING

from werkzeug.serving import WSGIRequestHandler, make_server

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication


class _Quiet(WSGIRequestHandler):
    """Logs errors only, and no line for each request."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Log nothing."""


@contextmanager
def wsgi_server(app: "WSGIApplication", *, host: str = "127.0.0.1") -> Iterator[str]:
    """Serve `app` on a free port while the context lasts, each request in a thread of its own; yield the base URL."""
    server = make_server(host, 0, app, threaded=True, request_handler=_Quiet)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, name="upstream", daemon=True)
    thread.start()
    try:
        yield f"http://{host}:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()

"""Serves the recording proxy: forwards requests, and reports each in one line."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from traceback import format_tb
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, g, request
from werkzeug.datastructures import Headers
from werkzeug.exceptions import InternalServerError, NotFound
from werkzeug.routing import Rule

from remo_mock.cassettes.recorder import Recorder, RecordingResult, RecordSettings
from remo_mock.cassettes.writer import UpstreamReply
from remo_mock.service.messages.unknown_path import unknown_path
from remo_mock.web.draining import draining
from remo_mock.web.foreign_pages import has_foreign_host, is_from_a_foreign_page
from remo_mock.web.problems import problem, render

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

Echo = Callable[[str], None]

# Bytes of a request: three photos of fifty megapixels are shorter.
_LARGEST = 256 * 1024 * 1024
SLOW_SECONDS = 5.0
"""Seconds until a line says that the upstream is slow, and between two such lines."""
# Headers of one connection (RFC 9110, section 7.6.1), and those that our server writes itself.
_OF_A_CONNECTION = frozenset(
    {
        "connection",
        "content-length",
        "date",
        "keep-alive",
        "proxy-authenticate",
        "proxy-connection",
        "server",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    }
)


_WITHOUT_BODY = (204, 304)


class _Proxy(Flask):
    """Reports a defect of ours by where it happened, without the values, which may be secrets."""

    echo: Echo

    def log_exception(self, exc_info: Any) -> None:
        """Print the kind of an exception and the lines that led to it."""
        kind, _value, trace = exc_info
        self.echo("".join(["a defect of remo-mock: the exchange is not kept\n", *format_tb(trace), kind.__name__]))


class _AsItCame(Response):
    """A reply whose headers are sent as they came: Werkzeug rewrites a Location, and fails on one that is no URL."""

    def get_wsgi_headers(self, environ: "WSGIEnvironment") -> Headers:  # noqa: ARG002 - as Werkzeug calls it
        """Return the headers themselves."""
        return self.headers


def create_proxy(settings: RecordSettings, *, echo: Echo, slow_seconds: float = SLOW_SECONDS) -> Flask:
    """Make the proxy; `echo` gets one line for each exchange, and one every `slow_seconds` of a slow one."""
    app = _Proxy("remo_mock_record", static_folder=None)
    app.echo = echo
    app.config["MAX_CONTENT_LENGTH"] = _LARGEST
    app.wsgi_app = draining(app.wsgi_app, limit=_LARGEST)  # type: ignore[assignment, method-assign]
    recorder = Recorder(settings)
    app.extensions["remo_mock_recorder"] = recorder

    @app.before_request
    def refuse_foreign_pages() -> Response | None:
        """Keep pages out that would fill the folder and spend the budget: what is recorded comes from programs."""
        if has_foreign_host(settings.host):
            return problem(403, "Wrong Host header", "Call the recorder by 127.0.0.1 or localhost.")
        if is_from_a_foreign_page():
            return problem(403, "Sent by another site's page", "Send requests from a program; nothing was sent on.")
        return None

    def view() -> Response:
        headers = {name.lower(): value for name, value in request.headers.items()}
        body = request.get_data(cache=False)
        with _reporting_slowness(request.path, echo, slow_seconds):
            forwarded = recorder.forward(request.method, request.path, headers, body)
        if forwarded is None:
            echo(f"{request.path}: not sent, {_spent(recorder)}; start again with a larger --budget")
            return problem(402, "The budget is used up", f"Not sent: {_spent(recorder)}. Start with a larger --budget.")
        g.upstream_reply = forwarded.reply
        try:
            result = recorder.record(forwarded)
        except OSError as error:  # a disk that is full, a folder that is gone
            echo(f"{request.path}: passed on and not kept, {error.strerror}; make room, or name another --cassette")
            return _to_http(forwarded.reply)
        echo(line_of(result, recorder))
        return _to_http(result.reply)

    def survive(_error: InternalServerError) -> Response:
        """Pass on a reply that may have been paid for, although it could not be kept."""
        if "upstream_reply" in g:
            return _to_http(g.upstream_reply)
        return problem(500, "A defect of remo-mock", "Nothing was kept; see the recorder's output.")

    for path in recorder.contract.paths:
        # methods=None: what the vendor answers to other methods is worth recording, too.
        app.url_map.add(Rule(path, endpoint=path, methods=None))
        app.view_functions[path] = view

    def refuse(_error: NotFound) -> Response:
        return render(unknown_path(request.path, recorder.contract.paths, who="This recorder passes on"))

    app.register_error_handler(404, refuse)
    app.register_error_handler(InternalServerError, survive)
    return app


def line_of(result: RecordingResult, recorder: Recorder) -> str:
    """Report in one line what became of a request, without quoting it."""
    reply = result.reply
    if reply.status is None:
        outcome = f"no reply ({reply.failure})"
    else:
        outcome = f"HTTP {reply.status}, code {result.code if result.code is not None else 'unknown'}"
    verdict = f"violates {', '.join(result.violations)}" if result.violations else f"pass ({result.checks} checks)"
    if result.notes:
        verdict += f"; notes: {', '.join(result.notes)}"
    return f"{result.endpoint}: {outcome}, {result.seconds:.1f} s, {verdict}; {_spent(recorder)} -> {result.file}"


def _spent(recorder: Recorder) -> str:
    return f"{recorder.budget.spent} of {recorder.budget.limit} credits spent"


def _to_http(reply: UpstreamReply) -> Response:
    if reply.status is None:
        timed_out = reply.failure.startswith("no reply")
        detail = "The connection broke, or nothing came in time. Nothing was repeated; see the recorder's output."
        return problem(504 if timed_out else 502, "The upstream did not answer", detail)
    response = _AsItCame(reply.body, status=reply.status)
    response.headers.clear()
    # A body that came compressed is plain by now, unless it is something else than its header says.
    dropped = _OF_A_CONNECTION if reply.encoded else _OF_A_CONNECTION | {"content-encoding"}
    for name, value in reply.headers.items():
        if name not in dropped:
            response.headers[name] = value
    if reply.status not in _WITHOUT_BODY:
        response.headers["Content-Length"] = str(len(reply.body))
    return response


@contextmanager
def _reporting_slowness(path: str, echo: Echo, seconds: float) -> Iterator[None]:
    """Report every few seconds that the upstream has not answered yet."""
    done = Event()

    def watch() -> None:
        waited = seconds
        while not done.wait(seconds):
            echo(f"{path}: waiting for {waited:.0f} s")
            waited += seconds

    watcher = Thread(target=watch, name="slow-upstream", daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()

"""The recording proxy as a WSGI application, and the lines that it prints."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from traceback import format_tb
from typing import Any

from flask import Flask, Response, g, request
from werkzeug.exceptions import InternalServerError, NotFound
from werkzeug.routing import Rule

from remo_mock.cassettes.recorder import Passed, Recorder, RecordSettings
from remo_mock.cassettes.writer import Answered
from remo_mock.service.unknown_path import unknown_path
from remo_mock.web.draining import draining
from remo_mock.web.problems import problem, render

Say = Callable[[str], None]

# Bytes of a request: three photos of fifty megapixels stay below.
_LARGEST = 256 * 1024 * 1024
# Seconds until a line tells that the upstream is slow, and between two such lines.
PATIENCE = 5.0
# Headers that belong to one connection (RFC 9110 section 7.6.1), or that our server writes itself.
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


class _Proxy(Flask):
    """Tells of its defects where they happened, and not with which values: those may be secrets."""

    say: Say

    def log_exception(self, exc_info: Any) -> None:
        """Say the kind of an error and the lines that led to it."""
        kind, _value, trace = exc_info
        self.say("".join(["a defect of remo-mock: the exchange is not kept\n", *format_tb(trace), kind.__name__]))


def create_proxy(settings: RecordSettings, *, say: Say, patience: float = PATIENCE) -> Flask:
    """Make the proxy; `say` gets one line for each exchange, and one every `patience` seconds of a slow one."""
    app = _Proxy("remo_mock_record", static_folder=None)
    app.say = say
    app.config["MAX_CONTENT_LENGTH"] = _LARGEST
    app.wsgi_app = draining(app.wsgi_app, limit=_LARGEST)  # type: ignore[assignment, method-assign]
    recorder = Recorder(settings)
    app.extensions["remo_mock_recorder"] = recorder

    def view() -> Response:
        headers = {name.lower(): value for name, value in request.headers.items()}
        body = request.get_data(cache=False)
        with _patiently(request.path, say, patience):
            sent = recorder.send(request.method, request.path, headers, body)
        if sent is None:
            say(f"{request.path}: not sent, {_spent(recorder)}; start again with a larger --budget")
            return problem(402, "The budget is used up", f"Not sent: {_spent(recorder)}. Start with a larger --budget.")
        g.answered = sent.answered
        passed = recorder.keep(sent)
        say(line_of(passed, recorder))
        return _to_http(passed.answered)

    def survive(_error: InternalServerError) -> Response:
        """Hand over what was paid for, although it could not be kept."""
        if "answered" in g:
            return _to_http(g.answered)
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


def line_of(passed: Passed, recorder: Recorder) -> str:
    """Say in one line what became of a request: nothing of it is quoted."""
    answered = passed.answered
    if answered.status is None:
        told = f"no reply ({answered.failure})"
    else:
        told = f"HTTP {answered.status}, code {passed.code if passed.code is not None else 'unknown'}"
    verdict = f"violates {', '.join(passed.violations)}" if passed.violations else f"pass ({passed.checks} checks)"
    if passed.notes:
        verdict += f"; notes: {', '.join(passed.notes)}"
    return f"{passed.endpoint}: {told}, {passed.seconds:.1f} s, {verdict}; {_spent(recorder)} -> {passed.file}"


def _spent(recorder: Recorder) -> str:
    return f"{recorder.budget.spent} of {recorder.budget.limit} credits spent"


def _to_http(answered: Answered) -> Response:
    if answered.status is None:
        timed_out = answered.failure.startswith("no reply")
        detail = "The connection broke, or nothing came in time. Nothing was repeated; see the recorder's output."
        return problem(504 if timed_out else 502, "The upstream did not answer", detail)
    response = Response(answered.body, status=answered.status)
    response.headers.clear()
    for name, value in answered.headers.items():
        if name not in _OF_A_CONNECTION:
            response.headers[name] = value
    response.headers["Content-Length"] = str(len(answered.body))
    response.autocorrect_location_header = False
    return response


@contextmanager
def _patiently(path: str, say: Say, patience: float) -> Iterator[None]:
    """Say every few seconds that the upstream has not answered yet."""
    done = Event()

    def watch() -> None:
        waited = patience
        while not done.wait(patience):
            say(f"{path}: waiting for {waited:.0f} s")
            waited += patience

    watcher = Thread(target=watch, name="patience", daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()

"""Runs endpoints to record, which are mocks with changed replies, and recorders in front of them."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from werkzeug.wrappers import Request, Response

from remo_mock import Settings, create_app
from remo_mock.assembly import make_mock
from remo_mock.cassettes.drift.report import DriftReport, compare
from remo_mock.cassettes.files import read_cassette
from remo_mock.cassettes.recorder import RecordSettings
from remo_mock.web.recording_proxy import create_proxy
from tests.support.wsgi_server import wsgi_server


@dataclass(frozen=True)
class Reply:
    """A reply that an upstream is about to send."""

    status: int
    headers: dict[str, str]
    fields: Any
    body: bytes | None = None


Change = Callable[[Reply], Reply]


def unchanged(reply: Reply) -> Reply:
    """Leave a reply as it is."""
    return reply


def fields(**new: Any) -> Change:
    """Set fields of every reply that has them."""
    return lambda reply: replace(reply, fields={name: new.get(name, value) for name, value in reply.fields.items()})


@dataclass
class Upstream:
    """A running endpoint, and the requests that reached it."""

    url: str
    requests: list[Request] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)


@contextmanager
def upstream(change: Change = unchanged, settings: Settings | None = None) -> Iterator[Upstream]:
    """Serve a mock whose replies are changed; `change` may wait, or raise to break the connection."""
    app = create_app(settings or Settings())
    inner = app.test_client()
    running = Upstream("")

    @Request.application
    def serve(request: Request) -> Response:
        running.requests.append(request)
        body = request.get_data()
        running.bodies.append(body)
        headers = {name: request.headers[name] for name in ("Content-Type", "Prefer") if name in request.headers}
        response = inner.open(request.path, method=request.method, data=body, headers=headers)
        reply = change(Reply(response.status_code, dict(response.headers), response.get_json(silent=True)))
        data = reply.body if reply.body is not None else json.dumps(reply.fields).encode()
        kept = {name: value for name, value in reply.headers.items() if name.lower() != "content-length"}
        return Response(data, status=reply.status, headers=kept)

    try:
        with wsgi_server(serve) as url:
            running.url = url
            yield running
    finally:
        app.extensions["remo_mock"].close()


@dataclass
class Recording:
    """A recorder: a client of it, its cassette, and the lines that it printed."""

    client: FlaskClient
    cassette: Path
    lines: list[str]

    @property
    def files(self) -> list[str]:
        """The names of the exchanges."""
        return sorted(path.name for path in self.cassette.glob("*.json"))

    def only(self) -> Any:
        """Return the only exchange."""
        (path,) = self.cassette.glob("*.json")
        return json.loads(path.read_text())


@contextmanager
def recording(
    url: str, cassette: Path, *, budget: int = 20, slow_seconds: float = 5.0, **options: Any
) -> Iterator[Recording]:
    """Record what the client sends to `url`."""
    lines: list[str] = []
    settings = RecordSettings(upstream=url, cassette=cassette, budget=budget, **options)
    app = create_proxy(settings, echo=lines.append, slow_seconds=slow_seconds)
    try:
        yield Recording(app.test_client(use_cookies=False), cassette, lines)
    finally:
        app.extensions["remo_mock_recorder"].close()


def drift(cassette: Path) -> DriftReport:
    """Compare a cassette with a fresh mock."""
    mock = make_mock(Settings())
    try:
        return compare(read_cassette(cassette, mock.responder.contract), mock.responder)
    finally:
        mock.close()

"""Answers requests of a `requests` client from a mock, without a socket."""

import time
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import unquote

from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter

from remo_mock.assembly import Mock
from remo_mock.service.exchange import exchange
from remo_mock.service.messages.call_and_reply import Call, Transmission
from remo_mock.service.messages.headers import PREFER
from remo_mock.settings import MEGABYTE, Settings
from remo_mock.testing.connection import InProcessPool
from remo_mock.testing.interception import ORIGINAL_SEND, Send, path_below


def make_send(
    mock: Mock, settings: Settings, *, urls: Sequence[str], sleep: Callable[[float], object] = time.sleep
) -> Send:
    """Make a replacement of `HTTPAdapter.send` that answers requests to `urls` as the HTTP server would.

    It is the adapter's own `send` on a connection that leads to the mock: timeouts, retries, proxies and broken answers
    come to the same end as over a socket. A wait that outlasts the client's timeout is not slept but ends at once; a
    hanging answer to a client without a timeout raises `EndlessWaitError`.
    """
    limit = settings.max_body * MEGABYTE

    def send(adapter: HTTPAdapter, request: PreparedRequest, *arguments: Any, **options: Any) -> Response:
        def answer(body: bytes) -> Transmission:
            call = Call(
                path=unquote(path_below(request.url or "", urls) or ""),
                method=request.method or "",
                content_type=_text(request.headers.get("Content-Type")) or "",
                body=body if len(body) <= limit else None,
                prefer=_text(request.headers.get(PREFER)),
                content_encoding=_text(request.headers.get("Content-Encoding")) or "",
                url=lambda: (request.url or "").partition("?")[0],
            )
            return exchange(mock.responder, call, http_status=settings.http_status, delay=settings.delay)

        leading = _leading_to(InProcessPool.to(request.url or "", answer, sleep), adapter)
        return ORIGINAL_SEND(leading, request, *arguments, **options)

    return send


def _leading_to(pool: InProcessPool, adapter: HTTPAdapter) -> HTTPAdapter:
    """Return an adapter like another, of its class and with its retries, whose requests all go to `pool`."""
    leading: HTTPAdapter = object.__new__(type(adapter))
    own = {"get_connection_with_tls_context": lambda *_, **__: pool, "cert_verify": lambda *_, **__: None}
    vars(leading).update(vars(adapter) | own)
    return leading


def _text(header: str | bytes | None) -> str | None:
    return header.decode("latin-1") if isinstance(header, bytes) else header

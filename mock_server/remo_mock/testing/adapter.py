"""Answers requests of a `requests` client from a mock, without a socket."""

import re
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any
from urllib.parse import unquote

from requests import PreparedRequest
from requests.exceptions import ReadTimeout
from responses import CallbackResponse, RequestsMock

from remo_mock.assembly import Mock
from remo_mock.exceptions import EndlessWaitError
from remo_mock.service.exchange import exchange
from remo_mock.service.messages.call_and_reply import HANG_SECONDS, Call, Transmission
from remo_mock.service.messages.headers import PREFER
from remo_mock.service.outcomes.faults import PIECES
from remo_mock.settings import MEGABYTE, Settings
from remo_mock.testing.interception import Send, path_below

# The original of `responses`, before any mock, ours included, replaces it.
_ON_SEND = RequestsMock.unbound_on_send


class _Anything(CallbackResponse):
    """A registered response that matches whatever its mock is sent."""

    def matches(self, request: PreparedRequest) -> tuple[bool, str]:  # noqa: ARG002 - the signature of `responses`
        return True, ""


def make_send(
    mock: Mock, settings: Settings, *, urls: Sequence[str], sleep: Callable[[float], object] = time.sleep
) -> Send:
    """Make a replacement of `HTTPAdapter.send` that answers requests to `urls` as the HTTP server would.

    Faults become what a client of a real connection meets. A wait that outlasts the client's timeout is not slept but
    raises `ReadTimeout` at once; a hanging answer to a client without a timeout raises `EndlessWaitError`.
    """

    def answer(request: PreparedRequest) -> tuple[int, dict[str, str], bytes]:
        call = Call(
            path=unquote(path_below(request.url or "", urls) or ""),
            method=request.method or "",
            content_type=_text(request.headers.get("Content-Type")) or "",
            body=_read(request.body, settings.max_body * MEGABYTE),
            prefer=_text(request.headers.get(PREFER)),
            content_encoding=_text(request.headers.get("Content-Encoding")) or "",
            url=lambda: (request.url or "").partition("?")[0],
        )
        sent = exchange(mock.responder, call, http_status=settings.http_status, delay=settings.delay)
        _wait(sent, request, sleep)
        # Announcing the whole and sending less is what a client meets when the connection ends.
        announced = {"Content-Type": sent.content_type, "Content-Length": str(len(sent.body))}
        return sent.status, {**announced, **sent.headers}, sent.body[: sent.cut_at]

    answering = RequestsMock(assert_all_requests_are_fired=False)
    answering.get_registry().add(_Anything("ANY", re.compile(""), answer, content_type=None))
    return _ON_SEND(answering)


def _wait(sent: Transmission, request: PreparedRequest, sleep: Callable[[float], object]) -> None:
    timeout: Any = request.req_kwargs.get("timeout")  # type: ignore[attr-defined] # `responses` puts it there
    if isinstance(timeout, tuple):
        timeout = timeout[1]
    read_timeout = getattr(timeout, "read_timeout", timeout)  # urllib3's Timeout
    if isinstance(read_timeout, int | float):
        if max(sent.wait, sent.pause) >= read_timeout:
            raise ReadTimeout(f"Read timed out. (read timeout={read_timeout})", request=request)
    elif sent.wait >= HANG_SECONDS:
        raise EndlessWaitError(sent.wait)
    if sent.wait or sent.pause:
        sleep(sent.wait + sent.pause * PIECES)


def _read(body: Any, limit: int) -> bytes | None:
    """Return the body's bytes, or None if there are more than `limit`."""
    if body is None or isinstance(body, str | bytes):
        data = (body or "").encode() if not isinstance(body, bytes) else body
    else:
        parts: Iterable[str | bytes] = body
        data = b"".join(part if isinstance(part, bytes) else part.encode() for part in parts)
    return data if len(data) <= limit else None


def _text(header: str | bytes | None) -> str | None:
    return header.decode("latin-1") if isinstance(header, bytes) else header

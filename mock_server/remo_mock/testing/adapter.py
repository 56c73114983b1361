"""Answers one request of a `requests` client from a mock, without a socket; knows not how the request got here."""

import re
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any
from urllib.parse import unquote

from requests import PreparedRequest
from requests.exceptions import ReadTimeout
from responses import CallbackResponse, RequestsMock

from remo_mock._version import __version__
from remo_mock.assembly import Mock
from remo_mock.exceptions import EndlessWaitError, OutcomeError
from remo_mock.service.faults import HELD_BACK, PIECES, Transmission
from remo_mock.service.messages import Call
from remo_mock.service.transmission import SIGNATURE, own_headers, transmit
from remo_mock.settings import MEGABYTE, Settings
from remo_mock.testing.interception import Send, path_below

Answer = tuple[int, dict[str, str], bytes]

# As `responses` has it before anybody, ourselves included, stands before it.
_ON_SEND = RequestsMock.unbound_on_send


class _Anything(CallbackResponse):
    """A registered response that matches whatever its mock is sent."""

    def matches(self, request: PreparedRequest) -> tuple[bool, str]:  # noqa: ARG002 - the signature of `responses`
        return True, ""


def make_send(
    mock: Mock, settings: Settings, *, urls: Sequence[str], sleep: Callable[[float], object] = time.sleep
) -> Send:
    """Make what stands in for `HTTPAdapter.send`: it answers requests to `urls` as the HTTP server would.

    Faults become what a client of a real connection meets. A wait that outlasts the client's timeout is not slept but
    raises `ReadTimeout` at once; one without end, of a client without a timeout, raises `EndlessWaitError`.
    """

    def answer(request: PreparedRequest) -> Answer:
        call = Call(
            path=unquote(path_below(request.url or "", urls) or ""),
            method=request.method or "",
            content_type=_text(request.headers.get("Content-Type")),
            body=_read(request.body, settings.max_body * MEGABYTE),
            # An empty preference must not pass as none: the comma that it becomes is refused.
            prefer=_text(request.headers.get("Prefer", "")) or ("," if "Prefer" in request.headers else ""),
        )
        if call.path not in mock.responder.contract.paths:
            return _problem(404, "Nothing here", f"This mock answers at {', '.join(mock.responder.contract.paths)}.")
        try:
            reply = mock.responder.respond(call)
        except OutcomeError as error:
            return _problem(400, "Cannot be asked for", str(error))
        sent = transmit(reply, http_status=settings.http_status, delay=settings.delay)
        _wait(sent, request, sleep)
        headers = {
            "Content-Type": sent.content_type,
            # Announcing the whole and sending less is what a client meets when the connection ends.
            "Content-Length": str(len(sent.body)),
            SIGNATURE: __version__,
            **own_headers(reply),
        }
        return sent.status, headers, sent.body[: sent.cut_at]

    answering = RequestsMock(assert_all_requests_are_fired=False)
    answering.get_registry().add(_Anything("ANY", re.compile(""), answer, content_type=None))
    return _ON_SEND(answering)


def _wait(sent: Transmission, request: PreparedRequest, sleep: Callable[[float], object]) -> None:
    timeout: Any = request.req_kwargs.get("timeout")  # type: ignore[attr-defined] # `responses` puts it there
    if isinstance(timeout, tuple):
        timeout = timeout[1]
    patience = getattr(timeout, "read_timeout", timeout)  # urllib3's Timeout
    if isinstance(patience, int | float):
        if max(sent.wait, sent.pause) >= patience:
            raise ReadTimeout(f"Read timed out. (read timeout={patience})", request=request)
    elif sent.wait >= HELD_BACK:
        raise EndlessWaitError(sent.wait)
    if sent.wait or sent.pause:
        sleep(sent.wait + sent.pause * PIECES)


def _read(body: Any, limit: int) -> bytes | None:
    """Return the body's bytes, or None if they are more than `limit`."""
    if body is None or isinstance(body, str | bytes):
        data = (body or "").encode() if not isinstance(body, bytes) else body
    else:
        parts: Iterable[str | bytes] = body
        data = b"".join(part if isinstance(part, bytes) else part.encode() for part in parts)
    return data if len(data) <= limit else None


def _text(header: str | bytes | None) -> str:
    return header.decode("latin-1") if isinstance(header, bytes) else header or ""


def _problem(status: int, title: str, detail: str) -> Answer:
    from remo_mock.web.problems import problem  # Flask comes with it, for what well-behaved clients never see

    made = problem(status, title, detail)
    return status, {"Content-Type": made.mimetype or "", SIGNATURE: __version__}, made.get_data()

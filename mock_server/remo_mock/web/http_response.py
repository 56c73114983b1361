"""Turns a transmission into a Flask response: whole, in pieces, or cut short."""

import time
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, cast

from flask import Response

from remo_mock.service.messages.call_and_reply import Transmission
from remo_mock.service.outcomes.faults import PIECES

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

_CHUNK = 1024 * 1024
FLUSH = 0.1
"""Seconds that a connection lives on after the last byte of an answer that is cut short."""


class WholeResponse(Response):
    """A response that hands a finished body to the server in one piece, so that it need not be streamed."""

    def get_app_iter(self, environ: "WSGIEnvironment") -> Iterable[bytes]:
        """Return the body's one part as it is; for streams and answers without a body, do as Flask does."""
        whole = isinstance(self.response, list) and environ["REQUEST_METHOD"] != "HEAD" and self.status_code != 204
        return cast(list[bytes], self.response) if whole else super().get_app_iter(environ)


def http_response(sent: Transmission, *, hold_back: Callable[[float], object] = time.sleep) -> Response:
    """Make the response for a transmission, after the time that it waits; `hold_back` is called with the seconds."""
    if sent.wait:
        hold_back(sent.wait)
    if sent.cut_at is None and not sent.pause:
        response: Response = WholeResponse(sent.body, status=sent.status, content_type=sent.content_type)
    else:
        # Announcing the whole and sending less is what a client meets when the connection ends.
        response = Response(_pausing(sent, hold_back), status=sent.status, content_type=sent.content_type)
        response.headers["Content-Length"] = str(sent.size)
    response.headers.update(sent.headers)
    return response


def pieces(sent: Transmission) -> Iterator[bytes]:
    """Yield what of the body is sent, piece by piece."""
    size = max(1, -(-sent.size // PIECES)) if sent.pause else _CHUNK
    body = sent.body[: sent.cut_at]
    for at in range(0, len(body), size):
        yield body[at : at + size]


def _pausing(sent: Transmission, hold_back: Callable[[float], object]) -> Iterator[bytes]:
    for piece in pieces(sent):
        yield piece
        hold_back(sent.pause)
    if sent.cut_at is not None:
        # What was sent is still on its way to the socket, and would go down with the connection.
        time.sleep(FLUSH)

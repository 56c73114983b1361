"""Turns a transmission into a Flask response: whole, in pieces, or cut short."""

import time
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, cast

from flask import Response

from remo_mock.service.messages.call_and_reply import Transmission
from remo_mock.web.pieces import FLUSH, pieces

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment


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


def _pausing(sent: Transmission, hold_back: Callable[[float], object]) -> Iterator[bytes]:
    for piece in pieces(sent):
        yield piece
        hold_back(sent.pause)
    if sent.cut_at is not None:
        # What was sent is still on its way to the socket, and would go down with the connection.
        time.sleep(FLUSH)

"""Reads what is left of a request's body before its response starts: a client that still sends sees no answer."""

import io
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed.wsgi import InputStream, StartResponse, WSGIApplication, WSGIEnvironment

# A body is read up to this many times the limit; whoever sends more is cut off.
_TIMES_THE_LIMIT = 4
_CHUNK = 1024 * 1024


def draining(app: "WSGIApplication", *, limit: int) -> "WSGIApplication":
    """Wrap a WSGI application so that it reads each request's body before it answers, up to 4 times `limit` bytes.

    Otherwise a response that needs no body, such as a 404, meets a client that is still sending: most then report a
    broken connection, or lose the next request on the same one.
    """
    most = limit * _TIMES_THE_LIMIT

    def drained(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        size = _size(environ, most)
        if not size:
            return app(environ, start_response)
        body = _CountedInput(environ["wsgi.input"])
        environ["wsgi.input"] = body

        def start(*response: Any) -> Callable[[bytes], object]:
            body.discard(size)
            return start_response(*response)

        return app(environ, start)

    return drained


def _size(environ: "WSGIEnvironment", most: int) -> int:
    """Return up to how many bytes may be read: of a body whose length is not announced, `most` if its end is marked."""
    announced = environ.get("CONTENT_LENGTH") or ""
    if announced.isascii() and announced.isdigit():
        return min(int(announced), most)
    return most if environ.get("wsgi.input_terminated") else 0


class _CountedInput(io.RawIOBase):
    """The request's body as the server hands it over, with a count of the bytes that were read."""

    def __init__(self, stream: "InputStream") -> None:
        self._stream = stream
        self._count = 0

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def read(self, size: int = -1, /) -> bytes:
        """Read as the server's own stream does."""
        part = self._stream.read(size) if size >= 0 else self._stream.read()
        self._count += len(part)
        return part

    def readinto(self, buffer: Any, /) -> int:
        """Read into `buffer`; return how many bytes that were."""
        part = self.read(len(buffer))
        buffer[: len(part)] = part
        return len(part)

    def discard(self, size: int) -> None:
        """Read on, until `size` bytes of the body were read in all, or it ends."""
        try:
            while self._count < size and self.read(min(_CHUNK, size - self._count)):
                pass
        except OSError:  # the client went away, or sent no chunks: the response is made already, and may still be read
            return

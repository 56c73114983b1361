"""Makes HTTP connections that keep a deadline and tell when they died while idle."""

from collections.abc import Callable
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from http.client import SWITCHING_PROTOCOLS, BadStatusLine, RemoteDisconnected
from http.client import HTTPResponse as PlainResponse
from socket import SHUT_RDWR, socket
from ssl import SSLError
from threading import Event, Timer
from typing import TYPE_CHECKING, Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import NewConnectionError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from urllib3.response import HTTPResponse


class DiedIdleError(RemoteDisconnected):
    """The other side closed a kept connection before the first byte of a reply, and most likely did nothing."""


class NoTlsError(NewConnectionError):
    """No secure connection could be made, so that nothing was sent; `reason` says why."""

    def __init__(self, connection: HTTPConnection, error: SSLError) -> None:
        self.reason = str(getattr(error, "verify_message", "") or error.reason or error)
        super().__init__(connection, self.reason)


class DeadlineAdapter(HTTPAdapter):
    """Sends over connections that give up `timeout` seconds after a request, even if bytes trickle in."""

    def __init__(self, timeout: float) -> None:
        self._timeout = timeout
        self._answering: socket | None = None
        super().__init__()

    def keep_deadline(self) -> AbstractContextManager[None]:
        """Raise `TimeoutError` unless the body of the last response is read within the deadline, trailers included."""
        return _deadline(self._answering, self._timeout) if self._answering is not None else nullcontext()

    def _note(self, sock: socket) -> None:
        self._answering = sock

    def init_poolmanager(self, *arguments: Any, **options: Any) -> None:
        """Let the pools make connections that keep the deadline."""
        super().init_poolmanager(*arguments, **options)
        plain = type("Plain", (_Plain,), {"deadline": self._timeout, "note": self._note})
        secure = type("Secure", (_Secure,), {"deadline": self._timeout, "note": self._note})
        self.poolmanager.pool_classes_by_scheme = {
            "http": type("PlainPool", (HTTPConnectionPool,), {"ConnectionCls": plain}),
            "https": type("SecurePool", (HTTPSConnectionPool,), {"ConnectionCls": secure}),
        }


@contextmanager
def _deadline(sock: socket, seconds: float) -> "Iterator[None]":
    """Raise `TimeoutError` after so many seconds: the socket's own limit begins anew with every byte."""
    over = Event()

    def give_up() -> None:
        over.set()
        with suppress(OSError):
            sock.shutdown(SHUT_RDWR)

    timer = Timer(seconds, give_up)
    timer.daemon = True
    timer.start()
    try:
        yield
    except Exception as error:  # whatever a socket that was shut down makes of it; the rest passes on as it is
        if over.is_set():
            raise TimeoutError("timed out") from error
        raise
    finally:
        timer.cancel()
    if over.is_set():
        raise TimeoutError("timed out")


class _FinalResponse(PlainResponse):
    """Reads over interim responses, of which Python's own class knows 100 alone, to the final one."""

    def begin(self) -> None:
        super().begin()
        while self.status < 200 and self.status != SWITCHING_PROTOCOLS:
            self.headers = self.msg = None  # type: ignore[assignment]  # else `begin` has nothing left to do
            super().begin()
        if self.status == SWITCHING_PROTOCOLS:
            raise BadStatusLine("101: protocols are switched, which nobody asked for")


class _Plain(HTTPConnection):
    response_class = _FinalResponse
    deadline = 60.0
    note: Callable[[socket], None] = staticmethod(lambda _sock: None)
    answered = False

    def connect(self) -> None:
        try:
            super().connect()
        except SSLError as error:
            raise NoTlsError(self, error) from error
        self.answered = False
        # The limit so far was the one for connecting: photos may take longer to be sent.
        self.sock.settimeout(self.deadline)

    def getresponse(self) -> "HTTPResponse":  # type: ignore[override]  # as its own base class has it
        response = None
        self.note(self.sock)
        try:
            with _deadline(self.sock, self.deadline):
                response = super().getresponse()
        except TimeoutError:
            if response is not None:  # what the deadline cut short may look like a whole head
                response.close()
            raise
        except (RemoteDisconnected, ConnectionResetError) as error:
            raise DiedIdleError(*error.args) if self.answered else error from error
        self.answered = True
        return response


class _Secure(_Plain, HTTPSConnection):
    pass

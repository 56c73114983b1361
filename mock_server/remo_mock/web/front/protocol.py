"""Types what granian hands over by RSGI, as far as it is used here."""

from collections.abc import Awaitable, Iterator
from typing import Any, Protocol

Headers = list[tuple[str, str]]


class RequestHeaders(Protocol):
    """The headers of a request, by names in lower case; values that are not ASCII are left out."""

    def __contains__(self, name: str) -> bool: ...

    def __iter__(self) -> Iterator[str]: ...

    def get(self, name: str) -> str | None:
        """Return the first header of a name."""

    def get_all(self, name: str) -> list[str]:
        """Return the headers of a name."""


class Scope(Protocol):
    """A request but for its body; `server` and `client` are address and port."""

    http_version: str
    server: str
    client: str
    scheme: str
    method: str
    path: str
    query_string: str
    authority: str | None

    @property
    def headers(self) -> RequestHeaders:
        """The headers."""


class Stream(Protocol):
    """A response that is sent in pieces, and ends when nobody holds this any more."""

    def send_bytes(self, data: bytes) -> Awaitable[None]:
        """Send a piece; the wait ends with `RuntimeError` if the client is gone."""


class Exchange(Protocol):
    """The way to a request's body and to its response."""

    def __call__(self) -> Awaitable[bytes]:
        """Read the whole body; the wait ends with `RuntimeError` if it breaks off."""

    def __aiter__(self) -> Any:
        """Read it in pieces; one that breaks off ends like a whole one."""

    def client_disconnect(self) -> Awaitable[None]:
        """Wait until the client is gone, or has taken all of a response that was begun and ended."""

    def response_bytes(self, status: int, headers: Headers, body: bytes) -> None:
        """Send a response."""

    def response_stream(self, status: int, headers: Headers) -> Stream:
        """Begin a response."""

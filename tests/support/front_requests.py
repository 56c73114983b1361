"""Hands requests to the front of the server as granian does, without a server."""

import asyncio
import threading
from collections.abc import Callable, Generator
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

from remo_mock.web.front.application import Front
from remo_mock.web.front.protocol import Headers
from remo_mock.web.front.steps import Steps
from tests.support.calls import BACK
from tests.support.waiting import TIMEOUT


class There:
    """Something to wait for that is there already."""

    def __init__(self, value: bytes) -> None:
        self._value = value

    def __await__(self) -> Generator["There", None, bytes]:
        yield self
        return self._value

    def result(self) -> bytes:
        return self._value

    def add_done_callback(self, callback: Callable[[Any], object], /, *, context: object) -> None:  # noqa: ARG002
        callback(self)


@dataclass
class Sending:
    """A request as granian hands it in, and the status of its answer with the thread that sent it."""

    body: bytes
    extra: dict[str, str] = field(default_factory=dict)
    http_version = "1.1"
    server = "127.0.0.1:80"
    client = "127.0.0.1:9"
    scheme = "http"
    method = "POST"
    path = BACK
    query_string = ""
    authority = "127.0.0.1"

    def __post_init__(self) -> None:
        self.answered: Future[tuple[int, str]] = Future()

    @property
    def headers(self) -> "Fields":
        return Fields(
            {"content-type": "application/json", "content-length": str(len(self.body)), "host": "mock", **self.extra}
        )

    def __call__(self) -> There:
        return There(self.body)

    def response_bytes(self, status: int, _headers: Headers, _body: bytes) -> None:
        self.answered.set_result((status, threading.current_thread().name))

    def response_stream(self, status: int, _headers: Headers) -> "Sending":
        self.response_bytes(status, [], b"")
        return self

    def send_bytes(self, data: bytes) -> There:
        return There(data)


class Fields(dict[str, str]):
    """Headers of a request."""

    def get_all(self, name: str) -> list[str]:
        return [self[name.lower()]] if name.lower() in self else []


class Late(There):
    """A body that is on its way until it comes, or is given up."""

    def result(self) -> bytes:
        if self._given_up:
            raise asyncio.CancelledError
        return super().result()

    def add_done_callback(self, callback: Callable[[Any], object], /, *, context: object) -> None:  # noqa: ARG002
        self._given_up = False
        self._callback = callback

    def come(self) -> None:
        """Come, in this thread."""
        self._callback(self)

    def give_up(self) -> None:
        """Come no more, in this thread."""
        self._given_up = True
        self._callback(self)


@dataclass
class SendingLate(Sending):
    """A request whose body is on its way."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.coming = Late(self.body)

    def __call__(self) -> There:
        return self.coming


def begin(front: Front, sending: Sending) -> Sending:
    """Hand a request in, and return it."""

    async def watched() -> None:
        try:
            await front.__rsgi__(sending, sending)  # type: ignore[arg-type]
        except BaseException as error:  # noqa: BLE001 - so does granian, which logs it and answers 500
            sending.answered.set_exception(error)

    Steps(watched()).go_on()
    return sending


def send(front: Front, body: bytes, **headers: str) -> tuple[int, str]:
    """Send a request, and return the status of its answer and the thread that sent it."""
    return begin(front, Sending(body, headers)).answered.result(TIMEOUT)

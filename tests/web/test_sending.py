"""A large answer counts as memory in use until its client has taken it, or is too slow."""

import asyncio
import time
from collections.abc import Callable, Generator
from typing import Any

import pytest

from remo_mock.service.messages.call_and_reply import Transmission
from remo_mock.web.front.bodies import RATE, TIMES_AS_FAST, SlownessWatch
from remo_mock.web.front.memory import Memory, Share
from remo_mock.web.front.protocol import Headers
from remo_mock.web.front.sending import send
from remo_mock.web.front.steps import Steps
from remo_mock.web.waiting import WaitingRoom
from tests.support.waiting import wait_until

SENT = Transmission(200, (b"{" + b" " * 200_000, b" " * 200_000 + b"}"))


class Later:
    """What is waited for: what was handed over is there at once, the end when somebody says so."""

    def __init__(self, error: BaseException | None = None) -> None:
        self._error = error
        self._callback: Callable[[Any], object] = lambda _: None

    def __await__(self) -> Generator["Later", None, None]:
        yield self

    def result(self) -> None:
        if self._error is not None:
            raise self._error

    def add_done_callback(self, callback: Callable[[Any], object], /, *, context: object) -> None:  # noqa: ARG002
        self._callback = callback

    def end(self, error: BaseException | None = None) -> None:
        self._error = error
        self._callback(self)

    def cancel(self) -> None:
        self.end(asyncio.CancelledError())


class AtOnce(Later):
    def add_done_callback(self, callback: Callable[[Any], object], /, *, context: object) -> None:  # noqa: ARG002
        callback(self)


class Client:
    """A client as granian shows it; `taken` ends when it has all of the answer."""

    def __init__(self, *, gone: bool = False) -> None:
        self.parts: list[bytes] = []
        self.announced = ""
        self.taken = Later()
        self._gone = gone

    def response_stream(self, _status: int, headers: Headers) -> "Client":
        self.announced = dict(headers)["content-length"]
        return self

    def send_bytes(self, data: bytes) -> Later:
        self.parts.append(data)
        return AtOnce(RuntimeError("gone") if self._gone else None)

    def client_disconnect(self) -> Later:
        return self.taken


@pytest.fixture
def memory() -> Memory:
    return Memory(100_000_000)


def sending(client: Client, memory: Memory, watch: SlownessWatch) -> None:
    """Send an answer to a request of a megabyte."""

    async def answer() -> None:
        share = Share(memory)
        await share.take_for(1_000_000)
        try:
            await send(SENT, client, share, watch, WaitingRoom())  # type: ignore[arg-type]
        finally:
            share.end()

    Steps(answer()).go_on()


def test_it_is_handed_over_as_it_lies_and_counts_until_it_is_taken(memory: Memory) -> None:
    client = Client()
    sending(client, memory, SlownessWatch())
    assert [part is own for part, own in zip(client.parts, SENT.parts, strict=True)] == [True, True]
    assert (client.announced, memory.taken) == ("400002", 400_002)
    client.taken.end()
    assert memory.taken == 0


def test_a_client_that_is_gone_has_none(memory: Memory) -> None:
    client = Client(gone=True)
    sending(client, memory, SlownessWatch())
    assert (len(client.parts), memory.taken) == (1, 0)


def test_a_client_that_takes_it_too_slowly_is_no_longer_counted(
    memory: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("remo_mock.web.front.bodies.RATE", 10**9)  # what nobody can reach
    watch = SlownessWatch(patience=0.03, rate=10**9)
    watch.start()
    sending(Client(), memory, watch)
    assert memory.taken == 400_002
    wait_until(lambda: memory.taken == 0, what="it is given up")
    watch.stop()


def test_a_client_has_time_for_what_it_takes() -> None:
    watch = SlownessWatch(patience=0)
    with watch.reading() as reading:
        reading.gives(RATE * TIMES_AS_FAST * 1000)
        assert reading.heard > time.monotonic() + 900
        assert reading.received / RATE > 900

"""Replies that are hardly HTTP are judged, and never a failure of the suite itself."""

import gzip
import socket
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import repeat
from threading import Thread

import pytest

from contract_tests.model.credentials import Credentials, Redactor
from contract_tests.run.client import Client
from contract_tests.run.response_body import TooLongError, decompress
from remo_mock.cassettes.budget import Budget
from tests.support.waiting import TIMEOUT

BODY = b'{"state": false, "credit": 0, "message": "no", "status": 400}'


@contextmanager
def answering(raw: bytes) -> Iterator[str]:
    """Serve these very bytes to one connection, on a free port."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer() -> None:
            connection, _ = listening.accept()
            with connection, suppress(OSError):
                connection.recv(65536)
                connection.sendall(raw)
                # What arrives after a close is answered by a reset, which would overtake the reply.
                connection.shutdown(socket.SHUT_WR)
                while connection.recv(65536):
                    pass

        thread = Thread(target=answer, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        thread.join(timeout=TIMEOUT)


@contextmanager
def conversing(talk: Callable[[socket.socket], None]) -> Iterator[str]:
    """Pass each connection to `talk`, one after another, on a free port; it closes when `talk` returns."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            with suppress(OSError):
                while True:
                    connection, _ = listening.accept()
                    with connection, suppress(OSError):
                        talk(connection)

        Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        listening.shutdown(socket.SHUT_RDWR)


def head(*lines: bytes) -> bytes:
    return b"\r\n".join([b"HTTP/1.1 200 OK", b"Content-Type: application/json", *lines, b"", b""])


@pytest.mark.parametrize(
    ("length", "failure"),
    [
        (b"%d" % len(BODY), ""),
        (b"%d, %d" % (len(BODY), len(BODY)), ""),
        (b"abc", "the reply's Content-Length is no length"),
        (b"-5", "the reply's Content-Length is no length"),
    ],
)
def test_an_invalid_length_is_reported(length: bytes, failure: str) -> None:
    with answering(head(b"Content-Length: " + length, b"Connection: close") + BODY) as url:
        answer = Client(url, timeout=TIMEOUT).send("POST", "/", b"{}", {})
    assert answer.failure == failure
    assert (answer.reply is not None) == (failure == "")


WHOLE = head(b"Content-Length: %d" % len(BODY)) + BODY


def test_a_free_request_is_repeated_once_on_a_connection_that_was_closed_silently() -> None:
    requests = []

    def once(connection: socket.socket) -> None:
        requests.append(connection.recv(65536))
        connection.sendall(WHOLE)
        # Closed only when the next request is there: the client could not see it before.
        requests.append(connection.recv(65536))

    with conversing(once) as url:
        client = Client(url, timeout=TIMEOUT)
        answers = [client.send("GET", "/", b"", {}, free=True) for _ in range(3)]
        client.close()
    assert [answer.failure for answer in answers] == ["", "", ""]
    assert len([request for request in requests if request]) == 5


def test_a_request_that_may_cost_has_a_connection_of_its_own_and_is_sent_once() -> None:
    requests = []

    def once(connection: socket.socket) -> None:
        requests.append(connection.recv(65536))
        connection.sendall(WHOLE)
        assert connection.recv(65536) == b""

    with conversing(once) as url:
        client = Client(url, timeout=TIMEOUT)
        answers = [client.send("GET", "/", b"", {}, free=free) for free in (True, False, False)]
        client.close()
    assert [answer.failure for answer in answers] == ["", "", ""]
    assert len(requests) == 3


def test_a_connection_that_closes_at_once_is_reported_and_not_tried_again() -> None:
    requests = []
    with conversing(lambda connection: requests.append(connection.recv(65536))) as url:
        answer = Client(url, timeout=TIMEOUT).send("GET", "/", b"", {}, free=True)
    assert "RemoteDisconnected" in answer.failure
    assert len(requests) == 1


@pytest.mark.parametrize(
    ("first", "drip"),
    [
        (head(b"Content-Length: 1000000"), b" "),
        (head(b"Transfer-Encoding: chunked"), b"1\r\n \r\n"),
        (b"HTTP/1.1 200 OK\r\n", b"X-More: 1\r\n"),
        (b"HTTP/1.1 200 OK\r\nX-Long: ", b"x"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    ],
    ids=["body", "chunks", "headers", "one header", "continue"],
)
def test_a_reply_that_trickles_for_ever_times_out(first: bytes, drip: bytes) -> None:
    def trickle(connection: socket.socket) -> None:
        connection.recv(65536)
        connection.sendall(first)
        connection.settimeout(0.05)
        for piece in repeat(drip):
            connection.sendall(piece)
            with suppress(TimeoutError):
                connection.recv(1)

    with conversing(trickle) as url:
        answer = Client(url, timeout=0.5).send("POST", "/", b"{}", {})
    assert (answer.timed_out, answer.failure) == (True, "no reply within 0.5 s")


def test_a_server_that_does_not_read_times_out() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        client = Client(f"http://127.0.0.1:{listening.getsockname()[1]}", timeout=0.5)
        answer = client.send("POST", "/", b"x" * 50_000_000, {})
    assert (answer.timed_out, answer.refused, answer.failure) == (True, False, "no reply within 0.5 s")


@pytest.mark.parametrize(
    ("coding", "body", "decompressed"),
    [
        (b"gzip", gzip.compress(BODY), True),
        (b"x-gzip", gzip.compress(BODY), True),
        (b"deflate", zlib.compress(BODY), True),
        (b"deflate", zlib.compress(BODY)[2:-4], True),
        (b"gzip", BODY, False),
        (b"gzip", gzip.compress(BODY)[:-9], False),
        (b"gzip", gzip.compress(BODY) + b"more", False),
        (b"br", BODY, False),
        (b"gzip, gzip", gzip.compress(gzip.compress(BODY)), False),
    ],
    # Not by the bytes, which hold the time: each process of pytest-xdist would have names of its own.
    ids=["gzip", "x-gzip", "zlib", "deflate", "not compressed", "cut short", "with more behind", "unknown", "twice"],
)
def test_a_body_is_decompressed_if_it_is_what_its_header_says(coding: bytes, body: bytes, decompressed: bool) -> None:
    lines = (b"Content-Encoding: " + coding, b"Content-Length: %d" % len(body), b"Connection: close")
    with answering(head(*lines) + body) as url:
        answer = Client(url, timeout=TIMEOUT).send("POST", "/", b"{}", {})
    assert answer.reply is not None
    assert (answer.reply.decompressed, answer.reply.body) == (decompressed, BODY if decompressed else body)


def test_a_body_that_decompresses_to_too_much_is_given_up() -> None:
    with pytest.raises(TooLongError, match="when it is decompressed"):
        decompress(gzip.compress(b"0" * 1000), "gzip", longest=999)
    assert decompress(gzip.compress(b"0" * 1000), "gzip", longest=1000) == b"0" * 1000


def test_a_redirect_in_another_encoding_is_an_answer() -> None:
    place = "http://127.0.0.1/로그인".encode("euc-kr")
    raw = b"HTTP/1.1 302 Found\r\nLocation: " + place + b"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    with answering(raw) as url:
        answer = Client(url, timeout=TIMEOUT).send("POST", "/", b"{}", {})
    assert answer.reply is not None
    assert answer.reply.status == 302


@pytest.mark.parametrize("show", [str, repr, ascii, lambda text: repr(text.encode()), lambda text: ascii(repr(text))])
def test_a_secret_is_found_however_it_is_shown(show: object) -> None:
    secret = 'zqKEY"7\\é!long-secret'
    shown = show(secret)  # type: ignore[operator]
    cleaned = Redactor([Credentials("someone@example.com", "a-user-key", secret)]).clean(f"before {shown} after")
    assert "long-secret" not in cleaned
    assert "$REMO_API_KEY" in cleaned


def test_a_json_body_in_a_repr_hides_its_secret_too() -> None:
    body = '{"APIKey": "zqKEY\\"7\\\\\\u00e9!long-secret"}'
    people = [Credentials("someone@example.com", "a-user-key", 'zqKEY"7\\é!long-secret')]
    assert "long-secret" not in Redactor(people).clean(repr(body))


def test_a_budget_keeps_what_the_service_once_took() -> None:
    budget = Budget(4)
    assert budget.reserve(1)
    budget.settle(1, 3)
    assert not budget.reserve(1)
    assert budget.spent == 3

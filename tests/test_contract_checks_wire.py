"""Replies that are hardly HTTP are answers to judge, never a failure of the suite itself."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

import pytest

from contract_tests.client import Client
from contract_tests.credentials import Credentials, Redactor
from mock_server.recording_budget import Budget

BODY = b'{"state": false, "credit": 0, "message": "no", "status": 400}'


@contextmanager
def answering(raw: bytes) -> Iterator[str]:
    """Serve these very bytes to one connection, on a free port."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer() -> None:
            connection, _ = listening.accept()
            with connection:
                connection.recv(65536)
                connection.sendall(raw)

        thread = Thread(target=answer, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        thread.join(timeout=10)


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
def test_a_length_that_is_none_is_told(length: bytes, failure: str) -> None:
    with answering(head(b"Content-Length: " + length, b"Connection: close") + BODY) as url:
        answer = Client(url, timeout=5).send("POST", "/", b"{}", {})
    assert answer.failure == failure
    assert (answer.reply is not None) == (failure == "")


def test_a_redirect_in_another_encoding_is_an_answer() -> None:
    place = "http://127.0.0.1/로그인".encode("euc-kr")
    raw = b"HTTP/1.1 302 Found\r\nLocation: " + place + b"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    with answering(raw) as url:
        answer = Client(url, timeout=5).send("POST", "/", b"{}", {})
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

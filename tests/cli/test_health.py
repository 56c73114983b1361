"""`remo-mock health` tells by its exit code whether a mock answers, soon, and says what to do where none does."""

import json
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest
from werkzeug.wrappers import Request, Response

from remo_mock._version import __version__
from remo_mock.cli.health_check import NotHealthyError, ask, read_url
from remo_mock.testing.remo_mock import RemoMock
from remo_mock.web.server import free_address
from tests.support.waiting import TIMEOUT
from tests.support.wsgi_server import wsgi_server

COMMAND = [sys.executable, "-m", "remo_mock", "health"]


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with RemoMock().serving() as mock:
        yield mock.url


def health(*arguments: str) -> tuple[int, str]:
    """Return the exit code of the command and what it said."""
    done = subprocess.run(
        [*COMMAND, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=TIMEOUT,
        check=False,
    )
    return done.returncode, done.stdout


def test_a_mock_that_answers_is_healthy_whatever_proxy_there_is(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert health(url) == (0, f"{url} is healthy: remo-mock {__version__}\n")


def test_without_arguments_it_asks_the_mock_of_the_variables(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REMO_MOCK_HOST", "0.0.0.0")  # noqa: S104 - not bound
    monkeypatch.setenv("REMO_MOCK_PORT", url.rpartition(":")[2])
    assert health() == (0, f"{url} is healthy: remo-mock {__version__}\n")


def test_it_asks_the_mock_of_a_ready_file(url: str, tmp_path: Path) -> None:
    path = tmp_path / "ready.json"
    path.write_text(json.dumps({"url": url, "token": None, "pid": 1}))
    assert health("--ready-file", str(path)) == (0, f"{url} is healthy: remo-mock {__version__}\n")


def test_it_waits_for_a_mock_that_starts(tmp_path: Path) -> None:
    path, text = tmp_path / "ready.json", "--ready-file"
    server = subprocess.Popen(
        [sys.executable, "-m", "remo_mock", "serve", "--port", "0", text, path], stdout=subprocess.DEVNULL
    )
    try:
        code, said = health(text, str(path), "--wait", str(TIMEOUT))
    finally:
        server.terminate()
        server.wait(TIMEOUT)
    assert (code, "is healthy" in said) == (0, True)


def test_nobody_is_not_healthy() -> None:
    port = free_address("127.0.0.1", 0)[1]
    assert health(f"http://127.0.0.1:{port}", "--wait", "0.2") == (
        1,
        f"remo-mock: http://127.0.0.1:{port} does not answer: Connection refused. Start it with `remo-mock serve`, "
        "look at what that printed, or give it more time with --wait 30.\n",
    )


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--ready-file", "none.json"], 1, "--ready-file none.json is not there: the mock has not started yet"),
        (["4420"], 2, "give the base URL of a mock, such as http://127.0.0.1:4420."),
        (["http://ann:secret@127.0.0.1"], 2, "'[URL]': give the base URL of a mock, such as http://127.0.0.1:4420."),
        (["http://127.0.0.1:4420", "--ready-file", "none.json"], 2, "Give a URL or --ready-file, not both."),
        (["--timeout", "nan"], 2, "'nan' is not a number of seconds."),
    ],
)
def test_what_is_wrong_is_said_in_a_line(arguments: list[str], code: int, said: str) -> None:
    returned, printed = health(*arguments)
    assert (returned, said in printed, "Traceback" in printed) == (code, True, False)


def test_port_0_is_no_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REMO_MOCK_PORT", "0")
    code, said = health()
    assert (code, "give the URL that `serve` printed, or --ready-file" in said) == (2, True)


@pytest.mark.parametrize(
    "text", ["http://127.0.0.1:4420", "http://127.0.0.1:4420/", "http://127.0.0.1:4420/__admin/health"]
)
def test_a_url_is_read_with_or_without_its_path(text: str) -> None:
    assert read_url(text) == "http://127.0.0.1:4420"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "localhost:4420",
        "file:///etc/passwd",
        "http://",
        "http://h:99999",
        "http://h:0",
        "http://h/?a",
        "http://a b",
    ],
)
def test_what_is_no_url_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="give the base URL"):
        read_url(text)


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        ("<html>", 200, "answers, and is no remo-mock. Another server has this address"),
        ('{"status": "ok"}', 200, "answers, and is no remo-mock"),
        ('{"status": "ok", "version": "\\u001b[2J"}', 200, "answers, and is no remo-mock"),
        ("[" * 5000, 200, "answers, and is no remo-mock"),
        ("", 302, "answers with HTTP 302 where a mock's health is"),
        ("", 503, "answers with HTTP 503 where a mock's health is"),
    ],
)
def test_another_server_is_no_mock(body: str, status: int, said: str) -> None:
    @Request.application
    def other(_request: Request) -> Response:
        return Response(body, status=status, headers={"Location": "/elsewhere"} if status == 302 else {})

    with wsgi_server(other) as address, pytest.raises(NotHealthyError) as caught:
        ask(address, timeout=TIMEOUT)
    assert said in str(caught.value)


@contextmanager
def answering(*pieces: bytes) -> Iterator[str]:
    """Answer every connection with bytes that belong to no whole response, then leave it open."""
    left_open: list[socket.socket] = []
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:

        def accept() -> None:
            with suppress(OSError):
                while True:
                    left_open.append(listener.accept()[0])
                    for piece in pieces:
                        left_open[-1].sendall(piece)

        threading.Thread(target=accept, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            for one in left_open:
                one.close()


@pytest.mark.parametrize(
    "pieces", [(), (b"HTTP/1.1 200 OK\r\n",), (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", b"{")]
)
def test_who_does_not_answer_in_time_is_given_up(pieces: tuple[bytes, ...]) -> None:
    with answering(*pieces) as address, pytest.raises(NotHealthyError, match=r"has not answered within 0\.2 s"):
        ask(address, timeout=0.2)


def test_what_is_no_http_is_said() -> None:
    with answering(b"SSH-2.0-OpenSSH_9.2\r\n") as address, pytest.raises(NotHealthyError, match="does not answer"):
        ask(address, timeout=TIMEOUT)


def test_what_is_no_http_steers_no_terminal() -> None:
    with answering(b"\x1b[2J\x00" * 1000 + b"\r\n") as address, pytest.raises(NotHealthyError) as caught:
        ask(address, timeout=TIMEOUT)
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 800

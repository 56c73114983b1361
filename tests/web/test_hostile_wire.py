"""Over a connection: however bodies are framed, cut or held back, answers keep the contract, and serving goes on."""

import gzip
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from remo_mock import RemoMock
from tests.support.calls import BACK
from tests.support.hostile import good_request
from tests.support.hostile_wire import Line, Server, chunked, head, in_chunks, measured, server_without_tracebacks

GOOD = json.dumps(good_request()).encode()
MEGABYTE = 1024 * 1024


def padded(size: int) -> bytes:
    """Return a good body of exactly so many bytes."""
    return GOOD[:-1] + b" " * (size - len(GOOD)) + b"}"


@pytest.fixture(scope="module", params=["in a process", "in a thread"])
def one_server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server of `remo-mock serve`, and that of the pytest fixture."""
    if request.param == "in a thread":
        with RemoMock(max_body=1).serving() as remo:
            yield Server(remo.url)
        return
    log = tmp_path_factory.mktemp("server") / "stderr.txt"
    with server_without_tracebacks(log, "--max-body", "1") as server:
        yield server


@pytest.fixture
def server(one_server: Server) -> Iterator[Server]:
    """A server that, whatever the test does to it, serves the next client."""
    one_server.fund(100)
    yield one_server
    assert one_server.exchange(measured(GOOD)).judged().code == 200


FRAMED_WELL = {
    "with its length": measured(GOOD),
    "one chunk": chunked(GOOD, MEGABYTE),
    "many chunks": chunked(GOOD, 100),
    "chunks of one byte": chunked(GOOD, 1),
    "chunks with extensions": head("Transfer-Encoding: chunked") + in_chunks(GOOD, 500, extension=b';a="b\\"";c'),
    "chunks with a trailer": head("Transfer-Encoding: chunked") + in_chunks(GOOD, 500, trailer=b"X-Sum: 1\r\n"),
    "chunks in spite of a length": head("Content-Length: 5", "Transfer-Encoding: chunked") + in_chunks(GOOD, 500),
    "the length twice, the same": measured(GOOD, f"Content-Length: {len(GOOD)}"),
    "HTTP 1.0": measured(GOOD, version="1.0"),
    "exactly the largest": measured(padded(MEGABYTE)),
    "exactly the largest, in chunks": chunked(padded(MEGABYTE), 65_536),
    "the whole URL": head(f"Content-Length: {len(GOOD)}", path=f"http://mock{BACK}") + GOOD,
    "a query": head(f"Content-Length: {len(GOOD)}", path=f"{BACK}?a=%00&b=%FF&b") + GOOD,
    "no host": measured(GOOD).replace(b"Host: mock\r\n", b""),
    "an unknown expectation": measured(GOOD, "Expect: applause"),
    "90 kB of header": measured(GOOD, "X: " + "x" * 90_000),
}


@pytest.mark.parametrize("request_", FRAMED_WELL.values(), ids=FRAMED_WELL)
def test_a_body_may_be_framed_in_any_way(server: Server, request_: bytes) -> None:
    assert server.exchange(request_).judged().code == 200
    assert server.balance == 99


FRAMED_BADLY = {
    "no length": (head() + GOOD, "the body is empty"),
    "no length, HTTP 1.0": (head(version="1.0") + GOOD, "the body is empty"),
    "length of nothing": (head("Content-Length: 0"), "the body is empty"),
    "length too small": (measured(GOOD, announced=len(GOOD) - 10), "not JSON at line 1"),
    "no chunks": (head("Transfer-Encoding: chunked") + b"0\r\n\r\n", "the body is empty"),
    "chunk size no number": (head("Transfer-Encoding: chunked") + b"zz\r\n{}\r\n0\r\n\r\n", "the body is empty"),
    "chunk longer than it says": (head("Transfer-Encoding: chunked") + b"1\r\n{}\r\n0\r\n\r\n", "not JSON at line 1"),
    "compressed": (
        measured(gzip.compress(GOOD), "Content-Encoding: gzip"),
        "the body is compressed (Content-Encoding: gzip)",
    ),
    "content type beyond ASCII": (
        measured(GOOD).replace(b"application/json", b"applic\xe4tion/json"),
        "the Content-Type is not",
    ),
    "another method": (head(f"Content-Length: {len(GOOD)}", method="PUT") + GOOD, "the method is not POST"),
    "an unknown method": (head(f"Content-Length: {len(GOOD)}", method="FROB") + GOOD, "the method is not POST"),
    "a byte too large": (measured(padded(MEGABYTE + 1)), "larger than the mock's limit (L22)"),
    "a byte too large, in chunks": (chunked(padded(MEGABYTE + 1), 65_536), "larger than the mock's limit (L22)"),
    "three times too large": (measured(padded(3 * MEGABYTE)), "larger than the mock's limit (L22)"),
    "three times too large, in chunks": (chunked(padded(3 * MEGABYTE), 65_536), "larger than the mock's limit (L22)"),
}


@pytest.mark.parametrize(("request_", "hint"), FRAMED_BADLY.values(), ids=FRAMED_BADLY)
def test_a_body_framed_badly_is_a_protocol_error(server: Server, request_: bytes, hint: str) -> None:
    answer = server.exchange(request_).judged()
    assert (answer.code, answer.credit) == (400, 0)
    assert hint in answer.hint
    assert server.balance == 100


# What is not HTTP never reaches the mock: the server under it answers, without a body.
NO_HTTP = {
    "negative length": (measured(GOOD, announced=-1), 400),
    "length in words": (measured(GOOD, announced="many"), 400),
    "length beyond all": (measured(GOOD, announced=10**30), 400),
    "two lengths": (measured(GOOD, "Content-Length: 5"), 400),
    "an encoding that is none": (head("Transfer-Encoding: gzip") + GOOD, 400),
    "a header without a colon": (head("hello") + GOOD, 400),
    "a zero byte in a header": (head("X: \0") + GOOD, 400),
    "bytes in the query": (head(path=f"{BACK}?\xff"), 400),
    "a megabyte of header": (head("X: " + "x" * MEGABYTE), 431),
    "200 kB of header": (head("X: " + "x" * 200_000), 431),
    "a thousand headers": (head(*["X: x"] * 1000), 431),
    "garbage": (b"\x00\xff\xfe\r\n\r\n", 400),
    "the greeting of TLS": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(600), 400),
}


@pytest.mark.parametrize(("request_", "status"), NO_HTTP.values(), ids=NO_HTTP)
def test_what_is_not_http_is_refused_by_the_server_itself(server: Server, request_: bytes, status: int) -> None:
    answer = server.exchange(request_)
    assert (answer.status, answer.body) == (status, b"")
    assert server.balance == 100


def test_a_client_that_asks_first_gets_100_continue(server: Server) -> None:
    with server.line() as line:
        line.send(head(f"Content-Length: {len(GOOD)}", "Expect: 100-continue"))
        assert line.interim() == b"HTTP/1.1 100 Continue"
        line.send(GOOD)
        assert line.answer().judged().code == 200


@pytest.mark.parametrize("body", [measured(padded(3 * MEGABYTE)), chunked(padded(3 * MEGABYTE), 65_536)])
def test_a_connection_goes_on_after_a_body_that_was_too_large(server: Server, body: bytes) -> None:
    with server.line() as line:
        line.send(body)
        assert line.answer().judged().code == 400
        line.send(measured(GOOD))
        assert line.answer().judged().code == 200


def test_two_requests_sent_at_once_are_answered_in_turn(server: Server) -> None:
    with server.line() as line:
        line.send(measured(b"{}") + chunked(GOOD) + measured(b""))
        assert [line.answer().judged().code for _ in range(3)] == [411, 200, 400]


@pytest.mark.parametrize("request_", [measured(padded(12 * MEGABYTE)), chunked(padded(12 * MEGABYTE), MEGABYTE)])
def test_a_client_that_sends_without_end_is_cut_off(server: Server, request_: bytes) -> None:
    with server.line() as line:
        line.send_all_that_is_taken(request_)
    assert server.balance == 100


CUT = {
    "inside the request line": b"POST /api/ana",
    "inside the headers": head("Content-Length: 9")[:-9],
    "before the body": head(f"Content-Length: {len(GOOD)}"),
    "inside the body": measured(GOOD)[:-500],
    "a byte before the end": measured(GOOD)[:-1],
    "where the length was too large": measured(GOOD, announced=len(GOOD) + 1),
    "inside a chunk": chunked(GOOD)[:-500],
    "between two chunks": head("Transfer-Encoding: chunked") + b"1\r\n{\r\n",
    "inside a chunk's size": head("Transfer-Encoding: chunked") + b"10",
}


@pytest.mark.parametrize("request_", CUT.values(), ids=CUT)
def test_a_client_that_goes_away_too_early_is_not_charged(server: Server, request_: bytes) -> None:
    with server.line() as closing, server.line() as breaking:
        closing.send(request_)
        closing.close()
        breaking.send(request_)
        breaking.break_off()
    assert server.exchange(measured(b"{}")).judged().code == 411
    assert server.balance == 100


@pytest.mark.parametrize("announced", [len(GOOD) + 1, 2 * MEGABYTE], ids=["within the limit", "over the limit"])
def test_a_body_that_ends_before_its_length_is_a_protocol_error(server: Server, announced: int) -> None:
    with server.line() as line:
        line.send(measured(GOOD, announced=announced))
        line.end_sending()
        assert line.answer().judged().code == 400
    assert server.balance == 100


CUT_SHORT = "the body ended before the {} bytes that its Content-Length announces; let the HTTP library count them"


@pytest.mark.parametrize(
    ("body", "announced"),
    [(GOOD, len(GOOD) + 1), (GOOD, 2 * len(GOOD)), (b"", 100), (b"   ", 100)],
    ids=["a byte too few", "half of it", "nothing", "white space"],
)
def test_a_body_that_ends_before_its_length_is_told_so(server: Server, body: bytes, announced: int) -> None:
    with server.line() as line:
        line.send(measured(body, announced=announced))
        line.end_sending()
        answer = line.answer()
    assert (answer.hint or "").startswith(CUT_SHORT.format(announced))


def test_a_body_of_the_control_plane_that_ends_before_its_length_is_told_so(server: Server) -> None:
    request_ = head("Content-Length: 100", path="/__admin/accounts") + b'{"email": "x@example.com"}'
    with server.line() as line:
        line.send(request_.replace(b"Host: mock", b"Host: localhost"))
        line.end_sending()
        answer = line.answer()
    assert (answer.status, CUT_SHORT.format(100).encode() in answer.body) == (400, True)


def test_slow_senders_do_not_keep_others_waiting(server: Server) -> None:
    with server.lines(20) as in_headers, server.lines(20) as in_body, server.lines(20) as in_chunk:
        send_to_all(in_headers, head("Content-Length: 9")[:-9])
        send_to_all(in_body, measured(GOOD)[:-9])
        send_to_all(in_chunk, chunked(GOOD)[:-9])
        assert server.exchange(measured(GOOD)).judged().code == 200
        in_body[7].send(GOOD[-9:])
        assert in_body[7].answer().judged().code == 200
        in_chunk[7].send(chunked(GOOD)[-9:])
        assert in_chunk[7].answer().judged().code == 200
    assert server.balance == 97


def send_to_all(lines: list[Line], data: bytes) -> None:
    for line in lines:
        line.send(data)


MIXED = [
    (measured(GOOD), 200),
    (chunked(GOOD), 200),
    (measured(GOOD[:-1]), 400),
    (measured(padded(2 * MEGABYTE)), 400),
    (measured(b"{}"), 411),
    (measured(json.dumps(good_request() | {"borigimg": "?"}).encode()), 412),
    (measured(json.dumps(good_request() | {"Email": "nobody"}).encode()), 420),
    (measured(json.dumps(good_request() | {"APIKey": "?"}).encode()), 421),
    (measured(json.dumps(good_request() | {"uuid": []}).encode()), 400),
    (head(method="GET"), 400),
]


def test_requests_of_all_kinds_at_once_get_each_its_own_answer(server: Server) -> None:
    sent = MIXED * 4
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(server.exchange, [request for request, _ in sent]))
    assert [answer.judged().code for answer in answers] == [code for _, code in sent]
    assert server.balance == 92

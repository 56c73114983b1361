"""An answer that needs no body still reads it: the client gets to see it, and its connection serves on."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from flask.testing import FlaskClient

from remo_mock import RemoMock, Settings, create_app
from tests.support.calls import BACK, FRONT
from tests.support.hostile import good_request
from tests.support.hostile_wire import Server, head, in_chunks, measured
from tests.support.programs import on_path
from tests.support.servers import announced_url, serving
from tests.support.waiting import TIMEOUT

GOOD = json.dumps(good_request()).encode()
MEGABYTES = b"x" * 3_000_000
UNKNOWN = {
    "unknown path": "/api/analysis",
    "trailing slash": f"{BACK}/",
    "unknown admin path": "/__admin/nothing",
    "path outside of all": "/nothing",
}
TIMES = 20


def posted(path: str, body: bytes = MEGABYTES) -> bytes:
    return head(f"Content-Length: {len(body)}", path=path) + body


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A mock whose limit is smaller than the bodies, and which reads up to four times as much."""
    with serving("--max-body", "1") as process:
        yield Server(process.url)


@pytest.mark.parametrize("path", UNKNOWN.values(), ids=UNKNOWN)
def test_three_megabytes_to_a_wrong_path_get_the_404_each_time(server: Server, path: str) -> None:
    assert [server.exchange(posted(path)).status for _ in range(TIMES)] == [404] * TIMES


def test_three_megabytes_in_chunks_get_the_404_each_time(server: Server) -> None:
    request = head("Transfer-Encoding: chunked", path="/api/analysis") + in_chunks(MEGABYTES, 65_536)
    assert [server.exchange(request).status for _ in range(TIMES)] == [404] * TIMES


EARLY = {
    "404": (posted("/api/analysis"), 404),
    "404 in chunks": (head("Transfer-Encoding: chunked", path="/api/analysis") + in_chunks(MEGABYTES, 65_536), 404),
    "405 of /__admin": (posted("/__admin/health"), 405),
    "413 of /__admin": (posted("/__admin/outcomes").replace(b"Host: mock", b"Host: localhost"), 413),
    "403 of /__admin": (posted("/__admin/outcomes"), 403),
    "405 of the console": (posted("/"), 405),
    "400 of a vendor's path": (posted(BACK), 400),
    "400 of a preference": (measured(GOOD, "Prefer: code=999"), 400),
}


@pytest.mark.parametrize(("request_", "status"), EARLY.values(), ids=EARLY)
def test_the_next_request_on_the_connection_is_answered(server: Server, request_: bytes, status: int) -> None:
    server.fund(100)
    with server.line() as line:
        for _ in range(3):
            line.send(request_)
            assert line.answer().status == status
            line.send(measured(GOOD))
            assert line.answer().judged().code == 200


def test_more_than_four_times_the_limit_is_cut_off(server: Server) -> None:
    with server.line() as line:
        line.send_all_that_is_taken(posted("/api/analysis", b"x" * 40_000_000))
    server.fund(100)
    assert server.exchange(measured(GOOD)).judged().code == 200


def test_a_session_of_requests_keeps_its_connection(shared_url: str) -> None:
    with requests.Session() as session:
        for _ in range(TIMES):
            assert session.post(f"{shared_url}/api/nothing", data=MEGABYTES, timeout=TIMEOUT).status_code == 404
            assert session.get(f"{shared_url}/__admin/health", timeout=TIMEOUT).status_code == 200


def test_the_server_in_a_thread_reads_the_body_too() -> None:
    with RemoMock().serving() as remo:
        found = [requests.post(f"{remo.url}/api/nothing", data=MEGABYTES, timeout=TIMEOUT) for _ in range(TIMES)]
    assert [reply.status_code for reply in found] == [404] * TIMES


def test_the_recorder_reads_the_body_too(tmp_path: Path, shared_url: str) -> None:
    command = [sys.executable, "-m", "remo_mock", "record", "--cassette", str(tmp_path), "--port", "0"]
    with subprocess.Popen([*command, "--upstream", shared_url], stdout=subprocess.PIPE, text=True) as process:
        try:
            url = announced_url(process)
            found = [requests.post(f"{url}{BACK}/", data=MEGABYTES, timeout=TIMEOUT) for _ in range(TIMES)]
        finally:
            process.terminate()
            process.communicate(timeout=TIMEOUT)
    assert [reply.status_code for reply in found] == [404] * TIMES
    assert found[0].headers["X-Remo-Mock-Hint"] == f"did you mean {BACK}? The request's path has a slash at the end."
    assert "This recorder passes on /api/analysis-skeleton" in found[0].json()["detail"]


NODE = """
import http from 'node:http';

const [base, ...paths] = process.argv.slice(2);
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
const body = Buffer.alloc(3_000_000, 120);

const post = (path) => new Promise((resolve) => {
  const options = { method: 'POST', agent, headers: { 'Content-Length': body.length } };
  const sent = http.request(base + path, options, (reply) => {
    reply.resume();
    reply.on('end', () => resolve(reply.statusCode));
  });
  sent.on('error', (error) => resolve(error.code));
  sent.end(body);
});

const seen = {};
for (const path of paths) {
  seen[path] = [];
  for (let turn = 0; turn < 20; turn += 1) seen[path].push(await post(path));
}
console.log(JSON.stringify(seen));
process.exit(0);
"""


def test_node_sees_every_404(shared_url: str, tmp_path: Path) -> None:
    node, script = on_path("Node.js", "node"), tmp_path / "post.mjs"
    script.write_text(NODE, encoding="utf-8")
    command = [node, str(script), shared_url, *UNKNOWN.values()]
    done = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT, check=True)
    seen: dict[str, list[Any]] = json.loads(done.stdout)
    assert {path: Counter(statuses) for path, statuses in seen.items()} == {
        path: {404: TIMES} for path in UNKNOWN.values()
    }


SLIPS = {
    f"{FRONT}/": f"did you mean {FRONT}? The request's path has a slash at the end.",
    FRONT.upper(): f"did you mean {FRONT}? The request's path differs in upper and lower case.",
    "/api/analysis-skeleton-v2_front": f"did you mean {FRONT}? The request's path has _ in place of -.",
    "/api/analysis-skeleton-v2-fornt": f"did you mean {FRONT}?",
    "/api/v2_front": f"did you mean {FRONT}?",
    "/analysis-skeleton-v2-front": f"did you mean {FRONT}?",
    "/api/analysis-skeleton-v2-front//": f"did you mean {FRONT}? The request's path has a slash at the end.",
}


@pytest.mark.parametrize(("path", "hint"), SLIPS.items(), ids=SLIPS)
def test_a_slip_is_told_with_the_endpoint_that_was_meant(client: FlaskClient, path: str, hint: str) -> None:
    reply = client.post(path, json={})
    assert reply.status_code == 404
    assert reply.headers["X-Remo-Mock-Hint"] == hint
    assert hint[1:] in reply.get_json(force=True)["detail"]


def test_the_list_of_endpoints_says_how_another_is_added(client: FlaskClient) -> None:
    reply = client.post("/api/golf-result", json={})
    assert "X-Remo-Mock-Hint" not in reply.headers
    detail = reply.get_json(force=True)["detail"]
    assert "/api/analysis-skeleton-v2-front, /api/analysis-skeleton-v2-side" in detail
    assert "REMO_MOCK_CONTRACT_DIR" in detail
    assert "remo-mock contract init DIR" in detail


def test_a_client_in_process_is_told_too() -> None:
    with RemoMock() as remo:
        reply = requests.post(f"{remo.url}{FRONT}/", json={}, timeout=TIMEOUT)
    assert reply.status_code == 404
    assert reply.headers["X-Remo-Mock-Hint"] == SLIPS[f"{FRONT}/"]


@pytest.mark.parametrize("path", ["/api/analysis", f"{BACK}/"])
def test_a_page_can_read_why_its_path_is_wrong(path: str) -> None:
    page = "http://localhost:3000"
    client = create_app(Settings(cors=page)).test_client()
    asked = {"Origin": page, "Access-Control-Request-Method": "POST"}
    preflight, reply = client.options(path, headers=asked), client.post(path, json={}, headers={"Origin": page})
    assert (preflight.status_code, reply.status_code) == (204, 404)
    assert preflight.headers["Access-Control-Allow-Origin"] == page
    assert reply.headers["Access-Control-Allow-Origin"] == page


def test_a_page_is_told_nothing_of_admin() -> None:
    client = create_app(Settings(cors="http://localhost:3000")).test_client()
    reply = client.options("/__admin/nothing", headers={"Access-Control-Request-Method": "POST"})
    assert reply.status_code == 404
    assert "Access-Control-Allow-Origin" not in reply.headers

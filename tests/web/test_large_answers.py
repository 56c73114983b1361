"""A large answer, which is handed over in parts, arrives as one whole; a client that goes away disturbs nobody."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from PIL import Image

from remo_mock import RemoMock
from tests.support.calls import BACK, as_text, credentials
from tests.support.hostile_wire import Server, measured
from tests.support.waiting import TIMEOUT
from tests.web.test_http2 import posted

HEADERS = {"Content-Type": "application/json", "Prefer": "code=200"}


@pytest.fixture(scope="module")
def remo() -> Iterator[RemoMock]:
    with RemoMock().serving() as remo:
        yield remo


@pytest.fixture(scope="module")
def body() -> bytes:
    """A request whose drawn photo is larger than half a megabyte: noise does not compress."""
    noise = Image.effect_noise((1200, 900), 100).convert("RGB")
    return json.dumps(credentials() | {"borigimg": as_text(noise, "JPEG", quality=90)}).encode()


def test_it_arrives_whole(remo: RemoMock, body: bytes) -> None:
    reply = requests.post(remo.url + BACK, data=body, headers=HEADERS, timeout=TIMEOUT)
    assert len(reply.content) == int(reply.headers["Content-Length"]) > 512 * 1024
    assert "Transfer-Encoding" not in reply.headers
    assert (reply.status_code, reply.json()["state"]) == (200, True)


def test_it_arrives_whole_over_http_2(remo: RemoMock, body: bytes, tmp_path: Path) -> None:
    (tmp_path / "body.json").write_bytes(body)
    done = posted(remo.url + BACK, tmp_path / "body.json", prefer="code=200")
    answer = (tmp_path / "answer").read_bytes()
    assert (done.stdout, done.returncode) == (f"200 2 {len(answer)}", 0)
    assert json.loads(answer)["state"] is True


def test_a_client_that_goes_away_disturbs_nobody(remo: RemoMock, body: bytes) -> None:
    before = len(remo.requests)
    with Server(remo.url).lines(3) as lines:
        for line in lines:
            line.send(measured(body))
            line.break_off()
        reply = requests.post(remo.url + BACK, data=body, headers=HEADERS, timeout=TIMEOUT)
        assert reply.json()["state"] is True
    assert before < len(remo.requests) <= before + 4

"""Over HTTP/2 by prior knowledge (h2c) the mock answers as over HTTP/1.1; an answer that is cut is a protocol error."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from remo_mock import RemoMock
from tests.support.calls import BACK
from tests.support.hostile import good_request
from tests.support.programs import on_path
from tests.support.waiting import TIMEOUT

CUT_SHORT = 92
"""What curl ends with when a stream of HTTP/2 was not closed cleanly."""


@pytest.fixture(scope="module")
def remo() -> Iterator[RemoMock]:
    with RemoMock().serving() as remo:
        yield remo


def posted(url: str, body: Path, *, prefer: str = "") -> subprocess.CompletedProcess[str]:
    """Post a file by curl, and write status, version of HTTP and size of the answer."""
    headers = ["-H", "Content-Type: application/json", *(["-H", f"Prefer: {prefer}"] if prefer else [])]
    output = ["-s", "-S", "-o", str(body.with_name("answer")), "-w", "%{http_code} %{http_version} %{size_download}"]
    command = [on_path("curl", "curl"), "--http2-prior-knowledge", *headers, *output, "--data-binary", f"@{body}", url]
    return subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT, check=False)


@pytest.mark.parametrize(
    ("prefer", "begins", "ends"),
    [("", "200 2 ", 0), ("code=518", "518 2 ", 0), ("fault=slow", "200 2 ", 0), ("fault=drop", "200 2 ", CUT_SHORT)],
)
def test_h2c(remo: RemoMock, tmp_path: Path, prefer: str, begins: str, ends: int) -> None:
    body = tmp_path / "body.json"
    body.write_text(json.dumps(good_request()), encoding="utf-8")
    done = posted(remo.url + BACK, body, prefer=prefer)
    assert (done.stdout[: len(begins)], done.returncode) == (begins, ends), done.stderr
    assert ("PROTOCOL_ERROR" in done.stderr) is bool(ends)

"""`remo-mock record` as a program, in front of another mock."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import requests

from remo_mock.cassettes.recorder import RecordSettings
from remo_mock.cli import record
from remo_mock.cli.output import prepare_streams
from tests.support.calls import BACK
from tests.support.servers import announced_url, serving
from tests.support.upstreams import unchanged, upstream
from tests.support.waiting import TIMEOUT

NOWHERE = "http://127.0.0.1:9"
"""A proxy, which is never asked for a server of this machine."""


def test_it_records_until_it_is_stopped(tmp_path: Path, back_request: dict[str, Any]) -> None:
    command = [sys.executable, "-m", "remo_mock", "record", "--cassette", str(tmp_path), "--port", "0"]
    with serving() as real:
        process = subprocess.Popen(
            [*command, "--upstream", real.url, "--budget", "1"],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=os.environ | {"HTTP_PROXY": NOWHERE, "http_proxy": NOWHERE},
        )
        try:
            url = announced_url(process)
            codes = [requests.post(url + BACK, json=back_request, timeout=TIMEOUT).status_code for _ in range(2)]
        finally:
            process.terminate()
            said = process.communicate(timeout=TIMEOUT)[0].splitlines()
    assert (codes, process.returncode) == ([200, 402], 0)
    assert said[-3].startswith("analysis-skeleton-v2-back: HTTP 200, code 200, ")
    assert said[-3].endswith("1 of 1 credits spent -> analysis-skeleton-v2-back-photo-b27b5703.json")
    assert (
        said[-2] == "/api/analysis-skeleton-v2-back: not sent, 1 of 1 credits spent; start again with a larger --budget"
    )
    assert said[-1] == f"{tmp_path} holds 1 exchanges. Next: remo-mock drift {tmp_path}"


def test_what_was_paid_for_is_passed_on_although_nobody_reads_the_lines_any_more(
    tmp_path: Path, back_request: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    monkeypatch.setattr("sys.stderr", sys.stderr)  # for the end
    with os.fdopen(writer, "w") as stdout, upstream(unchanged) as real:
        monkeypatch.setattr("sys.stdout", stdout)
        prepare_streams()
        app = record._load(RecordSettings(upstream=real.url, cassette=tmp_path, budget=1)).app()
        codes = [app.test_client().post(BACK, json=back_request).status_code for _ in range(2)]
    assert codes == [200, 402]
    assert len([*tmp_path.iterdir()]) == 1

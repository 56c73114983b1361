"""Clients that are no `requests`, against a real server in a thread, which the environment leads to."""

import json
import subprocess
import sys
import urllib.request

import pytest
from posture_client import PATH, Client


def test_the_client_finds_the_server(remo_server, remo_account, photo):
    assert Client().base == remo_server.url
    assert Client().analyse(photo).credit == remo_account.credit == 99


def test_another_library(remo_server, remo_account, fake):
    body = json.dumps(fake.remo_request("analysis-skeleton-v2-back", credentials=remo_account.fields)).encode()
    request = urllib.request.Request(remo_server.url + PATH, body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=10) as reply:
        assert json.load(reply)["state"] is True


@pytest.mark.remo(credit=7)
def test_another_process(remo_server, remo_account, photo, tmp_path):
    (tmp_path / "back.jpg").write_bytes(photo)
    code = "import posture_client as p; print(p.Client().analyse(open('back.jpg', 'rb').read()).credit)"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(remo_account.credit) == "6"

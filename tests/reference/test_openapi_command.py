"""`remo-mock openapi` prints the document that the mock with these options serves, always the same."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

COMMAND = [sys.executable, "-m", "remo_mock", "openapi"]


def printed(*options: str, hash_seed: str = "0") -> str:
    environment = os.environ | {"PYTHONHASHSEED": hash_seed}
    done = subprocess.run([*COMMAND, *options], capture_output=True, text=True, check=True, env=environment)
    return done.stdout


def test_it_prints_the_same_every_time() -> None:
    assert printed(hash_seed="1") == printed(hash_seed="2")


@pytest.mark.parametrize(
    ("options", "servers"),
    [
        ([], ["http://127.0.0.1:4420"]),
        (["--server", "https://mock.test/"], ["https://mock.test"]),
        (["--server", "http://a.test", "--server", "http://b.test"], ["http://a.test", "http://b.test"]),
    ],
    ids=["none", "one", "two"],
)
def test_the_servers_are_those_given(options: list[str], servers: list[str]) -> None:
    assert [server["url"] for server in json.loads(printed(*options))["servers"]] == servers


def test_a_server_for_all_interfaces_is_named_by_an_address_that_opens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REMO_MOCK_HOST", "0.0.0.0")  # noqa: S104 - not bound
    assert json.loads(printed())["servers"][0]["url"] == "http://127.0.0.1:4420"


def test_the_switches_are_those_given() -> None:
    made: dict[str, Any] = json.loads(printed("--http-status", "200", "--error-shape", "both"))
    assert (made["info"]["x-remo-http-status"], made["info"]["x-remo-error-shape"]) == ("200", "both")


def test_a_switch_that_is_none_is_refused() -> None:
    done = subprocess.run([*COMMAND, "--http-status", "500"], capture_output=True, text=True)
    assert done.returncode == 2
    assert done.stderr.endswith("Error: Invalid value for '--http-status': '500' is not one of 'mirror', '200'.\n")


def test_it_is_written_to_a_file_as_it_is_printed(tmp_path: Path) -> None:
    path = tmp_path / "api.json"
    path.write_text("an older one")
    assert printed("--output", str(path)) == f"{path}: OpenAPI 3.1.0, 5 paths\n"
    assert path.read_text(encoding="utf-8") == printed()


def test_a_file_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    path = tmp_path / "none" / "api.json"
    done = subprocess.run([*COMMAND, "--output", path], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == f"remo-mock: Cannot write {path}: No such file or directory. Name another file.\n"

"""A worker that is killed is replaced, with a message, if its state is in a file; else the server ends and says why."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
import requests
from flask import Flask

from remo_mock.web.worker import load_and_report
from tests.support.servers import COMMAND, announced_url
from tests.support.waiting import TIMEOUT, wait_until

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="workers are found in /proc")

DEMO = "/__admin/accounts/demo@example.com"
REPLACED = (
    "remo-mock: a worker process was killed, or had no memory left; another took its place, with the same accounts."
)


@pytest.fixture(autouse=True)
def _hangups_are_heeded() -> Iterator[None]:
    """Tests that run under nohup would pass on that hangups are ignored, which the server heeds."""
    before = signal.signal(signal.SIGHUP, lambda *_: None)
    yield
    signal.signal(signal.SIGHUP, before)


@contextmanager
def started(*command: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Start a server in a group of its own; yield it with its URL; nothing of it is left at the end."""
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        try:
            yield process, announced_url(process)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def workers_of(process: subprocess.Popen[str]) -> set[int]:
    """Return the ids of the child processes of `process`, without those that ended and are still listed."""
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = stat.read_text().rpartition(")")[2].split()[:2]
        except OSError:  # it ended while we looked
            continue
        if int(parent) == process.pid and state != "Z" and b"resource_tracker" not in words_of(stat.parent):
            found.add(int(stat.parent.name))
    return found


def words_of(folder: Path) -> bytes:
    """Return how the process of a folder below /proc was started; nothing, if it ended."""
    with suppress(OSError):
        return (folder / "cmdline").read_bytes()
    return b""


def first_workers(process: subprocess.Popen[str], number: int) -> set[int]:
    """Wait until so many workers are there, and return their ids: the server is announced with its first worker."""
    return wait_until(lambda: exactly(number, workers_of(process)), what=f"the server has {number} workers")


def exactly(number: int, workers: set[int]) -> set[int]:
    """Return the workers if there are so many, otherwise none."""
    return workers if len(workers) == number else set()


def kill(worker: int) -> None:
    """Kill a worker without notice, if it is still there."""
    with suppress(ProcessLookupError):
        os.kill(worker, signal.SIGKILL)


def errors_of(process: subprocess.Popen[str]) -> str:
    """Wait for the end, and return what was written to stderr."""
    return process.communicate(timeout=TIMEOUT)[1]


def stopped(process: subprocess.Popen[str], number: signal.Signals = signal.SIGTERM) -> str:
    """Stop the server by a signal, assert that it ended well, and return what was written to stderr."""
    process.send_signal(number)
    errors = errors_of(process)
    assert process.returncode == 0
    return errors


def next_error(process: subprocess.Popen[str]) -> str:
    """Wait for the next line on stderr, and return it."""
    assert process.stderr
    return process.stderr.readline().rstrip()


def demo_account(url: str) -> dict[str, Any]:
    """Return the demo account, or nothing while no worker takes connections."""
    with suppress(requests.ConnectionError):
        return dict(requests.get(url + DEMO, timeout=TIMEOUT).json())
    return {}


def test_one_of_several_is_replaced_and_nothing_is_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with started(*COMMAND, "--workers", "2") as (process, url):
        requests.patch(url + DEMO, json={"credit": 7}, timeout=TIMEOUT)
        (births,) = tmp_path.glob("*/births")
        wait_until(lambda: len(births.read_bytes()) == 2, what="both workers have noted that they are there")
        first = first_workers(process, 2)
        kill(min(first))
        wait_until(lambda: exactly(2, workers_of(process)) - first, what=f"another worker is there beside {first}")
        assert next_error(process) == REPLACED
        found = [requests.get(url + DEMO, timeout=TIMEOUT).json()["credit"] for _ in range(20)]
        assert found == [7] * 20
        assert stopped(process) == ""


def test_a_single_one_with_a_file_is_replaced(tmp_path: Path) -> None:
    with started(*COMMAND, "--db", str(tmp_path / "accounts.sqlite")) as (process, url):
        requests.patch(url + DEMO, json={"credit": 7}, timeout=TIMEOUT)
        kill(*first_workers(process, 1))
        assert next_error(process) == REPLACED
        assert wait_until(lambda: demo_account(url), what=f"a worker answers at {url}")["credit"] == 7
        assert stopped(process) == ""


def test_accounts_in_memory_are_lost_with_their_worker_and_the_server_ends_and_says_so() -> None:
    with started(*COMMAND) as (process, _):
        kill(*first_workers(process, 1))
        errors = errors_of(process)
    assert process.returncode == 1
    assert errors == (
        "remo-mock: The server ended: a worker process of it was killed, did not start, or had no memory left. "
        "Its accounts were kept in memory and are gone. Start it again; with --db FILE they are kept.\n"
    )


def test_one_that_is_lost_again_and_again_ends_the_server(tmp_path: Path) -> None:
    with started(*COMMAND, "--db", str(tmp_path / "accounts.sqlite")) as (process, _):

        def has_ended() -> bool:
            for worker in workers_of(process):
                kill(worker)
            return process.poll() is not None

        wait_until(has_ended, what="the server, whose workers are all killed, ends")
        errors = errors_of(process)
    assert process.returncode == 1
    assert (
        "Start it again: with fewer --workers if memory is short, with another TMPDIR or --db if the disk is full."
        in errors.splitlines()[-1]
    )


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_terminal_that_ends_all_of_them_loses_none(number: signal.Signals, workers: str) -> None:
    with started(*COMMAND, "--workers", workers) as (process, _):
        os.killpg(process.pid, number)
        errors = errors_of(process)
    assert (process.returncode, errors) == (0, "")


def test_a_hangup_ends_it_and_starts_no_new_worker() -> None:
    with started(*COMMAND) as (process, url):
        assert stopped(process, signal.SIGHUP) == ""
        with pytest.raises(requests.ConnectionError):
            requests.get(url + DEMO, timeout=TIMEOUT)


def test_nohup_is_heeded() -> None:
    ignoring = "import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN); import remo_mock.cli as c; c.main()"
    with started(sys.executable, "-c", ignoring, *COMMAND[3:]) as (process, _):
        status = Path(f"/proc/{process.pid}/status").read_text()
    ignored = int(re.findall(r"SigIgn:\s*([0-9a-f]+)", status)[0], 16)
    assert ignored & 1 << (signal.SIGHUP - 1)


def test_several_share_a_store_where_a_database_in_memory_was_asked_for() -> None:
    with started(*COMMAND, "--workers", "3", "--db", "sqlite://") as (_, url):
        requests.post(url + "/__admin/accounts", json={"email": "ann"}, timeout=TIMEOUT)
        found = [requests.get(url + "/__admin/accounts/ann", timeout=TIMEOUT).status_code for _ in range(30)]
    assert found == [200] * 30


def test_one_starts_although_the_temporary_folder_was_cleaned_away(tmp_path: Path) -> None:
    app = Flask(__name__)
    assert load_and_report(lambda: app, births=tmp_path / "gone" / "births", workers=1) is app

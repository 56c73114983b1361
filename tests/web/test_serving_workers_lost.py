"""A worker that is killed is replaced and told if its state is in a file; otherwise the server ends, and says why."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.support.servers import COMMAND, announced_url

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="workers are found in /proc")

DEMO = "/__admin/accounts/demo@example.com"
TOLD = "remo-mock: a worker process was killed, or had no memory left; another took its place, with the same accounts."


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
    """Name the processes that `process` is the parent of, other than those that are gone and still listed."""
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = stat.read_text().rpartition(")")[2].split()[:2]
        except OSError:  # it ended while we looked
            continue
        if int(parent) == process.pid and state != "Z":
            found.add(int(stat.parent.name))
    return found


def wait_for_another(process: subprocess.Popen[str], first: set[int]) -> None:
    """Wait until as many workers as at first are there, one of them new."""
    for _ in range(200):
        now = workers_of(process)
        if len(now) == len(first) and now != first:
            return
        time.sleep(0.1)
    raise AssertionError(f"no other worker in place of one of {first}")


def errors_of(process: subprocess.Popen[str]) -> str:
    """Wait for the end, and return what was said on stderr."""
    return process.communicate(timeout=20)[1]


def stopped(process: subprocess.Popen[str], number: signal.Signals = signal.SIGTERM) -> str:
    process.send_signal(number)
    errors = errors_of(process)
    assert process.returncode == 0
    return errors


def test_one_of_several_is_replaced_and_nothing_is_lost() -> None:
    with started(*COMMAND, "--workers", "2") as (process, url):
        requests.patch(url + DEMO, json={"credit": 7}, timeout=10)
        first = workers_of(process)
        assert len(first) == 2
        os.kill(min(first), signal.SIGKILL)
        wait_for_another(process, first)
        assert process.stderr
        assert process.stderr.readline().rstrip() == TOLD
        found = [requests.get(url + DEMO, timeout=10).json()["credit"] for _ in range(20)]
        assert found == [7] * 20
        assert stopped(process) == ""


def test_a_single_one_with_a_file_is_replaced(tmp_path: Path) -> None:
    with started(*COMMAND, "--db", str(tmp_path / "accounts.sqlite")) as (process, url):
        requests.patch(url + DEMO, json={"credit": 7}, timeout=10)
        (worker,) = workers_of(process)
        os.kill(worker, signal.SIGKILL)
        assert process.stderr
        assert process.stderr.readline().rstrip() == TOLD
        assert asked_until_it_listens(url + DEMO)["credit"] == 7
        assert stopped(process) == ""


def asked_until_it_listens(url: str) -> dict[str, Any]:
    for _ in range(200):
        with suppress(requests.ConnectionError):
            return dict(requests.get(url, timeout=10).json())
        time.sleep(0.1)
    raise AssertionError(f"nobody answers at {url}")


def test_what_was_in_memory_is_not_made_anew_unheard() -> None:
    with started(*COMMAND) as (process, _):
        (worker,) = workers_of(process)
        os.kill(worker, signal.SIGKILL)
        errors = errors_of(process)
    assert process.returncode == 1
    assert errors == (
        "remo-mock: The server ended: a worker process of it was killed, or had no memory left. "
        "Its accounts were kept in memory and are gone. Start it again; with --db FILE they are kept.\n"
    )


def test_one_that_is_lost_again_and_again_ends_the_server(tmp_path: Path) -> None:
    with started(*COMMAND, "--db", str(tmp_path / "accounts.sqlite")) as (process, _):
        for _ in range(200):
            if process.poll() is not None:
                break
            for worker in workers_of(process):
                os.kill(worker, signal.SIGKILL)
            time.sleep(0.1)
        errors = errors_of(process)
    assert process.returncode == 1
    assert "Start it again, with fewer --workers if memory is short." in errors.splitlines()[-1]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_terminal_that_ends_all_of_them_loses_none(number: signal.Signals, workers: str) -> None:
    with started(*COMMAND, "--workers", workers) as (process, _):
        os.killpg(process.pid, number)
        errors = errors_of(process)
    assert (process.returncode, errors) == (0, "")


def test_a_hangup_ends_it_and_begins_nothing_anew() -> None:
    with started(*COMMAND) as (process, url):
        assert stopped(process, signal.SIGHUP) == ""
        with pytest.raises(requests.ConnectionError):
            requests.get(url + DEMO, timeout=10)


def test_nohup_is_heeded() -> None:
    ignoring = "import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN); import remo_mock.cli.group as c; c.main()"
    with started(sys.executable, "-c", ignoring, *COMMAND[3:]) as (process, _):
        status = Path(f"/proc/{process.pid}/status").read_text()
    ignored = int(re.findall(r"SigIgn:\s*([0-9a-f]+)", status)[0], 16)
    assert ignored & 1 << (signal.SIGHUP - 1)


def test_several_share_a_store_where_a_database_in_memory_was_asked_for() -> None:
    with started(*COMMAND, "--workers", "3", "--db", "sqlite://") as (_, url):
        requests.post(url + "/__admin/accounts", json={"email": "ann"}, timeout=10)
        found = [requests.get(url + "/__admin/accounts/ann", timeout=10).status_code for _ in range(30)]
    assert found == [200] * 30

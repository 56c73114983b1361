"""Temporary folders: a killed server's is removed by the next start, a running one's stays; one worker needs none."""

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from remo_mock.exceptions import FolderError
from remo_mock.web.own_folder import own_folder, remove_abandoned
from tests.support.servers import COMMAND, announced_url
from tests.support.waiting import TIMEOUT, wait_until


def started(folder: Path) -> subprocess.Popen[str]:
    environment = os.environ | {"TMPDIR": str(folder)}
    command = [*COMMAND, "--workers", "2"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment, start_new_session=True)
    announced_url(process)
    return process


def test_the_next_start_removes_the_folder_of_a_killed_server_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    foreign = tmp_path / "remo-mock-notes"
    foreign.mkdir()
    killed = started(tmp_path)
    (its,) = set(tmp_path.iterdir()) - {foreign}
    os.killpg(killed.pid, signal.SIGKILL)
    killed.communicate(timeout=TIMEOUT)
    assert (its / "accounts.sqlite").exists()
    with own_folder() as running:
        assert set(tmp_path.iterdir()) == {foreign, running}
        other = started(tmp_path)
        assert {foreign, running} < set(tmp_path.iterdir())
        other.terminate()
        other.communicate(timeout=TIMEOUT)
        assert set(tmp_path.iterdir()) == {foreign, running}
    assert list(tmp_path.iterdir()) == [foreign]


def test_workers_own_the_folder_as_long_as_they_live(tmp_path: Path) -> None:
    process = started(tmp_path)
    (its,) = tmp_path.iterdir()
    process.kill()  # the parent alone: its workers end a moment later
    process.communicate(timeout=TIMEOUT)

    def removed() -> bool:
        remove_abandoned(tmp_path)
        return not its.exists()

    wait_until(removed, what="its workers have ended, too")


NO_FOLDER = (
    "import sys, tempfile; tempfile._candidate_tempdir_list = lambda: []; from remo_mock.cli import main; main()"
)


@pytest.mark.parametrize("own", [False, True])
def test_no_folder_is_needed_in_memory_nor_with_a_database_of_ones_own(tmp_path: Path, own: bool) -> None:
    options = ["--port", "0", *(["--workers", "2", "--db", str(tmp_path / "a.sqlite")] if own else [])]
    command = [sys.executable, "-c", NO_FOLDER, "serve", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        url = announced_url(process)
        assert requests.get(f"{url}/__admin/health", timeout=TIMEOUT).status_code == 200
        process.terminate()


def test_several_workers_without_a_folder_are_refused_with_the_remedy() -> None:
    command = [sys.executable, "-c", NO_FOLDER, "serve", "--port", "0", "--workers", "2"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT, check=False)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "give one with --db, name a folder that may be written by TMPDIR, or start one worker" in done.stderr


def test_a_place_where_no_lock_can_be_had_is_refused_and_nothing_is_left_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_locks(_file: int, _how: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("fcntl.flock", no_locks)
    with pytest.raises(FolderError, match=r"No temporary folder can be made: No locks available\."), own_folder():
        pass
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows limits no sizes of files")
def test_workers_that_cannot_make_their_file_say_so_once_and_are_not_tried_again(tmp_path: Path) -> None:
    environment = os.environ | {"TMPDIR": str(tmp_path)}
    command = ["sh", "-c", 'ulimit -f 8; exec "$@"', "sh", *COMMAND, "--workers", "3"]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=TIMEOUT)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert done.stderr.startswith("remo-mock: Cannot open the account store sqlite:///")
    assert "name a folder on another one in TMPDIR." in done.stderr

"""`serve --ready-file` tells programs of any language where the mock answers, and that it has ended."""

import json
import signal
import stat
import subprocess
from pathlib import Path

import pytest
import requests

from remo_mock.cli.ready_file import Ready, ReadyFile, ReadyFileError, read_ready_file
from tests.support.servers import COMMAND, refusal, serving
from tests.support.waiting import TIMEOUT, wait_until

READY = Ready("http://127.0.0.1:4420", "sesame", 7)


def test_it_says_where_the_mock_answers_while_it_does(tmp_path: Path) -> None:
    path = tmp_path / "ready.json"
    process = subprocess.Popen(
        [*COMMAND, "--ready-file", path, "--admin-token", "sesame"], stdout=subprocess.DEVNULL, text=True
    )
    try:
        wait_until(path.exists, what="the ready file is there", within=TIMEOUT)
        ready = json.loads(path.read_text())
        header = {"Authorization": f"Bearer {ready['token']}"}
        listed = requests.get(f"{ready['url']}/__admin/accounts", headers=header, timeout=TIMEOUT)
        mode = stat.S_IMODE(path.stat().st_mode)
    finally:
        process.send_signal(signal.SIGTERM)
        code = process.wait(TIMEOUT)
    assert (ready["pid"], ready["token"], listed.status_code, mode) == (process.pid, "sesame", 200, 0o600)
    assert (code, list(tmp_path.iterdir())) == (0, [])


def test_without_a_token_it_says_none(tmp_path: Path) -> None:
    with serving("--ready-file", str(tmp_path / "ready.json")) as server:
        ready = read_ready_file(tmp_path / "ready.json")
    assert ready == Ready(server.url, None, server.process.pid)


def test_what_a_killed_server_left_is_gone_before_the_next_one_answers(tmp_path: Path) -> None:
    path = tmp_path / "ready.json"
    ReadyFile(path).write(READY)
    ReadyFile(path)
    assert not path.exists()


def test_an_empty_file_is_taken_as_mktemp_makes_it(tmp_path: Path) -> None:
    path = tmp_path / "ready.json"
    path.touch(mode=0o644)
    ReadyFile(path).write(READY)
    assert (read_ready_file(path), stat.S_IMODE(path.stat().st_mode)) == (READY, 0o600)


@pytest.mark.parametrize(
    "text", ['{"name": "my-client"}', "TOKEN=1", "[]", '{"url": 1, "token": null, "pid": 1}', "\0" * 9, "[" * 100_000]
)
def test_somebody_elses_file_is_neither_overwritten_nor_removed(tmp_path: Path, text: str) -> None:
    path = tmp_path / "package.json"
    path.write_text(text)
    with pytest.raises(ReadyFileError, match="holds something else than what `serve` writes"):
        ReadyFile(path)
    assert path.read_text() == text


def test_a_link_to_a_device_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "stdout"
    path.symlink_to("/dev/null")
    with pytest.raises(ReadyFileError, match="is there already, and no plain file"):
        ReadyFile(path)
    assert path.is_symlink()


def test_a_file_that_cannot_be_is_refused_before_anything_is_served(tmp_path: Path) -> None:
    done = refusal("--ready-file", str(tmp_path / "none" / "ready.json"))
    assert done.returncode == 2
    assert done.stderr.endswith(f"there is no directory {tmp_path / 'none'}. Name another file.\n")


def test_a_file_that_cannot_be_written_any_more_says_so(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    ready_file = ReadyFile(folder / "ready.json")
    folder.rmdir()
    with pytest.raises(ReadyFileError, match="No such file or directory"):
        ready_file.write(READY)


def test_the_file_of_a_later_server_stays(tmp_path: Path) -> None:
    path = tmp_path / "ready.json"
    earlier, later = ReadyFile(path), ReadyFile(path)
    earlier.write(READY)
    later.write(Ready("http://127.0.0.1:4421", None, 8))
    earlier.remove()
    assert read_ready_file(path).pid == 8


def test_a_server_that_ended_while_it_started_leaves_none(tmp_path: Path) -> None:
    ready_file = ReadyFile(tmp_path / "ready.json")
    ready_file.remove()
    ready_file.write(READY)
    assert list(tmp_path.iterdir()) == []

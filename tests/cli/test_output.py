"""Output survives its terminal: documents are UTF-8, tables lose letters and not lines, a reader may go away."""

import json
import os
import resource
import subprocess
import sys
from functools import cache, partial
from pathlib import Path

import pytest

from tests.support.waiting import TIMEOUT

REMO_MOCK = [sys.executable, "-m", "remo_mock"]


@cache
def printed(*arguments: str, encoding: str) -> bytes:
    environment = os.environ | {"PYTHONIOENCODING": encoding}
    done = subprocess.run([*REMO_MOCK, *arguments], capture_output=True, check=True, env=environment, timeout=TIMEOUT)
    return done.stdout


@pytest.mark.parametrize("encoding", ["cp949", "cp1252", "cp437", "latin-1", "ascii"])
@pytest.mark.parametrize("arguments", [["openapi"], ["codes", "--json"], ["ledger", "--json"]], ids=" ".join)
def test_a_document_is_utf_8_whatever_the_terminal_is(arguments: list[str], encoding: str) -> None:
    document = printed(*arguments, encoding=encoding)
    assert json.loads(document.decode("utf-8"))
    assert document == printed(*arguments, encoding="utf-8")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_document_begins_with_no_mark_of_an_encoding(encoding: str, tmp_path: Path) -> None:
    file = tmp_path / "codes.json"
    with file.open("wb") as out:
        environment = os.environ | {"PYTHONIOENCODING": encoding}
        subprocess.run([*REMO_MOCK, "codes", "--json"], stdout=out, check=True, env=environment, timeout=TIMEOUT)
    assert file.read_bytes()[:9] == b'{"codes":'


def test_a_document_holds_letters_that_few_terminals_have() -> None:
    assert "정면" in printed("codes", "--json", encoding="cp1252").decode("utf-8")


@pytest.mark.parametrize("encoding", ["cp1252", "cp437", "latin-1", "ascii"])
def test_a_table_loses_letters_and_keeps_its_columns(encoding: str) -> None:
    lines = printed("codes", encoding=encoding).decode(encoding).splitlines()
    known = printed("codes", encoding="utf-8").decode("utf-8").splitlines()
    assert lines[6] == "      ???? ?????? ?????????? ???? ????"
    assert [len(line.split()) for line in lines] == [len(line.split()) for line in known]


def test_a_korean_terminal_shows_korean() -> None:
    assert "정면, 측면, 후면 사진에서 사람을 찾지 못함" in printed("codes", "521", encoding="cp949").decode("cp949")


EVERY_WAY = [
    *(["codes"], ["ledger"], ["openapi"], ["codes", "--json"], ["contract", "check", "schemas"]),
    *(["verify", "--plan"], ["verify", "--explain", "REMO-STATUS"], ["--help"], ["serve", "--help"], ["--version"]),
]


@pytest.mark.parametrize("arguments", EVERY_WAY, ids=" ".join)
def test_a_reader_that_went_away_is_no_error(arguments: list[str]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = subprocess.run(
            [*REMO_MOCK, *arguments], stdout=writer, stderr=subprocess.PIPE, text=True, timeout=TIMEOUT
        )
    finally:
        os.close(writer)
    assert (done.returncode, done.stderr) == (141, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("arguments", EVERY_WAY, ids=" ".join)
def test_a_full_disk_is_one_line(arguments: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run([*REMO_MOCK, *arguments], stdout=full, stderr=subprocess.PIPE, text=True, timeout=TIMEOUT)
    assert done.returncode == 2
    assert done.stderr == (
        "remo-mock: Cannot write to stdout: No space left on device. Send it to another file or disk.\n"
    )


@pytest.mark.parametrize("arguments", ["codes", "openapi", "--help", "--version"])
def test_a_stdout_that_was_closed_is_no_error(arguments: str) -> None:
    command = f"{sys.executable} -m remo_mock {arguments} >&-"
    done = subprocess.run(["sh", "-c", command], stderr=subprocess.PIPE, text=True, timeout=TIMEOUT)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("arguments", [["codes", "999"], ["serv"], ["drift", "nowhere"]], ids=" ".join)
def test_a_report_of_an_error_that_cannot_be_written_changes_no_exit_code(arguments: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run([*REMO_MOCK, *arguments], stdout=full, stderr=full, timeout=TIMEOUT, check=False)
    assert done.returncode == 2


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_python_may_write_without_a_buffer(unbuffered: str) -> None:
    environment = os.environ | {"PYTHONUNBUFFERED": unbuffered, "PYTHONIOENCODING": "cp1252"}
    done = subprocess.run([*REMO_MOCK, "codes", "518"], capture_output=True, env=environment, timeout=TIMEOUT)
    assert (done.returncode, b"518 of analysis-skeleton-v2-back" in done.stdout) == (0, True)


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_disk_that_fills_in_the_middle_is_said(unbuffered: str, tmp_path: Path) -> None:
    cut = tmp_path / "openapi.json"
    with cut.open("wb") as out:
        done = subprocess.run(
            [*REMO_MOCK, "openapi"],
            stdout=out,
            stderr=subprocess.PIPE,
            env=os.environ | {"PYTHONUNBUFFERED": unbuffered},
            preexec_fn=partial(resource.setrlimit, resource.RLIMIT_FSIZE, (100_000, 100_000)),
            timeout=TIMEOUT,
        )
    assert (done.returncode, cut.stat().st_size) == (2, 100_000)
    assert done.stderr == b"remo-mock: Cannot write to stdout: File too large. Send it to another file or disk.\n"


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_pipe_that_does_not_block_gets_the_whole(unbuffered: str) -> None:
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    environment = os.environ | {"PYTHONUNBUFFERED": unbuffered}
    command = [*REMO_MOCK, "openapi"]
    with subprocess.Popen(command, stdout=writer, stderr=subprocess.PIPE, env=environment) as process:
        os.close(writer)
        with os.fdopen(reader, "rb") as end:
            whole = end.read()
        errors = process.communicate(timeout=TIMEOUT)[1]
    assert (process.returncode, errors) == (0, b"")
    assert json.loads(whole)

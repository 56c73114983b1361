"""A path without an end, given for a file, is refused at once: a device, a pipe to which nobody writes, a huge file."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import pytest
from click.testing import CliRunner

from contract_tests.model.expectations import read_expectations
from contract_tests.model.photos import read_photos
from remo_mock.cassettes.files import read_cassette
from remo_mock.cli.file_writing import FilesDifferError, write_files
from remo_mock.cli.group import commands
from remo_mock.cli.ready_file import read_ready_file
from remo_mock.contract import read_contract
from remo_mock.contract.comparing.replies import read_replies
from remo_mock.contract.deriving.page.source_text import read_page
from remo_mock.contract.packaged import contract_documents, example_replies, read_file
from remo_mock.files import given
from remo_mock.files.given import read_given
from remo_mock.settings.option_types import secret_in
from remo_mock.store.account import read_accounts
from tests.support.saving import judge, save

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither such devices nor such pipes")

READERS: dict[str, Callable[[Path], object]] = {
    "accounts": read_accounts,
    "a secret": lambda path: secret_in(str(path)),
    "a ready file": read_ready_file,
    "a photo": lambda path: read_photos({"front": path}),
    "expected failures": read_expectations,
    "contract data": lambda path: read_file(path.parent, path.name),
    "a page": read_page,
    "replies for two states of pages": lambda path: list(read_replies([path])),
    "a cassette": lambda path: read_cassette(path.parent, read_contract(contract_documents())),
}
ENDS = {"zero.json": "it is a device", "pipe.json": "it is a pipe to which nobody writes", "huge.json": "(larger|more)"}
COMMANDS = {
    "serve --accounts-file": ["serve", "--port", "0", "--accounts-file"],
    "serve --admin-token-file": ["serve", "--port", "0", "--admin-token-file"],
    "health --ready-file": ["health", "--ready-file"],
    "verify --saved": ["verify", "--saved"],
    "contract derive": ["contract", "derive", "--out", "derived"],
    "contract derive --overrides": ["contract", "derive", "--out", "derived", "page.md", "--overrides"],
    "contract diff": ["contract", "diff", "page.md"],
}


@pytest.fixture(params=ENDS)
def endless(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(given, "_BEGIN", 0.01)
    file = tmp_path / str(request.param)
    if file.name == "zero.json":
        file.symlink_to("/dev/zero")
    elif file.name == "pipe.json":
        os.mkfifo(file)
    else:
        file.touch()
        os.truncate(file, 3_000_000_000)
    return file


@pytest.mark.parametrize("read", READERS.values(), ids=READERS.keys())
def test_whatever_reads_a_file_refuses_it(read: Callable[[Path], object], endless: Path) -> None:
    with pytest.raises(Exception, match=ENDS[endless.name]):
        read(endless)


def test_a_saved_reply_without_an_end_is_not_judged(endless: Path) -> None:
    verdict = judge(str(endless))
    assert verdict.code == 2
    assert [f"{endless.name}: it cannot be read: it is" in line for line in verdict.not_judged] == [True]


@pytest.mark.parametrize("arguments", COMMANDS.values(), ids=COMMANDS.keys())
def test_a_command_says_what_to_give_instead(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "page.md").write_text("# A page\n")
    refused = CliRunner().invoke(commands, [*arguments, "/dev/zero"])
    said = f"{refused.output}{refused.exception}"
    assert getattr(refused.exception, "exit_code", refused.exit_code) == 2
    assert "it is a device; give a regular file of at most" in said


def test_files_of_a_directory_are_compared_without_waiting_for_a_pipe(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "front.jpg")
    with pytest.raises(FilesDifferError):
        write_files(tmp_path, {"front.jpg": b"jpeg"}, force=False)


def test_a_pipe_with_a_writer_is_read_to_its_end(tmp_path: Path) -> None:
    pipe, content = tmp_path / "pipe", b"0123456789" * 100_000
    os.mkfifo(pipe)
    writer = Thread(target=pipe.write_bytes, args=[content])
    writer.start()
    assert read_given(pipe) == content
    writer.join()


def test_a_pipe_is_read_up_to_the_limit() -> None:
    reading, writing = os.pipe()
    os.write(writing, b"x" * 1001)
    with pytest.raises(OSError, match="larger than"):
        read_given(Path(f"/dev/fd/{reading}"), 1000)
    os.close(reading)
    os.close(writing)


def test_a_pipe_that_stays_open_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(given, "_BEGIN", 0.01)
    monkeypatch.setattr(given, "_END", 0.02)
    reading, writing = os.pipe()
    os.write(writing, b"begun, and not ended")
    with pytest.raises(OSError, match=r"it has not ended after 0\.02 s; give a regular file"):
        read_given(Path(f"/dev/fd/{reading}"))
    os.close(reading)
    os.close(writing)


def test_a_saved_reply_may_come_by_a_pipe_and_is_read_once(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    reply = save(tmp_path, "reply.json", example_replies()["analysis-skeleton-v2-back"] | {"borigimg": ""})
    os.write(writing, Path(reply).read_bytes())
    os.close(writing)
    by_pipe, by_file = judge(f"/dev/fd/{reading}"), judge(reply)
    os.close(reading)
    assert (by_pipe.code, by_pipe.not_judged) == (by_file.code, [])


def test_an_empty_device_is_an_empty_file() -> None:
    assert read_expectations(Path(os.devnull)) == ()


def test_a_file_as_large_as_the_limit_is_read(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x" * 10)
    assert read_given(tmp_path / "file", 10) == b"x" * 10
    with pytest.raises(OSError, match="larger than"):
        read_given(tmp_path / "file", 9)

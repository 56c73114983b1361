"""What the README shows is what happens: its console blocks are run against a mock that `make run` starts."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.checkout import ROOT
from tests.support.servers import announced_url
from tests.support.waiting import TIMEOUT

README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```console\n(.*?)^```", README, flags=re.DOTALL | re.MULTILINE)
START, *SESSION = BLOCKS


def commands(block: str) -> list[tuple[str, str]]:
    """Split a console block into commands and the output shown below each."""
    return [
        (part.partition("\n")[0], part.partition("\n")[2]) for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]
    ]


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """Start the mock with the README's own command, on a free port and in the venv of this test."""
    ((command, shown),) = commands(START)
    assert command == "make run"
    process = subprocess.Popen(
        ["make", "--silent", "run", f"VENV={sys.prefix}", "ARGS=--port 0"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        base = announced_url(process)
        assert shown.startswith("remo-mock 0.2.0 on http://")
        yield base
    finally:
        os.killpg(process.pid, 15)
        process.communicate(timeout=TIMEOUT)


def test_the_session_prints_what_the_readme_shows(url: str, tmp_path: Path) -> None:
    for folder in ("photos", "pages"):
        shutil.copytree(ROOT / "fixtures" / folder, tmp_path / "fixtures" / folder)
    session = [pair for block in SESSION for pair in commands(block)]
    marks = "".join(f"{command}\necho '--- {number}'\n" for number, (command, _) in enumerate(session))
    script = marks.replace("http://127.0.0.1:4420", url)
    here = os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        ["bash", "-e"], input=script, cwd=tmp_path, capture_output=True, text=True, check=True, env=here
    )
    printed = re.split(r"--- \d+\n", done.stdout)[:-1]
    assert [text.replace("\r", "").rstrip() for text in printed] == [
        shown.rstrip().replace("http://127.0.0.1:4420", url) for _, shown in session
    ]
    assert (tmp_path / "drawn.jpg").read_bytes()[:3] == b"\xff\xd8\xff"


def test_the_first_thirty_lines_say_what_it_is_and_show_it_working() -> None:
    top = "\n".join(README.splitlines()[:30])
    assert "does not" in top
    assert "make run" in top
    assert top.count("\n$ ") >= 5


@pytest.mark.parametrize("path", sorted(set(re.findall(r"\]\(([\w./-]+)\)|`((?:schemas|fixtures)/[\w./-]*)`", README))))
def test_a_named_file_is_there(path: tuple[str, str]) -> None:
    assert (ROOT / (path[0] or path[1])).exists()


KOREAN = (ROOT / "README.ko.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("block", re.findall(r"^```console\n(.*?)^```", KOREAN, flags=re.DOTALL | re.MULTILINE))
def test_what_the_korean_readme_shows_is_run_with_the_english_one(block: str) -> None:
    assert block in BLOCKS

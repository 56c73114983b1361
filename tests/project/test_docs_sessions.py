"""What README and docs show is what happens: each page's console blocks are run, on a mock that `make run` starts."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from remo_mock import __version__
from remo_mock.web.server import free_address
from tests.support.checkout import ROOT
from tests.support.documents import README, all_blocks
from tests.support.servers import announced_url
from tests.support.waiting import TIMEOUT

SHOWN = "http://127.0.0.1:4420"
START, *SESSIONS = all_blocks("console")
WITH_SESSIONS = list(dict.fromkeys(block.page for block in SESSIONS))


def commands(block: str) -> list[tuple[str, str]]:
    """Split a console block into commands and the output shown below each."""
    return [
        (part.partition("\n")[0], part.partition("\n")[2]) for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]
    ]


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """Start the mock with the README's own command, on a free port and in the venv of this test."""
    process = subprocess.Popen(
        ["make", "--silent", "run", f"VENV={sys.prefix}", "ARGS=--port 0"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        yield announced_url(process)
    finally:
        os.killpg(process.pid, 15)
        process.communicate(timeout=TIMEOUT)


def test_the_readme_starts_it_with_one_command() -> None:
    assert (START.page, commands(START.text)) == (README, [("make run", f"remo-mock {__version__} on {SHOWN}\n")])


@pytest.mark.parametrize("page", WITH_SESSIONS)
def test_a_session_prints_what_its_page_shows(url: str, tmp_path: Path, page: str) -> None:
    requests.post(f"{url}/__admin/reset", timeout=TIMEOUT).raise_for_status()
    for folder in ("photos", "pages"):
        shutil.copytree(ROOT / "fixtures" / folder, tmp_path / "fixtures" / folder)
    session = [pair for block in SESSIONS if block.page == page for pair in commands(block.text)]
    own = {SHOWN: url, "4421": str(free_address("127.0.0.1", 0)[1])}
    # What a session starts and does not come to end, since a command failed, ends with it.
    script = "trap 'kill $(jobs -p) 2> /dev/null || true' EXIT\n" + "".join(
        f"{command}\necho '--- {number}'\n" for number, (command, _) in enumerate(session)
    )
    here = os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        ["bash", "-e"],
        input=_with(own, script),
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env=here,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    printed = re.split(r"--- \d+\n", done.stdout)[:-1]
    assert [text.replace("\r", "").rstrip() for text in printed] == [_with(own, shown).rstrip() for _, shown in session]
    assert page != README or (tmp_path / "drawn.jpg").read_bytes()[:3] == b"\xff\xd8\xff"


def _with(addresses: dict[str, str], text: str) -> str:
    for shown, own in addresses.items():
        text = text.replace(shown, own)
    return text

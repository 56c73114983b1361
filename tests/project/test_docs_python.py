"""The Python of README and docs is run as shown: tests that fail with the first client and pass with the second."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from remo_mock.web.server import free_address
from tests.support.documents import all_blocks
from tests.support.plugin_projects import client_project, run

pytest_plugins = ["pytester"]

FILES = [
    found.groups() for block in all_blocks("python") if (found := re.match(r"# ([\w.]+)\n(.*)", block.text, re.DOTALL))
]
CLIENTS = [text for name, text in FILES if name == "client.py"]
TESTS = {name: text for name, text in FILES if name != "client.py"}
OF_THE_CLIENT = ["test_in_process.py", "test_with_fixture.py", "test_with_server.py", "test_with_program.py"]
OTHERS = ["test_nobody.py", "test_more.py"]
(BILL,) = all_blocks("text")
(JOB,) = [block for block in all_blocks("yaml") if block.page == "docs/testing.md"]
STEPS = re.findall(r"^ {8}run: (?:\|\n((?: {10}.*\n)+)|(.*)\n)", JOB.text, flags=re.MULTILINE)


@pytest.fixture
def project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    return client_project(pytester, monkeypatch)


def write(project: pytest.Pytester, client: str, tests: list[str]) -> None:
    for name, text in {"client.py": client, **{name: TESTS[name] for name in tests}}.items():
        (project.path / name).write_text(text, encoding="utf-8")


def test_these_files_are_shown() -> None:
    assert sorted(TESTS) == sorted([*OF_THE_CLIENT, *OTHERS])
    assert (len(CLIENTS), len(FILES)) == (2, len(all_blocks("python")))


@pytest.mark.parametrize("name", OF_THE_CLIENT)
def test_it_fails_with_the_first_client(project: pytest.Pytester, name: str) -> None:
    write(project, CLIENTS[0], [name])
    result = run(project, "-k", "empty")
    assert result.parseoutcomes()["failed"] == 1
    result.stdout.fnmatch_lines(["*KeyError: 'bar_tilt_m_'"])


@pytest.mark.parametrize("name", [*OF_THE_CLIENT, *OTHERS])
def test_it_passes_with_the_second(project: pytest.Pytester, name: str) -> None:
    write(project, CLIENTS[1], [name])
    assert run(project).ret == pytest.ExitCode.OK


def test_the_bill_is_the_one_shown(project: pytest.Pytester) -> None:
    write(project, CLIENTS[1], OF_THE_CLIENT)
    result = run(project)
    assert [line for line in BILL.text.splitlines() if line not in result.outlines] == []


def test_the_steps_of_the_ci_job_pass(tmp_path: Path, unused_port: int) -> None:
    # The step that installs the mock is done already: in this venv.
    _install, *steps = [block or line for block, line in STEPS]
    lines = [re.sub(r"^ {10}", "", step, flags=re.MULTILINE) for step in steps]
    script = "\n".join(["trap 'kill $(jobs -p)' EXIT", *lines])
    environment = os.environ | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "REMO_API_URL": f"http://127.0.0.1:{unused_port}",
    }
    done = subprocess.run(
        [shutil.which("bash") or "bash", "-e", "-c", script.replace("4420", str(unused_port))],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert '"credit_change":-1' in done.stdout


@pytest.fixture
def unused_port() -> int:
    return free_address("127.0.0.1", 0)[1]

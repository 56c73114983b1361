"""The README's Python is run as it stands there: tests that fail with the first client and pass with the second."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from remo_mock.web.server import free_address
from tests.support.checkout import ROOT
from tests.support.plugin_projects import client_project, run

pytest_plugins = ["pytester"]

README = (ROOT / "README.md").read_text(encoding="utf-8")
FILES = re.findall(r"^```python\n# ([\w.]+)\n(.*?)^```", README, flags=re.DOTALL | re.MULTILINE)
CLIENTS = [text for name, text in FILES if name == "client.py"]
TESTS = {name: text for name, text in FILES if name != "client.py"}
OF_THE_CLIENT = ["test_in_process.py", "test_with_fixture.py", "test_with_server.py"]
BILL = re.findall(r"^```text\n(these tests would have cost.*?)^```", README, flags=re.DOTALL | re.MULTILINE)
(JOB,) = re.findall(r"^```yaml\n(name: client\n.*?)^```", README, flags=re.DOTALL | re.MULTILINE) or [""]
STEPS = re.findall(r"^ {8}run: (?:\|\n((?: {10}.*\n)+)|(.*)\n)", JOB, flags=re.MULTILINE)


@pytest.fixture
def project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    return client_project(pytester, monkeypatch)


def write(project: pytest.Pytester, client: str, tests: list[str]) -> None:
    for name, text in {"client.py": client, **{name: TESTS[name] for name in tests}}.items():
        (project.path / name).write_text(text, encoding="utf-8")


def test_the_readme_shows_these_files() -> None:
    assert [*TESTS] == [*OF_THE_CLIENT, "test_more.py"]
    assert len(CLIENTS) == 2


@pytest.mark.parametrize("name", OF_THE_CLIENT)
def test_it_fails_with_the_first_client(project: pytest.Pytester, name: str) -> None:
    write(project, CLIENTS[0], [name])
    result = run(project, "-k", "empty")
    assert result.parseoutcomes()["failed"] == 1
    result.stdout.fnmatch_lines(["*KeyError: 'bar_tilt_m_'"])


@pytest.mark.parametrize("name", [*OF_THE_CLIENT, "test_more.py"])
def test_it_passes_with_the_second(project: pytest.Pytester, name: str) -> None:
    write(project, CLIENTS[1], [name])
    assert run(project).ret == pytest.ExitCode.OK


def test_the_bill_is_the_one_shown(project: pytest.Pytester) -> None:
    write(project, CLIENTS[1], OF_THE_CLIENT)
    result = run(project)
    assert [line for line in BILL[0].splitlines() if line not in result.outlines] == []


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

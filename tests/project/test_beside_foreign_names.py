"""The installed package lives beside modules of a user's project that are named like folders of our checkout."""

import subprocess
from pathlib import Path

import pytest
import requests

from tests.support.calls import BACK
from tests.support.fresh_venv import environment, run
from tests.support.servers import announced_url
from tests.support.waiting import TIMEOUT

# Each says so when it is imported: in the user's tests it should be, in our commands never.
IMPORTED = "a module of the project is imported"
SAYS = f"import sys\nprint('{IMPORTED}:', __name__, file=sys.stderr)\n"
MODULES = {
    "mock_server.py": "NAME = 'a mock server of the project'\n",
    "schemas/__init__.py": "",
    "schemas/person.py": "NAME = 'a schema of the project'\n",
    "fixtures/__init__.py": "",
    "fixtures/people.py": "NAME = 'a fixture of the project'\n",
    "contract_tests/__init__.py": "",
    "contract_tests/api.py": "NAME = 'an interface of the project'\n",
    "contract_tests/conftest.py": "",
    "contract_tests/checks/__init__.py": "NAME = 'a check of the project'\n",
    "contract_tests/test_own.py": "from contract_tests import checks\n\n\ndef test_it():\n    assert checks.NAME\n",
    "conftest.py": "",
}
TEST = """
import requests

import mock_server
from contract_tests import api, checks
from fixtures import people
from remo_mock import assert_contract
from schemas import person


def test_the_projects_modules_are_its_own():
    names = [module.NAME for module in (mock_server, person, people, api, checks)]
    assert [name for name in names if not name.endswith("of the project")] == []


def test_the_mock_answers_and_the_reply_is_judged(remo):
    reply = requests.post(remo.url + "/api/analysis-skeleton-v2-back", json={}, timeout=10)
    assert_contract("analysis-skeleton-v2-back", {}, reply)
    assert reply.json()["status"] == 411
"""

OUR_COMMAND = pytest.mark.parametrize("command", [["remo-mock"], ["python", "-m", "remo_mock"]], ids=" ".join)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with tests, and with modules of those names."""
    folder = tmp_path_factory.mktemp("project")
    for name, text in MODULES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(SAYS + text, encoding="utf-8")
    (folder / "test_client.py").write_text(TEST, encoding="utf-8")
    return folder


@pytest.mark.parametrize("command", [["pytest"], ["python", "-m", "pytest"]], ids=" ".join)
def test_the_projects_tests_use_its_modules_and_our_mock(installed: Path, project: Path, command: list[str]) -> None:
    done = run([installed.with_name(command[0]), *command[1:]], project)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "3 passed" in done.stdout


@pytest.mark.parametrize("arguments", [["codes"], ["verify", "--endpoint", "analysis-skeleton-v2-back"]], ids=" ".join)
@OUR_COMMAND
def test_a_command_imports_none_of_the_projects_modules(
    installed: Path, project: Path, command: list[str], arguments: list[str]
) -> None:
    done = run([installed.with_name(command[0]), *command[1:], *arguments], project)
    assert (done.returncode, IMPORTED in done.stdout + done.stderr) == (0, False), done.stdout + done.stderr


@OUR_COMMAND
def test_the_server_imports_none_of_the_projects_modules(installed: Path, project: Path, command: list[str]) -> None:
    process = subprocess.Popen(
        [installed.with_name(command[0]), *command[1:], "serve", "--port", "0"],
        cwd=project,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        reply = requests.post(announced_url(process) + BACK, json={}, timeout=TIMEOUT)
    finally:
        process.terminate()
        _, errors = process.communicate(timeout=TIMEOUT)
    assert (reply.json()["status"], IMPORTED in errors) == (411, False)

"""The suite runs from inside the installed package, even if a project has a package of the same name."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.checkout import ROOT


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Lay the package out as the wheel does, and a user's project beside it."""
    site = tmp_path_factory.mktemp("site")
    leave = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "mock_server" / "remo_mock", site / "remo_mock", ignore=leave)
    shutil.copytree(ROOT / "schemas", site / "remo_mock" / "schemas", ignore=leave)
    shutil.copytree(ROOT / "fixtures", site / "remo_mock" / "fixtures", ignore=leave)
    shutil.copytree(ROOT / "contract_tests", site / "remo_mock" / "contract_tests", ignore=leave)
    project = tmp_path_factory.mktemp("project")
    (project / "contract_tests").mkdir()
    (project / "contract_tests" / "__init__.py").write_text("raise RuntimeError('the wrong one')\n")
    (project / "conftest.py").write_text("raise RuntimeError('the project of the user')\n")
    (project / "pytest.ini").write_text("[pytest]\naddopts = --no-such-option\n")
    return site, project


def run(elsewhere: tuple[Path, Path], *arguments: str) -> subprocess.CompletedProcess[str]:
    site, project = elsewhere
    environment = {"PYTHONPATH": str(site), "PYTHONSAFEPATH": "1"}
    command = [sys.executable, *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, timeout=110, env=environment, cwd=project, check=False
    )


def test_verify_runs_from_the_installed_package(elsewhere: tuple[Path, Path]) -> None:
    ended = run(elsewhere, "-m", "remo_mock", "verify")
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "0 violated, 0 with notes, 0 skipped" in ended.stdout


def test_users_tests_can_assert_the_contract(elsewhere: tuple[Path, Path]) -> None:
    program = (
        "from remo_mock.contract.suite import assert_contract\n"
        "assert_contract('analysis-skeleton-v2', None, {'state': False, 'credit': 1, 'message': 'no', 'status': 411})\n"
        "import sys; print(sorted(name for name in sys.modules if 'contract_tests' in name)[0])\n"
    )
    ended = run(elsewhere, "-c", program)
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.strip() == "remo_mock.contract_tests"


def test_serve_does_not_load_the_suite(elsewhere: tuple[Path, Path]) -> None:
    program = "import remo_mock.cli.group, sys; print([name for name in sys.modules if 'contract_tests' in name])"
    assert run(elsewhere, "-c", program).stdout.strip() == "[]"

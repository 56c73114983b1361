"""The suite runs from inside the installed package, even if a project has a package of the same name."""

from pathlib import Path

import pytest

from tests.support.fresh_venv import run


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A user's project, nothing of which is the suite's business."""
    project = tmp_path_factory.mktemp("project")
    (project / "contract_tests").mkdir()
    (project / "contract_tests" / "__init__.py").write_text("raise RuntimeError('the wrong one')\n")
    (project / "conftest.py").write_text("raise RuntimeError('the project of the user')\n")
    (project / "pytest.ini").write_text("[pytest]\naddopts = --no-such-option\n")
    return project


def test_verify_runs_from_the_installed_package(installed: Path, project: Path) -> None:
    # The endpoint whose requests have all three photos; tests/project/test_wheel.py sees that every file is there.
    ended = run([installed, "-m", "remo_mock", "verify", "--endpoint", "analysis-skeleton-v2"], project)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "0 violated, 0 with notes, 0 skipped" in ended.stdout


def test_users_tests_can_assert_the_contract(installed: Path, project: Path) -> None:
    program = (
        "from remo_mock.contract.suite import assert_contract\n"
        "assert_contract('analysis-skeleton-v2', None, {'state': False, 'credit': 1, 'message': 'no', 'status': 411})\n"
        "import sys; print(sorted(name for name in sys.modules if 'contract_tests' in name)[0])\n"
    )
    ended = run([installed, "-c", program], project)
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.strip() == "remo_mock.contract_tests"


def test_serve_does_not_load_the_suite(installed: Path, project: Path) -> None:
    program = "import remo_mock.cli.group, sys; print([name for name in sys.modules if 'contract_tests' in name])"
    assert run([installed, "-c", program], project).stdout.strip() == "[]"

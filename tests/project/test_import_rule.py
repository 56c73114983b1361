"""Imports go down only: import-linter holds the rule that pyproject.toml states, and names what breaks it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.checkout import ROOT


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    """A copy of both packages, and of the rule, that a test may spoil."""
    copy = tmp_path / "packages"
    copy.mkdir()
    sources_only = shutil.ignore_patterns("__pycache__", "*.json", "*.js", "*.css", "*.html")
    shutil.copytree(ROOT / "mock_server", copy / "mock_server", ignore=sources_only)
    shutil.copytree(ROOT / "contract_tests", copy / "contract_tests", ignore=sources_only)
    shutil.copy(ROOT / "pyproject.toml", copy)
    return copy


def lint(packages: Path) -> tuple[int, str]:
    """Run import-linter as `make check` does, and return its exit code and what it printed, in one line."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(packages / "mock_server"), str(packages)])}
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", "--no-logo"]
    done = subprocess.run(
        command, cwd=packages, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    return done.returncode, " ".join(done.stdout.split())


def test_both_packages_keep_the_rule() -> None:
    status, printed = lint(ROOT)
    assert status == 0, printed


WRONG = {
    "the contract imports the web": (
        "mock_server/remo_mock/contract/__init__.py",
        "import remo_mock.web.app",
        "remo_mock.contract is not allowed to import remo_mock.web:",
    ),
    "a room imports its neighbour": (
        "mock_server/remo_mock/photos/__init__.py",
        "import remo_mock.store.accounts",
        "remo_mock.photos is not allowed to import remo_mock.store:",
    ),
    "a module without a place": (
        "mock_server/remo_mock/helpers.py",
        "",
        "The following modules are not listed as layers: - remo_mock.helpers",
    ),
    "a check imports the run": (
        "contract_tests/checks/__init__.py",
        "import contract_tests.run.client",
        "contract_tests.checks is not allowed to import contract_tests.run:",
    ),
    "a check imports the service": (
        "contract_tests/checks/__init__.py",
        "import remo_mock.service.outcomes.faults",
        "contract_tests is not allowed to import remo_mock.service:",
    ),
    "a second door to the suite": (
        "mock_server/remo_mock/web/__init__.py",
        "import contract_tests.model.exchange",
        "remo_mock is not allowed to import contract_tests:",
    ),
    "a report imports the self-test": (
        "contract_tests/reports/__init__.py",
        "import contract_tests.selftest.gate",
        "contract_tests.reports is not allowed to import contract_tests.selftest:",
    ),
}


@pytest.mark.parametrize(("file", "line", "message"), WRONG.values(), ids=WRONG)
def test_a_wrong_import_is_named(packages: Path, file: str, line: str, message: str) -> None:
    with (packages / file).open("a", encoding="utf-8") as module:
        module.write(f"\n{line}\n")
    status, printed = lint(packages)
    assert (status, message in printed) == (1, True), printed


@pytest.mark.parametrize("package", ["mock_server/remo_mock", "contract_tests"])
def test_few_modules_lie_beside_the_rooms(package: str) -> None:
    assert len(sorted((ROOT / package).glob("*.py"))) <= 8

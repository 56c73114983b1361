"""A user's project, installed beside the wheel in a fresh venv, uses all of the test kit and passes."""

import shutil
from pathlib import Path

import pytest

from tests.support.checkout import ROOT
from tests.support.fresh_venv import fresh_venv, run

SAMPLE = ROOT / "tests" / "samples" / "client_project"
BILL = "would have cost 14 credits on the real service: 14 successes on analysis-skeleton-v2-back in 14 tests"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("sample") / "client_project"
    return shutil.copytree(SAMPLE, copy, ignore=shutil.ignore_patterns("__pycache__", ".*"))


@pytest.fixture(scope="module")
def python(wheel: Path, project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install our wheel, and the sample project beside it."""
    return fresh_venv(tmp_path_factory.mktemp("elsewhere") / "venv", wheel, project)


@pytest.mark.parametrize("options", [[], ["-n", "2"]], ids=["alone", "xdist"])
def test_the_sample_project_passes_and_gets_its_bill(python: Path, project: Path, options: list[str]) -> None:
    done = run([python, "-m", "pytest", *options], project)
    assert done.returncode == 0, done.stdout + done.stderr
    assert BILL in done.stdout


def test_a_gate_fails_the_sample_project(python: Path, project: Path) -> None:
    done = run([python, "-m", "pytest", "-q", "--remo-max-credits=3"], project)
    assert done.returncode == 1
    assert "FAILED --remo-max-credits 3" in done.stdout

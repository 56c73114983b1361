"""Somebody else's project, installed beside the wheel in a fresh venv, uses all of the test kit and passes."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.support.checkout import ROOT
from tests.support.fresh_venv import build_wheel, install

SAMPLE = ROOT / "tests" / "samples" / "client_project"
BILL = "would have cost 14 credits on the real service: 14 successes on analysis-skeleton-v2-back in 14 tests"


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory, project: Path) -> Path:
    """Install our wheel, and the sample project beside it."""
    python = install(build_wheel(tmp_path_factory.mktemp("wheel")), tmp_path_factory.mktemp("elsewhere"))
    command = [str(python), "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--no-build-isolation", "."]
    subprocess.run(command, cwd=project, check=True, capture_output=True)
    return python


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("sample") / "client_project"
    return shutil.copytree(SAMPLE, copy, ignore=shutil.ignore_patterns("__pycache__", ".*"))


def run(python: Path, project: Path, options: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """Run the project's tests with our plugin as its entry point loads it, and without those of the running venv."""
    others = [f"no:{name}" for name in ("schemathesis", "hypothesispytest", "timeout", "anyio")]
    command = [str(python), "-m", "pytest", *(word for name in others for word in ("-p", name)), *options]
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("REMO_", "PYTEST_"))}
    return subprocess.run(command, cwd=project, env=clean, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("options", [[], ["-n", "2"]], ids=["alone", "xdist"])
def test_the_sample_project_passes_and_gets_its_bill(python: Path, project: Path, options: list[str]) -> None:
    done = run(python, project, options)
    assert done.returncode == 0, done.stdout + done.stderr
    assert BILL in done.stdout


def test_a_gate_fails_the_sample_project(python: Path, project: Path) -> None:
    done = run(python, project, ["-q", "--remo-max-credits=3"])
    assert done.returncode == 1
    assert "FAILED --remo-max-credits 3" in done.stdout

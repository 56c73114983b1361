"""Tests whose program is missing are left out, which the last line says with the remedy; in CI they fail."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.checkout import ROOT
from tests.support.programs import REMEDIES, left_out, summary


@pytest.mark.parametrize("program", REMEDIES)
def test_a_test_is_skipped_but_in_ci_it_fails(program: str) -> None:
    with pytest.raises(pytest.skip.Exception, match=f"{program} is missing: apt-get install"):
        left_out(program, {})
    with pytest.raises(pytest.fail.Exception, match=f"{program} is missing: apt-get install"):
        left_out(program, {"CI": "true"})


def test_reasons_are_counted() -> None:
    reasons = ["Skipped: no Chromium", "Skipped: no Chromium", "Skipped: this machine has no IPv6"]
    assert summary(reasons) == "Left out: 3 tests, 2 because no Chromium; 1 because this machine has no IPv6"
    assert summary([]) == ""


def run(folder: Path, *options: str, **environment: str) -> list[str]:
    """Run a test of ours on a machine without any program, and return what is printed."""
    (folder / "bin").mkdir()
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *options]
    test = "tests/service/test_faults_clients.py::test_curl_gives_up_on_a_hanging_answer"
    here = {name: value for name, value in os.environ.items() if name != "CI"}
    done = subprocess.run(
        [*command, test],
        cwd=ROOT,
        env=here | {"PATH": str(folder / "bin")} | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.splitlines()


def test_the_last_line_says_what_was_left_out(tmp_path: Path) -> None:
    printed = run(tmp_path, "-n", "1")  # as `make test` runs them, in other processes
    assert printed[-1] == "Left out: 1 test, 1 because curl is missing: apt-get install curl"
    assert [line for line in printed[:-1] if "missing" in line] == []


def test_in_ci_a_missing_program_is_a_failure(tmp_path: Path) -> None:
    printed = run(tmp_path, CI="true")
    assert "curl is missing: apt-get install curl" in printed
    assert "1 error" in printed[-1]

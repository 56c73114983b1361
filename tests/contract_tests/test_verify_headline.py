"""The last line of `remo-mock verify` agrees with the exit code."""

import json
from pathlib import Path

import pytest

from contract_tests.selftest.changes import on_success, turning
from tests.support.broken_server import broken_server
from tests.support.verifying import Ended, verify


def with_a_fraction(text: str) -> str:
    (x, y), *others = json.loads(text)
    return json.dumps([[x + 0.5, y], *others])


FRACTIONS = on_success(turning("bar_coords", with_a_fraction))


def verify_back(*arguments: str) -> Ended:
    return verify(*arguments, "--endpoint", "analysis-skeleton-v2-back")


@pytest.mark.parametrize(
    ("lines", "verdict"),
    [
        ("REMO-NOPE: foo\n", "does not conform as expected: 1 expectation of --xfails failed; "),
        (
            "REMO-NOPE: foo\nREMO-UUID-ECHO: fixed\n",
            "does not conform as expected: 2 expectations of --xfails failed; ",
        ),
    ],
)
def test_expectations_that_fail_are_in_it(good: str, tmp_path: Path, lines: str, verdict: str) -> None:
    (tmp_path / "expected").write_text(lines)
    ended = verify_back(good, "--budget", "5", "--xfails", str(tmp_path / "expected"))
    assert ended.returncode == 1
    assert f"{good} {verdict}" in ended.stdout.splitlines()[-1]


@pytest.mark.parametrize(
    ("options", "code", "verdict"),
    [
        ([], 0, "conforms: "),
        (["--strict"], 1, "does not conform strictly: 1 note under --strict; "),
    ],
)
def test_notes_count_under_strict_alone(options: list[str], code: int, verdict: str) -> None:
    with broken_server(FRACTIONS) as server:
        ended = verify_back(server.url, "--budget", "5", *options)
    assert ended.returncode == code
    assert f"{server.url} {verdict}" in ended.stdout.splitlines()[-1]


@pytest.mark.parametrize(
    ("lines", "code", "verdict"),
    [
        ("# none\n", 1, "does not conform: "),
        ("REMO-NOPE: foo\n", 1, "does not conform: 1 expectation of --xfails failed; "),
        ("REMO-GRADE-bar_tilt: ticket\n", 0, "conforms but for 1 expected failure: "),
    ],
)
def test_a_violation_counts_unless_expected(bad: str, tmp_path: Path, lines: str, code: int, verdict: str) -> None:
    (tmp_path / "expected").write_text(lines)
    ended = verify_back(bad, "--budget", "5", "--xfails", str(tmp_path / "expected"))
    assert ended.returncode == code
    assert f"{bad} {verdict}" in ended.stdout.splitlines()[-1]

"""The exit code of `remo-mock verify`, in every combination of what can be wrong with a run."""

from pathlib import Path

import pytest

from contract_tests.checks.catalogue import catalogue_of
from contract_tests.model.expectations import Expectation, assess
from contract_tests.model.report import Report
from contract_tests.model.results import CheckResult, Verdict
from contract_tests.reports.headline import headline
from contract_tests.run.options import Options
from contract_tests.run.session import Session
from contract_tests.selftest.changes import on_success
from tests.support.broken_server import broken_server, misgrading
from tests.support.verifying import verify

BACK = "analysis-skeleton-v2-back"
SEEN = "REMO-GRADE-bar_tilt"
STALE = Expectation(SEEN, BACK, "fixed long ago")
GONE = Expectation("REMO-NOPE", None, "renamed")


def ended(
    verdict: Verdict = "pass", *expected: Expectation, incomplete: bool = False, strict: bool = False
) -> tuple[int, str]:
    """Return the exit code and the headline of a run in which one check has this verdict."""
    check = next(one for one in catalogue_of(None).checks if (one.id, one.endpoint) == (SEEN, BACK))
    result = CheckResult(check, verdict)
    report = Report(
        target="http://127.0.0.1:9",
        versions={},
        started="",
        seconds=0.0,
        exact=False,
        budget=0,
        spent=0,
        price=5,
        requests=1,
        results=(result,),
        incomplete="the server went away" if incomplete else "",
    )
    session = Session(Options(), expected, report=report, assessments=[assess(result, expected, strict=strict)])
    return session.exit_code(), headline(session)


@pytest.mark.parametrize(
    ("verdict", "expected", "strict", "complete", "incomplete"),
    [
        ("pass", (), False, 0, 3),
        ("skipped", (), False, 0, 3),
        ("note", (), False, 0, 3),
        ("note", (), True, 1, 1),
        ("violation", (), False, 1, 1),
        ("violation", (), True, 1, 1),
        # expected, and so it came
        ("violation", (STALE,), False, 0, 3),
        ("note", (STALE,), True, 0, 3),
        ("note", (STALE,), False, 0, 3),
        # expected, and it did not come: a run that lacks a part cannot tell
        ("pass", (STALE,), False, 1, 3),
        ("skipped", (STALE,), False, 0, 3),
        # about no check at all
        ("pass", (GONE,), False, 1, 3),
        ("skipped", (GONE,), False, 1, 3),
        ("violation", (GONE,), False, 1, 1),
        ("violation", (STALE, GONE), False, 1, 3),
        ("pass", (STALE, GONE), False, 1, 3),
    ],
)
def test_what_was_seen_comes_before_what_is_missing_and_that_before_expectations(
    verdict: Verdict, expected: tuple[Expectation, ...], strict: bool, complete: int, incomplete: int
) -> None:
    assert ended(verdict, *expected, strict=strict)[0] == complete
    assert ended(verdict, *expected, strict=strict, incomplete=True)[0] == incomplete


@pytest.mark.parametrize(
    ("expected", "line"),
    [
        ((), "incomplete: the server went away"),
        ((GONE,), "incomplete: the server went away; besides, 1 expectation of --xfails failed"),
        ((STALE, GONE), "incomplete: the server went away; besides, 2 expectations of --xfails failed"),
    ],
)
def test_an_incomplete_run_names_the_expectations_beside(expected: tuple[Expectation, ...], line: str) -> None:
    assert ended("pass", *expected, incomplete=True)[1] == line


def test_an_unreachable_server_judges_no_expectation(tmp_path: Path) -> None:
    (tmp_path / "expected").write_text("REMO-NOPE: renamed\nREMO-UUID-ECHO: fixed\n")
    run = verify("http://127.0.0.1:9", "--endpoint", BACK, "--xfails", str(tmp_path / "expected"))
    assert run.returncode == 3
    assert "REMO-NOPE: expected to fail (renamed), but there is no such check: take it off the list" in run.stdout
    assert run.stdout.splitlines()[-1].startswith("incomplete: cannot connect to http://127.0.0.1:9")


def test_usage_comes_before_everything(tmp_path: Path) -> None:
    (tmp_path / "expected").write_text("REMO-NOPE\n")
    assert verify("http://127.0.0.1:9", "--xfails", str(tmp_path / "expected")).returncode == 2


def test_a_violation_comes_before_a_budget_that_is_too_small() -> None:
    with broken_server(on_success(misgrading("bar_tilt_grade"))) as server:
        run = verify(server.url, "--budget", "1", "--endpoint", "analysis-skeleton-v2")
        # Two credits reach the first two of five endpoints; the grade is a field of the second.
        all_five = verify(server.url, "--budget", "2")
    assert (run.returncode, all_five.returncode) == (1, 1)
    assert "a budget of 2 is too small: --budget 5 or more is needed" in all_five.stdout.splitlines()[-1]


def test_an_expectation_about_an_endpoint_that_is_not_judged_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "expected").write_text("REMO-GRADE-far_tilt[analysis-skeleton-v2]: ticket 4711\n")
    with broken_server() as server:
        run = verify(server.url, "--endpoint", BACK, "--xfails", str(tmp_path / "expected"))
    assert run.returncode == 0, run.stdout


@pytest.mark.parametrize(
    "plugin",
    [
        "def pytest_collection_modifyitems(): raise RuntimeError('broken on purpose')",
        "def pytest_runtest_setup(): raise RuntimeError('broken on purpose')",
        "def pytest_sessionfinish(): raise RuntimeError('broken on purpose')",
        "def pytest_collectstart(): raise RuntimeError('broken on purpose')",
    ],
)
def test_a_failure_of_the_run_itself_is_no_verdict(tmp_path: Path, plugin: str) -> None:
    (tmp_path / "breaking.py").write_text(plugin)
    run = verify("http://127.0.0.1:9", "--endpoint", BACK, "-p", "breaking", environment={"PYTHONPATH": str(tmp_path)})
    assert run.returncode == 4
    assert "the suite itself failed" in run.stderr
    assert "broken on purpose" in run.stderr


def test_a_file_of_tests_that_cannot_be_read_is_no_verdict(tmp_path: Path) -> None:
    (tmp_path / "test_broken.py").write_text("this is no Python\n")
    assert verify("http://127.0.0.1:9", str(tmp_path / "test_broken.py")).returncode == 4


def test_a_choice_of_no_check_is_refused() -> None:
    run = verify("http://127.0.0.1:9", "-k", "nothing-of-this-name")
    assert run.returncode == 2
    assert "none of the checks is chosen" in run.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="nothing here plays a full disk")
@pytest.mark.parametrize("option", ["--report", "--junitxml"])
def test_a_report_that_cannot_be_written_loses_nothing(tmp_path: Path, option: str) -> None:
    (tmp_path / "full.json").symlink_to("/dev/full")
    with broken_server() as server:
        reports = (option, str(tmp_path / "full.json"), f"--report={tmp_path / 'other.md'}")
        run = verify(server.url, "--endpoint", BACK, *reports)
    assert run.returncode == 3
    assert "cannot be written: No space left on device" in run.stdout.splitlines()[-1]
    assert "section of the pages" in run.stdout
    assert (tmp_path / "other.md").exists()
    assert run.stderr.count("Traceback") == 0


def test_a_report_that_is_a_directory_is_refused_before_anything_is_sent(tmp_path: Path) -> None:
    (tmp_path / "report.json").mkdir()
    run = verify("http://127.0.0.1:9", "--report", str(tmp_path / "report.json"))
    assert run.returncode == 2
    assert "this is a directory, name a file in it" in run.stderr

"""The summary of a test run says what the tests would have cost, and what the client was never shown."""

import pytest

from tests.support.plugin_projects import client_project, run

pytest_plugins = ["pytester"]

FOUR_TESTS = """
import pytest
from client import analyse
from remo_mock import RemoMock, remo_mock

def test_once(remo):
    analyse()

def test_again(remo_account):
    analyse()
    analyse()

@pytest.mark.remo(code=518)
def test_an_error():
    analyse()

@remo_mock
def test_without_a_fixture():
    analyse()
    analyse(UserKey="wrong")
"""
BILL = [
    "*= remo-mock =*",
    "these tests would have cost 4 credits on the real service: 4 successes on analysis-skeleton-v2-back in 3 tests",
    "paid again for the same photos: test_client.py::test_again, 1 time on analysis-skeleton-v2-back",
    "your client was shown 2 of * codes; never: 400, 411, 412, 413, 415, 421, 422, 515, 522, 550, 559",
]


@pytest.fixture
def project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    project = client_project(pytester, monkeypatch)
    project.makepyfile(test_client=FOUR_TESTS)
    return project


@pytest.mark.parametrize("options", [[], ["-n", "2"], ["-n", "0"]], ids=["alone", "xdist", "xdist-off"])
def test_the_bill_is_printed(project: pytest.Pytester, options: list[str]) -> None:
    result = run(project, *options)
    result.stdout.fnmatch_lines(BILL)
    assert result.ret == pytest.ExitCode.OK


def test_a_run_that_calls_no_mock_has_no_bill(project: pytest.Pytester) -> None:
    project.makepyfile(test_client="def test_it(remo): pass")
    run(project).stdout.no_fnmatch_line("*remo-mock*=*")


@pytest.mark.parametrize(
    ("gate", "status", "line"),
    [
        ("--remo-max-credits=4", pytest.ExitCode.OK, "these tests*"),
        ("--remo-max-credits=3", pytest.ExitCode.TESTS_FAILED, "FAILED --remo-max-credits 3: the bill is 4 credits"),
        ("--remo-min-codes=2", pytest.ExitCode.OK, "these tests*"),
        ("--remo-min-codes=3", pytest.ExitCode.TESTS_FAILED, "FAILED --remo-min-codes 3: 2 codes shown"),
    ],
)
def test_a_gate_fails_the_run(project: pytest.Pytester, gate: str, status: pytest.ExitCode, line: str) -> None:
    result = run(project, gate)
    assert result.ret == status
    result.stdout.fnmatch_lines([line])


def test_the_gates_hold_under_xdist(project: pytest.Pytester) -> None:
    result = run(project, "--remo-max-credits=3", "--remo-min-codes=2", "-n", "2")
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["FAILED --remo-max-credits 3: the bill is 4 credits"])
    result.stdout.no_fnmatch_line("FAILED --remo-min-codes*")


def test_a_gate_fails_even_if_no_mock_was_called(project: pytest.Pytester) -> None:
    project.makepyfile(test_client="def test_it(): pass")
    result = run(project, "--remo-min-codes=1")
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["FAILED --remo-min-codes 1: 0 codes shown"])


def test_failed_tests_keep_their_own_exit_status(project: pytest.Pytester) -> None:
    result = run(project, "--remo-max-credits=0", "-k", "nothing")
    assert result.ret == pytest.ExitCode.NO_TESTS_COLLECTED


def test_a_code_that_a_fault_replaced_was_not_shown(project: pytest.Pytester) -> None:
    project.makepyfile(
        test_client="""
        import pytest, requests
        from client import analyse

        @pytest.mark.remo(code=518, fault="drop")
        def test_it():
            with pytest.raises(requests.RequestException):
                analyse()
        """
    )
    run(project).stdout.fnmatch_lines(
        ["these tests would have cost 0 credits on the real service", "your client was shown 0 of *"]
    )

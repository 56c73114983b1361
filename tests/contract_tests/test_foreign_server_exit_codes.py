"""The exit code of `remo-mock verify URL` on a server in another style, with and without a broken promise."""

import os
import subprocess
import sys

import pytest

from tests.support.foreign_lies import LIES
from tests.support.foreign_server import CREDENTIALS, ForeignServer, Promises
from tests.support.waiting import RUN_TIMEOUT

LEE = {
    "REMO_API_EMAIL": CREDENTIALS["Email"],
    "REMO_API_USER_KEY": CREDENTIALS["UserKey"],
    "REMO_API_KEY": CREDENTIALS["APIKey"],
}
BACK = ("--endpoint", "analysis-skeleton-v2-back")
STRANGER = LEE | {"REMO_API_EMAIL": "stranger@clinic.example"}


def verify(promises: Promises, *arguments: str, caller: dict[str, str] = LEE) -> subprocess.CompletedProcess[str]:
    """Run the command on the foreign server."""
    command = [sys.executable, "-m", "remo_mock", "verify"]
    with ForeignServer(promises) as server:
        return subprocess.run(
            [*command, server.url, *arguments],
            env=os.environ | caller,
            capture_output=True,
            text=True,
            check=False,
            timeout=RUN_TIMEOUT,
        )


def test_it_conforms() -> None:
    assert verify(Promises(), "--budget", "20").returncode == 0


def test_without_a_budget_it_conforms_as_far_as_it_was_judged() -> None:
    assert verify(Promises()).returncode == 0


@pytest.mark.parametrize("lie", ["page B has page A's bands", "a failure costs one", "the uuid is made anew"])
def test_a_lie_fails_and_is_named(lie: str) -> None:
    promises, check = LIES[lie]
    done = verify(promises, *BACK, "--budget", "20")
    assert (done.returncode, check in done.stdout) == (1, True)


def test_refused_credentials_are_no_verdict() -> None:
    assert verify(Promises(), *BACK, "--budget", "20", caller=STRANGER).returncode == 3


def test_no_secret_is_printed() -> None:
    done = verify(LIES["the uuid is made anew"][0], *BACK, "--budget", "20")
    assert [value for value in LEE.values() if value in done.stdout + done.stderr] == []

"""The self-test is loaded by its own command, and by nothing else that users run."""

import subprocess
import sys

import pytest

from tests.support.waiting import TIMEOUT

VERIFY = """
import sys
from remo_mock.cli import main
sys.argv = ["remo-mock", "verify", {arguments}]
try:
    main()
except SystemExit:
    pass
"""
ASSERT = """
from remo_mock import assert_contract
try:
    assert_contract("analysis-skeleton-v2-back", None, {"state": True})
except AssertionError:
    pass
"""


@pytest.mark.parametrize(
    ("code", "module"),
    [
        (VERIFY.format(arguments="'http://127.0.0.1:9'"), "run.session"),
        (VERIFY.format(arguments="'http://127.0.0.1:9', '--plan'"), "plan.plan"),
        (VERIFY.format(arguments="'--explain', 'REMO-UUID-ECHO'"), "checks.request"),
        (ASSERT, "checks.request"),
        ("import contract_tests.conftest", "run.session"),
    ],
    ids=["verify", "plan", "explain", "assert_contract", "conftest"],
)
def test_no_other_use_of_the_suite_loads_the_self_test(code: str, module: str) -> None:
    lines = "import sys; names = [name for name in sys.modules if 'contract_tests.' in name]"
    lines += f"\nprint('contract_tests.{module}' in names, [name for name in names if 'selftest' in name])"
    ended = subprocess.run(
        [sys.executable, "-c", f"{code}\n{lines}"], capture_output=True, text=True, timeout=TIMEOUT, check=False
    )
    assert (ended.returncode, ended.stdout.splitlines()[-1:]) == (0, ["True []"]), ended.stdout + ended.stderr

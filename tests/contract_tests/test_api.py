"""The server reaches the contract suite through `contract_tests.api`, and loads no more of it than it uses."""

import json
import subprocess
import sys
from typing import Any

from tests.support.waiting import TIMEOUT


def loaded(program: str) -> Any:
    """Run a program in a new interpreter, and return the modules that it has loaded."""
    program += "\nimport json, sys; print(json.dumps(sorted(sys.modules)))"
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=TIMEOUT, check=True)
    return json.loads(ended.stdout)


def test_the_suite_is_loaded_when_it_is_first_used() -> None:
    names = loaded("import remo_mock.contract.suite")
    assert [name for name in names if name.startswith("contract_tests")] == []


def test_what_is_heavy_is_loaded_when_it_is_asked_for() -> None:
    names = loaded("from remo_mock.contract.suite import api; api.judge_exchanges")
    heavy = {"pytest", "flask", "contract_tests.selftest", "contract_tests.reports"}
    assert ("contract_tests.api" in names, heavy.intersection(names)) == (True, set())

"""`remo-mock verify` as its users run it: in a process of its own, in an environment without credentials."""

import os
import subprocess
import sys
from collections.abc import Mapping

from tests.support.waiting import RUN_TIMEOUT

Ended = subprocess.CompletedProcess[str]

# Where Python finds the code under test is no setting of a user's.
PYTHON_ALONE = {name: value for name, value in os.environ.items() if name == "PYTHONPATH"}


def verify(*arguments: str, environment: Mapping[str, str] | None = None) -> Ended:
    """Run the command to its end."""
    command = [sys.executable, "-m", "remo_mock", "verify", *arguments]
    here = PYTHON_ALONE | dict(environment or {})
    return subprocess.run(command, capture_output=True, text=True, timeout=RUN_TIMEOUT, env=here, check=False)

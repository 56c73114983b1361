"""`remo-mock verify` as its users run it: in a process of its own, in an environment without credentials."""

import subprocess
import sys
from collections.abc import Mapping

from tests.support.waiting import RUN_TIMEOUT

Ended = subprocess.CompletedProcess[str]


def verify(*arguments: str, environment: Mapping[str, str] | None = None) -> Ended:
    """Run the command to its end."""
    command = [sys.executable, "-m", "remo_mock", "verify", *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, timeout=RUN_TIMEOUT, env=environment or {}, check=False
    )

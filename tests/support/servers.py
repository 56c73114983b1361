"""Real servers for tests: our own command line on a free port, stopped at the end."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tests.support.waiting import TIMEOUT

COMMAND = [sys.executable, "-m", "remo_mock", "serve", "--port", "0"]


@dataclass(frozen=True)
class Server:
    """A mock that runs in a process of its own."""

    url: str
    process: subprocess.Popen[str]


@contextmanager
def serving(*options: str) -> Iterator[Server]:
    """Start `remo-mock serve --port 0` with options, wait until it answers, stop it at the end."""
    process = subprocess.Popen([*COMMAND, *options], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        yield Server(announced_url(process), process)
    finally:
        process.terminate()
        process.communicate(timeout=TIMEOUT)


def refusal(*options: str) -> subprocess.CompletedProcess[str]:
    """Run `remo-mock serve --port 0` with options that it refuses, and return its exit code and what it printed."""
    return subprocess.run([*COMMAND, *options], capture_output=True, text=True, timeout=TIMEOUT, check=False)


def announced_url(process: subprocess.Popen[str]) -> str:
    """Return the base URL that a starting server prints; it may then be asked at once."""
    first = process.stdout.readline() if process.stdout else ""
    found = re.search(r" on (http://\S+)", first)
    if found is None:
        process.kill()
        raise AssertionError(f"the server did not start: {first}{'; '.join(filter(None, process.communicate()))}")
    return found[1]

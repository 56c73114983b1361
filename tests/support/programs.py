"""Programs of the machine that tests need: where one is missing its tests are skipped, and in CI they fail."""

import os
import shutil
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NoReturn

import pytest

REMEDIES = {
    "Chromium": "apt-get install chromium",
    "curl": "apt-get install curl",
    "Go": "apt-get install golang-go",
    "Java": "apt-get install default-jdk-headless",
    "Node.js": "apt-get install nodejs",
    "nginx": "apt-get install nginx-light",
    "npm": "apt-get install npm",
    "PHP": "apt-get install php-cli",
    "PostgreSQL": "apt-get install postgresql, or put its initdb and pg_ctl on the PATH",
}


def on_path(program: str, *names: str) -> str:
    """Return the path of the first of these names that is on the PATH; leave the test out where none is."""
    found = next(filter(None, map(shutil.which, names)), None)
    return found or left_out(program)


def left_out(program: str, environment: Mapping[str, str] = os.environ) -> NoReturn:
    """Leave out a test whose program is missing, and say how to get it."""
    left_out_because(f"{program} is missing: {REMEDIES[program]}", environment)


def left_out_because(reason: str, environment: Mapping[str, str] = os.environ) -> NoReturn:
    """Skip a test; where CI is `true` fail it, since nobody reads there what was skipped."""
    if environment.get("CI") == "true":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def summary(reasons: Iterable[str]) -> str:
    """Say in one line how many tests were left out, for which reasons; nothing where none was."""
    counted = Counter(reason.removeprefix("Skipped: ") for reason in reasons)
    parts = [f"{number} because {reason}" for reason, number in counted.most_common()]
    tests = "1 test" if counted.total() == 1 else f"{counted.total()} tests"
    return f"Left out: {tests}, {'; '.join(parts)}" if parts else ""

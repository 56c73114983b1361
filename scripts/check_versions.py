"""Tests with the lowest versions that pyproject.toml declares, or with the newest, in a venv of their own.

python scripts/check_versions.py lowest --smoke    the pytest plugin, verify and a server, in a minute
python scripts/check_versions.py lowest            all tests whose own tools go with these versions
python scripts/check_versions.py newest --python python3.14
"""

import argparse
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# What the tests themselves need; its versions are left open.
_TEST_TOOLS = (
    *(
        "av",
        "axe-playwright-python",
        "build",
        "hatchling",
        "httpx",
        "hypothesis",
        "numpy",
        "playwright",
        "pytest-timeout",
        "pytest-xdist",
    ),
    *("responses", "scikit-image", "waitress"),
)
_SMOKE_TOOLS = ("pytest-timeout", "pytest-xdist")
# Their tools want newer versions of what we depend on, or look at the checkout and not at what is installed.
_LEFT_OUT = ("tests/reference", "tests/project")
_SMOKE = (
    "tests/testing/test_plugin_fixtures.py",
    "tests/testing/test_plugin_bill.py",
    "tests/testing/test_inprocess_retries.py",
    "tests/contract_tests/test_verify_fair.py",
    "tests/cli/test_secrets.py",
    "tests/service/test_hostile_bodies.py",
)


def lowest(requirement: str) -> str:
    """Return a requirement such as `flask>=3.1` as the lowest version that it allows, `flask==3.1`."""
    name, marker, condition = requirement.partition(";")
    return name.replace(">=", "==") + marker + condition


def requirements(kind: str) -> list[str]:
    """Return what the package depends on, extras included: the lowest versions, or any."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    every = [*project["dependencies"], *(one for extra in project["optional-dependencies"].values() for one in extra)]
    return [lowest(one) for one in every] if kind == "lowest" else every


def main(arguments: Sequence[str]) -> int:
    """Make the venv, install, and run the tests; return pytest's exit code."""
    parser = argparse.ArgumentParser(description="Test with the lowest or the newest versions of all dependencies.")
    parser.add_argument("kind", choices=("lowest", "newest"))
    parser.add_argument("--python", default=sys.executable, metavar="PROGRAM", help="the Python to test with")
    parser.add_argument("--smoke", action="store_true", help="only what shows that the versions go together")
    options, more = parser.parse_known_args(arguments)
    with tempfile.TemporaryDirectory(prefix="remo-mock-versions-") as folder:
        venv = Path(folder) / "venv"
        _run([options.python, "-m", "venv", str(venv)])
        python = str(venv / ("Scripts" if sys.platform == "win32" else "bin") / "python")
        pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        pinned = requirements(options.kind)
        # All in one call: pip then finds versions that go together, or says which do not.
        _run([*pip, *pinned, *(_SMOKE_TOOLS if options.smoke else _TEST_TOOLS)])
        _run([*pip, "--no-deps", "--editable", str(ROOT)])
        _run([python, "-m", "pip", "freeze", "--exclude-editable"])
        chosen = list(_SMOKE) if options.smoke else ["tests", *(f"--ignore={path}" for path in _LEFT_OUT)]
        tests = subprocess.run([python, "-m", "pytest", "-q", *chosen, *more], cwd=ROOT, check=False)  # noqa: S603
        return tests.returncode


def _run(command: Sequence[str]) -> None:
    subprocess.run(command, check=True)  # noqa: S603 - our own words


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Names the machine, the commit and the versions behind the figures."""

import os
import platform
import re
import shutil
import subprocess
from importlib.metadata import version
from pathlib import Path

from bench.peers import NODE, program
from loading import GENERATOR
from serving import HERE

_LIBRARIES = ("granian", "flask", "sqlalchemy", "orjson", "blake3", "pybase64", "pillow", "numpy", "psycopg")
_PACKAGES = ("wiremock", "@mockoon/cli", "@stoplight/prism-cli")
_PROGRAMS = {"wrk": "-v", "nginx": "-v", "java": "-version", "postgres": "--version"}
_NUMBER = re.compile(r"\d+(?:\.\d+)+")
_GIGABYTE = 1024**3


def machine() -> dict[str, str]:
    """Return what the figures depend on, by name."""
    libraries = (f"{name} {version(name)}" for name in _LIBRARIES)
    return {
        "processors": f"{len(os.sched_getaffinity(0))} x {_processor()}",
        "memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / _GIGABYTE:.0f} GB",
        "system": f"{platform.system()} {platform.release()}",
        "commit": _commit(),
        "Python": f"{platform.python_version()}; {', '.join(libraries)}",
        "load": f"{GENERATOR}, 8 connections unless a table says other, on the same processors",
        "others": ", ".join(_others()),
    }


def _processor() -> str:
    found = re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text())
    return found[1] if found else platform.machine()


def _commit() -> str:
    git = shutil.which("git")
    if git is None:
        return "unknown"
    done = subprocess.run(
        [git, "describe", "--always", "--dirty"], cwd=HERE, capture_output=True, text=True, check=False
    )
    return done.stdout.strip() or "unknown"


def _others() -> list[str]:
    found = []
    for name in _PACKAGES:
        file = NODE / "node_modules" / name / "package.json"
        number = re.search(r'"version": "([^"]+)"', file.read_text()) if file.exists() else None
        if number:
            found.append(f"{name} {number[1]}")
    for name, option in _PROGRAMS.items():
        path = program(name)
        if path:
            done = subprocess.run([path, option], capture_output=True, text=True, check=False)
            number = _NUMBER.search(done.stdout + done.stderr)
            found.append(f"{name} {number[0] if number else '?'}")
    return found

"""A venv of its own with the built wheel, in another folder; the dependencies are the ones of the running venv."""

import os
import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path

from tests.support.checkout import ROOT
from tests.support.waiting import RUN_TIMEOUT

# Plugins of the running venv that a user's venv need not have; they take their time, or warn.
_OTHER_PLUGINS = ("schemathesis", "hypothesispytest", "timeout", "anyio")


def build_wheel(out: Path) -> Path:
    """Build the wheel from a checkout, as `pip install` of it would."""
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    (built,) = out.glob("*.whl")
    return built


def fresh_venv(home: Path, *projects: Path) -> Path:
    """Make a venv in `home`, install wheels or projects in it, and return its Python; nothing is downloaded."""
    venv.create(home, with_pip=False)
    scripts = home / ("Scripts" if sys.platform == "win32" else "bin")
    python = scripts / "python"
    (site,) = (home / "lib").glob("python*/site-packages")
    others = [path for path in sys.path if path.endswith("site-packages")]
    (site / "dependencies.pth").write_text("\n".join(f"import sys; sys.path.append({path!r})" for path in others))
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet"]
    offline = ["--no-deps", "--no-index", "--no-build-isolation"]
    subprocess.run([*pip, *offline, *map(str, projects)], check=True, capture_output=True)
    # pytest is one of the dependencies, so that its command is not there yet.
    command = Path(sys.executable).with_name("pytest").read_text(encoding="utf-8").partition("\n")[2]
    (scripts / "pytest").write_text(f"#!{python}\n{command}", encoding="utf-8")
    (scripts / "pytest").chmod(0o755)
    return python


def environment() -> dict[str, str]:
    """Return the environment of somebody who has a terminal in such a venv, and no checkout."""
    ours = ("REMO_", "PYTEST_", "PYTHONPATH")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return kept | {"PYTEST_ADDOPTS": " ".join(f"-p no:{name}" for name in _OTHER_PLUGINS)}


def run(command: Sequence[str | Path], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command of such a venv to its end, in somebody's folder."""
    return subprocess.run(
        command, cwd=folder, env=environment(), capture_output=True, text=True, timeout=RUN_TIMEOUT, check=False
    )

"""A venv of its own with the built wheel, in another folder; the dependencies are the ones of the running venv."""

import subprocess
import sys
import venv
from pathlib import Path

from tests.support.checkout import ROOT


def build_wheel(out: Path) -> Path:
    """Build the wheel from a checkout, as `pip install` of it would."""
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    (built,) = out.glob("*.whl")
    return built


def install(wheel: Path, home: Path) -> Path:
    """Install the wheel in a fresh venv below `home` and return its Python; nothing is downloaded."""
    venv.create(home / "venv", with_pip=True)
    python = home / "venv" / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    subprocess.run(
        [python, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", str(wheel)],
        check=True,
        capture_output=True,
    )
    (site,) = (home / "venv" / "lib").glob("python*/site-packages")
    others = [path for path in sys.path if path.endswith("site-packages")]
    hook = "\n".join(f"import sys; sys.path.append({path!r})" for path in others)
    (site / "dependencies.pth").write_text(hook)
    return python

"""Builds what is released into dist/: the sdist, the wheel, and remo-mock.pyz, one file that needs Python alone.

python scripts/build_dist.py            all of them, checked as package indexes check them, and tried
REMO_MOCK_REPOSITORY=https://... python scripts/build_dist.py    with links to where the repository is published
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DIST = ROOT / "dist"
PYZ = DIST / "remo-mock.pyz"
_SECONDS = 60


def main() -> int:
    """Build, check, and try; raises `subprocess.CalledProcessError` for what fails."""
    shutil.rmtree(DIST, ignore_errors=True)
    _run([sys.executable, "-m", "build", "--no-isolation", "--outdir", str(DIST), str(ROOT)])
    (wheel,) = DIST.glob("*.whl")
    _run([_tool("twine"), "check", "--strict", *map(str, DIST.iterdir())])
    _run([_tool("check-wheel-contents"), str(wheel)])
    shiv = [_tool("shiv"), "--compressed", "--console-script", "remo-mock", "--python", "/usr/bin/env python3"]
    _run([*shiv, "--output-file", str(PYZ), "--quiet", "--disable-pip-version-check", str(wheel)])
    with tempfile.TemporaryDirectory(prefix="remo-mock-pyz-") as folder:
        print(f"remo-mock.pyz: {try_pyz(PYZ, Path(folder))}")
    for path in sorted(DIST.iterdir()):
        print(f"{path.relative_to(ROOT)}: {path.stat().st_size / 1e6:.1f} MB")
    return 0


def try_pyz(pyz: Path, folder: Path) -> str:
    """Serve from the file with nothing but Python, ask for its health, stop it; return what `health` said."""
    python = getattr(sys, "_base_executable", sys.executable)  # without the packages of a venv
    environment = {"PATH": os.defpath, "HOME": str(folder), "SHIV_ROOT": str(folder / "shiv"), "PYTHONNOUSERSITE": "1"}
    ready = folder / "ready.json"
    serve = [python, str(pyz), "serve", "--port", "0", "--ready-file", str(ready)]
    with subprocess.Popen(serve, cwd=folder, env=environment, stdout=subprocess.DEVNULL) as server:  # noqa: S603
        try:
            end = time.monotonic() + _SECONDS
            while not ready.exists():
                if server.poll() is not None or time.monotonic() > end:
                    raise SystemExit(f"{pyz} did not start: exit code {server.poll()}")
                time.sleep(0.1)
            url = json.loads(ready.read_text(encoding="utf-8"))["url"]
            health = [python, str(pyz), "health", url]
            said = subprocess.run(  # noqa: S603 - ours
                health, cwd=folder, env=environment, capture_output=True, text=True, check=True
            )
        finally:
            server.send_signal(signal.SIGTERM)
    if server.returncode:
        raise SystemExit(f"{pyz} did not stop: exit code {server.returncode}")
    return said.stdout.strip()


def _tool(name: str) -> str:
    return str(Path(sys.executable).with_name(name))


def _run(command: Sequence[str]) -> None:
    print(f"$ {' '.join(command)}", flush=True)
    subprocess.run(command, check=True)  # noqa: S603 - our own words


if __name__ == "__main__":
    sys.exit(main())

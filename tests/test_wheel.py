"""The wheel puts nothing but mock_server into site-packages, and runs from a fresh venv in another folder."""

import subprocess
import sys
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from calls import BACK, credentials, photo_text
from servers import announced_url

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from a checkout, as `pip install` of it would."""
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Install the wheel in a fresh venv; its dependencies are the ones of this venv, so that nothing is downloaded."""
    home = tmp_path_factory.mktemp("elsewhere")
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
    yield python


def test_the_wheel_holds_nothing_but_the_package(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        tops = {name.split("/")[0] for name in archive.namelist()}
    assert tops == {"mock_server", "remo_mock-0.1.0.dist-info"}


@pytest.mark.parametrize(
    "name",
    [
        "mock_server/py.typed",
        "mock_server/schemas/errors.json",
        "mock_server/schemas/analysis-skeleton-v2/response.schema.json",
        "mock_server/fixtures/accounts.json",
        "mock_server/fixtures/photos/front.jpg",
        "mock_server/fixtures/examples/analysis-skeleton-v2.success.json",
    ],
)
def test_the_data_travels_inside_the_package(wheel: Path, name: str) -> None:
    with zipfile.ZipFile(wheel) as archive:
        assert name in archive.namelist()


def test_it_serves_from_elsewhere(installed: Path, tmp_path: Path) -> None:
    process = subprocess.Popen(
        [installed.with_name("remo-mock"), "serve", "--port", "0"], cwd=tmp_path, stdout=subprocess.PIPE, text=True
    )
    try:
        body = credentials() | {"borigimg": photo_text("back")}
        reply = requests.post(announced_url(process) + BACK, json=body, timeout=20)
    finally:
        process.terminate()
        process.communicate(timeout=10)
    assert reply.json()["state"] is True


def test_it_is_the_installed_one(installed: Path, tmp_path: Path) -> None:
    code = "import mock_server; print(mock_server.__file__)"
    done = subprocess.run([installed, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert str(installed.parent.parent) in done.stdout

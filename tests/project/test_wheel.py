"""The wheel puts nothing but remo_mock into site-packages, and runs from a fresh venv in another folder."""

import subprocess
import zipfile
from pathlib import Path

import pytest
import requests

from tests.support.calls import BACK, credentials, photo_text
from tests.support.checkout import ROOT
from tests.support.fresh_venv import environment, run
from tests.support.servers import announced_url
from tests.support.waiting import TIMEOUT


def test_the_wheel_holds_nothing_but_the_package(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        tops = {name.split("/")[0] for name in archive.namelist()}
    assert tops == {"remo_mock", "remo_mock-0.2.0.dist-info"}


@pytest.mark.parametrize(
    "name",
    [
        "remo_mock/py.typed",
        "remo_mock/schemas/errors.json",
        "remo_mock/schemas/analysis-skeleton-v2/response.schema.json",
        "remo_mock/fixtures/accounts.json",
        "remo_mock/fixtures/photos/front.jpg",
        "remo_mock/fixtures/network/selfie_segmentation.npz",
        "remo_mock-0.2.0.dist-info/licenses/fixtures/network/NOTICE",
        "remo_mock-0.2.0.dist-info/licenses/fixtures/network/LICENSE-APACHE-2.0",
        "remo_mock/web/console/static/main.js",
        "remo_mock/fixtures/examples/analysis-skeleton-v2.success.json",
    ],
)
def test_the_data_travels_inside_the_package(wheel: Path, name: str) -> None:
    with zipfile.ZipFile(wheel) as archive:
        assert name in archive.namelist()


@pytest.mark.parametrize("folder", ["schemas", "fixtures", "contract_tests"])
def test_every_file_of_a_folder_travels_inside_the_package(wheel: Path, folder: str) -> None:
    here = [path for path in (ROOT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    with zipfile.ZipFile(wheel) as archive:
        missing = {f"remo_mock/{path.relative_to(ROOT).as_posix()}" for path in here} - set(archive.namelist())
    assert len(here) > 20
    assert missing == set()


def test_it_serves_from_elsewhere(installed: Path, tmp_path: Path) -> None:
    command = [str(installed.with_name("remo-mock")), "serve", "--port", "0"]
    process = subprocess.Popen(command, cwd=tmp_path, env=environment(), stdout=subprocess.PIPE, text=True)
    try:
        body = credentials() | {"borigimg": photo_text("back")}
        reply = requests.post(announced_url(process) + BACK, json=body, timeout=TIMEOUT)
    finally:
        process.terminate()
        process.communicate(timeout=TIMEOUT)
    assert reply.json()["state"] is True


def test_it_is_the_installed_one(installed: Path, tmp_path: Path) -> None:
    code = "import remo_mock; print(remo_mock.__file__)"
    done = run([installed, "-c", code], tmp_path)
    assert str(installed.parent.parent) in done.stdout

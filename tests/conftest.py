"""Fixtures of most tests: a fresh mock, its client, requests with the fixture photos; and what a run left out."""

import importlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from remo_mock import Settings, create_app
from tests.support.calls import credentials, photo_text
from tests.support.control import Person, new_person
from tests.support.fresh_venv import build_wheel, fresh_venv
from tests.support.hostile import Door, open_door
from tests.support.postgres import Cluster, cluster
from tests.support.programs import summary
from tests.support.servers import serving

Post = Callable[..., Any]

# Their tests start programs, and take long: with short ones at the end no process of xdist waits for another.
LONG_ROOMS = ("contract_tests", "project", "reference", "store", "testing", "web")

# The commands that tests start are not workers of this run; the contract suite refuses to run as one.
for name in [name for name in os.environ if name.startswith("PYTEST_XDIST")]:
    del os.environ[name]
# xdist says so to its workers, and a terminal to its programs: tables are tested at the width of a file.
os.environ.pop("COLUMNS", None)
# Nor is a make that they start part of the one that runs them.
for name in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS"):
    os.environ.pop(name, None)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with the rooms whose tests take long, where several processes share the tests."""
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: item.path.parent.name not in LONG_ROOMS)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> Iterator[None]:
    """Say in the last line what was left out, and how to get it."""
    yield
    terminal = session.config.pluginmanager.get_plugin("terminalreporter")
    if terminal is not None:  # xdist's workers have none
        line = summary(report.longrepr[2] for report in terminal.stats.get("skipped", ()))
        terminal.write(line and f"{line}\n")


# Tests of the plugin run pytest within this process, and pytest then forgets what was imported meanwhile: these two
# cannot be imported again.
for name in ("numpy", "zxingcpp"):
    importlib.import_module(name)

# Projects of users, which tests run as their owners would.
collect_ignore = ["samples"]


@pytest.fixture
def app() -> Iterator[Flask]:
    app = create_app(Settings())
    yield app
    app.extensions["remo_mock"].close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="module")
def door() -> Iterator[Door]:
    """A mock in this process that holds every answer to the contract."""
    with open_door() as door:
        yield door


@pytest.fixture(scope="session")
def shared_url() -> Iterator[str]:
    """A server with two workers that many modules share: each test has an account of its own there."""
    with serving("--workers", "2") as server:
        yield server.url


@pytest.fixture
def person(shared_url: str) -> Person:
    """A caller with 100 credits at the shared server."""
    return new_person(shared_url)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Cluster]:
    """A PostgreSQL server; where there is none, tests that need it are skipped, and in CI they fail."""
    with cluster() as running:
        yield running


@pytest.fixture(scope="session")
def card_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directory that `remo-mock photos` wrote."""
    directory = tmp_path_factory.mktemp("photos") / "set"
    command = [sys.executable, "-m", "remo_mock", "photos", str(directory)]
    subprocess.run(command, check=True, capture_output=True)
    return directory


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel that is built from this checkout."""
    return build_wheel(tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of a fresh venv that the wheel is installed in."""
    return fresh_venv(tmp_path_factory.mktemp("elsewhere") / "venv", wheel)


@pytest.fixture
def back_request() -> dict[str, Any]:
    """A request to v2-back that succeeds and costs one credit."""
    return credentials() | {"borigimg": photo_text("back")}


@pytest.fixture
def three_request() -> dict[str, Any]:
    """A request to v2 that succeeds and costs one credit."""
    return credentials() | {
        "forigimg": photo_text("front"),
        "sorigimg": photo_text("side"),
        "borigimg": photo_text("back"),
    }

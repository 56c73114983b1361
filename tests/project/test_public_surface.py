"""What `remo_mock` exports is what it says it exports, and every way into it leads to the same things."""

import importlib.metadata
import json
import subprocess
import sys
from importlib import import_module

import pytest

import remo_mock

PUBLIC = ["RemoMock", "Settings", "__version__", "assert_contract", "create_app", "remo_mock"]


def printed(code: str) -> str:
    """Run code in an interpreter of its own, and return what it prints."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_the_public_names_are_these() -> None:
    assert remo_mock.__all__ == PUBLIC


def test_a_fresh_interpreter_lists_the_public_names() -> None:
    assert json.loads(printed("import json, remo_mock; print(json.dumps(dir(remo_mock)))")) == PUBLIC


def test_a_star_import_brings_the_public_names_and_no_other() -> None:
    code = "import json; names = {}; exec('from remo_mock import *', names); print(json.dumps(sorted(names)))"
    assert json.loads(printed(code)) == sorted([*PUBLIC, "__builtins__"])


@pytest.mark.parametrize(
    ("name", "home"),
    [
        ("RemoMock", "remo_mock.testing.remo_mock"),
        ("Settings", "remo_mock.settings"),
        ("__version__", "remo_mock._version"),
        ("assert_contract", "remo_mock.contract.suite"),
        ("create_app", "remo_mock.web.app"),
        ("remo_mock", "remo_mock.testing.decorator"),
    ],
)
def test_a_public_name_is_the_one_of_its_home(name: str, home: str) -> None:
    assert getattr(remo_mock, name) is getattr(import_module(home), name)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nothing_of_ours"):
        _ = remo_mock.nothing_of_ours


def test_the_version_is_the_distributions() -> None:
    assert remo_mock.__version__ == importlib.metadata.version("remo-mock")


@pytest.mark.parametrize(
    ("group", "name", "value"),
    [
        ("console_scripts", "remo-mock", "remo_mock.cli:main"),
        ("pytest11", "remo-mock", "remo_mock.testing.pytest_plugin"),
    ],
)
def test_an_entry_point_leads_where_users_were_told(group: str, name: str, value: str) -> None:
    points = importlib.metadata.distribution("remo-mock").entry_points.select(group=group)
    assert [(point.name, point.value) for point in points] == [(name, value)]
    assert next(iter(points)).load() is not None


def test_the_module_runs_like_the_command() -> None:
    by_command = "import sys; from remo_mock.cli import main; sys.argv = ['remo-mock', '--version']; main()"
    by_module = "import runpy, sys; sys.argv = ['x', '--version']; runpy.run_module('remo_mock', run_name='__main__')"
    assert printed(by_command) == printed(by_module) == f"remo-mock, version {remo_mock.__version__}"


def test_faker_finds_the_provider_at_its_public_place() -> None:
    from remo_mock.faker_provider import RemoProvider

    assert [name for name in vars(RemoProvider) if name.startswith("remo_")] == [
        "remo_credentials",
        "remo_photo",
        "remo_request",
        "remo_success",
        "remo_error",
    ]


def test_the_command_line_imports_nothing_heavy() -> None:
    """`serve` answers soon only if its parent process leaves Flask, SQLAlchemy and Pillow to the workers."""
    code = "import sys, remo_mock.cli; print(sorted({'flask', 'sqlalchemy', 'PIL', 'jsonschema'} & set(sys.modules)))"
    assert printed(code) == "[]"

"""What `remo_mock` exports is what it says it exports."""

import importlib.metadata
import subprocess
import sys

import pytest

import remo_mock


def test_the_public_names_are_these() -> None:
    assert remo_mock.__all__ == ["RemoMock", "Settings", "__version__", "assert_contract", "create_app", "remo_mock"]


@pytest.mark.parametrize("name", remo_mock.__all__)
def test_a_public_name_is_there(name: str) -> None:
    assert getattr(remo_mock, name) is not None


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nothing_of_ours"):
        _ = remo_mock.nothing_of_ours


def test_the_version_is_the_distributions() -> None:
    assert remo_mock.__version__ == importlib.metadata.version("remo-mock")


def test_the_command_line_imports_nothing_heavy() -> None:
    """`serve` answers soon only if its parent process leaves Flask, SQLAlchemy and Pillow to the workers."""
    code = "import sys, remo_mock.cli; print(sorted({'flask', 'sqlalchemy', 'PIL', 'jsonschema'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"

"""The command line imports a command when it runs; help and shell completion need none of them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from remo_mock.cli.group import commands
from tests.support.waiting import TIMEOUT

HEAVY = "{'flask', 'sqlalchemy', 'PIL', 'jsonschema', 'faker', 'pytest', 'requests'} & set(sys.modules)"
COMMANDS = [
    "codes",
    "contract",
    "drift",
    "export",
    "health",
    "ledger",
    "openapi",
    "photos",
    "record",
    "serve",
    "verify",
]


def completions(words: str, shell: str = "bash") -> list[str]:
    """Return what a shell offers behind `words`, the last of which is being typed."""
    environment = os.environ | {
        "_REMO_MOCK_COMPLETE": f"{shell}_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": str(words.count(" ")),
    }
    done = subprocess.run(
        [Path(sys.executable).with_name("remo-mock")], capture_output=True, text=True, check=True, env=environment
    )
    return done.stdout.splitlines()


def run_python(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=TIMEOUT)
    return done.stdout


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_says_what_it_does(name: str) -> None:
    done = CliRunner().invoke(commands, [name, "-h"], prog_name="remo-mock")
    assert (done.exit_code, done.output.startswith(f"Usage: remo-mock {name} ")) == (0, True)


def test_the_help_lists_every_command_in_a_line() -> None:
    done = CliRunner().invoke(commands, ["--help"])
    rows = done.output.partition("Commands:\n")[2].splitlines()
    assert [row.split()[0] for row in rows] == COMMANDS
    assert [row for row in rows if "..." in row or len(row) > 80] == []


def test_an_unknown_command_is_refused() -> None:
    done = CliRunner().invoke(commands, ["serv"])
    assert (done.exit_code, "No such command 'serv'" in done.output) == (2, True)


@pytest.mark.parametrize("arguments", [["--help"], ["--version"]])
def test_help_and_version_import_no_command(arguments: list[str]) -> None:
    code = f"""
import sys
from remo_mock.cli.group import commands
commands({arguments}, standalone_mode=False)
print(sorted(name for name in sys.modules if name.startswith("remo_mock.")))
"""
    assert run_python(code).splitlines()[-1] == str(
        [
            "remo_mock._version",
            "remo_mock.cli",
            "remo_mock.cli.command_group",
            "remo_mock.cli.group",
            "remo_mock.cli.output",
            "remo_mock.cli.text_table",
            "remo_mock.exceptions",
            "remo_mock.hints",
            "remo_mock.hints.hint",
            "remo_mock.hints.texts",
        ]
    )


def test_codes_are_told_without_what_a_server_needs() -> None:
    code = f"""
import sys
from remo_mock.cli.group import commands
commands(["codes", "518"], standalone_mode=False)
print(sorted({HEAVY}))
"""
    assert run_python(code).splitlines()[-1] == "[]"


@pytest.mark.parametrize("workers", ["1", "2"])
def test_the_parent_process_of_the_server_imports_nothing_heavy(workers: str) -> None:
    """`serve` answers soon because its parent process leaves Flask, SQLAlchemy and Pillow to the workers."""
    code = f"""
import sys
import remo_mock.web.server as server
server.listen = lambda *_, **__: print(sorted({HEAVY}))
sys.argv = ["remo-mock", "serve", "--port", "0", "--account", "ann:u:a", "--delay", "5", "--workers", "{workers}"]
from remo_mock.cli import main
main()
"""
    assert run_python(code).splitlines()[-1] == "[]"


def test_a_worker_starts_without_what_only_photos_and_admin_bodies_need() -> None:
    code = """
import sys
from remo_mock import Settings, create_app
create_app(Settings())
print(sorted({"PIL", "jsonschema", "numpy", "zxingcpp"} & set(sys.modules)))
"""
    assert run_python(code).splitlines()[-1] == "[]"


def test_the_shell_completes_commands() -> None:
    assert completions("remo-mock ") == [f"plain,{name}" for name in COMMANDS]
    assert completions("remo-mock re") == ["plain,record"]


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("remo-mock serve --h", ["plain,--host", "plain,--http-status", "plain,--help"]),
        ("remo-mock serve --http-status ", ["plain,mirror", "plain,200"]),
        ("remo-mock serve --accounts-file fix", ["file,fix"]),
        ("remo-mock serve --replay cass", ["dir,cass"]),
        ("remo-mock export ", ["plain,wiremock"]),
    ],
)
def test_the_shell_completes_options_and_values(words: str, offered: list[str]) -> None:
    assert completions(words) == offered


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_a_shell_gets_a_script_to_load(shell: str) -> None:
    environment = os.environ | {"_REMO_MOCK_COMPLETE": f"{shell}_source"}
    done = subprocess.run(
        [Path(sys.executable).with_name("remo-mock")], capture_output=True, text=True, check=True, env=environment
    )
    assert f"_REMO_MOCK_COMPLETE={shell}_complete" in done.stdout

"""The options of `Settings` on the command line: click's words, and what wins over what."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from remo_mock.cli.group import commands
from remo_mock.exceptions import SettingsError


def run(*arguments: str, **variables: str) -> Result:
    return CliRunner().invoke(commands, arguments, env=variables, prog_name="remo-mock")


@pytest.mark.parametrize(
    ("arguments", "variable", "status"),
    [
        ([], "", "mirror"),
        ([], "200", "200"),
        (["--http-status", "mirror"], "200", "mirror"),
        (["--http-status", "200"], "mirror", "200"),
    ],
    ids=["default", "variable", "argument that is the default", "argument"],
)
def test_an_argument_wins_over_a_variable_over_the_default(arguments: list[str], variable: str, status: str) -> None:
    done = run("openapi", *arguments, REMO_MOCK_HTTP_STATUS=variable)
    assert json.loads(done.output)["info"]["x-remo-http-status"] == status


@pytest.mark.parametrize("command", [["serve"], ["openapi"], ["export", "wiremock", "out"]], ids=" ".join)
def test_a_switch_is_refused_alike_by_every_command(command: list[str]) -> None:
    done = run(*command, "--error-shape", "code")
    message = (
        "Error: Invalid value for '--error-shape': 'code' is not one of 'status', 'status_code', 'both', 'detailed'.\n"
    )
    assert (done.exit_code, done.output.endswith(message)) == (2, True)


@pytest.mark.parametrize("command", ["codes", "ledger", "openapi"])
def test_every_command_refuses_a_wrong_variable(command: str) -> None:
    error = run(command, REMO_MOCK_PORT="abc").exception
    assert isinstance(error, SettingsError)
    assert (str(error), error.exit_code) == ("REMO_MOCK_PORT: 'abc' is not a valid integer range.", 2)


@pytest.mark.parametrize(
    "line",
    [
        "--host ADDRESS Address to listen on. [default: 127.0.0.1]",
        "--port PORT Port; 0 takes a free one. [default: 4420; 0<=x<=65535]",
        "--delay MS|MS-MS Wait before each answer. [default: 0]",
        "--error-shape [status|status_code|both|detailed] Key of the error code; detailed adds credit_change 0 (L01). "
        "[default: status]",
        "database. [default: (in memory)]",
        "Each option can also be set as REMO_MOCK_<OPTION>, such as REMO_MOCK_MAX_BODY=8",
    ],
)
def test_the_help_of_serve_names_choices_and_defaults(line: str) -> None:
    assert line in " ".join(run("serve", "--help").output.split())


def test_commands_print_the_address_that_serve_would_have(tmp_path: Path) -> None:
    variables = {"REMO_MOCK_HOST": "::1", "REMO_MOCK_PORT": "5000"}
    assert "curl -sS -X POST http://[::1]:5000/__admin/outcomes" in run("codes", "518", **variables).output
    assert "--data-binary @- \\\n      http://[::1]:5000/api/" in run("photos", str(tmp_path), **variables).output

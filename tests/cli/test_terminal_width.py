"""Tables are as wide as the terminal, Korean letters take two columns, and no summary is cut off."""

import os
import subprocess
import sys

import pytest
from click.testing import CliRunner

from remo_mock.cli.group import commands
from remo_mock.cli.text_table import fitted, width_of
from tests.support.waiting import TIMEOUT

GROUPS = [["--help"], ["contract", "--help"], ["export", "--help"]]


def printed(columns: int | None, *arguments: str) -> list[str]:
    done = CliRunner(env={"COLUMNS": None if columns is None else str(columns)}).invoke(commands, arguments)
    assert done.exit_code == 0
    return done.output.splitlines()


@pytest.mark.parametrize("command", ["codes", "ledger"])
@pytest.mark.parametrize("columns", [40, 80, 120, 200])
def test_a_table_is_no_wider_than_the_terminal(command: str, columns: int) -> None:
    lines = printed(columns, command)
    # A line that is to be pasted stays whole.
    assert [line for line in lines if width_of(line) > columns and "curl" not in line and " -d " not in line] == []


@pytest.mark.parametrize(
    ("columns", "row"),
    [
        (
            200,
            "L02  Examples in Python notation  The wire carries JSON; the examples are a printed dict.",
        ),
        (80, "L02  Examples in Python        The wire carries JSON;"),
    ],
)
def test_a_wide_terminal_has_the_row_on_one_line(columns: int, row: str) -> None:
    lines = [" ".join(line.split()) for line in printed(columns, "ledger")]
    assert [line for line in lines if line.startswith(" ".join(row.split()))]


@pytest.mark.parametrize("columns", [80, 120, 200])
def test_a_file_name_is_never_broken(columns: int) -> None:
    assert any("front-no-person-511.jpg" in line for line in printed(columns, "codes"))


def test_where_words_have_no_room_each_row_is_a_list() -> None:
    rows = [[["511"], ["front-no-person-511.jpg"]], [["518"], ["", "뒤"]]]
    lines = list(fitted([["code"], ["a", "file"]], rows, width=24))
    assert lines == ["code   511", "afile  front-no-person-5", "       11.jpg", "", "code   518", "afile  뒤", ""]


def test_columns_behind_korean_letters_stay_columns() -> None:
    lines = list(
        fitted([["name"], ["x"]], [[["후면"], ["1"]], [["back"], ["2"]], [["가\u0301e\u0301"], ["3"]]], width=80)
    )
    assert {width_of(line) for line in lines} == {7}


@pytest.mark.parametrize("arguments", GROUPS)
@pytest.mark.parametrize("columns", [40, 80, 120])
def test_no_summary_is_cut_off(arguments: list[str], columns: int) -> None:
    done = CliRunner().invoke(commands, arguments, terminal_width=columns)
    summaries = done.output.partition("Commands:")[2]
    assert summaries
    assert "..." not in summaries


def test_help_is_as_wide_as_the_terminal() -> None:
    command = [sys.executable, "-m", "remo_mock", "contract", "--help"]
    environment = {**os.environ, "COLUMNS": "120"}
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=TIMEOUT, check=True)
    assert 100 < max(map(len, ended.stdout.splitlines())) <= 120


@pytest.mark.parametrize("command", ["codes", "ledger", "photos"])
def test_a_korean_terminal_has_the_same_columns(command: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Of cp949, which lacks letters that UTF-8 has: those become question marks that are as wide."""
    arguments = [command, str(tmp_path_factory.mktemp("photos"))] if command == "photos" else [command]
    environment = {**os.environ, "PYTHONIOENCODING": "cp949", "COLUMNS": "120"}
    ended = subprocess.run(
        [sys.executable, "-m", "remo_mock", *arguments],
        env=environment,
        capture_output=True,
        timeout=TIMEOUT,
        check=True,
    )
    assert max(map(width_of, ended.stdout.decode("cp949").splitlines())) <= 120

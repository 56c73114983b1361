"""No block of README and docs is only looked at: sessions and files are run, the others are read as what they are."""

import json
import re
import shlex

import click
import pytest

from remo_mock.cli.group import commands
from tests.support.checkout import ROOT
from tests.support.documents import KOREAN, PAGES, all_blocks, blocks, prose

# Run or compared elsewhere: console in test_docs_sessions.py; python, text and one job for CI in test_docs_python.py;
# other jobs, and what needs a container engine, in test_ci.py.
KINDS = {"console", "python", "text", "yaml", "json", "sh", "docker"}
LINES = [line for block in all_blocks("sh") for line in block.text.splitlines()]
TARGETS = re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE)


def test_each_block_is_of_a_kind_that_a_test_runs_or_reads() -> None:
    assert {block.language for page in PAGES for block in blocks(page)} <= KINDS


@pytest.mark.parametrize("page", [*PAGES, KOREAN])
def test_the_fences_are_closed(page: str) -> None:
    assert "```" not in prose(page)


def test_json_is_json() -> None:
    assert [type(json.loads(block.text)) for block in all_blocks("json")] == [dict for _ in all_blocks("json")]


@pytest.mark.parametrize("line", LINES)
def test_a_line_for_the_shell_names_commands_and_options_that_exist(line: str) -> None:
    program, *arguments = shlex.split(line, comments=True)
    if program == "make":
        assert arguments[0] in TARGETS
        return
    assert program == "remo-mock"
    command: click.Command = commands
    context = click.Context(command, **command.context_settings)  # click keeps the options for help of the first one
    while isinstance(command, click.Group):
        _name, found, arguments = command.resolve_command(context, arguments)
        assert found is not None
        command, context = found, click.Context(found, parent=context)
    command.make_parser(context).parse_args(arguments)

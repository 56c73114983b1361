"""The commands `remo-mock contract ...`: start, build and check a folder of contract data."""

import sys
from pathlib import Path

import click

from remo_mock.cli.command_group import CommandGroup
from remo_mock.cli.contract_derive import derive_command
from remo_mock.cli.contract_diff import diff_command
from remo_mock.cli.file_writing import write_files
from remo_mock.cli.options import force_option
from remo_mock.cli.output import print_text
from remo_mock.contract.building.schemas import stale_files
from remo_mock.contract.checking import check_files
from remo_mock.contract.consistency import SHARED
from remo_mock.contract.packaged import directory, folder_problems, read_files, without_additions
from remo_mock.contract.reading import problems_before_building
from remo_mock.exceptions import ContractError

_PROBLEMS = 1
_folder = click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))


@click.group("contract", cls=CommandGroup)
def contract_command() -> None:
    """Make and check a contract of your own; with REMO_MOCK_CONTRACT_DIR=DIR every command follows it."""


contract_command.add_command(derive_command)
contract_command.add_command(diff_command)


@contract_command.command("init")
@_folder
@force_option
def init_command(folder: Path, *, force: bool) -> None:
    """Copy the packaged contract to DIR, as a start."""
    files = _packaged_files()
    write_files(folder, files, force=force)
    endpoints = sum(name.endswith("/endpoint.json") for name in files)
    print_text(
        f"{folder} holds the packaged contract: {endpoints} endpoints.\n"
        f"Copy one of its folders, change the endpoint.json in it, then: remo-mock contract build {folder}"
    )


@contract_command.command("build")
@_folder
@click.option("--check", is_flag=True, help="Write nothing; exit 1 and name the files that are stale.")
def build_command(folder: Path, *, check: bool) -> None:
    """Write the schemas of each endpoint.json in DIR.

    Exit: 0 if they are written, 1 if a file written by hand has a problem, and nothing is written; 2 usage.
    """
    files, unreadable = _read(folder)
    documents = without_additions(files)
    # A generated file that cannot be read is written anew.
    problems = [one for one in unreadable if one.where in SHARED or one.where.endswith("/endpoint.json")]
    problems = problems or list(problems_before_building(documents))
    if problems:
        _print_problems(problems)
        sys.exit(_PROBLEMS)
    stale = dict(stale_files(documents))
    if check:
        print_text("\n".join([*(f"stale: {name}" for name in stale), f"{len(stale)} stale"]))
        if stale:
            click.echo(f"Write them: remo-mock contract build {folder}", err=True)
        sys.exit(_PROBLEMS if stale else 0)
    write_files(folder, {name: text.encode() for name, text in stale.items()}, force=True)
    print_text("\n".join([*(f"wrote: {name}" for name in stale), f"{len(stale)} written"]))


@contract_command.command("check")
@_folder
def check_command(folder: Path) -> None:
    """Report every problem of the contract in DIR.

    Each has its file, its key, and what to do. Exit: 0 no problem, 1 problems, 2 usage.
    """
    files, problems = _read(folder)
    unread = {problem.where.partition("/")[0] for problem in problems}
    if not unread.intersection(SHARED):
        problems += check_files({name: data for name, data in files.items() if name.partition("/")[0] not in unread})
    if problems:
        _print_problems(problems)
        sys.exit(_PROBLEMS)
    endpoints = sum(name.endswith("/endpoint.json") for name in files)
    print_text(f"{folder}: {endpoints} endpoints, no problem. Use it: REMO_MOCK_CONTRACT_DIR={folder} remo-mock ...")


def _packaged_files() -> dict[str, bytes]:
    schemas = directory("schemas")
    return {path.relative_to(schemas).as_posix(): path.read_bytes() for path in sorted(schemas.rglob("*.json"))}


def _read(folder: Path) -> tuple[dict[str, object], list[ContractError]]:
    """Read the files of a contract folder. Raises `ContractError` if it is none."""
    for problem in folder_problems(folder):
        raise problem
    return read_files(folder)


def _print_problems(problems: list[ContractError]) -> None:
    """Print problems, those of one file together."""
    lines: list[str] = []
    for where in dict.fromkeys(problem.where for problem in problems):
        lines.append(where)
        lines += [f"  {one.problem}\n    {one.advice}" for one in problems if one.where == where]
    count = len(problems)
    lines.append(f"\n{count} problem{'s' * (count != 1)}")
    print_text("\n".join(lines))

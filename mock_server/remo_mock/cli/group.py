"""The command line: finds the command, runs it, and turns errors into one line with a remedy."""

import sys
import warnings
from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module
from typing import Any

import click

from remo_mock._version import __version__
from remo_mock.cli.command_group import HELP_SETTINGS, CommandGroup
from remo_mock.cli.output import ReaderGoneError, abandon_stdout, prepare_streams
from remo_mock.exceptions import RemoMockError, UnknownVariableWarning

# What a shell reports of a program that SIGPIPE ended. Click's own 1 means a violation to `verify`, drift to `drift`.
_READER_GONE = 141
_USAGE = 2


class LazyGroup(CommandGroup):
    """A group that imports a command when it runs ("Lazily Loading Subcommands" in click's documentation).

    `lazy_subcommands` maps names to short helps, so that help and shell completion import no command, either. The
    command `name` is `name_command` in the module `remo_mock.cli.name`.
    """

    def __init__(self, *args: Any, lazy_subcommands: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._lazy_subcommands = lazy_subcommands
        for name, short_help in lazy_subcommands.items():
            self.add_command(click.Command(name, short_help=short_help))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that the arguments name, imported by now, and the arguments behind it."""
        name, command, rest = super().resolve_command(ctx, args)
        if name in self._lazy_subcommands:
            command = getattr(import_module(f"remo_mock.cli.{name}"), f"{name}_command")
        return name, command, rest


@click.group(
    cls=LazyGroup,
    context_settings=HELP_SETTINGS,
    lazy_subcommands={
        "codes": "Print every error code, and how to get it.",
        "contract": "Make and check a contract of your own.",
        "drift": "Compare recorded replies with those of the mock.",
        "export": "Write the contract in the form of another tool.",
        "health": "Ask a mock whether it answers.",
        "ledger": "Print where the vendor's pages contradict themselves.",
        "openapi": "Print the API as an OpenAPI 3.1 document.",
        "photos": "Write test photos and photo cards.",
        "record": "Pass requests on to a real endpoint, and keep the replies.",
        "serve": "Serve the mock.",
        "verify": "Judge a server by the vendor's contract.",
    },
)
@click.version_option(__version__, prog_name="remo-mock")
def commands() -> None:
    """A mock server and contract-test kit for the REMO body-posture analysis API."""


def main() -> None:
    """Run the command line. Exit: 0 on success, 2 for what the user can mend, with one line that says how."""
    warnings.simplefilter("always", UnknownVariableWarning)
    warnings.showwarning = partial(_show_warning, warnings.showwarning)
    why_lost = prepare_streams()
    try:
        code = _run()
        sys.stdout.flush()
    except ReaderGoneError:
        abandon_stdout()
        code = _READER_GONE
    if reason := why_lost():
        click.echo(f"remo-mock: Cannot write to stdout: {reason}. Send it to another file or disk.", err=True)
        code = code or _USAGE  # a verdict that was found stays one
    sys.exit(code)


def _run() -> int:
    """Run the command of the arguments; return its exit code."""
    try:
        commands(standalone_mode=False)
    except SystemExit as error:
        return error.code if isinstance(error.code, int) else 0
    except click.exceptions.Exit as error:
        return error.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.Abort:
        return 130
    except RemoMockError as error:
        click.echo(f"remo-mock: {error}", err=True)
        return error.exit_code
    return 0


def _show_warning(
    others: Callable[..., None], message: Warning | str, category: type[Warning], *where: Any, **more: Any
) -> None:
    """Show our own warnings in one line; leave the rest to `others`, which names a line of Python for each."""
    if issubclass(category, UnknownVariableWarning):
        click.echo(f"remo-mock: {message}", err=True)
    else:
        others(message, category, *where, **more)


if __name__ == "__main__":
    main()

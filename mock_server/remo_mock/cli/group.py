"""The command line: reads options, calls the rooms below, and turns their errors into one line with a remedy."""

import secrets
import sys
import warnings
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import click

from remo_mock._version import __version__
from remo_mock.addresses import base_url, is_every_interface, is_loopback
from remo_mock.cli.codes import codes_command
from remo_mock.cli.drift import drift_command
from remo_mock.cli.export import export_command
from remo_mock.cli.ledger import ledger_command
from remo_mock.cli.openapi import openapi_command
from remo_mock.cli.photos import photos_command
from remo_mock.cli.record import record_command
from remo_mock.cli.verify import verify_command
from remo_mock.exceptions import RemoMockError, UnknownVariableWarning
from remo_mock.settings import Settings
from remo_mock.web.server import serve


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="remo-mock")
def commands() -> None:
    """A mock server and contract-test kit for the REMO body-posture analysis API."""


commands.add_command(photos_command)
commands.add_command(codes_command)
commands.add_command(ledger_command)
commands.add_command(openapi_command)
commands.add_command(export_command)
commands.add_command(verify_command)
commands.add_command(record_command)
commands.add_command(drift_command)


@commands.command("serve")
@click.option("--host", help="Address to listen on.  [default: 127.0.0.1]")
@click.option("--port", help="Port; 0 takes a free one.  [default: 4420]")
@click.option("--workers", help="Processes; several share a database file.  [default: 1]")
@click.option("--db", help="Keep accounts in this SQLite file or PostgreSQL URL.  [default: in memory]")
@click.option("--seed", help="Other metrics for the same photos.  [default: 0]")
@click.option("--delay", metavar="MS|MS-MS", help="Wait before each answer.")
@click.option("--http-status", metavar="mirror|200", help="HTTP status of errors (L19).  [default: mirror]")
@click.option(
    "--error-shape", metavar="status|status_code|both", help="Key of the error code (L01).  [default: status]"
)
@click.option("--max-body", metavar="MB", help="Largest request body (L22).  [default: 64]")
@click.option(
    "--admin-token", metavar="T", help="/__admin wants this token.  [default: made if the host is not loopback]"
)
@click.option("--cors", metavar="ORIGIN", help="Let web pages of this origin (*: any) call the vendor's routes.")
@click.option("--accounts", metavar="N", help="Invent so many accounts more, and print them.  [default: 0]")
@click.option("--replay", metavar="DIR", help="Answer as recorded in this cassette what it knows (see record).")
@click.option("--no-console", is_flag=True, default=None, help="Leave out the page at /, for programs alone.")
def serve_command(**options: Any) -> None:
    """Serve the mock until Ctrl-C. Each option can also be set as REMO_MOCK_<OPTION>; empty is not set."""
    settings = Settings.from_environment(**options)
    made = None
    if settings.admin_token is None and not is_loopback(settings.host):
        made = secrets.token_urlsafe(16)
        settings = replace(settings, admin_token=made)
    serve(settings, announce=partial(_announce, made_token=made, invented=_invented(settings)))


def _invented(settings: Settings) -> list[str]:
    """Return the invented accounts as the lines of a table."""
    if not settings.accounts:
        return []
    from remo_mock.store.personas import first_personas

    accounts = first_personas(settings.accounts, seed=settings.seed)
    rows = [("Email", "UserKey", "APIKey"), *((one.email, one.user_key, one.api_key) for one in accounts)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def _announce(settings: Settings, *, made_token: str | None, invented: list[str]) -> None:
    url = base_url(settings.host, settings.port)
    # Browsers keep to themselves what stands behind the #: the token reaches no log.
    fragment = f"#token={made_token}" if made_token else ""
    console = [] if settings.no_console else [f"  console   {url}/{fragment} (in a browser: try it, watch it)"]
    lines = [
        f"remo-mock {__version__} on {url}",
        *console,
        f"  reference {url}/__admin/docs",
        "  account   demo@example.com / demo-user-key / demo-api-key",
    ]
    if is_every_interface(settings.host):
        lines.append("  network   listens on all interfaces: other machines reach it by this one's name or address")
    if settings.admin_token is not None:  # one that was given is a secret of who gave it, and logs are read by more
        lines.append(f"  token     {made_token or 'as given'} (Authorization: Bearer ..., for accounts, outcomes, ...)")
    lines.append("  stop      Ctrl-C")
    click.echo("\n".join([*lines, *invented]))
    sys.stdout.flush()


def main() -> None:
    """Run the command line: exit 0 on success, 2 for what the user can mend, with one line that says how."""
    warnings.simplefilter("always", UnknownVariableWarning)
    warnings.showwarning = partial(_show_warning, warnings.showwarning)
    try:
        commands(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.Abort:
        sys.exit(130)
    except RemoMockError as error:
        click.echo(f"remo-mock: {error}", err=True)
        sys.exit(error.exit_code)


def _show_warning(
    others: Callable[..., None], message: Warning | str, category: type[Warning], *where: Any, **more: Any
) -> None:
    """Show what is said to users as one line; to `others`, which name a line of Python, go the remaining warnings."""
    if issubclass(category, UnknownVariableWarning):
        click.echo(f"remo-mock: {message}", err=True)
    else:
        others(message, category, *where, **more)


if __name__ == "__main__":
    main()

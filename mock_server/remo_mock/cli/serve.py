"""The command `remo-mock serve`: starts the server, and says where it is and who may call."""

import os
import secrets
import signal
from dataclasses import asdict, replace
from functools import partial

import click

from remo_mock._version import __version__
from remo_mock.addresses import base_url, is_every_interface, is_loopback
from remo_mock.cli.browser import open_browser
from remo_mock.cli.options import SERVE, settings_options
from remo_mock.cli.output import NETWORK, STOP, print_if_read
from remo_mock.cli.ready_file import Ready, ReadyFile, ReadyFileError
from remo_mock.cli.text_table import table
from remo_mock.contract import Switches
from remo_mock.settings import Settings
from remo_mock.store.personas import first_personas
from remo_mock.web.server import serve

_DEMO = "demo@example.com"


@click.command("serve")
@settings_options(*SERVE)
def serve_command(settings: Settings) -> None:
    """Serve the mock until Ctrl-C.

    Each option can also be set as REMO_MOCK_<OPTION>, such as REMO_MOCK_MAX_BODY=8; an argument wins, and an empty
    variable counts as not set. REMO_MOCK_ACCOUNT takes several accounts with spaces between. What is secret (a token,
    keys, a password in --db) stays out of the list of processes if it comes by a variable or a file.
    REMO_MOCK_CONTRACT_DIR (a contract of your own) and REMO_MOCK_CACHE_BYTES (photos seen before) have no option.
    """
    made_token = None
    if settings.admin_token is None and not is_loopback(settings.host):
        made_token = secrets.token_urlsafe(16)
        settings = replace(settings, admin_token=made_token)
    invented = _invented(settings)
    if settings.ready_file is None:
        serve(settings, announce=partial(_announce, made_token=made_token, invented=invented))
    else:
        _serve_and_say_so(settings, ReadyFile(settings.ready_file), made_token=made_token, invented=invented)


def _serve_and_say_so(
    settings: Settings, ready_file: ReadyFile, *, made_token: str | None, invented: list[str]
) -> None:
    """Serve, with a ready file while the mock answers. Raises `ReadyFileError` if there can be none."""
    failures = []

    def announce(serving: Settings) -> None:
        try:
            ready_file.write(Ready(base_url(serving.host, serving.port), serving.admin_token, os.getpid()))
        except ReadyFileError as error:  # whoever waits for the file would wait in vain
            failures.append(error)
            os.kill(os.getpid(), signal.SIGTERM)
        else:
            _announce(serving, made_token=made_token, invented=invented)

    try:
        serve(settings, announce=announce)
    finally:
        ready_file.remove()
    if failures:
        raise failures[0]


def _invented(settings: Settings) -> list[str]:
    """Return the invented accounts as the lines of a table."""
    if not settings.accounts:
        return []
    accounts = first_personas(settings.accounts, seed=settings.seed, locale=settings.accounts_locale)
    rows = [("Email", "UserKey", "APIKey"), *((one.email, one.user_key, one.api_key) for one in accounts)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return list(table([[[cell] for cell in row] for row in rows], widths))


def _changed_switches(settings: Settings) -> list[str]:
    """Return the switches that have not their defaults, as options of the command line."""
    usual = asdict(Switches())
    chosen = {name: value for name, value in asdict(settings.switches).items() if value != usual[name]}
    return [f"--{name.replace('_', '-')} {value}" for name, value in chosen.items()]


def _announce(settings: Settings, *, made_token: str | None, invented: list[str]) -> None:
    url = base_url(settings.host, settings.port)
    own = {account.email for account in (*settings.file_accounts, *settings.first_accounts)}
    lines = [f"remo-mock {__version__} on {url}"]
    if not settings.no_console:
        # Browsers keep to themselves what stands behind the #: the token reaches no log.
        fragment = f"#token={made_token}" if made_token else ""
        lines.append(f"  console   {url}/{fragment} (in a browser: try it, watch it)")
    lines.append(f"  reference {url}/__admin/docs")
    if changed := _changed_switches(settings):
        lines.append(f"  switches  {' '.join(changed)}")
    if _DEMO not in own:
        lines.append(f"  account   {_DEMO} / demo-user-key / demo-api-key")
    if own:
        lines.append(f"  own       {len(own)} with the keys that were given")
    if is_every_interface(settings.host):
        lines.append(NETWORK)
    if settings.admin_token is not None:  # one that was given is a secret, and many read logs
        lines.append(f"  token     {made_token or 'as given'} (Authorization: Bearer ..., for accounts, outcomes, ...)")
    print_if_read("\n".join([*lines, STOP, *invented]))
    # Without the token: the list of processes would show it.
    if settings.open_browser and not settings.no_console and not open_browser(url):
        click.echo(f"remo-mock: there is no browser to open here; open {url} yourself", err=True)

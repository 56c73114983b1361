"""The command `remo-mock health`: asks a mock whether it answers, for containers, CI and scripts without curl."""

import time
from pathlib import Path

import click

from remo_mock.addresses import base_url
from remo_mock.cli.health_check import NotHealthyError, NotStartedError, ask, read_seconds, read_url
from remo_mock.cli.options import settings_options
from remo_mock.cli.output import print_text
from remo_mock.cli.ready_file import ReadyFileError, read_ready_file
from remo_mock.settings import Settings
from remo_mock.settings.option_types import Parsed

# Seconds between two questions while it is waited for.
_PAUSE = 0.1
_SECONDS = Parsed(read_seconds, "a number of seconds")


@click.command("health")
@click.argument("url", required=False, type=Parsed(read_url))
@click.option(
    "--ready-file",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.json",
    help="Ask the mock that wrote this file (serve --ready-file).",
)
@click.option("--wait", type=_SECONDS, default=0, metavar="SECONDS", help="Ask again until it answers, so long.")
@click.option("--timeout", type=_SECONDS, default=5, metavar="SECONDS", help="Wait so long for one answer.")
@settings_options()
def health_command(settings: Settings, url: str | None, ready_file: Path | None, wait: float, timeout: float) -> None:
    """Ask the mock at URL whether it answers; without URL, the one that `serve` runs with the same variables.

    Exit: 0 it does, 1 it does not, 2 usage; the message says what to do. A mock of this machine is asked without a
    proxy, whatever the environment names.
    """
    if url is not None and ready_file is not None:
        raise click.UsageError("Give a URL or --ready-file, not both.")
    if url is None:
        ready_file = ready_file or settings.ready_file
    if url is None and ready_file is None and settings.port == 0:
        raise click.UsageError("Port 0 is a free one: give the URL that `serve` printed, or --ready-file.")
    end = time.monotonic() + wait
    while True:
        try:
            at = url or (_url_in(ready_file) if ready_file else base_url(settings.host, settings.port))
            version = ask(at, timeout=timeout)
        except NotHealthyError:
            if time.monotonic() + _PAUSE >= end:
                raise
            time.sleep(_PAUSE)
        else:
            print_text(f"{at} is healthy: remo-mock {version}")
            return


def _url_in(ready_file: Path) -> str:
    try:
        return read_url(read_ready_file(ready_file).url)
    except FileNotFoundError as error:
        raise NotStartedError(ready_file) from error
    except ValueError as error:
        raise ReadyFileError(ready_file, "names no base URL of a mock") from error

"""The command `remo-mock record`: checks that the upstream may be called, then serves the recording proxy."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from remo_mock.addresses import base_url, is_every_interface
from remo_mock.cassettes.recorder import RecordSettings
from remo_mock.cli.options import type_of
from remo_mock.cli.output import NETWORK, STOP, print_if_read
from remo_mock.contract import read_contract
from remo_mock.contract.packaged import chosen_directory, contract_documents
from remo_mock.contract.suite import api
from remo_mock.files.private import make_private_folder
from remo_mock.web.server import free_address, listen

if TYPE_CHECKING:
    from remo_mock.web.served import Served


@click.command("record")
@click.option("--upstream", required=True, metavar="URL", help="Base URL of the real endpoint.")
@click.option(
    "--cassette",
    required=True,
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Keep the exchanges in this directory.",
)
@click.option("--budget", type=click.INT, default=0, metavar="N", help="Credits that may be spent.")
@click.option("--live", is_flag=True, help="The upstream may be another machine than this one.")
@click.option("--allow-http", is_flag=True, help="Credentials may travel to it in clear text (L17).")
@click.option("--keep-images", is_flag=True, help="Keep drawn images, which show people, as .jpg files.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=60,
    metavar="SECONDS",
    help="Wait so long for one reply.",
)
@click.option("--host", type=type_of("host"), default="127.0.0.1", metavar="ADDRESS", help="Address to listen on.")
@click.option("--port", type=type_of("port"), default=4421, metavar="PORT", help="Port; 0 takes a free one.")
def record_command(**options: Any) -> None:
    """Pass requests on to a real endpoint, judge the replies, and keep them without credentials and photos.

    Point a client at the address that is printed; it sends its own credentials. What may cost credits is not sent
    on without --budget; nothing is sent twice. `remo-mock serve --replay DIR` answers from the recording,
    `remo-mock drift DIR` compares it with the mock.
    """
    settings = RecordSettings(contract_dir=chosen_directory(), **options)
    read_contract(contract_documents(settings.contract_dir))  # refused here, before anything is served
    try:
        api.check_target(
            settings.upstream,
            live=settings.live,
            allow_http=settings.allow_http,
            budget=settings.budget,
            has_credentials=True,  # the client's own
        )
    except api.UnsafeError as error:
        raise click.UsageError(str(error)) from error
    try:
        make_private_folder(settings.cassette)
    except OSError as error:
        raise click.UsageError(f"--cassette {settings.cassette}: {error.strerror}. Give another directory.") from error
    address, port = free_address(settings.host, settings.port)
    settings = replace(settings, port=port)
    listen(partial(_load, settings), host=address, port=port, announce=partial(_announce, settings))
    kept = len(list(settings.cassette.glob("*.json")))
    click.echo(f"{settings.cassette} holds {kept} exchanges. Next: remo-mock drift {settings.cassette}")


def _load(settings: RecordSettings) -> "Served":
    # Flask, which the process that serves needs
    from remo_mock.web.recording_proxy import create_proxy
    from remo_mock.web.served import Served

    return Served.of(create_proxy(settings, echo=print_if_read))


def _announce(settings: RecordSettings) -> None:
    lines = [
        f"remo-mock record on {base_url(settings.host, settings.port)}",
        f"  upstream  {settings.upstream}",
        f"  cassette  {settings.cassette}",
        f"  budget    {settings.budget} credits",
    ]
    if is_every_interface(settings.host):
        lines.append(NETWORK)
    print_if_read("\n".join([*lines, STOP]))

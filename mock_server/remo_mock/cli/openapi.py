"""The command `remo-mock openapi`: prints the OpenAPI document."""

import click
import orjson

from remo_mock.addresses import base_url
from remo_mock.cli.options import SWITCHES, settings_options
from remo_mock.cli.output import print_document
from remo_mock.reference.openapi import make_openapi
from remo_mock.settings import Settings


@click.command("openapi")
@settings_options(*SWITCHES)
@click.option(
    "--server",
    "servers",
    metavar="URL",
    multiple=True,
    help="Base URL; repeatable.",
    show_default="that of serve",
)
def openapi_command(settings: Settings, servers: tuple[str, ...]) -> None:
    """Print the vendor's API as an OpenAPI 3.1 document, for the mock that `serve` with these options runs."""
    own = base_url(settings.host, settings.port)
    document = make_openapi(
        settings.contract_dir,
        switches=settings.switches,
        servers=[url.rstrip("/") for url in servers] or [own],
    )
    print_document(orjson.dumps(document, option=orjson.OPT_INDENT_2))

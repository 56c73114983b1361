"""The command `remo-mock openapi`: prints the OpenAPI document, or writes it to a file."""

from pathlib import Path

import click
import orjson

from remo_mock.addresses import base_url
from remo_mock.cli.file_writing import write_document
from remo_mock.cli.options import SWITCHES, settings_options
from remo_mock.cli.output import print_document, print_text
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
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write it to this file, in UTF-8, where redirected output is UTF-16 in some shells.",
    show_default="print it",
)
def openapi_command(settings: Settings, servers: tuple[str, ...], output: Path | None) -> None:
    """Print the vendor's API as an OpenAPI 3.1 document, for the mock that `serve` with these options runs."""
    own = base_url(settings.host, settings.port)
    document = make_openapi(
        settings.contract_dir,
        switches=settings.switches,
        servers=[url.rstrip("/") for url in servers] or [own],
    )
    text = orjson.dumps(document, option=orjson.OPT_INDENT_2)
    if output is None:
        print_document(text)
    else:
        write_document(output, text + b"\n")
        print_text(f"{output}: OpenAPI {document['openapi']}, {len(document['paths'])} paths")

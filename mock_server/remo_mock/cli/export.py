"""The commands `remo-mock export ...`: write the contract for other tools."""

import shlex
from pathlib import Path

import click

from remo_mock.cli.command_group import CommandGroup
from remo_mock.cli.file_writing import write_files
from remo_mock.cli.options import SWITCHES, force_option, settings_options
from remo_mock.cli.output import print_text
from remo_mock.contract import read_contract, switched, switched_replies
from remo_mock.contract.additions import examples_of
from remo_mock.contract.packaged import contract_documents
from remo_mock.reference.wiremock import wiremock_files
from remo_mock.settings import Settings


@click.group("export", cls=CommandGroup)
def export_command() -> None:
    """Write the contract in the form of another tool."""


@export_command.command("wiremock")
@click.argument("directory", type=click.Path(path_type=Path))
@settings_options(*SWITCHES)
@force_option
def wiremock_command(directory: Path, settings: Settings, *, force: bool) -> None:
    """Write WireMock mappings to DIRECTORY: the pages' examples, and every code on demand.

    WireMock looks at no photo and counts no credits; for these, use `remo-mock serve`.
    """
    pages = read_contract(contract_documents(settings.contract_dir))
    contract = switched(pages, settings.switches)
    files = wiremock_files(
        contract,
        successes=switched_replies(pages, examples_of(pages, settings.contract_dir), settings.switches),
        http_status=settings.http_status,
        error_shape=settings.error_shape,
    )
    write_files(directory, files, force=force)
    mappings = sum(name.startswith("mappings/") for name in files)
    code = next(code.code for code in contract.endpoints[0].codes.values() if code.verdicts)
    lines = [
        f"{mappings} mappings and {len(files) - mappings} bodies in {directory}\n",
        *(f"  {one.method} {one.path}: a success, and {len(one.codes)} codes" for one in contract.endpoints),
        f"\nA code is asked for by the header `Prefer: code={code}`, or by an address such as",
        f"demo+{code}@example.com in Email; a request that breaks the schema gets its code without asking.",
        "\nNext, with WireMock 3 or newer (Java, or `npx wiremock`):",
        f"  npx wiremock --port 8080 --root-dir {shlex.quote(str(directory))}",
    ]
    print_text("\n".join(lines))

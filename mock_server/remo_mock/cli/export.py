"""The commands `remo-mock export ...`: hand the contract to other tools; what makes it is imported when they run."""

import shlex
from pathlib import Path
from typing import Any

import click


@click.group("export")
def export_command() -> None:
    """Write the contract in the form of another tool."""


@export_command.command("wiremock")
@click.argument("directory", type=click.Path(path_type=Path))
@click.option("--http-status", metavar="mirror|200", help="HTTP status of errors (L19).  [default: mirror]")
@click.option(
    "--error-shape", metavar="status|status_code|both", help="Key of the error code (L01).  [default: status]"
)
@click.option("--force", is_flag=True, help="Overwrite files that differ.")
def wiremock_command(directory: Path, *, force: bool, **options: Any) -> None:
    """Write WireMock mappings to DIRECTORY: the pages' examples, and every code on demand.

    WireMock looks at no photo and counts no credits; for these, use `remo-mock serve`.
    """
    from remo_mock.cli.file_writing import write_files
    from remo_mock.contract import read_contract, switched, switched_replies
    from remo_mock.contract.packaged import contract_documents, example_replies
    from remo_mock.reference.wiremock import wiremock_files
    from remo_mock.settings import Settings

    settings = Settings.from_environment(**options)
    pages = read_contract(contract_documents(settings.contract_dir))
    contract = switched(pages, settings.switches)
    files = wiremock_files(
        contract,
        successes=switched_replies(pages, example_replies(), settings.switches),
        http_status=settings.http_status,
        error_shape=settings.error_shape,
    )
    write_files(directory, files, force=force)
    mappings = sum(name.startswith("mappings/") for name in files)
    click.echo(f"{mappings} mappings and {len(files) - mappings} bodies in {directory}\n")
    for endpoint in contract.endpoints:
        click.echo(f"  {endpoint.method} {endpoint.path}: a success, and {len(endpoint.codes)} codes")
    code = next(code.code for code in contract.endpoints[0].codes.values() if code.verdicts)
    click.echo(f"\nA code is asked for by the header `Prefer: code={code}`, or by an address such as")
    click.echo(f"demo+{code}@example.com in Email; a request that breaks the schema gets its code without asking.")
    click.echo("\nNext, with WireMock 3 or newer (Java, or `npx wiremock`):")
    click.echo(f"  npx wiremock --port 8080 --root-dir {shlex.quote(str(directory))}")

"""The command `remo-mock photos`: writes the photos and cards, and says what to do with them.

Whatever needs Pillow is imported when the command runs, so that the other commands start without it.
"""

import shlex
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from remo_mock.cli.file_writing import write_files
from remo_mock.cli.text_table import table, width_of

if TYPE_CHECKING:
    from remo_mock.contract import Contract
    from remo_mock.photos.cards.set import PhotoFile


@click.command("photos")
@click.argument("directory", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Overwrite files that differ.")
def photos_command(directory: Path, *, force: bool) -> None:
    """Write test photos to DIRECTORY: good ones, and cards that the mock answers with the error they name."""
    from remo_mock.contract import read_contract
    from remo_mock.contract.packaged import contract_documents
    from remo_mock.photos.cards.catalogue import combination_lines
    from remo_mock.photos.cards.set import packaged_cards
    from remo_mock.settings import Settings

    contract = read_contract(contract_documents(Settings.from_environment().contract_dir))
    files = packaged_cards(contract)
    write_files(directory, {file.name: file.data for file in files}, force=force)
    heads = ("file", "what it is", *(endpoint.name for endpoint in contract.endpoints))
    rows = [(file.name, file.description, *file.answers.values()) for file in files]
    click.echo(f"{len(files)} files in {directory}\n")
    widths = [max(map(width_of, column)) for column in zip(heads, *rows, strict=True)]
    click.echo("\n".join(table([[[cell] for cell in row] for row in (heads, *rows)], widths)))
    click.echo("\nEach code is for that file among good photos. Cards compose:")
    click.echo("\n".join(f"  {line}" for line in combination_lines(contract)))
    click.echo("\nNext, with `remo-mock serve` running:")
    click.echo("\n".join(_example(contract, files, directory)))


def _example(contract: "Contract", files: Iterable["PhotoFile"], directory: Path) -> Iterator[str]:
    """Yield a command that sends one card to the endpoint with the fewest photos."""
    from remo_mock.contract.packaged import fixture
    from remo_mock.settings import Settings

    endpoint = min(contract.endpoints, key=lambda candidate: len(candidate.views))
    field = endpoint.views[0].photo_field
    card = next(file for file in files if file.answers[endpoint.name].isdigit())
    account, settings = fixture("accounts.json")["accounts"][0], Settings()
    yield f"  photo=$(base64 < {shlex.quote(str(directory / card.name))} | tr -d '\\n')"
    yield (
        f'  echo \'{{"Email": "{account["email"]}", "UserKey": "{account["user_key"]}", '
        f'"APIKey": "{account["api_key"]}", "{field}": "\'"$photo"\'"}}\' |'
    )
    yield (
        "    curl -sS -H 'Content-Type: application/json' --data-binary @- "
        f"http://{settings.host}:{settings.port}{endpoint.path}"
    )

"""The command `remo-mock photos`: writes photos and photo cards, and prints what each is for."""

import shlex
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from remo_mock.addresses import base_url
from remo_mock.cli.file_writing import write_files
from remo_mock.cli.options import force_option, settings_options
from remo_mock.cli.output import print_text
from remo_mock.cli.text_table import table, width_of
from remo_mock.contract import Contract, read_contract
from remo_mock.contract.packaged import contract_documents, fixture
from remo_mock.photos.cards.catalogue import combination_lines
from remo_mock.photos.cards.set import PhotoFile, packaged_cards
from remo_mock.settings import Settings


@click.command("photos")
@click.argument("directory", type=click.Path(path_type=Path))
@force_option
@settings_options()
def photos_command(directory: Path, settings: Settings, *, force: bool) -> None:
    """Write test photos to DIRECTORY: good ones, and cards that the mock answers with the error they name."""
    contract = read_contract(contract_documents(settings.contract_dir))
    files = packaged_cards(contract)
    write_files(directory, {file.name: file.data for file in files}, force=force)
    heads = ("file", "what it is", *(endpoint.name for endpoint in contract.endpoints))
    rows = [(file.name, file.description, *file.answers.values()) for file in files]
    widths = [max(map(width_of, column)) for column in zip(heads, *rows, strict=True)]
    lines = [
        f"{len(files)} files in {directory}\n",
        *table([[[cell] for cell in row] for row in (heads, *rows)], widths),
        "\nEach code is for that file among good photos. Cards compose:",
        *(f"  {line}" for line in combination_lines(contract)),
        "\nNext, with `remo-mock serve` running:",
        *_example(contract, files, directory, url=base_url(settings.host, settings.port)),
    ]
    print_text("\n".join(lines))


def _example(contract: Contract, files: Iterable[PhotoFile], directory: Path, *, url: str) -> Iterator[str]:
    """Yield a command that sends one card to the endpoint with the fewest photos."""
    endpoint = min(contract.endpoints, key=lambda candidate: len(candidate.views))
    field = endpoint.views[0].photo_field
    card = next(file for file in files if file.answers[endpoint.name].isdigit())
    account = fixture("accounts.json")["accounts"][0]
    yield f"  photo=$(base64 < {shlex.quote(str(directory / card.name))} | tr -d '\\n')"
    yield (
        f'  echo \'{{"Email": "{account["email"]}", "UserKey": "{account["user_key"]}", '
        f'"APIKey": "{account["api_key"]}", "{field}": "\'"$photo"\'"}}\' |'
    )
    yield f"    curl -sS -H 'Content-Type: application/json' --data-binary @- {url}{endpoint.path}"

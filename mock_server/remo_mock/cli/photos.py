"""The command `remo-mock photos`: writes photos and photo cards, and prints what each is for."""

import shlex
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click

from remo_mock.addresses import base_url
from remo_mock.cli.file_writing import write_files
from remo_mock.cli.options import force_option, settings_options
from remo_mock.cli.output import print_text
from remo_mock.cli.text_table import fitted, screen_width, wrap
from remo_mock.contract import Contract, read_contract
from remo_mock.contract.packaged import contract_documents, fixture
from remo_mock.photos.cards.catalogue import combination_lines
from remo_mock.photos.cards.set import PhotoFile, packaged_cards
from remo_mock.settings import Settings

_WIDEST = 100


@click.command("photos")
@click.argument("directory", type=click.Path(path_type=Path))
@force_option
@settings_options()
def photos_command(directory: Path, settings: Settings, *, force: bool) -> None:
    """Write test photos to DIRECTORY: good ones, cards that get the error they name, people in postures."""
    contract = read_contract(contract_documents(settings.contract_dir))
    files = packaged_cards(contract)
    write_files(directory, {file.name: file.data for file in files}, force=force)
    prefix = _common_prefix([endpoint.name for endpoint in contract.endpoints])
    heads = [["file"], ["what it is"], *(_short(endpoint.name, prefix) for endpoint in contract.endpoints)]
    rows = [
        [[file.name], [file.description], *(answer.split(", ") for answer in file.answers.values())] for file in files
    ]
    lines = [
        f"{len(files)} files in {directory}, and what each endpoint answers to them:\n",
        *fitted(heads, rows),
        *([f"\nThe endpoints are named without {prefix}."] if prefix else []),
        "\nPeople in postures get the degrees that they show, with grades of that size.",
        "Each code is for that file among good photos. Cards compose:",
        *(text for line in combination_lines(contract) for text in _hanging(line)),
        "\nNext, with `remo-mock serve` running:",
        *_example(contract, files, directory, url=base_url(settings.host, settings.port)),
    ]
    print_text("\n".join(lines))


def _hanging(line: str) -> Iterator[str]:
    """Break a line, what follows the first part indented."""
    first, *others = wrap(line, min(_WIDEST, screen_width()) - 6)
    yield f"  {first}"
    yield from (f"      {other}" for other in others)


def _common_prefix(names: Sequence[str]) -> str:
    """Return what all names of several begin with, up to a hyphen: `analysis-skeleton-`."""
    # A name may be the prefix itself, without a hyphen behind it.
    first, last = min(names) + "-", max(names) + "-"
    differ = next((at for at, pair in enumerate(zip(first, last, strict=False)) if len(set(pair)) > 1), len(first))
    return first[: first.rfind("-", 0, differ) + 1] if len(names) > 1 else ""


def _short(name: str, prefix: str) -> list[str]:
    """Return a name without the prefix, or the lines of a name that is nothing but the prefix."""
    if name.startswith(prefix):
        return [name.removeprefix(prefix)]
    *parts, last = name.split("-")
    return [*(f"{part}-" for part in parts), last]


def _example(contract: Contract, files: Iterable[PhotoFile], directory: Path, *, url: str) -> Iterator[str]:
    """Yield a command that sends one card to the endpoint with the fewest photos."""
    endpoint = min(contract.endpoints, key=lambda candidate: len(candidate.views))
    field = endpoint.views[0].photo_field
    card = next(file for file in files if file.answers[endpoint.name].isdigit())
    account = fixture("accounts.json")["accounts"][0]
    yield f"  photo=$(base64 < {shlex.quote(str(directory / card.name))} | tr -d '\\n')"
    yield (
        f'  echo \'{{"Email": "{account["email"]}", "UserKey": "{account["user_key"]}", '
        f'"APIKey": "{account["api_key"]}",\n    "{field}": "\'"$photo"\'"}}\' |'
    )
    yield f"    curl -sS -H 'Content-Type: application/json' --data-binary @- \\\n      {url}{endpoint.path}"

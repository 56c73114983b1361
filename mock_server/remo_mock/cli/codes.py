"""The command `remo-mock codes`: prints every code with the ways to get it."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict

import click

from remo_mock.addresses import base_url
from remo_mock.cli.options import settings_options
from remo_mock.cli.output import print_document, print_text
from remo_mock.cli.text_table import fitted, labelled, sentence
from remo_mock.contract import Contract, read_contract
from remo_mock.contract.packaged import contract_documents, fixture
from remo_mock.exceptions import OutcomeError
from remo_mock.hints.hint import Hint
from remo_mock.reference.codes import NO_PHOTO, CodeRow, ExampleCredentials, code_rows
from remo_mock.service.messages.json_body import dump
from remo_mock.service.outcomes.endpoints import named_endpoints
from remo_mock.settings import Settings

_COLUMNS = [["code"], ["meaning, message"], ["source"], ["Prefer:"], ["plus-address"], ["in the request"]]


@click.command("codes")
@click.argument("code", type=int, required=False)
@click.option("--endpoint", metavar="NAME", help="Only the codes of this endpoint.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, as GET /__admin/codes answers.")
@settings_options()
def codes_command(code: int | None, endpoint: str | None, settings: Settings, *, as_json: bool) -> None:
    """Print what each code means and how to get it, or all about one CODE."""
    contract = read_contract(contract_documents(settings.contract_dir))
    every = list(
        code_rows(
            contract,
            named_endpoints(contract, endpoint),
            credentials=ExampleCredentials.chosen_from(fixture("accounts.json")["accounts"]),
            base_url=base_url(settings.host, settings.port),
        )
    )
    rows = [row for row in every if code in (None, row.code)]
    if not rows:
        raise OutcomeError(f"code={code}", Hint("one_of", {"values": tuple(sorted({row.code for row in every}))}))
    if as_json:
        print_document(dump({"codes": [asdict(row) for row in rows]}))
    else:
        print_text("\n".join(_overview(rows, contract) if code is None else _details(rows)))


def _overview(rows: Sequence[CodeRow], contract: Contract) -> Iterator[str]:
    for endpoint in dict.fromkeys(row.endpoint for row in rows):
        own = [row for row in rows if row.endpoint == endpoint]
        yield f"{endpoint}: {len(own)} codes\n"
        yield from fitted(_COLUMNS, [_cells(row) for row in own])
        yield ""
        yield from sentence(f"The photos are {', '.join(_photo_names(contract, endpoint))}.")
        yield ""
        yield from sentence("The fourth way, for any code of this table: let it wait for the account's next request.")
        yield ""
        yield f"  {_on_two_lines(own[0].ways.curl)}\n"
    yield from sentence("The files are those of `remo-mock photos DIR`. All about one code: `remo-mock codes CODE`.")


def _photo_names(contract: Contract, endpoint: str) -> Iterator[str]:
    """Yield the field of each photo with the name of its view."""
    for view in next(one for one in contract.endpoints if one.name == endpoint).views:
        yield f"{view.photo_field} ({' / '.join(contract.names.view(view.name).values())})"


def _cells(row: CodeRow) -> list[list[str]]:
    return [
        [str(row.code)],
        [row.meaning["en"], row.meaning["ko"], f'"{row.message}"'],
        [f"page {row.source['page']}", row.source["evidence"], row.source.get("ledger", "")],
        [row.ways.prefer.removeprefix("Prefer: ")],
        [row.ways.address],
        _changes(row),
    ]


def _changes(row: CodeRow) -> list[str]:
    first, *others = [change.text for change in row.ways.photo] or [NO_PHOTO]
    return [first, *(f"or {text}" for text in others)]


def _on_two_lines(command: str) -> str:
    """Break a command so that it fits a terminal and can still be pasted."""
    return command.replace(" -d ", " \\\n    -d ")


def _details(rows: Sequence[CodeRow]) -> Iterator[str]:
    for row in rows:
        ledger = f", see {row.source['ledger']}" if "ledger" in row.source else ""
        yield f"{row.code} of {row.endpoint}"
        yield from labelled(
            [
                ("meaning", f"{row.meaning['en']} / {row.meaning['ko']}"),
                ("message", f'"{row.message}"'),
                ("source", f"page {row.source['page']}, {row.source['section']} ({row.source['evidence']}{ledger})"),
                ("header", row.ways.prefer),
                ("queue", _on_two_lines(row.ways.curl)),
                ("plus-address", row.ways.address),
                ("in the request", "\n".join(_changes(row))),
            ]
        )
        yield ""

"""The command `remo-mock ledger`: prints the contradictions of the vendor's pages, and how the mock reads them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import click

from remo_mock.cli.options import settings_options
from remo_mock.cli.output import print_document, print_text
from remo_mock.cli.text_table import fitted, labelled, sentence
from remo_mock.contract import Contract, Documents, ledger_entries, read_contract
from remo_mock.contract.field_names import legend, names_in
from remo_mock.contract.names import Words
from remo_mock.contract.packaged import contract_documents
from remo_mock.exceptions import RemoMockError
from remo_mock.service.messages.json_body import dump
from remo_mock.settings import Settings


@dataclass
class LedgerEntryUnknownError(RemoMockError):
    """The ledger has no such entry."""

    asked: str
    first: str
    last: str

    def __str__(self) -> str:
        return f"The ledger has no entry {self.asked!r}; it goes from {self.first} to {self.last}: `remo-mock ledger`."


@click.command("ledger")
@click.argument("entry", metavar="[ID]", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print JSON, as GET /__admin/ledger answers.")
@settings_options()
def ledger_command(entry: str | None, settings: Settings, *, as_json: bool) -> None:
    """Print where the vendor's pages contradict themselves and how the mock reads them, or all about one ID."""
    documents = contract_documents(settings.contract_dir)
    contract = read_contract(documents)
    every = ledger_entries(contract)
    entries = [one for one in every if entry is None or _number(one["id"]) == _number(entry)]
    if not entries:
        raise LedgerEntryUnknownError(entry or "", every[0]["id"], every[-1]["id"])
    if as_json:
        print_document(dump({"entries": entries}))
    else:
        print_text(
            "\n".join(
                _overview(entries) if entry is None else _details(entries[0], _names(entries[0], contract, documents))
            )
        )


def _number(entry: str) -> str:
    """Return what two ways to write an id have in common: l5, 5 and L05 are one entry."""
    return entry.strip().upper().removeprefix("L").lstrip("0")


def _names(entry: Mapping[str, Any], contract: Contract, documents: Documents) -> Mapping[str, Words]:
    """Return the names of the fields and codes that an entry touches, as its first page with each of them has it."""
    names: dict[str, Words] = {}
    for endpoint in contract.endpoints:
        if documents[f"{endpoint.name}/endpoint.json"]["page"] in entry["pages"]:
            names = names_in(contract, endpoint.name, ", ".join(entry["touches"])) | names
    return names


def _overview(entries: list[Mapping[str, Any]]) -> Iterator[str]:
    heads = [["id"], ["what the pages leave open"], ["our reading"], ["evidence"], ["switch"]]
    rows = [
        [[one["id"]], [one["title"]], [one["reading"]], [one["source"]["evidence"]], [_option(one) or "-"]]
        for one in entries
    ]
    yield from fitted(heads, rows)
    yield ""
    yield from sentence("Switches are options of `remo-mock serve`. All about one entry: `remo-mock ledger ID`.")


def _option(entry: Mapping[str, Any]) -> str:
    return f"--{entry['switch']['option']}" if entry["switch"] else ""


def _details(entry: Mapping[str, Any], names: Mapping[str, Words]) -> Iterator[str]:
    source, switch = entry["source"], entry["switch"]
    choices = "none"
    if switch:
        choices = f"{_option(entry)} {'|'.join(switch['values'])}, by default {switch['default']}"
    if switch and "observed" in switch:
        choices += f", with --as-observed {switch['observed']}"
    yield f"{entry['id']}  {entry['title']}\n"
    yield from labelled(
        [
            ("the pages say", entry["says"]),
            ("our reading", entry["reading"]),
            ("evidence", source["evidence"]),
            ("found in", f"page {source['page']}, {source['section']}"),
            ("switch", choices),
            ("checks accept", "\n".join(f"{one['key']}: {one['reading']}" for one in entry["accepts"])),
            ("touches", ", ".join(entry["touches"])),
            *([("called", "\n".join(legend(names)))] if names else []),
        ]
    )

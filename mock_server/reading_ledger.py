"""The ledger of contradictions as it is shown: each entry with its evidence; knows no terminal and no HTTP."""

from collections.abc import Mapping

from mock_server.contract import Contract, Json


def ledger_entries(contract: Contract) -> list[Mapping[str, Json]]:
    """Return the entries in their order, with what they rest on as `source`: page, section, kind of evidence."""
    return [
        {("source" if name == "x-remo-source" else name): value for name, value in entry.items()}
        for entry in contract.ledger
    ]

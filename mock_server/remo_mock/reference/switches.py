"""Lists the switches between readings of the pages: what a mock is set to, and the ledger entry of each."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass

from remo_mock.contract import CHOICES, OBSERVED, Contract, Switches


@dataclass(frozen=True, slots=True)
class SwitchRow:
    """One switch of a mock.

    `option` is its name on the command line, `value` what the mock is set to, `values` are all of them with the default
    first, `observed` is what the live service was seen to do. `ledger` and `title` name the contradiction; both are
    empty if the contract has no entry for it.
    """

    option: str
    value: str
    values: tuple[str, ...]
    observed: str
    ledger: str
    title: str


def switch_rows(contract: Contract, switches: Switches) -> Iterator[SwitchRow]:
    """Yield a row for each switch, in the order of the options."""
    entries = {entry["switch"]["option"]: entry for entry in contract.ledger if entry["switch"]}
    for name, value in asdict(switches).items():
        option = name.replace("_", "-")
        entry = entries.get(option, {"id": "", "title": ""})
        yield SwitchRow(
            option=option,
            value=value,
            values=CHOICES[option],
            observed=getattr(OBSERVED, name),
            ledger=entry["id"],
            title=entry["title"],
        )

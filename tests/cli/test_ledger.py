"""An entry of the ledger is found however its id is written."""

import pytest
from click.testing import CliRunner

from remo_mock.cli.group import commands
from remo_mock.cli.ledger import LedgerEntryUnknownError


@pytest.mark.parametrize("written", ["L05", "l05", "l5", "L5", "5", " 05 "])
def test_an_entry_is_found(written: str) -> None:
    done = CliRunner().invoke(commands, ["ledger", written])
    assert done.output.startswith("L05  ")


@pytest.mark.parametrize("written", ["L", "", "L555", "LL5", "five", "L-5"])
def test_anything_else_is_refused(written: str) -> None:
    done = CliRunner().invoke(commands, ["ledger", written])
    assert isinstance(done.exception, LedgerEntryUnknownError)
    assert f"The ledger has no entry {written!r}; it goes from L01 to " in str(done.exception)

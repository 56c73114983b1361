"""The tables of endpoints, codes and switches say what the contract says, in docs and in README of both languages."""

import re
from dataclasses import asdict

import pytest

from remo_mock.cli.serve import serve_command
from remo_mock.contract import CHOICES, OBSERVED, Contract, read_contract
from remo_mock.contract.packaged import contract_documents, fixture
from remo_mock.reference.codes import ExampleCredentials, code_rows
from remo_mock.reference.endpoint_order import in_reading_order
from tests.support.documents import KOREAN, README
from tests.support.documents import rows as table_rows

IN_BOTH_LANGUAGES = pytest.mark.parametrize("page", [README, KOREAN])


def rows(page: str, first_cell: str) -> list[list[str]]:
    """Return the cells of the table rows whose first cell matches."""
    return [row for row in table_rows(page) if re.fullmatch(first_cell, row[0])]


@pytest.fixture(scope="module")
def contract() -> Contract:
    return read_contract(contract_documents())


@pytest.mark.parametrize("page", [README, KOREAN, "docs/contract.md"])
def test_every_endpoint_has_its_row(page: str, contract: Contract) -> None:
    documents = contract_documents()
    shown = [row[:3] for row in rows(page, r"`analysis-skeleton[\w-]*`.*")]
    assert [(name.split("`")[1], page) for name, _, page in shown] == [
        (one.path.removeprefix("/api/"), documents[f"{one.name}/endpoint.json"]["page"])
        for one in in_reading_order(contract.endpoints)
    ]
    photos = [re.findall(r"`(\w+)`", text) for _, text, _ in shown]
    assert photos[:-1] == [
        [view.photo_field for view in one.views] for one in in_reading_order(contract.endpoints)[:-1]
    ]


@pytest.mark.parametrize("column", range(5))
def test_every_code_is_marked_for_the_endpoints_that_have_it(contract: Contract, column: int) -> None:
    endpoint = in_reading_order(contract.endpoints)[column]
    credentials = ExampleCredentials.chosen_from(fixture("accounts.json")["accounts"])
    known = code_rows(contract, [endpoint], credentials=credentials, base_url="")
    marks = {
        code: row[2 + column] for row in rows("docs/outcomes.md", r"\d{3}(, \d{3})*") for code in row[0].split(", ")
    }
    assert {code: mark == "○" for code, mark in marks.items() if mark} == {
        str(row.code): row.cause is None for row in known
    }


def test_every_option_of_serve_has_its_row() -> None:
    options = [name for option in serve_command.params for name in option.opts if name.startswith("--")]
    named = " ".join(row[0] for row in rows("docs/operations.md", r"`--\w.*"))
    assert [name for name in options if not re.search(rf"`{name}[ `]", named)] == []


@IN_BOTH_LANGUAGES
def test_every_switch_has_its_row(page: str) -> None:
    shown = rows(page, r"`--(http|error|api|split|side)-\w+`")
    assert {row[0].strip("`-"): tuple(re.findall(r"`(\w+)`", row[1])) for row in shown} == dict(CHOICES)
    assert [row[3].strip("`") for row in shown] == list(asdict(OBSERVED).values())

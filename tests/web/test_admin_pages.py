"""Listings come in pages: no listing is more work, or holds the database longer, because there is much to list."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import insert

from remo_mock import Settings, create_app
from remo_mock.store.database import Database
from remo_mock.store.tables import account_table, charge_table
from tests.support.calls import BACK
from tests.support.sqlite_steps import Steps, counted_steps

ACCOUNTS = "/__admin/accounts"
CHARGES = f"{ACCOUNTS}/demo@example.com/charges"


@pytest.fixture
def steps() -> Iterator[Steps]:
    with counted_steps() as steps:
        yield steps


@pytest.fixture
def app(steps: Steps) -> Iterator[Flask]:  # noqa: ARG001 - before the first connection
    app = create_app(Settings())
    yield app
    app.extensions["remo_mock"].close()


def pages(client: FlaskClient, first: str, name: str) -> list[list[Any]]:
    """Follow the links from a first page, and return what each page lists."""
    found, following = [], first
    while following:
        page = client.get(following).get_json()
        found.append(page[name])
        following = page.get("next")
    return found


def test_charges_come_in_pages_from_the_last_one(client: FlaskClient, back_request: dict[str, Any]) -> None:
    for _ in range(5):
        client.post(BACK, json=back_request)
    listed = pages(client, f"{CHARGES}?limit=2", "charges")
    assert [[charge["balance"] for charge in page] for page in listed] == [[96, 95], [98, 97], [99]]
    assert "next" not in client.get(CHARGES).get_json()


def test_charges_of_one_uuid(client: FlaskClient, back_request: dict[str, Any]) -> None:
    for uuid in ("one", "a&b", "one"):
        client.post(BACK, json=back_request | {"uuid": uuid})
    assert [len(page) for page in pages(client, f"{CHARGES}?uuid=one&limit=1", "charges")] == [1, 1]
    assert [len(page) for page in pages(client, f"{CHARGES}?uuid=a%26b", "charges")] == [1]


def test_accounts_come_in_pages_by_address(client: FlaskClient) -> None:
    for name in ("zoe", "Zoe", "a+b&c"):
        client.post(ACCOUNTS, json={"email": f"{name}@example.com"})
    listed = pages(client, f"{ACCOUNTS}?limit=3", "accounts")
    assert [[account["email"] for account in page] for page in listed] == [
        ["Zoe@example.com", "a+b&c@example.com", "broke@example.com"],
        ["demo@example.com", "example@email.com", "your_email"],
        ["zoe@example.com"],
    ]


def test_the_journal_comes_in_pages_from_the_newest(client: FlaskClient, back_request: dict[str, Any]) -> None:
    for code in (510, 511, 512, 513, 515):
        client.post(BACK, json=back_request, headers={"Prefer": f"code={code}"})
    client.post(BACK, json=back_request)
    listed = pages(client, "/__admin/requests?code=200&limit=1", "requests")
    assert [[entry["code"] for entry in page] for page in listed] == [[200]]
    listed = pages(client, "/__admin/requests?account=demo@example.com&limit=2", "requests")
    assert [len(page) for page in listed] == [2, 2, 2]
    assert [entry["id"] for page in listed for entry in page] == [6, 5, 4, 3, 2, 1]


@pytest.mark.parametrize("query", ["limit=0", "limit=1001", "limit=x", "before=0", "before=x", "after=", "page=2"])
def test_a_page_that_cannot_be_is_refused(client: FlaskClient, query: str) -> None:
    assert client.get(f"{CHARGES}?{query}").status_code == 400


def many_charges(number: int) -> list[dict[str, Any]]:
    return [
        {
            "email": "demo@example.com",
            "at": "x",
            "endpoint": "e",
            "uuid": str(at),
            "position": 0,
            "change": 0,
            "balance": 0,
        }
        for at in range(number)
    ]


def many_accounts(number: int) -> list[dict[str, Any]]:
    keys = {"user_key": "u", "api_key": "a", "credit": 0, "granted": 0}
    return [keys | {"email": f"Person-{at:05}@example.com"} for at in range(number)]


WORK: dict[str, tuple[Any, Callable[[int], list[dict[str, Any]]], str]] = {
    "a page of charges": (charge_table, many_charges, f"{CHARGES}?limit=10"),
    "the charges of one uuid": (charge_table, many_charges, f"{CHARGES}?uuid=3&limit=10"),
    "the first accounts": (account_table, many_accounts, f"{ACCOUNTS}?limit=10"),
    "accounts further down": (account_table, many_accounts, f"{ACCOUNTS}?limit=10&after=Person-00100@example.com"),
}


@pytest.mark.parametrize(("table", "rows", "asked"), WORK.values(), ids=WORK)
def test_a_page_is_no_more_work_where_there_is_more_to_list(
    app: Flask,
    client: FlaskClient,
    steps: Steps,
    table: Any,
    rows: Callable[[int], list[dict[str, Any]]],
    asked: str,
) -> None:
    database: Database = app.extensions["remo_mock"].store.database
    work = []
    made = rows(4000)
    for part in (made[:500], made[500:]):
        with database.write() as connection:
            connection.execute(insert(table), part)
        before = steps.count
        assert client.get(asked).status_code == 200
        work.append(steps.count - before)
    assert 0 < work[1] <= work[0] + 20


def test_an_unknown_address_is_no_more_work_where_there_are_more_accounts(
    app: Flask, client: FlaskClient, steps: Steps, back_request: dict[str, Any]
) -> None:
    database: Database = app.extensions["remo_mock"].store.database
    sent = back_request | {"Email": "PERSON-00007@example.com"}
    work, made = [], many_accounts(4000)
    for part in (made[:500], made[500:]):
        with database.write() as connection:
            connection.execute(insert(account_table), part)
        before = steps.count
        reply = client.post(BACK, json=sent)
        assert "there is Person-00007@example.com" in reply.headers["X-Remo-Mock-Hint"]
        work.append(steps.count - before)
    assert 0 < work[1] <= work[0] + 20

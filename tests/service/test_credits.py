"""Credits: what successes cost, that nothing else does, and that simultaneous requests spend no credit twice."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from remo_mock.contract import Price
from remo_mock.exceptions import AccountExistsError, AccountUnknownError, StoreError
from remo_mock.store.account import Account
from remo_mock.store.accounts import Accounts
from remo_mock.store.charges import Charge, Purchase
from remo_mock.store.database import Database
from remo_mock.store.store import Store
from tests.support.calls import BACK, V2, blank_text
from tests.support.settling import charge

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
ANN = Account("ann@example.com", "ann-user-key", "ann-api-key", 3)


@pytest.fixture(params=["memory", "file"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    url = "sqlite://" if request.param == "memory" else str(tmp_path / "accounts.sqlite")
    store = Store(Database(url), clock=lambda: NOON)
    store.accounts.prepare([ANN])
    yield store
    store.database.close()


@pytest.fixture
def accounts(store: Store) -> Accounts:
    return store.accounts


def purchase(uuid: str = "u", *, family: str | None = None, price: Price | None = None) -> Purchase:
    price = price or Price(1)
    return Purchase(email=ANN.email, endpoint="e", uuid=uuid, family=family, price_of=price.of)


def changes(client: FlaskClient, path: str, *bodies: dict[str, Any]) -> list[int]:
    return [client.post(path, json=body).get_json()["credit_change"] for body in bodies]


@pytest.mark.parametrize(
    ("price", "changes"),
    [
        (Price(1), [1, 1, 1, 1]),
        (Price(1, 2, "split"), [1, 0, 1, 0]),
        (Price(3, 1), [3, 3, 3, 3]),
        (Price(2, 3, "split"), [2, 0, 0, 2]),
    ],
)
def test_the_price_follows_the_size_of_the_set(price: Price, changes: list[int]) -> None:
    assert [price.of(position) for position in range(4)] == changes


def test_v2_charges_every_request_even_of_one_uuid(client: FlaskClient, three_request: dict[str, Any]) -> None:
    assert changes(client, V2, *[three_request | {"uuid": "one"}] * 3) == [-1, -1, -1]


def test_v2_back_charges_a_set_as_it_grows(client: FlaskClient, back_request: dict[str, Any]) -> None:
    assert changes(client, BACK, *[back_request | {"uuid": "one"}] * 4) == [-1, 0, -1, 0]


def test_v2_back_charges_each_request_without_uuid(client: FlaskClient, back_request: dict[str, Any]) -> None:
    assert changes(client, BACK, back_request, back_request | {"uuid": None}, back_request | {"uuid": ""}) == [-1] * 3


def test_sets_of_other_uuids_are_other_sets(client: FlaskClient, back_request: dict[str, Any]) -> None:
    sent = [back_request | {"uuid": uuid} for uuid in ("one", "two", "one", "two")]
    assert changes(client, BACK, *sent) == [-1, -1, 0, 0]


def test_a_failure_does_not_grow_a_set(client: FlaskClient, back_request: dict[str, Any]) -> None:
    body = back_request | {"uuid": "one"}
    client.post(BACK, json=body | {"borigimg": blank_text()})
    assert changes(client, BACK, body, body) == [-1, 0]


def test_a_free_request_of_a_set_needs_no_credit(client: FlaskClient, back_request: dict[str, Any]) -> None:
    client.patch("/__admin/accounts/demo@example.com", json={"credit": 1})
    body = back_request | {"uuid": "one"}
    assert changes(client, BACK, body, body) == [-1, 0]
    assert client.post(BACK, json=body).get_json()["status"] == 422


def test_a_charge_has_the_change_and_the_balance_after_it(store: Store) -> None:
    expected = Charge("2026-11-22T12:00:00.000+00:00", "e", "u", -1, 2)
    assert charge(store, purchase()) == expected
    assert store.accounts.charges(ANN.email) == [expected]


def test_a_balance_below_the_price_does_not_change(store: Store) -> None:
    assert charge(store, purchase(price=Price(4))) is None
    assert store.accounts.account(ANN.email).credit == 3
    assert store.accounts.charges(ANN.email) == []


def test_a_crowd_cannot_spend_a_credit_twice(store: Store) -> None:
    store.accounts.change(ANN.email, credit=20)
    with ThreadPoolExecutor(16) as crowd:
        answers = list(crowd.map(lambda number: charge(store, purchase(str(number))), range(100)))
    charged = [answer for answer in answers if answer]
    assert sorted(one.balance for one in charged) == list(range(20))
    assert store.accounts.account(ANN.email).credit == 0


def test_a_crowd_of_one_set_pays_the_sets_price(store: Store) -> None:
    store.accounts.change(ANN.email, credit=100)
    one_set = purchase("one", family="split", price=Price(1, 2, "split"))
    with ThreadPoolExecutor(16) as crowd:
        list(crowd.map(lambda _: charge(store, one_set), range(41)))
    assert store.accounts.account(ANN.email).credit == 100 - 21


def test_sets_are_an_accounts_own(store: Store) -> None:
    store.accounts.add(Account("bob@example.com", "k", "k", 5))
    price = Price(1, 2, "split")
    charge(store, purchase("one", family="split", price=price))
    bobs = Purchase(email="bob@example.com", endpoint="e", uuid="one", family="split", price_of=price.of)
    assert store.accounts.price(bobs) == 1
    assert store.accounts.price(purchase("one", family="split", price=price)) == 0


def test_accounts_survive_in_a_file(tmp_path: Path) -> None:
    url = str(tmp_path / "accounts.sqlite")
    first_database, second_database = Database(url), Database(url)
    first = Store(first_database)
    first.accounts.prepare([ANN])
    charge(first, purchase())
    first.accounts.remove(ANN.email)
    first.accounts.add(Account("bob@example.com", "k", "k", 5))
    first_database.close()
    second = Accounts(second_database)
    second.prepare([ANN])
    assert [account.email for account in second.accounts()] == ["bob@example.com"]
    second_database.close()


def test_an_account_cannot_be_added_twice(accounts: Accounts) -> None:
    with pytest.raises(AccountExistsError, match=r"ann@example\.com"):
        accounts.add(ANN)


def test_the_error_for_an_unknown_account_says_what_to_do(accounts: Accounts) -> None:
    with pytest.raises(AccountUnknownError, match="GET /__admin/accounts lists them"):
        accounts.charges("nobody@example.com")


@pytest.mark.parametrize("url", ["nosuch://host/db", "/no/such/folder/accounts.sqlite"])
def test_the_error_for_a_database_that_cannot_be_opened_says_what_to_do(url: str) -> None:
    with pytest.raises(StoreError, match="Give another --db"):
        Accounts(Database(url)).prepare([ANN])


def test_the_repr_of_an_account_leaves_its_keys_out() -> None:
    assert repr(ANN) == "Account(email='ann@example.com', credit=3)"

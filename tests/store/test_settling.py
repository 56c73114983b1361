"""Charge, queue and journal are one transaction: after any failure all of an exchange is there, or nothing of it."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from remo_mock.contract import Json, Price
from remo_mock.exceptions import EndUnknownError, StoreFailedError
from remo_mock.store import kept_connection
from remo_mock.store.account import Account
from remo_mock.store.charges import Purchase
from remo_mock.store.database import Database
from remo_mock.store.store import Effects, Store
from remo_mock.store.turns import Turn
from tests.support.calls import BACK
from tests.support.cut_connections import Cut, Way
from tests.support.postgres import Cluster
from tests.support.settling import an_entry

ANN = Account("ann@example.com", "ann-user-key", "ann-api-key", 3)


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An account with three credits and two queued outcomes, the first of them for two requests."""
    if request.param == "sqlite":
        url = str(tmp_path / "mock.sqlite")
    else:
        url = request.getfixturevalue("postgresql").new_database()
    store = filled(url)
    yield store
    store.database.close()


def filled(url: str) -> Store:
    store = Store(Database(url))
    store.accounts.prepare([ANN])
    store.queue.add(ANN.email, endpoint=None, terms={"profile": "danger"}, times=2)
    store.queue.add(ANN.email, endpoint="e", terms={"code": 518})
    return store


def any_terms(_terms: Mapping[str, Json]) -> bool:
    return True


def turn(store: Store) -> Turn:
    found = store.queue.peek(ANN.email, "e", photos="p", fits=any_terms)
    assert found
    return found


def purchase(price: int = 1) -> Purchase:
    return Purchase(email=ANN.email, endpoint="e", uuid="u", family=None, price_of=Price(price).of)


def state(store: Store) -> tuple[int, list[int], list[tuple[Json, int]], list[tuple[Json, Json]]]:
    """Return the credits, the changes, the queued outcomes with their turns, and price and balance of each exchange."""
    return (
        store.accounts.account(ANN.email).credit,
        [charge.change for charge in store.accounts.charges(ANN.email)],
        [(dict(outcome.terms), outcome.times) for outcome in store.queue.waiting()],
        [(row["price"], row["balance"]) for row in store.journal.entries()],
    )


FIRST: tuple[Any, ...] = ({"profile": "danger"}, 2), ({"code": 518}, 1)


def test_turn_charge_and_exchange_are_written_together(store: Store) -> None:
    settled = store.settle(Effects(turn=turn(store), purchase=purchase()), an_entry(ANN.email))
    assert settled
    assert settled.charge
    assert (settled.charge.change, settled.charge.balance) == (-1, 2)
    assert state(store) == (2, [-1], [({"profile": "danger"}, 1), ({"code": 518}, 1)], [(1, 2)])


def test_nothing_is_written_if_the_exchange_cannot_be(store: Store) -> None:
    effects = Effects(turn=turn(store), purchase=purchase())
    with store.database.write() as connection:
        connection.execute(text("ALTER TABLE requests RENAME TO away"))
    with pytest.raises(StoreFailedError, match="requests"):
        store.settle(effects, an_entry(ANN.email))
    with store.database.write() as connection:
        connection.execute(text("ALTER TABLE away RENAME TO requests"))
    assert state(store) == (3, [], [*FIRST], [])


def test_nothing_is_written_if_the_credits_were_spent_meanwhile(store: Store) -> None:
    assert store.settle(Effects(turn=turn(store), purchase=purchase(4)), an_entry(ANN.email)) is None
    assert state(store) == (3, [], [*FIRST], [])


def test_nothing_is_written_if_the_turn_was_taken_meanwhile(store: Store) -> None:
    mine = turn(store)
    assert [bool(store.settle(Effects(turn=turn(store)), an_entry())) for _ in range(2)] == [True, True]
    assert store.settle(Effects(turn=mine, purchase=purchase()), an_entry()) is None
    assert state(store)[:3] == (3, [], [({"code": 518}, 1)])


def test_a_turn_of_an_outcome_of_which_others_took_turns_is_still_there(store: Store) -> None:
    mine = turn(store)
    assert store.settle(Effects(turn=turn(store)), an_entry())
    assert store.settle(Effects(turn=mine), an_entry())
    assert state(store)[2] == [({"code": 518}, 1)]


def test_an_outcome_that_has_the_number_of_a_taken_one_is_not_taken_for_it(store: Store) -> None:
    store.queue.clear()
    store.queue.add(ANN.email, endpoint="e", terms={"code": 518})
    mine = turn(store)
    store.queue.clear()
    store.queue.add(ANN.email, endpoint="e", terms={"code": 550})
    assert store.settle(Effects(turn=mine), an_entry()) is None
    assert state(store)[2] == [({"code": 550}, 1)]


def test_an_address_is_found_by_ascii_letters_of_another_case(store: Store) -> None:
    for email in ("Zoë@example.com", "ÄMMA@example.com"):
        store.accounts.add(Account(email, "u", "a"))
    spelled = [
        store.accounts.spelled_like(email) for email in ("zOë@EXAMPLE.com", "zoË@example.com", "äMMA@example.com")
    ]
    assert spelled == ["Zoë@example.com", None, None]
    assert [account.email for account in store.accounts.accounts(after="Zoë@example.com")] == [
        "ann@example.com",
        "ÄMMA@example.com",
    ]


def test_a_client_whose_exchange_cannot_be_kept_is_not_charged(
    app: Flask, client: FlaskClient, back_request: dict[str, Any]
) -> None:
    client.post("/__admin/outcomes", json={"account": "demo@example.com", "profile": "danger"})
    store: Store = app.extensions["remo_mock"].store
    with store.database.write() as connection:
        connection.execute(text("DROP TABLE requests"))
    reply = client.post(BACK, json=back_request)
    assert (reply.status_code, reply.get_json()["credit"]) == (559, 0)
    assert "The account store sqlite:// failed: no such table: requests" in reply.headers["X-Remo-Mock-Hint"]
    assert store.accounts.account("demo@example.com").credit == 100
    assert [outcome.times for outcome in store.queue.waiting()] == [1]


@pytest.fixture
def far(far_url: str) -> Iterator[Store]:
    """The same store, on a server whose connections can be cut."""
    store = filled(far_url)
    yield store
    store.database.close()


@pytest.mark.parametrize("cut", ["before the server has it", "before it confirms"])
def test_a_connection_that_is_lost_in_the_commit_costs_once(way: Way, far: Store, cut: Cut) -> None:
    effects = Effects(turn=turn(far), purchase=purchase())
    way.cut = cut
    settled = far.settle(effects, an_entry(ANN.email))
    assert (settled and settled.charge and settled.charge.balance, way.cuts) == (2, 1)
    assert state(far) == (2, [-1], [({"profile": "danger"}, 1), ({"code": 518}, 1)], [(1, 2)])


@pytest.mark.parametrize("cut", ["before the server has it", "before it confirms"])
def test_a_free_exchange_whose_commit_is_lost_is_kept_once(way: Way, far: Store, cut: Cut) -> None:
    way.cut = cut
    assert far.settle(Effects(), an_entry(ANN.email))
    assert (state(far)[3], way.cuts) == ([(0, 0)], 1)


def test_an_end_that_nobody_can_tell_is_called_unknown(way: Way, far: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_connection, "_PATIENCE", 0.0)
    effects = Effects(purchase=purchase())
    assert far.settle(Effects(), an_entry())
    way.close()
    way.cut = "before it confirms"
    with pytest.raises(EndUnknownError, match="unknown whether this request was charged"):
        far.settle(effects, an_entry(ANN.email))


END_OTHERS = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{}' AND pid <> pg_backend_pid()"


def test_a_connection_that_was_lost_between_requests_is_replaced(postgresql: Cluster) -> None:
    url = postgresql.new_database()
    store = filled(url)
    assert store.settle(Effects(), an_entry())
    postgresql.run(END_OTHERS.format(url.rpartition("/")[2]))
    assert store.accounts.knows(ANN.email)
    postgresql.run(END_OTHERS.format(url.rpartition("/")[2]))
    assert store.settle(Effects(purchase=purchase()), an_entry(ANN.email))
    assert state(store)[:2] == (2, [-1])
    store.database.close()

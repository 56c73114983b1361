"""Exchanges that are settled together: each gets what it would get alone, and what fails fails for all of them once."""

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from remo_mock.exceptions import EndUnknownError, StoreFailedError
from remo_mock.store import kept_connection
from remo_mock.store.account import Account
from remo_mock.store.charges import Purchase
from remo_mock.store.database import Database
from remo_mock.store.patience import WouldWaitError, without_waiting
from remo_mock.store.store import Effects, Settled, Settlement, Store
from tests.support.cut_connections import Cut, Way
from tests.support.settling import an_entry

ANN = Account("ann@example.com", "ann-user-key", "ann-api-key", 3)


def filled(url: str) -> Store:
    store = Store(Database(url))
    store.accounts.prepare([ANN])
    return store


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An account with three credits."""
    if request.param == "sqlite":
        store = filled(str(tmp_path / "mock.sqlite"))
    else:
        store = filled(request.getfixturevalue("postgresql").new_database())
    yield store
    store.database.close()


def success(price: int = 1) -> Settlement:
    purchase = Purchase(email=ANN.email, endpoint="e", uuid="u", family=None, price_of=lambda _position: 6 // price)
    return Settlement(Effects(purchase=purchase), an_entry(ANN.email))


def balance(done: Settled | Exception | None) -> int | type[object]:
    """Return what a charge left, else the kind of what came in its place."""
    return done.charge.balance if isinstance(done, Settled) and done.charge else type(done)


def changes(store: Store) -> list[int]:
    """Return the changes of all charges; there is one exchange for each."""
    found = [charge.change for charge in store.accounts.charges(ANN.email)]
    assert [-row["price"] for row in reversed(store.journal.entries())] == found
    assert store.accounts.account(ANN.email).credit == ANN.credit + sum(found)
    return found


def test_who_comes_first_is_charged_first_as_far_as_the_credits_reach(store: Store) -> None:
    done = store.settle_all([success(6), success(2), success(3), success(6)])
    assert [balance(one) for one in done] == [2, type(None), 0, type(None)]
    assert changes(store) == [-1, -2]


def test_one_that_cannot_be_written_costs_the_others_nothing(store: Store) -> None:
    done = store.settle_all([success(6), success(0), success(6)])
    assert [balance(one) for one in done] == [2, ZeroDivisionError, 1]
    assert changes(store) == [-1, -1]


@pytest.fixture
def far(far_url: str) -> Iterator[Store]:
    """The same store, on a server whose connections can be cut."""
    store = filled(far_url)
    yield store
    store.database.close()


@pytest.mark.parametrize("cut", ["before the server has it", "before it confirms"])
def test_a_connection_that_is_lost_in_their_commit_costs_each_once(way: Way, far: Store, cut: Cut) -> None:
    way.cut = cut
    done = far.settle_all([success(6), success(1), success(3)])
    assert ([balance(one) for one in done], way.cuts) == ([2, type(None), 0], 1)
    assert changes(far) == [-1, -2]


def test_an_end_that_nobody_can_tell_is_unknown_for_all_and_not_tried_again(
    way: Way, far: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_connection, "_PATIENCE", 0.0)
    assert far.settle(Effects(), an_entry())
    way.close()
    way.cut = "before it confirms"
    assert [balance(one) for one in far.settle_all([success(6), success(6)])] == [EndUnknownError] * 2


def test_who_must_not_wait_is_told_so_and_nothing_is_changed(tmp_path: Path) -> None:
    file = tmp_path / "mock.sqlite"
    store = filled(str(file))
    with closing(sqlite3.connect(file, isolation_level=None)) as other_process:
        other_process.execute("BEGIN IMMEDIATE")
        with without_waiting():
            done = store.settle_all([success(6), success(6)])
    assert [balance(one) for one in done] == [WouldWaitError] * 2
    assert changes(store) == []
    store.database.close()


def test_logging_that_fails_when_the_store_works_again_has_nothing_written_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_record: logging.LogRecord) -> bool:
        raise RuntimeError

    monkeypatch.setattr(logging.getLogger("remo_mock"), "filters", [fail])
    file = tmp_path / "mock.sqlite"
    store = filled(str(file))
    file.rename(tmp_path / "away")
    assert [balance(one) for one in store.settle_all([success(6), success(6)])] == [StoreFailedError] * 2
    (tmp_path / "away").rename(file)
    assert [balance(one) for one in store.settle_all([success(6), success(6)])] == [2, 1]
    assert changes(store) == [-1, -1]
    store.database.close()

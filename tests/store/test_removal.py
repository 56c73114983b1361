"""An account that is deleted is gone at once; its rows are deleted in parts, between which others have their turn."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import pytest

from remo_mock.contract import Price
from remo_mock.exceptions import AccountExistsError, AccountUnknownError
from remo_mock.store import removal
from remo_mock.store.account import Account
from remo_mock.store.charges import Purchase
from remo_mock.store.database import Database
from remo_mock.store.store import Store
from remo_mock.store.tables import charge_table, outcome_table
from tests.support.settling import charge

ANN = Account("ann@example.com", "ann-user-key", "ann-api-key", 20)
BOB = Account("bob@example.com", "bob-user-key", "bob-api-key", 20)
TWO_FOR_ONE = Price(1, 2, "split").of


class KilledError(Exception):
    """The process ends here."""


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return str(tmp_path / "mock.sqlite")
    new: str = request.getfixturevalue("postgresql").new_database()
    return new


@pytest.fixture
def store(url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """Two accounts, whose charges lie between each other: eleven of Ann's, and two of her outcomes."""
    monkeypatch.setattr(removal, "_PART", 4)
    store = Store(Database(url))
    store.accounts.prepare([ANN, BOB])
    for number in range(11):
        assert charge(store, of(ANN, "one"))
        assert charge(store, of(BOB, str(number)))
    store.queue.add(ANN.email, endpoint=None, terms={"code": 518})
    store.queue.add(ANN.email, endpoint=None, terms={"code": 518})
    yield store
    store.database.close()


def of(account: Account, uuid: str) -> Purchase:
    return Purchase(email=account.email, endpoint="e", uuid=uuid, family="split", price_of=TWO_FOR_ONE)


def rows(store: Store) -> tuple[int, int]:
    """Return how many charges and outcomes are in the database, whoever they belong to."""
    with store.database.read() as connection:
        charges, outcomes = (connection.execute(table.select()).all() for table in (charge_table, outcome_table))
        return len(charges), len(outcomes)


def between(monkeypatch: pytest.MonkeyPatch, act: Callable[[float], object]) -> None:
    """Have something done between two parts, which is where a removal pauses."""
    monkeypatch.setattr(removal, "sleep", act)


def killed(_seconds: float) -> NoReturn:
    raise KilledError


def test_it_is_deleted_in_parts_and_others_spend_between_them(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = list[tuple[int, int]]()

    def act(_seconds: float) -> None:
        seen.append(rows(store))
        assert charge(store, of(BOB, f"between {len(seen)}"))

    between(monkeypatch, act)
    store.accounts.remove(ANN.email)
    assert seen == [(18, 2), (15, 2)]
    assert rows(store) == (13, 0)
    assert len(store.accounts.charges(BOB.email)) == 13
    store.accounts.add(ANN)


def test_it_is_gone_before_its_rows_are(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    recalled = store.accounts.recall(ANN.email, ANN.user_key)
    between(monkeypatch, killed)
    with pytest.raises(KilledError):
        store.accounts.remove(ANN.email)
    assert rows(store) == (18, 2)
    assert recalled
    assert store.accounts.find(ANN.email) is None
    assert store.accounts.spelled_like(ANN.email) is None
    assert [account.email for account in store.accounts.accounts()] == [BOB.email]
    assert len(store.accounts.all_charges()) == 11
    assert store.queue.waiting() == []
    # Its next success would cost nothing, and it has no credits to be asked for.
    assert charge(store, of(ANN, "one")) is None
    with pytest.raises(AccountUnknownError):
        store.accounts.change(ANN.email, add_credit=1)
    with pytest.raises(AccountUnknownError):
        store.accounts.remove(ANN.email)
    with pytest.raises(AccountUnknownError):
        store.queue.add(ANN.email, endpoint=None, terms={"code": 518})


def test_who_opens_it_anew_after_a_kill_begins_with_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    between(monkeypatch, killed)
    with pytest.raises(KilledError):
        store.accounts.remove(ANN.email)
    between(monkeypatch, lambda _seconds: None)
    store.accounts.add(ANN)
    assert store.accounts.charges(ANN.email) == []
    assert store.accounts.account(ANN.email) == ANN
    first = charge(store, of(ANN, "one"))
    assert first
    assert (first.change, first.balance) == (-1, 19)
    with pytest.raises(AccountExistsError):
        store.accounts.add(ANN)
    assert rows(store) == (12, 0)


def test_the_next_start_deletes_what_a_kill_left(store: Store, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    between(monkeypatch, killed)
    with pytest.raises(KilledError):
        store.accounts.remove(ANN.email)
    between(monkeypatch, lambda _seconds: None)
    next_one = Store(Database(url))
    next_one.accounts.prepare([ANN, BOB])
    assert rows(next_one) == (11, 0)
    assert [account.email for account in next_one.accounts.accounts()] == [BOB.email]
    next_one.database.close()


def test_it_leaves_an_account_alone_that_was_opened_anew_meanwhile(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def open_anew(_seconds: float) -> None:
        between(monkeypatch, lambda _seconds: None)
        store.accounts.add(ANN)
        assert charge(store, of(ANN, "one"))

    between(monkeypatch, open_anew)
    store.accounts.remove(ANN.email)
    assert len(store.accounts.charges(ANN.email)) == 1


def test_an_account_that_no_database_takes_is_refused_and_not_tried_for_ever(store: Store) -> None:
    with pytest.raises(ValueError, match=r"new@example.com', credit=-1\) has no key, or credits below 0"):
        store.accounts.add(Account("new@example.com", "u", "a", -1))
    assert not store.accounts.knows("new@example.com")

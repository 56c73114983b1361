"""A thread that must not wait is told at once where the store would have it wait, and nothing is changed."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from remo_mock.contract import Price
from remo_mock.store.account import Account
from remo_mock.store.charges import Purchase
from remo_mock.store.database import Database
from remo_mock.store.patience import PatientLock, WouldWaitError, may_wait, without_waiting
from remo_mock.store.schemes import TEMPORARY
from remo_mock.store.store import Store
from tests.support.settling import charge
from tests.support.waiting import TIMEOUT

ANN = Account("ann@example.com", "ann-user-key", "ann-api-key", 3)
PURCHASE = Purchase(email=ANN.email, endpoint="e", uuid="one", family=None, price_of=Price(1).of)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "mock.sqlite"


@pytest.fixture
def store(file: Path) -> Iterator[Store]:
    store = Store(Database(str(file)))
    store.accounts.prepare([ANN])
    yield store
    store.database.close()


@pytest.fixture
def other_process(file: Path, store: Store) -> Iterator[sqlite3.Connection]:  # noqa: ARG001 - it makes the file
    """A connection as another process has one, which writes just now."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield connection


def credits_left(store: Store) -> int:
    return store.accounts.account(ANN.email).credit


def test_who_must_not_wait_does_not_wait_for_another_thread() -> None:
    lock, meeting, over = PatientLock(), threading.Barrier(2), threading.Event()

    def hold() -> None:
        with lock:
            meeting.wait(TIMEOUT)
            over.wait(TIMEOUT)

    holder = threading.Thread(target=hold)
    holder.start()
    meeting.wait(TIMEOUT)
    with without_waiting(), pytest.raises(WouldWaitError), lock:
        pass
    over.set()
    with lock:
        holder.join(TIMEOUT)
    with without_waiting(), lock:
        assert not may_wait()
    assert may_wait()


def test_who_must_not_wait_does_not_wait_for_another_process(store: Store, other_process: sqlite3.Connection) -> None:
    with without_waiting(), pytest.raises(WouldWaitError):
        charge(store, PURCHASE)
    other_process.execute("ROLLBACK")
    assert credits_left(store) == 3
    with without_waiting():
        assert charge(store, PURCHASE)
    assert credits_left(store) == 2


def test_everybody_else_waits_until_the_other_process_has_written(
    store: Store, other_process: sqlite3.Connection
) -> None:
    charging = threading.Thread(target=charge, args=(store, PURCHASE))
    charging.start()
    # Longer than the short tries before SQLite's own wait; shorter would test less, and not fail.
    charging.join(0.3)
    assert charging.is_alive()
    other_process.execute("ROLLBACK")
    charging.join(TIMEOUT)
    assert credits_left(store) == 2


def test_a_refused_wait_leaves_the_connection_as_patient_as_it_was(
    store: Store, other_process: sqlite3.Connection
) -> None:
    with without_waiting(), pytest.raises(WouldWaitError):
        charge(store, PURCHASE)
    other_process.execute("ROLLBACK")
    kept = store.database._kept._connection
    assert kept is not None
    assert kept.cursor().execute("PRAGMA busy_timeout").fetchone() == (60_000,)


@pytest.mark.parametrize(("scheme", "synchronous"), [("sqlite", 1), (TEMPORARY, 0)])
def test_only_a_temporary_file_is_written_without_waiting_for_the_disk(
    file: Path, scheme: str, synchronous: int
) -> None:
    store = Store(Database(f"{scheme}:///{file}"))
    store.accounts.prepare([ANN])
    with store.database.read() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == synchronous
    assert credits_left(store) == 3
    store.database.close()


def test_only_a_server_is_far() -> None:
    assert Database("sqlite://").is_near
    assert not Database("postgresql+psycopg://u:p@127.0.0.1:1/d").is_near

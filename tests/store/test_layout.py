"""A database of another layout: a table that is missing is made, a table that lacks a column is refused."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from remo_mock.exceptions import StoreError
from remo_mock.store.account import Account
from remo_mock.store.accounts import Accounts
from remo_mock.store.database import Database
from remo_mock.store.journal import Journal

ANN = Account("ann@example.com", "ann-user-key", "ann-api-key", 3)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a database file that a mock made and closed."""
    path = tmp_path / "mock.sqlite"
    database = Database(str(path))
    Accounts(database).prepare([ANN])
    database.close()
    return path


def alter(file: Path, *statements: str) -> None:
    with closing(sqlite3.connect(file)) as connection:
        for statement in statements:
            connection.execute(statement)


def test_a_table_that_is_missing_is_made(file: Path) -> None:
    alter(file, "drop table closings")
    database = Database(str(file))
    accounts = Accounts(database)
    accounts.prepare([Account("bob@example.com", "u", "k", 1)])
    Journal(database).close_account("a")
    assert [account.email for account in accounts.accounts()] == [ANN.email]
    database.close()


def test_charges_without_their_position_are_refused(file: Path) -> None:
    alter(file, "drop index charges_of_a_set", "alter table charges drop column position")
    database = Database(str(file))
    refusal = r"its table charges is another program's, or another version's\. Give another --db"
    with pytest.raises(StoreError, match=refusal):
        Accounts(database).prepare([ANN])
    database.close()


def test_an_index_that_is_missing_is_made(file: Path) -> None:
    alter(file, "drop index accounts_by_spelling", "drop index charges_of_an_account")
    database = Database(str(file))
    Accounts(database).prepare([])
    database.close()
    with closing(sqlite3.connect(file)) as connection:
        made = {name for (name,) in connection.execute("select name from sqlite_master where type = 'index'")}
    assert {"accounts_by_spelling", "charges_of_an_account"} <= made

"""Mocks of one process that share a file keep it safe from other programs, and leave none of its handles open."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from remo_mock.store.account import Account
from remo_mock.store.database import Database
from remo_mock.store.store import Store
from tests.support.waiting import TIMEOUT

ANN = Account("ann@example.com", "ann-user-key", "ann-api-key", 3)
LOOK = (
    "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('SELECT 1 FROM accounts').fetchall(); c.close()"
)

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps open files from being deleted")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "mock.sqlite"


@contextmanager
def opened(file: Path) -> Iterator[Store]:
    store = Store(Database(str(file)))
    store.accounts.prepare([ANN])
    assert store.accounts.knows(ANN.email)
    yield store
    store.database.close()


def handles(file: Path) -> int:
    """Return how many handles of this process are the file's."""
    found, wanted = 0, file.stat()
    for number in Path("/dev/fd").iterdir():
        try:
            found += os.path.samestat(os.fstat(int(number.name)), wanted)
        except OSError:  # the one that listed them
            continue
    return found


def look(file: Path) -> None:
    """Read the file in another program, which removes its log of writes if nobody else seems to have it open."""
    subprocess.run([sys.executable, "-c", LOOK, str(file)], check=True, timeout=TIMEOUT)


def test_a_second_mock_on_a_file_leaves_the_first_one_s_locks(file: Path) -> None:
    with opened(file) as first:
        assert first.accounts.change(ANN.email, add_credit=1).credit == 4
        with opened(file) as second:
            look(file)
            assert second.accounts.change(ANN.email, add_credit=1).credit == 5
        look(file)
        assert first.accounts.change(ANN.email, add_credit=1).credit == 6


def test_a_mock_that_is_closed_leaves_no_handle_of_its_file(file: Path) -> None:
    with opened(file), opened(file):
        assert handles(file)
    assert handles(file) == 0


class ContendedConnection(sqlite3.Connection):
    """Is refused the first times that it asks for the journal to be written ahead: another process asks as well."""

    refusals = 3

    def execute(self, statement: str, *parameters: Any) -> sqlite3.Cursor:
        if "journal_mode" in statement and ContendedConnection.refusals:
            ContendedConnection.refusals -= 1
            error = sqlite3.OperationalError("database is locked")
            error.sqlite_errorcode = sqlite3.SQLITE_BUSY
            raise error
        return super().execute(statement, *parameters)


def test_processes_that_open_a_new_file_together_all_open_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite lets nobody wait who asks for that: one of two workers, or servers, ended with "database is locked"."""
    monkeypatch.setattr("sqlite3.dbapi2.connect", partial(sqlite3.connect, factory=ContendedConnection))
    database = Database(str(tmp_path / "mock.sqlite"))
    Store(database).accounts.prepare([])
    assert ContendedConnection.refusals == 0
    database.close()

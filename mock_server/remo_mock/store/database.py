"""Opens a mock's database and lends connections to it, to one thread at a time."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TypeVar
from weakref import finalize

from sqlalchemy import Connection, Engine, false, inspect, update
from sqlalchemy.exc import SQLAlchemyError

from remo_mock.exceptions import EndedError, StoreFailedError
from remo_mock.store.database_file import DatabaseFile
from remo_mock.store.engine import BEGIN_WRITING, is_in_memory, make_engine
from remo_mock.store.failures import cannot_open, has_failed, is_failure
from remo_mock.store.kept_connection import KeptConnection
from remo_mock.store.outage import Outage
from remo_mock.store.patience import PatientLock
from remo_mock.store.statements import Execute
from remo_mock.store.tables import account_table, make_indexes, metadata

IN_MEMORY = "sqlite://"

Result = TypeVar("Result")


class Database:
    """One mock's database. Threads of one process use it one after the other, and only one process writes at a time.

    A failure of the database or of the connection to it raises `StoreFailedError`, and its transaction changes nothing;
    `EndUnknownError`, if the connection was lost in a commit and does not come back to tell how that ended;
    `EndedError`, once it is closed.
    """

    def __init__(self, url: str) -> None:
        self._engine = make_engine(url)
        self._begin_writing = BEGIN_WRITING[self._engine.dialect.name]
        self._lock = PatientLock()
        self._kept = KeptConnection(self._engine)
        watched = self._engine.dialect.name == "sqlite" and not is_in_memory(url)
        self._file = DatabaseFile(self._engine.url) if watched else None
        self._outage = Outage()
        self._is_closed = False
        # An app that a test makes and drops is closed by nobody, and sqlite3 warns of that since Python 3.13.
        finalize(self, _close, self._kept, self._engine)

    @property
    def is_near(self) -> bool:
        """Whether it is in this process or in a file, so that a transaction takes a moment."""
        return self._engine.dialect.name == "sqlite"

    def prepare(self, fill: Callable[[Connection], None]) -> None:
        """Make the tables and `fill` them, unless they exist. Raises `StoreError`."""
        try:
            with self._lock, self._transaction() as connection:
                existing = set(inspect(connection).get_table_names())
                if existing.isdisjoint(metadata.tables):
                    metadata.create_all(connection, checkfirst=False)
                    fill(connection)
                else:
                    self._complete(connection, existing)
                    if account_table.name not in existing:
                        fill(connection)
        except (SQLAlchemyError, self._engine.dialect.loaded_dbapi.Error, TypeError, ValueError) as error:
            # TypeError and ValueError are also how drivers refuse an option.
            raise cannot_open(self._engine, error) from error
        if self._file is not None:
            self._file.open()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Lend a connection for reading."""
        with self._lock, self._watched(writing=False), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Lend a connection in a transaction, which is committed as a whole or not at all."""
        with self._lock, self._watched(writing=True), self._transaction() as connection:
            yield connection

    def read_prepared(self, work: Callable[[Execute], Result]) -> Result:
        """Return what `work` reads with prepared statements."""
        return self._guarded(partial(self._kept.read, work), writing=False)

    def write_prepared(
        self, work: Callable[[Execute], Result], *, is_written: Callable[[Execute, Result], bool]
    ) -> Result:
        """Return what `work` does with prepared statements in one transaction, which it may have to do twice.

        `is_written` tells, in a later transaction, whether the one that came to a result was committed.
        """
        return self._guarded(partial(self._kept.write, work, is_written=is_written), writing=True)

    def close(self) -> None:
        """Close all connections, once nobody uses them: a request may outlast its client and its server."""
        with self._lock:
            self._is_closed = True
            _close(self._kept, self._engine)
            if self._file is not None:
                self._file.close()

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        with self._engine.connect() as connection, connection.begin():
            connection.exec_driver_sql(self._begin_writing)
            yield connection

    def _guarded(self, work: Callable[[], Result], *, writing: bool) -> Result:
        """Return what `work` comes to under the lock; do as `_watched` does, which costs more."""
        with self._lock:
            try:
                self._check()
                result = work()
            except Exception as error:  # all of them pass on; those of the driver are counted and named
                self._fail(error, writing=writing)
                raise
            self._outage.worked(writing=writing)
        return result

    @contextmanager
    def _watched(self, *, writing: bool) -> Iterator[None]:
        """Turn failures into `StoreFailedError`, and log when they begin and end."""
        try:
            self._check()
            yield
        except Exception as error:  # as above
            self._fail(error, writing=writing)
            raise
        self._outage.worked(writing=writing)

    def _check(self) -> None:
        if self._is_closed:
            raise EndedError
        if self._file is not None:
            self._file.check()

    def _fail(self, error: Exception, *, writing: bool) -> None:
        """Count a failure; raise `StoreFailedError` for one of the driver's."""
        if isinstance(error, StoreFailedError):
            self._outage.failed(error, writing=writing)
        elif is_failure(error, self._engine.dialect.loaded_dbapi):
            failed = has_failed(self._engine, error)
            self._outage.failed(failed, writing=writing)
            raise failed from error

    def _complete(self, connection: Connection, existing: set[str]) -> None:
        """Make what the tables of an earlier version lack; refuse those of another program."""
        self._refuse_foreign_tables(connection, existing)
        metadata.create_all(connection)
        make_indexes(connection)
        # A database that is read-only is reported at the start, not by the first request.
        connection.execute(update(account_table).where(false()).values(credit=account_table.c.credit))

    def _refuse_foreign_tables(self, connection: Connection, existing: set[str]) -> None:
        """Raise `StoreError` for a table that has the name of one of ours and lacks one of its columns."""
        inspector = inspect(connection)
        for table in metadata.sorted_tables:
            if table.name not in existing:
                continue
            found = {column["name"] for column in inspector.get_columns(table.name)}
            if not set(table.columns.keys()) <= found:
                reason = f"its table {table.name} is another program's, or another version's"
                raise cannot_open(self._engine, ValueError(reason), remedy="Give a database of its own to --db.")


def _close(kept: KeptConnection, engine: Engine) -> None:
    kept.close()
    engine.dispose()

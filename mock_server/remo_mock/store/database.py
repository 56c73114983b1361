"""Opens a mock's database and lends connections to it, to one thread at a time."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Dialect, Select, false, inspect, update
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.exc import InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.pool import PoolProxiedConnection
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.dml import UpdateBase

from remo_mock.store.engine import BEGIN_WRITING, cannot_open, make_engine
from remo_mock.store.tables import account_table, metadata

IN_MEMORY = "sqlite://"


class PreparedStatement:
    """A statement that SQLAlchemy compiles once for each kind of database.

    SQLAlchemy's own execution costs many times what SQLite needs for the statement (benchmarks/README.md), so the
    driver's cursor runs these: values go to the driver as they are, rows come back as tuples in the order of the
    statement's columns. `columns` are those that an INSERT fills.
    """

    def __init__(self, statement: Select[Any] | UpdateBase, *, columns: Sequence[str] | None = None) -> None:
        self.statement = statement
        self._columns = columns
        self._compiled: dict[str, tuple[str, Sequence[str] | None]] = {}

    def execute(self, cursor: DBAPICursor, dialect: Dialect, values: Mapping[str, Any]) -> DBAPICursor:
        """Execute the statement on `cursor` with values by name, and return the cursor to fetch from."""
        sql, order = self._compiled.get(dialect.name) or self._compile(dialect)
        cursor.execute(sql, values if order is None else tuple(values[name] for name in order))
        return cursor

    def _compile(self, dialect: Dialect) -> tuple[str, Sequence[str] | None]:
        columns = None if self._columns is None else list(self._columns)
        compiled = self.statement.compile(dialect=dialect, column_keys=columns)
        if not isinstance(compiled, SQLCompiler):
            raise TypeError(f"not a statement with parameters: {self.statement!r}")
        self._compiled[dialect.name] = str(compiled), compiled.positiontup
        return self._compiled[dialect.name]


Execute = Callable[[PreparedStatement, Mapping[str, Any]], DBAPICursor]
"""Executes a prepared statement with values by name, and returns the cursor to fetch from."""


class Database:
    """One mock's database. Threads of one process use it one after the other, and only one process writes at a time.

    A failure of the database or of the connection to it raises `StoreError`, and its transaction changes nothing.
    """

    def __init__(self, url: str) -> None:
        self._engine = make_engine(url)
        self._begin_writing = BEGIN_WRITING[self._engine.dialect.name]
        self._sqlite = self._engine.dialect.name == "sqlite"
        driver = self._engine.dialect.loaded_dbapi
        self._failures = (OperationalError, InterfaceError, driver.OperationalError, driver.InterfaceError)
        self._lock = Lock()
        # Prepared statements keep one connection: fetching one from the pool each time would cost more than they do.
        self._kept: PoolProxiedConnection | None = None

    def prepare(self, fill: Callable[[Connection], None]) -> None:
        """Make the tables and `fill` them, unless they exist. Raises `StoreError`."""
        try:
            with self.write() as connection:
                self._refuse_foreign_tables(connection)
                is_new = not inspect(connection).has_table(account_table.name)
                metadata.create_all(connection)  # also a single table that an earlier version did not have
                if is_new:
                    fill(connection)
                # A database that is read-only is reported at the start, not by the first request.
                connection.execute(update(account_table).where(false()).values(credit=account_table.c.credit))
        except (SQLAlchemyError, TypeError, ValueError) as error:  # the last two are also how drivers refuse an option
            raise cannot_open(self._engine, error) from error

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Lend a connection for reading."""
        with self._lock, self._translated_failures(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Lend a connection in a transaction, which is committed as a whole or not at all."""
        with (
            self._lock,
            self._translated_failures(),
            self._engine.connect() as connection,
            connection.begin(),
        ):
            connection.exec_driver_sql(self._begin_writing)
            yield connection

    @contextmanager
    def prepared(self, *, write: bool = False) -> Iterator[Execute]:
        """Lend a function that executes prepared statements; with `write`, all of them in one transaction."""
        with self._lock, self._translated_failures():
            connection = self._kept = self._kept or self._engine.raw_connection()
            cursor = connection.cursor()
            try:
                if write:
                    cursor.execute(self._begin_writing)
                yield lambda statement, values: statement.execute(cursor, self._engine.dialect, values)
                if write or not self._sqlite:
                    connection.commit()
            except BaseException:  # also an interrupt: nothing of the transaction may stay
                self._kept = None
                self._discard(connection)
                raise
            finally:
                cursor.close()

    def close(self) -> None:
        """Close all connections."""
        if self._kept is not None:
            self._kept.close()
        self._engine.dispose()

    def _refuse_foreign_tables(self, connection: Connection) -> None:
        """Raise `StoreError` for a table that has the name of one of ours and lacks one of its columns."""
        inspector = inspect(connection)
        existing = inspector.get_table_names()
        for table in metadata.sorted_tables:
            if table.name not in existing:
                continue
            found = {column["name"] for column in inspector.get_columns(table.name)}
            if not set(table.columns.keys()) <= found:
                reason = f"its table {table.name} is another program's, or another version's"
                raise cannot_open(self._engine, ValueError(reason), remedy="Give a database of its own to --db.")

    @contextmanager
    def _translated_failures(self) -> Iterator[None]:
        try:
            yield
        except self._failures as error:
            raise cannot_open(self._engine, error) from error

    def _discard(self, connection: PoolProxiedConnection) -> None:
        """Roll back, and give the connection up."""
        if self._sqlite:
            connection.rollback()
            connection.close()
        else:
            connection.invalidate()  # the connection itself may be what failed

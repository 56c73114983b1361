"""The tables of a mock's database and how it is reached; knows no rule of credits, outcomes or journals."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    Connection,
    Engine,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    create_engine,
    event,
    inspect,
)
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import PoolProxiedConnection, StaticPool

from mock_server.exceptions import StoreError
from mock_server.prepared import Run

IN_MEMORY = "sqlite://"

metadata = MetaData()

accounts = Table(
    "accounts",
    metadata,
    Column("email", String, primary_key=True),
    Column("user_key", String, nullable=False),
    Column("api_key", String, nullable=False),
    Column("credit", Integer, CheckConstraint("credit >= 0"), nullable=False),
    Column("granted", Integer, nullable=False),
    # How many asked-for outcomes wait for this account: known with the account, without a second look.
    Column("queued", Integer, nullable=False, server_default="0"),
)

charges = Table(
    "charges",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("email", String, ForeignKey("accounts.email"), nullable=False),
    Column("family", String),
    Column("at", String, nullable=False),
    Column("endpoint", String, nullable=False),
    Column("uuid", String, nullable=False),
    Column("change", Integer, nullable=False),
    Column("balance", Integer, nullable=False),
    Index("charges_of_a_set", "email", "uuid", "family"),
)

outcomes = Table(
    "outcomes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("account", String, ForeignKey("accounts.email"), nullable=False, index=True),
    Column("endpoint", String),
    Column("terms", JSON, nullable=False),
    Column("times", Integer, nullable=False),
)

requests = Table(
    "requests",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", String, nullable=False),
    Column("account", String),
    Column("endpoint", String, nullable=False),
    Column("path", String, nullable=False),
    Column("code", Integer, nullable=False),
    Column("origin", String, nullable=False),
    Column("reason", String),
    Column("asked", JSON),
    Column("photos", JSON, nullable=False),
    Column("price", Integer, nullable=False),
    Column("balance", Integer, nullable=False),
    Column("milliseconds", Float, nullable=False),
)

# Until when the exchanges of an account, or of all (null), were those of one that has been closed since.
closings = Table(
    "closings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("account", String),
    Column("at", String, nullable=False),
)

# How long a writer waits for another process before SQLite gives up, in milliseconds.
_PATIENCE = 60_000


class Database:
    """One mock's database. SQLite has one writer at a time, and in memory one connection: who wants it, queues here."""

    def __init__(self, url: str) -> None:
        self._engine = _engine_for(url)
        self._sqlite = self._engine.dialect.name == "sqlite"
        self._lock = Lock()
        self._kept: PoolProxiedConnection | None = None  # for the hot path, which does not go to the pool each time

    def prepare(self, fill: Callable[[Connection], None]) -> None:
        """Make the tables and `fill` them, unless they are there. Raises `StoreError`."""
        try:
            with self.write() as connection:
                known = inspect(connection).has_table(accounts.name)
                metadata.create_all(connection)  # one that an earlier version made may lack a table
                if not known:
                    fill(connection)
        except SQLAlchemyError as error:
            url = self._engine.url.render_as_string(hide_password=True)
            raise StoreError(url, str(getattr(error, "orig", error))) from error

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Lend a connection to look something up."""
        with self._lock, self._engine.connect() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Lend a connection in a transaction: all that is done with it happens, or nothing."""
        with self._lock, self._engine.connect() as connection, connection.begin():
            if self._sqlite:
                # Locked early, so that what the transaction reads is still true when it writes.
                connection.connection.cursor().execute("BEGIN IMMEDIATE")
            yield connection

    @contextmanager
    def quick(self, *, write: bool = False) -> Iterator[Run]:
        """Lend what runs prepared statements, all of them in one transaction if they `write`."""
        with self._lock:
            connection = self._kept = self._kept or self._engine.raw_connection()
            cursor = connection.cursor()
            try:
                if write and self._sqlite:
                    cursor.execute("BEGIN IMMEDIATE")
                yield lambda prepared, values: prepared.run(cursor, self._engine.dialect, values)
                if write or not self._sqlite:
                    connection.commit()
            except BaseException:  # whatever ended it, nothing of the transaction may stay, and the error goes on
                self._kept = None
                connection.rollback()
                connection.close()
                raise
            finally:
                cursor.close()

    def close(self) -> None:
        """Close all connections."""
        if self._kept is not None:
            self._kept.close()
        self._engine.dispose()


def _engine_for(url: str) -> Engine:
    """Make the engine for a database URL; a path without a scheme is a SQLite file. Raises `StoreError`.

    Parameters are hidden from error texts: they hold keys.
    """
    if "://" not in url:
        url = f"sqlite:///{url}"
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() != "sqlite":
            return create_engine(parsed, hide_parameters=True)
        in_memory = parsed.database in (None, "", ":memory:")
        if in_memory:
            single = {"check_same_thread": False}
            engine = create_engine(parsed, poolclass=StaticPool, connect_args=single, hide_parameters=True)
        else:
            engine = create_engine(parsed, max_overflow=-1, hide_parameters=True)
    except (ArgumentError, NoSuchModuleError, ImportError) as error:
        raise StoreError(url.partition("@")[0], str(error)) from error
    _configure_connections(engine, durable=not in_memory)
    return engine


def _configure_connections(engine: Engine, *, durable: bool) -> None:
    @event.listens_for(engine, "connect")
    def configure(connection: sqlite3.Connection, _record: Any) -> None:
        connection.isolation_level = None  # SQLAlchemy begins and commits; the driver must not
        connection.execute(f"PRAGMA busy_timeout = {_PATIENCE}")
        if durable:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")

"""The tables of a mock's database and how it is reached; knows no rule of credits."""

import sqlite3
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    Connection,
    Engine,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    create_engine,
    event,
)
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.pool import StaticPool

from mock_server.exceptions import StoreError

IN_MEMORY = "sqlite://"

WRITES = {"remo_writes": True}
"""Execution options of a connection that is about to write."""

metadata = MetaData()

accounts = Table(
    "accounts",
    metadata,
    Column("email", String, primary_key=True),
    Column("user_key", String, nullable=False),
    Column("api_key", String, nullable=False),
    Column("credit", Integer, CheckConstraint("credit >= 0"), nullable=False),
    Column("granted", Integer, nullable=False),
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

# How long a writer waits for another process before SQLite gives up, in milliseconds.
_PATIENCE = 60_000


def connect_to(url: str) -> Engine:
    """Make the engine for a database URL; a path without a scheme is a SQLite file. Raises `StoreError`."""
    if "://" not in url:
        url = f"sqlite:///{url}"
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() != "sqlite":
            return create_engine(parsed)
        in_memory = parsed.database in (None, "", ":memory:")
        if in_memory:
            engine = create_engine(parsed, poolclass=StaticPool, connect_args={"check_same_thread": False})
        else:
            engine = create_engine(parsed, max_overflow=-1)
    except (ArgumentError, NoSuchModuleError, ImportError) as error:
        raise StoreError(url.partition("@")[0], str(error)) from error
    _let_sqlite_lock_early(engine, durable=not in_memory)
    return engine


def _let_sqlite_lock_early(engine: Engine, *, durable: bool) -> None:
    """Take the write lock at the start of a transaction, so that what it read is still true when it writes."""

    @event.listens_for(engine, "connect")
    def configure(connection: sqlite3.Connection, _record: Any) -> None:
        connection.isolation_level = None  # SQLAlchemy begins and commits; the driver must not
        connection.execute(f"PRAGMA busy_timeout = {_PATIENCE}")
        if durable:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get("remo_writes"):
            connection.connection.cursor().execute("BEGIN IMMEDIATE")

"""Makes the SQLAlchemy engine for a database URL."""

import sqlite3
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any

from sqlalchemy import URL, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import StaticPool

from remo_mock.exceptions import StoreError
from remo_mock.files.private import prepare_private
from remo_mock.store.schemes import TEMPORARY

if TYPE_CHECKING:
    import psycopg

_POSTGRESQL = "postgresql+psycopg"
_DRIVERS = {
    "sqlite": "sqlite",
    "sqlite+pysqlite": "sqlite",
    TEMPORARY: "sqlite",
    "postgres": _POSTGRESQL,
    "postgresql": _POSTGRESQL,
    _POSTGRESQL: _POSTGRESQL,
}

_IN_MEMORY = ":memory:"

# Begins a transaction that excludes other writers, so that what it reads is still true when it writes. PostgreSQL
# would let several write at once; there all mocks take the same advisory lock, whose number is arbitrary.
BEGIN_WRITING = {"sqlite": "BEGIN IMMEDIATE", "postgresql": "SELECT pg_advisory_xact_lock(1380273487)"}

LOCK_TIMEOUT = 60_000
"""Milliseconds that a writer waits for another process before the database reports an error."""
_BEFORE_ASKING_AGAIN = 0.005
# Seconds until a database server that does not answer counts as unreachable.
_CONNECT_TIMEOUT = 10

_OTHER_KIND = (
    "Give another --db: a file's path, sqlite:///FILE or postgresql+psycopg://USER:PASSWORD@HOST:PORT/DATABASE."
)
_ENCODE = "Write @, :, / and % in a user or password as %40, %3A, %2F and %25."
_INSTALL = "Install it: pip install 'remo-mock[postgres]'."


def make_engine(url: str) -> Engine:
    """Make the engine for a database URL; a path without a scheme is a SQLite file. Raises `StoreError`.

    Its error texts leave out the parameters of statements, which hold keys.
    """
    scheme, separator, _ = url.partition("://")
    if not separator:
        return _sqlite(URL.create("sqlite", database=url))
    if scheme not in _DRIVERS:
        raise StoreError(f"{scheme}://...", f"{scheme} is no kind of database that it can be kept in", _OTHER_KIND)
    try:
        parsed = make_url(url).set(drivername=_DRIVERS[scheme])
    except (ArgumentError, ValueError):  # they quote the port, which may be half a password
        raise StoreError(f"{scheme}://...", "this is no database URL", _ENCODE) from None
    if _DRIVERS[scheme] == "sqlite":
        return _sqlite(parsed, temporary=scheme == TEMPORARY)
    if "@" in f"{parsed.host}{parsed.database}":  # this is the end of a password with an @ in it
        raise StoreError(f"{scheme}://...", "this is no database URL", _ENCODE)
    return _postgresql(parsed)


def is_in_memory(url: str) -> bool:
    """Return whether a database URL, or the path of a SQLite file, names a database that ends with its process."""
    scheme, separator, _ = url.partition("://")
    if not separator or _DRIVERS.get(scheme) != "sqlite":
        return url == _IN_MEMORY
    try:
        return _ends_with_its_process(make_url(url))
    except (ArgumentError, ValueError):
        return False


def _ends_with_its_process(url: URL) -> bool:
    return url.database in (None, "", _IN_MEMORY)


def _sqlite(url: URL, *, temporary: bool = False) -> Engine:
    in_memory = _ends_with_its_process(url)
    try:
        if in_memory:
            single = {"check_same_thread": False}
            engine = create_engine(url, poolclass=StaticPool, connect_args=single, hide_parameters=True)
        else:
            engine = create_engine(url, max_overflow=-1, hide_parameters=True)
            if not str(url.database).startswith("file:"):
                prepare_private(Path(str(url.database)))  # the files beside it get its permissions from SQLite
    except ArgumentError as error:
        raise StoreError(url.render_as_string(), "a SQLite URL has three slashes before the path") from error
    except ValueError as error:
        raise StoreError(url.render_as_string(), str(error)) from error

    @event.listens_for(engine, "connect")
    def configure(connection: sqlite3.Connection, _record: Any) -> None:
        connection.isolation_level = None  # SQLAlchemy begins and commits; the driver must not
        connection.execute(f"PRAGMA busy_timeout = {LOCK_TIMEOUT}")
        if not in_memory:
            _write_ahead(connection)
            # A crash of the machine may lose the last transactions, never parts of one; that of a process loses none.
            connection.execute(f"PRAGMA synchronous = {'OFF' if temporary else 'NORMAL'}")

    return engine


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Have the file's journal written ahead; SQLite lets nobody wait who asks for that while another does."""
    end = monotonic() + LOCK_TIMEOUT / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or monotonic() > end:
                raise
            sleep(_BEFORE_ASKING_AGAIN)
        else:
            return


def _postgresql(url: URL) -> Engine:
    waits = {} if "connect_timeout" in url.query else {"connect_timeout": _CONNECT_TIMEOUT}
    try:
        engine = create_engine(
            url, isolation_level="READ COMMITTED", pool_pre_ping=True, connect_args=waits, hide_parameters=True
        )
    except ImportError as error:
        raise StoreError(f"{url.drivername}://...", "the driver psycopg is not installed", _INSTALL) from error

    @event.listens_for(engine, "connect")
    def configure(connection: "psycopg.Connection[Any]", _record: Any) -> None:
        from psycopg.types.string import StrDumper

        class WithoutZero(StrDumper):
            """Writes U+0000, which PostgreSQL's texts cannot hold, as U+2400."""

            def dump(self, obj: str) -> Any:
                return super().dump(obj.replace("\0", "\N{SYMBOL FOR NULL}"))

        connection.adapters.register_dumper(str, WithoutZero)
        connection.execute(f"SET lock_timeout = {LOCK_TIMEOUT}")
        # synchronous_commit stays as the server has it, which is on: it can crash while the mock goes on, and what was
        # answered must be in its books then.
        connection.commit()

    return engine

"""The tables of a mock's database and how it is reached; knows no rule of credits, outcomes or journals."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Column,
    Connection,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    false,
    inspect,
    update,
)
from sqlalchemy.exc import InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.pool import PoolProxiedConnection

from remo_mock.store.engine import BEGIN_WRITING, cannot_open, make_engine
from remo_mock.store.prepared import Run

IN_MEMORY = "sqlite://"

metadata = MetaData()

accounts = Table(
    "accounts",
    metadata,
    Column("email", String, primary_key=True),
    Column("user_key", String, nullable=False),
    Column("api_key", String, nullable=False),
    Column("credit", BigInteger, CheckConstraint("credit >= 0"), nullable=False),
    Column("granted", BigInteger, nullable=False),
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
    Column("balance", BigInteger, nullable=False),
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
    Column("until", String),
    # The digest of the photos of the first request that took it, if it lasts until they change.
    Column("photos", String),
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
    Column("balance", BigInteger, nullable=False),
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


class Database:
    """One mock's database, with one writer at a time, whatever its kind; who wants a connection, queues here.

    What goes wrong between us and the database raises `StoreError`, and leaves nothing of the transaction.
    """

    def __init__(self, url: str) -> None:
        self._engine = make_engine(url)
        self._begin_writing = BEGIN_WRITING[self._engine.dialect.name]
        self._sqlite = self._engine.dialect.name == "sqlite"
        driver = self._engine.dialect.loaded_dbapi
        self._failures = (OperationalError, InterfaceError, driver.OperationalError, driver.InterfaceError)
        self._lock = Lock()
        self._kept: PoolProxiedConnection | None = None  # for the hot path, which does not go to the pool each time

    def prepare(self, fill: Callable[[Connection], None]) -> None:
        """Make the tables and `fill` them, unless they are there. Raises `StoreError`."""
        try:
            with self.write() as connection:
                self._refuse_others(connection)
                known = inspect(connection).has_table(accounts.name)
                metadata.create_all(connection)  # one that an earlier version made may lack a table
                if not known:
                    fill(connection)
                # What may only be read is to be told now, and not to the first request.
                connection.execute(update(accounts).where(false()).values(credit=accounts.c.credit))
        except (SQLAlchemyError, TypeError, ValueError) as error:  # the last two are also how drivers refuse an option
            raise cannot_open(self._engine, error) from error

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Lend a connection to look something up."""
        with self._lock, self._told(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Lend a connection in a transaction: all that is done with it happens, or nothing."""
        with self._lock, self._told(), self._engine.connect() as connection, connection.begin():
            connection.exec_driver_sql(self._begin_writing)
            yield connection

    @contextmanager
    def quick(self, *, write: bool = False) -> Iterator[Run]:
        """Lend what runs prepared statements, all of them in one transaction if they `write`."""
        with self._lock, self._told():
            connection = self._kept = self._kept or self._engine.raw_connection()
            cursor = connection.cursor()
            try:
                if write:
                    cursor.execute(self._begin_writing)
                yield lambda prepared, values: prepared.run(cursor, self._engine.dialect, values)
                if write or not self._sqlite:
                    connection.commit()
            except BaseException:  # whatever ended it, nothing of the transaction may stay, and the error goes on
                self._kept = None
                self._give_up(connection)
                raise
            finally:
                cursor.close()

    def close(self) -> None:
        """Close all connections."""
        if self._kept is not None:
            self._kept.close()
        self._engine.dispose()

    def _refuse_others(self, connection: Connection) -> None:
        """Raise `StoreError` for tables that are called like ours and lack a column of ours."""
        inspector = inspect(connection)
        there = inspector.get_table_names()
        for table in metadata.sorted_tables:
            found = [column["name"] for column in inspector.get_columns(table.name)] if table.name in there else None
            if found is not None and not set(table.columns.keys()) <= set(found):
                reason = f"its table {table.name} is another program's, or another version's"
                raise cannot_open(self._engine, ValueError(reason), remedy="Give a database of its own to --db.")

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except self._failures as error:
            raise cannot_open(self._engine, error) from error

    def _give_up(self, connection: PoolProxiedConnection) -> None:
        """End a transaction without a trace."""
        if self._sqlite:
            connection.rollback()
            connection.close()
        else:
            connection.invalidate()  # it may be what broke

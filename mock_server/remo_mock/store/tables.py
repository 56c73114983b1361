"""Defines the tables of a mock's database."""

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
)
from sqlalchemy.schema import CreateIndex

from remo_mock.store.addresses_in_sql import ascii_lower, by_code_points

metadata = MetaData()

_ONLY = "the only kind of database that has it"

account_table = Table(
    "accounts",
    metadata,
    Column("email", String, primary_key=True),
    Column("user_key", String, nullable=False),
    Column("api_key", String, nullable=False),
    Column("credit", BigInteger, CheckConstraint("credit >= 0"), nullable=False),
    Column("granted", BigInteger, nullable=False),
    # How many queued outcomes the account has: read with the account, so that most requests skip the queue's table.
    Column("queued", Integer, nullable=False, server_default="0"),
)
# The primary key of SQLite sorts by code points already; a database server's follows its locale.
_IN_ORDER = Index("accounts_in_order", by_code_points(account_table.c.email), info={_ONLY: "postgresql"})
_IN_ORDER.ddl_if(dialect="postgresql")
Index("accounts_by_spelling", ascii_lower(account_table.c.email))

charge_table = Table(
    "charges",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("email", String, ForeignKey("accounts.email"), nullable=False),
    Column("family", String),
    Column("at", String, nullable=False),
    Column("endpoint", String, nullable=False),
    Column("uuid", String, nullable=False),
    # How many earlier charges the set has. The last one in the index answers how large the set is, however large it is.
    Column("position", Integer, nullable=False),
    Column("change", Integer, nullable=False),
    Column("balance", BigInteger, nullable=False),
    # Charges without a family are sets of their own: their null is equal to no other.
    Index("charges_of_a_set", "email", "uuid", "family", "position", unique=True),
    # Pages of an account's charges are read from the end.
    Index("charges_of_an_account", "email", "id"),
)

outcome_table = Table(
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

request_table = Table(
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

# When an account, or every one (null), was deleted: earlier exchanges of that address are another account's.
closing_table = Table(
    "closings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("account", String),
    Column("at", String, nullable=False),
)


def make_indexes(connection: Connection) -> None:
    """Make the indexes that a database of an earlier version lacks."""
    for table in metadata.sorted_tables:
        for index in table.indexes:
            if index.info.get(_ONLY) in (None, connection.dialect.name):
                connection.execute(CreateIndex(index, if_not_exists=True))

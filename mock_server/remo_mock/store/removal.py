"""Deletes an account with all that belongs to it, in parts, so that no request waits for the whole."""

from time import monotonic, sleep

from sqlalchemy import Column, Connection, Table, delete, literal_column, select, update

from remo_mock.store.database import Database
from remo_mock.store.tables import account_table, charge_table, outcome_table

_ACCOUNT = account_table.c

# No account that was opened has it: what was granted is what is left and what was spent.
_REMOVED = -1

# The zero is literal, since prepared statements have no values but those by name.
IS_LIVE = _ACCOUNT.granted >= literal_column("0")
"""Holds for an account that was not removed. Of a removed one rows may be left, which are nobody's."""

_PART = 300
"""Rows that one transaction deletes, in a few milliseconds."""
# Other processes ask for SQLite's lock now and then, and must find it free half of the time. A server's gives everybody
# a turn.
_SHORTEST_PAUSE = 0.001

_BELONGINGS = ((charge_table, charge_table.c.email), (outcome_table, outcome_table.c.account))


def mark_removed(connection: Connection, email: str) -> bool:
    """Take an account out of use, with all that belongs to it; return False if there is none.

    From here on nobody finds it, spends its credits or sees its charges, whenever the process ends.
    """
    marked = update(account_table).where(_ACCOUNT.email == email, IS_LIVE).values(granted=_REMOVED, credit=0)
    return bool(connection.execute(marked).rowcount)


def finish_removal(database: Database, email: str) -> bool:
    """Delete the rows of a removed account, the account last; return whether this was the one that did."""
    for table, owner in _BELONGINGS:
        last: int | None = 0
        while last is not None:
            began = monotonic()
            with database.write() as connection:
                if not _is_removed(connection, email):
                    return False
                last = _delete_part(connection, table, owner, email, last)
            if last is not None:
                sleep(max(monotonic() - began if database.is_near else 0, _SHORTEST_PAUSE))
    with database.write() as connection:
        gone = delete(account_table).where(_ACCOUNT.email == email, ~IS_LIVE)
        return bool(connection.execute(gone).rowcount)


def finish_removals(database: Database) -> None:
    """Delete the rows of all removed accounts: what a process left that was killed meanwhile."""
    with database.read() as connection:
        emails = connection.execute(select(_ACCOUNT.email).where(~IS_LIVE)).scalars().all()
    for email in emails:
        finish_removal(database, email)


def _is_removed(connection: Connection, email: str) -> bool:
    return connection.execute(select(_ACCOUNT.email).where(_ACCOUNT.email == email, ~IS_LIVE)).first() is not None


def _delete_part(connection: Connection, table: Table, owner: "Column[str]", email: str, after: int) -> int | None:
    """Delete the next rows behind the row `after`; return the last of them, or None if none is left behind them."""
    number = table.c.id
    behind = select(number).where(owner == email, number > after).order_by(number)
    last: int | None = connection.execute(behind.offset(_PART - 1).limit(1)).scalar()
    # Behind `after`, so that a server does not walk through what was deleted and is not yet swept up.
    part = delete(table).where(owner == email, number > after)
    connection.execute(part if last is None else part.where(number <= last))
    return last

"""Keeps accounts, their credits and their charges in the database."""

from collections.abc import Iterable
from threading import Lock
from typing import Any

from cachetools import LRUCache
from sqlalchemy import BigInteger, Connection, Row, Select, bindparam, case, delete, insert, literal, select, update
from sqlalchemy.exc import IntegrityError

from remo_mock.exceptions import AccountExistsError, AccountUnknownError
from remo_mock.store.account import MOST_CREDIT, Account
from remo_mock.store.addresses_in_sql import ascii_lower, by_code_points, lower_ascii
from remo_mock.store.charges import Charge, Purchase, position_in_set
from remo_mock.store.database import Database
from remo_mock.store.removal import IS_LIVE, finish_removal, finish_removals, mark_removed
from remo_mock.store.statements import Execute, PreparedStatement
from remo_mock.store.tables import account_table, charge_table, outcome_table

_ACCOUNT, _CHARGE = account_table.c, charge_table.c
_ONE_ACCOUNT = PreparedStatement(
    select(_ACCOUNT.email, _ACCOUNT.user_key, _ACCOUNT.api_key, _ACCOUNT.credit, _ACCOUNT.queued).where(
        _ACCOUNT.email == bindparam("account"), IS_LIVE
    )
)
_REMEMBERED = 1000


def find_account(execute: Execute, email: str) -> Account | None:
    """Return the account of this address, or None."""
    row = execute(_ONE_ACCOUNT, {"account": email}).fetchone()
    return None if row is None else Account(*row)


class Accounts:
    """The accounts of one mock. For each account, credit = granted + sum of the changes of its charges."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._remembered: LRUCache[str, Account] = LRUCache(_REMEMBERED)
        self._lock = Lock()

    def prepare(self, first_accounts: Iterable[Account]) -> None:
        """Make the tables and the accounts of a fresh mock, unless they exist. Raises `StoreError`."""
        rows = [_columns(account) for account in first_accounts]
        self._database.prepare(lambda connection: _open_all(connection, rows))
        finish_removals(self._database)

    def reset(self, first_accounts: Iterable[Account]) -> None:
        """Restore the accounts of a fresh mock, without charges and without queued outcomes."""
        rows = [_columns(account) for account in first_accounts]
        with self._database.write() as connection:
            for table in (charge_table, outcome_table, account_table):
                connection.execute(delete(table))
            _open_all(connection, rows)

    def identify(self, email: str, user_key: str) -> Account | None:
        """Return the account that has this address and this user key, or None."""
        found = self.find(email)
        if found is None or found.user_key != user_key:
            return None
        self.remember(found)
        return found

    def recall(self, email: str, user_key: str) -> Account | None:
        """Do as `identify` does, but from memory, if nothing was queued for the account when it was seen last.

        Another thread or process may have changed it since: whoever relies on it has `Store.settle` confirm it.
        """
        with self._lock:
            known = self._remembered.get(email)
        if known is not None and known.user_key == user_key and not known.queued:
            return known
        return self.identify(email, user_key)

    def remember(self, account: Account) -> None:
        """Keep an account as it was seen last."""
        with self._lock:
            self._remembered[account.email] = account

    def knows(self, email: str) -> bool:
        """Return whether an account has this address."""
        return self.find(email) is not None

    def spelled_like(self, email: str) -> str | None:
        """Return the address of an account that differs from `email` only in the case of ASCII letters, or None."""
        query = select(_ACCOUNT.email).where(ascii_lower(_ACCOUNT.email) == lower_ascii(email), IS_LIVE).limit(1)
        with self._database.read() as connection:
            found = connection.execute(query).scalar()
        return None if found is None else str(found)

    def price(self, purchase: Purchase) -> int:
        """Return what the success would cost now, in credits; its charge asks again in its own transaction."""
        if purchase.family is None:
            return purchase.price_of(0)
        return purchase.price_of(self._database.read_prepared(lambda execute: position_in_set(execute, purchase)))

    def accounts(self, *, after: str = "", limit: int | None = None) -> list[Account]:
        """List accounts by address, those behind the address `after`, at most `limit`."""
        address = by_code_points(_ACCOUNT.email)
        query = select(account_table).where(address > after, IS_LIVE).order_by(address).limit(limit)
        with self._database.read() as connection:
            return [_account(row) for row in connection.execute(query)]

    def account(self, email: str) -> Account:
        """Return one account. Raises `AccountUnknownError`."""
        found = self.find(email)
        if found is None:
            raise AccountUnknownError(email)
        return found

    def add(self, account: Account) -> Account:
        """Open an account with its first credits.

        Raises `AccountExistsError`, and `ValueError` for an account that no database takes, as with credits below 0.
        """
        while not self._opens(account):
            finish_removal(self._database, account.email)  # that of an earlier account
        return account

    def _opens(self, account: Account) -> bool:
        """Open an account, unless rows of an earlier one are left. Raises as `add` does."""
        earlier = select(IS_LIVE).where(_ACCOUNT.email == account.email)
        try:
            with self._database.write() as connection:
                is_live = connection.execute(earlier).scalar()
                if is_live:
                    raise AccountExistsError(account.email)
                if is_live is None:
                    connection.execute(insert(account_table).values(**_columns(account)))
        except IntegrityError as error:
            raise ValueError(f"{account!r} has no key, or credits below 0.") from error
        return is_live is None

    def change(
        self,
        email: str,
        *,
        user_key: str | None = None,
        api_key: str | None = None,
        credit: int | None = None,
        add_credit: int = 0,
    ) -> Account:
        """
        Change an account's keys, set its credits or add to them (up to `MOST_CREDIT`), and return it.

        Who wants more credits adds them: a sum of what was seen loses what is spent meanwhile.
        Raises `AccountUnknownError`.
        """
        values: dict[str, Any] = {
            name: value for name, value in (("user_key", user_key), ("api_key", api_key)) if value is not None
        }
        if credit is not None or add_credit:
            start = _ACCOUNT.credit if credit is None else literal(credit, BigInteger)
            new = case((start + add_credit > MOST_CREDIT, MOST_CREDIT), else_=start + add_credit)
            values |= {"granted": _ACCOUNT.granted + (new - _ACCOUNT.credit), "credit": new}
        if values:
            with self._database.write() as connection:
                connection.execute(update(account_table).where(_ACCOUNT.email == email, IS_LIVE).values(**values))
        return self.account(email)

    def remove(self, email: str) -> None:
        """Delete an account, its charges and its queued outcomes. Raises `AccountUnknownError`.

        It is gone at once; then its rows are deleted, some at a time. If the process ends meanwhile, the next start
        deletes the rest, or whoever opens an account of this address.
        """
        with self._database.write() as connection:
            if not mark_removed(connection, email):
                raise AccountUnknownError(email)
        finish_removal(self._database, email)

    def charges(self, email: str) -> list[Charge]:
        """List an account's charges, oldest first. Raises `AccountUnknownError`."""
        self.account(email)
        return self._charges(select(charge_table).where(_CHARGE.email == email).order_by(_CHARGE.id))

    def all_charges(self) -> list[Charge]:
        """List the charges to all accounts, oldest first."""
        live = select(_ACCOUNT.email).where(IS_LIVE)
        return self._charges(select(charge_table).where(_CHARGE.email.in_(live)).order_by(_CHARGE.id))

    def last_charges(
        self, email: str, *, limit: int, before: int | None = None, uuid: str | None = None
    ) -> tuple[list[Charge], int | None]:
        """List an account's last charges, oldest first, and return where the page before begins, None if there is none.

        They are those before `before`, which such a page returned, and those to one `uuid`. Raises
        `AccountUnknownError`.
        """
        self.account(email)
        query = select(charge_table).where(_CHARGE.email == email).limit(limit + 1)
        query = query if before is None else query.where(_CHARGE.id < before)
        if uuid is None:
            query = query.order_by(_CHARGE.id.desc())
        else:
            # By a sum, so that the index of sets is chosen: in that of the order, all other charges stand between.
            query = query.where(_CHARGE.uuid == uuid).order_by((_CHARGE.id + 0).desc())
        with self._database.read() as connection:
            rows = connection.execute(query).all()
        earlier = rows[limit - 1].id if len(rows) > limit else None
        return [_charge(row) for row in reversed(rows[:limit])], earlier

    def _charges(self, query: Select[Any]) -> list[Charge]:
        with self._database.read() as connection:
            return [_charge(row) for row in connection.execute(query)]

    def find(self, email: str) -> Account | None:
        """Return the account of this address, or None."""
        return self._database.read_prepared(lambda execute: find_account(execute, email))


def _open_all(connection: Connection, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(insert(account_table), rows)


def _columns(account: Account) -> dict[str, Any]:
    return {
        "email": account.email,
        "user_key": account.user_key,
        "api_key": account.api_key,
        "credit": account.credit,
        "granted": account.credit,
    }


def _account(row: Row[Any]) -> Account:
    return Account(row.email, row.user_key, row.api_key, row.credit, row.queued)


def _charge(row: Row[Any]) -> Charge:
    return Charge(at=row.at, endpoint=row.endpoint, uuid=row.uuid, change=row.change, balance=row.balance)

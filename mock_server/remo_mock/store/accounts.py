"""Owns accounts, credits and charges in a database; knows nothing of photos, codes or HTTP."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from remo_mock.exceptions import AccountExistsError, AccountUnknownError
from remo_mock.store.account import Account
from remo_mock.store.clock import Clock, stamp, utc_now
from remo_mock.store.database import Database, accounts, charges, outcomes
from remo_mock.store.prepared import Prepared, Run


@dataclass(frozen=True, slots=True)
class Charge:
    """One success: when, where, in which set, the change (zero or negative), the balance after it."""

    at: str
    endpoint: str
    uuid: str
    change: int
    balance: int


@dataclass(frozen=True, slots=True)
class Purchase:
    """A success to be charged.

    `family` names the endpoints whose requests of one `uuid` form a set (L05), None if this request is its own set;
    `price_of` tells the price of the success after so many earlier ones of its set.
    """

    email: str
    endpoint: str
    uuid: str
    family: str | None
    price_of: Callable[[int], int]


_A = accounts.c
_ONE_ACCOUNT = Prepared(
    select(_A.email, _A.user_key, _A.api_key, _A.credit, _A.queued).where(_A.email == bindparam("of"))
)
_TAKE = Prepared(
    update(accounts)
    .where(_A.email == bindparam("of"), _A.credit >= bindparam("price"))
    .values(credit=_A.credit - bindparam("price"))
    .returning(_A.credit)
)
_CHARGE = ("email", "family", "at", "endpoint", "uuid", "change", "balance")
_WRITE_CHARGE = Prepared(insert(charges), columns=_CHARGE)
_SIZE_OF_SET = Prepared(
    select(func.count()).where(
        charges.c.email == bindparam("of"),
        charges.c.family == bindparam("set"),
        charges.c.uuid == bindparam("named"),
    )
)


class Accounts:
    """The accounts of one mock. Every account keeps: credit = granted + sum of its charges' changes.

    Balances change by one conditional UPDATE, in the transaction that writes the charge: concurrent requests can
    neither spend a credit twice nor go below zero, and a process that is killed leaves nothing half done.
    """

    def __init__(self, database: Database, *, clock: Clock = utc_now) -> None:
        self._database = database
        self._clock = clock

    def prepare(self, first_accounts: Iterable[Account]) -> None:
        """Make the tables and the accounts of a fresh mock, unless they are there. Raises `StoreError`."""
        rows = [_columns(account) for account in first_accounts]
        self._database.prepare(lambda connection: _open_all(connection, rows))

    def reset(self, first_accounts: Iterable[Account]) -> None:
        """Bring back the accounts of a fresh mock, without charges and without waiting outcomes."""
        rows = [_columns(account) for account in first_accounts]
        with self._database.write() as connection:
            for table in (charges, outcomes, accounts):
                connection.execute(delete(table))
            _open_all(connection, rows)

    def identify(self, email: str, user_key: str) -> Account | None:
        """Return the account that `email` and `user_key` name together, or None."""
        found = self._find(email)
        return found if found is not None and found.user_key == user_key else None

    def knows(self, email: str) -> bool:
        """Tell whether there is an account of this address."""
        return self._find(email) is not None

    def spelled_like(self, email: str) -> str | None:
        """Return the address of an account that differs from `email` in nothing but the case of ASCII letters."""
        same = func.lower(accounts.c.email) == email.lower()
        with self._database.read() as connection:
            found = connection.execute(select(accounts.c.email).where(same).order_by(accounts.c.email)).first()
        return None if found is None else str(found[0])

    def price(self, purchase: Purchase) -> int:
        """Return what the success would cost now; `charge` decides anew, under the lock."""
        if purchase.family is None:
            return purchase.price_of(0)
        with self._database.quick() as run:
            return purchase.price_of(_position(run, purchase))

    def charge(self, purchase: Purchase) -> Charge | None:
        """Charge a success and return the charge, or None, with nothing changed, if the balance is too low."""
        at = stamp(self._clock())
        with self._database.quick(write=True) as run:
            position = 0 if purchase.family is None else _position(run, purchase)
            price = purchase.price_of(position)
            left = run(_TAKE, {"of": purchase.email, "price": price}).fetchone()
            if left is None:
                return None
            row = (purchase.email, purchase.family, at, purchase.endpoint, purchase.uuid, -price, left[0])
            run(_WRITE_CHARGE, dict(zip(_CHARGE, row, strict=True)))
        return Charge(at=at, endpoint=purchase.endpoint, uuid=purchase.uuid, change=-price, balance=left[0])

    def accounts(self) -> list[Account]:
        """List all accounts by address."""
        with self._database.read() as connection:
            found = [_account(row) for row in connection.execute(select(accounts))]
        return sorted(found, key=lambda account: account.email)  # a database server sorts by its own locale

    def account(self, email: str) -> Account:
        """Return one account. Raises `AccountUnknownError`."""
        found = self._find(email)
        if found is None:
            raise AccountUnknownError(email)
        return found

    def add(self, account: Account) -> Account:
        """Open an account with its first credits. Raises `AccountExistsError`."""
        try:
            with self._database.write() as connection:
                connection.execute(insert(accounts).values(**_columns(account)))
        except IntegrityError as error:
            raise AccountExistsError(account.email) from error
        return account

    def change(
        self, email: str, *, user_key: str | None = None, api_key: str | None = None, credit: int | None = None
    ) -> Account:
        """Change an account's keys, or set its balance (funding or emptying it). Raises `AccountUnknownError`."""
        values: dict[str, Any] = {
            name: value for name, value in (("user_key", user_key), ("api_key", api_key)) if value is not None
        }
        if credit is not None:
            values |= {"granted": accounts.c.granted + (credit - accounts.c.credit), "credit": credit}
        if values:
            with self._database.write() as connection:
                connection.execute(update(accounts).where(accounts.c.email == email).values(**values))
        return self.account(email)

    def remove(self, email: str) -> None:
        """Delete an account and its charges. Raises `AccountUnknownError`."""
        with self._database.write() as connection:
            connection.execute(delete(charges).where(charges.c.email == email))
            connection.execute(delete(outcomes).where(outcomes.c.account == email))
            if not connection.execute(delete(accounts).where(accounts.c.email == email)).rowcount:
                raise AccountUnknownError(email)

    def charges(self, email: str) -> list[Charge]:
        """List an account's charges, oldest first. Raises `AccountUnknownError`."""
        self.account(email)
        query = select(charges).where(charges.c.email == email).order_by(charges.c.id)
        with self._database.read() as connection:
            return [
                Charge(at=row.at, endpoint=row.endpoint, uuid=row.uuid, change=row.change, balance=row.balance)
                for row in connection.execute(query)
            ]

    def _find(self, email: str) -> Account | None:
        with self._database.quick() as run:
            row = run(_ONE_ACCOUNT, {"of": email}).fetchone()
        return None if row is None else Account(*row)


def _position(run: Run, purchase: Purchase) -> int:
    """Count the earlier successes of the purchase's set."""
    found = run(_SIZE_OF_SET, {"of": purchase.email, "set": purchase.family, "named": purchase.uuid}).fetchone()
    return int(found[0]) if found else 0


def _open_all(connection: Connection, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(insert(accounts), rows)


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

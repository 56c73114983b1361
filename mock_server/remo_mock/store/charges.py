"""Charges successes to accounts: the price by the size of a set, the balance and the list of charges, all at once."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import bindparam, insert, literal_column, select, update

from remo_mock.store.account import Account
from remo_mock.store.removal import IS_LIVE
from remo_mock.store.statements import Execute, PreparedStatement
from remo_mock.store.tables import account_table, charge_table


@dataclass(frozen=True, slots=True)
class Charge:
    """One charged success: time, endpoint, uuid of its set, change of the credits (0 or less), balance after it."""

    at: str
    endpoint: str
    uuid: str
    change: int
    balance: int


@dataclass(frozen=True, slots=True)
class Purchase:
    """A success that is to be charged.

    `family` names the endpoints whose requests with one `uuid` form a set (L05), and is None for a request that is a
    set of its own; `price_of` returns the price, in credits, of a success by the number of earlier ones in its set.
    """

    email: str
    endpoint: str
    uuid: str
    family: str | None
    price_of: Callable[[int], int]


_ACCOUNT, _CHARGE = account_table.c, charge_table.c
_TAKE = (
    update(account_table)
    .where(_ACCOUNT.email == bindparam("account"), _ACCOUNT.credit >= bindparam("price"), IS_LIVE)
    .values(credit=_ACCOUNT.credit - bindparam("price"))
    .returning(_ACCOUNT.credit)
)
_TAKE_CREDITS = PreparedStatement(_TAKE)
_TAKE_IF_SAME = PreparedStatement(
    _TAKE.where(_ACCOUNT.user_key == bindparam("user"), _ACCOUNT.api_key == bindparam("key")).where(
        _ACCOUNT.queued == bindparam("waiting")
    )
)
_COLUMNS = ("email", "family", "at", "endpoint", "uuid", "position", "change", "balance")
_WRITE_CHARGE = PreparedStatement(insert(charge_table), columns=_COLUMNS)
_FIND_CHARGE = PreparedStatement(
    select(_CHARGE.id)
    .where(_CHARGE.email == bindparam("account"), _CHARGE.uuid == bindparam("set"))
    .where(_CHARGE.at == bindparam("time"), _CHARGE.balance == bindparam("left"))
)
# PostgreSQL counts through the whole set for max(position) where it has no statistics; this order it takes from the
# end of the index. The limits are literal, since prepared statements have no values but those by name.
LAST_OF_SET = PreparedStatement(
    select(_CHARGE.position)
    .where(_CHARGE.email == bindparam("account"))
    .where(_CHARGE.uuid == bindparam("set"), _CHARGE.family == bindparam("of_family"))
    .order_by(_CHARGE.position.desc())
    .limit(literal_column("1"))
    .offset(literal_column("0"))
)
"""Finds the last charge of a set, with the same work however large the set is."""


def position_in_set(execute: Execute, purchase: Purchase) -> int:
    """Return the number of earlier successes in the purchase's set."""
    if purchase.family is None:
        return 0
    values = {"account": purchase.email, "set": purchase.uuid, "of_family": purchase.family}
    last = execute(LAST_OF_SET, values).fetchone()
    return int(last[0]) + 1 if last else 0


def write_charge(execute: Execute, purchase: Purchase, *, at: str, recalled: Account | None = None) -> Charge | None:
    """Charge a success, in a transaction that writes; return None, with nothing changed, if the balance is too low.

    The same if the account has changed since it was `recalled`, but for its credits. One conditional UPDATE changes the
    balance: what others charge at the same time can neither spend a credit twice nor go below zero.
    """
    position = position_in_set(execute, purchase)
    price = purchase.price_of(position)
    values = {"account": purchase.email, "price": price}
    if recalled is None:
        left = execute(_TAKE_CREDITS, values).fetchone()
    else:
        seen = {"user": recalled.user_key, "key": recalled.api_key, "waiting": recalled.queued}
        left = execute(_TAKE_IF_SAME, values | seen).fetchone()
    if left is None:
        return None
    row = (purchase.email, purchase.family, at, purchase.endpoint, purchase.uuid, position, -price, left[0])
    execute(_WRITE_CHARGE, dict(zip(_COLUMNS, row, strict=True)))
    return Charge(at=at, endpoint=purchase.endpoint, uuid=purchase.uuid, change=-price, balance=left[0])


def has_charge(execute: Execute, purchase: Purchase, charge: Charge) -> bool:
    """Tell whether a charge that took credits was committed: it is the only one of its time that left this balance."""
    values = {"account": purchase.email, "set": charge.uuid, "time": charge.at, "left": charge.balance}
    return execute(_FIND_CHARGE, values).fetchone() is not None

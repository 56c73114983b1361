"""Keeps the last requests and their answers in the database, without keys, photos or other text of a body."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import Row, bindparam, delete, func, insert, select

from remo_mock.contract import Json
from remo_mock.exceptions import EntryUnknownError
from remo_mock.hints.hint import Hints, to_json
from remo_mock.hints.texts import texts_of_json
from remo_mock.store.charges import Charge
from remo_mock.store.clock import Clock, stamp, utc_now
from remo_mock.store.database import Database
from remo_mock.store.statements import Execute, PreparedStatement
from remo_mock.store.tables import closing_table, request_table

KEPT = 1000
"""How many exchanges are kept; the oldest are deleted first."""

# Old rows are deleted in batches of this size, since a deletion costs more than it frees for one row.
_BATCH = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One exchange.

    `photos` holds view, digest, size in bytes and verdict of each photo. `origin` is where the outcome came from:
    natural, card, plus-address, queue or header. `reasons` is what there is to say about it.
    `asked` repeats the terms that came true, each behind the way by which it was asked for, as in
    `queue: code=518; header: delay=10`. `price` is what was charged, `balance` the credits after it.
    """

    at: str
    account: str | None
    endpoint: str
    path: str
    code: int
    origin: str
    reasons: Hints
    asked: str
    photos: Sequence[Mapping[str, Json]]
    price: int
    balance: int
    milliseconds: float


_REQUEST, _CLOSING = request_table.c, closing_table.c
_COLUMNS = tuple("reason" if name == "reasons" else name for name in Entry.__slots__)
_WRITE_ENTRY = PreparedStatement(insert(request_table).returning(_REQUEST.id), columns=_COLUMNS)
_DELETE_UNTIL = PreparedStatement(delete(request_table).where(_REQUEST.id <= bindparam("last")))


_FIND_ENTRY = PreparedStatement(select(_REQUEST.id).where(_REQUEST.id == bindparam("row")))


def write_entry(execute: Execute, entry: Entry, charge: Charge | None) -> int:
    """Keep an exchange, with what it was charged, in a transaction that writes; return its number."""
    row = {name: getattr(entry, name) for name in Entry.__slots__}
    row["reason"] = to_json(entry.reasons)
    row |= {name: orjson.dumps(row[name]).decode() for name in ("asked", "photos")}
    if charge is not None:
        row |= {"price": -charge.change, "balance": charge.balance}
    (number,) = execute(_WRITE_ENTRY, row).fetchone() or (0,)
    if number % _BATCH == 0:
        execute(_DELETE_UNTIL, {"last": number - KEPT})
    return int(number)


def has_entry(execute: Execute, number: int) -> bool:
    """Tell whether the exchange of a number was committed; a database server gives no number twice."""
    return execute(_FIND_ENTRY, {"row": number}).fetchone() is not None


class Journal:
    """The last exchanges of a mock, shared by its workers."""

    def __init__(self, database: Database, *, clock: Clock = utc_now) -> None:
        self._database = database
        self._clock = clock

    def entries(
        self, *, account: str | None = None, endpoint: str | None = None, code: int | None = None
    ) -> list[dict[str, Json]]:
        """List exchanges, newest first, at most `KEPT`.

        `reason` says in English why the answer is so, `reasons` in each language; both are None where there is nothing
        to say. `repeats` is the id of an earlier exchange that paid for the same photos.
        """
        with self._database.read() as connection:
            rows = connection.execute(select(request_table).order_by(_REQUEST.id.desc()).limit(KEPT)).all()
            closed = [(row.account, row.at) for row in connection.execute(select(closing_table))]
        wanted = {"account": account, "endpoint": endpoint, "code": code}
        asked = {name: value for name, value in wanted.items() if value is not None}
        return [row for row in _mark_repeats(rows, closed) if all(row[name] == value for name, value in asked.items())]

    def entry(self, number: int) -> dict[str, Json]:
        """Return one exchange. Raises `EntryUnknownError`."""
        for row in self.entries():
            if row["id"] == number:
                return row
        raise EntryUnknownError(number)

    def clear(self, account: str | None = None) -> int:
        """Delete the exchanges of one account or of all, and return their number."""
        query = delete(request_table)
        if account is not None:
            query = query.where(_REQUEST.account == account)
        with self._database.write() as connection:
            return connection.execute(query).rowcount

    def close_account(self, account: str | None = None) -> None:
        """Record that an account, or every one, was deleted: a later account of its address has paid for nothing."""
        earlier = select(_REQUEST.id).where(_REQUEST.at <= _CLOSING.at)
        row = {"account": account, "at": stamp(self._clock())}
        with self._database.write() as connection:
            connection.execute(delete(closing_table).where(~earlier.exists()))
            connection.execute(insert(closing_table).values(row))

    def count(self) -> int:
        """Return how many exchanges are kept."""
        with self._database.read() as connection:
            number = connection.execute(select(func.count()).select_from(request_table)).scalar_one()
        return min(int(number), KEPT)


def _mark_repeats(rows: Sequence[Row[Any]], closed: Sequence[tuple[str | None, str]]) -> list[dict[str, Json]]:
    """Turn rows, newest first, into JSON; `repeats` is the id of the first one that paid for the same photos, or None.

    `closed` pairs accounts, or None for all, with the time of their deletion: what was paid earlier, another account
    paid.
    """
    ends: dict[str | None, list[str]] = {}
    for account, at in closed:
        ends.setdefault(account, []).append(at)
    first: dict[Json, int] = {}
    marked: list[dict[str, Json]] = []
    for row in reversed(rows):
        entry = {str(name): value for name, value in row._mapping.items()}
        entry["reasons"] = texts_of_json(row.reason) if row.reason else None
        entry["reason"] = entry["reasons"] and entry["reasons"]["en"]
        entry["repeats"] = None
        if row.price > 0:
            before = sum(at < row.at for name in (None, row.account) for at in ends.get(name, ()))
            key = (row.account, before, row.endpoint, tuple(photo["digest"] for photo in row.photos))
            entry["repeats"] = first.setdefault(key, row.id)
            if entry["repeats"] == row.id:
                entry["repeats"] = None
        marked.append(entry)
    return marked[::-1]

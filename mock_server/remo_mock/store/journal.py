"""What was asked and answered, redacted: no key, no photo, no text of a body ever comes here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import Row, bindparam, delete, func, insert, select

from remo_mock.contract import Json
from remo_mock.exceptions import EntryUnknownError
from remo_mock.store.clock import Clock, stamp, utc_now
from remo_mock.store.database import Database, closings, requests
from remo_mock.store.prepared import Prepared

KEPT = 1000
"""How many exchanges are kept; the oldest go first."""

# Old rows go in batches: each time this many are too many.
_BATCH = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One exchange. `photos` tells of each photo looked at: view, digest, bytes of base64 text, verdict.

    `origin` says where the outcome came from: natural, card, plus-address, queue or header; `asked` repeats the terms
    that came true, each behind its way, as in `queue: code=518; header: delay=10`.
    `price` is what was charged, `balance` the credits after it.
    """

    at: str
    account: str | None
    endpoint: str
    path: str
    code: int
    origin: str
    reason: str | None
    asked: str
    photos: Sequence[Mapping[str, Json]]
    price: int
    balance: int
    milliseconds: float


_WRITE_ENTRY = Prepared(insert(requests).returning(requests.c.id), columns=Entry.__slots__)
_FORGET = Prepared(delete(requests).where(requests.c.id <= bindparam("last")))


class Journal:
    """The last exchanges of a mock, shared by its workers."""

    def __init__(self, database: Database, *, clock: Clock = utc_now) -> None:
        self._database = database
        self._clock = clock

    def write(self, entry: Entry) -> None:
        """Keep an exchange."""
        row = {name: getattr(entry, name) for name in Entry.__slots__}
        row |= {name: orjson.dumps(row[name]).decode() for name in ("asked", "photos")}
        with self._database.quick(write=True) as run:
            written = run(_WRITE_ENTRY, row).fetchone()
            if written and written[0] % _BATCH == 0:
                run(_FORGET, {"last": written[0] - KEPT})

    def entries(
        self, *, account: str | None = None, endpoint: str | None = None, code: int | None = None
    ) -> list[dict[str, Json]]:
        """List exchanges, newest first, at most `KEPT`; those that paid again for the same photos say for which."""
        with self._database.read() as connection:
            rows = connection.execute(select(requests).order_by(requests.c.id.desc()).limit(KEPT)).all()
            closed = [(row.account, row.at) for row in connection.execute(select(closings))]
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
        """Forget the exchanges of one account, or all; return how many those were."""
        query = delete(requests)
        if account is not None:
            query = query.where(requests.c.account == account)
        with self._database.write() as connection:
            return connection.execute(query).rowcount

    def close_account(self, account: str | None = None) -> None:
        """Remember that an account, or every one, was closed: who has its address from now on has paid for nothing."""
        earlier = select(requests.c.id).where(requests.c.at <= closings.c.at)
        row = {"account": account, "at": stamp(self._clock())}
        with self._database.write() as connection:
            connection.execute(delete(closings).where(~earlier.exists()))
            connection.execute(insert(closings).values(row))

    def count(self) -> int:
        """Return how many exchanges are kept."""
        with self._database.read() as connection:
            number = connection.execute(select(func.count()).select_from(requests)).scalar_one()
        return min(int(number), KEPT)


def _mark_repeats(rows: Sequence[Row[Any]], closed: Sequence[tuple[str | None, str]]) -> list[dict[str, Json]]:
    """Turn rows, newest first, into entries; one that paid for photos paid for before names the first such entry.

    `closed` names accounts, or None for all, and when they were closed: who paid before that was another one.
    """
    ends: dict[str | None, list[str]] = {}
    for account, at in closed:
        ends.setdefault(account, []).append(at)
    first: dict[Json, int] = {}
    marked: list[dict[str, Json]] = []
    for row in reversed(rows):
        entry = {str(name): value for name, value in row._mapping.items()}
        entry["repeats"] = None
        if row.price > 0:
            before = sum(at < row.at for name in (None, row.account) for at in ends.get(name, ()))
            key = (row.account, before, row.endpoint, tuple(photo["digest"] for photo in row.photos))
            entry["repeats"] = first.setdefault(key, row.id)
            if entry["repeats"] == row.id:
                entry["repeats"] = None
        marked.append(entry)
    return marked[::-1]

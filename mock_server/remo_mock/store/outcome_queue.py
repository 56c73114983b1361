"""Outcomes that wait for an account's next requests, shared by all workers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, or_, select, update

from remo_mock.contract import Json
from remo_mock.exceptions import AccountUnknownError
from remo_mock.store.database import Database, accounts, outcomes

PHOTO_CHANGES = "photo changes"
"""Until when an outcome lasts that is for every request with the photos of the first one that takes it."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An outcome that was asked for and not used up: for whom, on which endpoint (None: any), how many times more.

    One with `until` lasts until then instead; `taken` says whether a request has taken it already.
    """

    id: int
    account: str
    endpoint: str | None
    terms: Mapping[str, Json]
    times: int = 1
    until: str | None = None
    taken: bool = False

    @property
    def fields(self) -> dict[str, Json]:
        """The outcome as `/__admin/outcomes` lists it: with `until` and `taken`, or with `times`."""
        lasts = {"times": self.times} if self.until is None else {"until": self.until, "taken": self.taken}
        common = {"id": self.id, "account": self.account, "endpoint": self.endpoint, "terms": self.terms}
        return common | lasts


class OutcomeQueue:
    """The waiting outcomes of one mock, first in, first out. An account's `queued` counts its own."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(
        self,
        account: str,
        *,
        endpoint: str | None,
        terms: Mapping[str, Json],
        times: int = 1,
        until: str | None = None,
    ) -> Waiting:
        """Queue an outcome of an account's next `times` requests, or `until` then. Raises `AccountUnknownError`."""
        with self._database.write() as connection:
            counted = update(accounts).where(accounts.c.email == account).values(queued=accounts.c.queued + 1)
            if not connection.execute(counted).rowcount:
                raise AccountUnknownError(account)
            row = {"account": account, "endpoint": endpoint, "terms": dict(terms), "times": times, "until": until}
            key = connection.execute(insert(outcomes).values(row)).inserted_primary_key
        return Waiting(key[0] if key else 0, account, endpoint, terms, times, until)

    def take(
        self, account: str, endpoint: str, *, photos: str, fits: Callable[[Mapping[str, Json]], bool]
    ) -> Mapping[str, Json] | None:
        """Use up one turn of the account's first outcome for the endpoint; return its terms, or None.

        One for any endpoint waits for a request whose endpoint its terms fit. One that lasts until the photos change
        is from its first request on for that endpoint and for `photos`, the digest of the request's; a request to the
        endpoint with others removes it, and takes the next one.
        """
        with self._database.write() as connection:
            rows = connection.execute(
                select(outcomes)
                .where(outcomes.c.account == account)
                .where(or_(outcomes.c.endpoint.is_(None), outcomes.c.endpoint == endpoint))
                .order_by(outcomes.c.id)
            ).all()
            for row in rows:
                if row.photos not in (None, photos):
                    _remove(connection, row)
                elif fits(row.terms):
                    _use(connection, row, endpoint=endpoint, photos=photos)
                    terms: Mapping[str, Json] = row.terms
                    return terms
        return None

    def waiting(self, account: str | None = None) -> list[Waiting]:
        """List what was asked for and not used up, of one account or of all, first in first."""
        query = select(outcomes).order_by(outcomes.c.id)
        if account is not None:
            query = query.where(outcomes.c.account == account)
        with self._database.read() as connection:
            return [
                Waiting(row.id, row.account, row.endpoint, row.terms, row.times, row.until, row.photos is not None)
                for row in connection.execute(query)
            ]

    def clear(self, account: str | None = None) -> int:
        """Take back what waits, of one account or of all; return how many outcomes that were."""
        query, counted = delete(outcomes), update(accounts).values(queued=0)
        if account is not None:
            query, counted = query.where(outcomes.c.account == account), counted.where(accounts.c.email == account)
        with self._database.write() as connection:
            connection.execute(counted)
            return connection.execute(query).rowcount


def _use(connection: Connection, row: Row[Any], *, endpoint: str, photos: str) -> None:
    """Use up one turn of an outcome; one that lasts is kept for the endpoint and the photos of this request."""
    this = outcomes.c.id == row.id
    if row.until is not None:
        connection.execute(update(outcomes).where(this).values(endpoint=endpoint, photos=photos))
    elif row.times > 1:
        connection.execute(update(outcomes).where(this).values(times=row.times - 1))
    else:
        _remove(connection, row)


def _remove(connection: Connection, row: Row[Any]) -> None:
    connection.execute(delete(outcomes).where(outcomes.c.id == row.id))
    less = update(accounts).where(accounts.c.email == row.account).values(queued=accounts.c.queued - 1)
    connection.execute(less)

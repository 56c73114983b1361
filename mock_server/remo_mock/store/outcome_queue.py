"""Outcomes that wait for an account's next requests, shared by all workers; knows not what their terms mean."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import delete, insert, or_, select, update

from remo_mock.contract import Json
from remo_mock.exceptions import AccountUnknownError
from remo_mock.store.database import Database, accounts, outcomes


@dataclass(frozen=True, slots=True)
class Waiting:
    """An outcome that was asked for and not used up: for whom, on which endpoint (None: any), how many times more."""

    id: int
    account: str
    endpoint: str | None
    terms: Mapping[str, Json]
    times: int


class OutcomeQueue:
    """The waiting outcomes of one mock, first in, first out. An account's `queued` counts its own."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, account: str, *, endpoint: str | None, terms: Mapping[str, Json], times: int) -> Waiting:
        """Let `times` requests of an account come to the terms. Raises `AccountUnknownError`."""
        with self._database.write() as connection:
            counted = update(accounts).where(accounts.c.email == account).values(queued=accounts.c.queued + 1)
            if not connection.execute(counted).rowcount:
                raise AccountUnknownError(account)
            row = {"account": account, "endpoint": endpoint, "terms": dict(terms), "times": times}
            key = connection.execute(insert(outcomes).values(row)).inserted_primary_key
        return Waiting(key[0] if key else 0, account, endpoint, terms, times)

    def take(
        self, account: str, endpoint: str, *, fits: Callable[[Mapping[str, Json]], bool]
    ) -> Mapping[str, Json] | None:
        """Use up one turn of the account's first outcome for the endpoint; return its terms, or None.

        One for any endpoint waits for a request whose endpoint its terms fit.
        """
        with self._database.write() as connection:
            rows = connection.execute(
                select(outcomes)
                .where(outcomes.c.account == account)
                .where(or_(outcomes.c.endpoint.is_(None), outcomes.c.endpoint == endpoint))
                .order_by(outcomes.c.id)
            ).all()
            row = next((row for row in rows if fits(row.terms)), None)
            if row is None:
                return None
            if row.times > 1:
                connection.execute(update(outcomes).where(outcomes.c.id == row.id).values(times=row.times - 1))
            else:
                connection.execute(delete(outcomes).where(outcomes.c.id == row.id))
                less = update(accounts).where(accounts.c.email == account).values(queued=accounts.c.queued - 1)
                connection.execute(less)
        terms: Mapping[str, Json] = row.terms
        return terms

    def waiting(self, account: str | None = None) -> list[Waiting]:
        """List what was asked for and not used up, of one account or of all, first in first."""
        query = select(outcomes).order_by(outcomes.c.id)
        if account is not None:
            query = query.where(outcomes.c.account == account)
        with self._database.read() as connection:
            return [
                Waiting(row.id, row.account, row.endpoint, row.terms, row.times) for row in connection.execute(query)
            ]

    def clear(self, account: str | None = None) -> int:
        """Take back what waits, of one account or of all; return how many outcomes that were."""
        query, counted = delete(outcomes), update(accounts).values(queued=0)
        if account is not None:
            query, counted = query.where(outcomes.c.account == account), counted.where(accounts.c.email == account)
        with self._database.write() as connection:
            connection.execute(counted)
            return connection.execute(query).rowcount

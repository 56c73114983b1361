"""Keeps the outcomes that are queued for the next requests of an account, in the database."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import delete, insert, select, update

from remo_mock.contract import Json
from remo_mock.exceptions import AccountUnknownError
from remo_mock.store.database import Database
from remo_mock.store.removal import IS_LIVE
from remo_mock.store.tables import account_table, outcome_table
from remo_mock.store.turns import Turn, find_turn

_ACCOUNT, _OUTCOME = account_table.c, outcome_table.c


@dataclass(frozen=True, slots=True)
class QueuedOutcome:
    """An outcome that is queued for `account`, on `endpoint` (None: any), for its next `times` requests.

    `terms` is what was asked for, as JSON. One with `until` lasts until then instead; `taken` says whether a request
    has taken it already.
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
    """The queued outcomes of one mock, first in, first out. `Account.queued` counts those of an account."""

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
    ) -> QueuedOutcome:
        """Queue an outcome of an account's next `times` requests, or `until` then. Raises `AccountUnknownError`."""
        with self._database.write() as connection:
            counted = update(account_table).where(_ACCOUNT.email == account, IS_LIVE).values(queued=_ACCOUNT.queued + 1)
            if not connection.execute(counted).rowcount:
                raise AccountUnknownError(account)
            row = {"account": account, "endpoint": endpoint, "terms": dict(terms), "times": times, "until": until}
            key = connection.execute(insert(outcome_table).values(row)).inserted_primary_key
        return QueuedOutcome(key[0] if key else 0, account, endpoint, terms, times, until)

    def peek(
        self, account: str, endpoint: str, *, photos: str, fits: Callable[[Mapping[str, Json]], bool]
    ) -> Turn | None:
        """Return what a request would take from the queue, None if that is nothing; `Store.settle` takes it."""
        return self._database.read_prepared(
            lambda execute: find_turn(execute, account, endpoint, photos=photos, fits=fits)
        )

    def waiting(self, account: str | None = None) -> list[QueuedOutcome]:
        """List the outcomes that were not used up, of one account or of all, in the order in which they were queued."""
        live = select(_ACCOUNT.email).where(IS_LIVE)
        query = select(outcome_table).where(_OUTCOME.account.in_(live)).order_by(_OUTCOME.id)
        if account is not None:
            query = query.where(_OUTCOME.account == account)
        with self._database.read() as connection:
            return [
                QueuedOutcome(
                    row.id, row.account, row.endpoint, row.terms, row.times, row.until, row.photos is not None
                )
                for row in connection.execute(query)
            ]

    def clear(self, account: str | None = None) -> int:
        """Delete the outcomes of one account or of all, and return their number."""
        query, counted = delete(outcome_table), update(account_table).values(queued=0)
        if account is not None:
            query, counted = query.where(_OUTCOME.account == account), counted.where(_ACCOUNT.email == account)
        with self._database.write() as connection:
            connection.execute(counted)
            return connection.execute(query).rowcount

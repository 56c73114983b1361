"""Keeps the outcomes that are queued for the next requests of an account, in the database."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import delete, insert, or_, select, update

from remo_mock.contract import Json
from remo_mock.exceptions import AccountUnknownError
from remo_mock.store.database import Database
from remo_mock.store.tables import account_table, outcome_table

_ACCOUNT, _OUTCOME = account_table.c, outcome_table.c


@dataclass(frozen=True, slots=True)
class QueuedOutcome:
    """An outcome that is queued for `account`, on `endpoint` (None: any), for its next `times` requests.

    `terms` is what was asked for, as JSON.
    """

    id: int
    account: str
    endpoint: str | None
    terms: Mapping[str, Json]
    times: int


class OutcomeQueue:
    """The queued outcomes of one mock, first in, first out. `Account.queued` counts those of an account."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, account: str, *, endpoint: str | None, terms: Mapping[str, Json], times: int) -> QueuedOutcome:
        """Queue an outcome for an account's next `times` requests. Raises `AccountUnknownError`."""
        with self._database.write() as connection:
            counted = update(account_table).where(_ACCOUNT.email == account).values(queued=_ACCOUNT.queued + 1)
            if not connection.execute(counted).rowcount:
                raise AccountUnknownError(account)
            row = {"account": account, "endpoint": endpoint, "terms": dict(terms), "times": times}
            key = connection.execute(insert(outcome_table).values(row)).inserted_primary_key
        return QueuedOutcome(key[0] if key else 0, account, endpoint, terms, times)

    def take(
        self, account: str, endpoint: str, *, fits: Callable[[Mapping[str, Json]], bool]
    ) -> Mapping[str, Json] | None:
        """Use the account's first outcome for the endpoint once, and return its terms; None if there is none.

        An outcome for any endpoint is used by a request whose endpoint fits its terms.
        """
        with self._database.write() as connection:
            rows = connection.execute(
                select(outcome_table)
                .where(_OUTCOME.account == account)
                .where(or_(_OUTCOME.endpoint.is_(None), _OUTCOME.endpoint == endpoint))
                .order_by(_OUTCOME.id)
            ).all()
            row = next((row for row in rows if fits(row.terms)), None)
            if row is None:
                return None
            if row.times > 1:
                connection.execute(update(outcome_table).where(_OUTCOME.id == row.id).values(times=row.times - 1))
            else:
                connection.execute(delete(outcome_table).where(_OUTCOME.id == row.id))
                less = update(account_table).where(_ACCOUNT.email == account).values(queued=_ACCOUNT.queued - 1)
                connection.execute(less)
        terms: Mapping[str, Json] = row.terms
        return terms

    def waiting(self, account: str | None = None) -> list[QueuedOutcome]:
        """List the outcomes that were not used up, of one account or of all, in the order in which they were queued."""
        query = select(outcome_table).order_by(_OUTCOME.id)
        if account is not None:
            query = query.where(_OUTCOME.account == account)
        with self._database.read() as connection:
            return [
                QueuedOutcome(row.id, row.account, row.endpoint, row.terms, row.times)
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

"""Finds the queued outcome that a request takes, and takes it in the transaction that writes its exchange."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import ColumnClause, bindparam, delete, literal_column, or_, select, update

from remo_mock.contract import Json
from remo_mock.store.statements import Execute, PreparedStatement
from remo_mock.store.tables import account_table, outcome_table

_ACCOUNT, _OUTCOME = account_table.c, outcome_table.c

_PAGE = 50
_NEXT_OUTCOMES = PreparedStatement(
    select(_OUTCOME.id, _OUTCOME.endpoint, _OUTCOME.terms, _OUTCOME.photos, _OUTCOME.until)
    .where(_OUTCOME.account == bindparam("of_account"), _OUTCOME.id > bindparam("after"))
    .where(or_(_OUTCOME.endpoint.is_(None), _OUTCOME.endpoint == bindparam("of_endpoint")))
    .order_by(_OUTCOME.id)
    .limit(literal_column(str(_PAGE)))
    .offset(literal_column("0"))
)
_THIS = _OUTCOME.id == bindparam("row")
_ONE: ColumnClause[int] = literal_column("1")
_KEEP = PreparedStatement(update(outcome_table).where(_THIS).values(endpoint=bindparam("kept"), photos=bindparam("of")))
_USE = PreparedStatement(update(outcome_table).where(_THIS, _OUTCOME.times > _ONE).values(times=_OUTCOME.times - _ONE))
_REMOVE = PreparedStatement(delete(outcome_table).where(_THIS))
_COUNT_DOWN = PreparedStatement(
    update(account_table).where(_ACCOUNT.email == bindparam("account")).values(queued=_ACCOUNT.queued - _ONE)
)


@dataclass(frozen=True, slots=True)
class _Queued:
    """An outcome as the queue holds it."""

    id: int
    endpoint: str | None
    terms: Mapping[str, Json]
    photos: str | None
    until: str | None

    def is_same(self, other: "_Queued | None") -> bool:
        """Tell whether this is still the same outcome, however many turns of it others used meanwhile."""
        return other is not None and (self.id, self.endpoint, self.terms, self.photos) == (
            other.id,
            other.endpoint,
            other.terms,
            other.photos,
        )


@dataclass(frozen=True, slots=True)
class Turn:
    """What a request would take from the queue: the terms of an outcome, None if it only ends earlier ones.

    `photos` is the digest of the request's photos. `passed` are the outcomes of the account that came into question,
    in order; the last of them is the one that is taken, unless there are no terms.
    """

    account: str
    endpoint: str
    photos: str
    terms: Mapping[str, Json] | None
    passed: tuple[_Queued, ...]


def find_turn(
    execute: Execute, account: str, endpoint: str, *, photos: str, fits: Callable[[Mapping[str, Json]], bool]
) -> Turn | None:
    """Return what a request of the account to the endpoint would take, and change nothing; None if that is nothing.

    It is the account's first outcome for the endpoint. One for any endpoint waits for a request whose endpoint its
    terms fit. One that lasts until the photos change is from its first request on for that endpoint and for `photos`;
    a request to the endpoint with others ends it, and takes the next one.
    """
    passed: list[_Queued] = []
    for queued in _outcomes(execute, account, endpoint):
        passed.append(queued)
        if queued.photos in (None, photos) and fits(queued.terms):
            return Turn(account, endpoint, photos, queued.terms, tuple(passed))
    ends = any(queued.photos not in (None, photos) for queued in passed)
    return Turn(account, endpoint, photos, None, tuple(passed)) if ends else None


def is_still_there(execute: Execute, turn: Turn) -> bool:
    """Tell, in the transaction that takes it, whether a turn is still what the request would take."""
    now = _outcomes(execute, turn.account, turn.endpoint)
    return all(queued.is_same(next(now, None)) for queued in turn.passed)


def take_turn(execute: Execute, turn: Turn) -> None:
    """Use a turn up that is still there; one that lasts is kept for the endpoint and the photos of this request."""
    for queued in turn.passed:
        if queued.photos not in (None, turn.photos):
            _remove(execute, turn, queued)
    if turn.terms is None:
        return
    taken = turn.passed[-1]
    if taken.until is not None:
        execute(_KEEP, {"row": taken.id, "kept": turn.endpoint, "of": turn.photos})
    elif not execute(_USE, {"row": taken.id}).rowcount:
        _remove(execute, turn, taken)


def _remove(execute: Execute, turn: Turn, queued: _Queued) -> None:
    execute(_REMOVE, {"row": queued.id})
    execute(_COUNT_DOWN, {"account": turn.account})


def _outcomes(execute: Execute, account: str, endpoint: str) -> Iterator[_Queued]:
    """Yield the account's outcomes for an endpoint, or for any, in the order in which they were queued."""
    last = 0
    while True:
        values = {"of_account": account, "of_endpoint": endpoint, "after": last}
        rows = execute(_NEXT_OUTCOMES, values).fetchall()
        for row in rows:
            yield _queued(*row)
        if len(rows) < _PAGE:
            return
        last = rows[-1][0]


def _queued(number: int, endpoint: str | None, terms: Any, photos: str | None, until: str | None) -> _Queued:
    # psycopg reads JSON itself, SQLite's driver hands over the text.
    return _Queued(number, endpoint, orjson.loads(terms) if isinstance(terms, str) else terms, photos, until)

"""Puts the stores of a mock together, and writes what an answer changes in all of them in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from remo_mock.exceptions import StoreFailedError
from remo_mock.store.account import Account
from remo_mock.store.accounts import Accounts, find_account
from remo_mock.store.charges import Charge, Purchase, has_charge, write_charge
from remo_mock.store.clock import Clock, stamp, utc_now
from remo_mock.store.crowd import Crowd
from remo_mock.store.database import Database
from remo_mock.store.journal import Entry, Journal, has_entry, write_entry
from remo_mock.store.outcome_queue import OutcomeQueue
from remo_mock.store.patience import WouldWaitError, may_wait
from remo_mock.store.statements import Execute
from remo_mock.store.turns import Turn, is_still_there, take_turn


@dataclass(frozen=True, slots=True, kw_only=True)
class Effects:
    """What an answer changes beside the journal: it takes a turn of the queue, and is charged, or neither.

    `recalled` is the account that it rests on, if that was recalled, so that it may have changed since.
    """

    turn: Turn | None = None
    purchase: Purchase | None = None
    recalled: Account | None = None


@dataclass(frozen=True, slots=True)
class Settlement:
    """An exchange that is to be kept in the journal, with what else its answer changes."""

    effects: Effects
    entry: Entry


@dataclass(frozen=True, slots=True)
class Settled:
    """What was written: the number of the exchange in the journal, and the charge, None for what costs nothing."""

    entry: int
    charge: Charge | None = None


class Store:
    """Accounts, queue and journal of one mock, in one database.

    What an answer changes is written as a whole or not at all, before the answer is sent: a killed process, a lost
    connection or a full disk leaves neither half of an exchange behind nor a charge without its exchange.
    """

    def __init__(self, database: Database, *, clock: Clock = utc_now) -> None:
        self.database = database
        self.accounts = Accounts(database)
        self.queue = OutcomeQueue(database)
        self.journal = Journal(database, clock=clock)
        self._clock = clock
        self._crowd = Crowd(self.settle_all)

    def settle(self, effects: Effects, entry: Entry) -> Settled | None:
        """Take the turn, charge the purchase and keep the exchange, with the charge's price and balance: all or none.

        Returns None, with nothing changed, if others took the turn, spent the credits or changed the account meanwhile:
        then the request has to be decided again. Raises `StoreError`, with nothing changed, if the database fails.
        """
        wanted = Settlement(effects, entry)
        done = self._crowd.do(wanted) if may_wait() else self.settle_all([wanted])[0]
        if isinstance(done, Exception):
            raise done
        return done

    def settle_all(self, wanted: Sequence[Settlement]) -> list[Settled | Exception | None]:
        """Settle several exchanges in one transaction, in their order; each gets what `settle` returns or raises.

        What is wrong with one of them alone costs the others a transaction of their own each, and nothing else.
        """
        try:
            return [*self._settle_together(wanted)]
        except Exception as error:  # noqa: BLE001 - it is raised where its exchange is answered
            if len(wanted) == 1 or isinstance(error, StoreFailedError | WouldWaitError):
                return [error] * len(wanted)
        return [done for one in wanted for done in self.settle_all([one])]

    def _settle_together(self, wanted: Sequence[Settlement]) -> list[Settled | None]:
        at = stamp(self._clock())
        settled = self.database.write_prepared(
            lambda execute: [_write(execute, one.effects, one.entry, at) for one in wanted],
            is_written=lambda execute, settled: _is_written(execute, wanted, settled),
        )
        for one, done in zip(wanted, settled, strict=True):
            recalled = one.effects.recalled
            if recalled is not None and done is not None and done.charge is not None:
                self.accounts.remember(replace(recalled, credit=done.charge.balance))
        return settled


def _is_written(execute: Execute, wanted: Sequence[Settlement], settled: Sequence[Settled | None]) -> bool:
    """Tell whether a transaction was committed, by the first exchange that changed something in it."""
    for one, done in zip(wanted, settled, strict=True):
        if done is not None:
            purchase = one.effects.purchase
            if purchase is not None and done.charge is not None and done.charge.change:
                return has_charge(execute, purchase, done.charge)
            return has_entry(execute, done.entry)
    return True


def _write(execute: Execute, effects: Effects, entry: Entry, at: str) -> Settled | None:
    """Write everything, or return None before the first change."""
    turn, recalled, charge = effects.turn, effects.recalled, None
    if turn is not None and not is_still_there(execute, turn):
        return None
    if effects.purchase is not None:
        charge = write_charge(execute, effects.purchase, at=at, recalled=recalled)
        if charge is None:
            return None
    elif recalled is not None and find_account(execute, recalled.email) != recalled:
        return None
    if turn is not None:
        take_turn(execute, turn)
    return Settled(write_entry(execute, entry, charge), charge)

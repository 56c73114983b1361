"""Puts the stores of a mock together, and writes what an answer changes in all of them in one transaction."""

from dataclasses import dataclass, replace

from remo_mock.store.account import Account
from remo_mock.store.accounts import Accounts, find_account
from remo_mock.store.charges import Charge, Purchase, has_charge, write_charge
from remo_mock.store.clock import Clock, stamp, utc_now
from remo_mock.store.database import Database
from remo_mock.store.journal import Entry, Journal, has_entry, write_entry
from remo_mock.store.outcome_queue import OutcomeQueue
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

    def settle(self, effects: Effects, entry: Entry) -> Settled | None:
        """Take the turn, charge the purchase and keep the exchange, with the charge's price and balance: all or none.

        Returns None, with nothing changed, if others took the turn, spent the credits or changed the account meanwhile:
        then the request has to be decided again. Raises `StoreError`, with nothing changed, if the database fails.
        """
        at = stamp(self._clock())

        def is_written(execute: Execute, settled: Settled | None) -> bool:
            if settled is None:
                return True  # it changed nothing
            if effects.purchase is not None and settled.charge is not None and settled.charge.change:
                return has_charge(execute, effects.purchase, settled.charge)
            return has_entry(execute, settled.entry)

        settled = self.database.write_prepared(
            lambda execute: _write(execute, effects, entry, at), is_written=is_written
        )
        if effects.recalled is not None and settled is not None and settled.charge is not None:
            self.accounts.remember(replace(effects.recalled, credit=settled.charge.balance))
        return settled


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

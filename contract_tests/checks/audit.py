"""Follows the balance of one account through a run, and finds the exchanges at which it does not add up."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, TypeAlias

from ..model.exchange import Exchange

BalanceRule: TypeAlias = Literal["BALANCE", "FAILURE", "ERROR"]


@dataclass(frozen=True, slots=True)
class BalanceMismatch:
    """A balance that does not add up: the rule that it breaks, the exchange, and how many credits are missing."""

    rule: BalanceRule
    exchange: Exchange
    expected: str
    got: str
    missing: int = 0


def has_balance(exchange: Exchange) -> bool:
    """Tell whether the reply should have the account's balance: a success, or an error after the keys were accepted."""
    if exchange.credit is None or exchange.number == 0:
        return False
    if exchange.kind == "success":
        return exchange.change is not None
    return exchange.kind == "error" and exchange.cause is not None and exchange.cause.balance == "current"


def audit(exchanges: Iterable[Exchange]) -> list[BalanceMismatch]:
    """Follow the balance of one account; runs send failures first, then all successes, then failures again.

    A drop between failures is a failure that was charged, if the balance of the next success confirms it.
    """
    ordered = sorted((one for one in exchanges if has_balance(one)), key=lambda one: one.number)
    first = next((at for at, one in enumerate(ordered) if one.kind == "success"), len(ordered))
    last = max((at for at, one in enumerate(ordered) if one.kind == "success"), default=first - 1)
    before, successes, after = ordered[:first], ordered[first : last + 1], ordered[last + 1 :]
    found = list(_between(successes))
    closing = list(_after(successes[-1], after)) if successes else []
    truth = _before_first(successes[0]) if successes else (before[-1].credit if before else None)
    opening = list(_failures(before, truth))
    found += opening
    if before and successes and not any(one.rule == "FAILURE" for one in opening):
        found += _first_gap(before, truth or 0, lying={one.rule for one in (*found, *closing)})
    return found + closing


def _before_first(success: Exchange) -> int:
    return (success.credit or 0) - (success.change or 0)


def _between(exchanges: Sequence[Exchange]) -> Iterator[BalanceMismatch]:
    """Compare each balance with the one before it; failures in between should not move it."""
    for earlier, one in pairwise(exchanges):
        balance = earlier.credit or 0
        if one.kind == "error":
            if one.credit != balance:
                missing = balance - (one.credit or 0)
                text = f"credit {balance}, the balance before"
                yield BalanceMismatch("ERROR", one, text, f"credit {one.credit}", missing)
            continue
        change = one.change or 0
        if one.credit != balance + change:
            text, missing = f"credit {balance} {change:+} = {balance + change}", balance + change - (one.credit or 0)
            yield BalanceMismatch("BALANCE", one, text, f"credit {one.credit}", missing)


def _failures(errors: Sequence[Exchange], truth: int | None) -> Iterator[BalanceMismatch]:
    """Compare the failures before the first success; `truth` is the balance from which this success started."""
    if not errors or truth is None:
        return
    balance = errors[0].credit or 0
    for one in errors[1:]:
        credit = one.credit or 0
        if truth <= credit < balance:
            text = f"credit {balance}, as before the failure"
            yield BalanceMismatch("FAILURE", one, text, f"credit {credit}", balance - credit)
            balance = credit
        elif credit != balance:
            text = f"credit {balance}, the current balance"
            yield BalanceMismatch("ERROR", one, text, f"credit {credit}", balance - credit)


def _first_gap(before: Sequence[Exchange], truth: int, *, lying: set[BalanceRule]) -> Iterator[BalanceMismatch]:
    balance = before[-1].credit or 0
    if truth == balance or "BALANCE" in lying:
        return
    if truth < balance and "ERROR" not in lying:
        got = f"credit {truth} before the first success, though no success was charged in between"
        yield BalanceMismatch("FAILURE", before[-1], f"credit {balance}, as in the failures", got, balance - truth)
    elif "ERROR" not in lying:
        got = f"credit {balance}, while the next success started from {truth}"
        yield BalanceMismatch("ERROR", before[-1], f"credit {truth}, the current balance", got)


def _after(success: Exchange, errors: Sequence[Exchange]) -> Iterator[BalanceMismatch]:
    balance = success.credit or 0
    falling = len({one.credit for one in errors}) > 1 and all(
        (two.credit or 0) <= (one.credit or 0) for one, two in pairwise(errors)
    )
    for one in errors:
        credit = one.credit or 0
        if falling and credit < balance:
            text = f"credit {balance}, as before the failure"
            yield BalanceMismatch("FAILURE", one, text, f"credit {credit}", balance - credit)
            balance = credit
        elif credit != balance:
            text = f"credit {balance}, the current balance"
            yield BalanceMismatch("ERROR", one, text, f"credit {credit}", balance - credit)

"""Checks of credits: prices, balances, and that failures cost nothing."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from remo_mock.contract import Documents, Endpoint, Price

from ..model.check import (
    ERROR,
    SUCCESS,
    Check,
    Context,
    Finding,
    Judge,
    LedgerReading,
    Problem,
    Selector,
    Severity,
    each,
)
from ..model.exchange import Exchange
from ..model.promises import origin, success_promises
from .audit import BalanceRule, audit
from .check_factory import CheckFactory

_WITH_BALANCE = Selector("a reply with a balance", lambda one: one.credit is not None)
_WITH_PRICE = Selector("a success with its price", lambda one: one.kind == "success" and one.change is not None)
_OF_A_SET = Selector(
    "two successes of one uuid",
    lambda one: one.kind == "success" and one.change is not None and bool(one.request.uuid),
)
_UNKNOWN_ACCOUNT = Selector(
    "an error without a known account",
    lambda one: one.kind == "error" and one.cause is not None and one.cause.balance.startswith("zero"),
)
_WITH_CAUSE = Selector("an error", lambda one: one.kind == "error" and one.cause is not None)


def credit_checks(documents: Documents, endpoint: Endpoint) -> Iterator[Check]:
    """Yield the checks of the credits layer."""
    fields = success_promises(documents, endpoint)
    change, credit = fields["credit_change"].origin, fields["credit"].origin
    price = origin(documents[f"{endpoint.name}/endpoint.json"]["price"])

    check = CheckFactory(documents, endpoint, "credits", "REMO-CREDIT-").check

    yield check("SIGN", "credit_change is never positive", change, _WITH_PRICE, each(_sign), ledger=("L04",))
    other = _other_prices(documents, price.ledger)
    yield check("PRICE", "a success costs its price", price, _WITH_PRICE, _price(endpoint.price, other))
    if endpoint.price.family:
        judge, title = _set(endpoint.price, other), "requests of one uuid cost as a set, or each"
        yield check("SET", title, price, _OF_A_SET, judge, least=2)
    yield check(
        "BALANCE", "balance after = balance before + credit_change", credit, SUCCESS, _audited("BALANCE"), least=2
    )
    yield check("NEGATIVE", "no balance is below zero", credit, _WITH_BALANCE, each(_negative))
    # The table has the current balance and the credits that were used: what goes without a word contradicts both.
    title = "a failure charges nothing that no reply tells"
    failure = _audited("FAILURE")
    yield check("FAILURE", title, credit, _WITH_CAUSE, failure, evidence="table", ledger=("L20",))
    # Whether a failure may cost, no page of these endpoints says; a sibling's says 0.
    title = "an error has no credit_change but 0"
    yield check("FAILURE-TOLD", title, change, ERROR, each(_no_change), evidence="observed", ledger=("L20",))
    yield check("ERROR", "an error carries the current balance", credit, _WITH_CAUSE, _audited("ERROR"))
    title = "without a known account the balance is 0"
    yield check("UNKNOWN", title, credit, _UNKNOWN_ACCOUNT, each(_no_balance), evidence="assumed")


def _other_prices(documents: Documents, ledger: Sequence[str]) -> dict[int, str]:
    """Return the prices that the page names besides its own, each with the entry that has it among `accepts` (L38)."""
    entries = [entry for entry in documents["ledger.json"]["entries"] if entry["id"] in ledger]
    return {int(row["key"]): entry["id"] for entry in entries for row in entry["accepts"] if row["key"].isdigit()}


def _sign(exchange: Exchange, _context: Context) -> Iterator[Finding]:
    if exchange.change is not None and exchange.change > 0:
        yield Problem("credit_change <= 0", f"credit_change {exchange.change}")


def _position(exchange: Exchange, context: Context) -> int:
    """Return the number of earlier successes in the exchange's set."""
    uuid = exchange.request.uuid
    if not uuid:
        return 0
    return sum(
        other.kind == "success"
        and other.request.uuid == uuid
        and other.request.account == exchange.request.account
        and other.endpoint.price.family == exchange.endpoint.price.family
        and other.number < exchange.number
        for other in context.exchanges
    )


def _price(price: Price, other: Mapping[int, str]) -> Judge:
    def judge(exchange: Exchange, context: Context) -> Iterator[Finding]:
        by_set = -price.of(_position(exchange, context)) if price.family else -price.credits
        accepted = {by_set} if context.exact else {by_set, -price.credits}
        # Recorded replies may be any member of a set.
        if price.family and exchange.number == 0 and exchange.request.uuid:
            accepted |= {0}
        if price.family and exchange.change == 0 and not exchange.request.known:
            yield Problem(
                f"credit_change {-price.credits}", "credit_change 0: right for each second view of a set", "note"
            )
        elif exchange.change not in accepted:
            expected = " or ".join(map(str, sorted(accepted)))
            entry = other.get(-(exchange.change or 0))
            severity: Severity | None = None
            if entry is not None:
                severity = "note"
                yield LedgerReading(entry, f"{exchange.change} for each request")
            yield Problem(f"credit_change {expected}", f"credit_change {exchange.change}", severity)

    return each(judge)


def _set(price: Price, other: Mapping[int, str]) -> Judge:
    def judge(exchanges: Sequence[Exchange], context: Context) -> Iterator[Finding]:
        for first in {one.request.uuid: one for one in reversed(exchanges)}.values():
            members = _set_of(first, context)
            if len(members) < 2:
                continue
            changes = [one.change for one in members]
            as_set = [-price.of(at) for at in range(len(members))]
            flat = [-price.credits] * len(members)
            # Nobody knows which of some recorded replies came first.
            unordered = not any(one.number for one in members)
            if changes == as_set or (unordered and Counter(changes) == Counter(as_set)):
                yield LedgerReading("L05", "set")
            elif changes == flat and not context.exact:
                yield LedgerReading("L05", "each")
            else:
                expected = f"{_list(as_set)}, or {_list(flat)}" if not context.exact else _list(as_set)
                each_other = len(set(changes)) == 1 and -(changes[0] or 0) in other
                severity: Severity | None = "note" if each_other else None
                yield Problem(f"credit_change {expected}", _list(changes), severity, exchange=members[-1])

    return judge


def _set_of(exchange: Exchange, context: Context) -> list[Exchange]:
    """Return the successes of the exchange's set, whichever endpoints of the family they went to, in their order."""
    members = [
        one
        for one in context.exchanges
        if _OF_A_SET.matches(one)
        and one.endpoint.price.family == exchange.endpoint.price.family
        and (one.request.uuid, one.request.account) == (exchange.request.uuid, exchange.request.account)
    ]
    return sorted(members, key=lambda one: one.number)


def _list(changes: Sequence[int | None]) -> str:
    return ", ".join(str(change) for change in changes)


def _negative(exchange: Exchange, _context: Context) -> Iterator[Finding]:
    if exchange.credit is not None and exchange.credit < 0:
        yield Problem("credit >= 0", f"credit {exchange.credit}")


def _no_change(exchange: Exchange, _context: Context) -> Iterator[Finding]:
    if exchange.change:
        yield Problem("credit_change 0, or none", f"credit_change {exchange.change}")


def _audited(rule: BalanceRule) -> Judge:
    def judge(exchanges: Sequence[Exchange], context: Context) -> Iterator[Finding]:
        accounts = {one.request.account for one in exchanges if one.request.account}
        for account in sorted(accounts):
            own = [one for one in context.exchanges if one.request.account == account]
            accepted = [one for one in own if one.kind == "success" and _reported_by(one)]
            for found in audit(own):
                if found.rule == rule and found.exchange.endpoint.name == exchanges[0].endpoint.name:
                    problem = Problem(found.expected, found.got, exchange=found.exchange)
                    yield _as_following(problem, found.missing, accepted)
            if rule == "ERROR":
                yield from _side_by_side(exchanges, account, own, accepted, exact=context.exact)

    return judge


def _reported_by(success: Exchange) -> str | None:
    """Return the check that reports a success of a request that should have failed, or None for a proper one."""
    if success.cause is not None:
        return "REMO-ERROR-ACCEPTED"
    return None if success.has_own_method else "REMO-HTTP-METHOD"


def _as_following(problem: Problem, missing: int, accepted: Sequence[Exchange]) -> Problem:
    """Make a note of a balance that lacks no more than requests have cost which should have failed.

    That they were accepted is told once, by its own check.
    """
    lost = sum(max(0, -(one.change or 0)) for one in accepted)
    if not 0 < missing <= lost:
        return problem
    got = f"{problem.got}; this follows from {_reported_by(accepted[0])}, in {accepted[0].label!r}"
    return replace(problem, got=got, severity="note")


def _side_by_side(
    exchanges: Sequence[Exchange], account: str, own: Sequence[Exchange], accepted: Sequence[Exchange], *, exact: bool
) -> Iterator[Finding]:
    """Compare errors that were sent side by side, before any charge, with the balance just before them."""
    known = sorted((one for one in own if one.number and one.credit is not None), key=lambda one: one.number)
    if not known:
        return
    allowed = {known[0].credit}
    for one in exchanges:
        if one.number or one.kind != "error" or one.cause is None or one.request.account != account:
            continue
        if one.cause.balance == "zero" or one.credit is None:
            continue
        if exact and one.cause.balance == "zero-or-current":
            continue
        right = allowed if exact or one.cause.balance == "current" else allowed | {0}
        if one.credit not in right:
            expected = " or ".join(map(str, sorted(right, key=lambda credit: -(credit or 0))))
            problem = Problem(f"credit {expected}", f"credit {one.credit}", exchange=one)
            yield _as_following(problem, abs((known[0].credit or 0) - one.credit), accepted)


def _no_balance(exchange: Exchange, context: Context) -> Iterator[Finding]:
    strict = context.exact or (exchange.cause is not None and exchange.cause.balance == "zero")
    if exchange.credit and strict:
        yield Problem("credit 0", f"credit {exchange.credit}")

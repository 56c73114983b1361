"""Broken servers of the ledger of credits: prices, signs, and balances that do not add up."""

from collections.abc import Callable
from functools import partial

from ..mutation import (
    BOTH,
    Change,
    Fields,
    Memory,
    Page,
    ReceivedRequest,
    Response,
    in_success,
    mutation,
    on_success,
    setting,
    turning,
)

_row = partial(mutation, layer="credits")
_ledger = partial(mutation, layer="credits", everywhere=True)
_A: tuple[Page, ...] = ("A",)
_B: tuple[Page, ...] = ("B",)


def known_account(reply: Fields) -> bool:
    """Tell whether an error of the good mock is one of a known account: all others have credit 0."""
    return bool(reply["state"] or reply["credit"])


def costing(
    extra: Callable[[ReceivedRequest, Fields], int],
    *,
    on: tuple[Page, ...] = BOTH,
    told: bool = True,
    late: bool = False,
) -> Change:
    """Charge more (or less) than the good mock does on some pages, and keep all balances in step with it.

    `told`: the change of a success says so as well; `late`: a reply shows the balance before its own extra charge.
    """

    def change(request: ReceivedRequest, response: Response, memory: Memory) -> Response:
        reply = response.fields
        if not known_account(reply):
            return response
        before: int = memory.values.get("extra", 0)
        more = extra(request, reply) if request.page in on else 0
        memory.values["extra"] = before + more
        reply["credit"] -= before if late else before + more
        if told and reply["state"]:
            reply["credit_change"] -= more
        return response.with_fields(reply)

    return change


def _successes(amount: int) -> Callable[[ReceivedRequest, Fields], int]:
    return lambda _request, reply: amount if reply["state"] else 0


def _sets(prices: dict[int, int], *, alone: int = 1) -> Change:
    """Charge the requests of a set by their number in it, as `prices` has it for the first and the second."""

    def extra(memory: Memory, request: ReceivedRequest, reply: Fields) -> int:
        uuid = request.fields.get("uuid")
        wanted = prices[2 - memory.count(f"set {uuid}") % 2] if uuid else alone
        return wanted + int(reply["credit_change"])

    def change(request: ReceivedRequest, response: Response, memory: Memory) -> Response:
        charged = costing(lambda one, reply: extra(memory, one, reply) if reply["state"] else 0, on=_B)
        return charged(request, response, memory)

    return change


def _own_ledger(request: ReceivedRequest, response: Response, memory: Memory) -> Response:
    """Keep one balance an endpoint: what the other endpoint charged is added again."""
    reply = response.fields
    if not known_account(reply):
        return response
    spent: int = memory.values.get("spent on " + ("B" if request.page == "A" else "A"), 0)
    own = "spent on " + request.page
    memory.values[own] = memory.values.get(own, 0) - reply.get("credit_change", 0)
    return response.with_fields(reply | {"credit": reply["credit"] + spent})


def _free_without_uuid(request: ReceivedRequest, reply: Fields, _memory: Memory) -> None:
    if not request.fields.get("uuid"):
        reply["credit"] -= reply["credit_change"]
        reply["credit_change"] = 0


def _drifting(_request: ReceivedRequest, response: Response, memory: Memory) -> Response:
    """Lose one credit with every reply of an account."""
    reply = response.fields
    return (
        response.with_fields(reply | {"credit": reply["credit"] - memory.count("replies")})
        if known_account(reply)
        else response
    )


MUTANTS = (
    _ledger("price-two", "A request costs 2.", "REMO-CREDIT-PRICE", costing(_successes(1), on=_A), pages=_A),
    _ledger("price-three", "Each photo costs 1.", "REMO-CREDIT-PRICE", costing(_successes(2), on=_A), pages=_A),
    _ledger("price-none", "A request costs nothing.", "REMO-CREDIT-PRICE", costing(_successes(-1), on=_A), pages=_A),
    _ledger("price-ten", "A request costs 10.", "REMO-CREDIT-PRICE", costing(_successes(9))),
    _ledger(
        "price-two-back",
        "A back photo costs 2.",
        "REMO-CREDIT-PRICE REMO-CREDIT-SET",
        _sets({1: 2, 2: 2}, alone=2),
        pages=_B,
    ),
    _ledger(
        "price-none-back",
        "A back photo costs nothing.",
        "REMO-CREDIT-PRICE REMO-CREDIT-SET",
        _sets({1: 0, 2: 0}, alone=0),
        pages=_B,
    ),
    _ledger(
        "set-dearer", "The second of a set costs 2.", "REMO-CREDIT-SET REMO-CREDIT-PRICE", _sets({1: 1, 2: 2}), pages=_B
    ),
    _ledger(
        "set-turned",
        "The first of a set is free, the second is not.",
        "REMO-CREDIT-SET REMO-CREDIT-PRICE",
        _sets({1: 0, 2: 1}),
        pages=_B,
    ),
    _ledger(
        "set-at-once",
        "The first of a set costs what all will.",
        "REMO-CREDIT-PRICE REMO-CREDIT-SET",
        _sets({1: 2, 2: 0}),
        pages=_B,
    ),
    _ledger(
        "set-refunded",
        "The second of a set gives the first's credit back.",
        "REMO-CREDIT-SIGN REMO-CREDIT-SET",
        _sets({1: 1, 2: -1}),
        pages=_B,
    ),
    _ledger(
        "set-free", "Requests with a uuid are free.", "REMO-CREDIT-SET REMO-CREDIT-PRICE", _sets({1: 0, 2: 0}), pages=_B
    ),
    _row(
        "alone-free",
        "A request without a uuid is free.",
        "REMO-CREDIT-SET REMO-CREDIT-PRICE",
        in_success(_free_without_uuid),
        pages=_B,
    ),
    _row(
        "change-positive",
        "credit_change is positive (L04).",
        "REMO-CREDIT-SIGN",
        on_success(turning("credit_change", lambda change: -change or 1)),
    ),
    _row(
        "change-none",
        "credit_change is 0, and the balance falls.",
        "REMO-CREDIT-PRICE REMO-CREDIT-BALANCE",
        on_success(setting("credit_change", 0)),
        pages=_A,
    ),
    _row(
        "change-two",
        "credit_change is -2, and the balance falls by 1.",
        "REMO-CREDIT-PRICE",
        on_success(setting("credit_change", -2)),
    ),
    _row(
        "change-is-balance",
        "credit_change is the balance.",
        "REMO-CREDIT-SIGN REMO-CREDIT-PRICE",
        on_success(lambda r: r.update(credit_change=r["credit"])),
    ),
    _row(
        "balance-before",
        "A success tells the balance before it.",
        "REMO-CREDIT-BALANCE REMO-CREDIT-ERROR",
        on_success(lambda r: r.update(credit=r["credit"] - r["credit_change"])),
    ),
    _ledger(
        "balance-never-falls", "The balance never falls.", "REMO-CREDIT-BALANCE", costing(_successes(-1), told=False)
    ),
    _ledger(
        "balance-falls-by-two",
        "The balance falls by 2, and the change says -1.",
        "REMO-CREDIT-BALANCE",
        costing(_successes(1), told=False),
    ),
    _ledger("balance-rises", "The balance rises by 1.", "REMO-CREDIT-BALANCE", costing(_successes(-2), told=False)),
    _ledger(
        "balance-falls-unseen",
        "Each success is charged once more after its reply.",
        "REMO-CREDIT-BALANCE",
        costing(_successes(1), told=False, late=True),
    ),
    _row(
        "balance-negative",
        "The balance is below zero.",
        "REMO-CREDIT-NEGATIVE",
        on_success(turning("credit", lambda credit: -credit)),
    ),
    _row(
        "balance-constant",
        "Every success tells one balance.",
        "REMO-CREDIT-BALANCE REMO-CREDIT-ERROR",
        on_success(setting("credit", 99984228)),
    ),
    _row(
        "balance-beyond-64-bits",
        "Every success tells a balance that no column holds.",
        "REMO-CREDIT-BALANCE REMO-CREDIT-ERROR",
        on_success(setting("credit", 10**20)),
    ),
    _row(
        "balance-zero",
        "A success tells no balance.",
        "REMO-CREDIT-BALANCE REMO-CREDIT-ERROR",
        on_success(setting("credit", 0)),
        pages=_A,
    ),
    _row(
        "balance-an-endpoint",
        "Each endpoint keeps a balance of its own.",
        "REMO-CREDIT-BALANCE REMO-CREDIT-ERROR",
        _own_ledger,
    ),
    _row("balance-drifts", "Every reply costs one.", "REMO-CREDIT-FAILURE REMO-CREDIT-BALANCE", _drifting),
)

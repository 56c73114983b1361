"""Broken servers of credits: prices, signs, and balances that do not add up."""

from collections.abc import Callable
from functools import partial

from ..changes import in_known_account, in_success, on_success, setting, turning
from ..mutation import (
    ALL,
    SOME,
    SPLIT,
    A,
    B,
    C,
    Change,
    D,
    E,
    Fields,
    Memory,
    Pages,
    ReceivedRequest,
    Response,
    mutation,
)

_row = partial(mutation, layer="credits")
_balances = partial(mutation, layer="credits", everywhere=True)


def costing(
    extra: Callable[[ReceivedRequest, Fields], int],
    *,
    on: Pages = ALL,
    shown: bool = True,
    late: bool = False,
) -> Change:
    """Return the change that charges more (or less) than the good mock on some pages, in all balances.

    `shown`: the `credit_change` of a success has it too; `late`: a reply has the balance before its own extra charge.
    """

    def edit(request: ReceivedRequest, reply: Fields, memory: Memory) -> None:
        before: int = memory.values.get("extra", 0)
        more = extra(request, reply) if request.page in on else 0
        memory.values["extra"] = before + more
        reply["credit"] -= before if late else before + more
        if shown and reply["state"]:
            reply["credit_change"] -= more

    return in_known_account(edit)


def successes(amount: int) -> Callable[[ReceivedRequest, Fields], int]:
    """Return what successes cost beside their price."""
    return lambda _request, reply: amount if reply["state"] else 0


def in_sets(prices: dict[int, int], *, alone: int = 1, on: Pages = SPLIT, by_endpoint: bool = False) -> Change:
    """Return the change that charges the requests of a set by `prices`, alternately the first and the second.

    `by_endpoint`: the same uuid at another endpoint is another set.
    """

    def extra(memory: Memory, request: ReceivedRequest, reply: Fields) -> int:
        uuid = request.fields.get("uuid")
        place = request.page if by_endpoint else "anywhere"
        price = prices[2 - memory.count(f"set {uuid} {place}") % 2] if uuid else alone
        return price + int(reply["credit_change"])

    def change(request: ReceivedRequest, response: Response, memory: Memory) -> Response:
        charged = costing(lambda one, reply: extra(memory, one, reply) if reply["state"] else 0, on=on)
        return charged(request, response, memory)

    return change


def _balance_of_each(request: ReceivedRequest, reply: Fields, memory: Memory) -> None:
    """Keep a balance for each endpoint: add what the other endpoints charged."""
    spent: Fields = memory.values.setdefault("spent", dict.fromkeys(ALL, 0))
    spent[request.page] -= reply.get("credit_change", 0)
    reply["credit"] += sum(spent[page] for page in ALL if page != request.page)


def _free_without_uuid(request: ReceivedRequest, reply: Fields, _memory: Memory) -> None:
    if not request.fields.get("uuid"):
        reply["credit"] -= reply["credit_change"]
        reply["credit_change"] = 0


def _drifting(_request: ReceivedRequest, reply: Fields, memory: Memory) -> None:
    """Lose one credit with every reply about an account."""
    reply["credit"] -= memory.count("replies")


MUTANTS = (
    _balances("price-two", "A request costs 2.", "REMO-CREDIT-PRICE", costing(successes(1), on=A + E), pages=A + E),
    _balances("price-three", "Each photo costs 1.", "REMO-CREDIT-PRICE", costing(successes(2), on=A + E), pages=A + E),
    _balances(
        "price-none", "A request costs nothing.", "REMO-CREDIT-PRICE", costing(successes(-1), on=A + E), pages=A + E
    ),
    _balances("price-ten", "A request costs 10.", "REMO-CREDIT-PRICE", costing(successes(9))),
    _balances(
        "price-two-back",
        "A front or back photo costs 2.",
        "REMO-CREDIT-PRICE REMO-CREDIT-SET",
        in_sets({1: 2, 2: 2}, alone=2, on=B + C),
        pages=B + C,
    ),
    _balances(
        "price-three-side",
        "A side photo costs 3.",
        "REMO-CREDIT-PRICE",
        in_sets({1: 3, 2: 3}, alone=3, on=D),
        pages=D,
    ),
    _balances(
        "price-two-side-at-times",
        "A side photo costs 2, but 1 without a uuid (L38).",
        "REMO-CREDIT-SET",
        in_sets({1: 2, 2: 1}, on=D),
        pages=D,
    ),
    _balances(
        "price-none-back",
        "A back photo costs nothing.",
        "REMO-CREDIT-PRICE REMO-CREDIT-SET",
        in_sets({1: 0, 2: 0}, alone=0),
        pages=SPLIT,
    ),
    _balances(
        "set-dearer",
        "The second of a set costs 2.",
        "REMO-CREDIT-SET REMO-CREDIT-PRICE",
        in_sets({1: 1, 2: 2}),
        pages=SPLIT,
    ),
    _balances(
        "set-turned",
        "The first of a set is free, the second is not.",
        "REMO-CREDIT-SET REMO-CREDIT-PRICE",
        in_sets({1: 0, 2: 1}),
        pages=SPLIT,
    ),
    _balances(
        "set-at-once",
        "The first of a set costs as much as the whole set.",
        "REMO-CREDIT-PRICE REMO-CREDIT-SET",
        in_sets({1: 2, 2: 0}),
        pages=SPLIT,
    ),
    _balances(
        "set-by-endpoint",
        "Each endpoint has sets of its own.",
        "REMO-CREDIT-SET REMO-CREDIT-PRICE",
        in_sets({1: 1, 2: 0}, by_endpoint=True),
        pages=SPLIT,
        across=True,
        exact=True,
    ),
    _balances(
        "set-refunded",
        "The second of a set gives the first's credit back.",
        "REMO-CREDIT-SIGN REMO-CREDIT-SET",
        in_sets({1: 1, 2: -1}),
        pages=SPLIT,
    ),
    _balances(
        "set-free",
        "Requests with a uuid are free.",
        "REMO-CREDIT-SET REMO-CREDIT-PRICE",
        in_sets({1: 0, 2: 0}),
        pages=SPLIT,
    ),
    _row(
        "alone-free",
        "A request without a uuid is free.",
        "REMO-CREDIT-SET REMO-CREDIT-PRICE",
        in_success(_free_without_uuid),
        pages=SPLIT,
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
        pages=A + E,
    ),
    _row(
        "change-two",
        "credit_change is -2, and the balance falls by 1.",
        "REMO-CREDIT-PRICE REMO-CREDIT-BALANCE",
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
        "A success has the balance before it.",
        "REMO-CREDIT-BALANCE REMO-CREDIT-ERROR",
        on_success(lambda r: r.update(credit=r["credit"] - r["credit_change"])),
    ),
    _balances(
        "balance-never-falls", "The balance never falls.", "REMO-CREDIT-BALANCE", costing(successes(-1), shown=False)
    ),
    _balances(
        "balance-falls-by-two",
        "The balance falls by 2, and the change is -1.",
        "REMO-CREDIT-BALANCE",
        costing(successes(1), shown=False),
    ),
    _balances("balance-rises", "The balance rises by 1.", "REMO-CREDIT-BALANCE", costing(successes(-2), shown=False)),
    _balances(
        "balance-falls-unseen",
        "Each success is charged once more after its reply.",
        "REMO-CREDIT-BALANCE",
        costing(successes(1), shown=False, late=True),
    ),
    _row(
        "balance-negative",
        "The balance is below zero.",
        "REMO-CREDIT-NEGATIVE",
        on_success(turning("credit", lambda credit: -credit)),
        across=True,
    ),
    _row(
        "balance-constant",
        "Every success has the same balance.",
        "REMO-CREDIT-BALANCE REMO-CREDIT-ERROR",
        on_success(setting("credit", 99984228)),
    ),
    _row(
        "balance-beyond-64-bits",
        "Every success has a balance that no column holds.",
        "REMO-CREDIT-BALANCE REMO-CREDIT-ERROR",
        on_success(setting("credit", 10**20)),
    ),
    _row(
        "balance-zero",
        "A success has the balance 0.",
        "REMO-CREDIT-BALANCE REMO-CREDIT-ERROR",
        on_success(setting("credit", 0)),
        pages=SOME,
    ),
    _row(
        "balance-an-endpoint",
        "Each endpoint keeps a balance of its own.",
        "REMO-CREDIT-BALANCE REMO-CREDIT-ERROR",
        in_known_account(_balance_of_each),
        across=True,
    ),
    _row(
        "balance-drifts",
        "Every reply costs one.",
        "REMO-CREDIT-FAILURE REMO-CREDIT-BALANCE",
        in_known_account(_drifting),
    ),
)

"""Broken servers of failures and credits: failures that cost, and errors whose balance is not the account's."""

from collections.abc import Callable, Collection
from functools import partial

from ..mutation import (
    BOTH,
    Change,
    Edit,
    Fields,
    Memory,
    Page,
    ReceivedRequest,
    Response,
    code_of,
    mutation,
    on_error,
    setting,
    turning,
)
from .credits import costing, known_account

_row = partial(mutation, layer="credits")
_ledger = partial(mutation, layer="credits", everywhere=True)
_A: tuple[Page, ...] = ("A",)
_B: tuple[Page, ...] = ("B",)
_OF_PHOTOS = (412, 413, 414)
_OF_PERSONS = (511, 512, 513, 518, 519, 520, 521)


def _failures(codes: Collection[int] = ()) -> Callable[[ReceivedRequest, Fields], int]:
    return lambda _request, reply: int(not reply["state"] and (not codes or code_of(reply) in codes))


def _stale(_request: ReceivedRequest, response: Response, memory: Memory) -> Response:
    """Tell in an error the balance before the last success."""
    reply = response.fields
    if not known_account(reply):
        return response
    if reply["state"]:
        memory.values["before"] = reply["credit"] - reply["credit_change"]
        return response
    return response.with_fields(reply | {"credit": memory.values.get("before", reply["credit"])})


def _opening(_request: ReceivedRequest, response: Response, memory: Memory) -> Response:
    """Tell the first balance ever in every error."""
    reply = response.fields
    if not known_account(reply):
        return response
    first = memory.values.setdefault("credit", reply["credit"] - reply.get("credit_change", 0))
    return response if reply["state"] else response.with_fields(reply | {"credit": first})


def _of_the_account(change: Edit) -> Change:
    return on_error(lambda reply: change(reply) if known_account(reply) else None)


MUTANTS = (
    _row(
        "error-balance-negative",
        "An error's balance is below zero.",
        "REMO-CREDIT-NEGATIVE",
        _of_the_account(setting("credit", -1)),
    ),
    _row(
        "error-tells-charge",
        "An error tells a credit_change of -1.",
        "REMO-CREDIT-FAILURE-TOLD",
        on_error(setting("credit_change", -1)),
    ),
    _ledger("failure-charged", "Every failure costs 1.", "REMO-CREDIT-FAILURE", costing(_failures())),
    _ledger(
        "failure-charged-late",
        "Every failure costs 1, seen in the next reply.",
        "REMO-CREDIT-FAILURE",
        costing(_failures(), late=True),
    ),
    *(
        _ledger(
            f"{page}-{what}-charged-late",
            f"{broken} costs 1 on page {page}, seen in the next reply.",
            "REMO-CREDIT-FAILURE",
            costing(_failures(codes), on=(page,), late=True),
            pages=(page,),
        )
        for what, broken, codes in (
            ("missing", "A missing field", (411,)),
            ("wrong-key", "A wrong API key", (421,)),
            ("photo", "A photo that is none", _OF_PHOTOS),
            ("nobody", "A photo without a person", _OF_PERSONS),
        )
        for page in BOTH
    ),
    _ledger(
        "missing-charged", "A missing field costs 1.", "REMO-CREDIT-FAILURE", costing(_failures((411,)), late=True)
    ),
    _ledger(
        "wrong-key-charged", "A wrong API key costs 1.", "REMO-CREDIT-FAILURE", costing(_failures((421,)), late=True)
    ),
    _ledger(
        "photos-charged",
        "Undecodable photos cost 1.",
        "REMO-CREDIT-FAILURE",
        costing(_failures(_OF_PHOTOS), late=True),
    ),
    _ledger(
        "front-charged",
        "An undecodable front photo costs 1.",
        "REMO-CREDIT-FAILURE",
        costing(_failures((413,)), on=_A),
        pages=_A,
    ),
    _ledger(
        "back-charged",
        "An undecodable back photo costs 1.",
        "REMO-CREDIT-FAILURE",
        costing(_failures((412,)), late=True, on=_B),
        pages=_B,
    ),
    _ledger(
        "nobody-charged", "A photo without a person costs 1.", "REMO-CREDIT-FAILURE", costing(_failures(_OF_PERSONS))
    ),
    _ledger(
        "nobody-charged-late",
        "A photo without a person costs 1, seen later.",
        "REMO-CREDIT-FAILURE",
        costing(_failures(_OF_PERSONS), late=True),
    ),
    _ledger(
        "failure-rewarded",
        "A failure gives a credit back.",
        "REMO-CREDIT-FAILURE REMO-CREDIT-ERROR",
        costing(lambda _a, reply: 0 if reply["state"] else -1, on=_B),
        pages=_B,
    ),
    _row("error-balance-before", "An error tells the balance before the last success.", "REMO-CREDIT-ERROR", _stale),
    _row("error-balance-first", "An error tells the first balance ever.", "REMO-CREDIT-ERROR", _opening),
    _row(
        "error-balance-zero",
        "An error of a known account tells 0.",
        "REMO-CREDIT-ERROR",
        _of_the_account(setting("credit", 0)),
    ),
    _row(
        "error-balance-change",
        "An error's credit is what it cost: -1.",
        "REMO-CREDIT-NEGATIVE REMO-CREDIT-ERROR",
        on_error(setting("credit", -1)),
    ),
    _row(
        "error-balance-one-less",
        "An error tells one credit less.",
        "REMO-CREDIT-ERROR REMO-CREDIT-FAILURE",
        _of_the_account(turning("credit", lambda credit: credit - 1)),
    ),
    _row(
        "error-balance-page",
        "An error's credit is the example's 100.",
        "REMO-CREDIT-ERROR",
        _of_the_account(setting("credit", 100)),
        pages=_B,
    ),
    _row(
        "unknown-has-balance",
        "An unknown user is told a balance.",
        "REMO-CREDIT-UNKNOWN",
        on_error(setting("credit", 500), codes=[420]),
        exact=True,
    ),
)

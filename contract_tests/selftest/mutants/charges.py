"""Broken servers of failures and credits: failures that cost, and errors whose balance is not the account's."""

from collections.abc import Callable, Collection
from functools import partial

from ..changes import Edit, code_of, has_known_account, in_known_account, on_error, setting, turning
from ..mutation import ALL, OTHERS, A, B, Change, Fields, Memory, ReceivedRequest, mutation
from .credits import costing

_row = partial(mutation, layer="credits")
_balances = partial(mutation, layer="credits", everywhere=True)
_OF_PHOTOS = (412, 413, 414)
_OF_PERSONS = (511, 512, 513, 518, 519, 520, 521)


def failures(codes: Collection[int] = ()) -> Callable[[ReceivedRequest, Fields], int]:
    """Return what errors cost: 1 for those with one of `codes`, or for all."""
    return lambda _request, reply: int(not reply["state"] and (not codes or code_of(reply) in codes))


def _before_the_last(_request: ReceivedRequest, reply: Fields, memory: Memory) -> None:
    """Give errors the balance before the last success."""
    if reply["state"]:
        memory.values["before"] = reply["credit"] - reply["credit_change"]
    else:
        reply["credit"] = memory.values.get("before", reply["credit"])


def _the_first(_request: ReceivedRequest, reply: Fields, memory: Memory) -> None:
    """Give errors the first balance of all."""
    first = memory.values.setdefault("credit", reply["credit"] - reply.get("credit_change", 0))
    if not reply["state"]:
        reply["credit"] = first


def _of_the_account(change: Edit) -> Change:
    return on_error(lambda reply: change(reply) if has_known_account(reply) else None)


MUTANTS = (
    _row(
        "error-balance-negative",
        "An error's balance is below zero.",
        "REMO-CREDIT-NEGATIVE",
        _of_the_account(setting("credit", -1)),
    ),
    _row(
        "error-tells-charge",
        "An error has a credit_change of -1.",
        "REMO-CREDIT-FAILURE-TOLD",
        on_error(setting("credit_change", -1)),
        exact=True,
    ),
    _balances("failure-charged", "Every failure costs 1.", "REMO-CREDIT-FAILURE", costing(failures())),
    _balances(
        "failure-charged-late",
        "Every failure costs 1, seen in the next reply.",
        "REMO-CREDIT-FAILURE",
        costing(failures(), late=True),
    ),
    *(
        _balances(
            f"{page}-{what}-charged-late",
            f"{broken} costs 1 on page {page}, seen in the next reply.",
            "REMO-CREDIT-FAILURE",
            costing(failures(codes), on=(page,), late=True),
            pages=(page,),
        )
        for what, broken, codes in (
            ("missing", "A missing field", (411,)),
            ("wrong-key", "A wrong API key", (421,)),
            ("photo", "A photo that is no picture", _OF_PHOTOS),
            ("nobody", "A photo without a person", _OF_PERSONS),
        )
        for page in ALL
    ),
    _balances(
        "missing-charged", "A missing field costs 1.", "REMO-CREDIT-FAILURE", costing(failures((411,)), late=True)
    ),
    _balances(
        "wrong-key-charged", "A wrong API key costs 1.", "REMO-CREDIT-FAILURE", costing(failures((421,)), late=True)
    ),
    _balances(
        "photos-charged",
        "Undecodable photos cost 1.",
        "REMO-CREDIT-FAILURE",
        costing(failures(_OF_PHOTOS), late=True),
    ),
    _balances(
        "front-charged",
        "An undecodable front photo costs 1.",
        "REMO-CREDIT-FAILURE",
        costing(failures((413,)), on=A),
        pages=A,
    ),
    _balances(
        "back-charged",
        "An undecodable back photo costs 1.",
        "REMO-CREDIT-FAILURE",
        costing(failures((412,)), late=True, on=B),
        pages=B,
    ),
    _balances(
        "nobody-charged", "A photo without a person costs 1.", "REMO-CREDIT-FAILURE", costing(failures(_OF_PERSONS))
    ),
    _balances(
        "nobody-charged-late",
        "A photo without a person costs 1, seen later.",
        "REMO-CREDIT-FAILURE",
        costing(failures(_OF_PERSONS), late=True),
    ),
    _balances(
        "failure-rewarded",
        "A failure gives a credit back.",
        "REMO-CREDIT-FAILURE REMO-CREDIT-ERROR",
        costing(lambda _a, reply: 0 if reply["state"] else -1, on=B),
        pages=B,
    ),
    _row(
        "error-balance-before",
        "An error has the balance before the last success.",
        "REMO-CREDIT-ERROR",
        in_known_account(_before_the_last),
    ),
    _row(
        "error-balance-first",
        "An error has the first balance of all.",
        "REMO-CREDIT-ERROR",
        in_known_account(_the_first),
    ),
    _row(
        "error-balance-zero",
        "An error of a known account has the balance 0.",
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
        "An error has one credit less.",
        "REMO-CREDIT-ERROR REMO-CREDIT-FAILURE",
        _of_the_account(turning("credit", lambda credit: credit - 1)),
    ),
    _row(
        "error-balance-page",
        "An error's credit is the example's 100.",
        "REMO-CREDIT-ERROR",
        _of_the_account(setting("credit", 100)),
        pages=OTHERS,
    ),
    _row(
        "unknown-has-balance",
        "An error of an unknown user has a balance.",
        "REMO-CREDIT-UNKNOWN",
        on_error(setting("credit", 500), codes=[420]),
        exact=True,
    ),
)

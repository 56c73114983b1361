"""The balance of an account is followed through a run, and an exchange at which it does not add up is named."""

import json

import pytest

from contract_tests.checks.audit import audit
from contract_tests.checks.catalogue import catalogue_of
from contract_tests.model.causes import Cause
from contract_tests.model.exchange import Exchange, Reply, Request

ENDPOINT = catalogue_of(None).contract.endpoints[0]
FAILING = Cause(id="undecodable", codes=(413,), balance="current")


def exchanges(story: str) -> list[Exchange]:
    """Make exchanges: `e100` is an error with the balance 100, `s99-1` a success with the balance 99, change -1."""
    return [_exchange(number, word) for number, word in enumerate(story.split(), 1)]


def _exchange(number: int, word: str) -> Exchange:
    success = word.startswith("s")
    credit, _, change = word[1:].partition("-")
    error = {"state": False, "status": 413, "message": "no", "credit": int(credit)}
    body = {
        "state": True,
        "status_code": 200,
        "credit": int(credit),
        "credit_change": -int(change or 0),
        "bar_tilt_m_": 0,
    }
    return Exchange(
        label=word,
        endpoint=ENDPOINT,
        request=Request(path=ENDPOINT.path, method="POST", shown_body=""),
        reply=Reply(200, {}, json.dumps(body if success else error).encode()),
        cause=None if success else FAILING,
        number=number,
    )


@pytest.mark.parametrize(
    "story",
    [
        "e100 e100 s99-1 s98-1 e98 e98",
        "s99-1 s99-0 s98-1",
        "e0 e0",
        "e5",
        "",
    ],
)
def test_balances_that_add_up_are_no_problem(story: str) -> None:
    assert audit(exchanges(story)) == []


@pytest.mark.parametrize(
    ("story", "rule", "at"),
    [
        ("e100 s99-1 s97-1 e97", "BALANCE", "s97-1"),  # took two, said one
        ("e100 s99-1 s99-1", "BALANCE", "s99-1"),  # took nothing
        ("e100 e99 e98 s97-1", "FAILURE", "e99"),  # each failure is charged, and says so
        ("e100 e100 e100 s96-1 s95-1 e95", "FAILURE", "e100"),  # charged in silence
        ("e100 s99-1 s98-1 e97 e96", "FAILURE", "e97"),
        ("e100 s99-1 s98-1 e100 e100", "ERROR", "e100"),  # errors tell the balance of yesterday
        ("e100 e0 e100 s99-1", "ERROR", "e0"),
        ("e57 s99-1 s98-1 e98", "ERROR", "e57"),
    ],
)
def test_a_balance_that_does_not_add_up_is_named(story: str, rule: str, at: str) -> None:
    found = audit(exchanges(story))
    assert (found[0].rule, found[0].exchange.label) == (rule, at)

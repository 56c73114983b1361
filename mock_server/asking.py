"""Tells for which endpoint an outcome can wait; knows no queue, no account and no HTTP."""

import json
from collections.abc import Mapping

from mock_server.contract import Contract, Endpoint, Json
from mock_server.exceptions import OutcomeError
from mock_server.ways import from_queue

MOST_TURNS = 10_000
"""How many requests one outcome can wait for."""


def fitting_endpoint(contract: Contract, name: str | None, terms: Mapping[str, Json]) -> str | None:
    """Return the endpoint that the terms are for: the one named, the only one that knows them, or None for any.

    Raises `OutcomeError` now, and not when a request meets the outcome.
    """
    if not terms:
        raise OutcomeError("nothing", "a code, a profile, a verdict, a metric, a delay or a fault")
    fitting, problems = [], []
    for endpoint in named_endpoints(contract, name):
        try:
            from_queue(terms, endpoint)
            fitting.append(endpoint.name)
        except OutcomeError as error:
            problems.append(error)
    if not fitting:
        raise problems[0]
    if problems and len(fitting) > 1:
        raise OutcomeError("this outcome", f"an endpoint with it: one of {', '.join(fitting)}")
    return name if not problems else fitting[0]


def named_endpoints(contract: Contract, name: str | None) -> list[Endpoint]:
    """Return the endpoint of this name, or all for None. Raises `OutcomeError` if there is none."""
    named = [endpoint for endpoint in contract.endpoints if name in (None, endpoint.name)]
    if not named:
        raise OutcomeError(f"endpoint={name}", f"one of {', '.join(one.name for one in contract.endpoints)}")
    return named


def turns(times: Json) -> int:
    """Return how many requests an outcome is for; 2.0 is 2, as in JSON Schema. Raises `OutcomeError`."""
    whole = isinstance(times, int | float) and not isinstance(times, bool) and times == times // 1
    if not whole or not 1 <= times <= MOST_TURNS:
        told = json.dumps(times, ensure_ascii=False, default=repr)
        raise OutcomeError(f"times={told}", f"a whole number from 1 to {MOST_TURNS}")
    return int(times)

"""Tells for which endpoint an outcome can wait; knows no queue, no account and no HTTP."""

from collections.abc import Mapping

from mock_server.contract import Contract, Endpoint, Json
from mock_server.exceptions import OutcomeError
from mock_server.outcomes import from_queue


def fitting_endpoint(contract: Contract, name: str | None, terms: Mapping[str, Json]) -> str | None:
    """Return the endpoint that the terms are for: the one named, the only one that knows them, or None for any.

    Raises `OutcomeError` now, and not when a request meets the outcome.
    """
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

"""Finds the endpoints that are meant: by a name, or by the terms of an outcome."""

from collections.abc import Mapping

from remo_mock.contract import Contract, Endpoint, Json
from remo_mock.exceptions import OutcomeError
from remo_mock.hints.hint import Hint
from remo_mock.service.outcomes.outcome import TERM_NAMES, metric_named
from remo_mock.service.outcomes.queued import from_queue


def named_endpoints(contract: Contract, name: str | None) -> list[Endpoint]:
    """Return the endpoint of this name, or all for None. Raises `OutcomeError` if there is none."""
    named = [endpoint for endpoint in contract.endpoints if name in (None, endpoint.name)]
    if not named:
        raise OutcomeError(
            f"endpoint={name}", Hint("one_of", {"values": tuple(one.name for one in contract.endpoints)})
        )
    return named


def fitting_endpoint(contract: Contract, name: str | None, terms: Mapping[str, Json]) -> str | None:
    """Return the endpoint that the terms are for: the one named, the only one that they fit, or None if several.

    Raises `OutcomeError` for terms that fit none, with what the endpoint expects that knows most of them.
    """
    if not terms:
        raise OutcomeError("nothing", Hint("expected_something"))
    endpoints = named_endpoints(contract, name)
    fitting = [endpoint.name for endpoint in endpoints if fits(terms, endpoint)]
    if not fitting:
        from_queue(terms, max(endpoints, key=lambda endpoint: _closeness(terms, endpoint)))
    return fitting[0] if len(fitting) == 1 else name


def fits(terms: Mapping[str, Json], endpoint: Endpoint) -> bool:
    """Tell whether an endpoint knows each of the terms of a queued outcome."""
    try:
        from_queue(terms, endpoint)
    except OutcomeError:
        return False
    return True


def _closeness(terms: Mapping[str, Json], endpoint: Endpoint) -> tuple[int, int]:
    """Return how many of the terms fit an endpoint, each for itself, and of how many it knows the name."""
    known = [*TERM_NAMES, *(view.name for view in endpoint.views)]
    fitting = sum(fits({name: value}, endpoint) for name, value in terms.items())
    return fitting, sum(name in known or bool(metric_named(name, endpoint)) for name in terms)

"""Sends a mock in this process the successes that a run on a foreign server pays for, and keeps the replies."""

from functools import cache
from itertools import chain
from typing import Any

from contract_tests.checks.catalogue import catalogue_of
from contract_tests.model.credentials import DEMO
from contract_tests.model.own_photos import fixture_photos
from contract_tests.plan.plan import Sender, make_plan
from remo_mock import Settings, create_app
from remo_mock.contract import Endpoint

ENDPOINTS = {one.name: one for one in catalogue_of(None).contract.endpoints}
METRICS = [(endpoint.name, metric.name) for endpoint in ENDPOINTS.values() for metric in endpoint.metrics]
"""Each endpoint's name with each of its metrics' names."""


@cache
def paid_replies() -> dict[str, list[dict[str, Any]]]:
    """Return the replies to the successes of a whole budget, by endpoint, in their order."""
    app = create_app(Settings())
    client = app.test_client()
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in ENDPOINTS}
    stages = make_plan(tuple(ENDPOINTS.values()), Sender(DEMO, fixture_photos(), budget=100))
    for step in chain.from_iterable(stage.steps for stage in stages):
        if step.cost_class == "paid":
            draft = step.draft()
            reply = client.post(step.endpoint.path, data=draft.body(), headers=draft.headers)
            found[step.endpoint.name].append(reply.get_json())
    app.extensions["remo_mock"].close()
    return found


def values(endpoint: str, metric: str) -> list[float]:
    """Return the values of a metric in the paid replies of an endpoint."""
    return [reply[_metric(ENDPOINTS[endpoint], metric)[0]] for reply in paid_replies()[endpoint]]


def grades(endpoint: str, metric: str) -> list[int]:
    """Return the grades of a metric in the paid replies of an endpoint."""
    return [reply[_metric(ENDPOINTS[endpoint], metric)[1]] for reply in paid_replies()[endpoint]]


def of_the_view(endpoint: str, metric: str) -> set[str]:
    """Return the names of the endpoint's metrics of the same view."""
    views = {one.name: one.view for one in ENDPOINTS[endpoint].metrics}
    return {name for name, view in views.items() if view == views[metric]}


def with_the_same_grades(endpoint: str, metric: str) -> set[str]:
    """Return the endpoint's other metrics that have the same grades in each of its paid replies."""
    others = {other.name for other in ENDPOINTS[endpoint].metrics if other.name != metric}
    return {other for other in others if grades(endpoint, other) == grades(endpoint, metric)}


def _metric(endpoint: Endpoint, name: str) -> tuple[str, str]:
    return next((one.value_field, one.grade_field) for one in endpoint.metrics if one.name == name)

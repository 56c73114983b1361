"""The self-test: every broken promise is caught by the check meant for it, and no variation is a violation."""

from collections.abc import Iterator

import pytest

from contract_tests.selftest.gate import ServerResults, judge_servers
from contract_tests.selftest.mutants.catalogue import MUTANTS
from contract_tests.selftest.variations import VARIATIONS
from tests.support.broken_server import make_app


@pytest.fixture(scope="module")
def results(request: pytest.FixtureRequest) -> Iterator[ServerResults]:
    """Judge the servers of the chosen tests, in several processes and ahead of the tests."""
    parameters = [getattr(item, "callspec", None) for item in request.session.items if item.path == request.path]
    with judge_servers((spec.params["name"] for spec in parameters if spec is not None), make_app) as found:
        yield found


@pytest.mark.parametrize("name", [row.name for row in MUTANTS])
def test_a_broken_promise_is_caught(name: str, results: ServerResults) -> None:
    result = results[name]
    assert result.missed == (), result.violations


@pytest.mark.parametrize("name", [row.name for row in VARIATIONS])
def test_a_variation_is_no_violation(name: str, results: ServerResults) -> None:
    assert results[name].violations == ()

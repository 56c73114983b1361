"""The gate: every broken promise is caught by the check meant for it, and no variation is called a violation."""

from collections.abc import Iterator

import pytest

from contract_tests.selftest.gate import Sights, judged
from contract_tests.selftest.mutants.catalogue import MUTANTS
from contract_tests.selftest.variations import VARIATIONS
from remo_mock import create_app


@pytest.fixture(scope="module")
def sights(request: pytest.FixtureRequest) -> Iterator[Sights]:
    """Judge, side by side and ahead of the tests, the servers that the chosen tests are about."""
    parameters = [getattr(item, "callspec", None) for item in request.session.items if item.path == request.path]
    with judged((spec.params["name"] for spec in parameters if spec is not None), create_app) as found:
        yield found


@pytest.mark.parametrize("name", [row.name for row in MUTANTS])
def test_a_broken_promise_is_caught(name: str, sights: Sights) -> None:
    sight = sights[name]
    assert sight.overlooked == (), sight.violations


@pytest.mark.parametrize("name", [row.name for row in VARIATIONS])
def test_a_variation_is_no_violation(name: str, sights: Sights) -> None:
    assert sights[name].violations == ()

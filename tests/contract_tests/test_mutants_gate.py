"""The self-test: every broken promise is caught by the check meant for it, and no variation is a violation."""

from collections.abc import Iterable, Iterator

import pytest

from contract_tests.selftest.gate import ServerResults, judge_servers
from contract_tests.selftest.mutants.catalogue import MUTANTS
from contract_tests.selftest.mutation import Mutation
from contract_tests.selftest.rows import Row
from contract_tests.selftest.variations import VARIATIONS
from tests.support.broken_server import make_app
from tests.support.fewer_pages import on_fewer_pages


@pytest.fixture(scope="module")
def results(request: pytest.FixtureRequest) -> Iterator[ServerResults]:
    """Judge the servers of the chosen tests, in several processes and ahead of the tests."""
    with judge_servers(_names(request, "results"), make_app, choose=on_fewer_pages) as found:
        yield found


@pytest.fixture(scope="module")
def results_everywhere(request: pytest.FixtureRequest) -> Iterator[ServerResults]:
    """Judge them on all of their pages."""
    with judge_servers(_names(request, "results_everywhere"), make_app) as found:
        yield found


def _names(request: pytest.FixtureRequest, fixture: str) -> list[str]:
    items = [item for item in request.session.items if isinstance(item, pytest.Function) and item.path == request.path]
    return [str(item.callspec.params["name"]) for item in items if fixture in item.fixturenames]


@pytest.mark.parametrize("name", [row.name for row in MUTANTS])
def test_a_broken_promise_is_caught(name: str, results: ServerResults) -> None:
    result = results[name]
    assert result.missed == (), result.violations


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", [row.name for row in MUTANTS if len(row.pages) > 1])
def test_a_broken_promise_is_caught_on_each_page(name: str, results_everywhere: ServerResults) -> None:
    result = results_everywhere[name]
    assert result.missed == (), result.violations


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", [row.name for row in VARIATIONS if len(row.pages) > 2])
def test_a_variation_is_no_violation_on_any_page(name: str, results_everywhere: ServerResults) -> None:
    assert results_everywhere[name].violations == ()


def test_each_check_is_broken_on_each_page_on_which_anything_breaks_it() -> None:
    chosen = on_fewer_pages({row.name: row for row in MUTANTS})
    assert _broken(chosen.values()) == _broken(MUTANTS)
    assert sum(len(row.pages) for row in chosen.values()) < sum(len(row.pages) for row in MUTANTS) * 0.7


def _broken(rows: Iterable[Row]) -> set[tuple[str, str]]:
    return {(row.fires[0], page) for row in rows if isinstance(row, Mutation) for page in row.pages}


@pytest.mark.parametrize("name", [row.name for row in VARIATIONS])
def test_a_variation_is_no_violation(name: str, results: ServerResults) -> None:
    assert results[name].violations == ()

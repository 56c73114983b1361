"""An account without credits makes a run incomplete; a server that only claims so is violated."""

from collections.abc import Iterator

import pytest

from contract_tests.selftest.changes import code_of
from contract_tests.selftest.mutation import Memory, ReceivedRequest, Response
from contract_tests.selftest.server import MutatingServer
from tests.support.broken_server import broken_server
from tests.support.verifying import Ended, verify

BROKE = {
    "REMO_API_EMAIL": "broke@example.com",
    "REMO_API_USER_KEY": "broke-user-key",
    "REMO_API_KEY": "broke-api-key",
}


def refusing(**fields: int) -> MutatingServer:
    """Serve a mock that answers photos that are no picture with a lack of credit, and these fields."""

    def change(_request: ReceivedRequest, response: Response, _memory: Memory) -> Response:
        if code_of(response.fields) not in (412, 413, 414):
            return response
        key = "status" if "status" in response.fields else "statuscode"
        return response.with_fields(response.fields | {key: 422} | fields)

    return broken_server(change)


@pytest.fixture(scope="module", params=["0", "3", "5"])
def broke(request: pytest.FixtureRequest) -> Iterator[Ended]:
    with broken_server() as server:
        yield verify(server.url, "--budget", request.param, "-rs", environment=BROKE)


def test_an_account_without_credits_is_incomplete(broke: Ended) -> None:
    assert broke.returncode == 3, broke.stdout + broke.stderr
    assert "incomplete: the account has 0 credits, too few: fund it, or use another" in broke.stdout


def test_nothing_is_called_a_violation(broke: Ended) -> None:
    assert "VIOLATION" not in broke.stdout


def test_what_is_judged_after_the_balance_is_skipped_for_that_reason(broke: Ended) -> None:
    assert "the account has too few credits (422 comes first, L23)" in broke.stdout


@pytest.mark.parametrize("budget", ["0", "5"])
def test_a_lack_of_credit_beside_a_balance_that_is_enough_is_a_violation(budget: str) -> None:
    with refusing() as server:
        ended = verify(server.url, "--endpoint", "analysis-skeleton-v2-back", "--budget", budget)
    assert ended.returncode == 1
    assert "VIOLATION  REMO-ERROR-412 (analysis-skeleton-v2-back)" in ended.stdout


def test_an_empty_balance_that_pays_afterwards_is_a_violation() -> None:
    with refusing(credit=0) as server:
        ended = verify(server.url, "--endpoint", "analysis-skeleton-v2-back", "--budget", "5")
    assert ended.returncode == 1
    assert "VIOLATION  REMO-ERROR-412 (analysis-skeleton-v2-back)" in ended.stdout

"""A server in another style conforms; if one of its promises is broken, the check meant for it reports it."""

import pytest

from contract_tests.model.credentials import Credentials
from contract_tests.run.verification import Target, verify_target
from tests.support.foreign_lies import HABITS, LIES
from tests.support.foreign_server import CREDENTIALS, ForeignServer, Promises

LEE = Credentials(email=CREDENTIALS["Email"], user_key=CREDENTIALS["UserKey"], api_key=CREDENTIALS["APIKey"])


def violated(promises: Promises) -> set[str]:
    """Judge the foreign server, and return the ids of the violated checks."""
    with ForeignServer(promises) as server:
        return {one.check.id for one in verify_target(Target(url=server.url, credentials=LEE, budget=20)).violations}


@pytest.mark.parametrize("habit", HABITS)
def test_another_style_is_no_violation(habit: str) -> None:
    assert violated(HABITS[habit]) == set()


@pytest.mark.parametrize("lie", LIES)
def test_a_lie_is_named(lie: str) -> None:
    promises, check = LIES[lie]
    assert check in violated(promises)


def test_there_are_fifty_lies() -> None:
    assert len(LIES) >= 50

"""A server in another style conforms; if one of its promises is broken, the check meant for it reports it."""

import pytest

from contract_tests.model.credentials import Credentials
from contract_tests.run.verification import Target, verify_target
from tests.support.foreign_lies import DETAILED, HABITS, LATER_LIES, LIES
from tests.support.foreign_server import CREDENTIALS, PATHS, ForeignServer, Promises

LEE = Credentials(email=CREDENTIALS["Email"], user_key=CREDENTIALS["UserKey"], api_key=CREDENTIALS["APIKey"])


ENDPOINTS = {short: path.rpartition("/")[2] for path, short in PATHS.items()}


def violated(promises: Promises, *endpoints: str) -> set[str]:
    """Judge some endpoints of the foreign server, and return the ids of the violated checks."""
    names = tuple(ENDPOINTS[short] for short in endpoints)
    with ForeignServer(promises) as server:
        report = verify_target(Target(url=server.url, credentials=LEE, budget=40, endpoints=names))
    return {one.check.id for one in report.violations}


@pytest.mark.parametrize("habit", HABITS)
def test_another_style_is_no_violation(habit: str) -> None:
    assert violated(HABITS[habit], *ENDPOINTS) == set()


@pytest.mark.parametrize("lie", LIES)
def test_a_lie_is_named(lie: str) -> None:
    promises, check = LIES[lie]
    assert check in violated(promises, "v2", "back")


@pytest.mark.parametrize("lie", LATER_LIES)
def test_a_lie_of_the_later_pages_is_named(lie: str) -> None:
    endpoint, promises, check = LATER_LIES[lie]
    assert check in violated(promises, endpoint)


def test_a_charge_that_an_error_tells_is_a_note() -> None:
    promises = Promises(error_fields=DETAILED, change_in_errors=-1)
    with ForeignServer(promises) as server:
        report = verify_target(Target(url=server.url, credentials=LEE, budget=40, endpoints=(ENDPOINTS["side"],)))
    assert {one.check.id for one in report.violations} == set()
    assert "REMO-CREDIT-FAILURE-TOLD" in {one.check.id for one in report.notes}


def test_there_are_seventy_lies() -> None:
    assert len(LIES) + len(LATER_LIES) >= 70

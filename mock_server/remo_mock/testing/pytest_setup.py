"""Sets up the mock of one test as its markers ask."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from typing import Any

import pytest

from remo_mock.contract import Switches
from remo_mock.contract.packaged import chosen_directory
from remo_mock.exceptions import OutcomeError
from remo_mock.settings import Settings
from remo_mock.store.account import FIRST_CREDIT
from remo_mock.store.outcome_queue import QueuedOutcome
from remo_mock.testing.account import AccountHandle
from remo_mock.testing.remo_mock import RemoMock

# Arguments of the marker that are settings of the mock; the others are terms of an outcome.
_SETTINGS = ("seed", *(switch.name for switch in fields(Switches)), "as_observed", "contract_dir")


@dataclass(frozen=True, slots=True)
class MockSetup:
    """The mock of one test; the account of the test, if it has one of its own; the outcome that its markers queued."""

    mock: RemoMock
    account: AccountHandle | None = None
    of_marker: QueuedOutcome | None = None


@dataclass(frozen=True, slots=True)
class MarkerArguments:
    """The arguments of a test's markers, those of the closest winning."""

    credit: int | None = None
    settings: dict[str, str] = field(default_factory=dict)
    terms: dict[str, Any] = field(default_factory=dict)


@contextmanager
def mock_for(test: pytest.Item, *, marker: str, has_account: bool) -> Iterator[MockSetup]:
    """Open a mock with the settings, credits and outcome of the test's markers; `has_account` gives it an account.

    Raises `SettingsError` for a setting that is not valid; fails the test for an outcome that is not.
    """
    arguments = _marker_arguments(test, marker)
    contract_dir = chosen_directory(arguments.settings.pop("contract_dir", None))
    settings = Settings.from_environment({}, **arguments.settings, contract_dir=contract_dir)
    mock = RemoMock(settings, persona_seed=test.nodeid)
    with mock.opened():
        account = None
        if has_account:
            account = mock.account(credit=FIRST_CREDIT if arguments.credit is None else arguments.credit)
        elif arguments.credit is not None:
            mock.running("credit").accounts.change(mock.caller.email, credit=arguments.credit)
        yield MockSetup(mock, account, _queued(mock, arguments, marker))


@contextmanager
def shared_for(test: pytest.Item, mock: RemoMock, *, marker: str, has_account: bool) -> Iterator[MockSetup]:
    """Lend the mock of the whole run to a test: with an account, credits and outcome as its markers ask.

    At the end it forgets what the test queued, and publishes what the test used it for. Fails the test for an outcome
    that is not valid, and for settings, which a running mock cannot change.
    """
    arguments = _marker_arguments(test, marker)
    if arguments.settings:
        names = ", ".join(arguments.settings)
        remedy = "override the fixture remo_session_settings for all tests, or use remo_server in this one"
        pytest.fail(f"@pytest.mark.{marker}: the mock of the whole run cannot change {names}; {remedy}", pytrace=False)
    account = None
    if has_account:
        account = mock.account(credit=FIRST_CREDIT if arguments.credit is None else arguments.credit)
    try:
        yield MockSetup(mock, account, _queued(mock, arguments, marker))
    finally:
        mock.running("a test").queue.clear()
        mock.publish_usage()


def _queued(mock: RemoMock, arguments: MarkerArguments, marker: str) -> QueuedOutcome | None:
    """Queue the outcome that a test's markers ask for, if they do."""
    try:
        return mock.next(**arguments.terms) if arguments.terms else None
    except OutcomeError as error:
        pytest.fail(f"@pytest.mark.{marker}: {error}", pytrace=False)


def _marker_arguments(test: pytest.Item, name: str) -> MarkerArguments:
    given: dict[str, Any] = {}
    for marker in reversed(list(test.iter_markers(name))):
        if marker.args:
            raise pytest.UsageError(f"@pytest.mark.remo takes names, as in remo(credit=3, code=518); got {marker.args}")
        given |= marker.kwargs
    return MarkerArguments(
        credit=given.pop("credit", None),
        settings={option: str(given.pop(option)) for option in _SETTINGS if option in given},
        terms=given,
    )

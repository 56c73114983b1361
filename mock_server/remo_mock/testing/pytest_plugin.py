"""The pytest plugin: fixtures, the marker, and the limits of the bill.

Everything of ours is imported when it is first needed: pytest loads this module in every project of an environment.
"""

from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from remo_mock.testing.account import AccountHandle
    from remo_mock.testing.remo_mock import RemoMock

_MARKER = "remo"
_MARKER_HELP = (
    "remo(credit=3, code=518, seed=1): settings of remo-mock for this test. credit: that of the test's account; seed, "
    "http_status, error_shape: as of `remo-mock serve`; everything else is the outcome of the first request, as in "
    "remo.next(...): code, profile, fault, delay, endpoint, times, a view's verdict, a metric's degrees."
)
# Arguments of the marker that are settings of the mock; the others are terms of an outcome.
_SETTINGS = ("seed", "http_status", "error_shape")
_FIXTURES = ("remo", "remo_server", "remo_account")


@dataclass(frozen=True, slots=True)
class MockSetup:
    """The mock of one test, and the account of the test, if it has one of its own."""

    mock: "RemoMock"
    account: "AccountHandle | None" = None


@dataclass(frozen=True, slots=True)
class MarkerArguments:
    """The arguments of a test's markers, those of the closest winning."""

    credit: int | None = None
    settings: dict[str, str] = field(default_factory=dict)
    terms: dict[str, Any] = field(default_factory=dict)


_SETUP = pytest.StashKey[MockSetup]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of the bill."""
    group = parser.getgroup("remo-mock", "what the tests would have cost on the real REMO service")
    group.addoption(
        "--remo-max-credits", type=int, metavar="N", help="fail if the tests would have cost more than N credits"
    )
    group.addoption(
        "--remo-min-codes", type=int, metavar="N", help="fail if the client was shown fewer than N error codes"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker and the hooks of the bill."""
    from remo_mock.testing.pytest_bill import BillPlugin

    config.addinivalue_line("markers", _MARKER_HELP)
    bill = BillPlugin(
        max_credits=config.getoption("--remo-max-credits"), min_codes=config.getoption("--remo-min-codes")
    )
    config.pluginmanager.register(bill, "remo-mock-bill")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Add the fixture `remo` to marked tests that use none of our fixtures."""
    for item in items:
        names = getattr(item, "fixturenames", None)
        if names is not None and item.get_closest_marker(_MARKER) and not set(names) & set(_FIXTURES):
            names.insert(0, _FIXTURES[0])


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Fail a test that passed although no request used an outcome that it queued."""
    result = yield
    setup = item.stash.get(_SETUP, None)
    unused = () if setup is None else setup.mock.unused
    if unused:
        lines = [
            f"  {', '.join(f'{name}={value}' for name, value in one.terms.items())} for {one.account}"
            f"{f' on {one.endpoint}' if one.endpoint else ''}{f', {one.times} times' if one.times > 1 else ''}"
            for one in unused
        ]
        pytest.fail("\n".join(["asked of remo-mock, and never used by a request:", *lines]), pytrace=False)
    return result


@pytest.fixture
def _remo_setup(request: pytest.FixtureRequest) -> Iterator[MockSetup]:
    """One mock for each test, shared by our fixtures, with the settings and the outcome of the marker."""
    from remo_mock.settings import Settings
    from remo_mock.store.account import FIRST_CREDIT
    from remo_mock.testing.remo_mock import RemoMock

    arguments = _marker_arguments(request.node)
    mock = RemoMock(Settings.from_environment({}, **arguments.settings), persona_seed=request.node.nodeid)
    with mock.opened():
        if {"remo_account", "remo_server"} & set(request.fixturenames):
            credit = FIRST_CREDIT if arguments.credit is None else arguments.credit
            setup = MockSetup(mock, mock.account(credit=credit))
        else:
            setup = MockSetup(mock)
            if arguments.credit is not None:
                mock.running("credit").accounts.change(mock.caller.email, credit=arguments.credit)
        if arguments.terms:
            _queue_outcome(mock, arguments.terms)
        request.node.stash[_SETUP] = setup
        yield setup


def _queue_outcome(mock: "RemoMock", terms: dict[str, Any]) -> None:
    """Queue the outcome of the marker; fail the test in one line if there is none of these terms."""
    from remo_mock.exceptions import OutcomeError

    try:
        mock.next(**terms)
    except OutcomeError as error:
        pytest.fail(f"@pytest.mark.remo: {error}", pytrace=False)


@pytest.fixture
def remo(
    request: pytest.FixtureRequest, _remo_setup: MockSetup, monkeypatch: pytest.MonkeyPatch
) -> "Iterator[RemoMock]":
    """remo-mock in process: `requests` to the vendor's URL are answered without a socket. REMO_API_URL is that URL."""
    with _remo_setup.mock as mock:
        if "remo_server" not in request.fixturenames:
            monkeypatch.setenv("REMO_API_URL", mock.url)
        yield mock


@pytest.fixture
def remo_server(
    request: pytest.FixtureRequest, _remo_setup: MockSetup, monkeypatch: pytest.MonkeyPatch
) -> "Iterator[RemoMock]":
    """remo-mock as a real HTTP server in a thread, at `.url`, which is also in REMO_API_URL; with `remo_account`."""
    request.getfixturevalue("remo_account")
    with _remo_setup.mock.serving() as mock:
        monkeypatch.setenv("REMO_API_URL", mock.url)
        yield mock


@pytest.fixture
def remo_account(
    request: pytest.FixtureRequest, _remo_setup: MockSetup, monkeypatch: pytest.MonkeyPatch
) -> "AccountHandle":
    """An account of this test alone, with 100 credits or the marker's; its credentials are in REMO_API_EMAIL, ..."""
    if "remo_server" not in request.fixturenames:
        request.getfixturevalue("remo")
    account = _remo_setup.account or _remo_setup.mock.account()
    for name, value in (("EMAIL", account.email), ("USER_KEY", account.user_key), ("KEY", account.api_key)):
        monkeypatch.setenv(f"REMO_API_{name}", value)
    return account


def _marker_arguments(node: pytest.Item) -> MarkerArguments:
    given: dict[str, Any] = {}
    for marker in reversed(list(node.iter_markers(_MARKER))):
        if marker.args:
            raise pytest.UsageError(f"@pytest.mark.remo takes names, as in remo(credit=3, code=518); got {marker.args}")
        given |= marker.kwargs
    return MarkerArguments(
        credit=given.pop("credit", None),
        settings={name: str(given.pop(name)) for name in _SETTINGS if name in given},
        terms=given,
    )

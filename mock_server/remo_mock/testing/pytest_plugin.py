"""The pytest plugin: fixtures, the marker, and the limits of the bill.

Everything of ours is imported when it is first needed: pytest loads this module in every project of an environment.
"""

from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from remo_mock.settings import Settings
    from remo_mock.testing.account import AccountHandle
    from remo_mock.testing.pytest_setup import MockSetup
    from remo_mock.testing.remo_mock import RemoMock

_MARKER = "remo"
_MARKER_HELP = (
    "remo(credit=3, code=518, seed=1): settings of remo-mock for this test. credit: that of the test's account; seed, "
    "http_status, error_shape, api_name, split_price, side_reply, as_observed: as of `remo-mock serve`; contract_dir: "
    "the folder of another contract; everything else is the outcome of the first request, as in remo.next(...): code, "
    "profile, fault, delay, endpoint, times, until, a view's verdict, a metric's degrees."
)
_SERVER_HOST = "127.0.0.1"
_FIXTURES = ("remo", "remo_server", "remo_account")
_SHARED = "remo_session_server"


_SETUP: "pytest.StashKey[MockSetup]" = pytest.StashKey()


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
    """Add the fixture `remo` to marked functions that use none of our fixtures, and to others what they need."""
    for item in items:
        names = getattr(item, "fixturenames", None)
        if names is None:
            continue
        is_marked = item.get_closest_marker(_MARKER) is not None
        if _SHARED in names and not {"remo", "remo_server"} & set(names):
            # The mock of the whole run is lent to this test, with an account if the marker is about one.
            names.insert(0, "remo_account" if is_marked else "_remo_setup")
        elif is_marked and isinstance(item, pytest.Function) and not set(names) & set(_FIXTURES):
            names.insert(0, "remo")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Fail a test that passed although no request used an outcome that it queued."""
    result = yield
    setup = item.stash.get(_SETUP, None)
    unused = [] if setup is None else list(setup.mock.unused)
    if setup is not None and setup.of_marker is not None and not isinstance(item, pytest.Function):
        # A doctest has the marker of its module, which was not written for it.
        unused = [one for one in unused if one.id != setup.of_marker.id]
    if unused:
        lines = [
            f"  {', '.join(f'{name}={value}' for name, value in one.terms.items())} for {one.account}"
            f"{f' on {one.endpoint}' if one.endpoint else ''}{f', {one.times} times' if one.times > 1 else ''}"
            f"{f', until {one.until}' if one.until else ''}"
            for one in unused
        ]
        pytest.fail("\n".join(["asked of remo-mock, and never used by a request:", *lines]), pytrace=False)
    return result


@pytest.fixture
def _remo_setup(request: pytest.FixtureRequest) -> "Iterator[MockSetup]":
    """One mock for each test, shared by our fixtures, or that of the whole run; with the outcome of the marker."""
    from remo_mock.testing.pytest_setup import mock_for, shared_for

    names = set(request.fixturenames)
    has_account = bool({"remo_account", "remo_server"} & names)
    if _SHARED in names and not {"remo", "remo_server"} & names:
        shared = request.getfixturevalue(_SHARED)
        opening = shared_for(request.node, shared, marker=_MARKER, has_account=has_account)
    else:
        opening = mock_for(request.node, marker=_MARKER, has_account=has_account)
    with opening as setup:
        request.node.stash[_SETUP] = setup
        yield setup


@pytest.fixture
def remo(
    request: pytest.FixtureRequest, _remo_setup: "MockSetup", monkeypatch: pytest.MonkeyPatch
) -> "Iterator[RemoMock]":
    """remo-mock in process: `requests` to the vendor's URL are answered without a socket. REMO_API_URL is that URL."""
    with _remo_setup.mock as mock:
        if "remo_server" not in request.fixturenames:
            monkeypatch.setenv("REMO_API_URL", mock.url)
        yield mock


@pytest.fixture
def remo_server(
    request: pytest.FixtureRequest, _remo_setup: "MockSetup", monkeypatch: pytest.MonkeyPatch
) -> "Iterator[RemoMock]":
    """remo-mock as a real HTTP server in a thread, at `.url`, which is also in REMO_API_URL; with `remo_account`.

    Proxies of the environment are not asked for it.
    """
    request.getfixturevalue("remo_account")
    with _remo_setup.mock.serving() as mock:
        _lead_to(mock.url, monkeypatch)
        yield mock


@pytest.fixture(scope="session")
def remo_session_settings() -> "Settings":
    """The settings of `remo_session_server`: defaults. Override it in a conftest.py to have others."""
    from remo_mock.contract.packaged import chosen_directory
    from remo_mock.settings import Settings

    return Settings(contract_dir=chosen_directory())


@pytest.fixture(scope="session")
def remo_session_server(remo_session_settings: "Settings") -> "Iterator[RemoMock]":
    """remo-mock as one real HTTP server for the whole run, for programs under test that are started once.

    Its address is `.url`, and from its first use to the end of the run REMO_API_URL. `remo_account` and the marker
    then mean an account of the test at this server; what a test queues and leaves is forgotten at its end.
    """
    from remo_mock.testing.remo_mock import RemoMock

    with RemoMock(remo_session_settings).serving() as mock, pytest.MonkeyPatch.context() as environment:
        _lead_to(mock.url, environment)
        yield mock


def _lead_to(url: str, environment: pytest.MonkeyPatch) -> None:
    """Have clients that read the environment call a server of this machine."""
    environment.setenv("REMO_API_URL", url)
    # A proxy of the environment cannot reach this machine. Some clients read one spelling, some the other.
    for name in ("NO_PROXY", "no_proxy"):
        environment.setenv(name, _SERVER_HOST, prepend=",")


@pytest.fixture
def remo_account(
    request: pytest.FixtureRequest, _remo_setup: "MockSetup", monkeypatch: pytest.MonkeyPatch
) -> "AccountHandle":
    """An account of this test alone, with 100 credits or the marker's; its credentials are in REMO_API_EMAIL, ..."""
    if not {"remo_server", _SHARED} & set(request.fixturenames):
        request.getfixturevalue("remo")
    account = _remo_setup.account or _remo_setup.mock.account()
    for name, value in (("EMAIL", account.email), ("USER_KEY", account.user_key), ("KEY", account.api_key)):
        monkeypatch.setenv(f"REMO_API_{name}", value)
    return account

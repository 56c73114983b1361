"""The pytest plugin: fixtures, the marker, and the limits of the bill.

Everything of ours is imported when it is first needed: pytest loads this module in every project of an environment.
"""

from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
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
            f"{f', until {one.until}' if one.until else ''}"
            for one in unused
        ]
        pytest.fail("\n".join(["asked of remo-mock, and never used by a request:", *lines]), pytrace=False)
    return result


@pytest.fixture
def _remo_setup(request: pytest.FixtureRequest) -> "Iterator[MockSetup]":
    """One mock for each test, shared by our fixtures, with the settings and the outcome of the marker."""
    from remo_mock.testing.pytest_setup import mock_for

    has_account = not {"remo_account", "remo_server"}.isdisjoint(request.fixturenames)
    with mock_for(request.node, marker=_MARKER, has_account=has_account) as setup:
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
        monkeypatch.setenv("REMO_API_URL", mock.url)
        # A proxy of the environment cannot reach this machine. Some clients read one spelling, some the other.
        for name in ("NO_PROXY", "no_proxy"):
            monkeypatch.setenv(name, _SERVER_HOST, prepend=",")
        yield mock


@pytest.fixture
def remo_account(
    request: pytest.FixtureRequest, _remo_setup: "MockSetup", monkeypatch: pytest.MonkeyPatch
) -> "AccountHandle":
    """An account of this test alone, with 100 credits or the marker's; its credentials are in REMO_API_EMAIL, ..."""
    if "remo_server" not in request.fixturenames:
        request.getfixturevalue("remo")
    account = _remo_setup.account or _remo_setup.mock.account()
    for name, value in (("EMAIL", account.email), ("USER_KEY", account.user_key), ("KEY", account.api_key)):
        monkeypatch.setenv(f"REMO_API_{name}", value)
    return account

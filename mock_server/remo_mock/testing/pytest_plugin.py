"""The pytest plugin: fixtures, the marker, and the options of the bill; light until a test asks for a mock."""

from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from remo_mock.testing.pytest_bill import BillKeeper

if TYPE_CHECKING:
    from remo_mock.testing.remo_mock import Caller, RemoMock

_MARKER = "remo"
_MARKER_HELP = (
    "remo(credit=3, code=518, seed=1): what remo-mock shall do in this test. credit: of the test's account; seed, "
    "http_status, error_shape: as of `remo-mock serve`; everything else is the outcome of the first request, as in "
    "remo.next(...): code, profile, fault, delay, endpoint, times, a view's verdict, a metric's degrees."
)
# What the marker says of the mock itself; the rest asks for an outcome.
_OF_THE_MOCK = ("seed", "http_status", "error_shape")
_FIXTURES = ("remo", "remo_server", "remo_account")
_FIRST_CREDIT = 100


@dataclass(frozen=True, slots=True)
class Bench:
    """The mock of one test, and the test's own account, if it has one."""

    mock: "RemoMock"
    caller: "Caller | None" = None


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the test's markers ask for, the closest winning."""

    credit: int | None = None
    settings: dict[str, str] = field(default_factory=dict)
    outcome: dict[str, Any] = field(default_factory=dict)


_BENCH = pytest.StashKey[Bench]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the gates."""
    group = parser.getgroup("remo-mock", "what the tests would have cost on the real REMO service")
    group.addoption(
        "--remo-max-credits", type=int, metavar="N", help="fail if the tests would have cost more than N credits"
    )
    group.addoption(
        "--remo-min-codes", type=int, metavar="N", help="fail if the client was shown fewer than N error codes"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Make the marker known, and open the bill."""
    config.addinivalue_line("markers", _MARKER_HELP)
    keeper = BillKeeper(
        max_credits=config.getoption("--remo-max-credits"), min_codes=config.getoption("--remo-min-codes")
    )
    config.pluginmanager.register(keeper, "remo-mock-bill")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give a marked test that asks for no fixture of ours the mock in process."""
    for item in items:
        names = getattr(item, "fixturenames", None)
        if names is not None and item.get_closest_marker(_MARKER) and not set(names) & set(_FIXTURES):
            names.insert(0, _FIXTURES[0])


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Fail a test that passed although an outcome that it asked for met no request."""
    result = yield
    bench = item.stash.get(_BENCH, None)
    unused = () if bench is None else bench.mock.unused
    if unused:
        told = [
            f"  {', '.join(f'{name}={value}' for name, value in one.terms.items())} for {one.account}"
            f"{f' on {one.endpoint}' if one.endpoint else ''}{f', {one.times} times' if one.times > 1 else ''}"
            for one in unused
        ]
        pytest.fail("\n".join(["asked of remo-mock, and never used by a request:", *told]), pytrace=False)
    return result


@pytest.fixture
def _remo_bench(request: pytest.FixtureRequest) -> Iterator[Bench]:
    """One mock for each test, whichever of our fixtures it uses, with what its marker asks for."""
    from remo_mock.settings import Settings
    from remo_mock.testing.remo_mock import RemoMock

    wishes = _wishes(request.node)
    mock = RemoMock(Settings.from_environment({}, **wishes.settings), persona_seed=request.node.nodeid)
    with mock.opened():
        if {"remo_account", "remo_server"} & set(request.fixturenames):
            credit = _FIRST_CREDIT if wishes.credit is None else wishes.credit
            bench = Bench(mock, mock.account(credit=credit))
        else:
            bench = Bench(mock)
            if wishes.credit is not None:
                mock.running("credit").accounts.change(mock.caller.email, credit=wishes.credit)
        if wishes.outcome:
            _ask(mock, wishes.outcome)
        request.node.stash[_BENCH] = bench
        yield bench


def _ask(mock: "RemoMock", outcome: dict[str, Any]) -> None:
    """Ask for the marker's outcome; a misspelled one fails the test in one line."""
    from remo_mock.exceptions import OutcomeError

    try:
        mock.next(**outcome)
    except OutcomeError as error:
        pytest.fail(f"@pytest.mark.remo: {error}", pytrace=False)


@pytest.fixture
def remo(request: pytest.FixtureRequest, _remo_bench: Bench, monkeypatch: pytest.MonkeyPatch) -> "Iterator[RemoMock]":
    """remo-mock in process: `requests` to the vendor's URL are answered without a socket. REMO_API_URL is that URL."""
    with _remo_bench.mock as mock:
        if "remo_server" not in request.fixturenames:
            monkeypatch.setenv("REMO_API_URL", mock.url)
        yield mock


@pytest.fixture
def remo_server(
    request: pytest.FixtureRequest, _remo_bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> "Iterator[RemoMock]":
    """remo-mock as a real server in a thread, at `.url`; REMO_API_URL leads clients there, for `remo_account`."""
    request.getfixturevalue("remo_account")
    with _remo_bench.mock.serving() as mock:
        monkeypatch.setenv("REMO_API_URL", mock.url)
        yield mock


@pytest.fixture
def remo_account(request: pytest.FixtureRequest, _remo_bench: Bench, monkeypatch: pytest.MonkeyPatch) -> "Caller":
    """An account of this test alone, with 100 credits or the marker's; its credentials are in REMO_API_EMAIL, ..."""
    if "remo_server" not in request.fixturenames:
        request.getfixturevalue("remo")
    caller = _remo_bench.caller or _remo_bench.mock.account()
    for name, value in (("EMAIL", caller.email), ("USER_KEY", caller.user_key), ("KEY", caller.api_key)):
        monkeypatch.setenv(f"REMO_API_{name}", value)
    return caller


def _wishes(node: pytest.Item) -> Wishes:
    given: dict[str, Any] = {}
    for marker in reversed(list(node.iter_markers(_MARKER))):
        if marker.args:
            raise pytest.UsageError(f"@pytest.mark.remo takes names, as in remo(credit=3, code=518); got {marker.args}")
        given |= marker.kwargs
    return Wishes(
        credit=given.pop("credit", None),
        settings={name: str(given.pop(name)) for name in _OF_THE_MOCK if name in given},
        outcome=given,
    )

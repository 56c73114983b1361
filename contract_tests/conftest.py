"""Runs the suite under pytest: adds its options, makes a test of each check, sends one run, sets the exit code."""

import os
from collections.abc import Iterator, Mapping
from contextlib import nullcontext

import pytest

from remo_mock.exceptions import ContractError

from .model.check import Check
from .model.expectations import Assessment, ExpectationsError
from .reports.files import ReportFileError, check_paths, write_reports
from .reports.terminal import Progress, summary
from .run.options import Options, UsageError
from .run.safety import UnsafeError
from .run.session import Session

_KEY = pytest.StashKey[Session]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of `remo-mock verify`, each with the prefix --remo-."""
    group = parser.getgroup("remo", "contract suite of the REMO body-posture API")
    add = group.addoption
    add("--remo-url", help="judge this server; without it, a mock of our own")
    add("--remo-budget", type=int, help="credits that the run may spend [0 on a foreign server]")
    add("--remo-live", action="store_true", help="the host may be another machine than this one")
    add("--remo-allow-http", action="store_true", help="credentials may travel to it in clear text")
    add("--remo-photo", action="append", default=[], metavar="VIEW=FILE", help="send this photo")
    add("--remo-report", action="append", default=[], metavar="FILE", help="write FILE.json, .md or .html")
    add("--remo-xfails", metavar="FILE", help="checks that are expected to fail, with reasons")
    add("--remo-strict", action="store_true", help="notes fail, too")
    add("--remo-http-status", choices=("mirror", "200"), help="the HTTP status that errors must have (L19)")
    add("--remo-timeout", type=float, default=60.0, metavar="SECONDS", help="wait so long for one reply [60]")
    add("--remo-endpoint", action="append", default=[], metavar="NAME", help="judge this endpoint alone")


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Refuse unsafe or impossible options before anything is sent."""
    parallel = getattr(config.option, "numprocesses", None) or os.environ.get("PYTEST_XDIST_WORKER")
    if parallel or getattr(config.option, "dist", "no") != "no":
        raise pytest.UsageError("the contract suite sends each request once: run it without xdist (-n 0)")
    option = config.getoption
    options = Options(
        url=option("--remo-url"),
        budget=option("--remo-budget"),
        live=option("--remo-live"),
        allow_http=option("--remo-allow-http"),
        photos=tuple(option("--remo-photo")),
        reports=tuple(option("--remo-report")),
        xfails=option("--remo-xfails"),
        strict=option("--remo-strict"),
        http_status=option("--remo-http-status"),
        timeout=option("--remo-timeout"),
        endpoints=tuple(option("--remo-endpoint")),
    )
    try:
        check_paths(options.reports)
        config.stash[_KEY] = Session.prepare(options)
    except (UsageError, UnsafeError, ExpectationsError, ReportFileError, ContractError) as error:
        raise pytest.UsageError(str(error)) from None


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Make one test of each check; its id holds layer, check and endpoint, so that -k finds all three."""
    if "check" in metafunc.fixturenames:
        checks = metafunc.config.stash[_KEY].checks()
        ids = [f"{check.layer}:{check.id}@{check.endpoint}" for check in checks]
        metafunc.parametrize("check", checks, ids=ids)


@pytest.fixture(scope="session")
def session(pytestconfig: pytest.Config) -> Session:
    """Send the run, once, at the first check that needs it."""
    session = pytestconfig.stash[_KEY]
    capture = pytestconfig.pluginmanager.getplugin("capturemanager")
    # A slow endpoint takes minutes: pytest would show what it captured only when the run is over.
    with capture.global_and_fixture_disabled() if capture is not None else nullcontext():
        progress = Progress()
        session.run(progress, progress.say)
    return session


@pytest.fixture(scope="session")
def assessments(session: Session) -> Mapping[tuple[str, str], Assessment]:
    """Map the id and the endpoint of each check to what the run says of it."""
    return {(one.result.check.id, one.result.endpoint): one for one in session.assessments}


@pytest.fixture
def assessment(check: Check, assessments: Mapping[tuple[str, str], Assessment]) -> Assessment:
    """Return what the run says of one check."""
    return assessments[check.id, check.endpoint]


def pytest_report_teststatus(report: pytest.TestReport, config: pytest.Config) -> tuple[str, str, str] | None:
    """Print no letter for each check in a quiet run: the summary says more."""
    if config.get_verbosity() >= 0 or report.when != "call" or hasattr(report, "wasxfail"):
        return None
    return report.outcome, "", report.outcome.upper()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Take secrets out of what pytest shows of a failure, locals and exceptions included, before any report has it."""
    outcome = yield
    report = outcome.get_result()  # type: ignore[attr-defined]
    if report.longrepr is not None and not isinstance(report.longrepr, tuple):
        report.longrepr = item.config.stash[_KEY].clean(str(report.longrepr))
    report.sections = [(name, item.config.stash[_KEY].clean(text)) for name, text in report.sections]


def pytest_terminal_summary(terminalreporter: "pytest.TerminalReporter", config: pytest.Config) -> None:
    """Print the summary by layer and by section of the pages."""
    session = config.stash.get(_KEY, None)
    if session is None or session.report is None:
        return
    terminalreporter.section("contract")
    paint = terminalreporter._tw.markup
    for line in summary(session, color=lambda text, style: paint(text, **{style: True})):
        terminalreporter.write_line(line)


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> Iterator[None]:
    """Write the reports, and let the run decide the exit code unless pytest itself failed."""
    run = session.config.stash.get(_KEY, None)
    try:
        yield
    except OSError as error:
        if run is None or run.report is None:
            raise
        run.report_not_written("--junitxml", error)
    if run is None or run.report is None:
        return
    run = session.config.stash[_KEY] = write_reports(run, run.options.reports)
    if exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
        session.exitstatus = run.exit_code()

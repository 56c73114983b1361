"""The command `remo-mock verify`: runs the contract suite, and turns its end into an exit code."""

import os
import re
import sys
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from remo_mock.cassettes.suite_exchange import read_recording
from remo_mock.cli.options import type_of
from remo_mock.cli.output import ReaderGoneError
from remo_mock.contract import read_contract
from remo_mock.contract.packaged import chosen_directory, contract_documents
from remo_mock.contract.suite import api, suite_directory
from remo_mock.settings import Settings

if TYPE_CHECKING:
    from flask import Flask

# pytest's exit codes for "interrupted", "internal error", "usage" and "nothing collected", and ours for them.
_EXIT_CODES = {2: 130, 3: 4, 4: 2, 5: 2}
_INTERNAL = 4
_NOTHING_COLLECTED = 5

_OWNER_ALONE = 0o077
_OF_OTHER_TESTS = ("PYTEST_ADDOPTS", "PYTEST_PLUGINS")
_XDIST = re.compile(r"(^|\s)(-n\s*(\d|auto|logical)|--numprocesses)")


@click.command("verify", context_settings={"ignore_unknown_options": True})
@click.argument("url", required=False)
@click.argument("pytest_arguments", nargs=-1, type=click.UNPROCESSED)
@click.option(
    "--budget", type=click.INT, metavar="N", help="Credits that the run may spend.", show_default="0 on a given URL"
)
@click.option("--live", is_flag=True, help="The host may be another machine than this one.")
@click.option("--allow-http", is_flag=True, help="Credentials may travel to it in clear text (L17).")
@click.option("--photo", multiple=True, metavar="VIEW=FILE", help="Send this photo, such as front=me.jpg.")
@click.option(
    "--report", multiple=True, type=click.Path(), metavar="FILE", help="Write FILE.json, FILE.md or FILE.html."
)
@click.option("--junitxml", type=click.Path(), metavar="FILE", help="Write JUnit XML.")
@click.option("--xfails", type=click.Path(), metavar="FILE", help="Checks that are expected to fail, with reasons.")
@click.option("--strict", is_flag=True, help="Notes fail, too.")
@click.option("--http-status", type=type_of("http_status"), help="The HTTP status of errors (L19).")
@click.option("--timeout", type=click.FLOAT, default=60, metavar="SECONDS", help="Wait so long for one reply.")
@click.option("--endpoint", multiple=True, metavar="NAME", help="Judge this endpoint alone.")
@click.option("--plan", is_flag=True, help="Print what would be sent, and its price; send nothing.")
@click.option("--saved", is_flag=True, help="Judge saved replies: the arguments are files or cassettes. Send nothing.")
@click.option(
    "--without", multiple=True, metavar="PARTS", help="With --saved: what was taken out of the replies: images,coords."
)
@click.option("--self-test", is_flag=True, help="Judge the suite: let it find the lie in each of its broken servers.")
@click.option("--explain", metavar="ID", help="Tell what a check asks, and where the pages promise it.")
def verify_command(
    url: str | None,
    pytest_arguments: tuple[str, ...],
    *,
    plan: bool,
    saved: bool,
    without: tuple[str, ...],
    self_test: bool,
    explain: str | None,
    junitxml: str | None,
    **options: Any,
) -> None:
    """Judge the server at URL, or a mock of our own, by the vendor's contract.

    Credentials come from REMO_API_EMAIL, REMO_API_USER_KEY and REMO_API_KEY; a server on this machine is called as
    demo@example.com without them. Other arguments go to pytest; PYTEST_ADDOPTS has no effect. Exit: 0 conforms,
    1 violations, 2 usage, 3 incomplete, 4 internal error. A violation that was seen stays one in an incomplete run; an
    expectation of --xfails that failed decides only a complete one. With --saved: 1 violations, 2 no file can be
    judged, 3 some cannot, and the others conform.
    """
    if self_test:
        folder, endpoints = chosen_directory(), options["endpoint"]
        _check_endpoints(endpoints, folder)
        _refuse_without_semaphores()
        sys.exit(api.self_test(_make_app, click.echo, contract_dir=folder, endpoints=endpoints))
    if saved:
        files = [url, *pytest_arguments] if url else []
        reader = partial(read_recording, contract=read_contract(contract_documents(chosen_directory())))
        how = {"without": without, "strict": options["strict"], "echo": click.echo, "reader": reader}
        sys.exit(api.print_saved(files, options["endpoint"], **how))
    if without:
        raise click.UsageError(
            "--without names what was taken out of saved replies, such as images: give --saved and files."
        )
    if explain:
        sys.exit(api.explain(explain, click.echo))
    if url is not None and url.startswith("-"):  # an option of pytest's came first
        pytest_arguments, url = (url, *pytest_arguments), None
    if plan:
        planned = api.Options(
            url=url,
            budget=options["budget"],
            live=options["live"],
            allow_http=options["allow_http"],
            photos=options["photo"],
            xfails=options["xfails"],
            strict=options["strict"],
            http_status=options["http_status"],
            timeout=options["timeout"],
            endpoints=options["endpoint"],
        )
        sys.exit(api.print_plan(planned, click.echo, partial(click.echo, err=True)))
    if _XDIST.search(" ".join(pytest_arguments)):
        raise click.UsageError("The contract suite sends each request once: run it without xdist (-n, --numprocesses).")
    own = [] if junitxml is None else [f"--junitxml={junitxml}"]
    sys.exit(_run_pytest([*own, *_suite_arguments(options | {"url": url}), *pytest_arguments]))


def _refuse_without_semaphores() -> None:
    """Refuse where processes cannot wait for each other, as those of the self-test do."""
    try:
        get_context("spawn").Lock()
    except (ImportError, OSError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        remedy = "Let /dev/shm be written, or run it elsewhere."
        raise click.UsageError(f"--self-test needs semaphores for its processes: {reason}. {remedy}") from error


def _check_endpoints(names: tuple[str, ...], folder: Path | None) -> None:
    """Refuse names that neither the packaged contract nor that of the folder has."""
    contracts = [read_contract(contract_documents(where)) for where in (None, folder)]
    known = dict.fromkeys(endpoint.name for contract in contracts for endpoint in contract.endpoints)
    for name in names:
        if name not in known:
            raise click.UsageError(f"--endpoint {name}: known are {', '.join(known)}")


def _make_app(folder: Path | None) -> "Flask":
    """Make a good mock for the self-test, in whichever process; the folder is that of its contract."""
    from remo_mock.web.app import create_app  # Flask, which nothing else here needs

    return create_app(Settings(contract_dir=folder))


def _suite_arguments(options: dict[str, Any]) -> list[str]:
    """Return the options as the suite's pytest options have them."""
    arguments = []
    for name, value in options.items():
        option = f"--remo-{name.replace('_', '-')}"
        if value is True:
            arguments.append(option)
        elif isinstance(value, tuple):
            arguments += [f"{option}={item}" for item in value]
        elif value is not None and value is not False:
            arguments.append(f"{option}={value}")
    return arguments


class _ErrorCatcher:
    """A plugin that keeps the first error of the suite itself: pytest's exit code does not show it."""

    error: str | None = None
    reader_gone = False

    def pytest_internalerror(self, excrepr: object, excinfo: Any) -> None:
        self.reader_gone |= isinstance(excinfo.value, ReaderGoneError)
        self.error = self.error or str(excrepr)

    def pytest_collectreport(self, report: Any) -> None:
        if report.failed:
            self.error = self.error or str(report.longrepr)

    def pytest_runtest_logreport(self, report: Any) -> None:
        if report.failed and report.when != "call":
            self.error = self.error or str(report.longrepr)


def _run_pytest(arguments: list[str]) -> int:
    import pytest  # with its plugins, which the other ways to use this command do not need

    place = suite_directory()
    fixed = [str(place), "-c", str(place / "pytest.ini"), "--rootdir", str(place), "-qq", "--tb=no", "-rN"]
    # Capturing by file descriptors wants a temporary folder, which a read-only container lacks.
    fixed += ["-o", "console_output_style=classic", "--capture=sys"]
    # Plugins that happen to be installed here have no part in the run; -p loads one by name. Nor have the habits that
    # somebody has set for the tests of a project.
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    for name in _OF_OTHER_TESTS:
        os.environ.pop(name, None)
    os.umask(_OWNER_ALONE)  # for the file of --junitxml
    catcher = _ErrorCatcher()
    try:
        code = int(pytest.main([*fixed, *arguments], plugins=[catcher]))
    except Exception as error:  # noqa: BLE001 - a plugin may raise anything, and none of it is a verdict on the target
        code, catcher.error = _INTERNAL, catcher.error or f"{type(error).__name__}: {error}"
        catcher.reader_gone |= isinstance(error, ReaderGoneError)
    if catcher.reader_gone:
        raise ReaderGoneError
    if catcher.error is not None:
        click.echo(f"remo-mock: the suite itself failed:\n{catcher.error}", err=True)
        return _INTERNAL
    if code == _NOTHING_COLLECTED:
        click.echo("remo-mock: none of the checks is chosen, and nothing was sent: mend -k, -m or --deselect", err=True)
    return code if code in (0, 1, 3) else _EXIT_CODES.get(code, _INTERNAL)

"""`remo-mock verify`: finds the contract suite, hands the options to it, and turns its end into an exit code."""

import os
import re
import sys
from functools import partial
from typing import Any

import click

from remo_mock.cli.options import type_of
from remo_mock.contract.suite import api, suite_directory

# What pytest says with its own exit codes, in ours: interrupted, internal error, usage, nothing collected.
_OF_PYTEST = {2: 130, 3: 4, 4: 2, 5: 2}
_INTERNAL = 4
_NOTHING_CHOSEN = 5


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
@click.option("--self-test", is_flag=True, help="Judge the suite: let it find the lie in each of its broken servers.")
@click.option("--explain", metavar="ID", help="Tell what a check asks, and where the pages promise it.")
def verify_command(url: str | None, pytest_arguments: tuple[str, ...], **options: Any) -> None:
    """Judge the server at URL, or a mock of our own, by the vendor's contract.

    Credentials come from REMO_API_EMAIL, REMO_API_USER_KEY and REMO_API_KEY; a server on this machine is called as
    demo@example.com without them. Other arguments go to pytest. Exit: 0 conforms, 1 violations, 2 usage,
    3 incomplete, 4 internal error. A violation that was seen stays one in an incomplete run; an expectation of
    --xfails that failed decides only a complete one.
    """
    plan, explain, saved = options.pop("plan"), options.pop("explain"), options.pop("saved")
    if options.pop("self_test"):
        from remo_mock.web.app import create_app

        sys.exit(api.self_test(create_app, click.echo))
    if saved:
        from remo_mock.cassettes.suite_exchange import read_recording
        from remo_mock.contract import read_contract
        from remo_mock.contract.packaged import contract_documents

        files = [url, *pytest_arguments] if url else []
        reader = partial(read_recording, contract=read_contract(contract_documents()))
        sys.exit(api.print_saved(files, options["endpoint"], strict=options["strict"], echo=click.echo, reader=reader))
    if explain:
        sys.exit(api.explain(explain, click.echo))
    if url is not None and url.startswith("-"):  # an option of pytest's came first
        pytest_arguments, url = (url, *pytest_arguments), None
    if plan:
        given = {
            name: value for name, value in options.items() if name not in ("photo", "report", "junitxml", "endpoint")
        }
        made = api.Options(url=url, endpoints=options["endpoint"], **_known(given))
        sys.exit(api.print_plan(made, click.echo, partial(click.echo, err=True)))
    if _XDIST.search(" ".join([*pytest_arguments, os.environ.get("PYTEST_ADDOPTS", "")])):
        raise click.UsageError("The contract suite sends each request once: run it without xdist (-n, --numprocesses).")
    sys.exit(_pytest(url, pytest_arguments, options))


def _known(options: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in options.items() if value is not None}


class _Ending:
    """Hears of errors of the suite itself, which pytest's exit code does not tell from other ends."""

    said: str | None = None

    def pytest_internalerror(self, excrepr: object) -> None:
        self.said = self.said or str(excrepr)

    def pytest_collectreport(self, report: Any) -> None:
        if report.failed:
            self.said = self.said or str(report.longrepr)

    def pytest_runtest_logreport(self, report: Any) -> None:
        if report.failed and report.when != "call":
            self.said = self.said or str(report.longrepr)


def _pytest(url: str | None, extra: tuple[str, ...], options: dict[str, Any]) -> int:
    import pytest

    place = suite_directory()
    arguments = [str(place), "-c", str(place / "pytest.ini"), "--rootdir", str(place), "-qq", "--tb=no", "-rN"]
    arguments += ["-o", "console_output_style=classic"]
    if url is not None:
        arguments.append(f"--remo-url={url}")
    junit = options.pop("junitxml")
    if junit:
        arguments.append(f"--junitxml={junit}")
    for name, value in options.items():
        option = f"--remo-{name.replace('_', '-')}"
        if value is True:
            arguments.append(option)
        elif isinstance(value, tuple):
            arguments += [f"{option}={item}" for item in value]
        elif value is not None and value is not False:
            arguments.append(f"{option}={value}")
    # Plugins of whatever else is installed here have no part in this; who wants one names it with -p.
    os.environ.setdefault("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    ending = _Ending()
    try:
        code = int(pytest.main([*arguments, *extra], plugins=[ending]))
    except Exception as error:  # noqa: BLE001 - a plugin may raise anything, and none of it is a verdict on the target
        code, ending.said = _INTERNAL, ending.said or f"{type(error).__name__}: {error}"
    if ending.said is not None:
        click.echo(f"remo-mock: the suite itself failed:\n{ending.said}", err=True)
        return _INTERNAL
    if code == _NOTHING_CHOSEN:
        click.echo("remo-mock: none of the checks is chosen, and nothing was sent: mend -k, -m or --deselect", err=True)
    return code if code in (0, 1, 3) else _OF_PYTEST.get(code, _INTERNAL)

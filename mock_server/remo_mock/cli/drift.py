"""The command `remo-mock drift`: compares a cassette with the mock, and prints the differences."""

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from remo_mock.assembly import make_mock
from remo_mock.cassettes.drift.report import DriftReport, compare
from remo_mock.cassettes.exact_json import pretty
from remo_mock.cassettes.files import read_cassette
from remo_mock.cli.output import print_document, print_text
from remo_mock.contract.field_names import legend
from remo_mock.contract.packaged import chosen_directory
from remo_mock.settings import Settings

_DRIFT = 1


@click.command("drift")
@click.argument("cassette", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.option("--fail/--no-fail", default=True, help="Exit 1 if anything differs.")
def drift_command(cassette: Path, *, as_json: bool, fail: bool) -> None:
    """Compare the replies that `remo-mock record` kept in DIR with what the mock answers to the same.

    Exit: 0 no drift, 1 drift, 2 usage. What the contract's ledger leaves open is listed as a reading, and is no drift.
    """
    settings = Settings(contract_dir=chosen_directory())
    mock = make_mock(settings)
    try:
        recorded = read_cassette(cassette, mock.responder.contract)
        if not recorded:
            raise click.UsageError(f"{cassette} holds no exchange. Fill it: remo-mock record --cassette {cassette} ...")
        report = compare(recorded, mock.responder, settings.contract_dir)
    finally:
        mock.close()
    if as_json:
        print_document(pretty(report.as_json()), end=False)
    else:
        print_text("\n".join(lines_of(report)))
    if report.drifted and fail:
        sys.exit(_DRIFT)


def lines_of(report: DriftReport) -> Iterator[str]:
    """Yield the report as lines: a table, the first example of each difference with what to do, readings, the end."""
    yield f"{'rule':<14}{'compared':>9}{'drifted':>9}"
    for one in report.rules:
        yield f"{one.rule.name:<14}{one.seen or '-':>9}{len(one.drifted) or '-':>9}"
    for one in report.drifted:
        yield ""
        yield f"{one.rule.name}: {len(one.drifted)} of {one.seen}, first in {one.drifted[0]}"
        if one.first is not None:
            yield f"  real  {one.first.real}"
            yield f"  ours  {one.first.ours}"
            yield from (f"  name  {line}" for line in legend(one.names))
        yield f"  next  {one.rule.remedy}"
    if report.readings:
        yield ""
    for entry, seen in report.readings.items():
        yield f"reading {entry}: {'; '.join(f'{reading} ({count})' for reading, count in seen.items())}"
    if report.unanswered:
        yield f"without a reply, and not compared: {', '.join(report.unanswered)}"
    yield ""
    yield _end(report)


def _end(report: DriftReport) -> str:
    if not report.drifted:
        return f"no drift: {report.exchanges} exchanges are as the mock answers them"
    names = ", ".join(one.rule.name for one in report.drifted)
    return (
        f"drift in {names}. Look at the files, record again to be sure, then correct the contract data; "
        "`remo-mock serve --replay` answers as recorded until then."
    )

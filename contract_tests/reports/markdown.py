"""Writes the report of a run as Markdown, for an issue or a pull request."""

from collections.abc import Iterator

from remo_mock.contract.field_names import legend

from ..model.check import LAYERS
from ..model.expectations import Assessment
from ..model.report import Report
from ..model.results import CheckResult, by_request, counts
from ..run.session import Session
from .headline import failed_expectations, headline


def as_markdown(session: Session) -> str:
    """Return the report of a session as Markdown."""
    return "\n".join(_lines(session.finished(), session)) + "\n"


def _lines(report: Report, session: Session) -> Iterator[str]:
    yield from (f"# Contract report: {_escaped(report.target)}", "", f"**{_escaped(headline(session))}**", "")
    yield f"- started {report.started}, {report.requests} requests in {report.seconds:.1f} s"
    yield f"- credits: {report.credits}"
    yield f"- versions: {', '.join(f'{name} {number}' for name, number in report.versions.items())}"
    if report.incomplete:
        yield f"- incomplete: {_escaped(report.incomplete)}"
    yield from _table("layer", ((LAYERS[layer], results) for layer, results in report.by_layer()))
    yield from _table("section of the pages", report.by_section())
    if report.how_to_repeat:
        yield from ("", _escaped(report.how_to_repeat))
    for title, results in (("Violations", report.violations), ("Notes", report.notes)):
        if results:
            yield from ("", f"## {title}")
        for result in results:
            yield from _problems(session.assessment_of(result.check))
    failed = [f"- {_escaped(line)}" for line in failed_expectations(session)]
    if failed:
        yield from ("", "## Expectations that failed", "", *failed)
    if report.readings:
        yield from ("", "## Readings of the ledger", "", "| entry | reading | endpoints |", "| --- | --- | --- |")
    for entry, found in report.readings.items():
        yield from (f"| {entry} | {_escaped(reading)} | {', '.join(names)} |" for reading, names in found.items())
    if report.left_out:
        yield from ("", "## Left out for want of a budget", "")
        yield from (f"- {one.endpoint}: {one.label}, up to {one.credits} credit" for one in report.left_out)


def _table(title: str, rows: Iterator[tuple[str, tuple[CheckResult, ...]]]) -> Iterator[str]:
    yield from ("", f"| {title} | pass | violation | note | skipped |", "| --- | ---: | ---: | ---: | ---: |")
    for name, results in rows:
        cells = (_escaped(name), *map(str, counts(results).values()))
        yield f"| {' | '.join(cells)} |"


def _problems(assessment: Assessment) -> Iterator[str]:
    check = assessment.result.check
    yield from ("", f"### `{check.id}` at {check.endpoint}", "", f"{_escaped(check.title)}.")
    yield f"Promised in {check.promised_in}."
    yield from ("", *(f"- called: {_escaped(line)}" for line in legend(assessment.result.names)))
    if assessment.status == "xfailed":
        yield f"It was expected to fail: {_escaped(assessment.text)}"
    for problems in by_request(assessment.result):
        for problem in problems:
            yield from ("", f"- expected: {_escaped(problem.expected)}", f"- got: {_escaped(problem.got)}")
        if problems[0].exchange:
            yield from (f"- in: {problems[0].exchange}", "", "  ```sh", f"  {problems[0].curl}", "  ```")


def _escaped(text: str) -> str:
    """Escape what Markdown would take for markup: a server's words are in here."""
    for letter in "\\`*_<>|[]":
        text = text.replace(letter, f"\\{letter}")
    return text.replace("\n", " ")

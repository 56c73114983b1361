"""The report as Markdown, for an issue or a pull request."""

from collections.abc import Iterator

from ..model.description import by_request, ledger_of
from ..model.expectations import Settled
from ..model.findings import LAYERS, Outcome
from ..model.report import Report, counts, sections_of
from ..run.session import Session
from .wording import disappointments, headline


def as_markdown(session: Session) -> str:
    """Write the report of a session as Markdown."""
    report = session.finished()
    return "\n".join(_lines(report, session)) + "\n"


def _lines(report: Report, session: Session) -> Iterator[str]:
    yield from (f"# Contract report: {_text(report.target)}", "", f"**{_text(headline(session))}**", "")
    yield f"- started {report.started}, {report.requests} requests in {report.seconds:.1f} s"
    yield f"- credits: {report.spent} spent, budget {report.budget}, a full run may cost {report.price}"
    yield f"- versions: {', '.join(f'{name} {number}' for name, number in report.versions.items())}"
    if report.incomplete:
        yield f"- incomplete: {_text(report.incomplete)}"
    yield from ("", "| layer | pass | violation | note | skipped |", "| --- | ---: | ---: | ---: | ---: |")
    for layer, outcomes in report.by_layer():
        yield _row(LAYERS[layer], outcomes)
    yield from (
        "",
        "| section of the pages | pass | violation | note | skipped |",
        "| --- | ---: | ---: | ---: | ---: |",
    )
    for section, outcomes in report.by_section():
        yield _row(section, outcomes)
    for title, outcomes in (("Violations", report.violations), ("Notes", report.notes)):
        if outcomes:
            yield from ("", f"## {title}")
        for outcome in outcomes:
            yield from _problem(outcome, session.about(outcome.check))
    wrong = [f"- {_text(line)}" for line in disappointments(session)]
    if wrong:
        yield from ("", "## Expectations that failed", "", *wrong)
    if report.readings:
        yield from ("", "## Readings of the ledger", "", "| entry | reading | endpoints |", "| --- | --- | --- |")
    for entry, found in report.readings.items():
        yield from (f"| {entry} | {_text(reading)} | {', '.join(names)} |" for reading, names in found.items())
    if report.left_out:
        yield from ("", "## Left out for want of a budget", "")
        yield from (f"- {one.endpoint}: {one.label}, up to {one.credits} credit" for one in report.left_out)


def _row(name: str, outcomes: tuple[Outcome, ...]) -> str:
    found = counts(outcomes)
    return f"| {_text(name)} | {found['pass']} | {found['violation']} | {found['note']} | {found['skipped']} |"


def _problem(outcome: Outcome, settled: Settled) -> Iterator[str]:
    check = outcome.check
    yield from ("", f"### `{check.id}` at {check.endpoint}", "", f"{_text(check.title)}.")
    yield f"Promised in {'; '.join(sections_of(outcome))} ({check.evidence}{ledger_of(check)})."
    if settled.result == "xfailed":
        yield f"It was expected to fail: {_text(settled.text)}"
    for problems in by_request(outcome):
        for one in problems:
            yield from ("", f"- expected: {_text(one.expected)}", f"- got: {_text(one.got)}")
        if problems[0].exchange:
            yield from (f"- in: {problems[0].exchange}", "", "  ```sh", f"  {problems[0].curl}", "  ```")


def _text(text: str) -> str:
    """Keep a server's words from being Markdown."""
    for letter in "\\`*_<>|[]":
        text = text.replace(letter, f"\\{letter}")
    return text.replace("\n", " ")

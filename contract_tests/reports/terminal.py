"""Writes a run to the terminal: progress while it is sent, then problems, tables and facts."""

import shutil
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TextIO

from ..model.check import LAYERS
from ..model.exchange import Exchange
from ..model.report import Report
from ..model.results import VERDICTS, CheckResult, counts, describe
from ..run.session import Session
from .headline import failed_expectations, headline

# Seconds after which an answer is worth a line where no progress is shown.
_SLOW = 2.0


class Progress:
    """Shows the progress of a run on a terminal; elsewhere it writes a line for each slow request alone."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._is_terminal = self._stream.isatty()

    def say(self, line: str) -> None:
        """Write a line of its own."""
        self._write(f"{line}\n")

    def __call__(self, sent: int, total: int, exchange: Exchange) -> None:
        """Show that a request was answered."""
        line = f"{sent}/{total}  {exchange.endpoint.name}: {exchange.label}  {exchange.seconds:.1f} s"
        if self._is_terminal:
            self._write(f"\r\x1b[K{_cut(line)}" if sent < total else "\r\x1b[K")
        elif exchange.seconds >= _SLOW:
            self._write(f"{line}\n")

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()


def _cut(line: str) -> str:
    """Cut a line so that it stays on one row of the terminal, where the next one takes its place."""
    return line[: max(20, shutil.get_terminal_size((80, 24)).columns - 1)]


def summary(session: Session, *, color: Callable[[str, str], str] = lambda text, _style: text) -> Iterator[str]:
    """Yield the lines that end a run; `color` paints a text in a style: red, yellow, green or bold."""
    report = session.report
    if report is None:
        return
    failures = [f"{color('FAILED', 'red')}  {line}\n" for line in failed_expectations(session)]
    if not report.requests:
        yield from failures
        yield color(headline(session), "red")
        return
    for one in session.assessments:
        if one.status == "failed" and not one.unexpected_pass:
            title = "VIOLATION" if one.result.verdict == "violation" else "FAILED"
            yield f"{color(title, 'red')}  {describe(one.result)}\n"
    for one in session.assessments:
        if one.status == "xfailed":
            yield f"{color('expected', 'yellow')}  {describe(one.result)}\n  reason    {one.text}\n"
        elif one.result.verdict == "note" and one.status == "passed":
            yield f"{color('note', 'yellow')}  {describe(one.result)}\n"
    yield from failures
    yield from _tables(report)
    yield ""
    yield from _facts(report)
    if report.how_to_repeat:
        yield f"again     {report.how_to_repeat}"
    elif any(not one.repeats and one.curl for result in report.results for one in result.problems):
        yield "again     --report FILE.html writes the requests beside it, and a line for each that sends it again"
    if report.incomplete:
        yield f"{color('incomplete', 'red')} {report.incomplete}"
    yield ""
    yield color(headline(session), "green" if session.exit_code() == 0 else "red")


def _tables(report: Report) -> Iterator[str]:
    """Yield the table by layer, and the table by section of the pages."""
    yield from _table("layer", [(LAYERS[layer], results) for layer, results in report.by_layer()])
    yield ""
    yield from _table("section of the pages", list(report.by_section()))


def _table(title: str, rows: Sequence[tuple[str, tuple[CheckResult, ...]]]) -> Iterator[str]:
    width = max(_width_of(name) for name in (title, *(name for name, _ in rows)))

    def row(name: str, cells: Iterable[object]) -> str:
        return f"{name}{' ' * (width - _width_of(name))}{''.join(f'{cell:>7}' for cell in cells)}"

    yield row(title, ("pass", "viol.", "note", "skip"))
    for name, results in rows:
        found = counts(results)
        # A dash, and no dot: terminals do not agree how wide that is where Korean is read.
        yield row(name, (found[verdict] or "-" for verdict in VERDICTS))


def _width_of(text: str) -> int:
    """Return how many columns of a terminal a text takes: Hangul takes two each."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _facts(report: Report) -> Iterator[str]:
    """Yield what a reader needs to weigh a report: target, versions, credits, readings, requests left out."""
    yield f"target    {report.target}" + (" (a mock of our own: exact codes, prices and order)" if report.exact else "")
    yield f"requests  {report.requests} in {report.seconds:.1f} s, started {report.started}"
    yield f"credits   {report.credits}"
    yield from (f"codes     {name}: {seen}" for name, seen in report.codes.items())
    yield "versions  " + ", ".join(f"{name} {number}" for name, number in report.versions.items())
    for entry, found in report.readings.items():
        readings = [f"{reading} ({', '.join(_short(name) for name in names)})" for reading, names in found.items()]
        yield f"reading   {entry}: {'; '.join(readings)}"
    if report.left_out:
        yield f"left out  {len(report.left_out)} requests for want of a budget; --budget {report.price} makes them all:"
        yield from (f"            {one.endpoint}: {one.label} (up to {one.credits} credit)" for one in report.left_out)
        yield "            those that should fail cost nothing if they do"


def _short(endpoint: str) -> str:
    return endpoint.removeprefix("analysis-skeleton-")

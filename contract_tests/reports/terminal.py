"""Writes a run to the terminal: progress while it is sent, then problems, tables and facts."""

import sys
from collections.abc import Callable, Iterator
from typing import TextIO

from ..model.check import LAYERS
from ..model.exchange import Exchange
from ..model.report import Report
from ..model.results import VERDICTS, CheckResult, counts, describe
from ..run.session import Session
from .headline import failed_expectations, headline

# Seconds after which an answer is worth a line where no progress is shown.
_SLOW = 2.0
_LAYER_WIDTH, _SECTION_WIDTH = 24, 44


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
            self._write(f"\r\x1b[K{line[:100]}" if sent < total else "\r\x1b[K")
        elif exchange.seconds >= _SLOW:
            self._write(f"{line}\n")

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()


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
    yield f"{'layer':<{_LAYER_WIDTH}}{'pass':>7}{'viol.':>7}{'note':>7}{'skip':>7}"
    for layer, results in report.by_layer():
        yield _row(LAYERS[layer], results, _LAYER_WIDTH)
    yield ""
    yield f"{'section of the pages':<{_SECTION_WIDTH}}{'pass':>7}{'viol.':>7}{'note':>7}{'skip':>7}"
    for section, results in report.by_section():
        yield _row(section, results, _SECTION_WIDTH)


def _row(name: str, results: tuple[CheckResult, ...], width: int) -> str:
    found = counts(results)
    # Hangul takes two columns of a terminal.
    wide = sum(ord(letter) >= 0x1100 for letter in name)
    return f"{name:<{width - wide}}" + "".join(f"{found[verdict] or '·':>7}" for verdict in VERDICTS)


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

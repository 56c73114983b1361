"""Writes a report for a terminal: progress while it runs, problems and tables when it is done."""

import sys
from collections.abc import Callable, Iterator
from typing import TextIO

from ..model.description import describe
from ..model.exchange import Exchange
from ..run.session import Session
from .wording import disappointments, facts, headline, table

_SLOW = 2.0


class Progress:
    """Shows on a terminal how far a run is; elsewhere it tells only of requests that took long."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._live = self._stream.isatty()

    def say(self, line: str) -> None:
        """Write a line of its own."""
        self._stream.write(f"{line}\n")
        self._stream.flush()

    def __call__(self, made: int, total: int, exchange: Exchange) -> None:
        """Tell that a request was answered."""
        line = f"{made}/{total}  {exchange.endpoint.name}: {exchange.label}  {exchange.seconds:.1f} s"
        if self._live:
            self._stream.write(f"\r\x1b[K{line[:100]}" if made < total else "\r\x1b[K")
            self._stream.flush()
        elif exchange.seconds >= _SLOW:
            self._stream.write(f"{line}\n")
            self._stream.flush()


def summary(session: Session, *, color: Callable[[str, str], str] = lambda text, _style: text) -> Iterator[str]:
    """Yield the lines that end a run; `color` paints a text in a style: red, yellow, green or bold."""
    report = session.report
    if report is None:
        return
    if not report.requests:
        yield from (f"{color('FAILED', 'red')}  {line}\n" for line in disappointments(session))
        yield color(headline(session), "red")
        return
    for settled in session.settled:
        if settled.result == "failed" and not settled.stale:
            title = "VIOLATION" if settled.outcome.verdict == "violation" else "FAILED"
            yield f"{color(title, 'red')}  {describe(settled.outcome)}\n"
    for settled in session.settled:
        if settled.result == "xfailed":
            yield f"{color('expected', 'yellow')}  {describe(settled.outcome)}\n  reason    {settled.text}\n"
        elif settled.outcome.verdict == "note" and settled.result == "passed":
            yield f"{color('note', 'yellow')}  {describe(settled.outcome)}\n"
    yield from (f"{color('FAILED', 'red')}  {line}\n" for line in disappointments(session))
    yield from table(report)
    yield ""
    yield from facts(report)
    if report.incomplete:
        yield f"{color('incomplete', 'red')} {report.incomplete}"
    yield ""
    yield color(headline(session), "green" if session.exit_code() == 0 else "red")

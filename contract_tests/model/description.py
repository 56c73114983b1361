"""Describes what one check found, as lines of text that every report and every failed test shares."""

from collections.abc import Iterator
from itertools import groupby

from .findings import Check, Outcome, Told
from .report import sections_of


def describe(outcome: Outcome) -> str:
    """Say what an outcome found: check, source, and for each problem what was expected, what came, how to repeat it."""
    check = outcome.check
    lines = [
        f"{check.id} ({check.endpoint}): {check.title}",
        f"  promised in {'; '.join(sections_of(outcome))} ({check.evidence}{ledger_of(check)})",
    ]
    for problems in by_request(outcome):
        for problem in problems:
            lines += [f"  expected  {problem.expected}", f"  got       {problem.got}"]
        if problems[0].exchange:
            lines += [f"  in        {problems[0].exchange}", f"  again     {shortened(problems[0].curl)}"]
    return "\n".join(lines)


def by_request(outcome: Outcome) -> Iterator[tuple[Told, ...]]:
    """Yield the problems of an outcome, those of one request together: how to repeat it is told once."""
    for _, problems in groupby(outcome.problems, key=lambda one: (one.exchange, one.curl)):
        yield tuple(problems)


def ledger_of(check: Check) -> str:
    """Return the ledger entries of a check as a suffix, such as `, L11`."""
    return "".join(f", {entry}" for entry in check.ledger)


def shortened(line: str, longest: int = 600) -> str:
    """Cut a line that would fill a screen."""
    return line if len(line) <= longest else f"{line[:longest]}..."

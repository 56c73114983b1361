"""Holds what one check found, free of secrets, and describes it in lines of text."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Literal, TypeAlias

from remo_mock.contract.field_names import legend
from remo_mock.contract.names import Words

from .check import Check, Severity
from .exchange import Request

Verdict: TypeAlias = Literal["pass", "violation", "note", "skipped"]
VERDICTS: tuple[Verdict, ...] = ("pass", "violation", "note", "skipped")

_LONGEST_LINE = 600


@dataclass(frozen=True, slots=True)
class ReportedProblem:
    """A problem as reports show it: without secrets.

    `curl` shows the request as a line for a shell, if it is known; `repeats` tells whether that line sends it again as
    it stands, since it shows no names in place of photos. `request` is what a file of the request is made of.
    """

    severity: Severity
    expected: str
    got: str
    exchange: str
    curl: str
    repeats: bool = False
    request: Request | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The verdict of one check, with its problems, the number of exchanges it saw, or why it was skipped.

    `names` are those of the fields and codes that the problems are about, by language.
    """

    check: Check
    verdict: Verdict
    problems: tuple[ReportedProblem, ...] = ()
    seen: int = 0
    reason: str = ""
    names: Mapping[str, Words] = field(default_factory=dict)

    @property
    def endpoint(self) -> str:
        """The endpoint's name."""
        return self.check.endpoint


def describe(result: CheckResult, *, with_request: bool = True) -> str:
    """Describe a result: the check, its source, and for each problem what was expected and what came.

    `with_request` adds the request, and the line that sends it again or, with names for photos, shows what was sent.
    """
    check = result.check
    lines = [f"{check.id} ({check.endpoint}): {check.title}", f"  promised in {check.promised_in}"]
    lines += [f"  called    {line}" for line in legend(result.names)]
    for problems in by_request(result):
        for problem in problems:
            lines += [f"  expected  {problem.expected}", f"  got       {problem.got}"]
        if with_request and problems[0].exchange:
            lines += [f"  in        {problems[0].exchange}"]
            lines += [_line(problems[0])] if problems[0].curl else []
    return "\n".join(lines)


def by_request(result: CheckResult) -> Iterator[tuple[ReportedProblem, ...]]:
    """Yield the problems of a result, grouped by request, so that a report shows each curl line once."""
    for _, problems in groupby(result.problems, key=lambda one: (one.exchange, one.curl)):
        yield tuple(problems)


def counts(results: Iterable[CheckResult]) -> dict[Verdict, int]:
    """Count the results by verdict."""
    verdicts = [result.verdict for result in results]
    return {verdict: verdicts.count(verdict) for verdict in VERDICTS}


def _line(problem: ReportedProblem) -> str:
    if problem.repeats:
        return f"  again     {problem.curl}"
    return f"  sent      {problem.curl if len(problem.curl) <= _LONGEST_LINE else f'{problem.curl[:_LONGEST_LINE]}...'}"

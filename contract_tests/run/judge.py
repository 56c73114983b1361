"""Applies checks to exchanges, and turns what they find into results without secrets."""

import math
import time
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import TypeAlias

from remo_mock.contract.field_names import names_in

from ..model.check import Check, Context, LedgerReading, Problem, Selector
from ..model.credentials import Redactor
from ..model.cut_secrets import CUT_OFF
from ..model.exchange import Exchange
from ..model.results import CheckResult, ReportedProblem
from ..plan.curl_line import curl

# By ledger entry and reading, the endpoints that follow it.
Readings: TypeAlias = dict[str, dict[str, tuple[str, ...]]]

OUT_OF_TIME = "judging the replies took too long"
"""Why a check is skipped that came after the deadline."""

# More problems of one check than this say nothing new.
_MOST_PROBLEMS = 5
# Characters of a problem in which fields are looked for: a server's own words may be megabytes.
_LONGEST_TEXT = 2000
# Characters of a problem that are read for secrets, and that are shown.
_MOST_READ, _MOST_SHOWN = 20_000, 5_000


def nothing_selected(check: Check) -> str:
    """Return why a check is skipped that has too few exchanges to look at."""
    if check.least == 1:
        return f"no {check.select.name} to look at"
    return f"needs {check.least}: {check.select.name}"


def apply_checks(
    checks: Iterable[Check],
    context: Context,
    *,
    redactor: Redactor,
    base_url: str,
    why_skipped: Callable[[Check], str] = nothing_selected,
    seconds: float = math.inf,
) -> tuple[tuple[CheckResult, ...], Readings]:
    """Apply checks to the exchanges of a context; return the results, and the readings of the ledger that were seen.

    `base_url` is for the curl lines; `why_skipped` says why a check has too few exchanges. After `seconds` the checks
    that are left are skipped (`OUT_OF_TIME`).
    """
    until = time.perf_counter() + seconds
    results: list[CheckResult] = []
    seen: dict[str, dict[str, dict[str, None]]] = {}
    by_endpoint: dict[str, list[Exchange]] = {}
    for one in context.exchanges:
        by_endpoint.setdefault(one.endpoint.name, []).append(one)
    # Hundreds of checks share a few selectors.
    selected: dict[tuple[str, Selector], list[Exchange]] = {}
    # Exchanges share a few readings, and to look for secrets takes its time.
    shown = cache(lambda reading: _shown(reading, redactor))
    for check in checks:
        if time.perf_counter() > until:
            results.append(CheckResult(check, "skipped", reason=OUT_OF_TIME))
            continue
        if check.own_mock and not context.exact:
            results.append(CheckResult(check, "skipped", reason="assumed: asked of our own mock only"))
            continue
        exchanges = selected.get((check.endpoint, check.select))
        if exchanges is None:
            exchanges = [one for one in by_endpoint.get(check.endpoint, ()) if check.select.matches(one)]
            selected[check.endpoint, check.select] = exchanges
        if len(exchanges) < check.least:
            results.append(CheckResult(check, "skipped", reason=why_skipped(check)))
            continue
        problems: list[ReportedProblem] = []
        for finding in check.judge(exchanges, context):
            if time.perf_counter() > until:
                break
            if isinstance(finding, LedgerReading):
                endpoints = seen.setdefault(finding.entry, {}).setdefault(shown(finding.reading), {})
                endpoints[check.endpoint] = None
            else:
                problems.append(_reported(check, finding, context, redactor, base_url))
        results.append(_result(check, problems, len(exchanges), context))
    readings = {
        entry: {reading: tuple(endpoints) for reading, endpoints in found.items()}
        for entry, found in sorted(seen.items())
    }
    return tuple(results), readings


def _result(check: Check, problems: Sequence[ReportedProblem], seen: int, context: Context) -> CheckResult:
    # One line for each different thing that came, however often it came.
    different: dict[tuple[str, str, str], ReportedProblem] = {}
    for problem in problems:
        different.setdefault((problem.severity, problem.expected, problem.got), problem)
    kept = sorted(different.values(), key=lambda one: one.severity != "violation")
    if not kept:
        return CheckResult(check, "pass", seen=seen)
    shown = tuple(kept[:_MOST_PROBLEMS])
    text = " ".join((check.id, check.title, *(f"{one.expected} {one.got}"[:_LONGEST_TEXT] for one in shown)))
    return CheckResult(check, shown[0].severity, shown, seen, names=names_in(context.contract, check.endpoint, text))


def _reported(check: Check, problem: Problem, context: Context, redactor: Redactor, base_url: str) -> ReportedProblem:
    exchange = problem.exchange
    # Of a reply that was saved without its request there is nothing to send again.
    request = exchange.request if exchange is not None and exchange.request.known else None
    return ReportedProblem(
        severity=check.severity(problem, exact=context.exact),
        expected=_shown(problem.expected, redactor),
        got=_shown(problem.got, redactor),
        exchange=exchange.label if exchange is not None else "",
        curl=redactor.clean(curl(base_url, request)) if request is not None else "",
        repeats=request is not None and request.whole,
        request=request,
    )


def _shown(text: str, redactor: Redactor) -> str:
    """Return a text without secrets, and without most of it if a server wrote megabytes."""
    # With the sign of a cut behind it, half of a secret is found as well.
    cleaned = redactor.clean(text if len(text) <= _MOST_READ else f"{text[:_MOST_READ]}{CUT_OFF}")
    if len(text) <= _MOST_SHOWN:
        return cleaned
    return f"{cleaned[:_MOST_SHOWN].removesuffix(CUT_OFF)}{CUT_OFF} ({len(text)} characters)"

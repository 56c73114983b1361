"""Judges the suite itself: every broken server must be found by the check meant for it, and no harmless one."""

from collections.abc import Callable

from .findings import LAYERS
from .judging import judge
from .mutants import MUTANTS
from .mutating_server import MutatingServer
from .mutation import Mutation
from .report import Report
from .variations import VARIATIONS

Echo = Callable[[str], None]

# A broken server that asks for what only our own mock promises is asked all that our own mock is.
_BUDGET, _EXACT_BUDGET = 20, 500


def caught(mutation: Mutation, report: Report) -> bool:
    """Tell whether a report names a check that was meant to find this broken promise."""
    return any(outcome.check.id in mutation.fires for outcome in report.violations)


def self_test(echo: Echo) -> int:
    """Run the suite against every broken and every harmless server; print the table by layer; return the exit code."""
    missed: list[str] = []
    alarms: list[str] = []
    rows: dict[str, list[bool]] = {layer: [] for layer in LAYERS}
    with MutatingServer() as server:
        for mutation in MUTANTS:
            server.become(mutation.change)
            budget = _EXACT_BUDGET if mutation.exact else _BUDGET
            report = judge(server.url, budget=budget, exact=mutation.exact)
            rows[mutation.layer].append(caught(mutation, report))
            if not rows[mutation.layer][-1]:
                missed.append(f"{mutation.name}: {mutation.broken} (meant for {mutation.fires[0]})")
        for variation in VARIATIONS:
            server.become(variation.change)
            report = judge(server.url, budget=_BUDGET)
            if report.violations or report.incomplete:
                ids = ", ".join(outcome.check.id for outcome in report.violations) or report.incomplete
                alarms.append(f"{variation.name}: {variation.why} (called {ids})")
    echo(f"{'layer':<24}{'broken':>8}{'caught':>8}")
    for layer, title in LAYERS.items():
        echo(f"{title:<24}{len(rows[layer]):>8}{sum(rows[layer]):>8}")
    total = [found for row in rows.values() for found in row]
    echo(f"{'all':<24}{len(total):>8}{sum(total):>8}")
    echo(f"{len(VARIATIONS)} harmless variations, {len(alarms)} false alarms")
    for line in missed:
        echo(f"MISSED  {line}")
    for line in alarms:
        echo(f"FALSE ALARM  {line}")
    return 1 if missed or alarms else 0

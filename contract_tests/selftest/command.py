"""Runs the self-test: every broken server must be caught by the check meant for it, and no variation may be."""

from collections.abc import Callable

from ..model.check import LAYERS
from .gate import ServerResults, judge_servers
from .mutants.catalogue import MUTANTS
from .server import MakeApp
from .variations import VARIATIONS

Echo = Callable[[str], None]


def self_test(make_app: MakeApp, echo: Echo) -> int:
    """Judge every broken server and every variation, print the table by layer, and return the exit code.

    `make_app` makes the good mock whose replies the servers change; several processes call it.
    """
    with judge_servers([*(row.name for row in MUTANTS), *(row.name for row in VARIATIONS)], make_app) as results:
        echo(f"{'layer':<24}{'broken':>8}{'caught':>8}")
        for layer, title in LAYERS.items():
            names = [row.name for row in MUTANTS if row.layer == layer]
            echo(f"{title:<24}{len(names):>8}{_caught(results, names):>8}")
        names = [row.name for row in MUTANTS]
        echo(f"{'all':<24}{len(names):>8}{_caught(results, names):>8}")
        alarms = [row for row in VARIATIONS if results[row.name].violations]
        echo(f"{len(VARIATIONS)} harmless variations, {len(alarms)} false alarms")
        missed = [row for row in MUTANTS if results[row.name].missed]
        for row in missed:
            pages = ", ".join(results[row.name].missed)
            echo(f"MISSED  {row.name} (page {pages}): {row.broken}; meant for {row.fires[0]}")
        for alarm in alarms:
            violations = ", ".join(results[alarm.name].violations)
            echo(f"FALSE ALARM  {alarm.name}: {alarm.why}; called {violations}")
    return 1 if missed or alarms else 0


def _caught(results: ServerResults, names: list[str]) -> int:
    return sum(not results[name].missed for name in names)

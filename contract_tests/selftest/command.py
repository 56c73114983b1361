"""Judges the suite itself: every broken server must be found by the check meant for it, and no harmless one."""

from collections.abc import Callable

from ..model.findings import LAYERS
from .gate import Sights, judged
from .mutants.catalogue import MUTANTS
from .server import MakeApp
from .variations import VARIATIONS

Echo = Callable[[str], None]


def self_test(make_app: MakeApp, echo: Echo) -> int:
    """Judge every broken and every harmless server; print the table by layer; return the exit code.

    `make_app` makes the good mock whose replies the servers change; several processes call it.
    """
    with judged([*(row.name for row in MUTANTS), *(row.name for row in VARIATIONS)], make_app) as sights:
        echo(f"{'layer':<24}{'broken':>8}{'caught':>8}")
        for layer, title in LAYERS.items():
            rows = [row.name for row in MUTANTS if row.layer == layer]
            echo(f"{title:<24}{len(rows):>8}{_caught(sights, rows):>8}")
        everything = [row.name for row in MUTANTS]
        echo(f"{'all':<24}{len(everything):>8}{_caught(sights, everything):>8}")
        alarms = [row for row in VARIATIONS if sights[row.name].violations]
        echo(f"{len(VARIATIONS)} harmless variations, {len(alarms)} false alarms")
        missed = [row for row in MUTANTS if sights[row.name].overlooked]
        for row in missed:
            pages = ", ".join(sights[row.name].overlooked)
            echo(f"MISSED  {row.name} (page {pages}): {row.broken}; meant for {row.fires[0]}")
        for alarm in alarms:
            echo(f"FALSE ALARM  {alarm.name}: {alarm.why}; called {', '.join(sights[alarm.name].violations)}")
    return 1 if missed or alarms else 0


def _caught(sights: Sights, names: list[str]) -> int:
    return sum(not sights[name].overlooked for name in names)

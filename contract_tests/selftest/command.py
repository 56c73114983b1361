"""Runs the self-test: every broken server must be caught by the check meant for it, and no variation may be."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..model.check import LAYERS
from .derived.catalogue import derived_rows
from .gate import ENDPOINTS, ServerResult, judge_servers
from .mutants.catalogue import MUTANTS
from .mutation import Mutation, Variation
from .progress import Progress
from .server import MakeApp
from .variations import VARIATIONS

Echo = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Part:
    """Some broken servers and variations that have a table of their own, and its title.

    `good` names the variation that differs in nothing: if that is called wrong, the data or the mock are.
    """

    title: str
    mutants: Sequence[Mutation]
    variations: Sequence[Variation]
    good: str = ""

    @property
    def names(self) -> list[str]:
        """The names of all rows, broken servers first."""
        return [row.name for row in self.mutants] + [row.name for row in self.variations]


def self_test(make_app: MakeApp, echo: Echo, *, contract_dir: Path | None = None, endpoints: Sequence[str] = ()) -> int:
    """Judge every broken server and every variation, print the tables by layer, and return the exit code.

    `make_app` makes the good mocks whose replies the servers change; several processes call it. `contract_dir` is the
    folder of the contract whose further endpoints are judged, too; `endpoints` names those to judge (none: all).
    Raises `ContractError`.
    """
    parts = parts_of(contract_dir, endpoints)
    names = [name for part in parts for name in part.names]
    with judge_servers(names, make_app, contract_dir=contract_dir) as results:
        progress = Progress(len(names))
        for name in results.as_judged():
            progress(name)
        passed = [tell(part, results, echo) for part in parts]
    return 0 if all(passed) else 1


def parts_of(contract_dir: Path | None, endpoints: Sequence[str] = ()) -> list[Part]:
    """Return the servers of the five pages, then those of each further endpoint; all of them, or the chosen ones."""
    pages = {page for page, name in ENDPOINTS.items() if not endpoints or name in endpoints}
    mutants = [row for row in MUTANTS if pages.intersection(row.pages)]
    variations = [row for row in VARIATIONS if pages.intersection(row.pages)]
    parts = [Part("packaged endpoints, by figures copied from the pages by hand", mutants, variations)]
    parts += [
        Part(f"{made.endpoint.name}, by the data in {contract_dir}", made.mutants, made.variations, made.good)
        for made in derived_rows(contract_dir)
        if not endpoints or made.endpoint.name in endpoints
    ]
    return [part for part in parts if part.mutants]


def tell(part: Part, results: Mapping[str, ServerResult], echo: Echo) -> bool:
    """Print what was found of one part's servers, and return whether all of it is as it should be."""
    echo(part.title)
    echo(f"{'layer':<24}{'broken':>8}{'caught':>8}")
    for layer, title in LAYERS.items():
        _row(title, [row for row in part.mutants if row.layer == layer], results, echo)
    _row("all", part.mutants, results, echo)
    alarms = [row for row in part.variations if results[row.name].violations]
    missed = [row for row in part.mutants if results[row.name].missed]
    echo(f"{len(part.variations)} harmless variations, {len(alarms)} false alarms")
    if part.good in {row.name for row in alarms}:
        # Whatever else was missed or called wrong has the same cause, most likely.
        alarms, missed = [row for row in alarms if row.name == part.good], []
        echo("The mock itself breaks these data: `remo-mock verify --endpoint NAME` shows where. Mend that first.")
    for row in missed:
        pages = ", ".join(results[row.name].missed)
        echo(f"MISSED  {row.name} (page {pages}): {row.broken}; meant for {row.fires[0]}")
    for alarm in alarms:
        violations = ", ".join(results[alarm.name].violations)
        echo(f"FALSE ALARM  {alarm.name}: {alarm.why}; called {violations}")
    return not missed and not alarms


def _row(title: str, rows: Sequence[Mutation], results: Mapping[str, ServerResult], echo: Echo) -> None:
    caught = sum(not results[row.name].missed for row in rows)
    echo(f"{title:<24}{len(rows):>8}{caught:>8}")

"""Holds the report of a run, free of secrets; every format of report is made from it alone."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from .check import LAYERS, Layer
from .results import CheckResult, Verdict


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A request that was not sent, and the credits that it would need."""

    label: str
    endpoint: str
    credits: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The results of all checks, and what a reader needs to weigh them.

    `spent` is what the replies say that they cost, and `balance_drop` by how much the balance fell (None: unknown);
    `readings` maps a ledger entry to the readings seen, each with the endpoints that follow it, and `titles` has
    the titles of the entries; `codes` says for each endpoint how many of its documented codes were seen;
    `incomplete` says in one line why the run could not do what it was asked, or is empty; `how_to_repeat` says what
    the lines that send requests again need, if there are any.
    """

    target: str
    versions: Mapping[str, str]
    started: str
    seconds: float
    exact: bool
    budget: int
    spent: int
    balance_drop: int | None = None
    price: int
    requests: int
    results: tuple[CheckResult, ...] = field(repr=False)
    readings: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    left_out: tuple[LeftOut, ...] = ()
    codes: Mapping[str, str] = field(default_factory=dict)
    incomplete: str = ""
    how_to_repeat: str = ""

    def having(self, verdict: Verdict) -> tuple[CheckResult, ...]:
        """Return the results of one verdict."""
        return tuple(result for result in self.results if result.verdict == verdict)

    @property
    def credits(self) -> str:
        """Say what the run has cost: as the replies say, and as the balances do if that is something else."""
        spent = f"{self.spent} spent"
        if self.balance_drop is not None and self.balance_drop != self.spent:
            moved = f"fell by {self.balance_drop}" if self.balance_drop >= 0 else f"rose by {-self.balance_drop}"
            spent += f" as the replies say, while the balance {moved}"
        return f"{spent}, budget {self.budget}, a full run may cost {self.price}"

    @property
    def violations(self) -> tuple[CheckResult, ...]:
        """The checks that found a documented promise broken."""
        return self.having("violation")

    @property
    def notes(self) -> tuple[CheckResult, ...]:
        """The checks that found something worth knowing that breaks no documented promise."""
        return self.having("note")

    def by_layer(self) -> Iterator[tuple[Layer, tuple[CheckResult, ...]]]:
        """Yield each layer with its results, in the order of `LAYERS`."""
        for layer in LAYERS:
            yield layer, tuple(result for result in self.results if result.check.layer == layer)

    def by_section(self) -> Iterator[tuple[str, tuple[CheckResult, ...]]]:
        """Yield each section of the pages, in order, with the results that judge what it promises."""
        found: dict[str, list[CheckResult]] = {}
        for result in self.results:
            for section in result.check.sections:
                found.setdefault(section, []).append(result)
        for section in sorted(found):
            yield section, tuple(found[section])

"""Owns what a run came to, redacted; every report is made of this and of nothing else."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from .findings import LAYERS, Check, Layer, Outcome, Verdict


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A request that was not made, and the credits that it would need."""

    label: str
    endpoint: str
    credits: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The outcomes of all checks, and what a reader needs to weigh them.

    `readings` maps a ledger entry to the readings seen, each with the endpoints that follow it (`titles` has
    the entries' titles); `codes` tells for each
    endpoint how many of its documented codes were seen; `incomplete` says in
    one line why the run could not do what it was asked, or is empty.
    """

    target: str
    versions: Mapping[str, str]
    started: str
    seconds: float
    exact: bool
    budget: int
    spent: int
    price: int
    requests: int
    outcomes: tuple[Outcome, ...] = field(repr=False)
    readings: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    left_out: tuple[LeftOut, ...] = ()
    codes: Mapping[str, str] = field(default_factory=dict)
    incomplete: str = ""

    def having(self, verdict: Verdict) -> tuple[Outcome, ...]:
        """Return the outcomes of one verdict."""
        return tuple(outcome for outcome in self.outcomes if outcome.verdict == verdict)

    @property
    def violations(self) -> tuple[Outcome, ...]:
        """The checks that found a documented promise broken."""
        return self.having("violation")

    @property
    def notes(self) -> tuple[Outcome, ...]:
        """The checks that found something worth knowing that breaks no documented promise."""
        return self.having("note")

    def by_layer(self) -> Iterator[tuple[Layer, tuple[Outcome, ...]]]:
        """Yield each layer with its outcomes, in the order of `LAYERS`."""
        for layer in LAYERS:
            yield layer, tuple(outcome for outcome in self.outcomes if outcome.check.layer == layer)

    def by_section(self) -> Iterator[tuple[str, tuple[Outcome, ...]]]:
        """Yield each section of the pages with the outcomes that judge what it promises."""
        found: dict[str, list[Outcome]] = {}
        for outcome in self.outcomes:
            for section in sections_of(outcome):
                found.setdefault(section, []).append(outcome)
        for section in sorted(found):
            yield section, tuple(found[section])


def sections_of(outcome: Outcome) -> list[str]:
    """Return the sections that the promise behind an outcome stands in."""
    return sections(outcome.check)


def sections(check: Check) -> list[str]:
    """Return the sections that a check's promise stands in, those of its endpoint's own page alone."""
    source = check.source
    if source.page is None:
        return ["neither page (assumed)"]
    parts = source.section.split(" / ")
    pages = source.page.split(",")
    text = parts[pages.index(check.page)] if len(parts) > 1 and check.page in pages else parts[0]
    return [f"{check.page}: {section.strip()}" for section in text.split(";")]


def counts(outcomes: tuple[Outcome, ...]) -> dict[Verdict, int]:
    """Count the outcomes by verdict."""
    verdicts: tuple[Verdict, ...] = ("pass", "violation", "note", "skipped")
    return {verdict: sum(outcome.verdict == verdict for outcome in outcomes) for verdict in verdicts}

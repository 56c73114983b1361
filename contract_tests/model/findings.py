"""Owns what a check is and what it says: problems, readings, outcomes; knows no HTTP and no single check."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from .context import Context
    from .exchange import Exchange

Layer: TypeAlias = Literal["bytes", "schema", "content", "rules", "request", "credits", "http"]
Evidence: TypeAlias = Literal["table", "example", "prose", "observed", "assumed"]
Verdict: TypeAlias = Literal["pass", "violation", "note", "skipped"]
Severity: TypeAlias = Literal["violation", "note"]

LAYERS: Mapping[Layer, str] = {
    "bytes": "bytes",
    "schema": "schema",
    "content": "decoded content",
    "rules": "rules across fields",
    "request": "request to response",
    "credits": "ledger of credits",
    "http": "HTTP",
}
DOCUMENTED: tuple[Evidence, ...] = ("table", "example", "prose")


@dataclass(frozen=True, slots=True)
class Problem:
    """A promise that a reply does not keep; `severity` None follows the check's evidence."""

    expected: str
    got: str
    severity: Severity | None = None
    exchange: "Exchange | None" = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Reading:
    """Which of the ledger's readings an endpoint follows, such as L01: `status`."""

    entry: str
    reading: str


Finding: TypeAlias = Problem | Reading


@dataclass(frozen=True, slots=True)
class Selector:
    """Which exchanges a check looks at, and what to call them when there are none."""

    name: str
    wanted: Callable[["Exchange"], bool] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a page promises something."""

    page: str | None
    section: str

    def __str__(self) -> str:
        return f"page {self.page}, {self.section}" if self.page else self.section


Judge: TypeAlias = Callable[[Sequence["Exchange"], "Context"], Iterator[Finding]]
OfOne: TypeAlias = Callable[["Exchange", "Context"], Iterator[Finding]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One promise of one endpoint, and the generator that yields what breaks it.

    `least` is the number of selected exchanges that it takes; `own_mock` marks what only our own mock promises.
    """

    id: str
    layer: Layer
    title: str
    endpoint: str
    page: str
    source: Source
    evidence: Evidence
    select: Selector
    judge: Judge = field(repr=False)
    ledger: tuple[str, ...] = ()
    least: int = 1
    own_mock: bool = False

    def severity(self, problem: Problem, *, exact: bool) -> Severity:
        """Tell how a problem counts: only documented promises are violated, except by our own mock."""
        if exact:
            return "violation"
        if problem.severity is not None:
            return problem.severity
        return "violation" if self.evidence in DOCUMENTED else "note"


@dataclass(frozen=True, slots=True)
class Told:
    """A problem as reports tell it: redacted text, and a curl line that sends the request again."""

    severity: Severity
    expected: str
    got: str
    exchange: str
    curl: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one check came to: its verdict, the problems, how many exchanges it saw, or why it was skipped."""

    check: Check
    verdict: Verdict
    problems: tuple[Told, ...] = ()
    seen: int = 0
    reason: str = ""

    @property
    def endpoint(self) -> str:
        """The endpoint's name."""
        return self.check.endpoint


def each(judge: OfOne) -> Judge:
    """Make a check's generator of one that looks at a single exchange, and let its problems name that exchange."""

    def judge_each(exchanges: Sequence["Exchange"], context: "Context") -> Iterator[Finding]:
        for exchange in exchanges:
            for finding in judge(exchange, context):
                if isinstance(finding, Problem) and finding.exchange is None:
                    yield Problem(finding.expected, finding.got, finding.severity, exchange)
                else:
                    yield finding

    return judge_each

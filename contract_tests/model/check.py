"""Defines a check: the exchanges that it selects, the context that it is given, and what it may find."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from remo_mock.contract import Contract, Documents

from .exchange import Exchange
from .photos import Photo

Layer: TypeAlias = Literal["bytes", "schema", "content", "rules", "request", "credits", "http"]
Evidence: TypeAlias = Literal["table", "example", "prose", "observed", "assumed"]
Severity: TypeAlias = Literal["violation", "note"]

LAYERS: Mapping[Layer, str] = {
    "bytes": "bytes",
    "schema": "schema",
    "content": "decoded content",
    "rules": "rules across fields",
    "request": "request to response",
    "credits": "credits",
    "http": "HTTP",
}
DOCUMENTED: tuple[Evidence, ...] = ("table", "example", "prose")


@dataclass(frozen=True, slots=True)
class Problem:
    """A promise that a reply does not keep; without a `severity` the evidence of the check decides."""

    expected: str
    got: str
    severity: Severity | None = None
    exchange: Exchange | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class LedgerReading:
    """Which reading of a contradiction in the ledger an endpoint follows, such as L01: `status`."""

    entry: str
    reading: str


Finding: TypeAlias = Problem | LedgerReading


@dataclass(frozen=True, slots=True)
class Context:
    """What checks are given besides the selected exchanges: the contract, all exchanges and photos of the run.

    `exact` is true if the target is a mock of our own; `http_status` is the HTTP status that errors must have (L19);
    `secrets_in` names the secrets of the requests that a text holds.
    """

    contract: Contract
    documents: Documents = field(repr=False)
    exact: bool = False
    http_status: str | None = None
    exchanges: tuple[Exchange, ...] = field(default=(), repr=False)
    photos: tuple[Photo, ...] = field(default=(), repr=False)
    secrets_in: Callable[[str], tuple[str, ...]] = field(default=lambda _text: (), repr=False)


@dataclass(frozen=True, slots=True)
class Selector:
    """Which exchanges a check looks at, and what a report calls them when there are none."""

    name: str
    matches: Callable[[Exchange], bool] = field(repr=False)


def is_proper(exchange: Exchange) -> bool:
    """Tell whether an exchange is a reply to the endpoint's own method."""
    return exchange.reply is not None and exchange.has_own_method


REQUEST = Selector("a request", lambda _one: True)
REPLY = Selector("a reply", lambda one: one.reply is not None)
PROPER_REPLY = Selector("a reply to the documented method", is_proper)
JSON_REPLY = Selector("a reply in JSON", lambda one: is_proper(one) and one.body.readable)
SUCCESS = Selector("a success", lambda one: is_proper(one) and one.kind == "success")
ERROR = Selector("an error", lambda one: is_proper(one) and one.kind == "error")
# An image is compared with the photo that was sent: recorded exchanges may lack it, or have its size alone.
SUCCESS_WITH_PHOTO = Selector(
    "a success whose photos are known",
    lambda one: is_proper(one) and one.kind == "success" and bool(one.request.photos),
)
SUCCESS_WITH_PICTURE = Selector(
    "a success whose photos were kept",
    lambda one: SUCCESS_WITH_PHOTO.matches(one) and all(p.known_size is None for p in one.request.photos.values()),
)

# A generator over all selected exchanges of an endpoint, and one over a single exchange.
Judge: TypeAlias = Callable[[Sequence[Exchange], Context], Iterator[Finding]]
JudgeOne: TypeAlias = Callable[[Exchange, Context], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Source:
    """The section of the vendor's pages that makes a promise; no page if we assumed it."""

    page: str | None
    section: str

    def __str__(self) -> str:
        return f"page {self.page}, {self.section}" if self.page else self.section


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One promise of one endpoint, and the generator that yields what breaks it.

    `least` is the number of selected exchanges that it needs; `own_mock` marks promises of our own mock alone.
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
        """Return how a problem counts: only documented promises can be violated, except by our own mock."""
        if exact:
            return "violation"
        if problem.severity is not None:
            return problem.severity
        return "violation" if self.evidence in DOCUMENTED else "note"

    @property
    def sections(self) -> list[str]:
        """The sections that the promise stands in, those of the endpoint's own page alone."""
        if self.source.page is None:
            return ["no page (assumed)"]
        parts = self.source.section.split(" / ")
        pages = self.source.page.split(",")
        # Pages of one language share the last part.
        at = pages.index(self.page) if self.page in pages else 0
        text = parts[min(at, len(parts) - 1)]
        return [f"{self.page}: {section.strip()}" for section in text.split(";")]

    @property
    def promised_in(self) -> str:
        """The sections, evidence and ledger entries in one line, such as `B: 응답(json) (table, L11)`."""
        return f"{'; '.join(self.sections)} ({', '.join((self.evidence, *self.ledger))})"


def each(judge: JudgeOne) -> Judge:
    """Apply a generator to each exchange, and let its problems name that exchange."""

    def judge_each(exchanges: Sequence[Exchange], context: Context) -> Iterator[Finding]:
        for exchange in exchanges:
            for finding in judge(exchange, context):
                if isinstance(finding, Problem) and finding.exchange is None:
                    yield replace(finding, exchange=exchange)
                else:
                    yield finding

    return judge_each

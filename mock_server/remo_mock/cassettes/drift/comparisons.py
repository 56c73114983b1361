"""Compares recorded replies with those of the mock, where the contract leaves open what a service does."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from remo_mock.cassettes.drift.mock_replies import MockReply
from remo_mock.cassettes.exact_json import Number
from remo_mock.cassettes.files import RecordedExchange
from remo_mock.cassettes.filters import is_withheld
from remo_mock.cassettes.request_shape import UUID, main_type
from remo_mock.contract import DECIMALS, Json
from remo_mock.contract.suite import api

# Headers that change what a client gets; the mock sends the first one only.
_HEADERS = ("content-type", "content-encoding", "location", "retry-after", "www-authenticate")
# With fewer numbers it may be chance that none of them needs the last decimal.
_ENOUGH = 4
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Pair:
    """A recorded exchange, and the mock's reply to the same request."""

    recorded: RecordedExchange
    ours: MockReply

    @property
    def real(self) -> Mapping[str, Json]:
        """The recorded fields."""
        return self.recorded.fields or {}

    @property
    def has_code(self) -> bool:
        """Whether the recorded reply tells a code."""
        return self.recorded.code is not None

    @property
    def both_succeed(self) -> bool:
        """Whether both replies are successes."""
        return self.recorded.succeeded and self.ours.succeeded

    @property
    def both_fail(self) -> bool:
        """Whether both replies are errors that tell a code."""
        return not self.recorded.succeeded and self.has_code and not self.ours.succeeded


@dataclass(frozen=True, slots=True)
class Difference:
    """Where a real reply differs from the mock's, or from what the contract promises."""

    real: str
    ours: str


Finding: TypeAlias = "Difference | api.LedgerReading"
Comparison: TypeAlias = Callable[[Pair], Iterator[Finding]]


def body(pair: Pair) -> Iterator[Finding]:
    """Compare whether the reply is a JSON object."""
    if pair.recorded.fields is None:
        yield Difference(f"no JSON object, HTTP {pair.recorded.status}", "a JSON object")


def outcome(pair: Pair) -> Iterator[Finding]:
    """Compare whether the request succeeds."""
    if pair.recorded.succeeded is not pair.ours.succeeded:
        real = _outcome(pair.recorded.code, succeeded=pair.recorded.succeeded)
        yield Difference(real, _outcome(pair.ours.code, succeeded=pair.ours.succeeded))


def code(pair: Pair) -> Iterator[Finding]:
    """Compare the code of an error; another code that the same ledger entry accepts is a reading (L08, L09)."""
    real, ours, codes = pair.recorded.code, pair.ours.code, pair.recorded.endpoint.codes
    entry = codes[ours].source.get("ledger")
    others = {one.code for one in codes.values() if one.only_when_asked and one.source.get("ledger") == entry}
    if entry and others and real in {ours, *others}:
        yield api.LedgerReading(entry, f"{real}")
    elif real != ours:
        yield Difference(f"{real}", f"{ours}")


def message(pair: Pair) -> Iterator[Finding]:
    """Compare the words of errors with the same code, unless something was taken out of them."""
    real, ours = pair.real.get("message"), pair.ours.fields.get("message")
    if pair.recorded.code == pair.ours.code and real != ours and not is_withheld(real):
        yield Difference(_shown(real), _shown(ours))


def headers(pair: Pair) -> Iterator[Finding]:
    """Compare the headers that change what a client gets."""
    real = {name: pair.recorded.headers[name] for name in _HEADERS if name in pair.recorded.headers}
    content_type = real.pop("content-type", "")
    if main_type(content_type) != main_type(pair.ours.content_type):
        yield Difference(f"content-type: {content_type or 'none'}", f"content-type: {pair.ours.content_type}")
    for name, value in real.items():
        yield Difference(f"{name}: {value[:_LONGEST]}", f"no {name}")


def order(pair: Pair) -> Iterator[Finding]:
    """Compare the order of the fields that both replies have."""
    real = [name for name in pair.real if name in pair.ours.fields]
    ours = [name for name in pair.ours.fields if name in pair.real]
    at = next((at for at, (one, other) in enumerate(zip(real, ours, strict=True)) if one != other), None)
    if at is not None:
        before = real[at - 1] if at else "the beginning"
        yield Difference(f"{real[at]} follows {before}", f"{ours[at]} follows {ours[at - 1] if at else before}")


def decimals(pair: Pair) -> Iterator[Finding]:
    """Compare with how many decimals angles are written."""
    values = [pair.real.get(metric.value_field) for metric in pair.recorded.endpoint.metrics]
    written = [value for value in values if isinstance(value, Number)]
    longest = max(written, key=lambda value: value.decimals, default=None)
    if longest is None:
        return
    too_few = longest.decimals < DECIMALS and len(written) >= _ENOUGH
    if longest.decimals > DECIMALS or too_few:
        yield Difference(f"up to {longest.decimals} decimals, such as {longest.text}", f"up to {DECIMALS} decimals")


def price_in_set(pair: Pair) -> Iterator[Finding]:
    """Note what a success in a set of requests costs (L05)."""
    change = pair.real.get("credit_change")
    if pair.recorded.endpoint.price.family and pair.recorded.sent.get(UUID) and isinstance(change, int):
        yield api.LedgerReading("L05", f"credit_change {change} in a set")


def _outcome(code: int | None, *, succeeded: bool) -> str:
    return "a success" if succeeded else f"error {code}"


def _shown(value: Json) -> str:
    text = value.text if isinstance(value, Number) else repr(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."

"""Compares a cassette with the mock, rule by rule, and says where the vendor moved; knows no command line."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from remo_mock.assembly import Mock
from remo_mock.cassettes import drift_results, drift_rules
from remo_mock.cassettes.drift_asking import Asker
from remo_mock.cassettes.drift_pairs import Difference, Pair, Reading, Rule
from remo_mock.cassettes.files import Recorded
from remo_mock.contract import Documents, Json

_DATA = "schemas/<endpoint>/endpoint.json"


def _answered(pair: Pair) -> bool:
    return pair.recorded.fields is not None and pair.recorded.code is not None


def _comparable(pair: Pair) -> bool:
    return pair.both_succeed or pair.both_fail


def _succeed(pair: Pair) -> bool:
    return pair.both_succeed


def _fail(pair: Pair) -> bool:
    return pair.both_fail


RULES: tuple[Rule, ...] = (
    Rule("body", lambda _pair: True, drift_rules.body, "see whether the vendor or something before it answered"),
    Rule(
        "outcome", _answered, drift_rules.outcome, "correct the request schema of the endpoint, or its photo verdicts"
    ),
    Rule("codes", _fail, drift_rules.codes, f"correct `codes` in {_DATA} and schemas/errors.json"),
    Rule("messages", _fail, drift_rules.messages, f"put the real words into `message` in {_DATA}, as observed"),
    Rule("http-status", _answered, drift_rules.http_status, "add the reading to L19 of schemas/ledger.json"),
    Rule("headers", lambda _pair: True, drift_rules.headers, "test the client under the header; add a ledger entry"),
    Rule("error-shape", _fail, drift_rules.error_shape, "add the reading to L01 of schemas/ledger.json"),
    Rule("keys", _comparable, drift_rules.keys, "correct the properties in response.schema.json or error.schema.json"),
    Rule("order", _comparable, drift_rules.order, "correct the order in response.schema.json and the example"),
    Rule("types", _comparable, drift_rules.types, "correct the type in response.schema.json or error.schema.json"),
    Rule("api-name", _succeed, drift_rules.api_name, f"add the name to `api_name.accepted` in {_DATA} (L07)"),
    Rule("uuid", _succeed, drift_rules.uuids, "add the reading to L03 of schemas/ledger.json"),
    Rule("price", _succeed, drift_results.price, f"correct `price` in {_DATA}, and L05 of schemas/ledger.json"),
    Rule("bands", _succeed, drift_results.bands, f"correct `bands` in {_DATA}, and L11 of schemas/ledger.json"),
    Rule("decimals", _succeed, drift_results.decimals, "round to as many decimals in clients; add a ledger entry"),
    Rule("coords", _succeed, drift_results.coords, "correct the coords in common.schema.json, and L18"),
    Rule("images", _succeed, drift_results.images, "add the reading to L24 of schemas/ledger.json"),
)
"""Every rule, in the order of reports; what to do is for whoever keeps the contract data."""


@dataclass(slots=True)
class Compared:
    """What one rule came to: the exchanges that it looked at, those that differ, and the first example."""

    rule: Rule
    seen: int = 0
    drifted: list[str] = field(default_factory=list)
    first: Difference | None = None


@dataclass(frozen=True, slots=True)
class DriftReport:
    """What a comparison came to; `readings` maps a ledger entry to readings and how often each was seen.

    `unanswered` are the files without a reply: they show nothing.
    """

    exchanges: int
    rules: tuple[Compared, ...]
    readings: dict[str, dict[str, int]]
    unanswered: tuple[str, ...]

    @property
    def drifted(self) -> tuple[Compared, ...]:
        """The rules that found a difference."""
        return tuple(one for one in self.rules if one.drifted)

    def as_json(self) -> dict[str, Json]:
        """Return the report as JSON."""
        return {
            "exchanges": self.exchanges,
            "unanswered": list(self.unanswered),
            "drift": bool(self.drifted),
            "rules": [
                {
                    "rule": one.rule.name,
                    "compared": one.seen,
                    "drifted": len(one.drifted),
                    "files": one.drifted,
                    "first": None if one.first is None else {"real": one.first.real, "ours": one.first.ours},
                    "next": one.rule.remedy if one.drifted else None,
                }
                for one in self.rules
            ],
            "readings": self.readings,
        }


def compare(recorded: Iterable[Recorded], mock: Mock, documents: Documents) -> DriftReport:
    """Put every recorded request to `mock`, which nobody else uses, and compare the replies."""
    every = tuple(recorded)
    asker, contract = Asker(mock, every), mock.responder.contract
    compared = tuple(Compared(rule) for rule in RULES)
    readings: dict[str, dict[str, int]] = {}
    for one in every:
        if one.status is None:
            continue
        accepted = tuple(documents[f"{one.endpoint.name}/endpoint.json"]["api_name"]["accepted"])
        pair = Pair(one, asker.ask(one), contract, accepted)
        for found in compared:
            if found.rule.applies(pair):
                _apply(found, pair, readings)
    unanswered = tuple(one.file for one in every if one.status is None)
    ordered = {entry: dict(sorted(readings[entry].items())) for entry in sorted(readings)}
    return DriftReport(len(every), compared, ordered, unanswered)


def _apply(found: Compared, pair: Pair, readings: dict[str, dict[str, int]]) -> None:
    found.seen += 1
    for finding in found.rule.judge(pair):
        if isinstance(finding, Reading):
            counts = readings.setdefault(finding.entry, {})
            counts[finding.reading] = counts.get(finding.reading, 0) + 1
            continue
        if found.first is None:
            found.first = finding
        if found.drifted[-1:] != [pair.recorded.file]:
            found.drifted.append(pair.recorded.file)

"""Compares every exchange of a cassette by every rule, and reports what differs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from remo_mock.cassettes.drift.comparisons import Difference, Pair
from remo_mock.cassettes.drift.mock_replies import MockReplies
from remo_mock.cassettes.drift.rules import RULES, Rule, rule_of
from remo_mock.cassettes.files import RecordedExchange
from remo_mock.cassettes.suite_exchange import layers_without_data, suite_exchange
from remo_mock.contract import Contract, Json
from remo_mock.contract.field_names import names_in
from remo_mock.contract.names import Words
from remo_mock.contract.suite import api
from remo_mock.service.responder import Responder


@dataclass(slots=True)
class RuleReport:
    """What one rule found: how many exchanges it looked at, the files that differ, and the first difference.

    `names` are those of the fields and codes that the first difference is about, by language.
    """

    rule: Rule
    seen: int = 0
    drifted: list[str] = field(default_factory=list)
    first: Difference | None = None
    names: Mapping[str, Words] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DriftReport:
    """What a comparison found.

    `readings` maps a ledger entry to its readings and how often each was seen; `unanswered` are the files without a
    reply, which are not compared.
    """

    exchanges: int
    rules: tuple[RuleReport, ...]
    readings: dict[str, dict[str, int]]
    unanswered: tuple[str, ...]

    @property
    def drifted(self) -> tuple[RuleReport, ...]:
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
                    "names": dict(one.names),
                    "next": one.rule.remedy if one.drifted else None,
                }
                for one in self.rules
            ],
            "readings": self.readings,
        }


def compare(
    recorded: Iterable[RecordedExchange], responder: Responder, contract_dir: Path | None = None
) -> DriftReport:
    """Judge every recorded exchange by the contract, and compare it with the reply of a mock that nobody else uses.

    `contract_dir` is the folder of the mock's contract; None is the packaged one.
    """
    exchanges = tuple(recorded)
    mock_replies = MockReplies(responder, exchanges)
    reports = tuple(RuleReport(rule) for rule in RULES)
    readings: dict[str, dict[str, int]] = {}
    for exchange in exchanges:
        if exchange.status is not None:
            _compare(exchange, mock_replies, reports, readings, contract_dir, responder.contract)
    unanswered = tuple(exchange.file for exchange in exchanges if exchange.status is None)
    ordered = {entry: dict(sorted(readings[entry].items())) for entry in sorted(readings)}
    return DriftReport(len(exchanges), reports, ordered, unanswered)


def _compare(
    exchange: RecordedExchange,
    mock_replies: MockReplies,
    reports: Iterable[RuleReport],
    readings: dict[str, dict[str, int]],
    contract_dir: Path | None,
    contract: Contract,
) -> None:
    pair = Pair(exchange, mock_replies.reply_to(exchange))
    judgement = api.judge_exchanges(
        [suite_exchange(exchange)], contract_dir=contract_dir, layers_left_out=layers_without_data(exchange)
    )
    found = [api.LedgerReading(entry, name) for entry, names in judgement.readings.items() for name in names]
    for report in reports:
        results = tuple(result for result in judgement.results if rule_of(result.check.id) == report.rule.name)
        report.seen += report.rule.looks_at(pair, results)
        for finding in report.rule.findings(pair, results):
            if isinstance(finding, Difference):
                if report.first is None:
                    text = f"{finding.real} {finding.ours}"
                    report.first, report.names = finding, names_in(contract, exchange.endpoint.name, text)
                if report.drifted[-1:] != [exchange.file]:
                    report.drifted.append(exchange.file)
            else:
                found.append(finding)
    for reading in found:
        counts = readings.setdefault(reading.entry, {})
        counts[reading.reading] = counts.get(reading.reading, 0) + 1

"""The report as JSON, for machines."""

import json

from remo_mock.contract import Json

from ..model.expectations import Settled
from ..model.findings import LAYERS
from ..model.report import counts, sections_of
from ..run.session import Session


def as_json(session: Session) -> str:
    """Write the report of a session as JSON."""
    return json.dumps(as_data(session), indent=2, ensure_ascii=False) + "\n"


def as_data(session: Session) -> Json:
    """Return the report of a session as plain values."""
    report = session.finished()
    return {
        "target": report.target,
        "own_mock": report.exact,
        "exit_code": session.exit_code(),
        "incomplete": report.incomplete or None,
        "started": report.started,
        "seconds": round(report.seconds, 3),
        "versions": dict(report.versions),
        "credits": {"spent": report.spent, "budget": report.budget, "full_run": report.price},
        "requests": report.requests,
        "codes": dict(report.codes),
        "summary": counts(report.outcomes),
        "layers": {LAYERS[layer]: counts(outcomes) for layer, outcomes in report.by_layer()},
        "sections": {section: counts(outcomes) for section, outcomes in report.by_section()},
        "readings": {
            entry: {text: list(names) for text, names in found.items()} for entry, found in report.readings.items()
        },
        "left_out": [
            {"request": one.label, "endpoint": one.endpoint, "credits": one.credits} for one in report.left_out
        ],
        "unmatched_expectations": [one.id for one in session.lost()],
        "checks": [_check(one) for one in session.settled],
    }


def _check(settled: Settled) -> Json:
    outcome = settled.outcome
    check = outcome.check
    return {
        "id": check.id,
        "endpoint": check.endpoint,
        "layer": check.layer,
        "title": check.title,
        "source": sections_of(outcome),
        "evidence": check.evidence,
        "ledger": list(check.ledger),
        "verdict": outcome.verdict,
        "result": settled.result,
        "replies_seen": outcome.seen,
        "reason": outcome.reason or settled.text or None,
        "problems": [
            {
                "severity": one.severity,
                "expected": one.expected,
                "got": one.got,
                "request": one.exchange,
                "curl": one.curl,
            }
            for one in outcome.problems
        ],
    }

"""Writes the report of a run as JSON, for programs."""

import json

from remo_mock.contract import Json

from ..model.check import LAYERS
from ..model.expectations import Assessment
from ..model.results import counts
from ..run.session import Session


def as_json(session: Session) -> str:
    """Return the report of a session as JSON."""
    return json.dumps(_values(session), indent=2, ensure_ascii=False) + "\n"


def _values(session: Session) -> Json:
    report = session.finished()
    return {
        "target": report.target,
        "own_mock": report.exact,
        "exit_code": session.exit_code(),
        "incomplete": report.incomplete or None,
        "started": report.started,
        "seconds": round(report.seconds, 3),
        "versions": dict(report.versions),
        "credits": {
            "spent": report.spent,
            "balance_drop": report.balance_drop,
            "budget": report.budget,
            "full_run": report.price,
        },
        "requests": report.requests,
        "codes": dict(report.codes),
        "summary": counts(report.results),
        "layers": {LAYERS[layer]: counts(results) for layer, results in report.by_layer()},
        "sections": {section: counts(results) for section, results in report.by_section()},
        "readings": {
            entry: {reading: list(names) for reading, names in found.items()}
            for entry, found in report.readings.items()
        },
        "how_to_repeat": report.how_to_repeat or None,
        "left_out": [
            {"request": one.label, "endpoint": one.endpoint, "credits": one.credits} for one in report.left_out
        ],
        "unmatched_expectations": [one.id for one in session.unmatched_expectations()],
        "checks": [_check(one) for one in session.assessments],
    }


def _check(assessment: Assessment) -> Json:
    result = assessment.result
    check = result.check
    return {
        "id": check.id,
        "endpoint": check.endpoint,
        "layer": check.layer,
        "title": check.title,
        "source": check.sections,
        "evidence": check.evidence,
        "ledger": list(check.ledger),
        "verdict": result.verdict,
        "result": assessment.status,
        "replies_seen": result.seen,
        "names": dict(result.names),
        "reason": result.reason or assessment.text or None,
        "problems": [
            {
                "severity": problem.severity,
                "expected": problem.expected,
                "got": problem.got,
                "request": problem.exchange,
                "curl": problem.curl,
            }
            for problem in result.problems
        ],
    }

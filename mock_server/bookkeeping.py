"""Turns what was decided into entries of the journal: keys, photos and words that cannot be meant stay out of them."""

from datetime import datetime

from mock_server.clock import stamp
from mock_server.contract import Endpoint
from mock_server.decision import Decision
from mock_server.exceptions import OutcomeError
from mock_server.journal import Entry
from mock_server.ledger import Account
from mock_server.replies import Call
from mock_server.verdicts import code_for_condition

_LONGEST_REASON = 300


def entry_of(call: Call, endpoint: Endpoint, decision: Decision, *, at: datetime, seconds: float) -> Entry:
    """Write down an exchange that took so many seconds to decide."""
    return Entry(
        at=stamp(at),
        account=decision.account,
        endpoint=endpoint.name,
        path=call.path,
        code=decision.code,
        origin=decision.origin,
        reason=decision.hint,
        asked=decision.outcome.told,
        photos=[
            {
                "view": sighting.view.name,
                "digest": sighting.finding.digest[:16],
                "bytes": sighting.finding.size,
                "verdict": sighting.finding.verdict,
            }
            for sighting in decision.sightings
        ],
        price=decision.price,
        balance=decision.body.get("credit", 0),
        milliseconds=_milliseconds(seconds),
    )


def entry_of_refusal(
    call: Call, endpoint: Endpoint, error: OutcomeError, account: Account | None, *, at: datetime, seconds: float
) -> Entry:
    """Write down that something was asked for that cannot be: not what it was, which may be anything."""
    return Entry(
        at=stamp(at),
        account=account.email if account else None,
        endpoint=endpoint.name,
        path=call.path,
        code=code_for_condition(endpoint, "protocol").code,
        origin="refused",
        reason=f"asked for what cannot be; expected {error.known}"[:_LONGEST_REASON],
        asked="",
        photos=[],
        price=0,
        balance=account.credit if account else 0,
        milliseconds=_milliseconds(seconds),
    )


def _milliseconds(seconds: float) -> float:
    return round(seconds * 1000, 2)

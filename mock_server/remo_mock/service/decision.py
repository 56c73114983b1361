"""What a request comes to, and how much of what was asked for can be seen in it; decides nothing itself."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from remo_mock.contract import OK, Endpoint, Json, code_for_condition
from remo_mock.exceptions import OutcomeError
from remo_mock.service.analyser import ViewResult
from remo_mock.service.faults import Transmission, seen, unseen
from remo_mock.service.json_body import dump
from remo_mock.service.messages import Call
from remo_mock.service.outcomes import NATURAL, NOTHING, SUCCESS, Outcome
from remo_mock.service.recordings import MOCK
from remo_mock.store.account import Account
from remo_mock.store.clock import stamp
from remo_mock.store.journal import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a request comes to, and what the journal may know of it."""

    code: int
    body: Mapping[str, Json]
    hint: str | None = None
    outcome: Outcome = NOTHING
    account: str | None = None
    view_results: tuple[ViewResult, ...] = ()
    price: int = 0
    status: int | None = None
    source: str = MOCK

    @property
    def origin(self) -> str:
        """Where the outcome came from: the way by which it was asked for, else a photo card, else it is natural."""
        outcome = self.outcome
        fine = not outcome.code and all(verdict == OK for verdict in outcome.verdicts.values())
        if outcome.decides and (self.code == SUCCESS or not fine):
            return outcome.origin
        cards = [view_result.photo.origin for view_result in self.view_results if view_result.photo.origin != NATURAL]
        return cards[0] if cards else outcome.faults_by if outcome.faults else NATURAL


def without_unseen(decision: Decision, endpoint: Endpoint) -> Decision:
    """Leave out of a decision's outcome what its reply does not show, and hint at it: it was used up all the same."""
    outcome = decision.outcome
    if outcome.faults:
        sent = Transmission(status=decision.code, body=dump(decision.body))
        reasons = [reason for reason in (decision.hint, *unseen(outcome.faults, sent)) if reason]
        outcome = replace(outcome, faults=seen(outcome.faults, sent))
        decision = replace(decision, hint="; ".join(reasons) or None)
    shown = _shown(outcome, decision, endpoint)
    if shown is not outcome and (missing := _without(outcome, shown)).decides:
        hidden = f"asked for, but this error comes first: {missing.told}"
        decision = replace(decision, hint=f"{decision.hint}; {hidden}" if decision.hint else hidden)
    return replace(decision, outcome=shown)


def _without(asked: Outcome, shown: Outcome) -> Outcome:
    """Return what an outcome says about the reply and `shown`, a part of it, does not."""
    return replace(
        asked,
        code=asked.code if shown.code is None else None,
        verdicts={view: verdict for view, verdict in asked.verdicts.items() if view not in shown.verdicts},
        profile=asked.profile if shown.profile is None else None,
        metrics={name: value for name, value in asked.metrics.items() if name not in shown.metrics},
        delay=None,
        faults=(),
    )


def applied(preferred: Outcome, decision: Decision, endpoint: Endpoint) -> Outcome:
    """Leave out of what one way asked for what the decided reply does not show: the rest was applied (RFC 7240).

    `decision` is one `without_unseen`. A delay always happens; a fault where a client meets it; a verdict if the code
    tells it, or the photo was found to be fine as asked for; a code if the reply has it; a profile and metrics in a
    success.
    """
    faults = tuple(fault for fault in preferred.faults if fault in decision.outcome.faults)
    return _shown(replace(preferred, faults=faults), decision, endpoint)


def _shown(asked: Outcome, decision: Decision, endpoint: Endpoint) -> Outcome:
    if asked.code == decision.code or (asked.code is None and decision.code == SUCCESS):
        return asked
    fine = {view_result.view.name for view_result in decision.view_results if view_result.photo.verdict == OK}
    told = endpoint.codes[decision.code].verdicts if decision.view_results and decision.code in endpoint.codes else {}
    return replace(
        asked,
        code=None,
        verdicts={
            view: verdict
            for view, verdict in asked.verdicts.items()
            if (verdict == OK and view in fine) or any(view in views for views in told.get(verdict, ()))
        },
        profile=None,
        metrics={},
    )


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
                "view": view_result.view.name,
                "digest": view_result.photo.digest[:16],
                "bytes": view_result.photo.size,
                "verdict": view_result.photo.verdict,
            }
            for view_result in decision.view_results
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

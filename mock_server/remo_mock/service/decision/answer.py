"""Puts a decision into the vendor's words, with what the journal keeps of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from remo_mock.contract import OK, SUCCESS_CODE, ErrorShape, Json
from remo_mock.hints.hint import Hints
from remo_mock.service.analysis.photo_results import ViewResult, unexamined
from remo_mock.service.decision.decision import Decision
from remo_mock.service.decision.facts import Facts
from remo_mock.service.decision.recordings import MOCK
from remo_mock.service.messages.call_and_reply import error_body, success_body
from remo_mock.service.messages.json_body import Malformed
from remo_mock.service.outcomes.faults import REDIRECT_STATUS
from remo_mock.service.outcomes.outcome import NATURAL, NOTHING, Outcome
from remo_mock.store.charges import Charge, Purchase


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Code and body of a reply, and how they came about.

    `outcome` is what was asked for, `preferred` what the header alone asked for. `account` is the address of the
    caller's account, `status` a recorded HTTP status, `source` where the reply comes from.
    """

    code: int
    body: Mapping[str, Json]
    hints: Hints = ()
    outcome: Outcome = NOTHING
    preferred: Outcome = NOTHING
    account: str | None = None
    view_results: tuple[ViewResult, ...] = ()
    status: int | None = None
    source: str = MOCK

    @property
    def origin(self) -> str:
        """The way by which the reply was asked for, else `card`, else `natural`."""
        outcome = self.outcome
        all_ok = not outcome.code and all(verdict == OK for verdict in outcome.verdicts.values())
        if outcome.decides and (self.code == SUCCESS_CODE or not all_ok):
            return outcome.origin
        cards = [view_result.photo.origin for view_result in self.view_results if view_result.photo.origin != NATURAL]
        return cards[0] if cards else outcome.faults_by if outcome.faults else NATURAL

    def body_with(self, charge: Charge) -> dict[str, Json]:
        """Return the body with what the answer was charged; fields that a recorded body lacks stay away."""
        own = {"credit_change": charge.change, "credit": charge.balance, "uuid": charge.uuid}
        return {name: own.get(name, value) for name, value in self.body.items()}


def redirect_answer(facts: Facts) -> Answer:
    """Answer before the service is reached: nobody looks at the request, and nothing is charged (L17)."""
    return Answer(
        code=REDIRECT_STATUS,
        body={"credit": facts.account.credit if facts.account else 0},
        outcome=facts.outcome,
        preferred=facts.preferred,
        account=facts.account.email if facts.account else None,
    )


def error_answer(facts: Facts, decision: Decision, error_shape: ErrorShape) -> Answer:
    """Answer with an error and the caller's balance, 0 if there is no account (assumed)."""
    credit = facts.account.credit if facts.account else 0
    recorded = decision.recorded
    if recorded is None:
        body = error_body(facts.endpoint.codes[decision.code], credit, error_shape)
    else:
        body = recorded.fields_with({"credit": credit})
    return Answer(
        code=decision.code,
        body=body,
        hints=decision.hints,
        outcome=facts.outcome,
        preferred=facts.preferred,
        account=decision.account,
        view_results=decision.photos.results or _unexamined(facts),
        status=recorded.status if recorded else None,
        source=recorded.source if recorded else MOCK,
    )


def success_answer(facts: Facts, decision: Decision, purchase: Purchase) -> Answer:
    """Answer with a success, whose change and balance are known once it is charged (`body_with`)."""
    recorded, results = decision.recorded, decision.photos.results
    if recorded is None:
        body = success_body(
            facts.endpoint,
            change=0,
            credit=facts.account.credit if facts.account else 0,
            uuid=purchase.uuid,
            views=[view_result.photo.fields for view_result in results],
        )
    else:
        body = dict(recorded.fields)
    return Answer(
        code=SUCCESS_CODE,
        body=body,
        hints=decision.hints,
        outcome=facts.outcome,
        preferred=facts.preferred,
        account=decision.account,
        view_results=results,
        status=recorded.status if recorded else None,
        source=recorded.source if recorded else MOCK,
    )


def _unexamined(facts: Facts) -> tuple[ViewResult, ...]:
    """List the photos that nobody examined because a code was asked for."""
    asked = facts.outcome.code not in (None, SUCCESS_CODE)
    return unexamined(facts.endpoint, facts.body) if asked and not isinstance(facts.body, Malformed) else ()

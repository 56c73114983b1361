"""Writes down exchanges for the journal, without keys, photos or bodies."""

from datetime import datetime

from remo_mock.contract import Endpoint, code_for_condition
from remo_mock.exceptions import OutcomeError
from remo_mock.hints.hint import Hint, Value
from remo_mock.service.decision.answer import Answer
from remo_mock.service.messages.call_and_reply import Call
from remo_mock.store.account import Account
from remo_mock.store.clock import stamp
from remo_mock.store.journal import Entry

# Characters of what could have been asked for: it lists every code and metric.
_LONGEST = 250


def entry_of(call: Call, endpoint: Endpoint, answer: Answer, *, at: datetime, seconds: float) -> Entry:
    """Write down an answer, before it is charged, that took so many seconds to decide."""
    return Entry(
        at=stamp(at),
        account=answer.account,
        endpoint=endpoint.name,
        path=call.path,
        code=answer.code,
        origin=answer.origin,
        reasons=answer.hints,
        asked=answer.outcome.spelling_by_origin,
        photos=[
            {
                "view": view_result.view.name,
                "digest": view_result.photo.digest[:16],
                "bytes": view_result.photo.size,
                "verdict": view_result.photo.verdict,
            }
            for view_result in answer.view_results
        ],
        price=0,
        balance=answer.body.get("credit", 0),
        milliseconds=_milliseconds(seconds),
    )


def entry_of_refusal(
    call: Call, endpoint: Endpoint, error: OutcomeError, account: Account | None, *, at: datetime, seconds: float
) -> Entry:
    """Write down that a call asked for something impossible, but not what that was: it may be any text."""
    return Entry(
        at=stamp(at),
        account=account.email if account else None,
        endpoint=endpoint.name,
        path=call.path,
        code=code_for_condition(endpoint, "protocol").code,
        origin="refused",
        reasons=(Hint("refused", {"expected": _bounded(error.known)}),),
        asked="",
        photos=[],
        price=0,
        balance=account.credit if account else 0,
        milliseconds=_milliseconds(seconds),
    )


def _bounded(hint: Hint) -> Hint:
    """Cut a hint so that its values have about `_LONGEST` characters together."""
    left = _LONGEST

    def cut(value: Value) -> Value:
        nonlocal left
        match value:
            case Hint():
                return Hint(value.key, {name: cut(part) for name, part in value.values.items()})
            case tuple():
                return tuple(cut(part) for part in value if left > 0)
        shown = str(value)[: max(left, 0)]
        left -= len(shown)
        return shown if isinstance(value, str) else value

    return Hint(hint.key, {name: cut(part) for name, part in hint.values.items()})


def _milliseconds(seconds: float) -> float:
    return round(seconds * 1000, 2)

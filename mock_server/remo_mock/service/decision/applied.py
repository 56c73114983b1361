"""Finds out how much of what was asked for the reply shows: only that is claimed to be applied."""

from dataclasses import replace

from remo_mock.contract import OK, SUCCESS_CODE, Endpoint
from remo_mock.hints.hint import Hint
from remo_mock.service.decision.answer import Answer
from remo_mock.service.messages.call_and_reply import Transmission
from remo_mock.service.messages.json_body import dump_parts
from remo_mock.service.outcomes.faults import effective, why_ineffective
from remo_mock.service.outcomes.outcome import NOTHING, Outcome


def without_hidden(answer: Answer, endpoint: Endpoint, *, https_url: str | None = None) -> Answer:
    """Leave out of an answer's outcome what its reply does not show, and say so in the hints: it is used up anyway.

    `https_url` is where the fault `redirect` leads.
    """
    if answer.outcome is NOTHING:
        return answer
    outcome, hints = answer.outcome, list(answer.hints)
    if outcome.faults:
        sent = Transmission(status=answer.code, parts=dump_parts(answer.body), https_url=https_url)
        hints += why_ineffective(outcome.faults, sent)
        outcome = replace(outcome, faults=effective(outcome.faults, sent))
    shown = _shown(outcome, answer, endpoint)
    if shown is not outcome and (hidden := _without(outcome, shown)).decides:
        hints.append(Hint("hidden_by_error", {"ways": hidden.spelling_by_origin}))
    return replace(answer, outcome=shown, hints=tuple(hints))


def applied(preferred: Outcome, answer: Answer, endpoint: Endpoint) -> Outcome:
    """Leave out of what the header asks for what the reply does not show: the rest was applied (RFC 7240).

    `answer` is one that is `without_hidden`. A delay always shows; a fault where a client notices it; a verdict if the
    code tells it, or if the photo was found to be fine as asked for; a code if the reply has it; profile and metrics in
    a success.
    """
    faults = tuple(fault for fault in preferred.faults if fault in answer.outcome.faults)
    return _shown(replace(preferred, faults=faults), answer, endpoint)


def _shown(asked: Outcome, answer: Answer, endpoint: Endpoint) -> Outcome:
    if asked.code == answer.code or (asked.code is None and answer.code == SUCCESS_CODE):
        return asked
    fine = {one.view.name for one in answer.view_results if one.photo.verdict == OK}
    reported = endpoint.codes[answer.code].verdicts if answer.view_results and answer.code in endpoint.codes else {}
    return replace(
        asked,
        code=None,
        verdicts={
            view: verdict
            for view, verdict in asked.verdicts.items()
            if (verdict == OK and view in fine) or any(view in views for views in reported.get(verdict, ()))
        },
        profile=None,
        metrics={},
    )


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

"""Decides which code a request gets: walks the rules, in the contract's own order, over the facts."""

from dataclasses import dataclass

from remo_mock.contract import SUCCESS_CODE, code_for_condition, code_for_verdicts
from remo_mock.hints.hint import Hint, Hints
from remo_mock.service.decision.facts import NO_PHOTOS, Facts, Photos
from remo_mock.service.decision.recordings import RecordedReply
from remo_mock.service.decision.rules import CONDITIONS, Order, is_admitted


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The code that a request gets, and why.

    `account` is the address of the account that was meant, `recorded` a recorded reply that says the same.
    """

    code: int
    hints: Hints = ()
    account: str | None = None
    photos: Photos = NO_PHOTOS
    recorded: RecordedReply | None = None

    @property
    def succeeds(self) -> bool:
        """Whether the request gets a success, which is charged."""
        return self.code == SUCCESS_CODE if self.recorded is None else self.recorded.succeeded


def decide(facts: Facts, order: Order) -> Decision:
    """Return the code that was asked for, else that of the first rule that holds, else a success.

    No fact is looked up that an earlier rule makes needless. Raises `OutcomeError` for a profile that the endpoint does
    not have.
    """
    asked = _code_asked_for(facts)
    if asked is not None:
        hint = Hint("asked_for", {"ways": facts.outcome.spelling_by_origin})
        return Decision(code=asked, hints=(hint,), account=_address(facts))
    photos: Photos | None = None
    for kinds in order:
        if kinds[0] in CONDITIONS:
            why = CONDITIONS[kinds[0]](facts)
            if why is not None:
                return refuse(facts, kinds[0], (why,))
        else:
            photos = photos or facts.examine(facts.outcome)
            refusal = _refuse_photos(facts, kinds, photos)
            if refusal is not None:
                return refusal
    photos = photos or facts.examine(facts.outcome)
    return Decision(
        code=SUCCESS_CODE,
        hints=photos.reasons,
        account=_address(facts),
        photos=photos,
        recorded=photos.recorded,
    )


def refuse(facts: Facts, condition: str, hints: Hints, *, photos: Photos = NO_PHOTOS) -> Decision:
    """Return the error for a condition that holds, in a recording's words if the same request was recorded."""
    recorded = None if facts.outcome.decides else facts.recorded_refusal(condition)
    return Decision(
        code=code_for_condition(facts.endpoint, condition).code if recorded is None else recorded.code,
        hints=hints if recorded is None else (),
        account=facts.email_match().exact if condition == "unknown_user" else _address(facts),
        photos=photos,
        recorded=recorded,
    )


def _code_asked_for(facts: Facts) -> int | None:
    """Return the error code that was asked for: by the header in any request, by weaker ways in an admitted one."""
    if facts.preferred.code not in (None, SUCCESS_CODE):
        return facts.preferred.code
    code = facts.outcome.code
    return None if code in (None, SUCCESS_CODE) or not is_admitted(facts) else code


def _refuse_photos(facts: Facts, verdicts: tuple[str, ...], photos: Photos) -> Decision | None:
    """Return the error for photos with one of these verdicts, or the error that was recorded for the request."""
    if photos.recorded is not None:
        code = None if photos.recorded.succeeded else photos.recorded.code
    else:
        known = code_for_verdicts(facts.endpoint, verdicts, photos.verdicts)
        code = None if known is None else known.code
    if code is None:
        return None
    return Decision(code=code, hints=photos.reasons, account=_address(facts), photos=photos, recorded=photos.recorded)


def _address(facts: Facts) -> str | None:
    return facts.account.email if facts.account else None

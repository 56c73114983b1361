"""Decides when a run has seen enough to know that it cannot go on: redirected, refused, or out of credits."""

from collections.abc import Sequence

from remo_mock.contract import Endpoint

from ..model.causes import after_credit, condition_code
from ..model.exchange import CALLER, Exchange
from .running import Run, RunStoppedError

_REFUSED = "the credentials are refused: check REMO_API_EMAIL, REMO_API_USER_KEY, REMO_API_KEY"


class Watch:
    """Looks at a run after each stage; raises `RunStoppedError` with one line that says what to do."""

    def __init__(self, endpoints: tuple[Endpoint, ...], order: tuple[tuple[str, ...], ...]) -> None:
        self._endpoints = endpoints
        self._order = order

    def __call__(self, run: Run) -> None:
        """Stop the run if nothing more can come of it, or more is being taken than may be spent."""
        lost = max(run.spent, _fallen(run.exchanges))
        if lost > run.budget:
            raise RunStoppedError(
                f"stopped before more credits are lost: {lost} are gone, and the budget is {run.budget}. "
                "What should be free is charged, a balance is false, or somebody else spends on this account"
            )
        ordered = [one for one in run.exchanges if one.number]
        probes = ordered[: len(self._endpoints)]
        base = run.client.base_url
        if all(one.reply is None for one in probes) and any(one.timed_out for one in probes):
            raise RunStoppedError(f"{base} does not answer: {probes[0].failure}", run.exchanges)
        moved = [one.reply.headers.get("location", "") for one in probes if one.reply and 300 <= one.reply.status < 400]
        if len(moved) == len(probes):
            raise RunStoppedError(f"{base} redirects to {moved[0]}: give the URL that answers (L17)")
        asked = [one for one in ordered if one.cause is None]
        for group in (probes, asked):
            if group and all(one.code in self._codes(one.endpoint, "unknown_user", "wrong_api_key") for one in group):
                raise RunStoppedError(_REFUSED, group)
        poor = [one for one in asked if one.code in self._codes(one.endpoint, "insufficient_credit")]
        if poor and (poor[-1].credit or 0) < poor[-1].endpoint.price.credits:
            raise _want_of_credits([*poor, *self._starved(run.exchanges)], poor[-1].credit)

    def at_the_end(self, run: Run) -> None:
        """Stop the run if every request timed out, or credits were lacking; connections that break are a bad answer."""
        if run.exchanges and all(one.timed_out for one in run.exchanges):
            reason = f"{run.client.base_url} does not answer: {run.exchanges[0].failure}"
            raise RunStoppedError(reason, run.exchanges)
        starved = self._starved(run.exchanges)
        if starved:
            raise _want_of_credits(starved, starved[-1].credit)

    def _starved(self, exchanges: Sequence[Exchange]) -> list[Exchange]:
        """Return those that were refused for want of credits where a photo was to be judged (L23).

        Only since the last success, and only if nothing was told since that would have paid: the rest is a lie.
        """
        last = max((at for at, one in enumerate(exchanges) if one.kind == "success"), default=0)
        since = exchanges[last:]
        if any((one.credit or 0) >= one.endpoint.price.credits for one in since):
            return []
        return [
            one
            for one in since
            if one.cause is not None
            and one.credit is not None
            and one.code in self._codes(one.endpoint, "insufficient_credit")
            and after_credit(one.endpoint, one.cause, self._order)
        ]

    def _codes(self, endpoint: Endpoint, *conditions: str) -> set[int]:
        return {condition_code(endpoint, condition).code for condition in conditions}


def _fallen(exchanges: Sequence[Exchange]) -> int:
    """Return by how much the caller's balance fell, as the last two replies that tell it agree."""
    told = [
        one.credit
        for one in exchanges
        if one.credit is not None and one.request.account == CALLER and _tells_balance(one)
    ]
    return min((told[0] - credit for credit in told[-2:]), default=0) if len(told) > 2 else 0


def _tells_balance(exchange: Exchange) -> bool:
    if exchange.kind == "success" or exchange.cause is None:
        return exchange.kind == "success"
    known = exchange.cause.balance
    return known == "current" or (known == "current-or-zero" and exchange.credit != 0)


def _want_of_credits(refused: list[Exchange], credit: int | None) -> RunStoppedError:
    text = f"the account has {credit} credits, too few: fund it, or use another"
    return RunStoppedError(text, refused, reason="the account has too few credits (422 comes first, L23)")

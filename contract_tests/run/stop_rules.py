"""Decides when a run cannot go on: no answer, a redirect, refused credentials, too few credits, a budget exceeded."""

from collections.abc import Sequence

from remo_mock.contract import Endpoint, code_for_condition

from ..model.causes import after_credit
from ..model.exchange import RUN_ACCOUNT, Exchange
from .runner import Run, RunStoppedError

_REFUSED = "the credentials are refused: check REMO_API_EMAIL, REMO_API_USER_KEY, REMO_API_KEY"


class StopRules:
    """Looks at a run after each stage; raises `RunStoppedError` with one line that says what to do."""

    def __init__(self, endpoints: tuple[Endpoint, ...], order: tuple[tuple[str, ...], ...]) -> None:
        self._endpoints = endpoints
        self._order = order

    def after_stage(self, run: Run) -> None:
        """Stop the run if no more can come of it, or if it takes more credits than it may spend."""
        lost = max(run.spent, balance_drop(run.exchanges) or 0)
        if lost > run.budget:
            raise RunStoppedError(
                f"stopped before more credits are lost: {lost} are gone, and the budget is {run.budget}. "
                "What should be free is charged, a balance is false, or somebody else spends on this account"
            )
        if run.client.counted.too_many:
            raise RunStoppedError(f"stopped: {run.client.counted.too_many}, and no endpoint of this API sends so much")
        ordered = [one for one in run.exchanges if one.number]
        probes = ordered[: len(self._endpoints)]
        base_url = run.client.base_url
        if all(one.reply is None for one in probes) and any(one.timed_out for one in probes):
            raise RunStoppedError(f"{base_url} does not answer: {probes[0].failure}", run.exchanges)
        moved = [one.reply.headers.get("location", "") for one in probes if one.reply and 300 <= one.reply.status < 400]
        if len(moved) == len(probes):
            raise RunStoppedError(f"{base_url} redirects to {moved[0]}: give the URL that answers (L17)")
        proper = [one for one in ordered if one.cause is None]
        for group in (probes, proper):
            if group and all(_answers(one, "unknown_user", "wrong_api_key") for one in group):
                raise RunStoppedError(_REFUSED, group)
        poor = [one for one in proper if _answers(one, "insufficient_credit")]
        if poor and (poor[-1].credit or 0) < poor[-1].endpoint.price.credits:
            raise _too_few_credits([*poor, *self._refused_for_credits(run.exchanges)], poor[-1].credit)

    def at_the_end(self, run: Run) -> None:
        """Stop the run if every request timed out, or credits were lacking; a connection that breaks is a bad reply."""
        if run.exchanges and all(one.timed_out for one in run.exchanges):
            reason = f"{run.client.base_url} does not answer: {run.exchanges[0].failure}"
            raise RunStoppedError(reason, run.exchanges)
        refused = self._refused_for_credits(run.exchanges)
        if refused:
            raise _too_few_credits(refused, refused[-1].credit)

    def _refused_for_credits(self, exchanges: Sequence[Exchange]) -> list[Exchange]:
        """Return the exchanges that were refused for too few credits where a photo was to be judged (L23).

        Only those since the last success, and only if no reply since then had a balance that would have been enough:
        otherwise the server contradicts itself, which is for the checks.
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
            and _answers(one, "insufficient_credit")
            and after_credit(one.endpoint, one.cause, self._order)
        ]


def _answers(exchange: Exchange, *conditions: str) -> bool:
    """Tell whether a reply has the code of one of these conditions."""
    return exchange.code in {code_for_condition(exchange.endpoint, condition).code for condition in conditions}


def balance_drop(exchanges: Sequence[Exchange]) -> int | None:
    """Return by how much the balance fell since the first reply, at least, as the last two replies that have it say.

    None if too few replies have a balance.
    """
    balances = [
        one.credit
        for one in exchanges
        if one.credit is not None and one.request.account == RUN_ACCOUNT and _has_balance(one)
    ]
    return min(balances[0] - balance for balance in balances[-2:]) if len(balances) > 2 else None


def _has_balance(exchange: Exchange) -> bool:
    if exchange.kind == "success" or exchange.cause is None:
        return exchange.kind == "success"
    balance = exchange.cause.balance
    return balance == "current" or (balance == "current-or-zero" and exchange.credit != 0)


def _too_few_credits(refused: list[Exchange], credit: int | None) -> RunStoppedError:
    text = f"the account has {credit} credits, too few: fund it, or use another"
    return RunStoppedError(text, refused, reason="the account has too few credits (422 comes first, L23)")

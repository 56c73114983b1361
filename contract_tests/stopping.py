"""Decides when a run has seen enough to know that it cannot go on: redirected, refused, or out of credits."""

from mock_server.contract import Endpoint

from .causes import condition_code
from .running import Run, RunStoppedError

_REFUSED = "the credentials are refused: check REMO_API_EMAIL, REMO_API_USER_KEY, REMO_API_KEY"


class Watch:
    """Looks at a run after each stage; raises `RunStoppedError` with one line that says what to do."""

    def __init__(self, endpoints: tuple[Endpoint, ...]) -> None:
        self._endpoints = endpoints

    def __call__(self, run: Run) -> None:
        """Stop the run if nothing more can come of it."""
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
            raise RunStoppedError(f"the account has {poor[-1].credit} credits, too few: fund it, or use another", poor)

    def at_the_end(self, run: Run) -> None:
        """Stop the run if every request timed out; connections that break are an answer, and a bad one."""
        if run.exchanges and all(one.timed_out for one in run.exchanges):
            reason = f"{run.client.base_url} does not answer: {run.exchanges[0].failure}"
            raise RunStoppedError(reason, run.exchanges)

    def _codes(self, endpoint: Endpoint, *conditions: str) -> set[int]:
        return {condition_code(endpoint, condition).code for condition in conditions}

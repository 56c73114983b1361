"""Sends the requests of a plan, each once: reserves credits beforehand, and counts a request without reply as paid."""

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from ..model.exchange import Exchange
from ..plan.plan import Stage, Step
from .client import Client

# Given the number of requests sent, the number of all, and the exchange just made.
Progress = Callable[[int, int, Exchange], None]

# Requests side by side: few, on somebody else's service.
_SIDE_BY_SIDE = 4
_START = "start the server, or correct the URL"
_TRUST = "correct the URL, or the server's certificate"


class RunStoppedError(Exception):
    """The run cannot go on; the text says why and what to do, in one line.

    `meaningless` holds the exchanges whose replies say nothing of the contract, such as refusals of the account;
    `reason` says why, for the checks that have no other exchange to look at.
    """

    def __init__(self, text: str, meaningless: Sequence[Exchange] = (), *, reason: str = "") -> None:
        super().__init__(text)
        self.meaningless = tuple(meaningless)
        self.reason = reason


@dataclass(slots=True)
class Run:
    """The exchanges of a run so far, the credits they cost, and the steps left out for want of a budget.

    `dearest` is the most that one request has cost; `number` counts the requests sent one after another.
    """

    client: Client
    budget: int
    exchanges: list[Exchange] = field(default_factory=list)
    left_out: list[Step] = field(default_factory=list)
    spent: int = 0
    dearest: int = 0
    number: int = 0

    def send_all(self, stages: tuple[Stage, ...], *, progress: Progress, stop_rules: Callable[["Run"], None]) -> None:
        """Send every request that the budget allows; `stop_rules` is called often, and may raise to stop the run."""
        total = sum(len(stage.steps) for stage in stages)

        def keep(step: Step, exchange: Exchange) -> None:
            self.exchanges.append(exchange)
            cost = credits_spent(exchange, step.reserve)
            self.spent += cost
            self.dearest = max(self.dearest, cost)
            progress(len(self.exchanges), total, exchange)

        with ThreadPoolExecutor(_SIDE_BY_SIDE, thread_name_prefix="request") as pool:
            for stage in stages:
                waiting = deque(stage.steps)
                while waiting:
                    steps = self._affordable(waiting, _SIDE_BY_SIDE if stage.side_by_side else 1)
                    if stage.side_by_side:
                        refused: RunStoppedError | None = None
                        for step, sending in [(step, pool.submit(self._send, step)) for step in steps]:
                            try:
                                keep(step, sending.result())
                            except RunStoppedError as error:
                                refused = error  # once it is known what the others cost
                        if refused:
                            raise refused
                        stop_rules(self)
                        continue
                    for step in steps:
                        self.number += 1
                        keep(step, self._send(step, number=self.number))
                stop_rules(self)

    def _affordable(self, waiting: deque[Step], most: int) -> list[Step]:
        """Take the next steps that may be sent at once: the budget holds even if each succeeds that should fail."""
        chosen: list[Step] = []
        left = self.budget - self.spent
        while waiting and len(chosen) < most:
            # A server that once took more than its price may do so again: that much must be left.
            need = max(waiting[0].reserve, self.dearest) if waiting[0].reserve else 0
            if need > self.budget - self.spent:
                self.left_out.append(waiting.popleft())
            elif need > left:
                break
            else:
                left -= need
                chosen.append(waiting.popleft())
        return chosen

    def _send(self, step: Step, *, number: int = 0) -> Exchange:
        draft = step.draft()
        free = step.cost_class == "free"
        sent = self.client.send(draft.method, step.endpoint.path, draft.body(), draft.headers, free=free)
        if sent.refused:
            how, remedy = (sent.failure, _TRUST) if "TLS" in sent.failure else ("cannot connect", _START)
            raise RunStoppedError(f"{how} to {self.client.base_url}: {remedy}")
        return Exchange(
            label=step.label,
            endpoint=step.endpoint,
            request=draft.request(),
            reply=sent.reply,
            failure=sent.failure,
            cause=step.cause,
            number=number,
            seconds=sent.seconds,
            timed_out=sent.timed_out,
        )


def credits_spent(exchange: Exchange, reserve: int, *, believe_errors: bool = False) -> int:
    """Return what a request has cost as far as the reply says, or all that was reserved if it does not.

    An error is free, unless `believe_errors` and it says what it charged.
    """
    says = exchange.kind == "success" or believe_errors
    if says and exchange.change is not None:
        return max(0, -exchange.change)
    return 0 if exchange.kind == "error" else reserve

"""Carries a plan out, once: reserves the budget before a paid request, counts time-outs as spent, repeats nothing."""

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from ..model.exchange import Exchange
from ..plan.plan import Stage, Step
from .client import Client

Progress = Callable[[int, int, Exchange], None]

# Requests side by side: few, on somebody else's service.
_AT_ONCE = 4


class RunStoppedError(Exception):
    """The run cannot go on; the text says why and what to do, in one line.

    `meaningless` holds the exchanges whose replies say nothing of the contract, such as refusals of the caller;
    `reason` tells why, of the checks that have no other exchange to look at.
    """

    def __init__(self, text: str, meaningless: Sequence[Exchange] = (), *, reason: str = "") -> None:
        super().__init__(text)
        self.meaningless = tuple(meaningless)
        self.reason = reason


@dataclass(slots=True)
class Run:
    """What a run has seen and spent so far."""

    client: Client
    budget: int
    exchanges: list[Exchange] = field(default_factory=list)
    left_out: list[Step] = field(default_factory=list)
    spent: int = 0
    dearest: int = 0
    number: int = 0

    def carry_out(self, stages: tuple[Stage, ...], *, progress: Progress, enough: Callable[["Run"], None]) -> None:
        """Make every request that the budget allows; `enough` looks at what came, often, and may stop the run."""
        total = sum(len(stage.steps) for stage in stages)

        def note(step: Step, exchange: Exchange) -> None:
            self.exchanges.append(exchange)
            cost = _cost(exchange, step.reserve)
            self.spent += cost
            self.dearest = max(self.dearest, cost)
            progress(len(self.exchanges), total, exchange)

        with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="request") as pool:
            for stage in stages:
                waiting = deque(stage.steps)
                while waiting:
                    at_once = self._affordable(waiting, _AT_ONCE if stage.side_by_side else 1)
                    if stage.side_by_side:
                        for step, exchange in zip(at_once, pool.map(self._send, at_once), strict=True):
                            note(step, exchange)
                        enough(self)
                        continue
                    for step in at_once:
                        self.number += 1
                        note(step, self._send(step, number=self.number))
                enough(self)

    def _affordable(self, waiting: deque[Step], most: int) -> list[Step]:
        """Take the next steps that may be sent at once: even if each succeeds that should fail, the budget holds."""
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
        headers = {} if draft.content_type is None else {"Content-Type": draft.content_type}
        free = step.price == "free"
        answer = self.client.send(
            draft.method, step.endpoint.path, draft.body(), {**headers, **draft.headers}, free=free
        )
        if answer.refused:
            raise RunStoppedError(f"cannot connect to {self.client.base_url}: start the server, or correct the URL")
        return Exchange(
            label=step.label.partition(": ")[2],
            endpoint=step.endpoint,
            request=draft.request(),
            reply=answer.reply,
            failure=answer.failure,
            cause=step.cause,
            number=number,
            seconds=answer.seconds,
            timed_out=answer.timed_out,
        )


def _cost(exchange: Exchange, reserve: int) -> int:
    """Return what a request has spent, as far as can be told: all of its reserve if nothing came back."""
    if exchange.kind == "error":
        return 0
    if exchange.kind == "success" and exchange.change is not None:
        return max(0, -exchange.change)
    return reserve

"""The errors that the front answers itself, before anything looks at a request."""

from collections.abc import Iterable

from remo_mock.hints.hint import Hint
from remo_mock.service.messages.problem import CONTENT_TYPE, Problem, worded
from remo_mock.settings import MEGABYTE
from remo_mock.web.front.memory import Memory
from remo_mock.web.front.protocol import Exchange
from remo_mock.web.front.refusals import MOST

TOO_SLOW = worded(408, "Request Timeout", Hint("body_too_slow"))
TOO_MANY_TOKENS = worded(429, "Too many wrong tokens", Hint("too_many_tokens", {"answers": MOST}))


def no_memory(memory: Memory) -> Problem:
    """Make the problem for a request that got no memory in time."""
    return worded(503, "Too many large requests", Hint("no_memory", {"megabytes": memory.total // MEGABYTE}))


def refuse(exchange: Exchange, problem: Problem, further: Iterable[tuple[str, str]] = ()) -> None:
    """Answer with a problem, and `further` headers, and end the connection: the rest of the request is not read."""
    body = problem.to_json()
    headers = [("content-type", CONTENT_TYPE), ("content-length", str(len(body))), ("connection", "close"), *further]
    exchange.response_bytes(problem.status, headers, body)

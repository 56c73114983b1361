"""The errors that the front answers itself, before anything looks at a request."""

from remo_mock.service.messages.problem import CONTENT_TYPE, Problem
from remo_mock.web.front.memory import MEGABYTE, TOTAL
from remo_mock.web.front.protocol import Exchange
from remo_mock.web.front.refusals import MOST

TOO_SLOW = Problem(
    408,
    "Request Timeout",
    "The request's body came too slowly, or stopped. Send it at once; nothing was looked at or charged.",
)
NO_MEMORY = Problem(
    503,
    "Too many large requests",
    f"The large requests of this worker have all the memory that they may take together ({TOTAL // MEGABYTE} MB), and "
    "none of it was free in time. Nothing was looked at or charged. Send fewer at once, or start the mock with more "
    "--workers.",
)
TOO_MANY_TOKENS = Problem(
    429,
    "Too many wrong tokens",
    f"{MOST} answers to wrong admin tokens wait, some of them for this address. Try again once they were sent, ten a "
    "second.",
)


def refuse(exchange: Exchange, problem: Problem) -> None:
    """Answer with a problem, and end the connection: what is left of the request is not read."""
    body = problem.to_json()
    headers = [("content-type", CONTENT_TYPE), ("content-length", str(len(body))), ("connection", "close")]
    exchange.response_bytes(problem.status, headers, body)

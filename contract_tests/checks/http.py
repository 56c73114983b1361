"""Checks of HTTP: whole replies, statuses, no redirects, no method but POST."""

from collections.abc import Iterator, Sequence

from remo_mock.contract import Documents, Endpoint

from ..model.check import (
    REPLY,
    REQUEST,
    SUCCESS,
    Check,
    Context,
    Evidence,
    Finding,
    Judge,
    LedgerReading,
    Problem,
    Selector,
    each,
)
from ..model.exchange import Exchange
from ..model.promises import Origin, origin, origin_of
from .check_factory import CheckFactory

_OTHER_METHOD = Selector("a reply to another method", lambda one: one.reply is not None and not one.has_own_method)
_PROPER_ERROR = Selector("an error", lambda one: one.kind == "error" and one.has_own_method)


def http_checks(documents: Documents, endpoint: Endpoint) -> Iterator[Check]:
    """Yield the checks of the HTTP layer."""
    page = origin(documents[f"{endpoint.name}/endpoint.json"])
    error = origin_of(documents, endpoint, "error")

    factory = CheckFactory(documents, endpoint, "http", "REMO-HTTP-")

    def check(
        name: str,
        title: str,
        where: Origin,
        evidence: Evidence,
        select: Selector,
        judge: Judge,
        *ledger: str,
        least: int = 1,
    ) -> Check:
        return factory.check(name, title, where, select, judge, evidence=evidence, ledger=ledger, least=least)

    yield check("COMPLETE", "a reply arrives whole", page, "prose", REQUEST, each(_complete))
    yield check("STATUS-SUCCESS", "a success has HTTP status 200", error, "example", SUCCESS, each(_success))
    yield check(
        "STATUS-ERROR",
        "an error's HTTP status is its code, or 200",
        error,
        "assumed",
        _PROPER_ERROR,
        each(_error),
        "L19",
    )
    yield check(
        "STATUS-MIXED", "errors have one reading of L19", error, "assumed", _PROPER_ERROR, _mixed, "L19", least=2
    )
    yield check("REDIRECT", "the endpoint answers itself", page, "prose", REPLY, each(_redirect), "L17")
    # The pages say that the endpoint is called by POST, and not that it fails otherwise.
    yield check("METHOD", "no method but POST succeeds", page, "assumed", _OTHER_METHOD, each(_method))


def _complete(exchange: Exchange, _context: Context) -> Iterator[Finding]:
    if exchange.reply is None:
        yield Problem("a whole reply", exchange.failure)


def _success(exchange: Exchange, _context: Context) -> Iterator[Finding]:
    if exchange.reply is not None and exchange.reply.status != 200:
        yield Problem("HTTP 200", f"HTTP {exchange.reply.status}")


def _reading(exchange: Exchange) -> str:
    status = exchange.reply.status if exchange.reply is not None else 0
    if status == exchange.code:
        return "mirror"
    return "200" if status == 200 else "other"


def _error(exchange: Exchange, context: Context) -> Iterator[Finding]:
    reading = _reading(exchange)
    yield LedgerReading("L19", reading)
    got = f"HTTP {exchange.reply.status if exchange.reply else 0}, code {exchange.code}"
    wanted = context.http_status or ("mirror" if context.exact else None)
    if wanted is not None and reading != wanted:
        yield Problem(f"the HTTP status is {'the code' if wanted == 'mirror' else wanted}", got, "violation")
    elif reading == "other":
        yield Problem("the code, or 200", got)


def _mixed(exchanges: Sequence[Exchange], _context: Context) -> Iterator[Finding]:
    first: dict[str, Exchange] = {}
    for exchange in exchanges:
        first.setdefault(_reading(exchange), exchange)
    if len(first) > 1:
        yield Problem("one reading", ", ".join(f"{reading} for {one.label!r}" for reading, one in first.items()))


def _redirect(exchange: Exchange, _context: Context) -> Iterator[Finding]:
    if exchange.reply is not None and 300 <= exchange.reply.status < 400:
        where = exchange.reply.headers.get("location", "nowhere")
        yield Problem("an answer", f"HTTP {exchange.reply.status} to {where} (not followed)")


def _method(exchange: Exchange, _context: Context) -> Iterator[Finding]:
    if exchange.kind == "success":
        yield Problem("an error", f"{exchange.request.method} succeeds")

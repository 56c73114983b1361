"""Checks of error codes: each cause has the code that the page names, and of two causes the first counts."""

from collections.abc import Iterator

from remo_mock.contract import Documents, Endpoint

from ..model.causes import order_pairs
from ..model.check import Check, Context, Finding, JudgeOne, LedgerReading, Problem, Selector, Severity, Source, each
from ..model.exchange import Exchange
from ..model.promises import Origin, origin, origin_of, show
from .check_factory import CheckFactory

_REFUSED = Selector("a request that must fail", lambda one: one.cause is not None and one.kind in ("success", "error"))
_PROPER = Selector("a proper request", lambda one: one.cause is None and one.number > 0)


def code_checks(documents: Documents, endpoint: Endpoint) -> Iterator[Check]:
    """Yield a check for each code of the page, its literal message, each two causes in order, and two on acceptance."""
    data = documents[f"{endpoint.name}/endpoint.json"]
    request = origin_of(documents, endpoint, "request")

    check = CheckFactory(documents, endpoint, "request").check

    yield check("ERROR-ACCEPTED", "what cannot be analysed is refused", request, _REFUSED, each(_accepted))
    yield check("SUCCESS-REFUSED", "a proper request succeeds", request, _PROPER, each(_refused))
    for row in data["codes"]:
        code, where = row["code"], origin(row)
        meaning = endpoint.codes[code].meaning["en"]
        yield check(f"ERROR-{code}", f"{code}: {meaning}", where, _expecting(code), each(_code(code)))
        if "message" in row:
            judge = each(_message(row["message"], code))
            title = f"{code} has the example's message"
            yield check(f"ERROR-MESSAGE-{code}", title, where, _expecting(code), judge, own_mock=True)
    order = documents["errors.json"]
    where = Origin(Source(None, order["x-remo-source"]["section"]), "assumed", (order["x-remo-source"]["ledger"],))
    for first, second in order_pairs(order["order"], endpoint):
        name = f"ORDER-{first}-{second}"
        title = f"with {first} and {second}, the code is that of {first}"
        yield check(name, title, where, _pair(f"{first}+{second}"), each(_order))


def _expecting(code: int) -> Selector:
    return Selector(
        f"a request whose answer is {code}",
        lambda one: (
            one.cause is not None and one.cause.codes[0] == code and "+" not in one.cause.id and one.kind == "error"
        ),
    )


def _pair(identity: str) -> Selector:
    return Selector("a request with both causes", lambda one: one.cause is not None and one.cause.id == identity)


def _accepted(exchange: Exchange, _context: Context) -> Iterator[Finding]:
    if exchange.kind == "success" and exchange.cause is not None:
        # No page forbids what `unforbidden` marks, such as another Content-Type.
        severity: Severity = "note" if exchange.cause.unforbidden else "violation"
        yield Problem(f"an error: {exchange.cause.id}", "a success", severity)


def _refused(exchange: Exchange, _context: Context) -> Iterator[Finding]:
    if exchange.kind == "error":
        yield Problem("a success", f"code {exchange.code}: {show(exchange.fields.get('message'))}")


def _code(code: int) -> JudgeOne:
    def judge(exchange: Exchange, context: Context) -> Iterator[Finding]:
        cause = exchange.cause
        if cause is None or exchange.code is None:
            return
        accepted = cause.codes[:1] if context.exact else cause.codes
        expected = f"{' or '.join(map(str, accepted))} for {cause.id}"
        if exchange.code in accepted:
            entry = exchange.endpoint.codes[code].source.get("ledger")
            if entry and len(cause.codes) > 1:
                yield LedgerReading(entry, str(exchange.code))
        elif exchange.code in cause.tolerated:
            yield Problem(expected, str(exchange.code), "note")
        else:
            yield Problem(expected, f"{exchange.code}: {show(exchange.fields.get('message'))}", "violation")

    return judge


def _message(message: str, code: int) -> JudgeOne:
    def judge(exchange: Exchange, _context: Context) -> Iterator[Finding]:
        if exchange.code == code and exchange.fields.get("message") != message:
            yield Problem(show(message), show(exchange.fields.get("message")))

    return judge


def _order(exchange: Exchange, _context: Context) -> Iterator[Finding]:
    cause = exchange.cause
    if cause is not None and exchange.code not in cause.codes:
        yield Problem(f"{cause.codes[0]} for {cause.id}", show(exchange.code))

"""Checks of the bytes: strict JSON, and headers that say so."""

from collections.abc import Iterator

from remo_mock.contract import Documents, Endpoint

from ..model.context import Context
from ..model.exchange import Exchange
from ..model.findings import Check, Finding, Judge, Problem, each
from ..model.promises import origin_of
from ..model.selectors import ANSWERED, PARSED, POSTED
from .making import Making

_FAULTS = {
    "EMPTY": "a reply has a body",
    "UTF8": "the body is UTF-8",
    "BOM": "no byte order mark stands before the JSON",
    "JSON": "the body is one JSON text",
    "TRAILING": "nothing but white space follows the JSON value",
    "NAN": "numbers are JSON numbers: no NaN, no Infinity",
    "DUPLICATE": "no key comes twice in one object",
}


def byte_checks(documents: Documents, endpoint: Endpoint) -> Iterator[Check]:
    """Yield the checks of the bytes layer."""
    origin = origin_of(documents, endpoint, "response")

    making = Making(documents, endpoint, "bytes", "REMO-BYTES-")

    def check(name: str, title: str, judge: Judge) -> Check:
        select = PARSED if name in ("TRAILING", "NAN", "DUPLICATE") else ANSWERED if name == "ENCODING" else POSTED
        return making.check(name, title, origin, select, judge, ledger=("L02",))

    for kind, title in _FAULTS.items():
        yield check(kind, title, _fault(kind, title))
    yield check("CONTENT-TYPE", "the Content-Type is application/json", each(_content_type))
    yield check("CHARSET", "a charset parameter says utf-8", each(_charset))
    yield check("ENCODING", "no Content-Encoding that was not asked for", each(_encoding))


def _fault(kind: str, title: str) -> Judge:
    def judge(exchange: Exchange, _context: Context) -> Iterator[Finding]:
        for fault in exchange.body.faults:
            if fault.kind == kind:
                yield Problem(title, fault.got)

    return each(judge)


def _header(exchange: Exchange, name: str) -> str:
    return exchange.reply.headers.get(name, "") if exchange.reply is not None else ""


def _content_type(exchange: Exchange, _context: Context) -> Iterator[Finding]:
    told = _header(exchange, "content-type")
    kind = told.partition(";")[0].strip().lower()
    if kind != "application/json" and not (kind.startswith("application/") and kind.endswith("+json")):
        yield Problem("Content-Type: application/json", f"Content-Type: {told}" if told else "no Content-Type")


def _charset(exchange: Exchange, _context: Context) -> Iterator[Finding]:
    for parameter in _header(exchange, "content-type").split(";")[1:]:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset" and value.strip(" \"'").lower() not in ("utf-8", "utf8"):
            yield Problem("charset=utf-8", f"charset={value.strip()}")


def _encoding(exchange: Exchange, _context: Context) -> Iterator[Finding]:
    coding = _header(exchange, "content-encoding").strip().lower()
    if coding not in ("", "identity"):
        # A body that is what its header says, HTTP's libraries unpack by themselves.
        unpacked = exchange.reply is not None and exchange.reply.unpacked
        expected = "the body as it is: the request said Accept-Encoding: identity"
        yield Problem(expected, f"Content-Encoding: {coding}", "note" if unpacked else None)

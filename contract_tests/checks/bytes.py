"""Checks of the bytes: strict JSON, and headers that say so."""

from collections.abc import Iterator

from remo_mock.contract import Documents, Endpoint

from ..model.check import JSON_REPLY, PROPER_REPLY, REPLY, Check, Context, Finding, Judge, Problem, Selector, each
from ..model.exchange import Exchange
from ..model.promises import origin_of
from .check_factory import CheckFactory

_DEFECTS = {
    "EMPTY": "a reply has a body",
    "UTF8": "the body is UTF-8",
    "BOM": "no byte order mark stands before the JSON",
    "JSON": "the body is one JSON text",
    "TRAILING": "nothing but white space follows the JSON value",
    "NAN": "numbers are JSON numbers: no NaN, no Infinity",
    "DUPLICATE": "no key comes twice in one object",
}
# Defects that only a body that can be parsed may have.
_IN_JSON = ("TRAILING", "NAN", "DUPLICATE")


def byte_checks(documents: Documents, endpoint: Endpoint) -> Iterator[Check]:
    """Yield the checks of the bytes layer."""
    origin = origin_of(documents, endpoint, "response")

    factory = CheckFactory(documents, endpoint, "bytes", "REMO-BYTES-")

    def check(name: str, title: str, judge: Judge, select: Selector = PROPER_REPLY) -> Check:
        return factory.check(name, title, origin, select, judge, ledger=("L02",))

    for kind, title in _DEFECTS.items():
        yield check(kind, title, _defect(kind, title), JSON_REPLY if kind in _IN_JSON else PROPER_REPLY)
    yield check("CONTENT-TYPE", "the Content-Type is application/json", each(_content_type))
    yield check("CHARSET", "a charset parameter says utf-8", each(_charset))
    yield check("ENCODING", "no Content-Encoding that was not asked for", each(_encoding), REPLY)


def _defect(kind: str, title: str) -> Judge:
    def judge(exchange: Exchange, _context: Context) -> Iterator[Finding]:
        for defect in exchange.body.defects:
            if defect.kind == kind:
                yield Problem(title, defect.got)

    return each(judge)


def _header(exchange: Exchange, name: str) -> str:
    return exchange.reply.headers.get(name, "") if exchange.reply is not None else ""


def _content_type(exchange: Exchange, _context: Context) -> Iterator[Finding]:
    given = _header(exchange, "content-type")
    kind = given.partition(";")[0].strip().lower()
    if kind != "application/json" and not (kind.startswith("application/") and kind.endswith("+json")):
        yield Problem("Content-Type: application/json", f"Content-Type: {given}" if given else "no Content-Type")


def _charset(exchange: Exchange, _context: Context) -> Iterator[Finding]:
    for parameter in _header(exchange, "content-type").split(";")[1:]:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset" and value.strip(" \"'").lower() not in ("utf-8", "utf8"):
            yield Problem("charset=utf-8", f"charset={value.strip()}")


def _encoding(exchange: Exchange, _context: Context) -> Iterator[Finding]:
    coding = _header(exchange, "content-encoding").strip().lower()
    if coding not in ("", "identity"):
        # HTTP libraries decompress such a body by themselves.
        decompressed = exchange.reply is not None and exchange.reply.decompressed
        expected = "the body as it is: the request said Accept-Encoding: identity"
        yield Problem(expected, f"Content-Encoding: {coding}", "note" if decompressed else None)

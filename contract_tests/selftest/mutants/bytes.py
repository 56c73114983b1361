"""Broken servers of the byte layer: what proxies, printers and encoders do to a body."""

import gzip
import json
from base64 import b64encode
from collections.abc import Callable
from functools import partial

from ..changes import on_bytes, on_response, on_success, setting
from ..mutation import OTHERS, SIDE, SOME, Change, Memory, ReceivedRequest, Response, mutation
from .pages import with_names

_row = partial(mutation, layer="bytes")
_ERROR_PAGE = b"<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"


def _typed(kind: str | None, *, successes: bool = True, errors: bool = True) -> Change:
    return on_response(lambda response: response.with_header("Content-Type", kind), successes=successes, errors=errors)


def packed(coding: str, pack: Callable[[bytes], bytes]) -> Change:
    """Return the change that compresses every body, and announces it."""
    return on_response(lambda response: response.with_body(pack(response.body)).with_header("Content-Encoding", coding))


def _korean(response: Response, charset: str, announced: str) -> Response:
    text = json.dumps(response.fields | {"message": "정면 사진 에러"}, ensure_ascii=False)
    return response.with_body(text.encode(charset)).with_header("Content-Type", announced)


def _literal(name: str, literal: bytes) -> Change:
    """Return the change that puts a literal in place of a value: a marker stands for it until the JSON is written."""
    marked = on_success(setting(name, "@literal@"))

    def change(request: ReceivedRequest, response: Response, memory: Memory) -> Response:
        changed = marked(request, response, memory)
        return changed.with_body(changed.body.replace(b'"@literal@"', literal))

    return change


def _value(which: str, literal: bytes) -> Change:
    """Return the change that puts a literal in place of the value of a page's `tilt`, `line` or `third` metric."""
    return with_names(lambda names: _literal(f"{getattr(names, which)}_m_", literal))


def _appended(member: bytes) -> Change:
    return on_bytes(lambda body: body[:-1] + b"," + member + b"}")


def _message(raw: bytes) -> Change:
    return on_bytes(lambda body: body.replace(b'"message":"', b'"message":"' + raw), successes=False)


def _folded(body: bytes) -> bytes:
    at = body.index(b"base64,") + 83
    return body[:at] + b"\n" + body[at:]


def _printed(body: bytes) -> bytes:
    return repr(json.loads(body)).encode()


def _chunked(body: bytes) -> bytes:
    return b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)


_success = partial(on_bytes, errors=False)
_error = partial(on_bytes, successes=False)

MUTANTS = (
    _row("empty-success", "A success has no body.", "REMO-BYTES-EMPTY", _success(lambda _: b"")),
    _row("empty-error", "An error has no body, only a status.", "REMO-BYTES-EMPTY", _error(lambda _: b"")),
    _row(
        "blank-error", "An error's body is a line break.", "REMO-BYTES-EMPTY REMO-BYTES-JSON", _error(lambda _: b"\n")
    ),
    _row(
        "byte-order-mark", "A byte order mark stands first.", "REMO-BYTES-BOM", on_bytes(lambda b: b"\xef\xbb\xbf" + b)
    ),
    _row(
        "byte-order-mark-on-errors",
        "Errors begin with a byte order mark.",
        "REMO-BYTES-BOM",
        _error(lambda body: b"\xef\xbb\xbf" + body),
        pages=OTHERS,
    ),
    _row(
        "utf-16",
        "The body is UTF-16.",
        "REMO-BYTES-UTF8 REMO-BYTES-BOM",
        on_bytes(lambda body: body.decode().encode("utf-16")),
    ),
    _row(
        "utf-16-without-mark",
        "Errors are UTF-16 without a mark.",
        "REMO-BYTES-JSON REMO-BYTES-UTF8",
        _error(lambda body: body.decode().encode("utf-16-le")),
        pages=OTHERS,
    ),
    _row("latin-1-message", "The message is Latin-1.", "REMO-BYTES-UTF8", _message("façade ".encode("latin-1"))),
    _row(
        "cesu-8-message",
        "The message has surrogates as bytes.",
        "REMO-BYTES-UTF8",
        _message(b"\xed\xa0\xbd\xed\xb8\x80"),
    ),
    _row(
        "half-a-character",
        "The message ends in half of a surrogate pair, as a cut text does.",
        "REMO-BYTES-UTF8",
        _message(b"\\ud83d "),
        pages=OTHERS,
    ),
    _row(
        "euc-kr-message",
        "Korean messages are EUC-KR and announced as UTF-8.",
        "REMO-BYTES-UTF8",
        on_response(lambda response: _korean(response, "euc-kr", "application/json; charset=utf-8"), successes=False),
        pages=OTHERS,
    ),
    _row(
        "euc-kr-announced",
        "Korean messages are EUC-KR, as announced.",
        "REMO-BYTES-CHARSET REMO-BYTES-UTF8",
        on_response(lambda response: _korean(response, "euc-kr", "application/json; charset=euc-kr"), successes=False),
        pages=OTHERS,
    ),
    _row("python-notation", "A success is a printed dict (L02).", "REMO-BYTES-JSON", _success(_printed)),
    _row("python-notation-errors", "An error is a printed dict.", "REMO-BYTES-JSON", _error(_printed)),
    _row(
        "jsonp", "The body is wrapped in a call.", "REMO-BYTES-JSON", on_bytes(lambda body: b"callback(" + body + b");")
    ),
    _row(
        "hijack-guard", "A guard stands before the JSON.", "REMO-BYTES-JSON", on_bytes(lambda body: b")]}',\n" + body)
    ),
    _row("html-success", "A success is an HTML page.", "REMO-BYTES-JSON", _success(lambda _: _ERROR_PAGE)),
    _row("html-error", "An error is a proxy's page.", "REMO-BYTES-JSON", _error(lambda _: _ERROR_PAGE), pages=SOME),
    _row(
        "form-error", "Errors are form fields.", "REMO-BYTES-JSON", _error(lambda _: b"state=false&status=412&credit=9")
    ),
    _row(
        "plain-word-error",
        "An error is a bare word.",
        "REMO-BYTES-JSON",
        _error(lambda _: b"Bad Request"),
        pages=OTHERS,
    ),
    _row("cut-at-64-kb", "A proxy ends the body at 64 kB.", "REMO-BYTES-JSON", _success(lambda body: body[:65536])),
    _row("cut-last-brace", "The last brace is missing.", "REMO-BYTES-JSON", _error(lambda body: body[:-1])),
    _row(
        "cut-in-half", "Half of the body comes.", "REMO-BYTES-JSON", _success(lambda b: b[: len(b) // 2]), pages=OTHERS
    ),
    _row(
        "trailing-comment",
        "A proxy signs the body.",
        "REMO-BYTES-TRAILING",
        on_bytes(lambda b: b + b"\n<!-- cached -->"),
    ),
    _row("trailing-nul", "A NUL ends the body.", "REMO-BYTES-TRAILING", on_bytes(lambda body: body + b"\0")),
    _row("two-documents", "The body comes twice.", "REMO-BYTES-TRAILING", on_bytes(lambda body: body + b"\n" + body)),
    _row("trailing-zero", "A print's 0 follows.", "REMO-BYTES-TRAILING", _error(lambda body: body + b"0"), pages=SOME),
    _row("trailing-comma", "A comma before the brace.", "REMO-BYTES-JSON", on_bytes(lambda body: body[:-1] + b",}")),
    _row("comment", "A comment in the JSON.", "REMO-BYTES-JSON", on_bytes(lambda body: b"{/* v2 */" + body[1:])),
    _row("raw-line-break", "A line break stands raw in a message.", "REMO-BYTES-JSON", _message(b"line one\n")),
    _row("folded-image", "The image's base64 is folded by raw line breaks.", "REMO-BYTES-JSON", _success(_folded)),
    _row(
        "chunk-marks",
        "The marks of chunks are left in the body.",
        "REMO-BYTES-TRAILING REMO-BYTES-JSON",
        on_bytes(_chunked),
    ),
    _row("event-stream", "The body is an event.", "REMO-BYTES-JSON", on_bytes(lambda body: b"data: " + body + b"\n\n")),
    _row("base64-body", "A gateway leaves the body in base64.", "REMO-BYTES-JSON", on_bytes(b64encode)),
    _row("not-a-number", "A metric is NaN.", "REMO-BYTES-NAN", _value("tilt", b"NaN")),
    _row("infinity", "A metric is Infinity.", "REMO-BYTES-NAN", _literal("turtle_neck_m_", b"Infinity"), pages=SIDE),
    _row("minus-infinity", "A metric is -Infinity.", "REMO-BYTES-NAN", _value("third", b"-Infinity")),
    _row(
        "credit-not-a-number",
        "An error's credit is NaN.",
        "REMO-BYTES-NAN",
        _error(lambda b: b.replace(b'"credit":', b'"credit":NaN,"left":')),
    ),
    _row(
        "overflow",
        "A metric overflows every float.",
        "REMO-DEGREES-{tilt} REMO-BYTES-NAN",
        _value("tilt", b"1e999"),
    ),
    _row("leading-zero", "A number has a leading zero.", "REMO-BYTES-JSON", _value("tilt", b"00.5")),
    _row("leading-plus", "A number has a plus.", "REMO-BYTES-JSON", _value("tilt", b"+0.5")),
    _row("bare-point", "A number begins with its point.", "REMO-BYTES-JSON", _value("line", b".5")),
    _row("decimal-comma", "A number has a decimal comma.", "REMO-BYTES-JSON", _value("line", b"0,5")),
    _row("python-none", "A metric is None.", "REMO-BYTES-JSON", _value("tilt", b"None"), pages=OTHERS),
    _row("same-key-twice", "A key comes twice, alike.", "REMO-BYTES-DUPLICATE", _appended(b'"state":true')),
    _row(
        "credit-twice",
        "credit comes twice and differs.",
        "REMO-BYTES-DUPLICATE",
        _appended(b'"credit":7'),
        pages=OTHERS,
    ),
    _row(
        "message-twice",
        "An error has two messages.",
        "REMO-BYTES-DUPLICATE",
        _error(lambda body: body[:-1] + b',"message":"error"}'),
        pages=SOME,
    ),
    _row("html-type", "JSON is called HTML.", "REMO-BYTES-CONTENT-TYPE", _typed("text/html; charset=utf-8")),
    _row(
        "plain-type-errors", "Errors are called text.", "REMO-BYTES-CONTENT-TYPE", _typed("text/plain", successes=False)
    ),
    _row(
        "octets-type",
        "A success is called octets.",
        "REMO-BYTES-CONTENT-TYPE",
        _typed("application/octet-stream", errors=False),
    ),
    _row("script-type", "JSON is called a script.", "REMO-BYTES-CONTENT-TYPE", _typed("text/javascript"), pages=OTHERS),
    _row("old-json-type", "JSON is called text/json.", "REMO-BYTES-CONTENT-TYPE", _typed("text/json"), pages=SOME),
    _row("no-type", "There is no Content-Type.", "REMO-BYTES-CONTENT-TYPE", _typed(None)),
    _row(
        "latin-charset", "JSON is called Latin-1.", "REMO-BYTES-CHARSET", _typed("application/json; charset=ISO-8859-1")
    ),
    _row(
        "gzip-in-name",
        "gzip is announced, and the body is plain.",
        "REMO-BYTES-ENCODING",
        on_response(lambda response: response.with_header("Content-Encoding", "gzip")),
    ),
    _row(
        "gzip-cut",
        "The compressed body ends too early.",
        "REMO-BYTES-ENCODING",
        packed("gzip", lambda body: gzip.compress(body, 1)[:-9]),
    ),
    _row(
        "gzip-unnamed",
        "The body is compressed, without a header.",
        "REMO-BYTES-UTF8 REMO-BYTES-JSON REMO-BYTES-ENCODING",
        _success(lambda body: gzip.compress(body, 1)),
    ),
    _row(
        "brotli-in-name",
        "br is announced, and the body is plain.",
        "REMO-BYTES-ENCODING",
        on_response(lambda response: response.with_header("Content-Encoding", "br"), successes=False),
    ),
)

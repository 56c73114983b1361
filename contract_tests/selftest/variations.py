"""Lists the variations, which differ and break nothing: no check may report a violation (a note is fine)."""

import gzip
import json
import zlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from . import result_variations
from .changes import (
    all_of,
    code_of,
    dropping,
    in_known_account,
    in_success,
    on_bytes,
    on_error,
    on_response,
    on_success,
    renaming,
    setting,
    turning,
)
from .mutants.bytes import packed
from .mutants.credits import in_sets
from .mutants.observed import OBSERVED
from .mutants.pages import OWN_NAMES
from .mutation import B, Change, D, E, Fields, Memory, ReceivedRequest, Response, Variation, variation


def _dumped(**options: Any) -> Change:
    """Return the change that writes the same JSON in another way."""
    return on_bytes(lambda body: json.dumps(json.loads(body), **options).encode())


def _reordered(change: Callable[[list[str]], list[str]]) -> Change:
    def reorder(reply: Fields) -> Fields:
        return {name: reply[name] for name in change([*reply])}

    return on_bytes(lambda body: json.dumps(reorder(json.loads(body))).encode())


def _bare(body: bytes) -> bytes:
    return zlib.compress(body)[2:-4]


def _header(name: str, value: str) -> Change:
    return on_response(lambda response: response.with_header(name, value))


def _statuses(status_of: Callable[[int], int]) -> Change:
    def change(_request: ReceivedRequest, response: Response, _memory: Memory) -> Response:
        reply = response.fields
        return response if reply["state"] else replace(response, status=status_of(code_of(reply)))

    return change


def _rich(_request: ReceivedRequest, reply: Fields, _memory: Memory) -> None:
    """Keep the balance of a large customer."""
    reply["credit"] += 99_984_228


def _flat_price(_request: ReceivedRequest, reply: Fields, memory: Memory) -> None:
    """Charge 1 for each request, also within a set."""
    if reply["state"] and reply["credit_change"] == 0:
        memory.count("more")
        reply["credit_change"] = -1
    reply["credit"] -= memory.values.get("more", 0)


def _own_name(request: ReceivedRequest, reply: Fields, _memory: Memory) -> None:
    """Name the endpoint itself, where the page's example has another name."""
    reply["APIName"] = OWN_NAMES.get(request.page, reply["APIName"])


def _as_observed(request: ReceivedRequest, response: Response, memory: Memory) -> Response:
    """Differ in all that the live service was seen to do otherwise."""
    for change in (in_known_account(_flat_price), in_success(_own_name), _DETAILED):
        response = change(request, response, memory)
    return _OTHER_GRADE(request, response, memory) if request.page == "D" else response


def _own_uuid(make: Callable[[int], str]) -> Change:
    def edit(request: ReceivedRequest, reply: Fields, memory: Memory) -> None:
        if not request.fields.get("uuid"):
            reply["uuid"] = make(memory.count("uuid"))

    return in_success(edit)


def _other_method(answer_with: Response) -> Change:
    return lambda request, response, _memory: response if request.is_proper else answer_with


def _chunked(_request: ReceivedRequest, response: Response, _memory: Memory) -> Response:
    half = len(response.body) // 2
    parts = (response.body[:half], response.body[half:], b"")
    body = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts)
    return replace(response, body=body, headers=(*response.headers, ("Transfer-Encoding", "chunked")))


_BOTH_KEYS = on_error(lambda reply: reply.update(status_code=reply["status"]))
_DETAILED = on_error(all_of(renaming("status", "status_code"), setting("credit_change", 0)))
_OTHER_GRADE = on_success(renaming("sar_tilt_grade", OBSERVED))
_NO_ROUTE = Response(405, (("Content-Type", "text/html"), ("Allow", "POST")), b"<h1>Method Not Allowed</h1>")

VARIATIONS: tuple[Variation, ...] = (
    *result_variations.VARIATIONS,
    variation("key-order", "JSON gives the order of names no meaning (L32).", _reordered(lambda names: names[::-1])),
    variation("keys-sorted", "JSON gives the order of names no meaning (L32).", _reordered(sorted)),
    variation("indented", "White space between tokens means nothing.", _dumped(indent=4)),
    variation("spaced", "White space between tokens means nothing.", _dumped(separators=(" , ", " : "))),
    variation("line-break-at-end", "White space may follow the value.", on_bytes(lambda body: body + b"\r\n")),
    variation("line-break-before", "White space may stand before the value.", on_bytes(lambda body: b"\n\n " + body)),
    variation("escaped-slashes", "A slash may be escaped.", on_bytes(lambda body: body.replace(b"/", b"\\/"))),
    variation(
        "escaped-letters", "Letters may be escaped.", on_bytes(lambda body: body.replace(b"state", b"st\\u0061te"))
    ),
    variation("chunked", "A body may come in chunks.", _chunked),
    variation("gzip", "HTTP's libraries unpack it by themselves; no page speaks of it.", packed("gzip", gzip.compress)),
    variation("deflate", "HTTP's libraries unpack it by themselves.", packed("deflate", zlib.compress)),
    variation("deflate-bare", "Some servers leave deflate's header out.", packed("deflate", _bare)),
    variation("extra-headers", "More headers break nothing.", _header("Cache-Control", "no-store")),
    variation("cookie", "A cookie breaks nothing.", _header("Set-Cookie", "session=1; Path=/; HttpOnly")),
    variation("connection-closed", "A server may close after a reply.", _header("Connection", "close")),
    variation(
        "charset", "The charset of JSON may be named.", _header("Content-Type", "application/json; charset=utf-8")
    ),
    variation("charset-capitals", "Types have no case.", _header("Content-Type", 'Application/JSON;Charset="UTF-8"')),
    variation("json-suffix", "A +json type is JSON.", _header("Content-Type", "application/vnd.remo.v2+json")),
    variation(
        "status-code-in-errors", "The tables name status_code (L01).", on_error(renaming("status", "status_code"))
    ),
    variation("detailed-errors", "As on the vendor's page about body shape (L01, L20).", _DETAILED),
    variation("both-keys-in-errors", "Both keys with one value (L01).", _BOTH_KEYS),
    variation("errors-http-200", "The HTTP status of errors is not stated (L19).", _statuses(lambda _: 200)),
    variation(
        "errors-http-400-500", "The tabs are titled 400 and 500 (L19).", _statuses(lambda code: code // 100 * 100)
    ),
    variation("errors-http-520", "Observed on another API of the vendor (L19).", _statuses(lambda _: 520)),
    variation(
        "errors-with-uuid",
        "More fields in errors (L29).",
        on_error(all_of(setting("uuid", ""), setting("credit_change", 0))),
    ),
    variation("errors-with-name", "More fields in errors (L29).", on_error(setting("APIName", "Analysis-skeleton-v2"))),
    variation(
        "korean-messages", "No page states the other messages.", on_error(setting("message", "입력 데이터 문제 발생"))
    ),
    variation(
        "messages-raw-korean",
        "Korean may be written as it is.",
        on_bytes(lambda b: b.replace(b'"message":"', '"message":"오류: '.encode()), successes=False),
    ),
    variation("long-messages", "No page limits a message.", on_error(turning("message", lambda text: f"{text} " * 40))),
    variation("made-uuid-numbered", "A made uuid need not be of RFC 4122.", _own_uuid("job-{:05}".format)),
    variation("made-uuid-hex", "A made uuid may have no dashes.", _own_uuid("59e9a3a1a8d242a1b2af3a87cd{:06x}".format)),
    variation("no-name", "APIName is in no table (L07).", on_success(dropping("APIName"))),
    variation(
        "observed-name",
        "Observed on the live service (L07).",
        in_success(_own_name),
    ),
    variation("observed-grade", "Observed on the live service (L39).", _OTHER_GRADE, pages=D),
    variation(
        "grade-by-both-names",
        "The grade may stand under both names (L39).",
        on_success(lambda r: r.update({OBSERVED: r["sar_tilt_grade"]})),
        pages=D,
    ),
    variation("as-observed", "All that the live service was seen to do.", _as_observed),
    variation("code-on-v1", "v1's table lists status_code (L41).", on_success(setting("status_code", 200)), pages=E),
    variation("extra-field", "Unknown fields are ignored.", on_success(setting("elapsed_ms", 412))),
    variation(
        "extra-object", "Unknown fields are ignored.", on_success(setting("meta", {"model": "2026-05", "gpu": None}))
    ),
    variation("message-in-success", "A success may have a message.", on_success(setting("message", "success"))),
    variation("status-in-success", "A success may have its code twice.", on_success(setting("status", 200))),
    variation(
        "other-images-null",
        "B's table lists the other images (L06).",
        on_success(all_of(setting("forigimg", None), setting("sorigimg", ""))),
        pages=B,
    ),
    variation(
        "other-images",
        "B's table lists the other images (L06).",
        on_success(lambda r: r.update(forigimg=r["borigimg"], sorigimg=r["borigimg"])),
        pages=B,
    ),
    variation("flat-price", "Observed: -1 for each split request (L05).", in_known_account(_flat_price)),
    variation(
        "side-for-two",
        "The page says 2 credits for one request (L38).",
        in_sets({1: 2, 2: 2}, alone=2, on=D),
        pages=D,
    ),
    variation("large-balance", "The examples' customer has 99984228.", in_known_account(_rich)),
    variation(
        "back-413",
        "B's example uses 413 for a back photo (L08).",
        on_error(setting("status", 413), codes=[412]),
        pages=B,
    ),
    variation(
        "back-415",
        "Integrators know 415 for a back photo (L10).",
        on_error(setting("status", 415), codes=[412]),
        pages=B,
    ),
    variation(
        "side-413",
        "The example uses 413 for a side photo (L44).",
        on_error(setting("status", 413), codes=[414]),
        pages=D,
    ),
    variation("other-method-405", "No page says how another method is refused.", _other_method(_NO_ROUTE)),
)
BY_NAME = {row.name: row for row in VARIATIONS}

"""Broken servers of whole replies: uuid, credits, bytes and HTTP, as of any endpoint."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import TypeAlias

from remo_mock.contract import Endpoint, Json

from ...model.check import Layer
from ..changes import (
    dropping,
    has_known_account,
    in_success,
    of_the_first,
    on_bytes,
    on_error,
    on_response,
    on_success,
    setting,
    turning,
)
from ..mutants.credits import costing, successes
from ..mutants.http import any_method
from ..mutants.uuid import echoed, made
from ..mutation import Change, Fields, Memory, Mutation, ReceivedRequest, Response, mutation

# By name: what is broken, the checks, and the change.
Rows: TypeAlias = Mapping[str, tuple[str, str, Change]]

_BAD_GATEWAY = 502
# Only the many successes that our own mock is sent show that a made uuid or all angles never change; and no page says
# that other methods fail.
_EXACT = ("uuid-always-one", "angles-stale", "any-method")


def exchange_mutants(endpoint: Endpoint, _data: Json) -> Iterator[Mutation]:
    """Yield the broken servers of an endpoint's whole replies."""
    page = endpoint.name
    layers: Mapping[Layer, Rows] = {
        "request": _of_request(endpoint),
        "credits": _of_credits(endpoint),
        "bytes": _BYTES,
        "http": _HTTP,
    }
    for layer, rows in layers.items():
        row = partial(mutation, layer=layer, pages=(page,))
        for name, (broken, fires, change) in rows.items():
            yield row(f"{page}-{name}", broken, fires, change, exact=name in _EXACT)


def _of_request(endpoint: Endpoint) -> Rows:
    angles = [metric.value_field for metric in endpoint.metrics]
    grades = [metric.grade_field for metric in endpoint.metrics]
    return {
        "uuid-made-anew": ("A sent uuid is replaced.", "REMO-UUID-ECHO", echoed(lambda _: "another-one")),
        "uuid-lower-case": ("A sent uuid comes in lower case.", "REMO-UUID-ECHO", echoed(str.lower)),
        "uuid-empty": ("Without a uuid an empty one comes back.", "REMO-UUID-MADE", made(lambda _: "")),
        "uuid-always-one": ("All made uuids are the same.", "REMO-UUID-FRESH", made(lambda _: "the-only-one")),
        "angles-stale": (
            "Angles are those of the first photo ever.",
            "REMO-METRICS-STALE",
            of_the_first({endpoint.name: [*angles, *grades]}),
        ),
        "half-without-a-metric": (
            "Every second success lacks a grade.",
            f"REMO-STABLE-SHAPE REMO-FIELD-{grades[0]}",
            in_success(partial(_lacking, grades[0])),
        ),
    }


def _of_credits(endpoint: Endpoint) -> Rows:
    price = endpoint.price
    on = (endpoint.name,)
    dearer = 2 * price.credits + 1  # twice the price may be that of a set that is paid at once
    rows = {
        "price-higher": ("A success costs more.", "REMO-CREDIT-PRICE", costing(successes(dearer), on=on)),
        "price-none": ("A success costs nothing.", "REMO-CREDIT-PRICE REMO-CREDIT-SET", costing(_refund, on=on)),
        "change-positive": (
            "credit_change is positive.",
            "REMO-CREDIT-SIGN",
            on_success(turning("credit_change", lambda change: -change or 1)),
        ),
        "balance-before": (
            "A success has the balance before it.",
            "REMO-CREDIT-BALANCE REMO-CREDIT-ERROR",
            on_success(lambda reply: reply.update(credit=reply["credit"] - reply["credit_change"])),
        ),
        "balance-falls-by-more": (
            "The balance falls by one more than is told.",
            "REMO-CREDIT-BALANCE",
            costing(successes(1), on=on, shown=False),
        ),
        "balance-negative": (
            "An error's balance is below zero.",
            "REMO-CREDIT-NEGATIVE",
            on_error(setting("credit", -1)),
        ),
        "error-tells-charge": (
            "An error has a credit_change of -1.",
            "REMO-CREDIT-FAILURE-TOLD",
            on_error(setting("credit_change", -1)),
        ),
        "error-balance-one-less": (
            "An error has one credit less.",
            "REMO-CREDIT-ERROR REMO-CREDIT-FAILURE",
            on_error(lambda reply: reply.update(credit=reply["credit"] - int(has_known_account(reply)))),
        ),
    }
    if price.family and price.per_views > 1:
        second = costing(lambda _request, reply: dearer if reply["state"] and not reply["credit_change"] else 0, on=on)
        rows["set-dearer"] = (
            "What comes free within a set costs more than the first.",
            "REMO-CREDIT-SET REMO-CREDIT-PRICE",
            second,
        )
    return rows


def _refund(_request: ReceivedRequest, reply: Fields) -> int:
    return int(reply["credit_change"]) if reply["state"] else 0


def _lacking(name: str, request: ReceivedRequest, reply: Fields, memory: Memory) -> None:
    if memory.count(request.page) % 2 == 0:
        dropping(name)(reply)


def _status(status: int) -> Change:
    return on_response(lambda response: replace(response, status=status), errors=False)


_BYTES: Rows = {
    "empty": ("A success has no body.", "REMO-BYTES-EMPTY", on_bytes(lambda _: b"", errors=False)),
    "html": ("An error is an HTML page.", "REMO-BYTES-JSON", on_bytes(lambda _: b"<h1>502</h1>", successes=False)),
    "cut": ("Half of a success comes.", "REMO-BYTES-JSON", on_bytes(lambda body: body[: len(body) // 2], errors=False)),
    "mark": ("A byte order mark stands first.", "REMO-BYTES-BOM", on_bytes(lambda body: b"\xef\xbb\xbf" + body)),
    "twice": ("The body comes twice.", "REMO-BYTES-TRAILING", on_bytes(lambda body: body + body)),
    "duplicate": ("A key comes twice.", "REMO-BYTES-DUPLICATE", on_bytes(lambda body: body[:-1] + b',"state":1}')),
    "html-type": (
        "JSON is called HTML.",
        "REMO-BYTES-CONTENT-TYPE",
        on_response(lambda response: response.with_header("Content-Type", "text/html")),
    ),
}
_HTTP: Rows = {
    "success-502": ("A success has a proxy's status.", "REMO-HTTP-STATUS-SUCCESS", _status(_BAD_GATEWAY)),
    "moved": (
        "The endpoint has moved.",
        "REMO-HTTP-REDIRECT",
        on_response(lambda _: Response(308, (("Location", "https://api.example.invalid/"),), b"")),
    ),
    "no-reply": (
        "The connection closes in place of a success.",
        "REMO-HTTP-COMPLETE",
        on_response(lambda _: Response(0, (), b""), errors=False),
    ),
    "any-method": ("Every method is answered.", "REMO-HTTP-METHOD", any_method),
}

"""Harmless variations of any endpoint: other notations, other drawings, other values, other habits."""

import gzip
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any

from PIL import Image

from remo_mock.contract import Endpoint, Json

from ..changes import (
    all_of,
    code_of,
    dropping,
    in_known_account,
    on_bytes,
    on_error,
    on_success,
    renaming,
    setting,
    turning,
)
from ..mutants.bytes import packed
from ..mutants.coords import with_joint
from ..mutants.images import image_data, image_text
from ..mutants.uuid import made
from ..mutation import Change, Fields, Memory, ReceivedRequest, Response, Variation, variation
from .grades import valued

_RICH = 99_984_228


def variations_of(endpoint: Endpoint, data: Json) -> Iterator[Variation]:
    """Yield the harmless variations of an endpoint; the first is the good mock itself."""
    page = endpoint.name
    for name, (why, change) in (_ANY | _of_results(endpoint, data)).items():
        yield variation(f"{page}-{name}", why, change, pages=(page,))


def _of_results(endpoint: Endpoint, data: Json) -> dict[str, tuple[str, Change]]:
    found = {
        "values-of-danger": ("Every value may be beyond the last band.", valued(endpoint, data, lambda _: 47.5)),
        "values-negative": ("A value may be far below zero.", valued(endpoint, data, lambda _: -33.25)),
        "values-whole": ("0 is a float in JSON.", valued(endpoint, data, int)),
        "values-long": ("The number of decimals is not stated (L21).", valued(endpoint, data, lambda v: v / 1.7)),
        "jpeg-quality-40": ("No page states a quality.", _each_image(endpoint, _saved_again)),
        "coords-compact": ("White space means nothing in JSON.", _each_view(endpoint, lambda pairs: pairs)),
        "joint-not-seen": ("Observed on a predecessor (L46).", _each_view(endpoint, with_joint(4, [-1, -1]))),
    }
    if endpoint.price.family:
        flat = in_known_account(_flat(endpoint.price.credits))
        found["flat-price"] = ("Observed: each of a set costs the same (L05).", flat)
    for variant in endpoint.variants:
        renamed = on_success(all_of(*(renaming(name, other) for name, other in variant.fields.items())))
        found[f"{variant.switch}-{variant.value}"] = ("Another reading of the page.", renamed)
    return found


def _each_view(endpoint: Endpoint, change: Callable[[Any], Any]) -> Change:
    def compact(text: str) -> str:
        return json.dumps(change(json.loads(text)), separators=(",", ":"))

    return on_success(all_of(*(turning(view.coords_field, compact) for view in endpoint.views)))


def _each_image(endpoint: Endpoint, change: Callable[[str], str]) -> Change:
    return on_success(all_of(*(turning(view.image_field, change) for view in endpoint.views)))


def _saved_again(text: str) -> str:
    buffer = BytesIO()
    with Image.open(BytesIO(image_data(text))) as picture:
        picture.save(buffer, "JPEG", quality=40)
    return image_text(buffer.getvalue())


def _flat(price: int) -> Callable[[ReceivedRequest, Fields, Memory], None]:
    def edit(_request: ReceivedRequest, reply: Fields, memory: Memory) -> None:
        if reply["state"] and reply["credit_change"] == 0:
            memory.count("more")
            reply["credit_change"] = -price
        reply["credit"] -= price * memory.values.get("more", 0)

    return edit


def _reversed(body: bytes) -> bytes:
    return json.dumps(dict(reversed(json.loads(body).items()))).encode()


def _all_200(_request: ReceivedRequest, response: Response, _memory: Memory) -> Response:
    return replace(response, status=200)


def _hundreds(_request: ReceivedRequest, response: Response, _memory: Memory) -> Response:
    reply = response.fields
    return response if reply["state"] else replace(response, status=code_of(reply) // 100 * 100)


def _as_it_is(_request: ReceivedRequest, response: Response, _memory: Memory) -> Response:
    return response


_ANY: dict[str, tuple[str, Change]] = {
    "as-it-is": ("The good mock keeps the contract.", _as_it_is),
    "key-order": ("JSON gives the order of names no meaning (L32).", on_bytes(_reversed)),
    "indented": ("White space means nothing.", on_bytes(lambda body: json.dumps(json.loads(body), indent=4).encode())),
    "gzip": ("HTTP's libraries unpack it by themselves.", packed("gzip", gzip.compress)),
    "errors-http-200": ("The HTTP status of errors is not stated (L19).", _all_200),
    "errors-http-400-500": ("The tabs are titled 400 and 500 (L19).", _hundreds),
    "status-code-in-errors": ("The tables name status_code (L01).", on_error(renaming("status", "status_code"))),
    "detailed-errors": (
        "As on the vendor's page about body shape (L01, L20).",
        on_error(all_of(renaming("status", "status_code"), setting("credit_change", 0))),
    ),
    "korean-messages": ("No page states the other messages.", on_error(setting("message", "입력 데이터 문제 발생"))),
    "no-name": ("APIName is in no table (L07).", on_success(dropping("APIName"))),
    "extra-field": ("Unknown fields are ignored.", on_success(setting("elapsed_ms", 412))),
    "made-uuid-numbered": ("A made uuid need not be of RFC 4122.", made(lambda memory: f"job-{memory.count('uuid')}")),
    "large-balance": (
        "The examples' customer has 99984228.",
        in_known_account(lambda _request, reply, _memory: reply.update(credit=reply["credit"] + _RICH)),
    ),
}

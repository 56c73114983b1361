"""Judges replies that were not asked for by a run: those of users' own tests, and of recordings."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from remo_mock.contract import Json
from remo_mock.contract.packaged import chosen_directory

from ..checks.catalogue import catalogue_of
from ..model.check import Context
from ..model.credentials import Redactor, from_fields
from ..model.exchange import Exchange
from ..model.results import CheckResult, describe
from .endpoint_search import EndpointError, find_endpoint
from .judge import apply_checks
from .saved_exchange import make_exchange, parts_taken_out, withhold


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the checks found in some exchanges: a result for each check, and readings of the ledger by entry."""

    results: tuple[CheckResult, ...]
    readings: Mapping[str, Mapping[str, Sequence[str]]]


def judge_exchanges(
    exchanges: Sequence[Exchange],
    *,
    contract_dir: Path | None = None,
    layers_left_out: Iterable[str] = (),
    redactor: Redactor | None = None,
    base_url: str = "",
) -> Judgement:
    """Apply every check of the exchanges' endpoints.

    `contract_dir` is the folder of the contract (None: the packaged one); `layers_left_out` names layers of which
    nothing was recorded; `redactor` takes credentials out of what is reported; `base_url` is where the line that sends
    a request again sends it.
    """
    catalogue, left_out = catalogue_of(contract_dir), set(layers_left_out)
    names = {one.endpoint.name for one in exchanges}
    checks = [one for one in catalogue.checks if one.endpoint in names and one.layer not in left_out]
    photos = tuple(photo for one in exchanges for photo in one.request.photos.values() if photo.data)
    redactor = redactor or Redactor(())
    context = Context(
        catalogue.contract,
        catalogue.documents,
        exchanges=tuple(exchanges),
        photos=photos,
        secrets_in=redactor.secrets_in,
    )
    results, readings = apply_checks(checks, context, redactor=redactor, base_url=base_url)
    return Judgement(results, readings)


def assert_contract(
    endpoint: str,
    request: Mapping[str, Json] | None,
    reply: object,
    *,
    strict: bool = False,
    without: str | Iterable[str] = (),
    contract_dir: Path | str | None = None,
) -> None:
    """Raise `AssertionError`, listing every broken promise, unless a reply keeps the contract.

    `without` names what was taken out of the reply: `images`, `coords`. Raises `ValueError` for an unknown endpoint
    or word, `TypeError` for a request or a reply of another kind.
    """
    __tracebackhide__ = True  # pytest shows the arguments of functions, and so the keys in `request`
    if request is not None and not isinstance(request, Mapping):
        raise TypeError("request: expected the JSON object that was sent, or None")
    taken_out = parts_taken_out(without)
    folder = chosen_directory(contract_dir)
    try:
        found = find_endpoint(catalogue_of(folder).contract, endpoint)
    except EndpointError as error:
        raise ValueError(str(error)) from None
    status, headers, body = _parts_of(reply)
    unknown = () if status is not None else ("http", "bytes")
    exchange = make_exchange(found, request, body, label="the reply", status=status or 200, headers=headers)
    exchange = withhold(exchange, taken_out)
    redactor = Redactor([from_fields(request or {})])
    results = judge_exchanges([exchange], contract_dir=folder, layers_left_out=unknown, redactor=redactor).results
    failed = [one for one in results if one.verdict == "violation" or (strict and one.verdict == "note")]
    if exchange.kind in ("unreadable", "none") and not failed:
        raise AssertionError(f"{endpoint}: the reply holds no fields of the contract")
    if failed:
        raise AssertionError("\n".join(describe(one, with_request=False) for one in failed))


def _parts_of(reply: object) -> tuple[int | None, Mapping[str, str], bytes]:
    """Return status, headers and body of a response object, or no status for a body alone."""
    if isinstance(reply, Mapping):
        return None, {}, json.dumps(dict(reply)).encode()
    if isinstance(reply, bytes | str):
        return None, {}, reply.encode() if isinstance(reply, str) else reply
    status, headers = getattr(reply, "status_code", None), getattr(reply, "headers", None)
    body = getattr(reply, "content", None)
    if not isinstance(body, bytes):
        body = getattr(reply, "data", None)
    if not isinstance(status, int) or headers is None or not isinstance(body, bytes):
        raise TypeError("reply: expected a parsed body, bytes, or a response with status_code, headers and content")
    # The libraries have decompressed the body by now.
    kept = {str(name): str(value) for name, value in headers.items() if str(name).lower() != "content-encoding"}
    return status, kept, body

"""Judges replies that were not asked for by a run: those of users' own tests, of recordings and of saved files."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from remo_mock.contract import Json
from remo_mock.contract.packaged import chosen_directory

from ..checks.catalogue import catalogue_of
from ..model.check import Context
from ..model.credentials import Credentials, Redactor
from ..model.exchange import Exchange
from ..model.results import CheckResult, describe
from .judge import apply_checks
from .recorded import Reader, RecordingError, find_endpoint, make_exchange, read_recordings, saved_files


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the checks found in some exchanges: a result for each check, and readings of the ledger by entry."""

    results: tuple[CheckResult, ...]
    readings: Mapping[str, Mapping[str, Sequence[str]]]


def judge_exchanges(
    exchanges: Sequence[Exchange],
    *,
    contract_dir: Path | None = None,
    without: Iterable[str] = (),
    redactor: Redactor | None = None,
    base_url: str = "",
) -> Judgement:
    """Apply every check of the exchanges' endpoints.

    `contract_dir` is the folder of the contract (None: the packaged one); `without` names layers of which nothing was
    recorded; `redactor` takes credentials out of what is reported; `base_url` is where the line that sends a request
    again sends it.
    """
    catalogue, left_out = catalogue_of(contract_dir), set(without)
    names = {one.endpoint.name for one in exchanges}
    checks = [one for one in catalogue.checks if one.endpoint in names and one.layer not in left_out]
    photos = tuple(photo for one in exchanges for photo in one.request.photos.values() if photo.data)
    context = Context(catalogue.contract, catalogue.documents, exchanges=tuple(exchanges), photos=photos)
    results, readings = apply_checks(checks, context, redactor=redactor or Redactor(()), base_url=base_url)
    return Judgement(results, readings)


def assert_contract(
    endpoint: str,
    request: Mapping[str, Json] | None,
    reply: object,
    *,
    strict: bool = False,
    contract_dir: Path | str | None = None,
) -> None:
    """Raise `AssertionError`, listing every broken promise, unless a reply keeps the contract."""
    folder = chosen_directory(contract_dir)
    try:
        found = find_endpoint(catalogue_of(folder).contract, endpoint)
    except RecordingError as error:
        raise ValueError(str(error)) from None
    status, headers, body = _parts_of(reply)
    without = () if status is not None else ("http", "bytes")
    exchange = make_exchange(found, request, body, label="the reply", status=status or 200, headers=headers)
    sent = request or {}
    person = Credentials(*(str(sent.get(name) or "") for name in ("Email", "UserKey", "APIKey")))
    redactor = Redactor([person])
    results = judge_exchanges([exchange], contract_dir=folder, without=without, redactor=redactor).results
    failed = [one for one in results if one.verdict == "violation" or (strict and one.verdict == "note")]
    if exchange.kind in ("unreadable", "none") and not failed:
        raise AssertionError(f"{endpoint}: the reply holds no fields of the contract")
    if failed:
        raise AssertionError("\n".join(describe(one, with_request=False) for one in failed))


def judge_files(names: Sequence[str], *, endpoint: str | None, reader: Reader | None = None) -> tuple[CheckResult, ...]:
    """Judge saved replies; `reader` reads files of one more kind. Raises `RecordingError`."""
    folder = chosen_directory()
    contract = catalogue_of(folder).contract
    recordings = [
        recording
        for path in saved_files(names)
        for recording in read_recordings(path, contract, endpoint=endpoint, reader=reader)
    ]
    results: list[CheckResult] = []
    for without in dict.fromkeys(recording.without for recording in recordings):
        exchanges = [recording.exchange for recording in recordings if recording.without == without]
        results += judge_exchanges(exchanges, contract_dir=folder, without=without).results
    if all(one.verdict == "skipped" for one in results):
        raise RecordingError("no reply of the contract's endpoints is in these files")
    return tuple(results)


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

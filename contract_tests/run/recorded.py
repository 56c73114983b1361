"""Reads saved replies from files, with or without their requests."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeAlias

from remo_mock.contract import Contract, Endpoint, Json
from remo_mock.files.given import read_given

from ..model.body import read_body
from ..model.credentials import from_fields
from .endpoint_search import EndpointError, endpoint_of_file, endpoints_of_fields, find_endpoint
from .har import har_entries, read_har
from .recording import Recording, RecordingError, read_headers, read_status
from .saved_exchange import make_exchange

Reader: TypeAlias = Callable[[Path, bytes], Sequence[Recording] | None]
"""Reads files of one more kind, by path and content; returns None for any other kind. Raises `RecordingError`."""

_NAME_IT = "Add --endpoint NAME, or name the file NAME.anything.json"


def read_saved(
    names: Iterable[str], contract: Contract, *, endpoint: Endpoint | None = None, reader: Reader | None = None
) -> Iterator[Recording | RecordingError]:
    """Yield the exchanges of files, and for each that cannot be judged the reason; a directory has JSON files.

    A file is a reply's body alone, `{"path", "request", "status", "headers", "reply"}`, or HAR. `endpoint` is that of
    bodies alone; without it the file's name tells, or what the body holds. `reader` is tried first.
    """
    for path in map(Path, names):
        files = sorted(path.glob("*.json")) if path.is_dir() else [path]
        if not files:
            yield RecordingError(str(path), "no file in this directory ends with .json", "Name the files themselves")
        for file in files:
            try:
                yield from _read_file(file, contract, endpoint, reader)
            except RecordingError as error:
                yield error


def _read_file(
    path: Path, contract: Contract, endpoint: Endpoint | None, reader: Reader | None
) -> Iterator[Recording | RecordingError]:
    try:
        data = read_given(path)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise RecordingError(
            path.name or str(path), f"it cannot be read: {reason}", "Name a file of a reply"
        ) from error
    recordings = reader(path, data) if reader is not None else None
    if recordings is not None:
        yield from recordings
        return
    try:
        parsed = json.loads(data)
    except (ValueError, RecursionError):
        parsed = None
    entries = har_entries(parsed)
    if entries is not None:
        yield from read_har(path.name, entries, contract)
    elif isinstance(parsed, dict) and "reply" in parsed and ("path" in parsed or "endpoint" in parsed):
        yield _envelope(path.name, parsed, contract)
    else:
        yield _body_alone(path.name, data, contract, endpoint)


def _body_alone(name: str, data: bytes, contract: Contract, endpoint: Endpoint | None) -> Recording:
    # The headers of a body alone are not known: it is taken to be what it says it is.
    headers = {"content-type": "application/json"}
    found = endpoint or endpoint_of_file(contract, name)
    endpoints = (found,) if found is not None else _endpoints(name, data, contract)
    exchange = make_exchange(endpoints[0], None, data, label=name, headers=headers)
    return Recording(exchange, layers_left_out=("http",), also_of=endpoints[1:])


def _endpoints(name: str, data: bytes, contract: Contract) -> tuple[Endpoint, ...]:
    body = read_body(data)
    if not body.readable:
        defect = body.defects[-1].got if body.defects else "no JSON"
        raise RecordingError(name, f"it is no JSON that shows an endpoint: {defect}", _NAME_IT)
    try:
        return endpoints_of_fields(contract, body.fields)
    except EndpointError as error:
        raise RecordingError(name, f"cannot tell the endpoint: {error}", _NAME_IT) from error


def _envelope(name: str, parsed: dict[str, Json], contract: Contract) -> Recording:
    key = "endpoint" if "endpoint" in parsed else "path"
    given, request = parsed[key], parsed.get("request")
    if not isinstance(given, str):
        raise RecordingError(name, f"{key} is no text", "Give an endpoint's name or path")
    try:
        endpoint = find_endpoint(contract, given)
    except EndpointError as error:
        raise RecordingError(name, f"{key}: {error}", "Give one of them") from error
    if request is not None and not isinstance(request, dict):
        raise RecordingError(name, "request is no object", "Give the fields that were sent, or leave it out")
    exchange = make_exchange(
        endpoint,
        request,
        _reply(name, parsed["reply"]),
        label=name,
        status=read_status(name, "status", parsed.get("status", 200)),
        headers=read_headers(name, "headers", parsed.get("headers", {})),
    )
    layers = () if "status" in parsed and "headers" in parsed else ("http",)
    return Recording(exchange, layers_left_out=layers, sent_by=from_fields(request or {}))


def _reply(name: str, reply: Json) -> bytes:
    try:
        text = reply if isinstance(reply, str) else json.dumps(reply)
    except RecursionError as error:
        raise RecordingError(name, "reply is nested too deeply", "Save the reply as it came") from error
    return text.encode("utf-8", "surrogatepass")

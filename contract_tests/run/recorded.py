"""Reads saved replies from files, with or without their requests."""

import base64
import binascii
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias
from urllib.parse import urlsplit

from remo_mock.contract import Contract, Endpoint, Json

from ..model.credentials import FIELDS
from ..model.exchange import Exchange, Reply, Request
from ..model.photos import Photo


class RecordingError(Exception):
    """A file holds no reply that can be judged; the text says what is missing."""


@dataclass(frozen=True, slots=True)
class Recording:
    """An exchange of a file, and the layers of checks for which the file keeps too little of it."""

    exchange: Exchange
    without: tuple[str, ...] = ()


Reader: TypeAlias = Callable[[Path], Sequence[Recording] | None]
"""Reads files of one more kind; returns None for a file of any other kind."""


def saved_files(names: Iterable[str]) -> Iterator[Path]:
    """Yield the files with these names; a directory stands for its JSON files."""
    for path in map(Path, names):
        if path.is_dir():
            yield from sorted(path.glob("*.json"))
        else:
            yield path


def read_recordings(
    path: Path, contract: Contract, *, endpoint: str | None = None, reader: Reader | None = None
) -> Iterator[Recording]:
    """Yield the exchanges of a file: a reply's body alone, `{"path", "request", "status", "headers", "reply"}`, or HAR.

    `reader` is tried first. Raises `RecordingError` if the file cannot be read, or does not show its endpoint.
    """
    recordings = reader(path) if reader is not None else None
    if recordings is not None:
        yield from recordings
        return
    try:
        data = path.read_bytes()
    except OSError as error:
        raise RecordingError(f"{path.name}: {error.strerror}") from error
    try:
        parsed = json.loads(data)
    except ValueError:
        parsed = None
    log = parsed.get("log") if isinstance(parsed, dict) else None
    entries = log.get("entries") if isinstance(log, dict) else None
    if isinstance(entries, list):
        yield from _har(path, entries, contract)
    elif isinstance(parsed, dict) and "reply" in parsed and ("path" in parsed or "endpoint" in parsed):
        yield _envelope(path, parsed, contract)
    else:
        found = find_endpoint(contract, endpoint) if endpoint else _guess(path, parsed, contract)
        # The headers of a body alone are not known: it is taken to be what it says it is.
        headers = {"content-type": "application/json"}
        yield Recording(make_exchange(found, None, data, label=path.name, headers=headers), without=("http",))


def find_endpoint(contract: Contract, name: str) -> Endpoint:
    """Return an endpoint by its name, path or URL. Raises `RecordingError`."""
    path = urlsplit(name).path.rstrip("/")
    for endpoint in contract.endpoints:
        if name == endpoint.name or path == endpoint.path:
            return endpoint
    raise RecordingError(f"{name} is no endpoint; known are {', '.join(one.name for one in contract.endpoints)}")


def make_exchange(
    endpoint: Endpoint,
    request: Mapping[str, Json] | None,
    body: bytes,
    *,
    label: str,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> Exchange:
    """Make an exchange of what was saved, without the request's credentials."""
    sent = request or {}
    photos = {
        view.name: _photo(view.photo_field, sent[view.photo_field])
        for view in endpoint.views
        if _usable(sent, view.photo_field)
    }
    uuid = sent.get("uuid")
    shown = {name: value for name, value in sent.items() if isinstance(value, str | int | float | None)}
    shown |= {name: "<hidden>" for name in FIELDS.values() if name in shown}
    shown |= {view.photo_field: f"<{view.photo_field}>" for view in endpoint.views if view.photo_field in shown}
    return Exchange(
        label=label,
        endpoint=endpoint,
        request=Request(
            path=endpoint.path,
            method="POST",
            shown_body=json.dumps(shown, ensure_ascii=False),
            photos={name: photo for name, photo in photos.items() if photo is not None},
            uuid=uuid if isinstance(uuid, str) else None,
            known=request is not None,
        ),
        reply=Reply(status, {name.lower(): value for name, value in (headers or {}).items()}, body),
    )


def _usable(sent: Mapping[str, Json], name: str) -> bool:
    return isinstance(sent.get(name), str)


def _photo(name: str, text: str) -> Photo | None:
    try:
        photo = Photo(name, base64.b64decode(text))
        photo.picture.getbbox()
    except (binascii.Error, ValueError, OSError, SyntaxError):
        return None
    return photo


def _envelope(path: Path, parsed: Json, contract: Contract) -> Recording:
    endpoint = find_endpoint(contract, str(parsed.get("endpoint") or parsed["path"]))
    reply, request = parsed["reply"], parsed.get("request")
    body = reply.encode() if isinstance(reply, str) else json.dumps(reply).encode()
    exchange = make_exchange(
        endpoint,
        request if isinstance(request, dict) else None,
        body,
        label=path.name,
        status=parsed.get("status", 200),
        headers=parsed.get("headers"),
    )
    return Recording(exchange, without=() if "status" in parsed and "headers" in parsed else ("http",))


def _har(path: Path, entries: list[Json], contract: Contract) -> Iterator[Recording]:
    """Yield the POST requests to the contract's paths from a HAR file, which browsers and proxies write."""
    for number, entry in enumerate(entries, 1):
        try:
            recording = _har_entry(entry, contract, label=f"{path.name}, entry {number}")
        except (KeyError, TypeError, AttributeError, binascii.Error) as error:
            raise RecordingError(f"{path.name}, entry {number}: not as HAR 1.2 has it: {error!r}") from None
        if recording is not None:
            yield recording


def _har_entry(entry: Json, contract: Contract, *, label: str) -> Recording | None:
    sent, received = entry["request"], entry["response"]
    endpoints = [one for one in contract.endpoints if urlsplit(sent["url"]).path == one.path]
    if sent["method"] != "POST" or not endpoints:
        return None
    content = received["content"]
    text = content.get("text", "")
    body = base64.b64decode(text) if content.get("encoding") == "base64" else text.encode()
    try:
        request = json.loads(sent.get("postData", {}).get("text", ""))
    except ValueError:
        request = None
    # Browsers have undone the encoding by the time they write the file.
    headers = {pair["name"]: pair["value"] for pair in received["headers"]}
    kept = {name: value for name, value in headers.items() if name.lower() != "content-encoding"}
    fields = request if isinstance(request, dict) else None
    exchange = make_exchange(endpoints[0], fields, body, label=label, status=received["status"], headers=kept)
    return Recording(exchange)


def _guess(path: Path, parsed: Json, contract: Contract) -> Endpoint:
    """Return the endpoint that the file's name begins with or, of a success, the one whose fields it has."""
    named = [one for one in contract.endpoints if path.name.startswith(f"{one.name}.") or path.stem == one.name]
    if named:
        return named[0]
    if isinstance(parsed, dict):
        fitting = [one for one in contract.endpoints if {view.coords_field for view in one.views} <= parsed.keys()]
        if fitting:
            return max(fitting, key=lambda one: len(one.views))
    raise RecordingError(
        f"{path.name}: cannot tell the endpoint; add --endpoint, or name the file ENDPOINT.anything.json"
    )

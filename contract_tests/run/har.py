"""Reads the exchanges of a HAR file, which browsers and proxies write."""

import base64
import binascii
import json
import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

from remo_mock.contract import Contract, Json

from ..model.credentials import FIELDS, from_fields
from .recording import Recording, RecordingError, read_headers, read_status
from .saved_exchange import make_exchange

_FIELD = re.compile(rf'"({"|".join(FIELDS.values())})"\s*:\s*"([^"]*)')
_EXPORT_AGAIN = "Export the file again, with the contents of replies"


def har_entries(parsed: Json) -> list[Json] | None:
    """Return the entries of a parsed HAR file, or None if it is none."""
    log = parsed.get("log") if isinstance(parsed, dict) else None
    entries = log.get("entries") if isinstance(log, dict) else None
    return entries if isinstance(entries, list) else None


def read_har(file: str, entries: list[Json], contract: Contract) -> Iterator[Recording | RecordingError]:
    """Yield each request to an endpoint of the contract, or why it cannot be judged.

    At a path of several endpoints, the photos of the request decide (L12). Raises `RecordingError` if there is none.
    """
    found = False
    for number, entry in enumerate(entries, 1):
        label = f"{file}, entry {number}"
        try:
            recording = _recording(entry, contract, label)
        except RecordingError as error:
            found = True
            yield error
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            found = True
            yield RecordingError(label, f"it is not as HAR 1.2 has it: {_reason(error)}", "Export the file again")
        else:
            if recording is not None:
                found = True
                yield recording
    if not found:
        paths = ", ".join(contract.paths)
        methods = " or ".join(sorted({one.method for one in contract.endpoints}))
        raise RecordingError(file, f"it has no {methods} to an endpoint", f"Record one to {paths}")


def _recording(entry: Json, contract: Contract, label: str) -> Recording | None:
    sent, received = entry["request"], entry["response"]
    path = urlsplit(sent["url"]).path.rstrip("/")
    if sent["method"] not in {one.method for one in contract.at(path)}:
        return None
    if received["status"] == 0:
        raise RecordingError(label, "response.status is 0: no reply came", "Record the request again")
    status = read_status(label, "response.status", received["status"])
    # Browsers have undone the encoding by the time they write the file.
    headers = {pair["name"]: pair["value"] for pair in received["headers"]}
    named = read_headers(label, "response.headers", headers)
    kept = {name: value for name, value in named.items() if name.lower() != "content-encoding"}
    fields = _fields(sent.get("postData"))
    endpoint = contract.endpoint_for(path, fields or {})
    body = _body(received["content"], label)
    exchange = make_exchange(endpoint, fields, body, label=label, status=status, headers=kept)
    return Recording(exchange, sent_by=from_fields(fields or _readable_fields(sent.get("postData"))))


def _fields(posted: Json) -> dict[str, Json] | None:
    text = posted.get("text") if isinstance(posted, dict) else None
    try:
        fields = json.loads(text) if isinstance(text, str) else None
    except (ValueError, RecursionError):
        return None
    return fields if isinstance(fields, dict) else None


def _readable_fields(posted: Json) -> dict[str, Json]:
    """Return the texts in a body that is no JSON object: a form, or JSON that was cut off."""
    text = posted.get("text") if isinstance(posted, dict) else None
    params = posted.get("params") if isinstance(posted, dict) else None
    pairs = [(one.get("name"), one.get("value")) for one in params or () if isinstance(one, dict)]
    if isinstance(text, str):
        pairs += [*parse_qsl(text), *_FIELD.findall(text)]
    return {str(name): value for name, value in pairs if value}


def _body(content: Json, label: str) -> bytes:
    text = content.get("text")
    if text is None and content.get("size"):
        raise RecordingError(label, "response.content.text is missing: the reply was not kept", _EXPORT_AGAIN)
    text = text or ""
    if content.get("encoding") != "base64":
        return bytes(text.encode("utf-8", "surrogatepass"))
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise RecordingError(label, f"response.content.text is no base64: {error}", _EXPORT_AGAIN) from error


def _reason(error: Exception) -> str:
    return f"{error} is missing" if isinstance(error, KeyError) else str(error)

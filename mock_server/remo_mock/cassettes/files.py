"""The files of a cassette: one readable JSON for each recorded exchange; knows no network and no secret."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from blake3 import blake3

from remo_mock.cassettes.exact_json import parse, pretty
from remo_mock.cassettes.request_shape import IMAGE, key_of_shape, oddities
from remo_mock.contract import Contract, Endpoint, Json
from remo_mock.exceptions import CassetteError

VERSION = 1
"""The version of the files' layout."""

_MOST_WORDS = 3
_PARTS = ("endpoint", "request", "reply")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """One exchange as a cassette keeps it.

    `shape` is the request's body as `cassette_shapes` describes it, or `empty` or `unreadable`. Of the reply, `fields`
    are those of a JSON object, numbers as sent and images described; None where the reply was no JSON object.
    `failure` says why there is no reply.
    """

    file: str
    endpoint: Endpoint
    method: str
    path: str
    content_type: str
    shape: Json
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, Json] | None = None
    failure: str = ""

    @property
    def key(self) -> str:
        """What finds the exchange again when the same is asked."""
        return key_of_shape(self.endpoint, self.method, self.content_type, self.shape)

    @property
    def succeeded(self) -> bool:
        """Whether the reply says that the request succeeded."""
        return self.fields is not None and self.fields.get("state") is True

    @property
    def code(self) -> int | None:
        """The code that the reply tells, under either key (L01)."""
        for name in ("status", "status_code"):
            value = (self.fields or {}).get(name)
            if isinstance(value, int) and not isinstance(value, bool):
                return value
        return None

    @property
    def image_files(self) -> Mapping[str, str]:
        """The files of kept images, by field."""
        described = {name: value for name, value in (self.fields or {}).items() if is_image(value)}
        return {name: value[IMAGE]["file"] for name, value in described.items() if "file" in value[IMAGE]}


def is_image(value: Json) -> bool:
    """Tell whether a recorded field describes an image."""
    return isinstance(value, dict) and isinstance(value.get(IMAGE), dict)


def file_stem(endpoint: Endpoint, request: Mapping[str, Json]) -> str:
    """Name a request by endpoint, what is odd about it, and a digest of its key: the same in every recording."""
    terms = (endpoint, request["method"], request["content_type"], request["body"])
    words = oddities(*terms)[:_MOST_WORDS] or ["photos" if len(endpoint.views) > 1 else "photo"]
    digest = blake3(key_of_shape(*terms).encode()).hexdigest(length=4)
    return re.sub(r"[^\w.-]+", "-", "-".join([endpoint.name, *words, digest]))


def write(directory: Path, name: str, document: Mapping[str, Json]) -> None:
    """Write one exchange as `name`; a reader never sees half of it."""
    unfinished = directory / f".{name}.part"
    unfinished.write_bytes(pretty(document))
    unfinished.replace(directory / name)


def read_cassette(directory: Path, contract: Contract) -> tuple[Recorded, ...]:
    """Read every exchange of a cassette, by file name. Raises `CassetteError` naming what cannot be read."""
    if not directory.is_dir():
        raise CassetteError(str(directory), "is no directory")
    endpoints = {endpoint.name: endpoint for endpoint in contract.endpoints}
    return tuple(_read(path, endpoints) for path in sorted(directory.glob("*.json")))


def _read(path: Path, endpoints: Mapping[str, Endpoint]) -> Recorded:
    try:
        document = parse(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CassetteError(path.name, f"is no JSON: {error}") from error
    if not isinstance(document, dict) or not all(part in document for part in _PARTS):
        raise CassetteError(path.name, f"has no {', '.join(_PARTS)}")
    if document.get("version") != VERSION:
        raise CassetteError(path.name, f"has version {document.get('version')}, not {VERSION}")
    if document["endpoint"] not in endpoints:
        raise CassetteError(path.name, f"is of {document['endpoint']}; known are {', '.join(endpoints)}")
    request, reply = document["request"], document["reply"]
    try:
        return Recorded(
            file=path.name,
            endpoint=endpoints[document["endpoint"]],
            method=request["method"],
            path=request["path"],
            content_type=request["content_type"],
            shape=request["body"],
            status=reply.get("status"),
            headers=reply.get("headers", {}),
            fields=reply["json"] if isinstance(reply.get("json"), dict) else None,
            failure=reply.get("failure", ""),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise CassetteError(path.name, f"lacks a part: {error}") from error

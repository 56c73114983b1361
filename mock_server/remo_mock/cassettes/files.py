"""Reads and writes the files of a cassette: one readable JSON file for each recorded exchange."""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from blake3 import blake3

from remo_mock.cassettes.exact_json import can_be_written, parse, pretty
from remo_mock.cassettes.file_types import wrong_part
from remo_mock.cassettes.request_shape import IMAGE, key_of_shape, oddities
from remo_mock.contract import Contract, Endpoint, Json
from remo_mock.exceptions import CassetteError
from remo_mock.files.given import read_given
from remo_mock.files.private import write_private

VERSION = 1
"""The version of the files' layout."""
FORM_CONDITIONS = frozenset({"protocol", "missing_input"})
"""Conditions of errors that follow from the form of a request."""
ACCOUNT_CONDITIONS = frozenset({"unknown_user", "wrong_api_key", "insufficient_credit"})
"""Conditions of errors that follow from who sends a request: a recorded one says nothing about a mock's accounts."""

_MOST_WORDS = 3
_PARTS = ("endpoint", "request", "reply")
_CODE_KEYS = ("status", "status_code")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedExchange:
    """One exchange as a cassette keeps it.

    `shape` is the request's body as `shape_of` describes it, or `empty` or `unreadable`. Of the reply, `fields` are
    those of a JSON object, numbers as sent and images described; `text` is any other readable body. A reply has
    neither if secrets might hide in its bytes. `failure` says why there is no reply.
    """

    directory: Path
    file: str
    endpoint: Endpoint
    method: str
    path: str
    content_type: str
    shape: Json
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, Json] | None = None
    text: str | None = None
    failure: str = ""

    @property
    def key(self) -> str:
        """The key of the request: a request with the same key is answered with this exchange."""
        return key_of_shape(self.endpoint, self.method, self.content_type, self.shape)

    @property
    def sent(self) -> Mapping[str, Json]:
        """The described fields of the request, or none."""
        return self.shape if isinstance(self.shape, dict) else {}

    @property
    def photos(self) -> dict[str, Mapping[str, Json]]:
        """The descriptions of the photos that were sent, by view."""
        described = {view.name: self.sent.get(view.photo_field) for view in self.endpoint.views}
        return {name: photo for name, photo in described.items() if isinstance(photo, dict) and "blake3" in photo}

    @property
    def succeeded(self) -> bool:
        """Whether the reply says that the request succeeded."""
        return self.fields is not None and self.fields.get("state") is True

    @property
    def code(self) -> int | None:
        """The code in the reply, under either key (L01)."""
        return code_of(self.fields or {})

    @property
    def condition(self) -> str | None:
        """The condition that the code of an error stands for, None for other codes and for successes."""
        code = self.endpoint.codes.get(self.code or 0)
        return None if code is None else code.condition

    @property
    def images(self) -> dict[str, Mapping[str, Json]]:
        """The descriptions of the reply's images, by field."""
        return {name: value[IMAGE] for name, value in (self.fields or {}).items() if is_image(value)}

    def image_path(self, name: str) -> Path | None:
        """Return the file of a kept image, None if it was not kept or is not beside the exchange."""
        file = self.images.get(name, {}).get("file")
        path = self.directory / str(file)
        return path if file is not None and Path(str(file)).name == file and path.is_file() else None

    def kept_image(self, name: str) -> bytes | None:
        """Return the file's content of an image, None if it was not kept, or cannot be read any more."""
        path = self.image_path(name)
        try:
            return None if path is None else read_given(path)
        except OSError:
            return None


def is_image(value: Json) -> bool:
    """Tell whether a recorded field describes an image."""
    return isinstance(value, dict) and isinstance(value.get(IMAGE), dict)


def code_of(fields: Mapping[str, Json]) -> int | None:
    """Return the code in the fields of a reply, under either key (L01)."""
    for name in _CODE_KEYS:
        value = fields.get(name)
        if isinstance(value, int) and not isinstance(value, bool):
            return value
    return None


def file_stem(endpoint: Endpoint, request: Mapping[str, Json]) -> str:
    """Name a request by endpoint, what is odd about it, and a digest of its key: the same in every recording."""
    terms = (endpoint, request["method"], request["content_type"], request["body"])
    words = oddities(*terms)[:_MOST_WORDS] or ["photos" if len(endpoint.views) > 1 else "photo"]
    key_digest = blake3(key_of_shape(*terms).encode()).hexdigest(length=4)
    return re.sub(r"[^\w.-]+", "-", "-".join([endpoint.name, *words, key_digest]))


def write_file(directory: Path, name: str, document: Mapping[str, Json]) -> None:
    """Write one exchange as `name`; a reader never sees half of it. Raises `OSError`."""
    unfinished = directory / f".{name}.part"
    try:
        write_private(unfinished, pretty(document))
        unfinished.replace(directory / name)
    except OSError:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise


def read_cassette(directory: Path, contract: Contract) -> tuple[RecordedExchange, ...]:
    """Read every exchange of a cassette, ordered by file name. Raises `CassetteError` naming what cannot be read."""
    if not directory.is_dir():
        raise CassetteError(str(directory), "is no directory", "Name one that `remo-mock record --cassette DIR` filled")
    return tuple(read_exchange(path, contract) for path in sorted(directory.glob("*.json")))


def is_exchange_file(content: bytes) -> bool:
    """Tell whether a file is one of a cassette, of whatever version, and not another kind of saved reply."""
    try:
        document = parse(content.decode())
    except (ValueError, RecursionError):
        return False
    is_ours = isinstance(document, dict) and all(part in document for part in ("version", *_PARTS))
    return is_ours and isinstance(document["request"], dict) and isinstance(document["reply"], dict)


def read_exchange(path: Path, contract: Contract, content: bytes | None = None) -> RecordedExchange:
    """Read one exchange of a cassette, whose `content` was perhaps read already. Raises `CassetteError`."""
    try:
        document = parse((read_given(path) if content is None else content).decode())
    except OSError as error:
        raise CassetteError(path.name, f"cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise CassetteError(path.name, f"is no JSON: {error}") from error
    except RecursionError as error:
        raise CassetteError(path.name, "is nested too deeply") from error
    if not isinstance(document, dict) or not all(part in document for part in _PARTS):
        raise CassetteError(path.name, f"has no {', '.join(_PARTS)}")
    if document.get("version") != VERSION:
        raise CassetteError(path.name, f"has version {document.get('version')}, not {VERSION}")
    endpoints = {endpoint.name: endpoint for endpoint in contract.endpoints}
    if document["endpoint"] not in list(endpoints):  # it may be of a type that no dict can look up
        raise CassetteError(path.name, f"is of {document['endpoint']}; known are {', '.join(endpoints)}")
    wrong = wrong_part(document)
    if wrong is not None:
        raise CassetteError(path.name, wrong)
    request, reply = document["request"], document["reply"]
    if not can_be_written(request):
        raise CassetteError(path.name, "has a request that no JSON can hold: half a character, or too deep")
    if endpoints[document["endpoint"]] not in contract.at(request["path"]):
        raise CassetteError(
            path.name, f"has request.path {request['path'][:60]!r}, where {document['endpoint']} is not"
        )
    return RecordedExchange(
        directory=path.parent,
        file=path.name,
        endpoint=endpoints[document["endpoint"]],
        method=request["method"],
        path=request["path"],
        content_type=request["content_type"],
        shape=request["body"],
        status=reply.get("status"),
        headers=reply.get("headers", {}),
        fields=reply["json"] if isinstance(reply.get("json"), dict) else None,
        text=reply.get("text"),
        failure=reply.get("failure", ""),
    )

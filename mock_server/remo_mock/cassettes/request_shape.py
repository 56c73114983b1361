"""Describes requests without their secrets and photos, and makes the keys by which they are found again."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Lock

from blake3 import blake3

from remo_mock.contract import MAX_PIXELS, Endpoint, Json
from remo_mock.photos.base64_text import Unusable, decode_base64
from remo_mock.photos.decoding import open_photo
from remo_mock.service.messages.json_body import Malformed

CREDENTIALS: Mapping[str, str] = {"Email": "account", "UserKey": "user-key", "APIKey": "api-key"}
"""The fields that say who calls (both pages, Parameter), and the beginnings of the labels for their values."""
UUID = "uuid"
IMAGE = "$image"
"""The key under which a cassette describes a drawn image instead of its text."""

_TYPES = {dict: "object", list: "array", str: "string", bool: "boolean", int: "integer", float: "number"}
_JSON = "application/json"


@dataclass(slots=True)
class Labels:
    """Labels secrets in the order in which they come, such as `account-1`, `user-key-1`; each keeps its label."""

    _known: dict[tuple[str, str], str] = field(default_factory=dict, repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def of(self, kind: str, secret: str) -> str:
        """Return the label of a secret."""
        with self._lock:
            number = 1 + sum(of_kind == kind for of_kind, _ in self._known)
            return self._known.setdefault((kind, secret), f"{kind}-{number}")

    def known(self, kind: str, secret: str) -> str | None:
        """Return the label of a secret that has one already, else None."""
        with self._lock:
            return self._known.get((kind, secret))


def main_type(content_type: str) -> str:
    """Return a Content-Type without its parameters."""
    return content_type.partition(";")[0].strip().lower()


def text_digest(text: str) -> str:
    """Return the digest by which photos are found again: BLAKE3 of their base64 text, as sent."""
    return blake3(text.encode("utf-8", "surrogatepass")).hexdigest()


def shape_of(endpoint: Endpoint, fields: Mapping[str, Json], labels: Labels) -> dict[str, Json]:
    """Describe a request body: credentials and uuid by labels, photos by digest and size, others by their types."""
    photos = {view.photo_field for view in endpoint.views}
    return {name: _describe(name, value, labels, is_photo=name in photos) for name, value in fields.items()}


def _describe(name: str, value: Json, labels: Labels, *, is_photo: bool) -> Json:
    if name in CREDENTIALS and isinstance(value, str) and value:
        return labels.of(CREDENTIALS[name], value)
    if is_photo and isinstance(value, str) and value:
        return _photo(value)
    if value is None or value == "":
        return value
    if name == UUID and isinstance(value, str):
        return labels.of(UUID, value)
    description: dict[str, Json] = {"type": _TYPES[type(value)]}
    return description | {"characters": len(value)} if isinstance(value, str) else description


def _photo(text: str) -> dict[str, Json]:
    description: dict[str, Json] = {"blake3": text_digest(text), "characters": len(text)}
    data = decode_base64(text)
    if isinstance(data, Unusable):
        return description | {"problem": data.verdict}
    description["bytes"] = len(data)
    image = open_photo(data, max_pixels=MAX_PIXELS)
    if isinstance(image, Unusable):
        return description | {"problem": image.verdict}
    return description | {"width": image.width, "height": image.height}


def key_of_call(
    endpoint: Endpoint, method: str, content_type: str, body: Mapping[str, Json] | Malformed, size: int
) -> str:
    """Return the key of an incoming request: requests with the same key differ in nothing but the caller."""
    if isinstance(body, Malformed):
        return _key(endpoint, method, content_type, {"": "empty" if not size else "unreadable"})
    photos = {view.photo_field for view in endpoint.views}
    tokens: dict[str, str] = {}
    for name in (*CREDENTIALS, UUID, *sorted(photos)):
        value = body.get(name, ...)
        is_photo = name in photos and isinstance(value, str) and value
        tokens[name] = text_digest(value) if is_photo else _token(name, value)
    return _key(endpoint, method, content_type, tokens)


def key_of_shape(endpoint: Endpoint, method: str, content_type: str, shape: Json) -> str:
    """Return the key of a recorded request; `shape` is its described body, or `empty` or `unreadable`."""
    if not isinstance(shape, dict):
        return _key(endpoint, method, content_type, {"": str(shape)})
    tokens: dict[str, str] = {}
    for name in (*CREDENTIALS, UUID, *sorted(view.photo_field for view in endpoint.views)):
        value = shape.get(name, ...)
        if isinstance(value, dict):
            tokens[name] = value.get("blake3") or str(value.get("type"))
        else:
            tokens[name] = _token(name, value)
    return _key(endpoint, method, content_type, tokens)


def _token(name: str, value: Json) -> str:
    if value is ...:
        return "text" if name == UUID else "absent"  # a uuid may be left out (L03)
    if value is None or value == "":
        return "text" if name == UUID and value == "" else "null" if value is None else "empty"
    return "text" if isinstance(value, str) else _TYPES[type(value)]


def _key(endpoint: Endpoint, method: str, content_type: str, tokens: Mapping[str, str]) -> str:
    kind = main_type(content_type)
    return json.dumps([endpoint.name, method, kind if kind != _JSON else "", tokens], separators=(",", ":"))


def oddities(endpoint: Endpoint, method: str, content_type: str, shape: Json) -> list[str]:
    """List what is unusual about a recorded request, in words that fit into a file's name."""
    if method != endpoint.method:
        return [method.lower()]
    if not isinstance(shape, dict):
        return [f"{shape}-body"]
    found = [] if main_type(content_type) == _JSON else ["not-as-json"]
    for name in (*CREDENTIALS, UUID, *(view.photo_field for view in endpoint.views)):
        value = shape.get(name, "text" if name == UUID else ...)
        if isinstance(value, dict):
            oddity = value.get("problem") or ("" if "blake3" in value else value.get("type"))
        else:
            oddity = {"absent": "without"}.get(_token(name, value), _token(name, value))
        if oddity not in ("", "text"):
            found.append(f"{oddity}-{name}".replace("_", "-"))
    return found

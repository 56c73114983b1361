"""Filters exchanges before they are kept: takes secrets out, and replaces images by descriptions."""

import base64
import binascii
import json
import re
from collections.abc import Callable, Iterator, Mapping

from remo_mock.cassettes.exact_json import Number, can_be_written, parse
from remo_mock.cassettes.passing_values import BALANCE
from remo_mock.cassettes.request_shape import CREDENTIALS, IMAGE, UUID, text_digest
from remo_mock.contract import MAX_PIXELS, Endpoint, Json
from remo_mock.contract.suite import api
from remo_mock.photos.base64_text import Unusable
from remo_mock.photos.decoding import open_photo
from remo_mock.service.messages.headers import SIGNATURE

Clean = Callable[[str], str]
"""Takes secrets out of a text."""
Settle = Callable[[str, Json], Json]
"""Takes a field's name and value, and returns what is kept of the value before it is cleaned."""
SaveImage = Callable[[str, bytes], str]
"""Takes a field's name and a drawn image, saves the image, and returns the name of its file."""

_SENT = "<sent>"
_WITHHELD = "<withheld>"
# What stands in a text for what was taken out: ours, and those of the contract suite's redactor.
_MARKS = (_SENT, _WITHHELD, BALANCE, "$REMO_API_", "<base64")
# A body that is no JSON object and has more words than this: no text of the reply is kept at all.
_MOST = 1000
# A longer text, but an image, is none of this API: looking for all that it might hide would take too long.
_LONGEST_TEXT = 20_000
# Shorter texts stand in any sentence; the contract suite's redactor takes care of short credentials.
_LEAST = 4
_WORD = re.compile(r"[\w.@+-]{4,}")
_PHOTO = re.compile(r"[A-Za-z0-9+/\\]{80,}={0,2}")
_DATA_URI = re.compile(r"\s*data:[^,]{0,80},")
_ESCAPED = re.compile(r"\\+u([0-9a-fA-F]{4})")
_JPEG = b"\xff\xd8\xff"
# Headers of replies that are kept; the others name servers, people and times.
_HEADERS = ("content-type", "content-encoding", "location", "retry-after", "www-authenticate", SIGNATURE.lower())


def secrets_of(endpoint: Endpoint, fields: Mapping[str, Json] | None, body: bytes) -> set[str]:
    """Return every text of a request that must not be kept: all but photos, uuid and the names of fields.

    `fields` is None if `body` is no JSON object; then every word counts, since any of them may be a key.
    """
    photos = {view.photo_field for view in endpoint.views}
    if fields is not None:
        sent = {text for name, value in fields.items() if name not in photos | {UUID} for text in _texts(value)}
        return {text for text in sent if len(text) >= _LEAST}
    words = _WORD.findall(_PHOTO.sub(" ", body.decode("utf-8", "replace")))
    return set(words) - photos - {*CREDENTIALS, UUID}


def make_clean(redact: Clean, secrets: set[str]) -> Clean:
    """Make the function that takes all secrets out of a text; `redact` takes out credentials and photos."""
    if len(secrets) > _MOST:
        return lambda _text: _WITHHELD
    spelled = {form for text in secrets for form in (*api.written_forms(text), _in_base64(text))}
    alternatives = "|".join(map(re.escape, sorted(spelled, key=len, reverse=True)))
    pattern = re.compile(alternatives, re.IGNORECASE) if alternatives else None

    def clean_once(text: str) -> str:
        text = redact(text)
        return pattern.sub(_SENT, text) if pattern else text

    def clean(text: str) -> str:
        if len(text) > _LONGEST_TEXT:
            return _WITHHELD
        cleaned = clean_once(text)
        # JSON in a text of JSON is escaped twice, and so on: a secret may show only without its escapes.
        bare = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), cleaned).replace("\\", "")
        again = clean_once(bare)
        # Half of a surrogate pair is JSON, but no UTF-8.
        return (cleaned if again == bare else again).encode("utf-8", "backslashreplace").decode()

    return clean


def kept_headers(headers: Mapping[str, str], clean: Clean) -> dict[str, str]:
    """Return the headers that a cassette keeps."""
    return {name: clean(headers[name]) for name in _HEADERS if name in headers}


def is_withheld(value: Json) -> bool:
    """Tell whether something was taken out of a recorded value."""
    text = value if isinstance(value, str) else json.dumps(value)
    return any(mark in text for mark in _MARKS)


def kept_body(
    body: bytes, clean: Clean, save_image: SaveImage | None, *, settle: Settle, encoded: bool
) -> dict[str, Json]:
    """Describe a reply's body: as `json`, as `text` if it is no JSON object, or by size if secrets might hide in it.

    `settle` replaces values that differ in each recording; `encoded` tells that the bytes are still compressed;
    `save_image` is None if images are not kept.
    """
    if encoded or b"\0" in body:
        return {"unreadable": {"bytes": len(body)}}
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return {"unreadable": {"bytes": len(body)}}
    if api.has_too_many_values(text):
        return {"unreadable": {"bytes": len(body)}}
    try:
        value = parse(text)
        if isinstance(value, dict):
            kept = {clean(name): _kept(name, settle(name, item), clean, save_image) for name, item in value.items()}
            if can_be_written(kept):
                return {"json": kept}
    except (ValueError, RecursionError):  # no JSON, or hundreds of lists in lists
        pass
    return {"text": clean(text)}


def _kept(name: str, value: Json, clean: Clean, save_image: SaveImage | None) -> Json:
    if isinstance(value, str):
        found = _DATA_URI.match(value)
        if found or (len(value) > 1000 and _PHOTO.fullmatch(value)):
            return {IMAGE: _image(name, found[0] if found else "", value, clean, save_image)}
        return clean(value)
    if isinstance(value, dict):
        # A key of the vendor's that looks like ours must not pass for the description of an image.
        return {clean(key).replace("$", "$$"): _kept(key, item, clean, save_image) for key, item in value.items()}
    if isinstance(value, list):
        return [_kept(name, item, clean, save_image) for item in value]
    if isinstance(value, bool) or value is None:
        return value
    # A key may be a number, such as a telephone number, and come back as one.
    written = value.text if isinstance(value, Number) else str(value)
    return value if len(written) < _LEAST or clean(written) == written else _SENT


def _image(name: str, prefix: str, value: str, clean: Clean, save_image: SaveImage | None) -> dict[str, Json]:
    description: dict[str, Json] = {"prefix": clean(prefix), "blake3": text_digest(value), "characters": len(value)}
    try:
        data = base64.b64decode(value[len(prefix) :], validate=True)
    except (binascii.Error, ValueError):
        return description | {"problem": "undecodable"}
    image = open_photo(data, max_pixels=MAX_PIXELS)
    if isinstance(image, Unusable):
        return description | {"problem": image.verdict}
    kind = "JPEG" if data.startswith(_JPEG) else "other"
    description |= {"format": kind, "width": image.width, "height": image.height}
    if save_image is not None and kind == "JPEG":
        description["file"] = save_image(name, data)
    return description


def _in_base64(text: str) -> str:
    return base64.b64encode(text.encode("utf-8", "surrogatepass")).decode()


def _texts(value: Json) -> Iterator[str]:
    if isinstance(value, dict):
        for name, item in value.items():
            yield name
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif value is not None and not isinstance(value, bool):
        yield str(value)

"""Turns a recorded exchange into one that the contract suite can judge, as far as the cassette knows it."""

import base64
import json
from collections.abc import Mapping
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from PIL import Image

from remo_mock.cassettes.files import RecordedExchange, is_exchange_file, read_exchange
from remo_mock.cassettes.filters import is_withheld
from remo_mock.cassettes.request_shape import CREDENTIALS, UUID
from remo_mock.contract import Contract, Json
from remo_mock.contract.suite import api
from remo_mock.exceptions import CassetteError

# Image fields that hold no image, by the recorded problem; whatever else is wrong with one, it cannot be opened.
_BROKEN_IMAGES = {"undecodable": "%"}
_NO_IMAGE = base64.b64encode(b"no picture").decode()
_GREY = 128


def suite_exchange(recorded: RecordedExchange) -> "api.Exchange":
    """Make the suite's exchange: of photos the size is known, an image that was not kept is a grey one of its size."""
    values = {name: value for name, value in (recorded.fields or {}).items() if not is_withheld(value)}
    return api.Exchange(
        label=recorded.file,
        endpoint=recorded.endpoint,
        request=_request(recorded),
        reply=_reply(recorded, values),
        failure=recorded.failure,
        withheld=frozenset((recorded.fields or {}).keys() - values.keys()),
    )


def read_recording(path: Path, content: bytes, contract: Contract) -> "list[api.Recording] | None":
    """Read a file of a cassette for the suite; return None if it is no such file. Raises `RecordingError`."""
    if not is_exchange_file(content):
        return None
    try:
        recorded = read_exchange(path, contract, content)
    except CassetteError as error:
        raise api.RecordingError(error.where, f"it {error.problem}", error.remedy) from error
    return [api.Recording(suite_exchange(recorded), layers_left_out=layers_without_data(recorded))]


def layers_without_data(recorded: RecordedExchange) -> tuple[str, ...]:
    """Return the layers of checks for which the cassette keeps too little of an exchange."""
    if recorded.status is None or recorded.fields is not None:
        return ()
    if recorded.text is None:
        return tuple(layer for layer in api.LAYERS if layer != "http")
    return ("content",) if is_withheld(recorded.text) else ()


def _request(recorded: RecordedExchange) -> "api.Request":
    uuid = recorded.sent.get(UUID)
    return api.Request(
        path=recorded.path,
        method=recorded.method,
        shown_body=json.dumps({name: _shown(name, value) for name, value in recorded.sent.items()}, ensure_ascii=False),
        content_type=recorded.content_type,
        photos={
            view: api.Photo(f"the {view} photo", known_size=(photo["width"], photo["height"]))
            for view, photo in recorded.photos.items()
            if "width" in photo
        },
        uuid=uuid if isinstance(uuid, str) else None,
    )


def _shown(name: str, value: Json) -> Json:
    if name in CREDENTIALS:
        return "<hidden>"
    return f"<{name}>" if isinstance(value, dict) else value


def _reply(recorded: RecordedExchange, values: Mapping[str, Json]) -> "api.Reply | None":
    if recorded.status is None:
        return None
    if recorded.fields is None:
        body = recorded.text or ""
    else:
        images = {name: _image(recorded, name, image) for name, image in recorded.images.items()}
        body = json.dumps({name: images.get(name, value) for name, value in values.items()})
    return api.Reply(recorded.status, dict(recorded.headers), body.encode(), decompressed=True)


def _image(recorded: RecordedExchange, name: str, image: Mapping[str, Json]) -> str:
    """Return an image field as it came, or one that is wrong in the same way."""
    prefix: str = image.get("prefix", "")
    kept = recorded.kept_image(name)
    if kept is not None:
        return prefix + base64.b64encode(kept).decode()
    if "width" not in image:
        return prefix + _BROKEN_IMAGES.get(image.get("problem", ""), _NO_IMAGE)
    return prefix + _grey_image("JPEG" if image.get("format") == "JPEG" else "PNG", image["width"], image["height"])


@lru_cache(maxsize=16)
def _grey_image(kind: str, width: int, height: int) -> str:
    buffer = BytesIO()
    Image.new("L", (width, height), _GREY).save(buffer, kind)
    return base64.b64encode(buffer.getvalue()).decode()

"""Makes exchanges of replies that were saved, and leaves out of them what somebody took out before saving."""

import base64
import binascii
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from operator import attrgetter

from remo_mock.contract import Endpoint, Json

from ..model.credentials import ENVIRONMENT, FIELDS
from ..model.exchange import Exchange, Reply, Request
from ..model.photos import BROKEN_PICTURE, Photo

# What may be taken out of a reply before it is saved, and the field of a view that holds it.
_TAKEN_OUT = {"images": attrgetter("image_field"), "coords": attrgetter("coords_field")}


class TakenOutError(ValueError):
    """Nothing of a reply has this name; the text has those that are known."""


def make_exchange(
    endpoint: Endpoint,
    request: Mapping[str, Json] | None,
    body: bytes,
    *,
    label: str,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> Exchange:
    """Make an exchange of what was saved, without the request's credentials; no request means that it is unknown."""
    sent = request or {}
    photos = {view.name: _photo(view.photo_field, sent.get(view.photo_field)) for view in endpoint.views}
    uuid = sent.get("uuid")
    shown = {name: value for name, value in sent.items() if isinstance(value, str | int | float | None)}
    shown |= {FIELDS[name]: f"${variable}" for name, variable in ENVIRONMENT.items() if FIELDS[name] in shown}
    shown |= {view.photo_field: f"<{view.photo_field}>" for view in endpoint.views if view.photo_field in shown}
    return Exchange(
        label=label,
        endpoint=endpoint,
        request=Request(
            path=endpoint.path,
            method=endpoint.method,
            shown_body=json.dumps(shown, ensure_ascii=False),
            photos={name: photo for name, photo in photos.items() if photo is not None},
            uuid=uuid if isinstance(uuid, str) else None,
            known=request is not None,
        ),
        reply=Reply(status, {name.lower(): value for name, value in (headers or {}).items()}, body),
    )


def parts_taken_out(given: str | Iterable[str]) -> tuple[str, ...]:
    """Return the words of `--without`, or of `without=`: `images`, `coords`. Raises `TakenOutError`."""
    texts = [given] if isinstance(given, str) else given
    words = tuple(dict.fromkeys(word.strip() for text in texts for word in text.split(",") if word.strip()))
    for word in words:
        if word not in _TAKEN_OUT:
            raise TakenOutError(f"without {word}: known are {', '.join(_TAKEN_OUT)}")
    return words


def parts_missing(exchange: Exchange) -> tuple[str, ...]:
    """Return the words for `--without` of which a success has no field at all: perhaps somebody took them out."""
    if exchange.kind != "success":
        return ()
    views = exchange.endpoint.views
    return tuple(word for word, name in _TAKEN_OUT.items() if not {name(view) for view in views} & exchange.names)


def withhold(exchange: Exchange, words: Iterable[str]) -> Exchange:
    """Return the exchange without these parts of its reply: they are neither missing nor judged."""
    endpoint = exchange.endpoint
    taken = {_TAKEN_OUT[word](view) for word in words for view in endpoint.views}
    angles = {name for metric in endpoint.metrics for name in (metric.value_field, metric.grade_field)}
    if not angles & exchange.names:
        # Nothing shows that it is a success, and an error has neither images nor coordinates.
        taken &= exchange.names
    return replace(exchange, withheld=exchange.withheld | taken) if taken else exchange


def _photo(name: str, text: Json) -> Photo | None:
    if not isinstance(text, str):
        return None
    try:
        photo = Photo(name, base64.b64decode(text))
        photo.picture.getbbox()
    except (binascii.Error, *BROKEN_PICTURE):
        return None
    return photo

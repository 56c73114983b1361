"""Finds parts of a cassette's file that have the wrong type, so that its readers can rely on them."""

from collections.abc import Callable, Iterator, Mapping

from remo_mock.cassettes.request_shape import IMAGE
from remo_mock.contract import MAX_PIXELS, Json

Fits = Callable[[Json], bool]

_LONGEST = 60
# Pixels of a side: more than a JPEG has.
_MOST_PIXELS = 65500


def wrong_part(document: Mapping[str, Json]) -> str | None:
    """Return the first part of an exchange's file that has the wrong type, and what it should be; or None.

    `document` has the keys `request` and `reply`.
    """
    return next(_wrong_parts(document), None)


def _wrong_parts(document: Mapping[str, Json]) -> Iterator[str]:
    yield from _wrong("", document, {"request": _OBJECT, "reply": _OBJECT})
    request, reply = document["request"], document["reply"]
    yield from _wrong("request.", request, {"method": _TEXT, "path": _TEXT, "content_type": _TEXT, "body": _BODY})
    yield from _wrong(
        "reply.",
        reply,
        {"status": _STATUS, "headers": _HEADERS, "json": _OBJECT, "text": _TEXT, "failure": _TEXT},
        optional=True,
    )
    body = request.get("body")
    if isinstance(body, dict):
        yield from _wrong("request.body.", body, dict.fromkeys(body, _DESCRIBED))
    for name, photo in _objects(request.get("body")):
        yield from _wrong(f"request.body.{name}.", photo, _DESCRIPTION, optional=True)
        yield from _together(f"request.body.{name}", photo)
    for name, value in _objects(reply.get("json")):
        if IMAGE in value:
            where, image = f"reply.json.{name}.{IMAGE}", value[IMAGE]
            yield from _wrong(f"reply.json.{name}.", value, {IMAGE: _OBJECT})
            sizes = {"width": _PIXELS, "height": _PIXELS}
            yield from _wrong(
                f"{where}.", image, sizes | dict.fromkeys(("prefix", "file", "problem"), _TEXT), optional=True
            )
            yield from _together(where, image)


def _wrong(
    where: str, part: Mapping[str, Json], types: Mapping[str, tuple[Fits, str]], *, optional: bool = False
) -> Iterator[str]:
    for name, (fits, expected) in types.items():
        if name not in part:
            if not optional:
                yield f"lacks a part: '{name}'{f' of {where[:-1]}' if where else ''}"
        elif not fits(part[name]):
            yield f"has {where}{name} {repr(part[name])[:_LONGEST]}, not {expected}"


def _together(where: str, part: Mapping[str, Json]) -> Iterator[str]:
    if ("width" in part) is not ("height" in part):
        yield f"has a width or a height of {where} alone, not both"
    elif "width" in part and part["width"] * part["height"] > MAX_PIXELS:
        yield f"has more than {MAX_PIXELS} pixels of {where}"


def _objects(value: Json) -> Iterator[tuple[str, Mapping[str, Json]]]:
    if isinstance(value, dict):
        yield from ((name, item) for name, item in value.items() if isinstance(item, dict))


def _is_whole(value: Json) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


_UNREAD = ("empty", "unreadable")
_BODY: tuple[Fits, str] = (
    lambda value: isinstance(value, dict) or (isinstance(value, str) and value in _UNREAD),
    f"an object, or {' or '.join(_UNREAD)}",
)
_DESCRIBED: tuple[Fits, str] = (
    lambda value: value is None or isinstance(value, str | dict),
    "a text, null or an object that describes what was sent",
)
_COUNT: tuple[Fits, str] = (lambda value: _is_whole(value) and value >= 0, "a whole number")
_TEXT: tuple[Fits, str] = (lambda value: isinstance(value, str), "a text")
_OBJECT: tuple[Fits, str] = (lambda value: isinstance(value, dict), "an object")
_HEADERS: tuple[Fits, str] = (
    lambda value: isinstance(value, dict) and all(isinstance(text, str) for text in value.values()),
    "an object of texts",
)
_STATUS: tuple[Fits, str] = (
    lambda value: value is None or (_is_whole(value) and 100 <= value <= 999),
    "an HTTP status from 100 to 999",
)
_PIXELS: tuple[Fits, str] = (
    lambda value: _is_whole(value) and 0 < value <= _MOST_PIXELS,
    f"from 1 to {_MOST_PIXELS} pixels",
)
_DESCRIPTION = {
    **dict.fromkeys(("type", "blake3", "problem"), _TEXT),
    **dict.fromkeys(("characters", "bytes"), _COUNT),
    **dict.fromkeys(("width", "height"), _PIXELS),
}

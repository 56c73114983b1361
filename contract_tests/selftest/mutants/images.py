"""Broken servers of the images' encoding: the prefix, the base64, and the kind of file."""

import base64
from collections.abc import Callable
from functools import partial
from io import BytesIO

from PIL import Image

from remo_mock.contract import DATA_URI_PREFIX

from ..changes import on_success, setting
from ..mutation import OTHERS, SIDE, SOME, Change, mutation
from .pages import IMAGES, with_names

_row = partial(mutation, layer="content")


def image_text(data: bytes) -> str:
    return DATA_URI_PREFIX + base64.b64encode(data).decode()


def image_data(text: str) -> bytes:
    return base64.b64decode(text.removeprefix(DATA_URI_PREFIX))


def encoded(picture: Image.Image, kind: str = "JPEG") -> bytes:
    buffer = BytesIO()
    picture.save(buffer, kind)
    return buffer.getvalue()


def each_image(change: Callable[[str], str]) -> Change:
    """Return the change of the text of every image in a success."""
    return on_success(lambda reply: reply.update({n: change(reply[n]) for n in IMAGES["A"] if n in reply}))


def _bytes(change: Callable[[bytes], bytes]) -> Change:
    return each_image(lambda text: image_text(change(image_data(text))))


def _unpadded(data: bytes) -> bytes:
    """Return bytes whose base64 needs padding."""
    return data + b"\0" * (1 if len(data) % 3 == 0 else 0)


MUTANTS = (
    _row(
        "image-no-prefix",
        "Images have no prefix.",
        "REMO-IMAGE-PREFIX",
        each_image(lambda t: t.removeprefix(DATA_URI_PREFIX)),
    ),
    _row(
        "image-png-prefix",
        "A JPEG is called PNG.",
        "REMO-IMAGE-PREFIX",
        each_image(lambda t: t.replace("jpeg", "png", 1)),
    ),
    _row(
        "image-jpg-prefix",
        "The type is no registered one.",
        "REMO-IMAGE-PREFIX",
        each_image(lambda text: text.replace("jpeg", "jpg", 1)),
        pages=OTHERS,
    ),
    _row(
        "image-prefix-with-space",
        "A space follows the prefix.",
        "REMO-IMAGE-PREFIX REMO-IMAGE-BASE64",
        each_image(lambda text: text.replace("base64,", "base64, ", 1)),
        pages=SOME,
    ),
    _row(
        "image-prefix-twice",
        "The prefix comes twice.",
        "REMO-IMAGE-PREFIX REMO-IMAGE-BASE64",
        each_image(lambda t: DATA_URI_PREFIX + t),
    ),
    _row(
        "image-prefix-without-base64",
        "The prefix does not say base64.",
        "REMO-IMAGE-PREFIX",
        each_image(lambda text: text.replace(";base64", "", 1)),
        pages=SOME,
    ),
    _row(
        "image-bytes-printed",
        "An image is printed bytes.",
        "REMO-IMAGE-PREFIX",
        each_image(lambda t: f"b'{t.removeprefix(DATA_URI_PREFIX)}'"),
    ),
    _row(
        "image-link",
        "An image is a link.",
        "REMO-IMAGE-PREFIX",
        with_names(lambda names: on_success(setting(names.image, "https://cdn.example/b.jpg"))),
    ),
    _row(
        "image-empty",
        "An image is an empty text.",
        "REMO-IMAGE-PREFIX",
        with_names(lambda names: on_success(setting(names.image, ""))),
        pages=OTHERS,
    ),
    _row(
        "image-only-prefix",
        "Nothing follows the prefix.",
        "REMO-IMAGE-BASE64 REMO-IMAGE-JPEG REMO-IMAGE-WHOLE",
        on_success(setting("sorigimg", DATA_URI_PREFIX)),
        pages=SIDE,
    ),
    _row(
        "image-url-alphabet",
        "The base64 has the alphabet of URLs.",
        "REMO-IMAGE-BASE64",
        each_image(
            lambda text: DATA_URI_PREFIX + text.removeprefix(DATA_URI_PREFIX).replace("+", "-").replace("/", "_")
        ),
    ),
    _row(
        "image-no-padding",
        "The padding is left out.",
        "REMO-IMAGE-BASE64",
        each_image(lambda text: image_text(_unpadded(image_data(text))).rstrip("=")),
    ),
    _row(
        "image-cut-base64",
        "The base64 is cut within a group.",
        "REMO-IMAGE-BASE64",
        each_image(lambda text: text[: len(DATA_URI_PREFIX) + (len(text) - len(DATA_URI_PREFIX)) // 8 * 4 + 1]),
    ),
    _row(
        "image-percent",
        "The base64 is escaped for a URL.",
        "REMO-IMAGE-BASE64",
        each_image(lambda t: t.replace("+", "%2B")),
    ),
    _row(
        "image-hex",
        "The image is hexadecimal.",
        "REMO-IMAGE-BASE64 REMO-IMAGE-JPEG",
        each_image(lambda t: DATA_URI_PREFIX + image_data(t).hex()),
    ),
    _row(
        "image-base64-twice",
        "The image is base64 of base64.",
        "REMO-IMAGE-JPEG",
        _bytes(base64.b64encode),
        pages=OTHERS,
    ),
    _row(
        "image-is-png",
        "PNG is sent as JPEG.",
        "REMO-IMAGE-JPEG",
        _bytes(lambda data: encoded(Image.open(BytesIO(data)), "PNG")),
    ),
    _row(
        "image-is-webp",
        "WebP is sent as JPEG.",
        "REMO-IMAGE-JPEG",
        _bytes(lambda data: encoded(Image.open(BytesIO(data)), "WEBP")),
        pages=OTHERS,
    ),
    _row(
        "image-is-text",
        "A message is sent as JPEG.",
        "REMO-IMAGE-JPEG",
        with_names(lambda names: on_success(setting(names.image, image_text(b"no result")))),
    ),
    _row(
        "image-cut",
        "Half of the JPEG is sent.",
        "REMO-IMAGE-WHOLE",
        _bytes(lambda data: data[: len(data) // 2 // 3 * 3]),
    ),
    _row(
        "image-cut-late",
        "The JPEG's last tenth is missing.",
        "REMO-IMAGE-WHOLE",
        _bytes(lambda d: d[: len(d) * 9 // 10]),
        pages=SOME,
    ),
    _row(
        "image-header-only",
        "Only the JPEG's header is sent.",
        "REMO-IMAGE-WHOLE REMO-IMAGE-JPEG",
        _bytes(lambda d: d[:600]),
        pages=OTHERS,
    ),
)

"""Broken servers of what the images show: which photo, which way up, and whether anything is drawn on it."""

import base64
from collections.abc import Callable
from functools import partial
from io import BytesIO

from PIL import Image, ImageOps

from remo_mock.contract import DATA_URI_PREFIX

from ..changes import copying, exchanging, in_success, of_before, on_success, turning
from ..mutation import BACK, OTHERS, SIDE, SOME, A, Change, E, Fields, Memory, ReceivedRequest, mutation
from .images import each_image, encoded, image_data, image_text
from .pages import IMAGES

_row = partial(mutation, layer="content")


def _picture(change: Callable[[Image.Image], Image.Image], *, only: str | None = None) -> Change:
    """Return the change of the pictures in all image fields, or in one."""

    def changed(text: str) -> str:
        with Image.open(BytesIO(image_data(text))) as picture:
            return image_text(encoded(change(picture.convert("RGB"))))

    return each_image(changed) if only is None else on_success(turning(only, changed))


def photo_of(request: ReceivedRequest, name: str) -> Image.Image:
    with Image.open(BytesIO(base64.b64decode(request.fields[name]))) as picture:
        return picture.convert("RGB")


def _from_photo(change: Callable[[Image.Image], Image.Image], *names: str) -> Change:
    """Return the change that replaces the drawn image by a picture made of the photo that was sent."""

    def edit(request: ReceivedRequest, reply: Fields, _memory: Memory) -> None:
        for name in names or IMAGES[request.page]:
            reply[name] = image_text(encoded(change(photo_of(request, name))))

    return in_success(edit)


def _as_sent(request: ReceivedRequest, reply: Fields, _memory: Memory) -> None:
    for name in IMAGES[request.page]:
        reply[name] = DATA_URI_PREFIX + request.fields[name]


def _blank(picture: Image.Image) -> Image.Image:
    return Image.new("RGB", picture.size, (128, 128, 128))


def _swapped_channels(picture: Image.Image) -> Image.Image:
    red, green, blue = picture.split()
    return Image.merge("RGB", (blue, green, red))


def _cropped(picture: Image.Image) -> Image.Image:
    width, height = picture.size
    return picture.crop((width // 4, height // 4, width * 3 // 4, height * 3 // 4)).resize(picture.size)


def _half(picture: Image.Image) -> Image.Image:
    return picture.resize((picture.width // 2, picture.height // 2))


def _top_only(picture: Image.Image) -> Image.Image:
    copy = _blank(picture)
    copy.paste(picture.crop((0, 0, picture.width, picture.height // 3)), (0, 0))
    return copy


MUTANTS = (
    _row("image-half-size", "The image has half the size.", "REMO-IMAGE-SIZE", _picture(_half), exact=True),
    _row(
        "image-blank",
        "The image is grey all over.",
        "REMO-IMAGE-PHOTO",
        _picture(_blank),
    ),
    _row(
        "image-squared",
        "Every image is made square.",
        "REMO-IMAGE-SHAPE",
        _picture(lambda picture: picture.resize((512, 512))),
    ),
    _row(
        "image-squeezed",
        "The image has half the width.",
        "REMO-IMAGE-SHAPE",
        _picture(lambda picture: picture.resize((picture.width // 2, picture.height))),
        pages=OTHERS,
    ),
    _row("image-of-one-pixel", "The image is one pixel.", "REMO-IMAGE-PHOTO", _picture(lambda p: p.resize((1, 1)))),
    _row("image-top-only", "Only the upper third came through.", "REMO-IMAGE-PHOTO", _picture(_top_only), pages=SOME),
    _row("image-cropped", "The image is a part, blown up.", "REMO-IMAGE-PHOTO", _picture(_cropped)),
    _row("image-negative", "The image is a negative.", "REMO-IMAGE-PHOTO", _picture(ImageOps.invert), pages=OTHERS),
    _row("image-channels", "Red and blue are exchanged.", "REMO-IMAGE-PHOTO", _picture(_swapped_channels)),
    _row(
        "image-one-blank", "The side image is grey.", "REMO-IMAGE-PHOTO", _picture(_blank, only="sorigimg"), pages=SIDE
    ),
    _row("image-mirrored", "The image is mirrored.", "REMO-IMAGE-MIRRORED", _picture(ImageOps.mirror)),
    _row(
        "image-mirrored-side",
        "The side image is mirrored.",
        "REMO-IMAGE-MIRRORED",
        _picture(ImageOps.mirror, only="sorigimg"),
        pages=SIDE,
    ),
    _row(
        "image-upside-down",
        "The image stands on its head.",
        "REMO-IMAGE-MIRRORED",
        _picture(lambda p: p.rotate(180)),
        pages=OTHERS,
    ),
    _row(
        "image-lying",
        "The image lies on its side.",
        "REMO-IMAGE-MIRRORED REMO-IMAGE-PHOTO",
        _picture(lambda picture: picture.rotate(90, expand=True)),
    ),
    _row("image-untouched", "The photo comes back as it was sent.", "REMO-IMAGE-DRAWN", in_success(_as_sent)),
    _row("image-undrawn", "The photo comes back with nothing drawn.", "REMO-IMAGE-DRAWN", _from_photo(lambda p: p)),
    _row(
        "image-side-undrawn",
        "Nothing is drawn on the side.",
        "REMO-IMAGE-DRAWN",
        _from_photo(lambda p: p, "sorigimg"),
        pages=SIDE,
    ),
    _row(
        "image-back-undrawn",
        "Nothing is drawn on the back.",
        "REMO-IMAGE-DRAWN",
        _from_photo(lambda p: p, "borigimg"),
        pages=BACK,
    ),
    _row(
        "image-views-swapped",
        "Front and back change places.",
        "REMO-IMAGE-VIEW",
        on_success(exchanging("forigimg", "borigimg")),
        pages=A,
    ),
    _row(
        "image-side-in-front",
        "Front and side change places.",
        "REMO-IMAGE-VIEW",
        on_success(exchanging("forigimg", "sorigimg")),
        pages=A + E,
    ),
    _row(
        "image-one-for-all",
        "The front is sent three times.",
        "REMO-IMAGE-VIEW",
        on_success(copying("forigimg", "sorigimg", "borigimg")),
        pages=A,
    ),
    _row(
        "image-back-is-front",
        "The back is the front's.",
        "REMO-IMAGE-VIEW",
        on_success(copying("forigimg", "borigimg")),
        pages=A,
    ),
    _row("image-of-before", "The image is of the request before.", "REMO-IMAGE-PHOTO", of_before(IMAGES)),
)

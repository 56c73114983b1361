"""Variations of results: other encoders, other drawings, other notations, other values."""

import json
import re
from collections.abc import Callable
from io import BytesIO
from itertools import pairwise
from typing import Any

from PIL import Image, ImageDraw

from .changes import in_success, on_bytes
from .mutants.coords import Pairs, coords_text, each_view, with_joint
from .mutants.images import each_image, encoded, image_data, image_text
from .mutants.pages import COORDS, IMAGES, METRICS, grade
from .mutants.pictures import photo_of
from .mutation import Change, Fields, Memory, ReceivedRequest, variation

# Joints from the right hand over the shoulders to the left hand, and from the right foot over the hips to the left.
_BONES = (4, 3, 2, 1, 5, 6, 7, 6, 5, 1, 14, 8, 9, 10, 9, 8, 14, 11, 12, 13)


def _values(change: Callable[[float], float]) -> Change:
    """Return the change of every value, with the grades by the endpoint's own page."""

    def edit(request: ReceivedRequest, reply: Fields, _memory: Memory) -> None:
        for name in METRICS[request.page]:
            reply[f"{name}_m_"] = value = change(reply[f"{name}_m_"])
            reply[f"{name}_grade"] = grade(name, value, request.page)

    return in_success(edit)


def _jitter(request: ReceivedRequest, reply: Fields, memory: Memory) -> None:
    """Measure a little differently each time, as a model on another machine may."""
    for name in METRICS[request.page]:
        step = (memory.count("values") * 37 % 11 - 5) / 100
        reply[f"{name}_m_"] = value = round(reply[f"{name}_m_"] + step, 3)
        reply[f"{name}_grade"] = grade(name, value, request.page)


def _shaking(request: ReceivedRequest, reply: Fields, memory: Memory) -> None:
    """Find each joint a pixel beside its last place."""
    aside = memory.count("joints") % 3 - 1
    for name in COORDS[request.page]:
        reply[name] = json.dumps([[x + aside, y - aside] for x, y in json.loads(reply[name])])


def _saved_as(**options: Any) -> Change:
    """Return the change that saves the drawn images with other options of the encoder."""

    def saved(text: str) -> str:
        buffer = BytesIO()
        with Image.open(BytesIO(image_data(text))) as picture:
            picture.save(buffer, "JPEG", **options)
        return image_text(buffer.getvalue())

    return each_image(saved)


def _of_several(text: str) -> str:
    buffer = BytesIO()
    with Image.open(BytesIO(image_data(text))) as picture:
        picture.save(buffer, "MPO", save_all=True, append_images=[picture.resize((120, 160))])
    return image_text(buffer.getvalue())


def _own_drawing(request: ReceivedRequest, reply: Fields, _memory: Memory) -> None:
    """Draw something plainer: a dot on each joint."""
    for image, coords in zip(IMAGES[request.page], COORDS[request.page], strict=True):
        picture = photo_of(request, image)
        pencil = ImageDraw.Draw(picture)
        for x, y in json.loads(reply[coords]):
            pencil.ellipse([x - 8, y - 8, x + 8, y + 8], fill=(255, 0, 0))
        reply[image] = image_text(encoded(picture))


def _lines_only(request: ReceivedRequest, reply: Fields, _memory: Memory) -> None:
    """Draw level lines through shoulders, hips and knees, and an axis; no joint has a mark of its own."""
    for image, coords in zip(IMAGES[request.page], COORDS[request.page], strict=True):
        picture, joints = photo_of(request, image), json.loads(reply[coords])
        pencil = ImageDraw.Draw(picture)
        for one, other in ((2, 5), (8, 11), (9, 12)):
            (left, left_y), (right, right_y) = joints[one], joints[other]
            pencil.line([left - 60, left_y, right + 60, right_y], fill=(40, 200, 60), width=4)
            pencil.line([left + 60, left_y, right - 60, right_y], fill=(40, 200, 60), width=4)
        pencil.line([joints[0][0], joints[0][1], joints[14][0], joints[10][1]], fill=(250, 240, 90), width=5)
        reply[image] = image_text(encoded(picture))


def _thin_drawing(request: ReceivedRequest, reply: Fields, _memory: Memory) -> None:
    """Draw thin white bones."""
    for image, coords in zip(IMAGES[request.page], COORDS[request.page], strict=True):
        picture, joints = photo_of(request, image), json.loads(reply[coords])
        pencil = ImageDraw.Draw(picture)
        for start, end in pairwise(_BONES):
            pencil.line([*joints[start], *joints[end]], fill=(255, 255, 255), width=3)
        reply[image] = image_text(encoded(picture))


def _crossed(pairs: Pairs) -> Pairs:
    other = {4: 7, 7: 4, 10: 13, 13: 10}
    return [pairs[other.get(at, at)] for at in range(len(pairs))]


def _head_turned(pairs: Pairs) -> Pairs:
    """Bring eyes and ears into one line, the left ones a little right of the others."""
    middle = pairs[19][0]
    aside = {17: -3, 18: -2, 20: 3, 21: 2}
    return [[middle + aside[at], y] if at in aside else [x, y] for at, (x, y) in enumerate(pairs)]


def _without_left_arm(pairs: Pairs) -> Pairs:
    return [[-1, -1] if at in (5, 6, 7) else pair for at, pair in enumerate(pairs)]


def _all_half(request: ReceivedRequest, reply: Fields, _memory: Memory) -> None:
    """Draw on a photo of half the size, and return the joints' places on that one (L24)."""
    for image, coords in zip(IMAGES[request.page], COORDS[request.page], strict=True):
        reply[image] = _half_size(reply[image])
        reply[coords] = json.dumps([[x // 2, y // 2] for x, y in json.loads(reply[coords])])


def _half_size(text: str) -> str:
    with Image.open(BytesIO(image_data(text))) as picture:
        return image_text(encoded(picture.resize((picture.width // 2, picture.height // 2))))


def _by_exponent(body: bytes) -> bytes:
    return re.sub(rb'(_m_":)(-?[0-9.]+)', lambda found: found[1] + b"%e" % float(found[2]), body)


VARIATIONS = (
    variation("jpeg-quality-40", "No page states a quality.", _saved_as(quality=40)),
    variation("jpeg-quality-98", "No page states a quality.", _saved_as(quality=98, subsampling=0)),
    variation("jpeg-progressive", "A progressive JPEG is one.", _saved_as(progressive=True, quality=80)),
    variation("jpeg-with-comment", "A JPEG may carry a comment.", _saved_as(comment=b"drawn by another machine")),
    variation("jpeg-of-several", "Telephones put several pictures into a JPEG.", each_image(_of_several)),
    variation("own-drawing", "No page says how the result is drawn.", in_success(_own_drawing)),
    variation("lines-only", "No page says how the result is drawn.", in_success(_lines_only)),
    variation("thin-drawing", "No page says how the result is drawn.", in_success(_thin_drawing)),
    variation("half-size-all", "The joints may be those of the drawn image (L24).", in_success(_all_half)),
    variation("jpeg-quality-12", "No page states a quality.", _saved_as(quality=12)),
    variation("limbs-crossed", "Hands and ankles are crossed.", each_view(_crossed)),
    variation("head-turned", "A head may be turned aside.", each_view(_head_turned)),
    variation("half-size-image", "The drawn image's size is not stated (L24).", each_image(_half_size)),
    variation(
        "coords-compact",
        "White space means nothing in JSON.",
        coords_text(lambda text: text.replace(" ", "")),
    ),
    variation(
        "coords-indented",
        "White space means nothing in JSON.",
        coords_text(lambda text: json.dumps(json.loads(text), indent=1)),
    ),
    variation(
        "coords-floats",
        "No table says that joints are whole pixels.",
        each_view(lambda p: [[x + 0.25, y + 0.5] for x, y in p]),
    ),
    variation(
        "coords-whole-floats", "420.0 is 420.", each_view(lambda pairs: [[float(x), float(y)] for x, y in pairs])
    ),
    variation("joint-not-seen", "Observed on a predecessor (L46).", each_view(with_joint(4, [-1, -1]))),
    variation(
        "face-not-seen",
        "From behind, no face is seen (L46).",
        each_view(lambda pairs: [*pairs[:16], *[[-1, -1]] * 6]),
    ),
    variation("arm-not-seen", "From the side, one arm hides the other (L46).", each_view(_without_left_arm)),
    variation("coords-shaking", "A model may find joints a pixel beside their last place.", in_success(_shaking)),
    variation("whole-values", "0 is a float in JSON.", _values(lambda value: int(value))),
    variation("values-jitter", "A model may measure a little differently.", in_success(_jitter)),
    variation("values-of-danger", "Every value may be beyond the last band.", _values(lambda _: 47.5)),
    variation("values-negative", "A value may be far below zero.", _values(lambda _: -33.25)),
    variation("values-minus-zero", "-0.0 is zero.", _values(lambda _: -0.0)),
    variation(
        "values-two-decimals", "The number of decimals is not stated (L21).", _values(lambda value: round(value, 2))
    ),
    variation(
        "values-many-decimals", "The number of decimals is not stated (L21).", _values(lambda value: value / 1.7)
    ),
    variation("values-by-exponent", "An exponent is one way to write a number.", on_bytes(_by_exponent)),
)

"""Broken servers of drawn images and joints, view by view."""

import json
from collections.abc import Callable, Iterator
from functools import partial
from io import BytesIO
from typing import Any

from PIL import Image, ImageOps

from remo_mock.contract import DATA_URI_PREFIX, Endpoint, Json, View

from ...model.check import Layer
from ..changes import copying, exchanging, in_success, of_the_first, on_success, turning
from ..mutants.coords import Pairs, with_joint
from ..mutants.images import encoded, image_data, image_text
from ..mutants.joints import moved, other_side, upside_down
from ..mutants.limbs import exchanged
from ..mutation import Change, Fields, Memory, Mutation, ReceivedRequest, mutation

_FAR = 99_999
# Pixels: beside everybody who stands in a photo of the kit's.
_BESIDE = 90
_SQUARE = 512
# Name, what is broken, the check, whether our own mock alone promises it, and the change of an image's text.
_IMAGES: tuple[tuple[str, str, str, bool, Callable[[str], str]], ...] = (
    ("no-prefix", "has no prefix", "PREFIX", False, lambda text: text.removeprefix(DATA_URI_PREFIX)),
    ("not-base64", "is no base64", "BASE64", False, lambda text: text.replace("A", "*")),
    ("png", "is a PNG", "JPEG", False, lambda text: _picture(text, lambda picture: picture, "PNG")),
    ("cut", "is cut off", "WHOLE", False, lambda text: image_text(image_data(text)[: len(text) // 3])),
    ("half-size", "has half the size", "SIZE", True, lambda text: _picture(text, _halved)),
    ("squared", "is made square", "SHAPE", False, lambda text: _picture(text, lambda p: p.resize((_SQUARE, _SQUARE)))),
    ("blank", "is grey all over", "PHOTO", False, lambda text: _picture(text, _grey)),
    ("mirrored", "is mirrored", "MIRRORED", False, lambda text: _picture(text, ImageOps.mirror)),
)
# Name, what is broken, the check, whether our own mock alone promises it, and the change of the joints.
_JOINTS: tuple[tuple[str, str, str, bool, Callable[[Pairs], Any]], ...] = (
    ("none", "has no joint", "COUNT", False, lambda _: []),
    ("21", "lacks the last joint", "COUNT", False, lambda pairs: pairs[:-1]),
    ("23", "has a joint too many", "COUNT", False, lambda pairs: [*pairs, pairs[0]]),
    ("null-joint", "has null for a joint", "PAIRS", False, with_joint(4, None)),
    ("texts", "has numbers as texts", "PAIRS", False, lambda pairs: [[str(x), str(y)] for x, y in pairs]),
    ("triples", "has a third number for each joint", "PAIRS", False, lambda pairs: [[x, y, 1] for x, y in pairs]),
    ("object", "is an object", "JSON", False, lambda pairs: dict(enumerate(pairs))),
    ("right-of-photo", "has a joint right of the photo", "PHOTO", False, with_joint(4, [_FAR, 400])),
    ("above-photo", "has a joint above the photo", "PHOTO", False, with_joint(0, [400, -3])),
    ("not-seen", "has -1, -1 for a joint", "PHOTO", True, with_joint(16, [-1, -1])),
    ("nowhere", "has 0, 0 for a joint", "FOUND", False, with_joint(4, [0, 0])),
    ("one-place", "has all joints in one place", "SPREAD", False, lambda pairs: [pairs[14]] * len(pairs)),
    ("upside-down", "has a y that grows upwards", "UPRIGHT", False, upside_down),
    ("limbs", "has ankles for knees", "LIMBS", False, exchanged((9, 10), (12, 13))),
    ("beside", "lies beside the person", "DRAWN", False, moved(_BESIDE, 0)),
    ("between-pixels", "has parts of pixels", "INTEGER", True, lambda pairs: [[x + 0.5, y] for x, y in pairs]),
)
_LEFT_AND_RIGHT = ("front", "back")


def result_mutants(endpoint: Endpoint, _data: Json) -> Iterator[Mutation]:
    """Yield the broken servers of an endpoint's images and joints."""
    page = endpoint.name

    def row(name: str, broken: str, fires: str, change: Change, **options: Any) -> Mutation:
        layer: Layer = options.pop("layer", "content")
        return mutation(f"{page}-{name}", broken, fires, change, layer=layer, pages=(page,), **options)

    for view in endpoint.views:
        image, coords = view.image_field, view.coords_field
        for name, broken, check, exact, text in _IMAGES:
            told = f"REMO-IMAGE-{check}"
            yield row(f"{image}-{name}", f"{image} {broken}.", told, on_success(turning(image, text)), exact=exact)
        undrawn = in_success(partial(_as_sent, view))
        yield row(f"{image}-undrawn", f"{image} is the photo as it was sent.", "REMO-IMAGE-DRAWN", undrawn)
        for name, broken, check, exact, joints in _JOINTS:
            told = f"REMO-COORDS-{check}"
            yield row(f"{coords}-{name}", f"{coords} {broken}.", told, _joints(view, joints), exact=exact)
        cut = on_success(turning(coords, lambda text: text[:-9]))
        yield row(f"{coords}-cut", f"{coords} is cut off.", "REMO-COORDS-JSON", cut)
        if view.name in _LEFT_AND_RIGHT:
            sides = _joints(view, other_side)
            yield row(f"{coords}-sides", f"{coords} has the viewer's left and right.", "REMO-COORDS-SIDES", sides)
        first = of_the_first({page: (coords,)})
        stale = "REMO-COORDS-STALE REMO-COORDS-DRAWN"
        yield row(f"{coords}-stale", f"{coords} is that of the first photo.", stale, first, layer="request")
    for one, other in zip(endpoint.views, endpoint.views[1:], strict=False):
        name = f"{one.image_field}-{other.image_field}"
        swapped = on_success(exchanging(one.image_field, other.image_field))
        yield row(f"{name}-swapped", "Two images change places.", "REMO-IMAGE-VIEW", swapped)
        name = f"{one.coords_field}-{other.coords_field}"
        same = on_success(copying(one.coords_field, other.coords_field))
        yield row(f"{name}-alike", "Two views have the same joints.", "REMO-COORDS-VIEW", same)


def _joints(view: View, change: Callable[[Pairs], Any]) -> Change:
    return on_success(turning(view.coords_field, lambda text: json.dumps(change(json.loads(text)))))


def _as_sent(view: View, request: ReceivedRequest, reply: Fields, _memory: Memory) -> None:
    reply[view.image_field] = DATA_URI_PREFIX + request.fields[view.photo_field]


def _picture(text: str, change: Callable[[Image.Image], Image.Image], kind: str = "JPEG") -> str:
    with Image.open(BytesIO(image_data(text))) as picture:
        return image_text(encoded(change(picture.convert("RGB")), kind))


def _halved(picture: Image.Image) -> Image.Image:
    return picture.resize((picture.width // 2, picture.height // 2))


def _grey(picture: Image.Image) -> Image.Image:
    return Image.new("RGB", picture.size, (128, 128, 128))

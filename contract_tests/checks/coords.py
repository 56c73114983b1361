"""Checks of the skeleton coordinates: 22 joints, as pairs in a string, on the photo, where the result is drawn."""

import json
import math
from collections.abc import Iterator

from PIL import Image

from remo_mock.contract import Documents, Endpoint, Json, View

from ..model.check import (
    SUCCESS,
    SUCCESS_WITH_PICTURE,
    Check,
    Context,
    Evidence,
    Finding,
    Judge,
    LedgerReading,
    Problem,
    Selector,
    each,
)
from ..model.exchange import Exchange, is_finite
from ..model.promises import show, success_promises
from .check_factory import CheckFactory
from .drawn_images import hits, marks, share
from .images import LEAST_DRAWN, pictures

Points = list[tuple[float, float]]

# What a predecessor of the API sent for a joint that is not seen (L46).
UNSEEN = (-1.0, -1.0)
# Joints by index (contract.md section 2, from the vendor's page on the split API).
JOINTS = 22
NECK, PELVIS = 1, 14
# The vendor's own pictures have marks on these; arms and faces may have none.
_DRAWN_JOINTS = (NECK, 2, 5, 8, 9, 10, 11, 12, 13, PELVIS)
# Shares of joints on marks: enough, none, and clearly more elsewhere; shifts are in parts of the photo.
_LEAST_HITS = 0.65
_NO_HITS = 0.1
_A_TOUCH, _LEAST_TOUCHED = 0.1, 0.85
_CLEARLY = 0.3
_SHIFTS = (0, *(sign * part / 100 for part in range(2, 21, 2) for sign in (-1, 1)))
# Pixels: in a narrower drawing nobody can tell what it marks.
_LEAST_WIDTH = 120


def coords_checks(documents: Documents, endpoint: Endpoint) -> Iterator[Check]:
    """Yield the checks of the coordinates."""
    promise = success_promises(documents, endpoint)[endpoint.views[0].coords_field]

    factory = CheckFactory(documents, endpoint, "content", "REMO-COORDS-")

    def check(name: str, title: str, evidence: Evidence, select: Selector, judge: Judge) -> Check:
        return factory.check(name, title, promise.origin, select, judge, evidence=evidence)

    yield check("JSON", "the coordinates are a JSON array in a string", "table", SUCCESS, each(_json))
    yield check("COUNT", f"there are {JOINTS} joints", "example", SUCCESS, each(_count))
    yield check("PAIRS", "each joint is [x, y], two numbers", "example", SUCCESS, each(_pairs))
    yield check("INTEGER", "coordinates are whole numbers", "assumed", SUCCESS, each(_integer))
    yield check("PHOTO", "every joint lies on the photo", "example", SUCCESS, each(_on_photo))
    yield check("DRAWN", "the result is drawn where the joints are", "table", SUCCESS_WITH_PICTURE, each(_at_joints))
    if len(endpoint.views) > 1:
        yield check("VIEW", "each view has coordinates of its own", "table", SUCCESS, each(_own_view))


def parsed(exchange: Exchange, view: View) -> Json:
    """Return the parsed coordinates of a view; an array that is not inside a string counts as well."""
    value = exchange.fields.get(view.coords_field)
    if isinstance(value, str):
        try:
            return json.loads(value)
        except (ValueError, RecursionError):
            return None
    return value


def points(exchange: Exchange) -> Iterator[tuple[View, Points]]:
    """Yield the coordinates of each view that has 22 pairs of finite numbers."""
    for view in exchange.endpoint.views:
        joints = parsed(exchange, view)
        if isinstance(joints, list) and len(joints) == JOINTS and all(_is_pair(joint) for joint in joints):
            yield view, [(float(x), float(y)) for x, y in joints]


def seen(joint: tuple[float, float]) -> bool:
    """Tell whether a joint was found on the photo (L46)."""
    return joint != UNSEEN


def _is_pair(joint: Json) -> bool:
    return isinstance(joint, list) and len(joint) == 2 and all(is_finite(value) for value in joint)


def _json(exchange: Exchange, _context: Context) -> Iterator[Finding]:
    for view in exchange.endpoint.views:
        value = exchange.fields.get(view.coords_field)
        if isinstance(value, str) and not isinstance(parsed(exchange, view), list):
            yield Problem("a JSON array in a string", f"{view.coords_field}: {show(value)}")


def _count(exchange: Exchange, _context: Context) -> Iterator[Finding]:
    for view in exchange.endpoint.views:
        joints = parsed(exchange, view)
        if isinstance(joints, list) and len(joints) != JOINTS:
            yield Problem(f"{JOINTS} joints", f"{view.coords_field} has {len(joints)}")


def _pairs(exchange: Exchange, _context: Context) -> Iterator[Finding]:
    for view in exchange.endpoint.views:
        joints = parsed(exchange, view)
        bad = [joint for joint in joints if not _is_pair(joint)] if isinstance(joints, list) else []
        if bad:
            yield Problem("[x, y], two numbers", f"{view.coords_field}: {show(bad[0])}")


def _integer(exchange: Exchange, _context: Context) -> Iterator[Finding]:
    for view, joints in points(exchange):
        if any(value != int(value) for joint in joints for value in joint):
            yield Problem("whole numbers, as in the examples", f"{view.coords_field} has fractions", "note")


def _on_photo(exchange: Exchange, _context: Context) -> Iterator[Finding]:
    images = {view.name: drawn.size for view, drawn, _ in pictures(exchange)}
    for view, joints in points(exchange):
        unseen = [str(index) for index, joint in enumerate(joints) if not seen(joint)]
        if unseen:
            yield LedgerReading("L46", "[-1, -1]")
            got = f"{view.coords_field}: joint {', '.join(unseen)} at [-1, -1], as if not seen"
            yield Problem("joints on the photo", got, "note")
        photo = exchange.request.photos.get(view.name)
        if photo is None or photo.spoilt is not None:
            # The photo's size is not known.
            size, expected = (math.inf, math.inf), "0 <= x, 0 <= y"
        else:
            sizes = (photo.size, images.get(view.name) or (0, 0))
            width, height = (max(sides) for sides in zip(*sizes, strict=True))
            size, expected = (width, height), f"0 <= x < {width}, 0 <= y < {height}"
        outside = [(index, joint) for index, joint in enumerate(joints) if seen(joint) and not _inside(joint, size)]
        if outside:
            index, (x, y) = outside[0]
            yield Problem(expected, f"{view.coords_field}[{index}] is [{x:g}, {y:g}]")


def _inside(joint: tuple[float, float], size: tuple[float, float]) -> bool:
    return 0 <= joint[0] < size[0] and 0 <= joint[1] < size[1]


def _own_view(exchange: Exchange, _context: Context) -> Iterator[Finding]:
    found = list(points(exchange))
    for at, (view, joints) in enumerate(found):
        for other, others in found[:at]:
            if joints == others:
                yield Problem("coordinates of their own", f"{view.coords_field} repeats {other.coords_field}")


def _at_joints(exchange: Exchange, _context: Context) -> Iterator[Finding]:
    shown = {view.name: (drawn, photo) for view, drawn, photo in pictures(exchange)}
    for view, joints in points(exchange):
        if view.name not in shown:
            continue
        drawn, photo = shown[view.name]
        if drawn.picture is None or drawn.size is None or drawn.size[0] < _LEAST_WIDTH:
            continue
        mask = marks(photo, drawn.picture)
        if share(mask) < LEAST_DRAWN:
            continue
        body = [joints[at] for at in _DRAWN_JOINTS if seen(joints[at])]
        if not body:
            continue
        best = max(hits(mask, body, photo.size), hits(mask, body, drawn.size))
        # Pale lines fill few joints anywhere, and thin ones touch them all; the drawing of another photo fits better
        # elsewhere.
        touched = max(hits(mask, body, size, filled=_A_TOUCH) for size in (photo.size, drawn.size))
        if best >= _LEAST_HITS or touched >= _LEAST_TOUCHED:
            continue
        if best <= _NO_HITS or _elsewhere(mask, body, photo.size) >= best + _CLEARLY:
            yield Problem(
                f"marks on the joints of {view.coords_field}",
                f"{view.image_field} is marked at {best:.0%} of them: what is drawn belongs elsewhere",
            )


def _elsewhere(mask: Image.Image, joints: Points, size: tuple[int, int]) -> float:
    """Return the best share of joints on marks if all joints are moved by up to a fifth of the photo."""
    width, height = size
    moved = ([(x + right * width, y + down * height) for x, y in joints] for right in _SHIFTS for down in _SHIFTS)
    return max(hits(mask, shifted, size) for shifted in moved)

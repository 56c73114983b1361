"""Places the joints of a person seen from the side."""

from __future__ import annotations

from collections.abc import Callable

from PIL import Image

from remo_mock.photos.person.body import Body, Point, legs, whole, widest
from remo_mock.photos.person.proportions import AHEAD, ANKLES, PAIRED, SINGLE
from remo_mock.photos.person.silhouette import Run

CLEAR_TOES = 0.03
"""How much farther toes and nose reach ahead than heel and neck behind, in heights, where the outline is good."""
CLEAR_FACE = 12
"""Levels of red by which skin is brighter than hair."""
FACE = (0.15, 0.25, 0.35)
"""Where a head is looked at, in its breadths from the outline."""
SUREST = (1.5, 2.0)
"""The most that toes and face count, in what is clear: a stride turns the outline of the feet, and no face."""

OUTER_LEGS: tuple[Callable[[tuple[Run, ...]], Run], ...] = (lambda row: legs(row)[0], lambda row: legs(row)[1])


def side_landmarks(body: Body, image: Image.Image) -> tuple[dict[str, Point], int]:
    """Return the joints by name, in pixels, and where the person looks (1, -1).

    Left ones are where the right ones are, but for the legs in a stride: which one is ahead is not seen, and said to
    be the left one. `image` is the photo.
    """
    head = body.middle(0.91, 0.95, widest)
    facing = _facing(body, image)
    heights = SINGLE | {joint: up for joint, (_, up) in PAIRED.items()} | {"Ankle": ANKLES["side"]}
    places = {}
    for joint, up in heights.items():
        middle = body.middle(up - 0.015, up + 0.015, widest, default=head)
        if joint in ("HeadTop", "Ear", "Eye", "Nose", "Lips"):
            middle = head
        places[joint] = body.pixels(middle + facing * AHEAD.get(joint, 0.0) * body.unit, up)
    landmarks = {joint: places[joint] for joint in SINGLE}
    landmarks |= {f"{side}{joint}": places[joint] for joint in PAIRED for side in ("Left", "Right")}
    for joint, low, high in (("Knee", heights["Knee"] - 0.015, heights["Knee"] + 0.015), ("Ankle", 0.11, 0.14)):
        for side, choose in zip(("Right", "Left")[::facing], OUTER_LEGS, strict=True):
            x = body.middle(low, high, choose, default=head)
            landmarks[f"{side}{joint}"] = body.pixels(x, heights[joint])
    return landmarks, facing


def _facing(body: Body, image: Image.Image) -> int:
    """Return where the person looks: 1 to the picture's right, -1 to its left."""
    # The outline of feet is the first that is lost before a floor of their colour; hair is darker than most faces.
    signs = (_toes(body) / CLEAR_TOES, _face(body, image) / CLEAR_FACE)
    return 1 if sum(min(max(sign, -most), most) for sign, most in zip(signs, SUREST, strict=True)) >= 0 else -1


def _toes(body: Body) -> float:
    """Return how much farther toes and nose reach to the right than to the left, in heights."""
    parts = [(0.0, 0.04, body.middle(0.1, 0.15, choose), choose) for choose in OUTER_LEGS]
    parts.append((0.89, 0.93, body.middle(0.93, 0.97, widest), whole))
    votes, count = 0.0, 1
    for low, high, middle, choose in parts:
        rows = [row for row in body.silhouette.rows[body.row(high) : body.row(low) + 1] if row]
        # Each leg counts half: those that stand together are one.
        share = 1.0 if choose is whole else 0.5
        votes += share * sum((choose(row)[1] - middle) - (middle - choose(row)[0]) for row in rows)
        count = max(count, len(rows))
    return votes / count / body.unit


def _face(body: Body, image: Image.Image) -> float:
    """Return how much redder the right half of the head is than the left one, in levels."""
    steps = []
    for number in range(body.row(0.96), body.row(0.87) + 1):
        row = body.silhouette.rows[number] if number < len(body.silhouette.rows) else ()
        if row:
            start, end = widest(row)
            up = 1 - (number + 0.5) / body.height
            for share in FACE:
                right, left = (
                    _red(image, body.pixels(x, up))
                    for x in (end - share * (end - start), start + share * (end - start))
                )
                steps.append(right - left)
    return sum(steps) / len(steps) if steps else 0.0


def _red(image: Image.Image, place: Point) -> int:
    x, y = (min(max(round(value), 0), size - 1) for value, size in zip(place, image.size, strict=True))
    colour = image.getpixel((x, y))
    return colour[0] if isinstance(colour, tuple) else 0

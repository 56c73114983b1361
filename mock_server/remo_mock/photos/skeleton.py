"""Poses a skeleton so that each measure has its degrees, and reads a measure off a skeleton."""

from __future__ import annotations

import math
from collections.abc import Mapping

from remo_mock.photos.joints import JOINTS, Skeleton
from remo_mock.photos.lines import LINES
from remo_mock.photos.person.figure import Figure


def pose(figure: Figure, *, view: str, measures: Mapping[str, float], size: tuple[int, int]) -> Skeleton:
    """Turn the figure's lines until each measure has its degrees; return the joints in whole pixels inside the picture.

    `measures` maps measure names to degrees; all of them hold at once. Lines turn about their centres, so that joints
    move as little as possible. A measure that is absent leaves its line unchanged, and a measure that has no line in
    `view` is ignored. `size` is (width, height); a joint beyond the picture is moved to its edge.
    """
    width, height = size
    to_left = _direction(view=view, facing=figure.facing)
    points = {name: complex(x * to_left, -y) for name, (x, y) in figure.landmarks.items()}
    for measure, line in LINES[view].items():
        if measure in measures:
            line.turn(points, math.radians(measures[measure]) - line.read(points))
    return tuple(
        (
            min(max(round(points[name].real * to_left), 0), width - 1),
            min(max(round(-points[name].imag), 0), height - 1),
        )
        for name in JOINTS
    )


def angle(skeleton: Skeleton, *, view: str, measure: str) -> float:
    """Read one measure off a skeleton, in degrees: the inverse of `pose`, up to the rounding to whole pixels.

    Raises `KeyError` for a measure that has no line in `view`.
    """
    joints = dict(zip(JOINTS, skeleton, strict=True))
    looks_right = 2 * joints["Nose"][0] >= joints["LeftEar"][0] + joints["RightEar"][0]
    to_left = _direction(view=view, facing=1 if looks_right else -1)
    points = {name: complex(x * to_left, -y) for name, (x, y) in joints.items()}
    return math.degrees(LINES[view][measure].read(points))


def _direction(*, view: str, facing: int) -> int:
    return {"front": 1, "back": -1, "side": facing}[view]

"""States the sample people and their postures in degrees, and finds the bends of the body that show these degrees."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from drawing.look import MAN, WOMAN, Look
from drawing.posture import Posture
from remo_mock.photos.joints import JOINTS
from remo_mock.photos.lines import LINES

Places: TypeAlias = Callable[[Posture, str], list[tuple[float, float]]]
"""The joints of a posture in a view, in pixels."""
Degrees: TypeAlias = Mapping[str, Mapping[str, float]]
"""Degrees by view and measure."""

# The bends that the front shows, and those that the side shows with the measure of each.
_FRONT = ("head_bal", "shoulder_bal", "pelvic_bal", "knee_bal", "tilt", "left_qang", "right_qang")
_SIDE = {"tilt": "sway", "head_tilt": "head_tilt", "round_shoulder": "round_shoulder", "turtle_neck": "turtle_neck"}
_ROUNDS = 12


@dataclass(frozen=True, slots=True)
class Sample:
    """A person in a posture: the degrees that front and side show, on every page's bands of one grade."""

    look: Look
    build: Posture
    degrees: Degrees


_NORMAL: Degrees = {
    "front": {
        "head_bal": 0.4, "shoulder_bal": -0.6, "pelvic_bal": 0.3, "knee_bal": 0.2, "tilt": -0.3,
        "left_qang": 1.4, "right_qang": 0.9,
    },
    "side": {"tilt": 0.7, "head_tilt": 0.5, "round_shoulder": 3.6, "turtle_neck": 27.4},
}  # fmt: skip
_CAUTION: Degrees = {
    "front": {
        "head_bal": 2.6, "shoulder_bal": -3.1, "pelvic_bal": 2.4, "knee_bal": 2.2, "tilt": -2.3,
        "left_qang": 7.6, "right_qang": 7.1,
    },
    "side": {"tilt": 3.5, "head_tilt": 2.8, "round_shoulder": 11.2, "turtle_neck": 36.8},
}  # fmt: skip
_DANGER: Degrees = {
    "front": {
        "head_bal": 6.4, "shoulder_bal": -7.2, "pelvic_bal": 5.7, "knee_bal": 5.4, "tilt": -5.6,
        "left_qang": 13.6, "right_qang": 12.7,
    },
    "side": {"tilt": 10.6, "head_tilt": 6.3, "round_shoulder": 16.4, "turtle_neck": 43.5},
}  # fmt: skip


def _mirrored(degrees: Degrees, *, knock: bool) -> Degrees:
    """Return the other side's posture, a little milder where that stays in the band, with knees that knock."""
    front = dict(degrees["front"])
    legs = -1 if knock else 1
    front |= {name: -value for name, value in front.items() if not name.endswith("qang")}
    front |= {"left_qang": legs * degrees["front"]["right_qang"], "right_qang": legs * degrees["front"]["left_qang"]}
    return {"front": front, "side": degrees["side"]}


_SLIGHT = Posture(tall=0.955, slender=1.0)
SAMPLES = {
    "man-normal": Sample(MAN, Posture(), _NORMAL),
    "man-caution": Sample(MAN, Posture(), _CAUTION),
    "man-danger": Sample(MAN, Posture(), _DANGER),
    "woman-normal": Sample(WOMAN, _SLIGHT, _mirrored(_NORMAL, knock=False)),
    "woman-caution": Sample(WOMAN, _SLIGHT, _mirrored(_CAUTION, knock=True)),
    "woman-danger": Sample(WOMAN, _SLIGHT, _mirrored(_DANGER, knock=True)),
}


def shown(places: list[tuple[float, float]], view: str) -> dict[str, float]:
    """Return the degrees of each measure that joints in a view have, unrounded."""
    to_left = -1 if view == "back" else 1  # seen from the side, the person looks to the picture's right
    points = {name: complex(x * to_left, -y) for name, (x, y) in zip(JOINTS, places, strict=True)}
    return {measure: math.degrees(line.read(points)) for measure, line in LINES[view].items()}


def posture_of(sample: Sample, places: Places) -> Posture:
    """Return the posture whose joints show the sample's degrees (Newton's method on all bends at once)."""
    bends = [*_FRONT, *_SIDE.values()]
    wanted = [sample.degrees["front"][name] for name in _FRONT] + [sample.degrees["side"][name] for name in _SIDE]

    def made(values: NDArray[np.float64]) -> Posture:
        return replace(sample.build, **dict(zip(bends, map(float, values), strict=True)))

    def read(values: NDArray[np.float64]) -> NDArray[np.float64]:
        posture = made(values)
        front, side = (shown(places(posture, view), view) for view in ("front", "side"))
        return np.array([front[name] for name in _FRONT] + [side[name] for name in _SIDE])

    values = np.zeros(len(bends))
    for _ in range(_ROUNDS):
        here = read(values)
        slopes = np.stack([(read(values + step) - here) / 0.5 for step in 0.5 * np.eye(len(bends))], axis=1)
        values += np.linalg.solve(slopes, np.array(wanted) - here)
    if np.abs(read(values) - wanted).max() > 0.01:
        raise ValueError(f"no bends show these degrees: {dict(zip(bends, read(values), strict=True))}")
    return made(values)


def bends(posture: Posture) -> dict[str, float]:
    """Return a posture's bends, rounded for reading."""
    return {bend.name: round(getattr(posture, bend.name), 2) for bend in fields(posture)}

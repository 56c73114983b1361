"""Defines for each measure the line on the body whose angle it is: how to read the angle, and how to change it."""

# All geometry happens in the subject's frame: `across` grows to the subject's left (front, back) or to where the
# subject looks (side), `up` grows upwards. What each measure means there is assumed: the pages name the measures and
# their signs and define no lines, and their example coordinates do not give back their example degrees.

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from remo_mock.photos.joints import FACE, HEAD, HIPS, LEFT_ARM, RIGHT_ARM

Points: TypeAlias = dict[str, complex]
"""Joint name to `across + up * 1j`, in pixels."""

SEVENTH_VERTEBRA = 0.12
"""How far C7 lies behind the joint `Neck`, in trunk lengths: chosen so that page A's example gives its own degrees."""


@dataclass(frozen=True, slots=True)
class Line:
    """How one measure is read off the joints, and how the joints turn to change it by an angle; both in radians."""

    read: Callable[[Points], float]
    turn: Callable[[Points, float], None]


def _slope(vector: complex) -> float:
    """Return the angle to the horizontal, positive if the end lies higher than the start."""
    return math.atan2(vector.imag, vector.real)


def _lean(vector: complex) -> float:
    """Return the angle to the vertical, positive if the upper end lies to the left or ahead."""
    return math.atan2(vector.real, vector.imag)


def _middle(points: Points, pair: str) -> complex:
    return (points[f"Left{pair}"] + points[f"Right{pair}"]) / 2


def move(points: Points, names: Iterable[str], shift: complex) -> None:
    """Shift joints, in place."""
    for name in names:
        points[name] += shift


def _rotate(points: Points, names: tuple[str, ...], centre: complex, radians: float) -> None:
    """Turn joints counter-clockwise in the subject's frame, in place."""
    turn = complex(math.cos(radians), math.sin(radians))
    for name in names:
        points[name] = centre + (points[name] - centre) * turn


def _turn_head(points: Points, radians: float) -> None:
    """Turn the head about the middle of its ears, then the eyes to the same angle: no face is quite symmetrical."""
    _rotate(points, HEAD, _middle(points, "Ear"), radians)
    eyes = _slope(points["LeftEye"] - points["RightEye"])
    _rotate(points, ("LeftEye", "RightEye"), _middle(points, "Eye"), _read_pair("Ear")(points) - eyes)


def _read_pair(pair: str) -> Callable[[Points], float]:
    """Return a reader of the line through a left and a right joint; positive: the left one is higher."""
    return lambda points: _slope(points[f"Left{pair}"] - points[f"Right{pair}"])


def _turn_pair(pair: str) -> Callable[[Points, float], None]:
    """Return a function that turns the line through a left and a right joint about its middle."""
    return lambda points, radians: _rotate(points, (f"Left{pair}", f"Right{pair}"), _middle(points, pair), radians)


def _read_trunk(points: Points) -> float:
    return _lean(points["Neck"] - points["Pelvis"])


def _turn_trunk(points: Points, radians: float) -> None:
    """Turn the line of the trunk, more at the broad pelvis than at the narrow neck; the hips follow."""
    before = points["Pelvis"]
    centre = before + 0.6 * (points["Neck"] - before)
    _rotate(points, ("Neck", "Pelvis", "Spine1"), centre, -radians)
    move(points, HIPS, points["Pelvis"] - before)


def _read_leg(side: str) -> Callable[[Points], float]:
    """Return a reader of the bend at one knee, seen from front or back; positive: the knee points outward (O-legs)."""
    outward = 1 if side == "Left" else -1

    def read(points: Points) -> float:
        thigh = points[f"{side}ASIS"] - points[f"{side}Knee"]
        shank = points[f"{side}Knee"] - points[f"{side}Ankle"]
        return outward * (_lean(shank) - _lean(thigh))

    return read


def _turn_leg(side: str) -> Callable[[Points, float], None]:
    """Return a function that bends one knee: it slides to one side, hip and ankle to the other.

    Hip and knee stay on the line through both hips or knees, which another measure tilts.
    """
    read = _read_leg(side)

    def turn(points: Points, radians: float) -> None:
        steps = {
            f"{side}Knee": _along(points, "Knee"),
            f"{side}ASIS": -0.6 * _along(points, "ASIS"),
            f"{side}Ankle": -0.5 + 0j,
        }
        _step_until(points, read, read(points) + radians, steps)

    return turn


def _along(points: Points, pair: str) -> complex:
    """Return the direction from the right to the left joint of a pair."""
    way = points[f"Left{pair}"] - points[f"Right{pair}"] or 1 + 0j
    return way / abs(way)


def _step_until(points: Points, read: Callable[[Points], float], target: float, steps: Points) -> None:
    """Move joints in proportion to `steps` until `read` gives `target`, in place."""
    # Newton's method: angles are nearly linear in small shifts, so three or four rounds reach float precision.
    for _ in range(8):
        there = points | {name: points[name] + step for name, step in steps.items()}
        missing, gain = target - read(points), read(there) - read(points)
        if abs(missing) < 1e-9 or abs(gain) < 1e-9:
            return
        for name, step in steps.items():
            points[name] += step * missing / gain


def _face(points: Points) -> complex:
    """Return the point halfway between eyes and nose: in an upright head the line from the ears to it is level."""
    return (_middle(points, "Eye") + points["Nose"]) / 2


def _read_nod(points: Points) -> float:
    return -_slope(_face(points) - _middle(points, "Ear"))


def _turn_nod(points: Points, radians: float) -> None:
    _rotate(points, HEAD, _middle(points, "Ear"), -radians)


def _carry_head(points: Points, shift: complex) -> None:
    """Shift ears and crown; the face, which is the edge of the body, keeps its place and its direction from the ears.

    No angle at the head changes.
    """
    ears = _middle(points, "Ear")
    depth = abs((_face(points) - ears).real)
    closer = max(0.3, 1 - shift.real / depth) if depth else 1.0
    for name in FACE:
        points[name] = ears + (points[name] - ears) * closer
    move(points, HEAD, shift)


def _read_body(points: Points) -> float:
    return _lean(points["Pelvis"] - _middle(points, "Ankle"))


def _turn_body(points: Points, radians: float) -> None:
    """Turn the line of the legs, more at the broad pelvis than at the ankles; the upper body follows a little."""
    before, ankles = points["Pelvis"], _middle(points, "Ankle")
    centre = ankles + 0.3 * (before - ankles)
    legs = ("LeftAnkle", "RightAnkle", "LeftKnee", "RightKnee", "Pelvis")
    _rotate(points, legs, centre, -radians)
    step = points["Pelvis"] - before
    move(points, HIPS, step)
    upper = complex(0.3 * step.real, 0)
    move(points, ("Neck", "Spine1", *LEFT_ARM, *RIGHT_ARM), upper)
    _carry_head(points, upper)


def _read_shoulder(points: Points) -> float:
    return _lean(_middle(points, "Shoulder") - points["Spine1"]) - _lean(points["Neck"] - points["Spine1"])


def _turn_shoulder(points: Points, radians: float) -> None:
    """Turn both shoulders about the spine; the elbows follow by half."""
    after = {"Shoulder": _middle(points, "Shoulder")}
    _rotate(after, ("Shoulder",), points["Spine1"], -radians)
    step = after["Shoulder"] - _middle(points, "Shoulder")
    move(points, ("LeftShoulder", "RightShoulder"), step)
    move(points, ("LeftElbow", "RightElbow"), step / 2)


def _seventh_vertebra(points: Points) -> complex:
    return points["Neck"] - SEVENTH_VERTEBRA * abs(points["Neck"] - points["Pelvis"])


def _read_neck(points: Points) -> float:
    return _lean(_middle(points, "Ear") - _seventh_vertebra(points))


def _turn_neck(points: Points, radians: float) -> None:
    """Carry head and neck along arcs about the point halfway between C7 and the ears, without turning the head."""
    target = _read_neck(points) + radians
    # C7 lies a share of the trunk's length behind the neck, so its own movement changes the line a little.
    for _ in range(4):
        after = {"Ear": _middle(points, "Ear"), "C7": _seventh_vertebra(points)}
        before = after.copy()
        _rotate(after, ("Ear", "C7"), (after["Ear"] + after["C7"]) / 2, _read_neck(points) - target)
        points["Neck"] += after["C7"] - before["C7"]
        _carry_head(points, after["Ear"] - before["Ear"])


_UPRIGHT = {
    "tilt": Line(_read_trunk, _turn_trunk),
    "pelvic_bal": Line(_read_pair("ASIS"), _turn_pair("ASIS")),
    "shoulder_bal": Line(_read_pair("Shoulder"), _turn_pair("Shoulder")),
    "head_bal": Line(_read_pair("Ear"), _turn_head),
    "knee_bal": Line(_read_pair("Knee"), _turn_pair("Knee")),
    "left_qang": Line(_read_leg("Left"), _turn_leg("Left")),
    "right_qang": Line(_read_leg("Right"), _turn_leg("Right")),
}

LINES: Mapping[str, Mapping[str, Line]] = {
    "front": _UPRIGHT,
    "back": _UPRIGHT,
    "side": {
        "tilt": Line(_read_body, _turn_body),
        "turtle_neck": Line(_read_neck, _turn_neck),
        "round_shoulder": Line(_read_shoulder, _turn_shoulder),
        "head_tilt": Line(_read_nod, _turn_nod),
    },
}
"""View to measure to line, in the order of turning: a later turn does not change the angles of earlier ones.

Front and back, angles to the horizontal, positive if the subject's left is higher: `head_bal` of the ears (and eyes),
`shoulder_bal` of the shoulders, `pelvic_bal` of both ASIS, `knee_bal` of the knees. `tilt`: angle of Pelvis to Neck to
the vertical, positive to the subject's left. `left_qang`, `right_qang`: angle between thigh (ASIS to knee) and shank
(knee to ankle), positive for O-legs.

Side, positive forward: `tilt`: angle of the middle of the ankles to Pelvis, to the vertical. `round_shoulder`: angle
between Spine1 to the shoulders and Spine1 to Neck. `turtle_neck`: angle of C7 to the ears, to the vertical.
`head_tilt`: angle of the ears to the middle of eyes and nose, to the horizontal. Evidence for all of them: assumed.
"""

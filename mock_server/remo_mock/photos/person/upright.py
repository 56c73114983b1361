"""Places the joints of a person seen from the front or the back."""

from __future__ import annotations

import math
from itertools import pairwise

from remo_mock.photos.person.body import Body, Point, around, nearest, widest
from remo_mock.photos.person.proportions import (
    BARE_WAIST,
    HALF_ARM,
    LONGEST_ARM,
    PAIRED,
    SHORTEST_ARM,
    SINGLE,
    TO_WRIST,
    UPPER_ARM,
    USUAL_ARM,
)
from remo_mock.photos.person.silhouette import Run


def upright_landmarks(body: Body, *, to_left: int) -> dict[str, Point]:
    """Return the joints by name, in pixels; `to_left` is 1 for a front view and -1 for a back view."""
    unit = body.unit
    head = body.middle(0.90, 0.97, widest)
    trunk = body.middle(0.58, 0.80, lambda row: around(row, head))
    middles = {"HeadTop": head, "Lips": head, "Nose": head, "Ear": head, "Eye": head}
    middles |= {"Neck": (head + trunk) / 2}
    landmarks = {name: body.pixels(middles.get(name, trunk), up) for name, up in SINGLE.items()}
    reach = _shoulder_reach(body, trunk, unit)
    for sign in (-1, 1):
        side = "Left" if sign == to_left else "Right"
        for joint, (across, up) in PAIRED.items():
            x = middles.get(joint, trunk) + sign * across * unit
            if joint in ("Knee", "Ankle"):
                x = _leg(body, trunk, sign, up=max(up, 0.12), usual=across * unit)
            elif joint in ("Elbow", "Wrist"):
                x = _beside(body, trunk, sign, up=up, usual=across * unit)
            landmarks[f"{side}{joint}"] = body.pixels(x, up)
        shoulder = trunk + sign * reach
        landmarks[f"{side}Shoulder"] = body.pixels(shoulder, PAIRED["Shoulder"][1])
        arm = _arm(body, trunk, sign, shoulder)
        if arm:
            landmarks[f"{side}Elbow"], landmarks[f"{side}Wrist"] = (body.pixels(*place) for place in arm)
    return landmarks


def _shoulder_reach(body: Body, trunk: float, unit: float) -> float:
    """Return the distance of the shoulder joints from the middle: three quarters of the way to the skin."""
    row = body.runs(0.8)
    outer = min(trunk - row[0][0], row[-1][1] - trunk) if row else 0.0
    return min(max(0.745 * outer, 0.072 * unit), 0.108 * unit)


def _leg(body: Body, trunk: float, sign: int, *, up: float, usual: float) -> float:
    """Return the middle of one leg at a height; legs that touch are two halves of one run."""

    def choose(row: tuple[Run, ...]) -> Run:
        own = [run for run in row if sign * ((run[0] + run[1]) / 2 - trunk) > 0]
        halves = nearest(row, trunk)
        if halves[0] < trunk - 0.4 * usual and trunk + 0.4 * usual < halves[1]:
            return (round(trunk), halves[1]) if sign > 0 else (halves[0], round(trunk))
        return min(own or list(row), key=lambda run: abs((run[0] + run[1]) / 2 - trunk - sign * usual))

    return body.middle(up - 0.015, up + 0.015, choose, default=trunk + sign * usual)


def _beside(body: Body, trunk: float, sign: int, *, up: float, usual: float) -> float:
    """Return where an arm that hangs close to the trunk is at a height: half an arm's breadth inside the outline."""
    # A narrow waist has no arm before it: the arm stands off, and has the colour of the background.
    if _outer(body, trunk, sign, low=0.6, high=0.68) < BARE_WAIST:
        return trunk + sign * usual
    outer = _outer(body, trunk, sign, low=up - 0.03, high=up + 0.03)
    return trunk + sign * min(max(outer - HALF_ARM, 0.0) * body.unit, usual)


def _outer(body: Body, trunk: float, sign: int, *, low: float, high: float) -> float:
    """Return how far the run about the trunk reaches to one side, in heights: the median of the rows between two."""

    def choose(row: tuple[Run, ...]) -> Run:
        start, end = around(row, trunk)
        return (end, end) if sign > 0 else (start, start)

    return sign * (body.middle(low, high, choose, default=trunk) - trunk) / body.unit


def _arm(body: Body, trunk: float, sign: int, shoulder: float) -> tuple[Point, Point] | None:
    """Follow the outermost run of one side down to the finger tips.

    Return elbow and wrist as (x, height), or None if no arm stands off the trunk.
    """
    path: list[Point] = [(shoulder, PAIRED["Shoulder"][1])]
    current: Run | None = None
    missed = 0
    for index in range(body.row(0.78), min(body.row(0.3), len(body.silhouette.rows))):
        row = body.silhouette.rows[index]
        outer = [run for run in row if sign * ((run[0] + run[1]) / 2 - trunk) > 0 and not run[0] <= trunk <= run[1]]
        if current is not None:
            slack = missed + 1
            outer = [run for run in outer if run[0] <= current[1] + slack and current[0] - slack <= run[1]]
        elif len(row) < 2:
            outer = []
        if outer:
            current, missed = max(outer, key=lambda run: sign * (run[0] + run[1])), 0
            place = ((current[0] + current[1]) / 2, 1 - (index + 0.5) / body.height)
            if math.hypot((place[0] - shoulder) / body.unit, place[1] - path[0][1]) > LONGEST_ARM:
                break
            path.append(place)
        elif current is not None:
            missed += 1
            if missed > 0.04 * body.height:
                break
    if len(path) < max(2, 0.1 * body.height):
        return None
    unit = body.unit
    (x, up), (tip, low) = path[0], path[-1]
    seen = math.hypot((tip - x) / unit, up - low)
    if seen < SHORTEST_ARM:
        # The hand has the colour of the background: extend the arm in its own direction.
        path.append((x + (tip - x) * USUAL_ARM / seen, up + (low - up) * USUAL_ARM / seen))
    return _along(path, UPPER_ARM, unit), _along(path, TO_WRIST, unit)


def _along(path: list[Point], share: float, unit: float) -> Point:
    """Return the point at a share of the length of a path of (x, height)."""
    steps = [math.hypot((b[0] - a[0]) / unit, b[1] - a[1]) for a, b in pairwise(path)]
    left = share * sum(steps)
    for (a, b), step in zip(pairwise(path), steps, strict=True):
        if left <= step:
            part = left / step if step else 0.0
            return a[0] + part * (b[0] - a[0]), a[1] + part * (b[1] - a[1])
        left -= step
    return path[-1]

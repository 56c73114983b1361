"""Own where a standing person's joints are in a photo, read off the silhouette; know no measures and no verdicts."""

# There is no pose model here: the proportions of grown people (fractions of the height, between anthropometric tables
# and the pages' own example coordinates) say where to look, the silhouette's rows say what is there.

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from PIL import Image

from remo_mock.photos.silhouette import Backdrop, Run, Silhouette, find_silhouette

Point: TypeAlias = tuple[float, float]

SINGLE = {"HeadTop": 1.0, "Neck": 0.845, "Pelvis": 0.554, "Spine1": 0.696, "Lips": 0.895, "Nose": 0.915}
"""Height above the floor of each joint in the middle of the body."""
PAIRED = {
    "Shoulder": (0.088, 0.812),
    "Elbow": (0.17, 0.645),
    "Wrist": (0.22, 0.515),
    "ASIS": (0.065, 0.556),
    "Knee": (0.055, 0.286),
    "Ankle": (0.052, 0.06),
    "Ear": (0.043, 0.925),
    "Eye": (0.019, 0.938),
}
"""Distance from the middle and height above the floor of each joint that a body has twice, arms in A-pose."""
AHEAD = {"Eye": 0.05, "Nose": 0.07, "Lips": 0.055, "ASIS": 0.02, "Pelvis": 0.015}
"""Seen from the side: how far ahead of the body's middle a joint is."""

UPPER_ARM, TO_WRIST = 0.43, 0.755
"""Shoulder to elbow and shoulder to wrist as shares of the arm with its hand."""


SHORTEST_ARM, USUAL_ARM = 0.39, 0.43
"""Heights from shoulder to finger tips."""


@dataclass(frozen=True, slots=True)
class Figure:
    """Hold the joints by name, as (x, y) in pixels, and where a person seen from the side looks.

    `facing` is 1 for the picture's right, -1 for its left.
    """

    landmarks: Mapping[str, Point]
    facing: int = 1


@dataclass(frozen=True, slots=True)
class _Body:
    """Read a silhouette in fractions of its height; x stays in cells of the silhouette."""

    silhouette: Silhouette

    @property
    def height(self) -> int:
        return len(self.silhouette.rows)

    def row(self, up: float) -> int:
        return min(max(round((1 - up) * self.height - 0.5), 0), self.height - 1)

    def runs(self, up: float) -> tuple[Run, ...]:
        return self.silhouette.rows[self.row(up)]

    def middle(self, low: float, high: float, choose: Callable[[tuple[Run, ...]], Run]) -> float:
        """Return the median middle of the chosen run in the rows between two heights."""
        rows = self.silhouette.rows[self.row(high) : self.row(low) + 1]
        middles = sorted(sum(choose(row)) / 2 for row in rows if row)
        return middles[len(middles) // 2] if middles else sum(self.sides()) / 2

    def sides(self) -> Run:
        rows = [row for row in self.silhouette.rows if row]
        return min(row[0][0] for row in rows), max(row[-1][1] for row in rows)

    def pixels(self, x: float, up: float) -> Point:
        across, down = self.silhouette.scale
        return x * across - 0.5, (self.silhouette.top + (1 - up) * self.height) * down - 0.5


def find_figure(image: Image.Image, *, view: str) -> Figure | None:
    """Return where the person in an RGB photo stands, in its pixels; None for a plain background with nobody before it.

    Where the background is too busy to tell, the person is taken to stand in the middle. `view` is front, side or back.
    """
    found = find_silhouette(image)
    if found is Backdrop.PLAIN:
        return None
    if isinstance(found, Silhouette):
        body = _Body(found)
        left, right = body.sides()
        if (right - left) * found.scale[0] < 1.3 * body.height * found.scale[1]:
            return (
                _seen_from_side(body) if view == "side" else _seen_upright(body, to_left=1 if view == "front" else -1)
            )
    return centred(image.size, view=view)


def centred(size: tuple[int, int], *, view: str) -> Figure:
    """Return a person of average proportions who stands in the middle of a picture of `size` (width, height)."""
    width, height = size
    tall = min(0.8 * height, 1.6 * width)
    middle, floor = width / 2, (height + tall) / 2
    side = view == "side"
    to_left = -1 if view == "back" else 1
    landmarks = {name: (middle + tall * AHEAD.get(name, 0.0) * side, floor - tall * up) for name, up in SINGLE.items()}
    for joint, (across, up) in PAIRED.items():
        for name, sign in ((f"Left{joint}", to_left), (f"Right{joint}", -to_left)):
            x = tall * AHEAD.get(joint, 0.0) if side else sign * tall * across
            landmarks[name] = (middle + x, floor - tall * up)
    return Figure(landmarks)


def _widest(row: tuple[Run, ...]) -> Run:
    return max(row, key=lambda run: run[1] - run[0])


def _whole(row: tuple[Run, ...]) -> Run:
    return row[0][0], row[-1][1]


def _seen_upright(body: _Body, *, to_left: int) -> Figure:
    """Place the joints of a person seen from the front (`to_left` 1) or the back (-1)."""
    tall = body.height
    unit = tall * body.silhouette.scale[1] / body.silhouette.scale[0]
    head = body.middle(0.90, 0.97, _widest)
    trunk = body.middle(0.58, 0.80, lambda row: _around(row, head))
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
            landmarks[f"{side}{joint}"] = body.pixels(x, up)
        shoulder = trunk + sign * reach
        landmarks[f"{side}Shoulder"] = body.pixels(shoulder, PAIRED["Shoulder"][1])
        arm = _arm(body, trunk, sign, shoulder)
        if arm:
            landmarks[f"{side}Elbow"], landmarks[f"{side}Wrist"] = (body.pixels(*place) for place in arm)
    return Figure(landmarks)


def _around(row: tuple[Run, ...], x: float) -> Run:
    """Return the run that covers x; where clothes vanish in the background, the whole row."""
    return next((run for run in row if run[0] <= x <= run[1]), _whole(row))


def _nearest(row: tuple[Run, ...], x: float) -> Run:
    return min(row, key=lambda run: max(run[0] - x, x - run[1], 0))


def _shoulder_reach(body: _Body, trunk: float, unit: float) -> float:
    """Return the shoulder joints' distance from the middle: three quarters of the way to the skin."""
    row = body.runs(0.8)
    outer = min(trunk - row[0][0], row[-1][1] - trunk) if row else 0.0
    return min(max(0.745 * outer, 0.072 * unit), 0.108 * unit)


def _leg(body: _Body, trunk: float, sign: int, *, up: float, usual: float) -> float:
    """Return the middle of one leg at a height; legs that touch share their run."""

    def choose(row: tuple[Run, ...]) -> Run:
        own = [run for run in row if sign * ((run[0] + run[1]) / 2 - trunk) > 0]
        halves = _nearest(row, trunk)
        if halves[0] < trunk - 0.4 * usual and trunk + 0.4 * usual < halves[1]:
            return (round(trunk), halves[1]) if sign > 0 else (halves[0], round(trunk))
        return min(own or list(row), key=lambda run: abs((run[0] + run[1]) / 2 - trunk - sign * usual))

    return body.middle(up - 0.015, up + 0.015, choose)


def _arm(body: _Body, trunk: float, sign: int, shoulder: float) -> tuple[Point, Point] | None:
    """Follow the outermost run of one side down to the finger tips.

    Return elbow and wrist as (x, height), or None where no arm stands off the trunk.
    """
    path: list[Point] = [(shoulder, PAIRED["Shoulder"][1])]
    current: Run | None = None
    missed = 0
    for index in range(body.row(0.78), body.row(0.3)):
        row = body.silhouette.rows[index]
        outer = [run for run in row if sign * ((run[0] + run[1]) / 2 - trunk) > 0 and not run[0] <= trunk <= run[1]]
        if current is not None:
            slack = missed + 1
            outer = [run for run in outer if run[0] <= current[1] + slack and current[0] - slack <= run[1]]
        elif len(row) < 2:
            outer = []
        if outer:
            current, missed = max(outer, key=lambda run: sign * (run[0] + run[1])), 0
            path.append(((current[0] + current[1]) / 2, 1 - (index + 0.5) / body.height))
        elif current is not None:
            missed += 1
            if missed > 0.04 * body.height:
                break
    if len(path) < max(2, 0.1 * body.height):
        return None
    unit = body.height * body.silhouette.scale[1] / body.silhouette.scale[0]
    (x, up), (tip, low) = path[0], path[-1]
    seen = math.hypot((tip - x) / unit, up - low)
    if seen < SHORTEST_ARM:
        # The hand has the colour of the background: go on the way the arm goes.
        path.append((x + (tip - x) * USUAL_ARM / seen, up + (low - up) * USUAL_ARM / seen))
    return _along(path, UPPER_ARM, unit), _along(path, TO_WRIST, unit)


def _along(path: list[Point], share: float, unit: float) -> Point:
    """Return the point at a share of a path of (x, height)."""
    steps = [math.hypot((b[0] - a[0]) / unit, b[1] - a[1]) for a, b in pairwise(path)]
    left = share * sum(steps)
    for (a, b), step in zip(pairwise(path), steps, strict=True):
        if left <= step:
            part = left / step if step else 0.0
            return a[0] + part * (b[0] - a[0]), a[1] + part * (b[1] - a[1])
        left -= step
    return path[-1]


def _seen_from_side(body: _Body) -> Figure:
    """Place the joints of a person seen from the side: left and right ones nearly coincide."""
    unit = body.height * body.silhouette.scale[1] / body.silhouette.scale[0]
    head = body.middle(0.91, 0.95, _widest)
    facing = _facing(body)
    heights = SINGLE | {joint: up for joint, (_, up) in PAIRED.items()}
    places = {}
    for joint, up in heights.items():
        middle = body.middle(up - 0.015, up + 0.015, _widest)
        if joint in ("HeadTop", "Ear", "Eye", "Nose", "Lips"):
            middle = head
        elif joint == "Ankle":
            middle = body.middle(0.11, 0.14, _widest)
        places[joint] = body.pixels(middle + facing * AHEAD.get(joint, 0.0) * unit, up)
    landmarks = {joint: places[joint] for joint in SINGLE}
    landmarks |= {f"{side}{joint}": places[joint] for joint in PAIRED for side in ("Left", "Right")}
    return Figure(landmarks, facing)


def _facing(body: _Body) -> int:
    """Tell where the nose and the toes point: 1 to the picture's right, -1 to its left."""
    shank = body.middle(0.1, 0.15, _widest)
    skull = body.middle(0.93, 0.97, _widest)
    votes = 0.0
    for low, high, middle in ((0.0, 0.04, shank), (0.89, 0.93, skull)):
        for row in body.silhouette.rows[body.row(high) : body.row(low) + 1]:
            if row:
                votes += (row[-1][1] - middle) - (middle - row[0][0])
    return 1 if votes >= 0 else -1

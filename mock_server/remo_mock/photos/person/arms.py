"""Follows the arms of a person seen from the front or the back, from the shoulder to the finger tips."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TypeAlias

from remo_mock.photos.person.body import Body, Point, around
from remo_mock.photos.person.proportions import (
    BARE_WAIST,
    HALF_ARM,
    HIDDEN,
    LONGEST_ARM,
    PAIRED,
    SHORTEST_ARM,
    TO_WRIST,
    UPPER_ARM,
    USUAL_ARM,
)
from remo_mock.photos.person.silhouette import Run

Arm: TypeAlias = tuple[Point, Point]
"""Elbow and wrist as (x, height)."""

REACH = 0.25
"""An arm that is held out is seen so far from the middle, in heights: farther than an elbow that hangs."""
THINNEST = 0.015
"""The least breadth of an arm, in heights: lines that are drawn on a photo are thinner."""
BROADEST = 0.13
"""The breadth of an arm in a wide sleeve, in heights, at most."""
CROTCH = 0.5
"""What first stands off below this height is a leg."""
LOW = 0.6
"""The height above which arms are held out."""


def arms(body: Body, trunk: float, shoulders: dict[int, float]) -> dict[int, Arm]:
    """Return the arms at the left (-1) and the right (1) of the middle of the trunk, from the x of their shoulders."""
    seen = {sign: _held_out(body, trunk, sign, x) or _hanging(body, trunk, sign, x) for sign, x in shoulders.items()}
    found = {}
    for sign, arm in seen.items():
        other = seen[-sign]
        if arm is None and _outer(body, trunk, sign, low=0.6, high=0.68) >= BARE_WAIST:
            arm = _beside(body, trunk, sign)
        elif arm is None and other is not None:
            # A narrow waist has no arm before it: it has the colour of the background, and hangs as the other one.
            arm = (2 * trunk - other[0][0], other[0][1]), (2 * trunk - other[1][0], other[1][1])
        found[sign] = arm or _hidden(body, trunk, sign)
    return found


def _hidden(body: Body, trunk: float, sign: int) -> Arm:
    """Return an arm of which nothing is seen beside a narrow waist: it is before the trunk or behind it."""
    elbow, wrist = ((trunk + sign * HIDDEN[joint] * body.unit, PAIRED[joint][1]) for joint in ("Elbow", "Wrist"))
    return elbow, wrist


def _beside(body: Body, trunk: float, sign: int) -> Arm:
    """Return an arm that hangs close to the trunk: half an arm's breadth inside the outline."""
    places = []
    for joint in ("Elbow", "Wrist"):
        across, up = PAIRED[joint]
        outer = _outer(body, trunk, sign, low=up - 0.03, high=up + 0.03)
        places.append((trunk + sign * min(max(outer - HALF_ARM, 0.0), across) * body.unit, up))
    return places[0], places[1]


def _outer(body: Body, trunk: float, sign: int, *, low: float, high: float) -> float:
    """Return how far the run about the trunk reaches to one side, in heights: the median of the rows between two."""

    def choose(row: tuple[Run, ...]) -> Run:
        start, end = around(row, trunk)
        return (end, end) if sign > 0 else (start, start)

    return sign * (body.middle(low, high, choose, default=trunk) - trunk) / body.unit


def _hanging(body: Body, trunk: float, sign: int, shoulder: float) -> Arm | None:
    """Follow the outermost run of one side down to the finger tips; None if no arm stands off the trunk."""
    path: list[Point] = [(shoulder, PAIRED["Shoulder"][1])]
    shortest = max(2, 0.1 * body.height)
    current: Run | None = None
    missed, is_lost = 0, False
    for index in range(body.row(0.78), min(body.row(0.3), len(body.silhouette.rows))):
        row = body.silhouette.rows[index]
        outer = [run for run in row if sign * ((run[0] + run[1]) / 2 - trunk) > 0 and not run[0] <= trunk <= run[1]]
        outer = [run for run in outer if run[1] - run[0] <= BROADEST * body.unit]
        if current is not None:
            slack = missed + 1
            outer = [run for run in outer if run[0] <= current[1] + slack and current[0] - slack <= run[1]]
        elif len(row) < 2 or 1 - (index + 0.5) / body.height < CROTCH:
            outer = []
        elif is_lost:
            above = body.silhouette.rows[index - 1]
            start, end = around(above, trunk) if above else (0, 0)
            outer = [run for run in outer if start < run[1] and run[0] < end]
        if outer:
            current, missed = max(outer, key=lambda run: sign * (run[0] + run[1])), 0
            place = ((current[0] + current[1]) / 2, 1 - (index + 0.5) / body.height)
            if math.hypot((place[0] - shoulder) / body.unit, place[1] - path[0][1]) > LONGEST_ARM:
                break
            path.append(place)
        elif current is not None:
            missed += 1
            if missed > 0.04 * body.height:
                if len(path) >= shortest:
                    break
                # That was a part of the shoulder, set apart by a strap: the arm begins where it leaves the trunk below.
                path, current, missed, is_lost = path[:1], None, 0, True
    return _joints(path, body.unit) if len(path) >= shortest else None


def _held_out(body: Body, trunk: float, sign: int, shoulder: float) -> Arm | None:
    """Follow what reaches out at one side above the waist, column by column; None if no arm does."""
    rows = body.silhouette.rows[: body.row(LOW)]
    step = max(1, round(body.unit / 60))
    path: list[Point] = [(shoulder, PAIRED["Shoulder"][1])]
    last = path[0][1]
    for number in range(1, round(LONGEST_ARM * 60) + 1):
        x = round(shoulder + sign * number * step)
        inside = [index for index, row in enumerate(rows) if any(start <= x < end for start, end in row)]
        ups = _nearest_piece(inside, body, last)
        if ups is None:
            break
        last = sum(ups) / 2
        if abs(x - trunk) > 0.13 * body.unit:
            path.append((float(x), last))
    reach = abs(path[-1][0] - trunk) / body.unit
    return _joints(path, body.unit) if reach >= REACH else None


def _nearest_piece(rows: list[int], body: Body, up: float) -> tuple[float, float] | None:
    """Return the lowest and the highest height of the piece of a column that is close to a height."""
    pieces: list[list[int]] = []
    for row in rows:
        if pieces and row == pieces[-1][-1] + 1:
            pieces[-1].append(row)
        else:
            pieces.append([row])
    spans = [(1 - (piece[-1] + 1) / body.height, 1 - piece[0] / body.height) for piece in pieces]
    near = [(low, high) for low, high in spans if low - 0.05 <= up <= high + 0.05 and high - low >= THINNEST]
    return min(near, key=lambda span: abs(sum(span) / 2 - up), default=None)


def _joints(path: list[Point], unit: float) -> Arm:
    """Return elbow and wrist on the way of (x, height) from a shoulder to finger tips."""
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

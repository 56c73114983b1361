"""Places the joints of a person seen from the front or the back."""

from __future__ import annotations

from remo_mock.photos.person.arms import arms
from remo_mock.photos.person.body import Body, Point, around, legs, nearest, widest
from remo_mock.photos.person.proportions import ANKLES, PAIRED, SINGLE
from remo_mock.photos.person.silhouette import Run


def upright_landmarks(body: Body, *, view: str) -> dict[str, Point]:
    """Return the joints by name, in pixels; `view` is front or back."""
    unit, to_left = body.unit, 1 if view == "front" else -1
    head = body.middle(0.90, 0.97, widest)
    trunk = body.middle(0.58, 0.80, lambda row: around(row, head))
    middles = {"HeadTop": head, "Lips": head, "Nose": head, "Ear": head, "Eye": head}
    middles |= {"Neck": (head + trunk) / 2}
    landmarks = {name: body.pixels(middles.get(name, trunk), up) for name, up in SINGLE.items()}
    reach = _shoulder_reach(body, trunk, unit)
    shoulders = {sign: trunk + sign * reach for sign in (-1, 1)}
    for sign, (elbow, wrist) in arms(body, trunk, shoulders).items():
        side = "Left" if sign == to_left else "Right"
        for joint, (across, up) in PAIRED.items():
            x = middles.get(joint, trunk) + sign * across * unit
            if joint in ("Knee", "Ankle"):
                x = _leg(body, trunk, sign, up=max(up, 0.12), usual=across * unit)
                up = ANKLES[view] if joint == "Ankle" else up
            landmarks[f"{side}{joint}"] = body.pixels(x, up)
        landmarks[f"{side}Shoulder"] = body.pixels(shoulders[sign], PAIRED["Shoulder"][1])
        landmarks[f"{side}Elbow"], landmarks[f"{side}Wrist"] = body.pixels(*elbow), body.pixels(*wrist)
    return landmarks


def _shoulder_reach(body: Body, trunk: float, unit: float) -> float:
    """Return the distance of the shoulder joints from the middle: three quarters of the way to the skin."""
    row = body.runs(0.8)
    outer = min(trunk - row[0][0], row[-1][1] - trunk) if row else 0.0
    return min(max(0.745 * outer, 0.072 * unit), 0.108 * unit)


def _leg(body: Body, trunk: float, sign: int, *, up: float, usual: float) -> float:
    """Return the middle of one leg at a height; legs that touch are two halves of one run."""

    def choose(row: tuple[Run, ...]) -> Run:
        apart = legs(row)
        if apart[0] != apart[1]:
            return apart[0] if sign < 0 else apart[1]
        own = [run for run in row if sign * ((run[0] + run[1]) / 2 - trunk) > 0]
        halves = nearest(row, trunk)
        if halves[0] < trunk - 0.4 * usual and trunk + 0.4 * usual < halves[1]:
            return (round(trunk), halves[1]) if sign > 0 else (halves[0], round(trunk))
        return min(own or list(row), key=lambda run: abs((run[0] + run[1]) / 2 - trunk - sign * usual))

    return body.middle(up - 0.015, up + 0.015, choose, default=trunk + sign * usual)

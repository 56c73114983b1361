"""Arms lie where the silhouette shows them: hanging, held out, or hidden before the trunk."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from remo_mock.photos.person.body import Body
from remo_mock.photos.person.regions import connected_regions
from remo_mock.photos.person.silhouette import silhouette_of
from remo_mock.photos.person.upright import upright_landmarks

HEIGHT, MIDDLE = 400, 300
SHOULDER, ARM = (0.088, 0.812), 0.44
"""The joint and the length to the finger tips, in heights; elbow and wrist are at 43 and 75.5 % of it."""


def standing(*degrees: float) -> Body:
    """Draw somebody with arms at so many degrees from hanging down, the one in the picture's right half first."""
    image = Image.new("1", (600, HEIGHT))
    draw = ImageDraw.Draw(image)
    draw.ellipse((MIDDLE - 24, 0, MIDDLE + 24, 56), fill=1)
    draw.rectangle((MIDDLE - 10, 50, MIDDLE + 10, 80), fill=1)
    draw.polygon([(MIDDLE - 46, 70), (MIDDLE + 46, 70), (MIDDLE + 26, 200), (MIDDLE - 26, 200)], fill=1)
    for sign in (-1, 1):
        draw.rectangle((MIDDLE + sign * 20 - 12, 195, MIDDLE + sign * 20 + 12, HEIGHT - 1), fill=1)
    for sign, angle in zip((1, -1), degrees, strict=False):
        (x, y), (tip, low) = place(sign, angle, 0), place(sign, angle, 1)
        draw.line((x, y, tip, low), fill=1, width=18)
    rows = np.asarray(image)
    return Body(silhouette_of(connected_regions(rows), scale=(1.0, 1.0)), HEIGHT)


def place(sign: int, angle: float, share: float) -> tuple[float, float]:
    """Return the pixel at a share of an arm's length."""
    out, down = np.sin(np.radians(angle)) * ARM * share, np.cos(np.radians(angle)) * ARM * share
    return MIDDLE + sign * HEIGHT * (SHOULDER[0] + float(out)), HEIGHT * (1 - SHOULDER[1] + float(down))


def error(body: Body, joint: str, expected: tuple[float, float]) -> float:
    """Return how far a joint of a back photo is off, in heights."""
    x, y = upright_landmarks(body, view="back")[joint]
    return float(np.hypot(x - expected[0], y - expected[1])) / HEIGHT


@pytest.mark.parametrize("angle", [25, 35, 60, 75, 90, 110])
def test_elbow_and_wrist_lie_on_an_arm_at_any_angle(angle: float) -> None:
    body = standing(angle, angle)
    assert error(body, "RightElbow", place(1, angle, 0.43)) < 0.04
    assert error(body, "RightWrist", place(1, angle, 0.755)) < 0.05
    assert error(body, "LeftWrist", place(-1, angle, 0.755)) < 0.05


def test_an_arm_of_which_nothing_is_seen_hangs_as_the_other_one() -> None:
    assert error(standing(30), "LeftWrist", place(-1, 30, 0.755)) < 0.05


@pytest.mark.parametrize("joint", ["LeftElbow", "LeftWrist", "RightElbow", "RightWrist"])
def test_arms_of_which_nothing_is_seen_are_at_the_trunk(joint: str) -> None:
    assert abs(upright_landmarks(standing(), view="back")[joint][0] - MIDDLE) < 0.13 * HEIGHT

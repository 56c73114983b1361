"""Knees and ankles lie on the legs of somebody in a stride, from the side and from the front."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from remo_mock.photos.person.body import Body
from remo_mock.photos.person.regions import connected_regions
from remo_mock.photos.person.sideways import side_landmarks
from remo_mock.photos.person.silhouette import silhouette_of
from remo_mock.photos.person.upright import upright_landmarks

HEIGHT, HIPS = 400, (300, 180)
KNEE, ANKLE = 0.286, 0.125


def striding(feet: tuple[int, int]) -> tuple[Body, Image.Image]:
    """Draw somebody whose two legs end at these columns, looking to the right, and the photo of that."""
    image = Image.new("1", (600, HEIGHT))
    draw = ImageDraw.Draw(image)
    draw.ellipse((276, 0, 324, 56), fill=1)
    draw.rectangle((270, 50, 330, 200), fill=1)
    for foot in feet:
        draw.line((*HIPS, foot, HEIGHT - 1), fill=1, width=26)
        draw.rectangle((foot, HEIGHT - 14, foot + 34, HEIGHT - 1), fill=1)
    body = Body(silhouette_of(connected_regions(np.asarray(image)), scale=(1.0, 1.0)), HEIGHT)
    return body, Image.new("RGB", image.size)


def column(foot: int, up: float) -> float:
    """Return where the middle of a leg is at a height."""
    return HIPS[0] + (foot - HIPS[0]) * ((1 - up) * HEIGHT - HIPS[1]) / (HEIGHT - HIPS[1])


@pytest.mark.parametrize("feet", [(220, 380), (280, 410)], ids=["both ways", "mostly ahead"])
def test_from_the_side_each_leg_has_its_own_knee_and_ankle(feet: tuple[int, int]) -> None:
    joints, facing = side_landmarks(*striding(feet))
    assert facing == 1
    expected = {
        f"{side}{joint}": column(foot, up)
        for side, foot in zip(("Right", "Left"), feet, strict=True)
        for joint, up in (("Knee", KNEE), ("Ankle", ANKLE))
    }
    assert {name: joints[name][0] for name in expected} == pytest.approx(expected, abs=0.03 * HEIGHT)


def test_from_the_side_legs_that_stand_together_have_one_place() -> None:
    joints, _ = side_landmarks(*striding((300, 300)))
    assert joints["LeftKnee"] == joints["RightKnee"]
    assert joints["LeftAnkle"] == joints["RightAnkle"]


def test_from_the_front_legs_that_both_stand_at_one_side_are_told_apart() -> None:
    body, _ = striding((330, 430))
    joints = upright_landmarks(body, view="front")
    expected = [column(330, ANKLE), column(430, ANKLE)]
    assert [joints["RightAnkle"][0], joints["LeftAnkle"][0]] == pytest.approx(expected, abs=0.03 * HEIGHT)

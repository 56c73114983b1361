"""The fixture photos show a whole person on a plain backdrop, and joints.json says where the joints truly are."""

from __future__ import annotations

import json

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from tests.support.checkout import ROOT

PHOTOS = ROOT / "fixtures" / "photos"
VIEWS = ("front", "side", "back")
JOINTS: dict[str, list[list[int]]] = json.loads((PHOTOS / "joints.json").read_text(encoding="utf-8"))

HEAD_TOP, NECK, PELVIS = 0, 1, 14
RIGHT_KNEE, LEFT_KNEE, RIGHT_ANKLE, LEFT_ANKLE = 9, 12, 10, 13
ON_THE_FIGURE = {
    "neck": 1,
    "right shoulder": 2,
    "left shoulder": 5,
    "right hip": 8,
    "left hip": 11,
    "right knee": 9,
    "left knee": 12,
    "right ankle": 10,
    "left ankle": 13,
}
PAIRS = {
    "shoulder": (2, 5),
    "elbow": (3, 6),
    "wrist": (4, 7),
    "hip": (8, 11),
    "knee": (9, 12),
    "ankle": (10, 13),
    "ear": (20, 17),
    "eye": (21, 18),
}


def pixels(view: str) -> NDArray[np.int16]:
    with Image.open(PHOTOS / f"{view}.jpg") as photo:
        return np.asarray(photo.convert("RGB")).astype(np.int16)


def border(picture: NDArray[np.int16]) -> NDArray[np.int16]:
    edges = (picture[:8], picture[-8:], picture[:, :8], picture[:, -8:])
    return np.concatenate([edge.reshape(-1, 3) for edge in edges])


@pytest.mark.parametrize("view", VIEWS)
def test_photo_is_a_plain_jpeg_of_the_stated_size(view: str) -> None:
    with Image.open(PHOTOS / f"{view}.jpg") as photo:
        assert (photo.format, photo.mode, photo.size) == ("JPEG", "RGB", (853, 1280))
        assert "progressive" not in photo.info
        assert "exif" not in photo.info
        assert len(photo.getexif()) == 0


@pytest.mark.parametrize("view", VIEWS)
def test_photo_is_small_enough_to_post(view: str) -> None:
    assert (PHOTOS / f"{view}.jpg").stat().st_size < 120_000


@pytest.mark.parametrize("view", VIEWS)
def test_border_is_nearly_one_colour(view: str) -> None:
    edge = border(pixels(view))
    assert int((edge.max(axis=0) - edge.min(axis=0)).max()) <= 6


def test_joints_are_given_for_the_three_views() -> None:
    assert list(JOINTS) == ["front", "side", "back"]


@pytest.mark.parametrize("view", VIEWS)
def test_joints_are_22_integer_pairs_inside_the_picture(view: str) -> None:
    joints = JOINTS[view]
    assert len(joints) == 22
    assert {len(joint) for joint in joints} == {2}
    assert {type(value) for joint in joints for value in joint} == {int}
    assert all(0 <= x < 853 and 0 <= y < 1280 for x, y in joints)


@pytest.mark.parametrize("pair", PAIRS)
def test_right_is_the_subjects_right_seen_from_the_front(pair: str) -> None:
    right, left = PAIRS[pair]
    assert JOINTS["front"][right][0] < JOINTS["front"][left][0]


@pytest.mark.parametrize("pair", PAIRS)
def test_right_is_the_subjects_right_seen_from_the_back(pair: str) -> None:
    right, left = PAIRS[pair]
    assert JOINTS["back"][right][0] > JOINTS["back"][left][0]


@pytest.mark.parametrize("view", VIEWS)
def test_person_stands_upright(view: str) -> None:
    height = [y for _, y in JOINTS[view]]
    assert height[HEAD_TOP] < height[NECK] < height[PELVIS]
    assert height[PELVIS] < min(height[RIGHT_KNEE], height[LEFT_KNEE])
    assert max(height[RIGHT_KNEE], height[LEFT_KNEE]) < min(height[RIGHT_ANKLE], height[LEFT_ANKLE])


def test_person_faces_image_right_in_the_side_view() -> None:
    nose, ear = 19, 20
    assert JOINTS["side"][nose][0] > JOINTS["side"][ear][0]


@pytest.mark.parametrize("joint", ON_THE_FIGURE)
@pytest.mark.parametrize("view", VIEWS)
def test_joint_lies_on_the_figure(view: str, joint: str) -> None:
    picture = pixels(view)
    backdrop = np.median(border(picture), axis=0)
    x, y = JOINTS[view][ON_THE_FIGURE[joint]]
    assert float(np.abs(picture[y, x] - backdrop).max()) > 24

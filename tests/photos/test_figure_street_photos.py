"""Real photos of people in a street and beside a pitch, which the wheel of ultralytics brings: it is only read."""

import pytest
from PIL import Image

from remo_mock.photos.person.figure import Doubt, find_figure
from tests.support.wheels import ULTRALYTICS, picture

Box = tuple[int, int, int, int]

# Where people are in the photos, in pixels: left, top, right, bottom.
BEIGE, DARK, LEAVING = (50, 398, 245, 905), (222, 404, 346, 860), (668, 388, 810, 882)
SCENES = {
    "a street with four people": ("bus", None, (BEIGE, DARK, LEAVING)),
    "a man in a beige coat": ("bus", (30, 380, 260, 920), (BEIGE,)),
    "a man in a dark coat": ("bus", (200, 390, 360, 880), (DARK,)),
    "two men": ("bus", (0, 300, 500, 1000), (BEIGE, DARK)),
}
GROWN = 0.08


@pytest.fixture(scope="module")
def photos() -> dict[str, Image.Image]:
    return {name: picture(ULTRALYTICS, f"{name}.jpg") for name in ("bus", "zidane")}


@pytest.mark.parametrize("scene", SCENES)
def test_the_skeleton_is_on_one_of_the_people(photos: dict[str, Image.Image], scene: str) -> None:
    name, cut, people = SCENES[scene]
    photo = photos[name] if cut is None else photos[name].crop(cut)
    left, top = cut[:2] if cut else (0, 0)
    figure = find_figure(photo, view="front")
    assert figure is not None
    joints = [complex(*place) + complex(left, top) for place in figure.landmarks.values()]
    assert max(_inside(joints, box) for box in people) >= 0.9


def test_men_who_are_cut_off_by_the_lower_edge_are_so_called(photos: dict[str, Image.Image]) -> None:
    figure = find_figure(photos["zidane"], view="front")
    assert figure is not None
    assert figure.doubt is Doubt.CUT


def _inside(joints: list[complex], box: Box) -> float:
    """Return the share of joints in a box that is grown by a part of its height on each side."""
    grown = GROWN * (box[3] - box[1])
    fits = [
        box[0] - grown <= at.real <= box[2] + grown and box[1] - grown <= at.imag <= box[3] + grown for at in joints
    ]
    return sum(fits) / len(fits)

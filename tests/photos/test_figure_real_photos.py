"""Real photos, which scikit-image brings: people who are cut off are found, and nobody is seen in four others."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest
from PIL import Image

from remo_mock.photos.person.figure import Doubt, Figure, find_figure

# Joints by a model of poses, and the height that the whole person would have, in pixels.
ASTRONAUT = {"Nose": (223, 128), "LeftEar": (268, 123), "RightEar": (190, 107), "LeftShoulder": (306, 257)}
CAMERAMAN = {"LeftEar": (231, 144), "RightEar": (203, 143), "RightShoulder": (105, 182)}
HEIGHTS = {"astronaut": 1300, "camera": 800}


def photo(name: str) -> Image.Image:
    """Open a photo of the installed package, which need not be imported for that."""
    found = find_spec("skimage")
    assert found is not None
    assert found.origin is not None
    (file,) = (Path(found.origin).parent / "data").glob(f"{name}.*g")
    return Image.open(file).convert("RGB")


def person(name: str, view: str) -> Figure:
    figure = find_figure(photo(name), view=view)
    assert figure is not None
    return figure


@pytest.mark.parametrize("joint", ASTRONAUT)
def test_an_astronaut_before_a_flag_and_a_shuttle(joint: str) -> None:
    place, true = complex(*person("astronaut", "front").landmarks[joint]), complex(*ASTRONAUT[joint])
    assert abs(place - true) < 0.08 * HEIGHTS["astronaut"]


@pytest.mark.parametrize("joint", CAMERAMAN)
def test_a_bent_man_behind_a_tripod(joint: str) -> None:
    place, true = complex(*person("camera", "side").landmarks[joint]), complex(*CAMERAMAN[joint])
    assert abs(place - true) < 0.1 * HEIGHTS["camera"]


@pytest.mark.parametrize(("name", "view"), [("astronaut", "front"), ("camera", "side")])
def test_both_are_cut_off_by_the_lower_edge(name: str, view: str) -> None:
    assert person(name, view).doubt is Doubt.CUT


@pytest.mark.parametrize("name", ["brick", "page", "gravel", "clock_motion"])
def test_nobody_is_in_a_photo_of_something_else(name: str) -> None:
    assert find_figure(photo(name), view="front") is None


@pytest.mark.parametrize("name", ["grass", "moon", "coffee", "rocket", "motorcycle_left", "chelsea"])
def test_a_thing_is_no_person_for_certain(name: str) -> None:
    assert person(name, "front").doubt is Doubt.GUESSED

"""Real people in a laboratory and in a park: frames of videos out of the wheels of pose2sim and sports2d.

Both packages are BSD-3-Clause; their wheels are downloaded by version and digest, only read, and not copied.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import pytest

from remo_mock.photos.person.figure import Doubt, Figure, find_figure
from tests.support.wheels import POSE2SIM, SPORTS2D, Wheel, frame

CLOSE = 0.1
"""Body heights that the places are off on average, at most."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in a frame of a video, and where crown, nape, hips and the middle of the feet are, set by eye."""

    wheel: Wheel
    video: str
    number: int
    view: str
    crown: complex
    nape: complex
    hips: complex
    feet: complex

    @property
    def height(self) -> float:
        """Return the height of the body in pixels."""
        return abs(self.feet - self.crown)


STILL, MOVING, PARK = "StaticTrial/videos/", "BalancingTrial/videos/", "Sports2D/Demo/demo.mp4"
PEOPLE = {
    "arms out, from behind": Person(
        POSE2SIM, f"{STILL}cam01.mp4", 0, "back", 587 + 345j, 555 + 507j, 496 + 816j, 436 + 1154j
    ),
    "arms out, from right behind": Person(
        POSE2SIM, f"{STILL}cam02.mp4", 0, "back", 520 + 391j, 520 + 516j, 555 + 806j, 558 + 1123j
    ),
    "arms out, before a window": Person(
        POSE2SIM, f"{STILL}cam03.mp4", 0, "front", 476 + 414j, 482 + 557j, 491 + 861j, 500 + 1203j
    ),
    "walking, camera tilted": Person(
        POSE2SIM, f"{MOVING}cam01.mp4", 0, "front", 491 + 331j, 481 + 494j, 435 + 778j, 378 + 1063j
    ),
    "walking, towards the camera": Person(
        POSE2SIM, f"{MOVING}cam02.mp4", 0, "front", 537 + 399j, 548 + 488j, 589 + 765j, 570 + 1077j
    ),
    "walking, away, before a mat": Person(
        POSE2SIM, f"{MOVING}cam03.mp4", 0, "back", 619 + 419j, 643 + 551j, 634 + 895j, 619 + 1239j
    ),
    "on one leg, from behind": Person(
        POSE2SIM, f"{MOVING}cam04.mp4", 0, "back", 256 + 482j, 296 + 620j, 425 + 1010j, 541 + 1379j
    ),
    "on a roof, against the sky": Person(SPORTS2D, PARK, 0, "front", 649 + 78j, 649 + 138j, 654 + 266j, 650 + 440j),
    "walking below houses": Person(SPORTS2D, PARK, 58, "side", 1424 + 541j, 1437 + 598j, 1440 + 745j, 1425 + 911j),
    "walking on a lawn": Person(SPORTS2D, PARK, 115, "side", 884 + 518j, 901 + 581j, 888 + 728j, 861 + 898j),
    "walking before shutters": Person(SPORTS2D, PARK, 172, "side", 297 + 524j, 312 + 589j, 299 + 749j, 306 + 900j),
}
people = pytest.mark.parametrize("name", PEOPLE)


@cache
def found(name: str) -> Figure:
    person = PEOPLE[name]
    figure = find_figure(frame(person.wheel, person.video, person.number), view=person.view)
    assert figure is not None
    return figure


def errors(name: str) -> dict[str, float]:
    """Return how far the skeleton's places are off, in body heights."""
    person, places = PEOPLE[name], {joint: complex(*place) for joint, place in found(name).landmarks.items()}
    pairs = {
        "crown": (places["HeadTop"], person.crown),
        "nape": (places["Neck"], person.nape),
        "hips": (places["Pelvis"], person.hips),
        "feet": ((places["LeftAnkle"] + places["RightAnkle"]) / 2, person.feet),
    }
    return {place: abs(seen - true) / person.height for place, (seen, true) in pairs.items()}


@people
def test_the_skeleton_lies_on_the_person(name: str) -> None:
    assert sum(errors(name).values()) / 4 < CLOSE


@people
def test_nobody_of_them_is_a_guess(name: str) -> None:
    assert found(name).doubt is None


# So far below the middle of the feet, in body heights, the frame is cut: below both feet, or through the nearer one.
@pytest.mark.parametrize(
    ("name", "below", "doubt"),
    [
        ("on one leg, from behind", 0.05, None),
        ("on one leg, from behind", 0.02, Doubt.CUT),
        ("walking, camera tilted", 0.12, None),
        ("walking, camera tilted", 0.05, Doubt.CUT),
        ("arms out, from behind", 0.06, None),
        ("arms out, from behind", 0.0, Doubt.CUT),
    ],
)
def test_feet_that_are_cut_off_are_missed_and_no_others(name: str, below: float, doubt: Doubt | None) -> None:
    person = PEOPLE[name]
    image = frame(person.wheel, person.video, person.number)
    cut = image.crop((0, 0, image.width, round(person.feet.imag + below * person.height)))
    figure = find_figure(cut, view=person.view)
    assert figure is not None
    assert figure.doubt is doubt


@pytest.mark.parametrize("name", [name for name in PEOPLE if PEOPLE[name].view == "side"])
def test_who_walks_to_the_left_looks_there(name: str) -> None:
    assert found(name).facing == -1

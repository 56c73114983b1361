"""A person whose legs or head are out of the frame keeps the proportions of a whole one."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from PIL import Image

from remo_mock.photos.joints import JOINTS
from remo_mock.photos.lines import LINES
from remo_mock.photos.person.body import Body
from remo_mock.photos.person.figure import Doubt, Figure, find_figure
from remo_mock.photos.person.framing import body_of
from remo_mock.photos.person.silhouette import Silhouette
from remo_mock.photos.skeleton import pose
from tests.support.figures import Scene, fixture
from tests.support.people_in_rooms import scene_in_room
from tests.support.rooms import KINDS

UPPER = ("HeadTop", "Neck", "Nose", "LeftShoulder", "RightShoulder", "LeftElbow", "RightElbow")
cuts = pytest.mark.parametrize("cut", [0.7, 0.6, 0.5])
views = pytest.mark.parametrize("view", ["front", "back"])


def cut_figure(view: str, cut: float) -> Figure:
    """Return who is found in the upper part of a fixture photo."""
    image = fixture(view).image
    figure = find_figure(image.crop((0, 0, image.width, round(cut * image.height))), view=view)
    assert figure is not None
    return figure


@views
@cuts
def test_the_joints_that_are_seen_lie_on_the_person(view: str, cut: float) -> None:
    figure, whole = cut_figure(view, cut), fixture(view)
    true = dict(zip(JOINTS, whole.joints, strict=True))
    errors = [
        np.hypot(figure.landmarks[name][0] - true[name][0], figure.landmarks[name][1] - true[name][1]) for name in UPPER
    ]
    assert max(errors) < 0.08 * whole.height


@views
@cuts
def test_the_figure_says_that_it_is_cut(view: str, cut: float) -> None:
    assert cut_figure(view, cut).doubt is Doubt.CUT


@views
@cuts
def test_joints_out_of_the_frame_lie_at_its_lower_edge(view: str, cut: float) -> None:
    image = fixture(view).image
    size = (image.width, round(cut * image.height))
    measures = dict.fromkeys(LINES[view], 0.0)
    joints = dict(zip(JOINTS, pose(cut_figure(view, cut), view=view, measures=measures, size=size), strict=True))
    assert joints["LeftAnkle"][1] == joints["RightAnkle"][1] == size[1] - 1


@pytest.mark.parametrize("view", ["front", "side", "back"])
@pytest.mark.parametrize("missing", [0.1, 0.15, 0.2])
def test_the_figure_says_that_its_feet_are_cut_off(view: str, missing: float) -> None:
    image, whole = fixture(view).image, fixture(view)
    crown = dict(zip(JOINTS, whole.joints, strict=True))["HeadTop"][1]
    figure = find_figure(image.crop((0, 0, image.width, round(crown + (1 - missing) * whole.height))), view=view)
    assert figure is not None
    assert figure.doubt is Doubt.CUT


def ending(scene: Scene, end: float) -> Figure:
    """Return who is found where a photo ends so far below the crown, in heights of the body."""
    crown = dict(zip(JOINTS, scene.joints, strict=True))["HeadTop"][1]
    bottom = round(crown + end * scene.height)
    figure = find_figure(scene.image.crop((0, 0, scene.image.width, bottom)), view=scene.view)
    assert figure is not None
    return figure


def in_room(number: int, view: str) -> Scene:
    return scene_in_room(number, view, list(KINDS)[number % len(KINDS)])


@pytest.mark.parametrize(
    ("view", "end"), [("front", 0.97), ("front", 0.95), ("back", 0.97), ("back", 0.95), ("side", 0.945)]
)
def test_the_figure_says_that_half_of_its_feet_are_cut_off(view: str, end: float) -> None:
    assert ending(fixture(view), end).doubt is Doubt.CUT


@pytest.mark.parametrize(("number", "view"), [(40004, "side"), (40007, "back"), (40015, "front"), (40022, "front")])
def test_feet_that_are_cut_off_in_a_room_are_missed(number: int, view: str) -> None:
    assert ending(in_room(number, view), 0.955).doubt is Doubt.CUT


@pytest.mark.parametrize(
    ("number", "view", "end"), [(20141, "back", 1.029), (20229, "front", 1.028), (20295, "back", 1.019)]
)
def test_whoever_stands_whole_close_to_the_edge_of_a_room_is_no_cut(number: int, view: str, end: float) -> None:
    assert ending(in_room(number, view), end).doubt is None


def test_the_joints_above_feet_that_are_cut_off_lie_on_the_person() -> None:
    scene = fixture("front")
    found = ending(scene, 0.95).landmarks
    errors = [
        np.hypot(found[name][0] - x, found[name][1] - y) for name, (x, y) in zip(JOINTS, scene.joints, strict=True)
    ]
    assert np.mean(errors) < 0.012 * scene.height


def in_a_broad_coat(rows: int) -> Body:
    """Return the body of somebody 200 rows tall, of whom so many rows are in the photo."""
    head, coat = [((90, 110),)] * 53, [((60, 140),)] * 77
    legs, feet = [((82, 92), (108, 118))] * 62, [((74, 92), (108, 126))] * 8
    silhouette = Silhouette(60, tuple((head + coat + legs + feet)[:rows]), (1.0, 1.0))
    return body_of(silhouette, Image.new("RGB", (200, 60 + rows)), view="front")


def test_feet_below_a_broad_coat_are_feet() -> None:
    assert not in_a_broad_coat(200).is_cut


def test_shins_below_a_broad_coat_are_cut() -> None:
    assert in_a_broad_coat(185).is_cut


@pytest.mark.parametrize("view", ["front", "side", "back"])
def test_feet_at_the_edge_of_the_frame_are_no_cut(view: str) -> None:
    image = fixture(view).image
    figure = find_figure(image.crop((0, 0, image.width, round(0.885 * image.height))), view=view)
    assert figure is not None
    assert figure.doubt is None


LOWER = ("Pelvis", "LeftKnee", "RightKnee", "LeftAnkle", "RightAnkle")
begins = pytest.mark.parametrize("begins", [0.15, 0.2, 0.25])
"""How much of the person is above the frame, in body heights."""


@cache
def headless_figure(view: str, begins: float) -> tuple[Figure, tuple[int, int], int]:
    """Return who is found in the lower part of a fixture photo, the part's size, and what was cut off above it."""
    image = fixture(view).image
    top = round(dict(zip(JOINTS, fixture(view).joints, strict=True))["HeadTop"][1] + begins * fixture(view).height)
    figure = find_figure(image.crop((0, top, image.width, image.height)), view=view)
    assert figure is not None
    return figure, (image.width, image.height - top), top


@pytest.mark.parametrize("view", ["front", "side", "back"])
@pytest.mark.parametrize("begins", [0.15, 0.25, 0.35, 0.5])
def test_the_figure_says_that_it_has_no_head(view: str, begins: float) -> None:
    assert headless_figure(view, begins)[0].doubt is Doubt.HEADLESS


@views
@begins
def test_the_joints_of_a_person_without_a_head_lie_on_the_person(view: str, begins: float) -> None:
    figure, _, top = headless_figure(view, begins)
    true = dict(zip(JOINTS, fixture(view).joints, strict=True))
    errors = [
        np.hypot(figure.landmarks[name][0] - true[name][0], figure.landmarks[name][1] + top - true[name][1])
        for name in LOWER
    ]
    assert max(errors) < 0.08 * fixture(view).height


@views
@begins
def test_a_head_out_of_the_frame_lies_at_its_upper_edge(view: str, begins: float) -> None:
    figure, size, _ = headless_figure(view, begins)
    joints = dict(
        zip(JOINTS, pose(figure, view=view, measures=dict.fromkeys(LINES[view], 0.0), size=size), strict=True)
    )
    assert joints["HeadTop"][1] == joints["Nose"][1] == 0


@pytest.mark.parametrize("view", ["front", "side", "back"])
def test_a_crown_at_the_edge_of_the_frame_is_no_cut(view: str) -> None:
    assert headless_figure(view, 0.0)[0].doubt is None


@pytest.mark.parametrize("number", [5037, 6004, 6035, 6062])
def test_wall_above_a_crown_seen_from_the_side_is_no_cut(number: int) -> None:
    scene = scene_in_room(number, "side", list(KINDS)[number % len(KINDS)])
    top = round(scene.joints[JOINTS.index("HeadTop")][1] - 0.02 * scene.height)
    figure = find_figure(scene.image.crop((0, top, *scene.image.size)), view="side")
    assert figure is not None
    assert figure.doubt is None


@views
def test_a_trunk_without_head_and_legs_says_that_head_and_feet_are_missing(view: str) -> None:
    image, whole = fixture(view).image, fixture(view)
    crown = dict(zip(JOINTS, whole.joints, strict=True))["HeadTop"][1]
    edges = round(crown + 0.15 * whole.height), round(crown + 0.6 * whole.height)
    figure = find_figure(image.crop((0, edges[0], image.width, edges[1])), view=view)
    assert figure is not None
    assert figure.doubt is Doubt.HEADLESS

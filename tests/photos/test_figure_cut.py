"""A person whose legs are out of the frame keeps the proportions of a whole one."""

from __future__ import annotations

import numpy as np
import pytest

from remo_mock.photos.joints import JOINTS
from remo_mock.photos.lines import LINES
from remo_mock.photos.person.figure import Doubt, Figure, find_figure
from remo_mock.photos.skeleton import pose
from tests.support.figures import fixture

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
def test_feet_at_the_edge_of_the_frame_are_no_cut(view: str) -> None:
    image = fixture(view).image
    figure = find_figure(image.crop((0, 0, image.width, round(0.885 * image.height))), view=view)
    assert figure is not None
    assert figure.doubt is None

"""A skeleton is 22 whole points inside the picture, whatever it is asked for."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remo_mock.photos.joints import JOINTS
from remo_mock.photos.lines import LINES
from remo_mock.photos.person.figure import centred, find_figure
from remo_mock.photos.skeleton import pose
from tests.support.figures import VIEWS, fixture


def test_joints_stand_in_the_order_of_the_vendor() -> None:
    assert len(JOINTS) == 22
    assert JOINTS[0] == "HeadTop"
    assert JOINTS[2:8] == ("RightShoulder", "RightElbow", "RightWrist", "LeftShoulder", "LeftElbow", "LeftWrist")
    assert JOINTS[8:14] == ("RightASIS", "RightKnee", "RightAnkle", "LeftASIS", "LeftKnee", "LeftAnkle")
    assert JOINTS[14:] == ("Pelvis", "Spine1", "Lips", "LeftEar", "LeftEye", "Nose", "RightEar", "RightEye")


@settings(deadline=None)  # a machine may be busy
@given(
    view=st.sampled_from(VIEWS),
    size=st.tuples(st.integers(1, 3000), st.integers(1, 3000)),
    degrees=st.floats(-80, 80),
)
def test_every_joint_is_a_whole_point_inside_the_picture(view: str, size: tuple[int, int], degrees: float) -> None:
    measures = dict.fromkeys(LINES[view], degrees)
    skeleton = pose(centred(size, view=view), view=view, measures=measures, size=size)
    assert len(skeleton) == 22
    assert {type(value) for point in skeleton for value in point} == {int}
    assert min(min(point) for point in skeleton) >= 0
    assert max(x for x, _ in skeleton) < size[0]
    assert max(y for _, y in skeleton) < size[1]


@pytest.mark.parametrize("view", VIEWS)
def test_an_unknown_measure_moves_nothing(view: str) -> None:
    photo = fixture(view).image
    figure = find_figure(photo, view=view)
    assert figure is not None
    plain = pose(figure, view=view, measures={}, size=photo.size)
    assert pose(figure, view=view, measures={"foot_arch": 12.0}, size=photo.size) == plain


@pytest.mark.parametrize("view", VIEWS)
def test_posing_leaves_the_figure_as_it_was(view: str) -> None:
    figure = centred((900, 1600), view=view)
    pose(figure, view=view, measures=dict.fromkeys(LINES[view], 5.0), size=(900, 1600))
    assert figure == centred((900, 1600), view=view)

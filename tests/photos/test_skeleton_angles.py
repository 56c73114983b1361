"""The skeleton has the angles that the measures state, all at once, and stays on the person."""

from __future__ import annotations

import json
from random import Random

import pytest

from remo_mock.photos.joints import JOINTS, Skeleton
from remo_mock.photos.lines import LINES
from remo_mock.photos.person.figure import Figure, centred, find_figure
from remo_mock.photos.skeleton import angle, pose
from remo_mock.service.analysis.metrics import Plausible, read_plausible
from tests.support.figures import PHOTOS, VIEWS, fixture

LARGE = (5000, 4000)
UPRIGHT = {
    "head_bal": 3.217,
    "shoulder_bal": -2.481,
    "pelvic_bal": 1.913,
    "knee_bal": -1.207,
    "tilt": 2.754,
    "left_qang": 7.331,
    "right_qang": -5.118,
}
LATERAL = {"tilt": -2.615, "head_tilt": 3.402, "round_shoulder": 11.25, "turtle_neck": 37.902}
ALL = {"front": UPRIGHT, "back": UPRIGHT, "side": LATERAL}
# Half a pixel at each end of a line some 130 to 460 pixels long (a body of 3200): the face is the shortest.
ROUNDING = {"head_bal": 0.25, "head_tilt": 0.4, "turtle_neck": 0.25}

each_measure = pytest.mark.parametrize(
    ("view", "measure"), [(view, measure) for view in VIEWS for measure in ALL[view]]
)


def plausible() -> Plausible:
    return read_plausible(json.loads((PHOTOS.parent / "plausible.json").read_text()))


@each_measure
@pytest.mark.parametrize("sign", [1, -1])
def test_each_angle_holds_beside_all_the_others(view: str, measure: str, sign: int) -> None:
    measures = {name: sign * degrees for name, degrees in ALL[view].items()}
    skeleton = pose(centred(LARGE, view=view), view=view, measures=measures, size=LARGE)
    assert angle(skeleton, view=view, measure=measure) == pytest.approx(
        measures[measure], abs=ROUNDING.get(measure, 0.2)
    )


@each_measure
def test_angles_hold_on_a_real_figure(view: str, measure: str) -> None:
    photo = fixture(view).image
    found = find_figure(photo, view=view)
    assert found is not None
    large = Figure({name: (5 * x, 5 * y) for name, (x, y) in found.landmarks.items()}, found.facing)
    size = (5 * photo.width, 5 * photo.height)
    skeleton = pose(large, view=view, measures=ALL[view], size=size)
    assert angle(skeleton, view=view, measure=measure) == pytest.approx(
        ALL[view][measure], abs=ROUNDING.get(measure, 0.2)
    )


@each_measure
def test_each_angle_holds_alone(view: str, measure: str) -> None:
    skeleton = pose(centred(LARGE, view=view), view=view, measures={measure: ALL[view][measure]}, size=LARGE)
    assert angle(skeleton, view=view, measure=measure) == pytest.approx(
        ALL[view][measure], abs=ROUNDING.get(measure, 0.2)
    )


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("view", VIEWS)
def test_plausible_measures_leave_the_joints_on_the_person(view: str, seed: int) -> None:
    photo = fixture(view)
    found = find_figure(photo.image, view=view)
    assert found is not None
    chance = Random(f"{view}{seed}")
    table = plausible()
    spreads = {measure: table.of(measure, view=view) for measure in LINES[view]}
    measures = {measure: spread.centre + chance.gauss(0, 1) * spread.spread for measure, spread in spreads.items()}
    joints = pose(found, view=view, measures=measures, size=photo.image.size)
    assert photo.worst_error([(float(x), float(y)) for x, y in joints]) < 0.05


@pytest.mark.parametrize(("end", "sides"), [(0, "lowest"), (1, "highest")])
@pytest.mark.parametrize("view", VIEWS)
def test_even_the_limits_leave_the_joints_close(view: str, end: int, sides: str) -> None:
    photo = fixture(view)
    found = find_figure(photo.image, view=view)
    assert found is not None
    table = plausible()
    measures = {measure: table.of(measure, view=view).limits[end] for measure in LINES[view]}
    joints = pose(found, view=view, measures=measures, size=photo.image.size)
    assert photo.worst_error([(float(x), float(y)) for x, y in joints]) < 0.08, sides


@pytest.mark.parametrize("view", ["front", "back"])
def test_positive_means_higher_on_the_left_side_of_the_person(view: str) -> None:
    figure = centred(LARGE, view=view)
    joints = dict(zip(JOINTS, pose(figure, view=view, measures=dict.fromkeys(UPRIGHT, 3.0), size=LARGE), strict=True))
    assert joints["LeftShoulder"][1] < joints["RightShoulder"][1]
    assert joints["LeftEar"][1] < joints["RightEar"][1]
    assert joints["LeftEye"][1] < joints["RightEye"][1]
    assert joints["LeftASIS"][1] < joints["RightASIS"][1]
    assert joints["LeftKnee"][1] < joints["RightKnee"][1]


@pytest.mark.parametrize(("view", "to_left"), [("front", 1), ("back", -1)])
def test_positive_tilt_leans_to_the_left_of_the_person(view: str, to_left: int) -> None:
    figure = centred(LARGE, view=view)
    joints = dict(zip(JOINTS, pose(figure, view=view, measures={"tilt": 3.0}, size=LARGE), strict=True))
    assert to_left * (joints["Neck"][0] - joints["Pelvis"][0]) > 0


@pytest.mark.parametrize("view", ["front", "back"])
def test_bowed_legs_part_the_knees(view: str) -> None:
    figure = centred(LARGE, view=view)
    bowed = pose(figure, view=view, measures={"left_qang": 8.0, "right_qang": 8.0}, size=LARGE)
    knocked = pose(figure, view=view, measures={"left_qang": -8.0, "right_qang": -8.0}, size=LARGE)
    assert _parted(bowed) > _parted(knocked) + 200


def _parted(skeleton: Skeleton) -> int:
    """Return by how many pixels the knees stand farther apart than the ankles."""
    x = {name: joint[0] for name, joint in zip(JOINTS, skeleton, strict=True)}
    return abs(x["LeftKnee"] - x["RightKnee"]) - abs(x["LeftAnkle"] - x["RightAnkle"])


@pytest.mark.parametrize("facing", [1, -1])
def test_positive_means_forward_from_the_side(facing: int) -> None:
    looks_right = centred(LARGE, view="side")
    figure = Figure({name: (2500 + facing * (x - 2500), y) for name, (x, y) in looks_right.landmarks.items()}, facing)
    upright = dict(zip(JOINTS, pose(figure, view="side", measures={"tilt": 0.0}, size=LARGE), strict=True))
    leaning = dict(zip(JOINTS, pose(figure, view="side", measures=LATERAL | {"tilt": 4.0}, size=LARGE), strict=True))
    assert facing * (leaning["HeadTop"][0] - upright["HeadTop"][0]) > 0
    assert facing * (leaning["LeftShoulder"][0] - leaning["Spine1"][0]) > 0
    assert angle(tuple(leaning.values()), view="side", measure="tilt") == pytest.approx(4, abs=0.2)


# The example reply of page A, side view: what it prints as turtle_neck_m_ is what our line has.
PAGE_A_SIDE = tuple(
    zip(
        (424, 418, 419, 435, 437, 423, 434, 448, 435, 437, 395, 439, 431, 398, 445, 425, 426, 433, 485, 503, 430, 484),
        (
            210,
            365,
            382,
            527,
            659,
            406,
            550,
            649,
            651,
            952,
            1174,
            650,
            931,
            1143,
            647,
            517,
            314,
            293,
            275,
            293,
            274,
            266,
        ),
        strict=True,
    )
)


def test_the_neck_line_gives_the_degrees_of_the_page() -> None:
    assert angle(PAGE_A_SIDE, view="side", measure="turtle_neck") == pytest.approx(29.711, abs=1)

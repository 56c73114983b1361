"""The drawn skeleton shows on the photo, in the colours of its grades, and nothing else changes."""

from __future__ import annotations

import pytest
from PIL import Image, ImageChops

from remo_mock.photos.joints import JOINTS, Skeleton
from remo_mock.photos.overlay import COLOURS, draw
from remo_mock.photos.person.figure import centred
from remo_mock.photos.skeleton import pose
from tests.support.figures import VIEWS, fixture, plain

SIZE = (900, 1600)
NORMAL, CAUTION, DANGER = COLOURS[0], COLOURS[1], COLOURS[2]


def skeleton(view: str, size: tuple[int, int] = SIZE) -> Skeleton:
    return pose(centred(size, view=view), view=view, measures={}, size=size)


def drawn(view: str, grades: dict[str, int], size: tuple[int, int] = SIZE) -> Image.Image:
    image = plain((120, 120, 120), size)
    draw(image, skeleton(view, size), view=view, grades=grades)
    return image


def place(view: str, joint: str) -> tuple[int, int]:
    return skeleton(view)[JOINTS.index(joint)]


@pytest.mark.parametrize("view", ["front", "back"])
@pytest.mark.parametrize(
    ("measure", "joint"),
    [
        ("head_bal", "LeftEar"),
        ("shoulder_bal", "RightShoulder"),
        ("pelvic_bal", "LeftASIS"),
        ("knee_bal", "RightKnee"),
        ("tilt", "Neck"),
        ("left_qang", "LeftAnkle"),
        ("right_qang", "RightAnkle"),
    ],
)
@pytest.mark.parametrize(
    ("grade", "colour"), [(0, NORMAL), (1, CAUTION), (-1, CAUTION), (2, DANGER), (-2, DANGER)], ids=str
)
def test_a_joint_has_the_colour_of_its_grade(
    view: str, measure: str, joint: str, grade: int, colour: tuple[int, int, int]
) -> None:
    assert drawn(view, {measure: grade}).getpixel(place(view, joint)) == colour


@pytest.mark.parametrize(
    ("measure", "joint"),
    [("turtle_neck", "LeftEar"), ("head_tilt", "LeftEar"), ("round_shoulder", "LeftShoulder"), ("tilt", "LeftAnkle")],
)
def test_a_joint_seen_from_the_side_has_the_colour_of_its_grade(measure: str, joint: str) -> None:
    assert drawn("side", {measure: 2}).getpixel(place("side", joint)) == DANGER
    assert drawn("side", {}).getpixel(place("side", joint)) == NORMAL


@pytest.mark.parametrize("grade", [3, -3, 7])
def test_a_grade_beyond_those_of_the_pages_has_the_last_colour(grade: int) -> None:
    assert drawn("front", {"knee_bal": grade}).getpixel(place("front", "RightKnee")) == DANGER


def test_the_worse_of_two_grades_shows() -> None:
    assert drawn("front", {"knee_bal": 1, "left_qang": -2}).getpixel(place("front", "LeftKnee")) == DANGER
    assert drawn("front", {"knee_bal": 1, "left_qang": -2}).getpixel(place("front", "RightKnee")) == CAUTION


def test_only_what_a_measure_belongs_to_changes_its_colour() -> None:
    changed = ImageChops.difference(drawn("front", {}), drawn("front", {"knee_bal": 2})).getbbox()
    knee = place("front", "LeftKnee")[1]
    assert changed is not None
    assert knee - 30 < changed[1] < knee < changed[3] < knee + 30


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("size", [(64, 64), (900, 1600), (1600, 900), (3000, 4000)], ids=str)
def test_the_drawing_is_visible_and_leaves_most_of_the_photo(view: str, size: tuple[int, int]) -> None:
    before = plain((120, 120, 120), size)
    touched = ImageChops.difference(before, drawn(view, {}, size)).convert("L").point([0] * 20 + [255] * 236)
    share = touched.histogram()[255] / (size[0] * size[1])
    assert 0.003 < share < 0.2


@pytest.mark.parametrize("view", VIEWS)
def test_size_and_mode_stay(view: str) -> None:
    image = fixture(view).image.copy()
    joints = tuple((round(x), round(y)) for x, y in fixture(view).joints)
    assert draw(image, joints, view=view, grades={}) is None  # type: ignore[func-returns-value]
    assert (image.size, image.mode) == ((853, 1280), "RGB")


@pytest.mark.parametrize("view", VIEWS)
def test_the_same_skeleton_gives_the_same_picture(view: str) -> None:
    assert drawn(view, {"tilt": 1}).tobytes() == drawn(view, {"tilt": 1}).tobytes()


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("size", [(1, 1), (8, 8), (2000, 3), (3, 2000)], ids=str)
def test_joints_at_the_edge_of_any_picture_are_drawn_without_error(view: str, size: tuple[int, int]) -> None:
    image = plain((255, 255, 255), size)
    draw(image, skeleton(view, size), view=view, grades={"tilt": -2})
    draw(image, ((0, 0),) * 22, view=view, grades={"tilt": 2})
    draw(image, ((size[0] - 1, size[1] - 1),) * 22, view=view, grades={})
    assert image.size == size


@pytest.mark.parametrize(("view", "shown"), [("front", True), ("back", False)])
@pytest.mark.parametrize("joint", ["LeftEye", "RightEye", "Nose", "Lips"])
def test_a_face_is_marked_where_the_view_shows_it(view: str, joint: str, shown: bool) -> None:
    x, y = place(view, joint)
    # Two pixels aside, where the axis is not.
    assert (drawn(view, {"head_bal": 2}).getpixel((x + 2, y)) == NORMAL) is shown


def test_the_axis_is_no_longer_than_the_body() -> None:
    image = plain((120, 120, 120), SIZE)
    ends = ImageChops.difference(image, drawn("front", {})).getbbox()
    crown, ankle = place("front", "HeadTop")[1], place("front", "LeftAnkle")[1]
    assert ends is not None
    assert crown - 15 < ends[1] < ends[3] < ankle + 0.06 * (ankle - crown)


def test_edges_are_smooth() -> None:
    x, y = place("front", "LeftElbow")
    row = drawn("front", {}).crop((x - 30, y, x + 31, y + 1))
    assert len(set(row.tobytes()[::3])) > 5


def test_dots_grow_with_the_body() -> None:
    covered = {
        width: sum(
            number for number, pixel in drawn("front", {}, (width, 2 * width)).getcolors(2**24) or () if pixel == NORMAL
        )
        for width in (450, 1800)
    }
    assert covered[1800] / 16 == pytest.approx(covered[450], rel=0.6)

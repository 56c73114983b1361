"""The joints that are read off a photo lie on the person."""

from __future__ import annotations

import pytest
from PIL import Image

from remo_mock.photos.joints import JOINTS
from remo_mock.photos.lines import LINES
from remo_mock.photos.person.figure import Figure, find_figure
from remo_mock.photos.skeleton import pose
from tests.support.figures import (
    PHOTOS,
    VIEWS,
    Colour,
    Scene,
    as_jpeg,
    fixture,
    noisy,
    plain,
    scene,
    vignette,
    with_floor,
    with_shadow,
)

BACKGROUNDS: dict[str, Colour] = {
    "white": (250, 250, 250),
    "grey": (128, 128, 128),
    "dark": (25, 25, 30),
    "red": (200, 40, 40),
    "green": (30, 160, 60),
    "blue": (40, 70, 190),
    "yellow": (240, 210, 60),
}
PORTRAIT, LANDSCAPE = (1280, 1920), (1600, 1200)

views = pytest.mark.parametrize("view", VIEWS)
backgrounds = pytest.mark.parametrize("colour", BACKGROUNDS.values(), ids=BACKGROUNDS.keys())


def found(image: Image.Image, view: str) -> Figure:
    figure = find_figure(image, view=view)
    assert figure is not None
    return figure


def worst_error(shown: Scene) -> float:
    """Return how far the worst of the 22 joints is off, in body heights, when every measure is set to zero."""
    return worst_error_with(shown, dict.fromkeys(LINES[shown.view], 0.0))


def worst_error_with(shown: Scene, measures: dict[str, float]) -> float:
    joints = pose(found(shown.image, shown.view), view=shown.view, measures=measures, size=shown.image.size)
    return shown.worst_error([(float(x), float(y)) for x, y in joints])


@views
def test_joints_of_the_fixture_photo(view: str) -> None:
    assert worst_error(fixture(view)) < 0.05


@views
@backgrounds
@pytest.mark.parametrize("scale", [0.4, 1.0, 1.5])
def test_joints_at_any_size_on_any_plain_background(view: str, colour: Colour, scale: float) -> None:
    assert worst_error(scene(view, background=plain(colour, PORTRAIT), scale=scale)) < 0.05


@views
@backgrounds
@pytest.mark.parametrize("middle", [0.3, 0.72])
def test_joints_of_a_mirrored_person_aside_in_a_landscape_photo(view: str, colour: Colour, middle: float) -> None:
    shown = scene(view, background=plain(colour, LANDSCAPE), scale=0.7, middle=middle, centre=0.55, mirrored=True)
    assert worst_error(shown) < 0.05


@views
@backgrounds
def test_joints_after_strong_jpeg_compression(view: str, colour: Colour) -> None:
    shown = scene(view, background=vignette(colour), scale=0.8)
    assert worst_error(Scene(as_jpeg(shown.image, 60), view, shown.joints)) < 0.05


@views
@pytest.mark.parametrize("strength", [0.15, 0.4, 0.7])
@pytest.mark.parametrize("reach", [0.12, 0.25, 0.4])
def test_a_shadow_on_the_floor_is_no_part_of_the_person(view: str, strength: float, reach: float) -> None:
    floor = with_shadow(plain((228, 226, 220)), middle=0.5, floor=0.895, reach=reach, strength=strength)
    assert worst_error(scene(view, background=floor)) < 0.05


@views
def test_a_wall_and_its_floor_are_both_background(view: str) -> None:
    room = with_floor((226, 222, 214), (140, 110, 80), PORTRAIT, edge=0.78)
    assert worst_error(scene(view, background=room, scale=1.3)) < 0.05


@views
def test_noise_is_no_person(view: str) -> None:
    shown = scene(view, background=plain((150, 150, 145)))
    assert worst_error(Scene(noisy(shown.image, 12), view, shown.joints)) < 0.05


@views
@pytest.mark.parametrize("size", [(4000, 3000), (3000, 1000)], ids=["12 megapixels", "panorama"])
def test_a_small_person_in_a_wide_photo(view: str, size: tuple[int, int]) -> None:
    shown = scene(view, background=vignette((210, 208, 200), size), scale=0.3 * size[1] / 1000)
    assert worst_error(shown) < 0.05


@views
def test_a_photo_of_64_pixels(view: str) -> None:
    # A pixel is 2 % of the body there, so the measures, which move joints by up to 3 %, are left as found.
    assert worst_error_with(scene(view, background=plain((230, 230, 230), (64, 64)), scale=0.05), {}) < 0.05


def test_left_and_right_are_those_of_the_person() -> None:
    front, back = found(fixture("front").image, "front").landmarks, found(fixture("back").image, "back").landmarks
    assert front["RightShoulder"][0] < front["LeftShoulder"][0]
    assert front["RightAnkle"][0] < front["LeftAnkle"][0]
    assert back["RightShoulder"][0] > back["LeftShoulder"][0]
    assert back["RightWrist"][0] > back["LeftWrist"][0]


@pytest.mark.parametrize(("mirrored", "facing"), [(False, 1), (True, -1)])
@pytest.mark.parametrize("scale", [0.3, 1.0])
def test_where_a_person_seen_from_the_side_looks(mirrored: bool, facing: int, scale: float) -> None:
    shown = scene("side", background=plain((215, 220, 225)), mirrored=mirrored, scale=scale)
    assert found(shown.image, "side").facing == facing


@views
def test_every_joint_has_a_place(view: str) -> None:
    assert set(found(fixture(view).image, view).landmarks) == set(JOINTS)


def test_the_photo_itself_stays_as_it_was() -> None:
    image = Image.open(PHOTOS / "front.jpg").convert("RGB")
    before = image.tobytes()
    find_figure(image, view="front")
    assert image.tobytes() == before
